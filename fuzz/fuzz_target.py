"""The type of a fuzzing target: a check that takes any bytes, and the source of its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple, TypeAlias

__all__ = ["Mutator", "PlainMutator", "Target", "pieces_swapped"]

PlainMutator: TypeAlias = Callable[[bytes], bytes]
"""The fuzzer's own function that changes some bytes of an input, whatever they mean."""

Mutator: TypeAlias = Callable[[bytes, Random, PlainMutator], bytes]
"""A function that changes an input in a way that suits its kind, or calls the fuzzer's own."""


class Target(NamedTuple):
    """A part of the library under random input.

    ``check`` raises where a promise is broken; ``seeds`` are the inputs to start from, ``mutate``
    makes new ones of them, at most ``longest`` bytes long. One input may take ``seconds``.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    mutate: Mutator
    longest: int
    seconds: int


def pieces_swapped(pieces: list[str], random: Random, others: list[str]) -> list[str]:
    """Return a list with one change: a piece dropped, doubled, moved or inserted.

    >>> pieces_swapped(["a"], Random(1), ["b"])
    ['a', 'a']
    """
    at = random.randrange(len(pieces) + 1)
    way = random.randrange(6)
    if not pieces or way == 0:
        return [*pieces[:at], random.choice(others), *pieces[at:]]
    at = min(at, len(pieces) - 1)
    if way == 1:
        return [*pieces[:at], *pieces[at + 1 :]]
    if way == 2:
        return [*pieces[:at], *[pieces[at]] * random.choice((2, 2, 3, 30)), *pieces[at + 1 :]]
    if way == 3:
        other = random.randrange(len(pieces))
        swapped = list(pieces)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        return swapped
    if way == 4:
        end = random.randrange(at, len(pieces)) + 1
        return [*pieces, *pieces[at:end]]
    return [*pieces[:at], random.choice(others), *pieces[at + 1 :]]
