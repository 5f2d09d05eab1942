"""The tables in ``data/``, which a PMO expert can edit, read and checked."""
