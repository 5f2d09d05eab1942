"""One self-contained page about a labelled file."""
