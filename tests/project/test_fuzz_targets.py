"""The fuzzing targets pass on their seeds and on some inputs made from them."""

from __future__ import annotations

import hashlib
from random import Random

import pytest

from fuzz_target import Target, pieces_swapped
from fuzz_targets import TARGETS

SEEDS = {"classify": 60, "csv": 12, "workbook": 5, "tables": 15}
MADE = {"classify": 150, "csv": 60, "workbook": 20, "tables": 60}


def _plainly(data: bytes) -> bytes:
    """Change a byte, as the fuzzer does among other things."""
    number = int(hashlib.sha256(data).hexdigest(), 16)
    at = number % (len(data) + 1)
    return data[:at] + bytes([number % 251]) + data[at + 1 :]


def _some_seeds(target: Target, count: int) -> list[bytes]:
    """Take seeds from everywhere among them."""
    seeds = list(target.seeds())
    assert len(seeds) >= count
    return seeds[:: len(seeds) // count]


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_hold(name: str) -> None:
    """A target starts from inputs that break no promise."""
    for seed in _some_seeds(TARGETS[name], SEEDS[name]):
        TARGETS[name].check(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_made_of_them_holds(name: str) -> None:
    """Changed as the fuzzer changes them, inputs break no promise either."""
    target = TARGETS[name]
    seeds = _some_seeds(target, SEEDS[name])
    random = Random(name)  # noqa: S311 - the same inputs each time
    made = set()
    for _ in range(MADE[name]):
        data = random.choice(seeds)
        for _ in range(random.choice((1, 2, 4))):
            data = target.mutate(data, random, _plainly)[: target.longest]
        target.check(data)
        made.add(data)
    assert len(made) > MADE[name] / 2


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_at_all_holds(name: str) -> None:
    TARGETS[name].check(b"")


def test_pieces_stay_pieces() -> None:
    """Inserted pieces come from the other list, and all others from the original list."""
    random = Random(1)  # noqa: S311 - the same pieces each time
    for _ in range(200):
        assert set(pieces_swapped(["a", "b", "c"], random, ["x"])) <= {"a", "b", "c", "x"}
    assert pieces_swapped([], random, ["x"]) == ["x"]
