"""What a PMO expert edits: the tables in ``data/``, loaded and typed."""
