"""The short forms of a clean title in full: "Snr", and "Gen" beside "Counsel"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pmo_classify.clean_titles.title_style import Style
from pmo_classify.clean_titles.word_looks import AROUND, runs_written_together
from pmo_classify.knowledge.clean_languages import letter_case
from pmo_classify.knowledge.clean_words import abbreviations
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon

__all__ = ["cased", "full_beside_a_slash", "in_full", "with_pairs"]

_PAUSES: Final = frozenset(",;:)")
"""Signs at the end of a word that set it off from the next one."""


def with_pairs(words: Sequence[str], style: Style, last: int) -> Sequence[str]:
    """Return words with the short forms in full that are sure beside another: "Gen Counsel".

    ``last`` is the position of the last word that is no grade.

    >>> with_pairs(["Gen", "Counsel"], Style("mixed", "en", True), 1)
    ['General', 'Counsel']
    """
    cores = [word.strip(AROUND).lower() for word in words]
    runs = list(runs_written_together(cores))
    if not runs:
        return words
    found = list(words)
    for at, end in runs:
        form = " ".join(cores[at : end + 1])
        if form not in abbreviations() or any(word[-1:] in _PAUSES for word in found[at:end]):
            continue
        full = in_full(form, style, "last" if end == last else "inside")
        # The last word stands for the rest: both of "de Sistemas" in "Anal. Sist.".
        parts = full.split(" ", end - at) if full else ()
        for beside, written in enumerate(parts, at):
            core = words[beside].strip(AROUND)
            if written.lower() != core.lower():
                before, _, after = words[beside].partition(core)
                found[beside] = before + cased(written, core, style) + after.lstrip(".")
        if full and " " not in full:
            found[at + 1] = ""
    return list(filter(None, found))


def cased(full: str, core: str, style: Style) -> str:
    """Return what a short form stands for, in small letters where it has them: "jefe de dpto."."""
    is_small = core.islower() and letter_case(style.language) == "sentence"
    return full.lower() if is_small and style.mode == "mixed" else full


def in_full(small: str, style: Style, place: str) -> str | None:
    """Return what an abbreviation stands for at a place, or ``None`` if that is not sure."""
    if place == "only" and _says_who(small, style):
        place = "inside"
    for found in abbreviations()[small]:
        if found.language in ("", style.language) and _fits(found.place, place):
            return found.written
    return None


def _says_who(small: str, style: Style) -> bool:
    """Return whether a short form alone in its phrase is a role or a rank: "Mgr - Sales"."""
    known = default_lexicon().get(small)
    is_rank = known is not None and known.tag == Tag.SENIORITY
    return is_rank or style.language == ENGLISH


def _fits(wanted: str, place: str) -> bool:
    if not wanted:
        return place != "only"
    return place in ("first", "inside") if wanted == "before" else place == wanted


def full_beside_a_slash(found: re.Match[str], style: Style) -> str | None:
    """Return what a word beside a slash stands for, as both do in "Jr/Sr Cook"."""
    small = found[0].lower()
    if "/" not in found.string or small not in abbreviations():
        return None
    full = in_full(small, style, "inside")
    return full if full is not None and full.lower() != small else None
