"""Groups of titles: which spellings are the same title, and which are not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_titles import titles

from pmo_classify import Classifier, Level, group_titles
from pmo_classify.labelling.groups import MOST_SPELLINGS


@pytest.mark.parametrize(
    "spellings",
    [
        ("Project Manager", "PROJECT MANAGER", "project manager"),
        ("Sales Manager", "Sales Manager - London, £40k", "URGENT: Sales Manager (m/f/d)"),
        ("Assistant Manager", "Assitant Manager"),
        ("Project Co-ordinator", "Project Coordinator", "Project Co ordinator"),
        ("Programme Manager", "Program Manager"),
        ("Training Centre Manager", "Training Center Manager"),
        ("Policy Adviser", "Policy Advisor"),
        ("Senior Sales Manager", "Snr Sales Mgr", "Sr. Sales Manager"),
        ("PMO Manager", "Manager, PMO"),
        ("Full Stack Developer", "Full-Stack Developer", "Fullstack Developer"),
        ("Head of Sales and Marketing", "Head of Sales & Marketing"),
        ("Baker - Night", "Baker (Night)", "Baker, Night"),
        ("Tax Accountant", "Accountant, Tax"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_fall_together(spellings: tuple[str, ...]) -> None:
    (group,) = group_titles(spellings)
    assert {spelling.title for spelling in group.spellings} == set(spellings)
    assert (group.rows, group.distinct) == (len(spellings), len(spellings))


@pytest.mark.parametrize(
    "titles",
    [
        ("Project Officer", "Product Officer"),
        ("Lead PMO Analyst", "PMO Lead"),
        ("Project Manager", "Programme Manager"),
        ("PMO Manager", "Project Manager"),
        ("Sales Manager", "Sales Director"),
        ("Sales Manager", "Senior Sales Manager"),
        ("Engineer I", "Engineer II"),
        ("Software Engineer - C", "Software Engineer - C++", "Software Engineer - C#"),
        ("Country Manager, Spain", "Country Manager, France"),
        ("Finance / Assistant", "Finance Assistant"),
        ("PMO Analyst", "PMO"),
        ("(Senior) Data Analyst", "Senior Data Analyst"),
        ("Landscape Architect", "Landscape Architect Level 1"),
        ("Kierownik sklepu", "Kierownik sklepu z językiem niemieckim"),
    ],
    ids=lambda titles: titles[0],
)
def test_titles_that_say_something_else_stay_apart(titles: tuple[str, ...]) -> None:
    """Titles with another level, role or subject are in different groups."""
    assert len(group_titles(titles)) == len(titles)


def test_a_group_has_its_rows_spellings_and_answer() -> None:
    """Spellings come with the most frequent first, and the most frequent clean title names it."""
    rows = ["PMO LEAD"] * 3 + ["Pmo Lead, Leeds"] * 2 + ["Chef", None, " ", "Chef"]
    lead, chef, *blank = group_titles(rows)
    assert (lead.clean_title, lead.rows, lead.distinct) == ("PMO Lead", 5, 2)
    assert [(s.title, s.rows) for s in lead.spellings] == [("PMO LEAD", 3), ("Pmo Lead, Leeds", 2)]
    assert (lead.level, chef.level) == (Level.LEADING, None)
    assert (chef.clean_title, chef.rows) == ("Chef", 2)
    assert [group.clean_title for group in blank] == [""]
    assert json.loads(json.dumps(lead.as_dict())) == lead.as_dict()


def test_a_group_lists_twenty_spellings_and_counts_all() -> None:
    rows = [f"Chef (ref {number})" for number in range(100, 130)]
    (group,) = group_titles(rows)
    assert (len(group.spellings), group.distinct, group.rows) == (MOST_SPELLINGS, 30, 30)


def test_your_own_titles_count() -> None:
    own = Classifier(
        extra_titles=[{"title": "Delivery Partner", "track": "pmo", "level": 2, "scope": ""}]
    )
    (group,) = group_titles(["Delivery Partner", "DELIVERY PARTNER - Leeds"], own)
    assert (group.level, group.rows) == (Level.SUPPORTING, 2)


@given(st.lists(titles, max_size=12))
def test_every_row_is_in_one_group(rows: list[str]) -> None:
    """Rows add up, each distinct title is listed once, and a group has one answer."""
    groups = group_titles(rows)
    assert sum(group.rows for group in groups) == len(rows)
    listed = [spelling.title for group in groups for spelling in group.spellings]
    assert sorted(listed) == sorted(set(rows))
    assert groups == group_titles(reversed(rows))
