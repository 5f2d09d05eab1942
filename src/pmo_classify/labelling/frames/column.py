"""Which column of a data frame holds the titles."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from pmo_classify.errors import FrameError
from pmo_classify.labelling.columns import LABEL_COLUMNS

__all__ = ["find_by_content", "find_by_name", "header_text"]

_LISTED: Final = 30
_NEAREST: Final = 3
_NEAR_ENOUGH: Final = 60


def find_by_name(headers: Sequence[Hashable], wanted: Hashable) -> int:
    """Find the column called ``wanted``, and give its position, from 0.

    >>> find_by_name(["id", "Job title"], "Job title")
    1
    >>> find_by_name(["id", "Job title"], "job_title")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.FrameError: there is no column 'job_title': did you mean 'Job title'?

    A ``FrameError`` names the nearest columns, or says that several have the name, that it is one
    of those that labelling writes, or that a column was given where its name is asked for.
    """
    if not _is_name(wanted):
        message = (
            f"a column is given by its name, not as a {type(wanted).__name__}: "
            f"the columns are {_listing(headers)}"
        )
        raise FrameError(message)
    found = [i for i, header in enumerate(headers) if _are_one(header, wanted)]
    if len(found) > 1:
        message = f"{len(found)} columns are called {wanted!r}: rename those without the titles"
        raise FrameError(message)
    if not found:
        message = f"there is no column {wanted!r}: {_hint(headers, wanted)}"
        raise FrameError(message)
    if header_text(wanted) in LABEL_COLUMNS:
        message = f"{wanted!r} is a column that labelling writes: name the column with the titles"
        raise FrameError(message)
    return found[0]


def _is_name(thing: object) -> bool:
    """Tell what can be a name from columns themselves, whose comparison gives no yes or no."""
    try:
        hash(thing)
    except TypeError:
        return False
    return not hasattr(thing, "to_frame")


def _are_one(header: Hashable, wanted: Hashable) -> bool:
    """Compare two names; one that is missing is equal to nothing, yet pandas has such names."""
    if header is wanted:
        return True
    try:
        return bool(header == wanted) or (header != header and wanted != wanted)  # noqa: PLR0124
    except TypeError:  # ``pandas.NA`` gives no yes or no
        return False


def find_by_content(headers: Sequence[Hashable], rows: Sequence[Sequence[object]]) -> int:
    """Find the title column by headers and cells, as in a file; ``rows`` are the first few.

    >>> find_by_content(["No", "Text"], [["A1", "PMO Lead"], ["A2", None], ["A3", "Chef"]])
    1

    Columns of an earlier run are left out. A ``FrameError`` lists the columns where none looks
    like titles, or names those that could be meant.
    """
    # Loaded here because a column that is named needs none of it.
    from pmo_classify.files.title_column import likely_title_columns  # noqa: PLC0415

    others = [i for i, header in enumerate(headers) if header_text(header) not in LABEL_COLUMNS]
    table = [[header_text(headers[i]) for i in others]]
    table += [[cell if isinstance(cell := row[i], str) else "" for i in others] for row in rows]
    found = likely_title_columns(table, is_headed=True) if others else []
    if not found:
        message = (
            "no column looks like job titles: name it; "
            f"the columns with text are {_listing([headers[i] for i in others])}"
        )
        raise FrameError(message)
    if len(found) > 1:
        names = " or ".join(repr(headers[others[column.position]]) for column in found)
        message = f"the titles could be in {names}: name the column"
        raise FrameError(message)
    return others[found[0].position]


def header_text(header: Hashable) -> str:
    """Write a column's name as text; the levels of a pandas ``MultiIndex`` are joined.

    >>> header_text(("ad", "Job title")), header_text(("pmo_track", "")), header_text(7)
    ('ad Job title', 'pmo_track', '7')
    """
    if isinstance(header, tuple):
        return " ".join(filter(None, map(str, header)))
    return str(header)


def _hint(headers: Sequence[Hashable], wanted: Hashable) -> str:
    """Name the columns that are called nearly as the one that is missing, or else all of them."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only a message needs it

    near = process.extract(
        header_text(wanted),
        list(map(header_text, headers)),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_NEAR_ENOUGH,
        limit=_NEAREST,
    )
    if near:
        return f"did you mean {' or '.join(repr(headers[i]) for _, _, i in near)}?"
    return f"the columns are {_listing(headers)}"


def _listing(headers: Sequence[Hashable]) -> str:
    names = ", ".join(map(repr, headers[:_LISTED]))
    more = len(headers) - _LISTED
    return f"{names} and {more:,} more" if more > 0 else names or "none"
