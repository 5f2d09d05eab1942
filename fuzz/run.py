"""Runs a target of the fuzzing for some minutes, guided by what of the library it reaches.

    python fuzz/run.py classify --minutes 5
    python fuzz/run.py classify --replay fuzz/finds/classify/crash-...

It needs the extra ``fuzz``. Each run starts from the inputs of the tests, and keeps those that
reach something new in ``fuzz/corpus/``, from which the next run goes on. What breaks a promise is
written to ``fuzz/finds/`` and ends the run with an error; without one, the exit code is 0. With
``--keep-going`` the run goes on, and the first find of each kind is written down.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fuzz_target import Target

_HERE: Final = Path(__file__).resolve().parent
_TARGETS: Final = ("classify", "csv", "workbook", "tables")
_MEGABYTES: Final = 2_048


def _target(name: str) -> Target:
    """Return a target, imported with all that it checks so that the fuzzer can watch it."""
    sys.path[:0] = [str(_HERE.parent / folder) for folder in ("tests/support", "benchmarks")]
    from fuzz_targets import TARGETS  # noqa: PLC0415 - imported where atheris watches

    return TARGETS[name]


def _fuzz(
    name: str, minutes: float, corpus: Path, finds: Path, *, seed: int, keep_going: bool
) -> None:
    try:
        import atheris  # noqa: PLC0415 - only those who fuzz need it
    except ImportError:
        sys.exit("atheris is not installed: pip install --editable '.[fuzz]'")

    with atheris.instrument_imports(include=["pmo_classify"]):
        target = _target(name)
    for data in target.seeds():
        _keep(corpus, data)

    def mutate(data: bytes, longest: int, chance: int) -> bytes:
        random = Random(chance)
        return target.mutate(data, random, lambda some: atheris.Mutate(some, longest))[:longest]

    options = {
        "artifact_prefix": f"{finds}/",
        "max_len": target.longest,
        "max_total_time": round(minutes * 60),
        "print_final_stats": 1,
        "rss_limit_mb": _MEGABYTES,
        "seed": seed,
        "timeout": target.seconds,
    }
    arguments = [sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(corpus)]
    check = _Collected(target.check, finds) if keep_going else target.check
    atheris.Setup(arguments, check, custom_mutator=mutate)
    atheris.Fuzz()


class _Collected:
    """Return a check that goes on after a find, and saves the first find of each kind."""

    def __init__(self, check: Callable[[bytes], None], finds: Path) -> None:
        self._check = check
        self._finds = finds
        self._kinds: set[tuple[str, ...]] = set()

    def __call__(self, data: bytes) -> None:
        try:
            self._check(data)
        except Exception as error:  # noqa: BLE001 - whatever is raised is a find
            frames = traceback.extract_tb(error.__traceback__)[-2:]
            kind = (type(error).__name__, *(f"{frame.name}:{frame.lineno}" for frame in frames))
            if kind not in self._kinds:
                self._kinds.add(kind)
                _keep(self._finds, data)
                traceback.print_exception(error)
                print(f"find {len(self._kinds)}: {data!r:.300}", file=sys.stderr)  # noqa: T201


def _keep(corpus: Path, data: bytes) -> None:
    path = corpus / sha256(data).hexdigest()[:40]
    if not path.exists():
        path.write_bytes(data)


def main() -> None:
    """Fuzz a target, or try one input again."""
    parser = argparse.ArgumentParser(description="Fuzzes a part of the library.")
    parser.add_argument("target", choices=_TARGETS)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0, help="0, the default, takes one by chance")
    parser.add_argument("--keep-going", action="store_true", help="do not end at the first find")
    parser.add_argument("--replay", type=Path, help="check this one input, as a find holds it")
    asked = parser.parse_args()
    if asked.replay is not None:
        _target(asked.target).check(asked.replay.read_bytes())
        return
    corpus, finds = (_HERE / kind / asked.target for kind in ("corpus", "finds"))
    for folder in (corpus, finds):
        folder.mkdir(parents=True, exist_ok=True)
    keep_going = asked.keep_going
    _fuzz(asked.target, asked.minutes, corpus, finds, seed=asked.seed, keep_going=keep_going)


if __name__ == "__main__":
    main()
