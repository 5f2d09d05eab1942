"""The optional model chooses between existing readings, and only where the rules leave a doubt."""

from __future__ import annotations

import csv
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from commands import run_command
from helpers import answer

import pmo_classify.learning.chooser
from pmo_classify import Classification, Classifier, Method, Track
from pmo_classify.errors import MissingExtraError
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.reasons import reason_text
from pmo_classify.learning.chooser import is_open

TITLES = sorted({row.cells["title"] for row in read_listed_rows()})
FIELDS = (
    "Sustainability", "Energy", "Fisheries", "Compliance", "Forestry", "Grazing", "Pipeline",
    "Acquisition", "Tribal", "Range", "Vendor", "Permits", "Minerals", "Water", "Soil",
)  # fmt: skip
DECIDED = [
    {"title": f"Project {field} {role}", "track": "other"}
    for field in FIELDS
    for role in ("Officer", "Analyst")
]
LIKE_THEM = "Project Wetlands Officer"
READER = Classifier(use_listed=False)
OPEN = [title for title in TITLES if is_open(READER.classify(title))]


@pytest.fixture(scope="module")
def learnt() -> Classifier:
    return Classifier(extra_titles=DECIDED, model=True)


@pytest.fixture(scope="module")
def rules() -> Classifier:
    return Classifier(extra_titles=DECIDED)


@pytest.fixture(scope="module")
def contrary() -> dict[str, Classification]:
    """Return the answers of a model that always prefers another reading to that of the rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pmo_classify.learning.chooser, "MODEL_ODDS", 0.0)
        classifier = Classifier(model=True, use_listed=False)
        return {title: classifier.classify(title) for title in OPEN}


def test_what_a_person_decided_decides_what_is_like_it(
    learnt: Classifier, rules: Classifier
) -> None:
    """The answer of the rules becomes the first of the other readings, and review remains."""
    before, after = rules.classify(LIKE_THEM), learnt.classify(LIKE_THEM)
    assert (answer(before), before.method) == (("pmo", "2", "project"), Method.PATTERN)
    assert (answer(after), after.method) == (("other", "", ""), Method.MODEL)
    assert (after.standard_title, after.function) == (None, None)
    assert after.alternatives[0][:3] == (before.track, before.level, before.scope)
    assert after.needs_review
    assert after.confidence < before.confidence
    assert after.reasons == ("model", "unsettled:gap-support")


def test_the_answer_says_that_a_model_gave_it(learnt: Classifier) -> None:
    text = learnt.classify(LIKE_THEM).explain()
    assert reason_text("model") in text
    assert "a trained model chose" in text
    assert text.startswith("Not on the PMO ladder: other work")


@pytest.mark.parametrize(
    "title", ["PMO Analyst", "Chef", "Project Manager", "Anaylst PMO", "", "x" * 2000, None]
)
def test_a_title_that_is_settled_is_left_alone(
    title: str | None, learnt: Classifier, rules: Classifier
) -> None:
    assert learnt.classify(title) == rules.classify(title)


@pytest.mark.parametrize("title", ["Program Analyst", "Project Sustainability Analyst - Leeds"])
def test_a_title_in_a_table_is_left_alone(
    title: str, learnt: Classifier, rules: Classifier
) -> None:
    """A listed title keeps its answer, even if it is listed as ambiguous."""
    result = learnt.classify(title)
    assert result == rules.classify(title)
    assert result.method is Method.EXACT


def _readings(result: Classification) -> set[tuple[object, ...]]:
    others = {(a.track, a.level, a.scope) for a in result.alternatives}
    return others | {(result.track, result.level, result.scope)}


@pytest.mark.parametrize("title", OPEN)
def test_nothing_is_invented(title: str, contrary: dict[str, Classification]) -> None:
    """The readings of a title are the same with the model; another of them comes first."""
    before, after = READER.classify(title), contrary[title]
    assert after.method is Method.MODEL
    assert answer(after) != answer(before)
    assert _readings(after) == _readings(before)
    assert len(after.alternatives) == len(before.alternatives)
    assert after.needs_review


@pytest.mark.parametrize("title", OPEN)
def test_a_changed_answer_is_whole(title: str, contrary: dict[str, Classification]) -> None:
    """On the ladder an answer has a level and a standard title, off it neither."""
    result = contrary[title]
    on_ladder = result.track is Track.PMO
    assert (result.level is not None, bool(result.standard_title)) == (on_ladder, on_ladder)
    assert result.standard_title is None or result.standard_title == result.standard_title.strip()
    assert json.loads(json.dumps(result.as_dict())) == result.as_dict()
    assert result.explain()


def test_the_shipped_titles_alone_change_nothing() -> None:
    """Without titles of the user's own, it learns no more than the rules know."""
    with_model = Classifier(model=True, use_listed=False)
    assert [with_model.classify(t) for t in OPEN] == [READER.classify(t) for t in OPEN]


def test_it_is_the_same_in_another_process_and_in_threads(learnt: Classifier) -> None:
    """A pickled classifier is trained anew and returns the same answers."""
    titles = [f"Project {field} {role}" for field in ("Peat", "Salt") for role in ("Lead", "Clerk")]
    sent = pickle.loads(pickle.dumps(learnt))  # noqa: S301 - our own bytes
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(sent.classify, [*titles, LIKE_THEM]))
    assert answers == [learnt.classify(title) for title in [*titles, LIKE_THEM]]


def test_it_is_loaded_for_a_title_in_doubt_only() -> None:
    """A classifier with a model loads scikit-learn when a title is open, not before."""
    code = (
        "import sys; from pmo_classify import Classifier; c = Classifier(model=True);"
        "c.classify('PMO Lead'); print('sklearn' in sys.modules);"
        "c.classify('Project Wetlands Officer'); print('sklearn' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_a_missing_extra_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_classify.extras.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pmo-classify\[model\]'"):
        Classifier(model=True)


def test_only_open_readings_are_chosen_between(rules: Classifier) -> None:
    """A low confidence alone does not leave several readings open."""
    strict = Classifier(review_below=1.0).classify("PMO Lead Analyst, Leeds")
    assert strict.needs_review
    assert not is_open(strict)
    assert is_open(rules.classify(LIKE_THEM))


def test_label_with_a_model_in_other_processes(tmp_path: Path) -> None:
    """`label --model` learns from `--titles`; helper processes give the same answers."""
    mine, ads, out = tmp_path / "mine.csv", tmp_path / "ads.csv", tmp_path / "out.csv"
    rows = "".join(f"{row['title']},{row['track']},,\n" for row in DECIDED)
    mine.write_text(f"title,track,level,scope\n{rows}", encoding="utf-8")
    ads.write_text(f"title\n{LIKE_THEM}\nPMO Lead\n", encoding="utf-8")
    options = ("--titles", str(mine), "--model", "--jobs", "2", "-o", str(out))
    run = run_command("label", str(ads), *options)
    assert run.returncode == 0, run.stderr
    with out.open(encoding="utf-8", newline="") as handle:
        found = [(row["pmo_track"], row["pmo_method"]) for row in csv.DictReader(handle)]
    assert found == [("other", "model"), ("pmo", "exact")]
