"""The label columns, added to files and data frames of every kind."""
