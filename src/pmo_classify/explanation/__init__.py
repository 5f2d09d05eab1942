"""Why an answer is what it is: the words that decided, with their places."""
