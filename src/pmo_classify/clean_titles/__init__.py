"""From the answer to a title to its clean title: what stays of it, and how that is written."""
