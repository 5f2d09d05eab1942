"""The classifier: user titles, thresholds, odd input, threads and processes."""

from __future__ import annotations

import math
import pickle
from pathlib import Path
from typing import Any

import pytest
from helpers import rows

from pmo_classify import Classifier, Level, Method, Scope, Track, classify, classify_many
from pmo_classify.errors import FileError, TableError
from pmo_classify.knowledge.listed_titles import read_listed_rows

TITLES = [row.cells["title"] for row in read_listed_rows()]
OWN = {"title": "Project Manager", "track": "pmo", "level": 3, "scope": "project"}


@pytest.mark.parametrize("missing", [None, math.nan, "", "   ", "\n\t", "--", "\u200b"])
def test_nothing_gives_an_empty_result(missing: Any) -> None:
    """None, NaN and blank text: track other, method none, reason empty."""
    result = classify(missing)
    assert (result.track, result.method, result.reasons) == (Track.OTHER, Method.NONE, ("empty",))
    assert result.level is None
    assert not result.needs_review


@pytest.mark.parametrize(("value", "name"), [(3, "int"), (b"PMO", "bytes"), (["PMO"], "list")])
def test_another_type_is_named(value: Any, name: str) -> None:
    with pytest.raises(TypeError, match=f"must be a str, not {name}"):
        classify(value)


def test_a_long_title_is_cut_and_says_so() -> None:
    """Only the first 1,000 characters of a title are read."""
    result = classify("PMO Analyst " + "x" * 1_000_000)
    assert result.level is Level.SUPPORTING
    assert "cut" in result.reasons
    assert classify("x " * 600 + "PMO Analyst").track is Track.OTHER


def test_a_title_of_the_limit_is_read_whole() -> None:
    title = "x" * 988 + " PMO Analyst"
    assert len(title) == 1_000
    assert classify(title).level is Level.SUPPORTING
    assert "cut" not in classify(title).reasons


@pytest.mark.parametrize(
    "title", ["Project Manager", "PROJECT MANAGER - Leeds", "Project Manager (12 month FTC)"]
)
def test_user_titles_override_ours(title: str) -> None:
    result = Classifier(extra_titles=[OWN]).classify(title)
    assert (result.track, result.level, result.scope) == (Track.PMO, Level.LEADING, Scope.PROJECT)
    assert result.method is Method.EXACT
    assert "user-title" in result.reasons


def test_user_titles_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("title,track,level,scope\nHead Gardener,pmo,2.0,\n", encoding="utf-8-sig")
    assert Classifier(extra_titles=path).classify("head gardener").level is Level.SUPPORTING
    assert classify("Head Gardener").level is None


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\x0b", "\x85", "\u2028"])
def test_a_title_of_two_lines_is_one_title(tmp_path: Path, mark: str) -> None:
    """A line break in a quoted cell separates words; it neither ends the row nor joins them."""
    path = tmp_path / "mine.csv"
    path.write_bytes(f'title,track,level,scope\n"Head{mark}Gardener",pmo,2,\n'.encode())
    assert Classifier(extra_titles=path).classify("head gardener").level is Level.SUPPORTING


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    """Bad rows raise one clear error with file and line, which lists all of them."""
    path = tmp_path / "mine.csv"
    path.write_text(
        "title,track,level,scope\n,pmo,2,\nA Lead,boss,2,\nB Lead,pmo,5,\nC Lead,pmo,,team\n"
        "D Lead,other,2,\nE Lead,pmo,2,\nE lead,pmo,3,\n",
        encoding="utf-8",
    )
    with pytest.raises(TableError) as caught:
        Classifier(extra_titles=path)
    lines = [(fault.line, fault.what) for fault in caught.value.faults]
    assert [line for line, _ in lines] == [2, 3, 4, 5, 5, 6, 8]
    assert str(caught.value).splitlines()[0] == (
        "mine.csv:2: the title is empty: write a title, or delete the row"
    )
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301


