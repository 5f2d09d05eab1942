"""The columns that we add, on files and data frames of every kind."""
