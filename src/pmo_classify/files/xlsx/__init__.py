"""Workbooks: their parts, sheets and cells, read with bounded memory."""
