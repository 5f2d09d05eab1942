"""Titles for the property tests: real ones, ones made of words of project work, and any text."""

from __future__ import annotations

import re

from helpers import rows
from hypothesis import strategies as st

from pmo_classify import Classification
from pmo_classify.knowledge.lexicon import read_word_rows
from pmo_classify.knowledge.listed_titles import read_listed_rows

__all__ = ["LISTED", "NOISE_AROUND", "any_text", "known_titles", "said", "titles", "titles_with"]

LISTED = [row.cells["title"] for row in read_listed_rows()]
_WORD_ROWS = list(read_word_rows())
_WORDS = [row.form for row in _WORD_ROWS]
_MARKS = [
    " ",
    " ",
    " ",
    " ",
    ", ",
    " - ",
    "-",
    "/",
    " & ",
    " + ",
    ": ",
    " | ",
    "; ",
    " of ",
    " and ",
]
_ODD = ["Offic", "Projct", "zorblax", "Büro", "IR35", "O'Neil", "£40k", "(m/w/d)", "12 month", "x2",
        "GS-0343-14", "P.M.O.", "Ref: 12-A", "2026", "Projekt-", "R&D"]  # fmt: skip
_KNOWN = list(
    dict.fromkeys(
        [
            *LISTED,
            *(row.example for row in _WORD_ROWS),
            *(row["title"] for row in rows("read/*.csv")),
        ]
    )
)

NOISE_AROUND = (
    "URGENT: {}",
    "{} - £45,000 per annum",
    "{} (£400-£450 per day)",
    "{} - €60.000",
    "{} - $85k-$95k + benefits",
    "{} - AED 25,000 per month",
    "{}, Manchester, UK",
    "New York, NY: {}",
    "Leeds - {}",
    "{} | 6 month contract | Outside IR35",
    "{} - Hybrid working",
    "{} (12 month FTC)",
    "{} (Maternity Cover)",
    "Ref: ABC/1234 - {}",
    "{} (Ref 88213)",
    "{} - Job ID 4471",
    "{} x2",
    "{} (m/f/d)",
    "{} GS-0343-12",
    "{} - Band 6",
    "{} - closing date 14 March 2026",
    "***{}***",
    "[{}]",
    "  {}  !!!",
    "HIRING NOW {}",
)
"""The forms of noise around a title in job ads."""

known_titles = st.sampled_from(_KNOWN)
_made = st.lists(
    st.tuples(st.sampled_from([*_WORDS, *_ODD]), st.sampled_from(_MARKS)), min_size=1, max_size=7
).map(lambda pairs: "".join(word + mark for word, mark in pairs).rstrip(" ,-/&+:|;"))
titles = st.one_of(known_titles, _made)
"""Values that may be in a column of titles."""

# Surrogates are included, because text with them is a str as well.
_text = st.text(st.characters(exclude_categories=()), max_size=80)
any_text = st.one_of(_text, titles, st.tuples(titles, _text).map("".join))
"""Titles, and anything else that a str can contain."""


def titles_with(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Titles with words, from real titles or made of known words."""
    found = {title: match[0] for title in _KNOWN if (match := pattern.search(title))}
    words = st.sampled_from(sorted(set(found.values())))
    return st.one_of(st.sampled_from(list(found)), st.tuples(_made, words, _made).map(" ".join))


def said(answer: Classification) -> dict[str, object]:
    """Return an answer without its title, its spelling, and whether its text was repaired."""
    told = answer.as_dict()
    del told["title"], told["clean_title"]
    told["reasons"] = [code for code in answer.reasons if code != "repaired-text"]
    return told
