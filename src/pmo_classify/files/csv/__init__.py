"""Delimited text: its encoding, dialect and records, each with the bytes it had."""
