"""`pmo-classify page`: serves a built page on this computer alone, and opens the browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from commands import run_command

from pmo_classify.cli.page import page_server
from pmo_classify.errors import FileError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What stands for a built page."""
    built = tmp_path / "page"
    (built / "engine").mkdir(parents=True)
    (built / "index.html").write_text("<title>Titles</title>")
    for name in ("page.js", "engine/pyodide.mjs", "engine/python.wasm", "engine/packages.bin"):
        (built / name).write_bytes(b"1")
    (tmp_path / "secret.txt").write_text("secret")
    return built


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with page_server(folder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def _get(port: int, path: str, method: str = "GET") -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request(method, path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page.js", "text/javascript"),
        ("/engine/pyodide.mjs", "text/javascript"),
        ("/engine/python.wasm", "application/wasm"),
    ],
)
def test_files_have_the_kinds_that_a_browser_asks_for(port: int, path: str, kind: str) -> None:
    response = _get(port, path)
    assert (response.status, response.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/nothing"])
def test_nothing_but_the_folder_is_served(port: int, path: str) -> None:
    assert _get(port, path).status == 404


def test_nothing_can_be_sent(port: int) -> None:
    assert _get(port, "/", "POST").status == 501


def test_only_this_computer_can_reach_it(folder: Path) -> None:
    with page_server(folder) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    run = run_command("page", str(tmp_path))
    assert run.returncode == 1
    message = f"{tmp_path}: no built page, index.html is missing: run page/build.py"
    assert run.stderr.decode() == f"pmo-classify: {message}\n"


def test_a_port_that_is_taken_is_refused(folder: Path, port: int) -> None:
    with pytest.raises(FileError, match=rf"port {port}: cannot be used: .*: choose another"):
        page_server(folder, port)


@pytest.mark.skipif(sys.platform == "win32", reason="signals and programs are others there")
@pytest.mark.parametrize("options", [(), ("--no-browser",)])
def test_the_browser_is_opened_and_a_stop_is_no_fault(
    folder: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Ctrl+C ends it."""
    opened = tmp_path / "opened.txt"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    program.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-m", "pmo_classify", "page", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "BROWSER": f"{program} %s"},
    ) as run:
        assert run.stdout is not None
        address = run.stdout.readline().decode().strip()
        port = int(address.rstrip("/").rpartition(":")[2])
        assert _get(port, "/").status == 200
        # A request was answered, so that the stop does not come before the server runs.
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 0
    assert b"until you stop this with Ctrl+C" in said
    if options:
        assert not opened.exists()
    else:
        assert opened.read_text().strip() == address
