"""Labels for delimited text."""
