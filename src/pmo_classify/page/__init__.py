"""What the web page asks of the library: one person's work on one file."""
