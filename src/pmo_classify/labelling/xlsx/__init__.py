"""Labels for workbooks: only our own cells are written."""
