"""Why an answer is what it is: the words that decided, and the sources, as text, HTML and fields.

``explanation_of`` gathers what there is to say; the other functions write it down.

>>> from pmo_classify import classify
>>> print(explain(classify("PMO Lead, Leeds")).splitlines()[0])
Level 3: Leading and managing PMOs
"""

from pmo_classify.explanation.explanation import (
    Explanation,
    Source,
    Statement,
    explanation_as_dict,
    explanation_of,
)
from pmo_classify.explanation.html import Html, render
from pmo_classify.explanation.parts import MarkedWord, mark_words
from pmo_classify.explanation.text import explain, explain_in_colour

__all__ = [
    "Explanation",
    "Html",
    "MarkedWord",
    "Source",
    "Statement",
    "explain",
    "explain_in_colour",
    "explanation_as_dict",
    "explanation_of",
    "mark_words",
    "render",
]
