"""Writes ``vacancies.xlsx``, the workbook of the tutorial: all of it is made up.

It is built as such lists often are: a banner above the header, a filter, formulas, two sheets with
titles under different headers, and a third sheet without any.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

VACANCIES = (
    ("V-101", "Programme Office Analyst", "Leeds", "Change", 38_000, 44_000, date(2026, 9, 1)),
    ("V-102", "PMO MANAGER (12m FTC)", "London", "Change", 60_000, 70_000, date(2026, 9, 1)),
    ("V-103", "Snr Project Co-ordinator", "York", "IT", 30_000, 34_000, date(2026, 9, 3)),
    ("V-104", "Project Manager, PMO", "Bristol", "IT", 52_000, 60_000, date(2026, 9, 4)),
    ("V-105", "Portfolio Manager", "London", "Strategy", 65_000, 80_000, date(2026, 9, 7)),
    ("V-106", "Ofice Administrator", "Hull", "Facilities", 23_000, 25_000, date(2026, 9, 7)),
    ("V-107", "Project Planner - Rail", "Derby", "Engineering", 45_000, 52_000, date(2026, 9, 8)),
    ("V-108", "Head of PMO", "London", "Change", 85_000, 95_000, date(2026, 9, 10)),
    ("V-109", "Program Coordinator", "Reading", "Learning", 28_000, 31_000, date(2026, 9, 11)),
    ("V-110", "Project Support Officer (m/f/d)", "Leeds", "IT", 27_000, 30_000, date(2026, 9, 14)),
    ("V-111", "Payroll Specialist", "York", "Finance", 32_000, 36_000, date(2026, 9, 14)),
    ("V-112", "Portfolio Office Lead", "Bristol", "Strategy", 58_000, 66_000, date(2026, 9, 15)),
)
CONTRACTORS = (
    (1, "PMO Analyst", "Harbour Bank", 400, 60),
    (2, "Project Controls Engineer", "Northern Grid", 480, 90),
    (3, "Scrum Master", "Harbour Bank", 520, 45),
    (4, "Leiter Projektbüro", "Rheinwerk", 700, 30),
    (5, "Benefits Realisation Manager", "City Hospitals", 610, 80),
)
NOTES = (
    "How to use this list",
    "The sheets Vacancies and Contractors are filled in by the business partners every month.",
    "Middle and Total are formulas: do not type over them.",
)


def main() -> None:
    """Write the workbook beside this file."""
    options = {"default_date_format": "d mmm yyyy"}
    with xlsxwriter.Workbook(str(Path(__file__).with_name("vacancies.xlsx")), options) as book:
        book.set_properties({"title": "Vacancies", "created": datetime(2026, 9, 15, tzinfo=UTC)})
        head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        banner = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3864"})
        money = book.add_format({"num_format": "£#,##0"})

        sheet = book.add_worksheet("Vacancies")
        sheet.write(0, 0, "Open vacancies, September 2026", banner)
        sheet.write(1, 0, "People team; updated every Monday")
        names = ("Ref", "Job title", "Place", "Department", "From", "To", "Posted", "Middle")
        sheet.write_row(3, 0, names, head)
        for row, (*cells, low, high, posted) in enumerate(VACANCIES, start=4):
            sheet.write_row(row, 0, cells)
            sheet.write_row(row, 4, (low, high), money)
            sheet.write_datetime(row, 6, posted)
            formula = f"=AVERAGE(E{row + 1}:F{row + 1})"
            sheet.write_formula(row, 7, formula, money, (low + high) / 2)
        sheet.autofilter(3, 0, 3 + len(VACANCIES), len(names) - 1)
        sheet.freeze_panes(4, 0)
        sheet.set_column("A:A", 8)
        sheet.set_column("B:B", 32)
        sheet.set_column("C:H", 12)

        sheet = book.add_worksheet("Contractors")
        sheet.write_row(0, 0, ("No", "Role", "Client", "Day rate", "Days", "Total"), head)
        for row, (*cells, rate, days) in enumerate(CONTRACTORS, start=1):
            sheet.write_row(row, 0, cells)
            sheet.write(row, 3, rate, money)
            sheet.write(row, 4, days)
            sheet.write_formula(row, 5, f"=D{row + 1}*E{row + 1}", money, rate * days)
        sheet.set_column("B:C", 30)
        sheet.set_column("D:F", 12)

        sheet = book.add_worksheet("Notes")
        sheet.write_column(0, 0, NOTES)
        count = f"=COUNTA(Vacancies!B5:B{4 + len(VACANCIES)})"
        sheet.write_formula(4, 0, count, None, len(VACANCIES))
        sheet.write(4, 1, "vacancies are open")


if __name__ == "__main__":
    main()
