"""The languages of a title, which settle what those of its words mean that several have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from pmo_classify.knowledge.lexicon import ENGLISH, Tag, related_languages
from pmo_classify.reading.forms import Form, ReadWord

__all__ = ["settle_languages"]

_OF_PROJECTS: Final = (Tag.P3, Tag.OFFICE_NAME, Tag.OFFICE)


def settle_languages(words: Sequence[ReadWord]) -> list[ReadWord]:
    """Return the words with the meanings and repairs that fit the languages of the title."""
    forms = [form for word in words for form in word.forms]
    spoken = Counter(
        form.language
        for word in words
        for form in word.forms
        # The English role in a compound such as "Projektmanager" does not make a title English.
        if not form.in_languages and (len(word.forms) == 1 or form.language != ENGLISH)
        if not _is_letter(form)
    )
    del spoken[""]
    # Titles in all languages have English words, so any other language counts first.
    order = sorted(spoken, key=lambda language: (language != ENGLISH, spoken[language]))
    maybe_spoken = {
        language for form in forms if not _is_letter(form) for language in form.in_languages
    }
    unread = [word for word in words if not word.repaired and _is_unread(word)]
    # Where most words are unknown, a similar spelling proves nothing.
    is_home = 2 * len(unread) <= sum(not _is_mark(word) for word in words)
    related = {other for lang in (*spoken, *maybe_spoken) for other in related_languages(lang)}
    home = {*related, ""} if is_home or spoken else set()
    if home and home != {""} and all(f.tag == Tag.NEUTRAL for f in forms if _is_foreign(f)):
        # Words such as "public" and "general" are English as well, whatever their table.
        home.add(ENGLISH)
    is_ours = any(form.tag in _OF_PROJECTS for form in forms)
    return [
        _settled(word, order[::-1], home, is_ours=is_ours) if word.is_open else word
        for word in words
    ]


def _is_letter(form: Form) -> bool:
    """Return whether a word is a single letter, which may be an initial in any language."""
    return len(form.written) == 1


def _is_mark(word: ReadWord) -> bool:
    return not word.forms[0].spelling


def _is_unread(word: ReadWord) -> bool:
    return any(form.tag == Tag.UNKNOWN for form in word.forms)


def _is_foreign(form: Form) -> bool:
    return form.language not in (ENGLISH, "")


def _settled(
    word: ReadWord, spoken: Sequence[str], home: Collection[str], *, is_ours: bool
) -> ReadWord:
    """Return a word as it is read in a title in the ``spoken`` languages, the most likely first.

    A repair counts if it is a word of the ``home`` languages, or of any if ``home`` is only "".
    ``is_ours`` says that the title has a word about projects.
    """
    near = [lang for spoke in spoken for lang in sorted(related_languages(spoke))]
    order = [*spoken, *near] or [ENGLISH]
    fitting = [r for r in word.repaired if home == {""} or _is_home(r, home, is_ours=is_ours)]
    # Of equally likely repairs the one in the language of the title counts.
    forms = min(fitting, key=lambda repaired: _distance(repaired, order), default=word.forms)
    return ReadWord(tuple([_in_first_language(form, order) for form in forms]))


def _in_first_language(form: Form, order: Iterable[str]) -> Form:
    return next((form.in_languages[lang] for lang in order if lang in form.in_languages), form)


def _languages(form: Form) -> set[str]:
    return {form.language, *form.in_languages}


def _is_home(repaired: Sequence[Form], home: Collection[str], *, is_ours: bool) -> bool:
    if len(repaired) > 1 or repaired[0].tag == Tag.ABBREVIATION:
        # A compound is long enough to be sure of, in a title of any language.
        return True
    (form,) = repaired
    if is_ours and form.tag == Tag.ROLE and form.language == ENGLISH and form.spelling[-1] != "s":
        # English roles stand in project titles of all languages: "Direcotr de programa".
        return True
    # The words for projects stand beside words of other languages: "Manager proeict".
    return form.tag == Tag.P3 or not _languages(form).isdisjoint(home)


def _distance(repaired: Sequence[Form], order: Sequence[str]) -> int:
    """Return how far down the order of languages a repair is; 0 is the best."""
    found = [set(order) & _languages(form) for form in repaired if form.is_repaired]
    return max((min(map(order.index, f), default=len(order)) for f in found), default=0)
