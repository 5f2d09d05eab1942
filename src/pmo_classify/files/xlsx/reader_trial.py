"""Trying a workbook of an old kind in a process of its own, before it is read in ours.

The reader of such files is another's, and quick; a hostile file can make it take all memory, or end
the process that it runs in.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from pmo_classify.files.xlsx.limits import LARGEST_OLD_BYTES, LONGEST_TRIAL_SECONDS, fault

__all__ = ["try_reading"]

_PROGRAM: Final = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
except (ImportError, ValueError, OSError):
    # Not all systems can limit memory, and this one may have a lower limit.
    pass
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    sheet = book.get_sheet_by_name(name)
    if sheet.start:
        for row in sheet.iter_rows():
            pass
"""
_NO_MEMORY: Final = (b"MemoryError", b"memory allocation", b"capacity overflow")


def try_reading(source: Path) -> None:
    """Refuse a workbook that would take the memory, or end the process, of who reads it.

    What the reader itself tells as a fault of the file is left to who reads it next.
    """
    command = [sys.executable, "-P", "-c", _PROGRAM, str(source), str(LARGEST_OLD_BYTES)]
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter, with a fixed program
            command, capture_output=True, check=False, timeout=LONGEST_TRIAL_SECONDS
        )
    except subprocess.TimeoutExpired:
        minutes = LONGEST_TRIAL_SECONDS // 60
        message = f"reading it takes more than {minutes} minutes: save it as .xlsx in Excel"
        raise fault(source, "", message) from None
    if any(sign in run.stderr for sign in _NO_MEMORY):
        message = (
            f"reading it takes more than {LARGEST_OLD_BYTES >> 20:,} MiB of memory: split it, or "
            "save it as .xlsx in Excel"
        )
        raise fault(source, "", message)
    if run.returncode not in {0, 1} or b"PanicException" in run.stderr:
        raise fault(source, "", "the workbook is damaged: open it in Excel and save it as .xlsx")