@pytest.mark.parametrize("title", ["!!!", "\u200b", "&nbsp;", "<b></b>", "🙂"])
def test_a_title_without_a_word_is_told(title: str) -> None:
    """A bad row raises a clear error, also if its title has no words."""
    rows = [OWN, {**OWN, "title": title}]
    with pytest.raises(TableError, match=r"extra_titles:2: the title .* has no letters or digits"):
        Classifier(extra_titles=rows)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"name,level\nX,2\n", TableError, "mine.csv:1: the header lacks title, track"),
        (b"", TableError, "found nothing"),
        (b"title,track\n\xff,pmo\n", FileError, "not UTF-8 at byte 12"),
        (
            b'title,track\nX,other\n"' + b"x\n" * 70_000,
            TableError,
            r"mine.csv:\d+: the row cannot be read \(field larger .*look for a quote",
        ),
    ],
)
def test_a_table_that_cannot_be_read(
    tmp_path: Path, content: bytes, error: type[Exception], message: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(error, match=message):
        Classifier(extra_titles=path)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_may_have_the_delimiter_of_any_country(tmp_path: Path, sign: str) -> None:
    """Commas, semicolons or tabs may separate its cells: Excel writes what the country uses."""
    path = tmp_path / "mine.csv"
    lines = [["title", "track", "level", "scope"], ["Baker", "pmo", "2", "project"]]
    path.write_text("\n".join(map(sign.join, lines)), encoding="utf-8-sig")
    assert Classifier(extra_titles=path).classify("BAKER").level == 2


def test_no_such_table(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot read the titles file"):
        Classifier(extra_titles=tmp_path / "none.csv")


def test_the_threshold_moves_what_is_reviewed() -> None:
    """`review_below` is the confidence below which a title goes to review."""
    assert not classify("PMO Anaylst").needs_review
    strict = Classifier(review_below=0.99).classify("PMO Anaylst")
    assert strict.needs_review
    assert "low-confidence" in strict.reasons


def test_a_type_checker_refuses_what_is_no_title() -> None:
    """The comments are for mypy, which would say that they are not needed if it accepted these."""
    with pytest.raises(TypeError, match=r"a title must be a str, not int$"):
        classify(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not list: for several titles, use classify_many"):
        classify(["PMO Lead"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"extra_titles": {"a": 1}}, r"extra_titles must be the path .* rows such as .*, not dict"),
        ({"extra_titles": 7}, "extra_titles must be the path .*, not int"),
        ({"extra_titles": [("a", "pmo")]}, r"row 1: must be a dict such as .*, not \('a', 'pmo'\)"),
        ({"extra_titles": [OWN, "PMO"]}, "extra_titles, row 2: must be a dict such as"),
        ({"review_below": "x"}, "review_below must be a number from 0 to 1, such as 0.9, not 'x'"),
        (
            {"review_below": None},
            "review_below must be a number from 0 to 1, .*, not None",
        ),
        (
            {"review_below": True},
            "review_below must be a number from 0 to 1, .*, not True",
        ),
    ],
)
def test_a_wrong_argument_is_named_with_its_right_form(wrong: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Classifier(**wrong)


def test_a_classifier_shows_its_settings() -> None:
    assert repr(Classifier()) == (
        "Classifier(extra_titles=None, review_below=0.85, model=False, use_listed=True)"
    )
    mine = Classifier(extra_titles=[OWN], review_below=0.5, use_listed=False)
    assert repr(pickle.loads(pickle.dumps(mine))) == (  # noqa: S301 - our own bytes
        "Classifier(extra_titles=<1 title>, review_below=0.5, model=False, use_listed=False)"
    )


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_out_of_range(threshold: float) -> None:
    with pytest.raises(ValueError, match="must be from 0 to 1"):
        Classifier(review_below=threshold)


def test_many_keep_their_order() -> None:
    titles = [*TITLES[:40], None, *TITLES[:40]]
    assert classify_many(titles) == [classify(t) for t in titles]


def test_many_titles_are_answered_as_each_alone() -> None:
    titles: list[Any] = [
        *TITLES[:40],
        None,
        float("nan"),
        "",
        "PMO " * 400,
        *TITLES[20:60],
        "Senior PMO Lead",
    ]
    assert Classifier().classify_many(iter(titles)) == [classify(title) for title in titles]


def test_remembering_answers_changes_none() -> None:
    """Without the cache of answers, they are the same."""
    remembering, plain = Classifier(), Classifier()
    plain._read_once = plain._read  # type: ignore[assignment]
    asked = [*TITLES[:60], *TITLES[:60]]
    assert [remembering.classify(t) for t in asked] == [plain.classify(t) for t in asked]


def test_many_titles_of_a_wrong_type_are_refused_with_their_position() -> None:
    with pytest.raises(TypeError, match=r"titles\[1\] must be a str, not list"):
        classify_many(["PMO Lead", ["PMO Lead"]])  # type: ignore[list-item]


def test_one_string_is_not_many_titles() -> None:
    with pytest.raises(TypeError, match=r"not one str: pass a list of titles"):
        classify_many("PMO Lead")


def test_a_classifier_can_be_sent_to_a_process() -> None:
    sent = pickle.loads(pickle.dumps(Classifier(extra_titles=[OWN], review_below=0.5)))  # noqa: S301
    assert sent.classify("Project Manager").level is Level.LEADING
    assert [sent.classify(t) for t in TITLES[:50]] == [
        Classifier(extra_titles=[OWN], review_below=0.5).classify(t) for t in TITLES[:50]
    ]


@pytest.mark.parametrize(("slip", "column"), [("scop", "scope"), ("Levels", "level")])
def test_a_slip_in_the_name_of_a_column_is_named(slip: str, column: str) -> None:
    """The answers in such a column would be lost without a word; other columns may be there."""
    row = {"title": "PMO Guru", "track": "pmo", "level": "2", "scope": "", "note": "of May"}
    assert Classifier(extra_titles=[row]).classify("PMO Guru").level == 2
    row[slip] = row.pop(column)
    with pytest.raises(TableError, match=f"'{slip}' is no column of titles: write {column}"):
        Classifier(extra_titles=[row])


@pytest.mark.parametrize("form", ["{}", "{} II", "{} - Level 3", "(m/w/d) {}, London"])
def test_a_user_title_wins_whatever_its_words(form: str) -> None:
    """A user title always wins: also one of another field, one of few words, one with a grade."""
    titles = [row["title"] for row in rows("read/countries.csv")]
    for title in titles:
        own_title = form.format(title)
        row = {"title": own_title, "track": "pmo", "level": 4}
        own = Classifier(extra_titles=[row], use_listed=False)
        assert own.classify(own_title).level == 4, own_title
