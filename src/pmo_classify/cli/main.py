"""The command line: one table of commands, each in a module of its own.

Results go to stdout or to a file, messages to stderr. Exit codes: 0 done; 1 the input cannot be
processed; 2 wrong usage; 3 ``diff --exit-code`` found a difference.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

from pmo_classify.cli.std_streams import mend_streams
from pmo_classify.errors import PmoClassifyError

if TYPE_CHECKING:
    import typer

__all__ = ["COMMANDS", "main", "make_app"]

COMMANDS: Final = (
    "label",
    "review",
    "apply",
    "explain",
    "evaluate",
    "diff",
    "ladder",
    "check-titles",
)
"""The commands in the order of the help. ``check-titles`` is ``cli_check_titles.check_titles``,
and so for each: a new command is one module and one name here."""
_HELP: Final = "Reads job titles and says where they stand on the career ladder of the PMO."
_STOPS: Final = ("SIGINT", "SIGTERM", "SIGHUP")


class _StoppedError(BaseException):
    """The user wants an end; no ``except Exception`` on the way may take it for a fault."""


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Build the command line of the commands named; only their modules are imported.

    >>> [command.name for command in make_app(["ladder"]).registered_commands]
    ['ladder']
    """
    # typer is imported here because a plain `explain` does without.
    import typer  # noqa: PLC0415

    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    # Without a callback, typer would drop the name of a command that stands alone.
    app.callback(help=_HELP)(lambda: None)
    for name in names:
        function = name.replace("-", "_")
        app.command(name)(getattr(import_module(f"pmo_classify.cli.{function}"), function))
    return app


def _run(arguments: list[str]) -> None:
    """Run the command that the arguments name; it alone is imported, where it is known."""
    name = arguments[0] if arguments else ""
    if name == "explain" and _are_plain(arguments[1:]):
        # So short a run leaves no garbage, and the search for it takes longer than the answer: the
        # one that goes on all the while, and the one when Python ends.
        gc.disable()
        # Imported here because the help and the ladder read no title.
        from pmo_classify.cli.explain_titles import explain_titles  # noqa: PLC0415

        explain_titles(arguments[1:])
        gc.freeze()
    else:
        make_app([name] if name in COMMANDS else COMMANDS)()


def _are_plain(arguments: list[str]) -> bool:
    """Tell arguments that need no parsing: at least one, and no option among them."""
    return bool(arguments) and not any(argument.startswith("-") for argument in arguments)


def _listen(then: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Say what a stop does; who called us with a signal ignored, as nohup does, keeps it so."""
    for name in _STOPS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, then)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End on Ctrl-C or a polite kill as on any fault: what was begun is taken away."""
    # A second stop must not cut short the clearing away that the first one started.
    _listen(signal.SIG_IGN)
    raise _StoppedError


def main() -> None:
    """Run the command line; a user's mistake is told in one message, never a traceback."""
    try:
        _run_whole(sys.argv[1:])
    except _StoppedError:
        _fail("stopped; nothing was written in part")
    except PmoClassifyError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output has gone, and wants to hear nothing more.
        _drop_results()
        raise SystemExit(1) from None
    except OSError as error:
        _drop_results()
        place = "stdout: cannot be written"
        if error.filename is not None:
            place = f"{error.filename}: cannot be read or written"
        _fail(f"{place}: {error.strerror or error}")
    except MemoryError:
        _fail("there is not enough memory: close other programs, or split the file")


def _drop_results() -> None:
    """Forget what stdout still holds, so that Python does not complain of it when it ends."""
    # Imported here because it is hardly ever needed, and the start must be fast.
    from pmo_classify.files.streams import discard_output  # noqa: PLC0415

    discard_output(sys.stdout)


def _run_whole(arguments: list[str]) -> None:
    """Run, and have all results written before the end, while a fault can still be told."""
    mend_streams()
    try:
        _listen(_stop)
        _run(arguments)
    except SystemExit:
        sys.stdout.flush()
        raise
    finally:
        # What is done is done: a stop that comes now changes nothing.
        _listen(signal.SIG_IGN)
    sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"pmo-classify: {message}\n")
    raise SystemExit(1) from None
