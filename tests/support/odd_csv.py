"""Odd CSV files that people have: exports of spreadsheets, databases and old systems.

Those in ``KEPT`` are labelled without a change to their bytes, those in ``REFUSED`` are refused.
"""

from __future__ import annotations

import codecs
import zipfile
from io import BytesIO
from typing import NamedTuple

BODY = "id,Job title,town\n007,PMO Analyst,Leeds\n008,Chef,York\n"


class Odd(NamedTuple):
    """An odd file: its bytes, how they are to be read, and what the summary warns of."""

    content: bytes
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    header: int = 0
    warning: str = ""
    ending: str = ".csv"
    given: str | None = None
    column: str | None = None
    bom: bytes = b""


def _text(text: str, **more: object) -> Odd:
    return Odd(text.encode(), **more)  # type: ignore[arg-type]


KEPT = {
    "utf-8 with BOM": Odd(codecs.BOM_UTF8 + BODY.encode(), bom=codecs.BOM_UTF8),
    "BOM and a quoted header": Odd(
        codecs.BOM_UTF8 + b'"Job title","n"\n"Chef","1"\n', bom=codecs.BOM_UTF8
    ),
    "utf-16 LE with BOM": Odd(
        codecs.BOM_UTF16_LE + BODY.replace("York", "Łódź 😀").encode("utf-16-le"),
        "utf-16-le",
        bom=codecs.BOM_UTF16_LE,
    ),
    "utf-16 BE with BOM": Odd(
        codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"), "utf-16-be", bom=codecs.BOM_UTF16_BE
    ),
    "utf-16 LE without BOM": Odd(BODY.encode("utf-16-le"), "utf-16-le"),
    "utf-16 tab-separated, as Excel saves Unicode text": Odd(
        codecs.BOM_UTF16_LE + BODY.replace(",", "\t").replace("\n", "\r\n").encode("utf-16-le"),
        "utf-16-le",
        "\t",
        bom=codecs.BOM_UTF16_LE,
        ending=".txt",
    ),
    "utf-16 with half a surrogate pair": Odd(
        codecs.BOM_UTF16_LE + BODY.encode("utf-16-le") + b"9\0,\0\0\xd8,\0x\0\n\0",
        "utf-16-le",
        bom=codecs.BOM_UTF16_LE,
        warning="not all of it is UTF-16 LE with BOM: the first odd byte is at 114",
    ),
    "utf-32 with BOM": Odd(
        codecs.BOM_UTF32_LE + BODY.encode("utf-32-le"), "utf-32-le", bom=codecs.BOM_UTF32_LE
    ),
    "cp1252": Odd(
        "id,Job title\n1,Büroleiter – Köln\n2,Chef “x” 40 €\n".encode("cp1252"), "cp1252"
    ),
    "cp1252 first seen late": Odd(BODY.encode() * 8_000 + b"9,B\xfcro,x\n", "cp1252"),
    "cp1252 with a byte it does not have": Odd(
        "Job title,n\nBüro,Köln\nCafé,à Köln à côté été\nX,".encode("cp1252") + b"\x81\n",
        "cp1252",
        warning="not all of it is cp1252: the first odd byte is at 47",
    ),
    "utf-8 with one bad byte": Odd(
        "Job title,n\nBüro,Köln\nCafé,Zürich\n".encode() + b"Chef,\xff\n",
        warning="not all of it is UTF-8: the first odd byte is at 43",
    ),
    "utf-8 named, and with a cut character at the end": Odd(
        "Job title,n\nBüro,Köln\nCafé,Zürich\n".encode() + b"Chef,\xc3", warning="not all of it"
    ),
    "shift_jis named": Odd("Job title,n\nPMO,東京表\n".encode("shift_jis"), given="shift_jis",
                           encoding="shift_jis"),
    "cyrillic cp1251": Odd(
        "Job title,город\nМенеджер проекта,Москва\nРуководитель офиса,Казань\n".encode("cp1251"),
        "cp1251",
    ),
    "semicolons and decimal commas": _text(
        "id;Job title;pay\n1;PMO Lead, Leeds;3,5\n2;Chef, York;2,5\n", delimiter=";"
    ),
    "tabs": _text(BODY.replace(",", "\t"), delimiter="\t", ending=".tsv"),
    "tabs in a .csv": _text(BODY.replace(",", "\t"), delimiter="\t"),
    "bars": _text(BODY.replace(",", "|"), delimiter="|"),
    "carets": _text(BODY.replace(",", "^"), delimiter="^", ending=".dat"),
    "the control character of Hive": _text(BODY.replace(",", "\x01"), delimiter="\x01"),
    "single quotes": _text(
        "'id';'Job title'\n'1';'PMO; Lead'\n'2';'it''s'\n", delimiter=";", quote="'"
    ),
    "every cell quoted": _text('"id","Job title"\n"1","PMO Lead"\n"2","Chef"\n'),
    "only text quoted": _text('"id","Job title"\n1,"PMO Lead"\n2,"Chef"\n'),
    "a database's tabs without quoting": _text(
        'id\tJob title\tn\n1\t"Lead\tx\n2\tChef\ty\n3\t"PMO\tz\n4\tChef\tz\n',
        delimiter="\t",
        quote=None,
        ending=".tsv",
    ),
    "sep= line of Excel": _text("sep=;\r\nid;Job title\r\n1;Chef, a,b,c\r\n", delimiter=";",
                                header=1),
    "banner above the header": _text(
        "Export of 3 May; all\n\nid;Job title;n\n1;Chef;2\n2;PMO Lead;3\n", delimiter=";", header=2
    ),
    "long banner with delimiters": _text(
        "Source:,HR\nDate:,3 May\nNote:,a,b,c,d,e,f\n\n" + BODY, header=4
    ),
    "short rows": _text(
        "id,Job title,town,x\n1\n2,Chef\n3,Chef,York\n4,Chef,York,\n",
        warning="rows with fewer cells than the header: 3",
    ),
    "long rows": _text(
        BODY + "9,PMO Lead,Leeds,more,and more\n,,,\n",
        warning="rows with more cells than the header: 2, the longest with 5 cells against 3",
    ),
    "a delimiter after every row but the header": _text(
        "id,Job title\n1,Chef,\n2,PMO Lead,\n", warning="rows with more cells than the header: 2"
    ),
    "blank lines": _text("\n" + BODY.replace("\n", "\n\n") + "\n   \n\n", header=1),
    "one column with blank lines": _text("Job title\n\nChef\n\nPMO Lead\n"),
    "no final newline": _text(BODY.rstrip("\n")),
    "header only": _text("id,Job title\n"),
    "header only without a newline": _text("id,Job title"),
    "windows line ends": _text(BODY.replace("\n", "\r\n")),
    "old mac line ends": _text(BODY.replace("\n", "\r")),
    "mixed line ends": _text("id,Job title\r\n1,Chef\n2,Chef\r3,Chef\r\r\n4,PMO Lead\n\r5,x"),
    "line breaks in quoted cells": _text(
        'id,Job title\n1,"PMO\nLead"\n2,"a\r\nb\rc\n\n"\r\n3,"\r"\n'
    ),
    "lone CR in an unquoted cell": _text("id,Job title,town\n1,PMO Lead,Le\reds\n2,Chef,York\n",
                                         warning="rows with fewer cells"),
    "NUL in a cell": _text("id,Job title\n1,PMO\0Lead\n\0,\0\n"),
    "a cell of 200,000 characters": _text(
        "id,Job title\n" + "x" * 200_000 + ',Chef\n1,"' + 'a,""b' * 40_000 + '"\n'
    ),
    "a quoted cell of 30,000 lines": _text('id,Job title\n1,"' + "a\n" * 30_000 + '"\n2,Chef\n'),
    "bare quotes in unquoted cells": _text('Job title,n\n5" pipe fitter,a"b"\nChef "x",""""\n'),
    "text after a closing quote": _text('Job title,n\n"Chef"x,1\n"PMO" "Lead",2\n"a"b"c,3\n'),
    "a space before a quote": _text('Job title, n\nChef, "a"\nPMO Lead, "b"\n'),
    "duplicate header names": _text("id,id,Job title,id\n1,2,Chef,3\n"),
    "empty header names": _text(",Job title,,\n1,Chef,,x\n"),
    "leading zeros, NA, long ids, spaces": _text(
        "id,Job title,a,b\n007,Chef,NA,1234567890123456789\n 1 ,  Chef  ,null,1e5\n"
    ),
    "formulas of the user": _text("id,Job title\n=1+1,Chef\n@x,=cmd|' /C calc'!A0\n-1,+1\n"),
    "separators of Unicode": _text("Job title,n\nChef\u2028,a\x0bb\x0cc\nPMO\x85,\u2029\x1c\n"),
    "delimiters only": _text("id,Job title,n\n,,\n,,\n"),
    "spaces around the header": _text(" id , Job title \n1,Chef\n"),
    "a BOM amid the text": _text("id,Job title\n1,\ufeffChef\n"),
    "titles that are numbers": _text("id,Job title\n1,7\n2,3.5\n"),
    "no ending": _text(BODY, ending=""),
    "a header that ends before the titles": _text(
        "n\n1,Chef\n2\n3\n4,PMO Lead\n5\n6\n7\n8\n",
        column="B",
        warning="rows with more cells than the header: 2",
    ),
    "column by letter": _text("a,b\nPMO Lead,Chef\n", column="B"),
}  # fmt: skip


