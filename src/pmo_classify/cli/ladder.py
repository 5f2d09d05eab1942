"""``pmo-classify ladder``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import typer

from pmo_classify.cli.common import AsJson
from pmo_classify.cli.std_streams import write_json
from pmo_classify.knowledge.crosswalk import Code, codes_for
from pmo_classify.taxonomy import CAREER_PATH, MANAGER_OR_LEAD, Level, Track

__all__ = ["EXAMPLES", "ladder"]

EXAMPLES: Final = (
    "pmo-classify ladder",
    "pmo-classify ladder --codes",
)

_ON_CODES: Final = (
    "A broader code holds more jobs than the level, a narrower one fewer, a related one some of "
    "them. How a code matches is our judgement, not that of its publisher."
)


def ladder(
    *,
    codes: Annotated[
        bool, typer.Option("--codes", help="Also show their codes in other classifications.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the four levels: titles, knowledge, courses, next step."""
    if as_json:
        write_json([_as_dict(level, codes=codes) for level in Level], indent=2)
        return
    for level in Level:
        lines = [
            f"{int(level)}  {level.title}",
            f"   {level.description}",
            f"   titles: {', '.join(level.facts.listed_titles)}",
            f"   knowledge: {'; '.join(level.knowledge)}",
            f"   courses: {', '.join(level.courses)}",
            f"   next: {level.next.title if level.next else 'the top of the ladder'}",
            *(_code_lines(level.codes) if codes else ()),
        ]
        sys.stdout.write("\n".join(lines) + "\n\n")
    if codes:
        lines = ["off the ladder: delivery", *_code_lines(codes_for(Track.DELIVERY)), "", _ON_CODES]
        sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.write(f"{MANAGER_OR_LEAD}\n\nSource: {CAREER_PATH}.\n")


def _as_dict(level: Level, *, codes: bool) -> dict[str, object]:
    found: dict[str, object] = {"level": int(level), **level.facts._asdict()}
    if codes:
        found["codes"] = [code.as_dict() for code in level.codes]
    return found


def _code_lines(codes: Iterable[Code]) -> Iterator[str]:
    for code in codes:
        yield f"   {code.scheme} {code.code}, {code.title}: {code.match}, {code.note}"
        where = "" if code.read_in == "source" else ", in a public copy"
        yield f"      {code.source}, checked {code.checked}{where}: {code.url}"
