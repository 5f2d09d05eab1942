"""The command line: one table of commands, each in a module of its own.

Results go to stdout or to a file, messages to stderr. Exit codes: 0 done; 1 the input cannot be
processed; 2 wrong usage; 3 ``diff --exit-code`` found a difference.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

from pmo_classify.cli.std_streams import hint_at_slips, repair_std_streams, write_explanations
from pmo_classify.errors import PmoClassifyError

if TYPE_CHECKING:
    import typer

__all__ = ["COMMANDS", "main", "make_app"]

COMMANDS: Final = (
    "label",
    "groups",
    "review",
    "apply",
    "explain",
    "evaluate",
    "diff",
    "ladder",
    "check-titles",
    "page",
)
"""The commands in the order of the help. ``check-titles`` is the function ``check_titles`` of
``cli/check_titles.py``, and so on: a new command is one module and one name here."""

_HELP: Final = "Reads job titles and finds their place on the career ladder of the PMO."
_STOP_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM")
_SECONDS_TO_NEXT_STOP: Final = 0.2


class _StoppedError(BaseException):
    """The user stopped the run; not an ``Exception``, so that nothing on the way catches it."""


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with the given commands; only their modules are imported.

    >>> [command.name for command in make_app(["ladder"]).registered_commands]
    ['ladder']
    """
    # Imported here because a plain `explain` does without.
    import typer  # noqa: PLC0415

    version_option = typer.Option(
        False, "--version", "-V", callback=_print_version, is_eager=True, help="Print the version."
    )
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)

    @app.callback(help=_HELP)
    def root(*, version: bool = version_option) -> None:
        """Take the options that belong to no command."""

    for name in names:
        function = name.replace("-", "_")
        module = import_module(f"pmo_classify.cli.{function}")
        # A blank line between them keeps each on a line of its own.
        examples = "\n\n".join(["Examples:", *module.EXAMPLES])
        app.command(name, epilog=examples)(getattr(module, function))
    return app


def _print_version(asked: bool) -> None:
    if asked:
        from pmo_classify.version import __version__  # noqa: PLC0415 - reads the metadata

        sys.stdout.write(f"pmo-classify {__version__}\n")
        raise SystemExit(0)


def _run(arguments: list[str]) -> None:
    """Run the command that the arguments name; of the commands only that one is imported."""
    name, *rest = arguments or [""]
    if name == "explain" and _are_titles_only(rest):
        _explain(rest)
    elif not name.startswith("-") and (" " in name or "." in name):
        _refuse_without_command(name)
    else:
        make_app([name] if name in COMMANDS else COMMANDS)()


def _refuse_without_command(name: str) -> NoReturn:
    """Say which command is wanted where a title or a file stands in its place."""
    example = f'explain "{name}"' if " " in name and "." not in name else f'label "{name}"'
    sys.stderr.write(f"pmo-classify: which command? For example: pmo-classify {example}\n")
    raise SystemExit(2)


def _are_titles_only(arguments: list[str]) -> bool:
    """Return whether there is at least one argument, and no option among them."""
    return bool(arguments) and not any(argument.startswith("-") for argument in arguments)


def _explain(titles: list[str]) -> None:
    """Print what ``explain`` prints, without typer, whose import takes longer than all the rest."""
    from pmo_classify.classifier import classify  # noqa: PLC0415 - other commands do without

    hint_at_slips(titles)
    write_explanations(map(classify, titles))


def _on_stop(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Set what a stop signal does; a signal that the caller ignores, as nohup does, stays so."""
    for name in _STOP_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End the run as any fault does, so that temporary files are removed."""
    if _is_ending():
        # A second stop must not interrupt the removal that the first one started.
        return
    # An exception is lost where it is raised amid the import of some libraries, so that the stop
    # is repeated by an alarm until it has its effect.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_NEXT_STOP)
    raise _StoppedError


def _is_ending() -> bool:
    """Return whether a stop is being handled by the code that it interrupted."""
    error = sys.exception()
    while error is not None and not isinstance(error, _StoppedError):
        error = error.__context__
    return error is not None


def main() -> None:
    """Run the command line; a user's mistake gives one message, never a traceback."""
    try:
        _run_to_the_end(sys.argv[1:])
    except _StoppedError:
        _fail("stopped; no incomplete output was left")
    except PmoClassifyError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does: nobody waits for a message.
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
    """Drop what stdout still holds, so that Python does not fail to write it when it ends."""
    # Imported here because it is hardly ever needed, and the start must be fast.
    from pmo_classify.files.streams import discard_output  # noqa: PLC0415

    discard_output(sys.stdout)


def _run_to_the_end(arguments: list[str]) -> None:
    """Run, and flush all results while a fault can still be reported."""
    repair_std_streams()
    try:
        _on_stop(_stop)
        _run(arguments)
    except SystemExit:
        sys.stdout.flush()
        raise
    except Exception:
        # What a stop interrupts may fail while it is cleaned up; the user is told of the stop.
        if _is_ending():
            raise _StoppedError from None
        raise
    finally:
        # The work is done: a stop that comes now changes nothing.
        _on_stop(signal.SIG_IGN)
    sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"pmo-classify: {message}\n")
    raise SystemExit(1) from None
