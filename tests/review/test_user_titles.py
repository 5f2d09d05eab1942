"""A user's table of titles: new answers are added in place, and the rest is unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import answer
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reviews import reviewed_book

from pmo_classify import Classifier
from pmo_classify.errors import TableError
from pmo_classify.knowledge.listed_titles import ListedTitle
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.review.apply import AppliedReview, apply_review
from pmo_classify.review.user_titles import merge_titles
from pmo_classify.taxonomy import Scope, Track


def test_old_answers_are_replaced_in_their_place_and_the_rest_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(
        b"\xef\xbb\xbfteam,title,track,level,scope\r\n"
        b'a,"Zeta, the first",other,,\r\nb,PLANNER,other,,\r\nc,Chef,pmo,4,\r\n'
    )
    reviewed = reviewed_book(
        tmp_path / "r.xlsx",
        ("Planner", "pmo", 2, "none", "plans projects"),
        ("Beta", "delivery"),
        ("Chef", "pmo", 4, "none"),
    )
    assert apply_review(reviewed, mine) == AppliedReview(1, 1, 1, 0)
    assert mine.read_bytes().decode("utf-8") == (
        "\ufefftitle,track,level,scope,ambiguous,source,team\r\n"
        '"Zeta, the first",other,,,,,a\r\n'
        "PLANNER,pmo,2,,0,plans projects,b\r\n"
        "Chef,pmo,4,,,,c\r\n"
        "Beta,delivery,,,0,reviewed,\r\n"
    )
    again = mine.read_bytes()
    assert apply_review(reviewed, mine) == AppliedReview(0, 0, 3, 0)
    assert mine.read_bytes() == again


def test_a_table_keeps_its_delimiter(tmp_path: Path) -> None:
    """The table is written with the delimiter that it had before."""
    mine = tmp_path / "mine.csv"
    mine.write_text("title;track;level;scope\nPlanner;other;;\n", encoding="utf-8")
    reviewed = reviewed_book(tmp_path / "r.xlsx", ("Beta", "delivery"))
    assert apply_review(reviewed, mine) == AppliedReview(1, 0, 0, 0)
    assert mine.read_text(encoding="utf-8").splitlines() == [
        "title;track;level;scope;ambiguous;source",
        "Planner;other;;;;",
        "Beta;delivery;;;0;reviewed",
    ]


def test_a_faulty_table_of_titles_is_left_as_it_was(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("title,track,level\nX,pmo,9\n", encoding="utf-8")
    reviewed = reviewed_book(tmp_path / "r.xlsx", ("Planner", "other"))
    with pytest.raises(TableError, match=r"mine.csv:2: level '9' is not a level"):
        apply_review(reviewed, mine)
    assert mine.read_text(encoding="utf-8").endswith("X,pmo,9\n")


@settings(derandomize=True)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_a_title_is_found_by_the_row_made_for_it(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    """Whatever its characters, a title that has a normalised form keeps it through the table."""
    assume(form_of_title(title) and title.strip())
    mine = tmp_path_factory.mktemp("titles") / "mine.csv"
    merge_titles(mine, [ListedTitle(title, Track.DELIVERY, None, Scope.NONE, False, "x", "r", 2)])
    found = Classifier(extra_titles=mine).classify(title)
    assert answer(found) == ("delivery", "", "")