def _zip() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


REFUSED = {
    "empty": (b"", None, "the file is empty"),
    "blank lines only": (b"\n\n  \n", None, "there is nothing in it"),
    "a BOM only": (codecs.BOM_UTF8, None, "there is nothing in it"),
    "a workbook": (_zip(), None, "this is a workbook or a ZIP archive, not a CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90, None, "an old or an encrypted"),
    "a web page": (b"\n<HTML><table><tr><td>Job title", None, "this is a web page or XML"),
    "noise": (bytes(range(256)) * 40, None, "this is a binary file"),
    "zeros": (bytes(1000), None, "this is a binary file"),
    "quote never closed": (
        b'id,Job title\n1,"Chef\n2,PMO Lead\n', None, "line 2: a quote opens a cell here"),
    "quote never closed at the end": (
        b'id,Job title\n1,Chef\n\n2,"', None, "line 4: a quote opens a cell here"),
    "wrong encoding given": (
        "Job title\nBüro\n".encode("cp1252"), "utf-8", "not UTF-8 at byte 11: say which"),
    "cp1252 given and not so": (b"Job title\nB\x81ro\n", "cp1252", "not cp1252 at byte 11"),
    "half a character of UTF-16": (b"\xff\xfeJ\0o", None, "not UTF-16 LE with BOM at byte 4"),
    "no such encoding": (BODY.encode(), "klingon", "there is no encoding 'klingon'"),
    "an encoding that is none": (BODY.encode(), "base64", "there is no encoding 'base64'"),
    "bytes that would not come back": (
        "Job title\n¬\n".encode("cp932") + b"\xee\xf9\n", "cp932", "bytes would be changed"),
    "no title column": (b"a,b\n1,2\n", None, "no column looks like job titles"),
    "two title columns": (b"Job title,Role title\nChef,Chef\n", None, "'Job title'.*'Role title'"),
}  # fmt: skip
