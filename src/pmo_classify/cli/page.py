"""``pmo-classify page``."""

from __future__ import annotations

import signal
import webbrowser
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.errors import FileError

__all__ = ["EXAMPLES", "page", "page_server"]

EXAMPLES: Final = (
    "pmo-classify page page/dist",
    "pmo-classify page page/dist --port 8000 --no-browser",
)

_LOOPBACK: Final = "127.0.0.1"
_MARKS: Final = ("index.html", "engine/packages.bin")


def page(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The page, as page/build.py built it.")
    ],
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="Default: any free one."),
    ] = 0,
    *,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address of the page.")
    ] = False,
) -> None:
    """Open the page for people who do not code: it runs in the browser, on this computer alone."""
    with page_server(folder, port) as server:
        address = f"http://{_LOOPBACK}:{server.server_port}/"
        typer.echo(address)
        typer.echo("the page is served until you stop this with Ctrl+C", err=True)
        if not no_browser:
            webbrowser.open(address)
        # To stop is the usual end here, and no fault.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def page_server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of a built page, for this computer alone; port 0 is any that is free.

    A ``FileError`` says that the folder holds no page, or that the port is taken.
    """
    missing = [name for name in _MARKS if not (folder / name).is_file()]
    if missing:
        message = f"{folder}: no built page, {missing[0]} is missing: run page/build.py"
        raise FileError(message)
    try:
        return ThreadingHTTPServer((_LOOPBACK, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        message = f"port {port}: cannot be used: {error.strerror or error}: choose another"
        raise FileError(message) from None


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files of one folder, and says nothing of it."""

    # What a system has registered for these endings may be wrong.
    extensions_map: dict[str, str] = {  # noqa: RUF012 - declared so by the class above
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        # A page that was built anew is not mixed with parts of the old one.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print no line for each file."""
