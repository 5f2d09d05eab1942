"""The role words and the short names of offices, and how the reading treats each of them.

Role words are the rows of ``data/roles.csv``, short names those of ``data/short_names.csv``. The
tables ``data/words/*.csv`` list how titles in each language write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.tables import CheckedRow, check_keys, read_checked_rows
from pmo_classify.taxonomy import RoleGroup, Scope

__all__ = [
    "P3_SCOPES",
    "PLANNING_FUNCTIONS",
    "Role",
    "RoleGroup",
    "ShortName",
    "known_roles",
    "lint_roles",
    "lint_short_names",
    "management_names",
    "modifier_roles",
    "office_names",
    "phrase_ending_roles",
]

_ROLE_COLUMNS: Final = (
    "role", "group", "standard_form", "must_end_phrase", "may_modify", "rank", "has_two_ranks",
    "function", "about",
)  # fmt: skip
_NAME_COLUMNS: Final = ("name", "names", "scope", "standard_form", "may_mean_other", "about")
_GROUPS: Final[Mapping[str, RoleGroup]] = {str(group): group for group in RoleGroup}
_NAMED: Final[Mapping[str, str]] = {"office": "office", "management": "management"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role word, with its standard form and how the reading treats it.

    ``must_end_phrase``: the word is also an ordinary one ("executive office", "project support
    tools"), and is the role only at the end of its phrase. ``may_modify``: where another role word
    follows it only modifies that, as in "Lead PMO Analyst". ``rank``: the rank that it then names,
    "" if none, as in "Admin Assistant". ``has_two_ranks``: it is used for posts of
    different levels, so that its titles always go to review. ``function`` is the function that the
    role itself names, such as planning for a planner.
    """

    name: str
    group: RoleGroup
    standard_form: str
    must_end_phrase: bool
    may_modify: bool
    rank: str
    has_two_ranks: bool
    function: str | None
    about: str


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name of an office (PMO) or of management (PPM), with its scope and spelling.

    ``may_mean_other``: it is also short for something else, so that its titles go to review.
    """

    name: str
    is_office: bool
    scope: Scope
    standard_form: str
    may_mean_other: bool
    about: str


@cache
def known_roles() -> Mapping[str, Role]:
    """Return the role words of ``data/roles.csv`` by name; the table is read once.

    >>> known_roles()["planner"].function, known_roles()["lead"].may_modify
    ('planning', True)
    """
    rows = read_checked_rows("roles.csv", _ROLE_COLUMNS)
    found = [_role(row) for row in rows]
    _raise_if_any([fault for row in rows for fault in row.faults])
    return MappingProxyType({role.name: role for role in found})


@cache
def modifier_roles() -> frozenset[str]:
    """Return the roles that are only a rank where another role word follows them."""
    return frozenset(role.name for role in known_roles().values() if role.may_modify)


@cache
def phrase_ending_roles() -> frozenset[str]:
    """Return the role words that are the role only at the end of their phrase."""
    return frozenset(role.name for role in known_roles().values() if role.must_end_phrase)


@cache
def office_names() -> Mapping[str, ShortName]:
    """Return the short names of offices.

    >>> str(office_names()["pfmo"].scope), office_names()["pfmo"].standard_form
    ('portfolio', 'PfMO')
    """
    return MappingProxyType({n.name: n for n in _short_names() if n.is_office})


@cache
def management_names() -> Mapping[str, ShortName]:
    """Return the short names of project, programme and portfolio management.

    >>> str(management_names()["ppm"].scope), management_names()["ppm"].may_mean_other
    ('portfolio', True)
    """
    return MappingProxyType({n.name: n for n in _short_names() if not n.is_office})


@cache
def _short_names() -> tuple[ShortName, ...]:
    rows = read_checked_rows("short_names.csv", _NAME_COLUMNS)
    found = [_short_name(row) for row in rows]
    _raise_if_any([fault for row in rows for fault in row.faults])
    return tuple(found)


def lint_roles(text: str | None = None) -> list[TableFault]:
    """Return every fault of ``data/roles.csv``, or of another ``text`` of it."""
    rows = read_checked_rows("roles.csv", _ROLE_COLUMNS, text)
    for row in rows:
        _role(row)
    check_keys(rows, "role")
    return [fault for row in rows for fault in row.faults]


def lint_short_names(text: str | None = None) -> list[TableFault]:
    """Return every fault of ``data/short_names.csv``, or of another ``text`` of it."""
    rows = read_checked_rows("short_names.csv", _NAME_COLUMNS, text)
    for row in rows:
        _short_name(row)
    check_keys(rows, "name")
    return [fault for row in rows for fault in row.faults]


def _raise_if_any(faults: list[TableFault]) -> None:
    if faults:
        raise TableError(faults)


def _role(row: CheckedRow) -> Role:
    row.text("group")
    rank = row.optional("rank")
    if rank and not row.flag("may_modify"):
        row.fault(f"the rank {rank!r} is of a role that is never one", "write yes in may_modify")
    return Role(
        name=row.text("role"),
        group=row.word("group", _GROUPS) or RoleGroup.NONE,
        standard_form=row.text("standard_form"),
        must_end_phrase=row.flag("must_end_phrase"),
        may_modify=row.flag("may_modify"),
        rank=rank,
        has_two_ranks=row.flag("has_two_ranks"),
        function=row.optional("function") or None,
        about=row.text("about"),
    )


def _short_name(row: CheckedRow) -> ShortName:
    row.text("names")
    scope = Scope.NONE
    try:
        scope = Scope.parse(row.optional("scope"))
    except ValueError as error:
        row.fault(str(error), "write project, programme, portfolio, enterprise, joined by +")
    return ShortName(
        name=row.text("name"),
        is_office=row.word("names", _NAMED) == "office",
        scope=scope,
        standard_form=row.text("standard_form"),
        may_mean_other=row.flag("may_mean_other"),
        about=row.text("about"),
    )


P3_SCOPES: Final[Mapping[str, Scope]] = {
    "project": Scope.PROJECT,
    "projects": Scope.PROJECT,
    "programme": Scope.PROGRAMME,
    "programmes": Scope.PROGRAMME,
    "portfolio": Scope.PORTFOLIO,
    "portfolios": Scope.PORTFOLIO,
}
"""The words of projects, programmes and portfolios, as the lexicon writes them."""

PLANNING_FUNCTIONS: Final = ("planning", "scheduling", "cost", "controls")
"""Functions of project work, unless a word says that something else is planned."""
