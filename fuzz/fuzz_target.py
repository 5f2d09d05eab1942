"""What a target of the fuzzing is: a check that takes any bytes, and where its inputs come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple, TypeAlias

__all__ = ["Mutator", "PlainMutator", "Target", "pieces_swapped"]

PlainMutator: TypeAlias = Callable[[bytes], bytes]
"""The fuzzer's own way to change some bytes of an input, whatever they mean."""

Mutator: TypeAlias = Callable[[bytes, Random, PlainMutator], bytes]
"""Changes an input as its kind may be changed; it may leave that to the plain way."""


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
    """Change a list in one of the ways that keep most of it: drop, double, move, put in.

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
