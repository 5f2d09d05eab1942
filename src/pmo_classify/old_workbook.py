"""Labelling an .xls or .ods workbook: its values, with the labels, in a new .xlsx."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple
from xml.parsers import expat

from pmo_classify.batch import LABEL_COLUMNS, Labeller
from pmo_classify.columns import NoTitleColumn, column_letter
from pmo_classify.output import whole_file
from pmo_classify.xlsx_cells import WIDTHS, cell_string
from pmo_classify.xlsx_limits import BOX_OF_CELLS, CHUNK, LAST_COLUMN, fault
from pmo_classify.xlsx_package import check_zip
from pmo_classify.xlsx_styles import LEVEL_COLOURS, REVIEW_COLOUR
from pmo_classify.xlsx_values import Row, SheetTitles, calamine_book, read_titles
from pmo_classify.xlsx_xml import UnreadableXml, new_parser

__all__ = ["label_old"]
