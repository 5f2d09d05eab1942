"""How good the answers are, and what changed between two labelled files."""
