"""Features that no writing library makes: linked into a workbook as Excel links them.

Threaded comments, a pivot table with its cache, a slicer with its cache, printer settings, custom
XML and shared formulas, each with its relationship and its content type.
"""

from __future__ import annotations

import re

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
SLICERS = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS_2007 = "http://schemas.microsoft.com/office/2007/relationships"
MS_2017 = "http://schemas.microsoft.com/office/2017/10/relationships"
PERSON = "{6B29FC40-CA47-1067-B31D-00DD010662DA}"
NAMES = ("Id", "Job title", "Place", "Pay", "Bonus", "Note")

_CACHE_FIELDS = "".join(
    f'<cacheField name="{n}" numFmtId="0"><sharedItems/></cacheField>' for n in NAMES
)
_PIVOT_FIELDS = '<pivotField showAll="0"/>' * len(NAMES)

LINKED_PARTS = {
    "xl/threadedComments/threadedComment1.xml": (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B2" '
        f'dT="2024-05-03T00:00:00.00" personId="{PERSON}" id="{PERSON}"><text>seen</text>'
        "</threadedComment></ThreadedComments>"
    ).encode(),
    "xl/persons/person.xml": (
        f'<personList xmlns="{THREADS}"><person displayName="Ann" id="{PERSON}" userId="a" '
        'providerId="None"/></personList>'
    ).encode(),
    "customXml/item1.xml": b"<kept>&#228;</kept>",
    "xl/pivotTables/pivotTable1.xml": (
        f'<pivotTableDefinition {MAIN} name="P" cacheId="1" dataCaption="Values">'
        '<location ref="J1:K3" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        f'<pivotFields count="{len(NAMES)}">{_PIVOT_FIELDS}</pivotFields></pivotTableDefinition>'
    ).encode(),
    "xl/pivotTables/_rels/pivotTable1.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/pivotCacheDefinition" '
        'Target="../pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    ).encode(),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition {MAIN} refreshOnLoad="1" recordCount="0" saveData="0">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:F7" sheet="Ads"/></cacheSource>'
        f'<cacheFields count="{len(NAMES)}">{_CACHE_FIELDS}</cacheFields></pivotCacheDefinition>'
    ).encode(),
    "xl/slicers/slicer1.xml": (
        f'<slicers xmlns="{SLICERS}"><slicer name="Place" cache="Slicer_Place" caption="Place" '
        'rowHeight="241300"/></slicers>'
    ).encode(),
    "xl/slicerCaches/slicerCache1.xml": (
        f'<slicerCacheDefinition xmlns="{SLICERS}" name="Slicer_Place" sourceName="Place">'
        '<pivotTables><pivotTable tabId="2" name="P"/></pivotTables></slicerCacheDefinition>'
    ).encode(),
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
}

_SHEET_1 = (
    ("rIdThread", f"{MS_2017}/threadedComment", "../threadedComments/threadedComment1.xml"),
    ("rIdSlicer", f"{MS_2007}/slicer", "../slicers/slicer1.xml"),
    ("rIdPrinter", f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin"),
)
_SHEET_2 = (("rIdPivot", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml"),)
_BOOK = (
    ("rIdPersons", f"{MS_2017}/person", "persons/person.xml"),
    ("rIdCustom", f"{OFFICE}/customXml", "../customXml/item1.xml"),
    ("rIdCache", f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    ("rIdSlicers", f"{MS_2007}/slicerCache", "slicerCaches/slicerCache1.xml"),
)
_RELATIONS = {
    "xl/worksheets/_rels/sheet1.xml.rels": _SHEET_1,
    "xl/worksheets/_rels/sheet2.xml.rels": _SHEET_2,
    "xl/_rels/workbook.xml.rels": _BOOK,
}
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EXCEL = "application/vnd.ms-excel"
_TYPES = {
    "xl/threadedComments/threadedComment1.xml": f"{_EXCEL}.threadedcomments+xml",
    "xl/persons/person.xml": f"{_EXCEL}.person+xml",
    "xl/pivotTables/pivotTable1.xml": f"{_SPREADSHEET}.pivotTable+xml",
    "xl/pivotCache/pivotCacheDefinition1.xml": f"{_SPREADSHEET}.pivotCacheDefinition+xml",
    "xl/slicers/slicer1.xml": f"{_EXCEL}.slicer+xml",
    "xl/slicerCaches/slicerCache1.xml": f"{_EXCEL}.slicerCache+xml",
    "xl/printerSettings/printerSettings1.bin": f"{_SPREADSHEET}.printerSettings",
}
_SLICER_LIST = (
    '<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}" xmlns:x14="'
    f'{SLICERS}"><x14:slicerList>'
    '<x14:slicer r:id="rIdSlicer"/></x14:slicerList></ext>'
)
_BOOK_END = (
    '<pivotCaches><pivotCache cacheId="1" r:id="rIdCache"/></pivotCaches><extLst>'
    '<ext uri="{BBE1A952-AA13-448e-AADC-164F8A28A991}" xmlns:x14="'
    f'{SLICERS}"><x14:slicerCaches>'
    '<x14:slicerCache r:id="rIdSlicers"/></x14:slicerCaches></ext></extLst>'
)


def linked(name: str, data: bytes) -> bytes:
    """Return a part of the workbook with its links to the new parts."""
    text = data.decode("utf-8") if name.endswith((".xml", ".rels")) else ""
    if name in _RELATIONS:
        links = (
            f'<Relationship Id="{i}" Type="{t}" Target="{to}"/>' for i, t, to in _RELATIONS[name]
        )
        return _before_last(text, "</Relationships>", "".join(links))
    if name == "[Content_Types].xml":
        types = (
            f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _TYPES.items()
        )
        return _before_last(text, "</Types>", "".join(types))
    if name == "xl/workbook.xml":
        return _before_last(text, "</workbook>", _BOOK_END)
    if name == "xl/worksheets/sheet1.xml":
        text = _before_last(text, "</extLst>", _SLICER_LIST).decode()
        text = text.replace("<pageSetup ", '<pageSetup r:id="rIdPrinter" ')
        return _shared_formulas(text).encode()
    return data


def _before_last(text: str, end: str, new: str) -> bytes:
    at = text.rindex(end)
    return (text[:at] + new + text[at:]).encode()


def _shared_formulas(text: str) -> str:
    """Write the formulas of column E as Excel does when one is filled down."""
    first, *others = re.findall(r"<f>D\d+/10</f>", text)
    text = text.replace(first, f'<f t="shared" ref="E2:E{len(others) + 2}" si="0">D2/10</f>')
    for other in others:
        text = text.replace(other, '<f t="shared" si="0"/>')
    return text
