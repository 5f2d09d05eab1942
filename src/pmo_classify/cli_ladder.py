"""``pmo-classify ladder``."""

from __future__ import annotations

import json
import sys

from pmo_classify.cli_options import AsJson
from pmo_classify.taxonomy import CAREER_PATH, MANAGER_OR_LEAD, Level

__all__ = ["ladder"]


def ladder(*, as_json: AsJson = False) -> None:
    """Show the four levels, their titles, courses and next step."""
    if as_json:
        levels = [{"level": int(level), **level.facts._asdict()} for level in Level]
        sys.stdout.write(json.dumps(levels, ensure_ascii=False, indent=2) + "\n")
        return
    for level in Level:
        lines = [
            f"{int(level)}  {level.title}",
            f"   {level.description}",
            f"   titles: {', '.join(level.facts.listed_titles)}",
            f"   knowledge: {'; '.join(level.knowledge)}",
            f"   courses: {', '.join(level.courses)}",
            f"   next: {level.next.title if level.next else 'the top of the ladder'}",
        ]
        sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.write(f"{MANAGER_OR_LEAD}\n\nSource: {CAREER_PATH}.\n")
