"""The report about a labelled file, as one self-contained web page."""
