"""The tables that only the clean title needs: each row proves itself by its example."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Callable
from functools import cache, partial

import pytest

from pmo_classify import classify
from pmo_classify.clean_titles import (
    adverts,
    cut_titles,
    gender_pairs,
    place_codes,
    slips,
    title_style,
    towns,
    word_case,
    word_looks,
)
from pmo_classify.knowledge import clean_languages, clean_words, place_words
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.tables import list_shipped, read_shipped, read_shipped_rows
from pmo_classify.reading.cleaning import fold

FILES = list_shipped("clean")
_WORD = re.compile(r"[^\W_]+")
_MOST_TOGETHER = 60
_LOADED = (
    clean_words.abbreviations,
    clean_languages._accented,
    clean_languages.accent_endings,
    clean_languages.accents,
    clean_words.adverts,
    clean_words.case_endings,
    clean_words.verbs_with_cases,
    place_words.branch_words,
    clean_words.dangling_words,
    clean_words.first_words_of_offers,
    clean_words.gender_endings,
    clean_words.gender_marks,
    clean_words.gender_pairs,
    clean_words.inverted_roles,
    clean_words.inverted_subjects,
    clean_languages.letter_case,
    place_words.listed_codes,
    place_words.mall_words,
    clean_languages.languages_of_forms,
    clean_words.misspelt_words,
    clean_words.names_of_words,
    clean_languages._habits,
    clean_languages.foreign_letters,
    clean_words._noise,
    clean_words.noise_places,
    clean_words.talent_pools,
    clean_words.offer_pattern,
    clean_languages._own_letters,
    clean_languages.own_marks,
    clean_words.pay_pattern,
    place_words._forms_by_use,
    place_words.place_words,
    place_words.place_words_of,
    clean_words.roles_before_a_dash,
    clean_words.sentence_words,
    clean_words.sign_fixes,
    clean_words.small_words,
    clean_words.spelled_words,
    clean_words.stumps,
    cut_titles._english_words,
    cut_titles._last_words,
    place_codes._all_codes,
    slips._common_words,
    slips.right_word,
    clean_words.words_alone,
    clean_languages.words_without_accents,
    clean_words.words_written_together,
    clean_words.writings,
    adverts._has_cue,
    gender_pairs._male_of_two,
    gender_pairs._whole_words,
    gender_pairs._with_ending,
    title_style._endings,
    title_style._spelled_in_any_language,
    title_style._foreign_language,
    towns._words_that_show_places,
    title_style._languages_without_accents,
    word_case.write_word,
    word_looks._listed,
    word_looks._signs_to_fix,
    word_looks.looks_of,
)


@cache
def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_shipped(file))))


@cache
def _plain_rows(file: str) -> list[list[str]]:
    # Cached, because each of many rows is left out of one table and needs all others.
    return read_shipped_rows(file)


@cache
def _files_read() -> dict[object, set[str]]:
    """Return which tables are read by what is loaded; what depends on a word is left out."""
    found: dict[object, set[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for loaded in _LOADED:
            if not inspect.signature(loaded).parameters:
                files = found[loaded] = set()
                _read_with(patch, partial(_recorded, files))
                for other in _LOADED:
                    other.cache_clear()
                loaded()
    return found


def _read_with(patch: pytest.MonkeyPatch, read: Callable[[str], list[list[str]]]) -> None:
    for module in (clean_languages, clean_words, place_words):
        patch.setattr(module, "read_shipped_rows", read)


def _recorded(files: set[str], file: str) -> list[list[str]]:
    files.add(file)
    return _plain_rows(file)


def _forget(file: str) -> None:
    """Forget what was read from a table; to read all tables anew would take long."""
    for loaded in _LOADED:
        if file in _files_read().get(loaded, {file}):
            loaded.cache_clear()


@pytest.mark.parametrize("file", FILES)
def test_each_row_proves_itself(file: str) -> None:
    """The example of each row, which the check of the tables cleans, needs the row."""
    doubtful = [line for lines in _sets_of_lines(file) for line in _not_needed(file, lines)]
    # Where two rows give opposite answers, leaving out both may change nothing.
    needless = {line for line in doubtful if _not_needed(file, [line])}
    faults = [
        f"{file}:{number}: {'/'.join(list(cells.values())[:-2])!r} changes nothing"
        for number, cells in enumerate(_rows(file), start=2)
        if number in needless
    ]
    assert not faults, "\n".join(faults)


def _sets_of_lines(file: str) -> list[list[int]]:
    """Return the lines of a table in sets that can be left out together.

    To read a table anew for each of its rows would take long. No example of a set has the form of
    another row of it, so it is the row itself that each of them misses.
    """
    found: list[list[int]] = [[]]
    cells = {line: list(row.values()) for line, row in enumerate(_rows(file), start=2)}
    forms = {line: fold(row[0]).strip("-") for line, row in cells.items()}
    texts = {line: fold(f"{row[-2]} {row[-1]}") for line, row in cells.items()}
    for line in cells:
        for lines in found:
            if len(lines) < _MOST_TOGETHER and not any(
                forms[line] in texts[other] or forms[other] in texts[line] for other in lines
            ):
                lines.append(line)
                break
        else:
            found.append([line])
    return found


def _not_needed(file: str, lines: list[int]) -> list[int]:
    """Return the lines of those rows whose examples are cleaned alike when all are left out."""
    others = [row for line, row in enumerate(_plain_rows(file), start=2) if line not in lines]
    _forget(file)
    with pytest.MonkeyPatch.context() as patch:
        _read_with(patch, lambda name: others if name == file else _plain_rows(name))
        found = [
            line
            for line in lines
            if classify(_rows(file)[line - 2]["example"]).clean_title
            == _rows(file)[line - 2]["answer"]
        ]
        _forget(file)
    return found


def test_the_towns_are_sorted_and_each_is_there_once() -> None:
    """A town is found by halves, which needs the order."""
    assert list(place_words.towns()) == sorted(set(place_words.towns()))


def test_towns_are_written_as_words_are_read() -> None:
    """The names are in lower case without accents or marks, as the words of a title are."""
    names = place_words.towns()
    assert [name for name in names if name != " ".join(_WORD.findall(fold(name)))] == []


def test_no_town_is_another_word() -> None:
    """A town that is a word of the tables with another meaning would be a dead row."""
    words = {name: name.split(" ") for name in place_words.towns()}
    found = {name: default_lexicon().match(words[name], 0) for name in place_words.towns()}
    wrong = [
        name
        for name, (word, length) in found.items()
        if word and length == len(words[name]) and word.tag != Tag.PLACE
    ]
    assert wrong == []


def test_towns_are_left_out() -> None:
    """A town after a dash is left out; one in 40 of all is tried."""
    sample = place_words.towns()[::40]
    titles = [f"Chef - {' '.join(map(str.capitalize, name.split(' ')))}" for name in sample]
    assert {classify(title).clean_title for title in titles} == {"Chef"}
