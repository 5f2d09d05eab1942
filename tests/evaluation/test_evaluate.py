"""Scoring against a labelled file: how its truth is found, told faulty, and shown."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from helpers import run_command
from openpyxl.worksheet.worksheet import Worksheet

from pmo_classify import Classifier
from pmo_classify.errors import FileError, MissingExtraError, TableError
from pmo_classify.evaluation.evaluate import evaluate
from pmo_classify.evaluation.figures import Evaluation
from pmo_classify.evaluation.plot import check_plot, write_plot
from pmo_classify.evaluation.scoring import score
from pmo_classify.evaluation.text import WRONG_COLUMNS, write_misread

ROWS = (
    ("PMO Lead", "pmo", "3", ""),
    ("Project Planner", "pmo", "2", "project"),
    ("Project Manager", "pmo", "3", "project"),
    ("Chef", "other", "", ""),
)
HEADER = ("title", "track", "level", "scope")
MISREAD = "'Project Manager': said delivery, is pmo 3 project"


def _csv(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *(rows or ROWS)])
    return path


def _book(path: Path, *rows: Sequence[object], header: Sequence[str] = HEADER) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return _csv(tmp_path / "gold.csv")


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    run = run_command(*arguments, cwd=cwd)
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(), run.stderr.decode()
    )


def test_three_of_four_are_right(gold: Path) -> None:
    """Of four rows only the project manager, who is delivery, is said to be otherwise."""
    found = evaluate(gold)
    assert (found.right.hits, found.right.of) == (3, 4)
    assert [title.row.title for title in found.misread] == ["Project Manager"]
    assert found.columns == ("track", "level", "scope")


@pytest.mark.parametrize(
    "header",
    [
        ("Job title", "TRACK", "Level", "Scope"),
        ("Job title", "true_track", "True Level", "true-scope"),
        ("Job title", "pmo_track", "pmo_level", "pmo_scope"),
        ("Job title", "PMO Track", "PMO Level", "PMO Scope"),
    ],
    ids=" ".join,
)
def test_columns_are_found_by_their_names(tmp_path: Path, header: Sequence[str]) -> None:
    """Case, spaces and hyphens aside; with true_ or pmo_ before them, or with nothing."""
    found = evaluate(_csv(tmp_path / "g.csv", header=header))
    assert found.right[:2] == (3, 4)
    assert found.columns == tuple(header[1:])


def test_true_columns_come_before_those_of_labelling(tmp_path: Path) -> None:
    rows = [(*row, "other", "", "") for row in ROWS]
    header = (HEADER[0], "pmo_track", "pmo_level", "pmo_scope", *(f"true_{n}" for n in HEADER[1:]))
    found = evaluate(_csv(tmp_path / "g.csv", *rows, header=header))
    assert found.right[:2] == (1, 4)
    assert found.warnings == ()


def test_truth_that_labelling_wrote_is_told(tmp_path: Path) -> None:
    header = ("title", "pmo_track", "pmo_level", "pmo_scope")
    (warning,) = evaluate(_csv(tmp_path / "g.csv", header=header)).warnings
    assert "they only repeat what was answered before" in warning


@pytest.mark.parametrize("ending", ["tsv", "xlsx"])
def test_other_kinds_of_files_give_the_same(gold: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"g.{ending}"
    if ending == "tsv":
        path.write_text("\n".join("\t".join(row) for row in (HEADER, *ROWS)), encoding="utf-8")
    else:
        _book(path, *((t, k, int(n) if n else None, s or None) for t, k, n, s in ROWS))
    assert evaluate(path) == evaluate(gold)


def test_every_sheet_with_titles_counts(tmp_path: Path) -> None:
    path = _book(tmp_path / "g.xlsx", *ROWS)
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("More")
    for row in (HEADER, ROWS[0]):
        second.append(row)
    book.create_sheet("Notes").append(["nothing of the kind"])
    book.save(path)
    assert evaluate(path).rows == 5
    assert evaluate(path, sheet="more").rows == 1


def test_rows_may_be_dictionaries() -> None:
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    assert evaluate(rows).right[:2] == (3, 4)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_rows_may_be_a_data_frame(library: str) -> None:
    """A level may be missing there, and so be a number with a point."""
    module = pytest.importorskip(library)
    titles, tracks, levels, scopes = zip(*ROWS, strict=True)
    columns = {
        "title": list(titles),
        "track": list(tracks),
        "level": [float(level) if level else None for level in levels],
        "scope": list(scopes),
    }
    frame = module.table(columns) if library == "pyarrow" else module.DataFrame(columns)
    assert evaluate(frame) == evaluate([dict(zip(HEADER, row, strict=True)) for row in ROWS])


@pytest.mark.parametrize(
    ("source", "named"),
    [(None, "NoneType"), (["PMO Lead"], "list of str"), ({"title": "PMO Lead"}, "dict of str")],
)
def test_what_is_no_table_is_refused(source: object, named: str) -> None:
    with pytest.raises(TypeError, match=f"or rows as dictionaries, not {named}$"):
        evaluate(source)


def test_missing_values_in_dictionaries_are_empty() -> None:
    row = {"title": "Chef", "track": "other", "level": float("nan"), "scope": None}
    assert evaluate([row]).right[:2] == (1, 1)


def test_ambiguous_rows_are_kept_apart(tmp_path: Path) -> None:
    """The clear rows' figures leave them out, the share of reviews does not."""
    rows = [(*ROWS[0], "0"), ("Program Coordinator", "other", "", "", "1")]
    found = evaluate(_csv(tmp_path / "g.csv", *rows, header=(*HEADER, "Ambiguous")))
    assert (found.rows, found.clear, found.right[:2]) == (2, 1, (1, 1))
    assert found.ambiguous_reviewed[:2] == (1, 1)


