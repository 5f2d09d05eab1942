"""Any bytes as the smaller inputs: own titles, a reviewed sheet, true answers, labelled files.

The first byte of an input says which of them it is, the rest is the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from fuzz_target import PlainMutator, Target, pieces_swapped
from pmo_classify import Classifier
from pmo_classify.errors import FileError, PmoClassifyError, TableError
from pmo_classify.evaluation.diff import diff
from pmo_classify.evaluation.evaluate import evaluate
from pmo_classify.knowledge.listed_titles import check_row, read_title_rows
from pmo_classify.review.apply import apply_review

__all__ = ["TABLES", "check_table"]

_PIECES: Final = (
    "\n", "\r\n", "\r", ",", ";", "\t", '"', '""', " ", "\0", "\x0b", "\x85", "\u2028", "\ufeff",
    "title", "track", "level", "scope", "ambiguous", "source", "note", "pmo", "delivery", "other",
    "1", "2", "3", "4", "2.0", "5", "project", "programme+portfolio", "none", "PMO Lead", "Chef",
    "Head of PMO", "Project Manager", "=1+1", "é", "x" * 200_000, "pmo_track", "true_track",
    "Portfolio Manager - Leeds", "£40k", "-",
)  # fmt: skip


def check_table(data: bytes) -> None:
    """Read a file as one of the kinds; an ``AssertionError`` says which promise is broken."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in.csv")
        path.write_bytes(data[1:])
        try:
            _CHECKS[data[0] % len(_CHECKS)](path)
        except PmoClassifyError as error:
            _check_told(error, folder)
        assert path.read_bytes() == data[1:]
        assert not list(Path(folder).glob(".*"))


def _check_told(error: PmoClassifyError, folder: str) -> None:
    """Check that every error is of this library, and names the place and the next step."""
    if isinstance(error, TableError):
        assert error.faults
        assert all(fault.what and fault.fix for fault in error.faults)
        return
    told = str(error)
    assert isinstance(error, FileError), told
    assert len(told.splitlines()) == 1, told
    assert folder in told or "no row has an answer" in told, told


def _check_own_titles(path: Path) -> None:
    """Check that a user's title gets the user's answer."""
    classifier = Classifier(extra_titles=path)
    for row in read_title_rows(path):
        wanted = check_row(row)
        assert not isinstance(wanted, list)
        answer = classifier.classify(wanted.title)
        place = (answer.track, answer.level, answer.scope)
        assert place == (wanted.track, wanted.level, wanted.scope), (wanted, answer)
        assert "user-title" in answer.reasons


def _check_review(path: Path) -> None:
    """Check that applied decisions are found again, and that applying twice changes nothing."""
    own = path.with_name("own.csv")
    try:
        first = apply_review(path, own)
    except PmoClassifyError:
        assert not own.exists()
        raise
    before = own.read_bytes()
    again = apply_review(path, own)
    assert own.read_bytes() == before
    assert (again.added, again.changed) == (0, 0), (first, again)
    assert again.undecided == first.undecided
    _check_own_titles(own)


def _check_merge(path: Path) -> None:
    """Check that a review is added to an existing table of titles, which keeps its other rows."""
    sheet = path.with_name("sheet.csv")
    sheet.write_text("title,track,level,scope\nHead of PMO,pmo,3,portfolio\n", encoding="utf-8")
    own = path.with_name("own.csv")
    own.write_bytes(path.read_bytes())
    rows = [row.cells for row in read_title_rows(own)]
    apply_review(sheet, own)
    after = [row.cells for row in read_title_rows(own)]
    assert len(after) - len(rows) in {0, 1}
    for old, new in zip(rows, after, strict=False):
        assert old["title"] == new["title"], (old, new)
        assert old.keys() <= new.keys()
    _check_own_titles(own)


def _check_truth(path: Path) -> None:
    found = evaluate(path)
    assert 0 <= found.right.hits <= found.right.of


def _check_diff(path: Path) -> None:
    """Check that a file does not differ from itself, except where it contradicts itself."""
    found = diff(path, path)
    assert not found.changes
    assert not found.only_old
    assert not found.only_new
    assert len(found.several) % 2 == 0
    assert found.old_rows == found.new_rows


_CHECKS: Final[tuple[Callable[[Path], None], ...]] = (
    _check_own_titles,
    _check_review,
    _check_merge,
    _check_truth,
    _check_diff,
)


def _seeds() -> Iterator[bytes]:
    own = "title,track,level,scope,ambiguous,source\nPMO Lead,pmo,3,,0,x\nChef,other,,,,\n"
    review = "title,rows,track,level,scope,note\nPMO Lead,2,pmo,3,none,ok\nChef,1,,,,\n"
    decided = "title,rows,decision,note\nPMO Lead,2,Level 3: leads,ok\nChef,1,other,\nCook,1,,\n"
    truth = 'Job title,track,level,scope\nPMO Lead,pmo,3,\n"Chef, Leeds",other,,\n'
    labelled = "Job title,pmo_track,pmo_level,pmo_scope\nPMO Lead,pmo,3,\nChef,other,,\n"
    for number, text in (*enumerate((own, review, own, truth, labelled)), (1, decided)):
        for end in ("\n", "\r\n"):
            yield bytes([number]) + text.replace("\n", end).encode()
        yield bytes([number]) + text.replace(",", ";").encode("utf-8-sig")


def _mutate(data: bytes, random: Random, plain: PlainMutator) -> bytes:
    """Return an input with words and marks added, cells and rows moved, or bytes changed."""
    way = random.randrange(6)
    if way == 0 or not data:
        return plain(data)
    first, text = data[:1], data[1:].decode("utf-8", "surrogateescape")
    if way == 1:
        return bytes([random.randrange(len(_CHECKS))]) + data[1:]
    mark = random.choice(("\n", ",", ";", '"', " "))
    pieces = text.split(mark)
    for _ in range(random.choice((1, 1, 2, 4))):
        pieces = pieces_swapped(pieces, random, list(_PIECES))
    return first + mark.join(pieces).encode("utf-8", "surrogateescape")


TABLES = Target(check_table, _seeds, _mutate, longest=1 << 20, seconds=60)
