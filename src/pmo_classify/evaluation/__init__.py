"""Measures how many answers are right, and compares two labelled files."""