def test_rows_without_truth_are_left_out_and_counted(tmp_path: Path) -> None:
    found = evaluate(_csv(tmp_path / "g.csv", *ROWS, ("PMO", "", "", ""), ("", "", "", "")))
    assert (found.rows, found.unlabelled) == (4, 1)


def test_one_title_with_two_truths_is_told(tmp_path: Path) -> None:
    found = evaluate(_csv(tmp_path / "g.csv", *ROWS, ("Chef", "delivery", "", "")))
    assert found.warnings == (
        "1 title has two different true answers, such as 'Chef': one must be wrong",
    )


def test_own_titles_count(gold: Path) -> None:
    mine = Classifier(extra_titles=[{"title": "Project Manager", "track": "other"}])
    assert str(evaluate(gold, classifier=mine).misread[0].row.said) == "other"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (("title", "track", "level", "x"), r"there is no column 'scope' .*'title', 'track'"),
        (("title", "true_track", "b", "c"), r"there is no column 'true_level', 'true_scope'"),
        (
            ("title", "a", "b", "c"),
            r"'track', 'level', 'scope' .*: add it; the columns are 'title'",
        ),
    ],
)
def test_a_missing_column_is_told(tmp_path: Path, header: Sequence[str], message: str) -> None:
    """The message names what is missing, and what is there."""
    with pytest.raises(FileError, match=message):
        evaluate(_csv(tmp_path / "g.csv", header=header))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("boss", "", ""), "g.csv:4: track 'boss' is not a track"),
        (("pmo", "7", ""), "g.csv:4: level '7' is not a level"),
        (("pmo", "2", "team"), "g.csv:4: scope 'team' is not a scope"),
        (("pmo", "", ""), "g.csv:4: a pmo title has no level"),
        (("other", "2", ""), "g.csv:4: a title on track other has a level"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_value_is_told_with_its_row(
    tmp_path: Path, cells: Sequence[str], message: str
) -> None:
    """Blank lines count, so that the row is the one that a spreadsheet shows."""
    path = tmp_path / "g.csv"
    path.write_text(f"title,track,level,scope\n\nChef,other,,\nPMO,{','.join(cells)}\n")
    with pytest.raises(TableError, match=message):
        evaluate(path)


def test_many_bad_rows_are_summed_up(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        evaluate(_csv(tmp_path / "g.csv", *[("Chef", "boss", "", "")] * 500))
    assert len(caught.value.faults) == 21
    assert "480 more rows cannot be read" in str(caught.value)


def test_a_file_without_any_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no row has an answer in the columns 'track'"):
        evaluate(_csv(tmp_path / "g.csv", ("Chef", "", "", "")))


def test_the_command_prints_tables(gold: Path) -> None:
    run = _run("evaluate", "gold.csv", "--errors", "5", cwd=gold.parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert "3 of 4" in run.stdout
    assert MISREAD in run.stdout
    assert "Wilson for shares, bootstrap (fixed seed) for F1" in run.stdout


def test_the_command_prints_json(gold: Path) -> None:
    run = _run("evaluate", "gold.csv", "--json", cwd=gold.parent)
    assert json.loads(run.stdout) == json.loads(json.dumps(evaluate(gold).as_dict()))


def test_the_command_reads_stdin(gold: Path) -> None:
    run = run_command("evaluate", "-", "--json", stdin=gold.read_bytes())
    assert json.loads(run.stdout)["right"]["hits"] == 3


def test_the_command_writes_the_misread_titles(gold: Path) -> None:
    assert _run("evaluate", "gold.csv", "--wrong", "wrong.csv", cwd=gold.parent).returncode == 0
    with (gold.parent / "wrong.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == list(WRONG_COLUMNS)
    assert rows[1][:8] == ["Project Manager", "1", "pmo", "3", "project", "delivery", "", ""]


def test_the_command_takes_own_titles(gold: Path) -> None:
    _csv(gold.parent / "mine.csv", ("Project Manager", "pmo", "3", "project"))
    run = _run("evaluate", "gold.csv", "--titles", "mine.csv", "--json", cwd=gold.parent)
    assert json.loads(run.stdout)["right"]["hits"] == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv",), "none.csv: there is no such file"),
        (("gold.csv", "--plot", "p.pdf"), "a picture must end in .png or .svg"),
        (("gold.csv", "--plot", "there.png"), "the file exists: name another with --plot"),
        (("gold.csv", "--wrong", "gold.csv"), "the output is the input"),
        (("gold.csv", "--sheet", "A"), "--sheet is for workbooks"),
        (("old.xls",), "old.xls: not a readable workbook"),
    ],
)
def test_a_users_mistake_is_one_message(gold: Path, arguments: Sequence[str], message: str) -> None:
    """Exit code 1, what and where on stderr, nothing on stdout, never a traceback."""
    (gold.parent / "there.png").touch()
    (gold.parent / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    run = _run("evaluate", *arguments, cwd=gold.parent)
    assert (run.returncode, run.stdout) == (1, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_no_figure_needs_a_heavy_library(gold: Path) -> None:
    """Without a picture, matplotlib and numpy are not loaded."""
    code = (
        "import sys; from pmo_classify.evaluation.evaluate import evaluate; evaluate(sys.argv[1]);"
        "print([m for m in ('matplotlib', 'numpy', 'pandas', 'sklearn') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(gold)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def five() -> Evaluation:
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    return evaluate([*rows, {"title": "Program Coordinator", "track": "pmo", "level": 2}])


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_of_five_rows(tmp_path: Path, five: Evaluation, ending: str) -> None:
    """The same figures always give the same bytes, of the kind that the ending says."""
    paths = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for path in paths:
        write_plot(path, five, name="five $rows$.csv")
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert first.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


def test_the_picture_says_the_figures(tmp_path: Path, five: Evaluation) -> None:
    write_plot(tmp_path / "p.svg", five, name="five.csv")
    texts = {e.text for e in ET.parse(tmp_path / "p.svg").iter() if e.text}  # noqa: S314 - our own
    assert "60.0% of 5 clear rows are read right" in texts
    assert {"level 4", "delivery  (0)", "level 2  (2)"} <= texts


@pytest.mark.parametrize("rows", [0, 1])
def test_a_picture_of_hardly_any_rows(tmp_path: Path, five: Evaluation, rows: int) -> None:
    found = score([title.row for title in five.misread][:rows])
    write_plot(tmp_path / "p.png", found)
    assert (tmp_path / "p.png").stat().st_size > 1_000


def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_classify.extras.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pmo-classify\[report\]'"):
        check_plot(tmp_path / "p.png")


def test_a_picture_in_the_way_stays(tmp_path: Path, five: Evaluation) -> None:
    path = tmp_path / "p.png"
    path.write_text("mine")
    with pytest.raises(FileError, match="the file exists"):
        write_plot(path, five)
    assert path.read_text() == "mine"


def test_a_list_in_the_way_stays(tmp_path: Path, five: Evaluation) -> None:
    path = tmp_path / "w.csv"
    path.write_text("mine")
    with pytest.raises(FileError, match="the file exists"):
        write_misread(path, five.misread)
    assert path.read_text() == "mine"
