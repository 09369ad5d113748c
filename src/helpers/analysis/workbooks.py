"""Tables as one spreadsheet file (.xlsx), set for reading from right to left."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from helpers.files import atomic

LONGEST_CELL = 32_767  # of characters that Excel keeps in one
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDEST, SAMPLE = 60, 500


def write(path: Path, sheets: Mapping[str, pd.DataFrame], right_to_left: bool = True) -> None:
    """Write tables as an .xlsx file, whole or not at all, a sheet each: days as days, texts as texts and never as formulas."""
    book = Workbook(write_only=True)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_view.rightToLeft, sheet.freeze_panes = right_to_left, "A2"
        for at, column in enumerate(table.columns):
            longest = max((len(str(cell)) for cell in table[column].head(SAMPLE)), default=0)
            sheet.column_dimensions[chr(65 + at)].width = min(WIDEST, max(len(column), longest) + 3)
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        for row in table.itertuples(index=False):
            sheet.append([_cell(sheet, value) for value in row])
    with atomic.written_whole(path) as beside:
        book.save(beside)


def _cell(sheet: object, value: object, bold: bool = False) -> object:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NaT:
        return None
    if not isinstance(value, str):
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        return made
    made = WriteOnlyCell(sheet, NOT_IN_XML.sub("\ufffd", value)[:LONGEST_CELL])
    made.data_type = "s"
    made.alignment, made.font = Alignment(vertical="top", wrap_text=True), Font(bold=bold)
    return made
