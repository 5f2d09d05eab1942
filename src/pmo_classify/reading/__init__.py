"""From the text of a title to what it says: cleaning, tokens, phrases, rule, verdict."""
