"""One person's work on one file: what was found in it, its labels, its doubts, what is settled.

This is the Python side of the web page. It writes what the commands ``label``, ``apply`` and
``label --report`` write, byte for byte, and refuses what they refuse with the same words.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError, PmoClassifyError
from pmo_classify.files.browser import IN_BROWSER, check_for_browser
from pmo_classify.files.kinds import FileKind, file_format
from pmo_classify.knowledge.listed_titles import read_title_rows
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.label_file import label_file, usual_output
from pmo_classify.labelling.labeller import Progress, Summary
from pmo_classify.page.found import Where, find_tables
from pmo_classify.page.title import shown_title
from pmo_classify.reading.cleaning import fold
from pmo_classify.report.page import write_report
from pmo_classify.review.apply import apply_decisions
from pmo_classify.review.doubtful import DoubtfulTitle, doubtful_titles, group_of
from pmo_classify.review.examples import Examples, find_examples
from pmo_classify.review.sheet import ReviewedRow
from pmo_classify.taxonomy import Level
from pmo_classify.wording import NO_SCOPE

__all__ = ["MY_TITLES", "Output", "Session"]

MY_TITLES: Final = "my_titles.csv"
"""The name under which the decisions are given back."""

_MOST_FOUND: Final = 20
_MOST_SPELLINGS: Final = 5
_TRACK, _LEVEL, _SCOPE, _REVIEW = (
    LABEL_COLUMNS.index(name) for name in ("pmo_track", "pmo_level", "pmo_scope", "pmo_review")
)
_OFF_THE_LADDER: Final = {"delivery": "Runs projects or programmes", "other": "Other work"}
_NO_MEMORY: Final = "there is not enough memory: close other programs, or split the file"


class Output(NamedTuple):
    """A file to give back: its name and its bytes."""

    name: str
    data: bytes


class Session:
    """The work on one file, in a folder that is its own.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     session = Session(Path(folder))
    ...     found = session.open("ads.csv", b"Job title\\nProgram Coordinator\\nPMO Lead\\n")
    ...     counts = session.label()
    ...     doubts = session.doubts()
    ...     _ = session.decide([("Program Coordinator", "not on the ladder: other work")])
    ...     titles, labelled = session.titles(), session.labelled()
    >>> counts["to_review"], doubts
    (1, [{'title': 'Program Coordinator', 'rows': 1}])
    >>> titles.name, titles.data.splitlines()[1]
    ('my_titles.csv', b'Program Coordinator,other,,,0,reviewed')
    >>> labelled.name, labelled.data.splitlines()[1][:25]
    ('ads.labelled.csv', b'Program Coordinator,other')

    What cannot be used is a ``FileError`` or a ``TableError`` with the words of the command line.
    """

    def __init__(self, folder: Path) -> None:
        self._in, self._titles, self._out = (folder / name for name in ("in", "titles", "out"))
        for place in (self._in, self._titles, self._out):
            place.mkdir(parents=True, exist_ok=True)
        self._source: Path | None = None
        self._where = Where()
        self._base: Path | None = None
        self._decisions: list[ReviewedRow] = []
        self._before = Classifier()
        self._now = self._before
        self._summary = Summary()
        self._labelled_by: Classifier | None = None
        self._deck: dict[str, DoubtfulTitle] = {}
        self._examples: Examples | None = None

    def read(self, title: str) -> dict[str, object]:
        """Return how one title is read with the decisions so far; see ``shown_title``."""
        return shown_title(self._now.classify(title))

    def open(self, name: str, data: bytes) -> dict[str, Any]:
        """Take a file, and return what was found in it; see ``look``."""
        source = _only_file(self._in, name, data)
        self._source, self._deck, self._summary = source, {}, Summary()
        return self.look()

    def look(
        self, column: str | None = None, sheet: str | None = None, header: int | None = None
    ) -> dict[str, Any]:
        """Return the name of the file, its ``tables``, and the ``fault`` if none can be labelled.

        ``column``, ``sheet`` and ``header`` say where the titles are, as the options of ``label``,
        until the next call; what is None is found. See ``find_tables``.
        """
        source = self._file()
        if IN_BROWSER:
            check_for_browser(source)
        self._where, self._labelled_by = Where(column, sheet, header), None
        tables = find_tables(source, self._where)
        has_titles = any(table["column"] is not None for table in tables)
        return {
            "name": source.name,
            "has_header": file_format(source).kind in (FileKind.TEXT, FileKind.WORKBOOK),
            "tables": tables,
            "fault": "" if has_titles else self._fault(),
        }

    def _fault(self) -> str:
        """Return why the file is not labelled; only labelling itself knows that of all sheets."""
        try:
            self._labelled_with(self._before, None)
        except FileError as error:
            return self._without_folders(str(error))
        return ""

    def label(self, progress: Progress | None = None) -> dict[str, object]:
        """Label the file, and return the counts.

        The decisions of an earlier time count, those of this session do not: what is in doubt
        without them is found anew, and ``labelled`` gives the file back with them.
        """
        summary = self._labelled_with(self._before, progress)
        self._deck = {title.group: title for title in doubtful_titles(summary.titles())}
        self._examples = None
        return _counts(summary)

    def _labelled_with(self, classifier: Classifier, progress: Progress | None) -> Summary:
        if self._labelled_by is not classifier:
            self._labelled_by = None
            self._summary = label_file(
                self._file(),
                self._output(),
                **self._where._asdict(),
                classifier=classifier,
                force=True,
                progress=progress,
            )
            self._labelled_by = classifier
        return self._summary

    def doubts(self) -> list[dict[str, object]]:
        """Return the titles that are in doubt, those with the most rows first."""
        return [{"title": title.answer.title, "rows": title.rows} for title in self._deck.values()]

    def card(self, title: str) -> dict[str, object]:
        """Return what the page shows of a title of the file: see ``shown_title``.

        For a title in doubt, as it was before the decisions of this session: with its rows, up to
        three examples, and other spellings.
        """
        doubtful = self._deck.get(group_of(title))
        if doubtful is None:
            return {**self.read(title), "rows": None, "examples": [], "spellings": []}
        others = [spelling for spelling in doubtful.spellings if spelling != doubtful.answer.title]
        return {
            **shown_title(doubtful.answer),
            "rows": doubtful.rows,
            "examples": self._all_examples().of(doubtful.group),
            "spellings": others[:_MOST_SPELLINGS],
        }

    def _all_examples(self) -> Examples:
        """Return the examples for all titles in doubt, for which the file is read once."""
        if self._examples is None:
            groups = {
                spelling: title.group
                for title in self._deck.values()
                for spelling in title.spellings
            }
            where = {"column": self._where.column, "sheet": self._where.sheet}
            try:
                self._examples = find_examples(self._file(), groups, **where)
            except FileError:
                # A CSV without a header can be labelled, but nothing says what its columns hold.
                self._examples = Examples()
        return self._examples

    def search(self, text: str) -> list[dict[str, object]]:
        """Return titles of the file that hold a text, as they are read now; at most 20."""
        wanted = fold(text)
        counts = self._summary.counts()
        found = [(-rows, title) for title, _, rows in counts if wanted in fold(title)]
        return [{"rows": -rows, **self.read(title)} for rows, title in sorted(found)[:_MOST_FOUND]]

    def use_titles(self, name: str, data: bytes) -> int:
        """Take the decisions of an earlier time, as ``label --titles``; return how many there are.

        Without data there are none from now on. A faulty table changes nothing.
        """
        if data:
            trial = self._titles / "trial"
            trial.mkdir(exist_ok=True)
            # The name is in the message about a fault.
            Classifier(extra_titles=_only_file(trial, name, data))
        self._base = _only_file(self._titles, name, data) if data else None
        self._before = Classifier(extra_titles=self._base)
        self._update()
        return self._own_titles()

    def decide(self, decisions: Iterable[Sequence[str]]) -> int:
        """Take all decisions of this session, and return how many there are with the earlier ones.

        Each is a title and one of its choices, in place of those of the last call. Of several on
        one title the last one counts.
        """
        latest: dict[str, ReviewedRow] = {}
        for number, (title, choice) in enumerate(decisions, 1):
            # A text that is no text is written as a review sheet has it.
            cells = {"title": title.strip(), "decision": choice, "note": ""}
            cells = {key: cell.encode("utf-8", "replace").decode() for key, cell in cells.items()}
            latest[group_of(title)] = ReviewedRow(MY_TITLES, number, cells)
        self._decisions = list(latest.values())
        self._update()
        return self._own_titles()

    def _update(self) -> None:
        """Write the table of all decisions, and read titles with it from now on."""
        table = self._out / MY_TITLES
        table.unlink(missing_ok=True)
        if self._base is not None:
            table.write_bytes(self._base.read_bytes())
        if self._decisions:
            apply_decisions(self._decisions, table)
        self._now = Classifier(extra_titles=table) if self._decisions else self._before

    def _own_titles(self) -> int:
        table = self._out / MY_TITLES
        return len(read_title_rows(table)) if table.exists() else 0

    def labelled(self, progress: Progress | None = None) -> Output:
        """Return the labelled file with all decisions."""
        self._labelled_with(self._now, progress)
        return Output(self._output().name, self._output().read_bytes())

    def counts(self) -> dict[str, object]:
        """Return the counts of the file as it was labelled last."""
        return _counts(self._summary)

    def titles(self) -> Output:
        """Return the table of all decisions; a ``FileError`` if there are none."""
        table = self._out / MY_TITLES
        if not table.exists():
            message = f"{MY_TITLES}: there are no decisions yet: settle a title first"
            raise FileError(message)
        return Output(MY_TITLES, table.read_bytes())

    def report(self, progress: Progress | None = None) -> Output:
        """Return the report on the file with all decisions."""
        summary = self._labelled_with(self._now, progress)
        target = self._out / f"{self._file().stem}.report.html"
        write_report(target, summary, source=self._file().name, force=True)
        return Output(target.name, target.read_bytes())

    def call(self, request: str, *extra: Any) -> tuple[str, bytes | None]:
        """Do what the page asks, and return the result as JSON, and the bytes of a file if any.

        The request is JSON: the name of a method, and its arguments; ``extra`` are those that JSON
        cannot hold. What the user can put right is ``refused``, with the reason.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Session(Path(folder)).call('["open", "notes.pdf"]', b"")[0][:50]
        '{"refused": "notes.pdf: not a table by its ending '
        """
        name, *arguments = json.loads(request)
        try:
            done = getattr(self, name)(*arguments, *extra)
        except PmoClassifyError as error:
            return json.dumps({"refused": self._without_folders(str(error))}), None
        except MemoryError:
            return json.dumps({"refused": _NO_MEMORY}), None
        if isinstance(done, Output):
            return json.dumps({"done": done.name}), done.data
        return json.dumps({"done": done}), None

    def _without_folders(self, message: str) -> str:
        for place in (self._in, self._titles / "trial", self._titles, self._out):
            message = message.replace(f"{place}{os.sep}", "")
        return message

    def _file(self) -> Path:
        if self._source is None:
            message = "there is no file yet: choose one"
            raise FileError(message)
        return self._source

    def _output(self) -> Path:
        source = self._file()
        # The labelled copy of a list without an ending needs one.
        named = source if source.suffix else source.with_suffix(".csv")
        return self._out / usual_output(named).name


def _only_file(folder: Path, name: str, data: bytes) -> Path:
    """Write a file into a folder in place of those that were there."""
    for old in folder.iterdir():
        if old.is_file():
            old.unlink()
    path = folder / Path(name).name
    path.write_bytes(data)
    return path


def _counts(summary: Summary) -> dict[str, object]:
    """Return what was found in a file, as plain JSON types: rows by answer and by scope."""
    answers: Counter[tuple[str, str]] = Counter()
    scopes: Counter[str] = Counter()
    doubtful: Counter[tuple[str, str]] = Counter()
    doubtful_scopes: Counter[str] = Counter()
    for _, cells, rows in summary.counts():
        answer = cells[_TRACK], cells[_LEVEL]
        in_doubt = rows * (cells[_REVIEW] == "yes")
        answers[answer] += rows
        doubtful[answer] += in_doubt
        if cells[_LEVEL]:
            scopes[cells[_SCOPE]] += rows
            doubtful_scopes[cells[_SCOPE]] += in_doubt
    levels = [(("pmo", str(int(level))), f"Level {int(level)}", level.title) for level in Level]
    others = [((track, ""), name, "") for track, name in _OFF_THE_LADDER.items()]
    return {
        "rows": summary.rows,
        "distinct": summary.distinct,
        "to_review": summary.to_review,
        "levels": [
            {
                "kind": f"level-{answer[1]}" if answer[1] else answer[0],
                "name": name,
                "about": about,
                "rows": answers[answer],
                "review": doubtful[answer],
            }
            for answer, name, about in (*levels, *others)
        ],
        "scopes": [
            {
                "name": scope.replace("+", " + ") or NO_SCOPE,
                "rows": rows,
                "review": doubtful_scopes[scope],
            }
            for scope, rows in sorted(scopes.items(), key=lambda item: (-item[1], item[0]))
        ],
        "read_as": summary.read_as,
        "warnings": [*summary.warnings],
        "replaced": [*summary.replaced_columns],
    }
