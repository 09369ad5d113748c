"""The table of who is quoted as a file, by its ending: CSV, a spreadsheet (xlsx), Parquet."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.analysis.formulas import guarded
from helpers.analysis.quoted import Example, Quoted
from helpers.files import atomic, csv_rows, paths
from helpers.files.errors import InputError

ENDINGS = (".csv", ".xlsx", ".parquet")
COLUMNS = tuple(name for name in Quoted.__struct_fields__ if name != "months")
BETWEEN = " | "  # items of a list in one cell
SHEET = "quoted"
FIRST_ROW = 2  # of a sheet, behind its heading


def checked(path: Path) -> str:
    """The ending of a file that can be written. Raises InputError, one line, for another one."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{path}: its ending is none of {', '.join(ENDINGS)}; give --out a name with one of them")
    return ending


def write(path: Path, rows: Sequence[Quoted]) -> None:
    """Write the table, whole or not at all, in the order of the rows.

    In CSV and in a spreadsheet a list is one cell, its items between « | »; in CSV, which begins with the byte-order mark, no
    text can be taken for a formula (`formulas.guarded`). In a spreadsheet examples have a sheet of their own, where each says
    of which row it is. Parquet has lists, and days as days; so has a spreadsheet days.
    Raises    InputError for another ending; OSError.
    """
    {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}[checked(path)](path, rows)


def cells(row: Quoted) -> list[object]:
    """A row with each list as one text."""
    return [_cell(getattr(row, name)) for name in COLUMNS]


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return BETWEEN.join(_example(each) if isinstance(each, Example) else each for each in value)
    return value


def _example(one: Example) -> str:
    return f"{one.article_id}, paragraph {one.paragraph}, sentence {one.sentence}: {one.words}"


def _csv(path: Path, rows: Iterable[Quoted]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(["" if cell is None else guarded(cell) for cell in cells(row)])
    with atomic.written_whole(path) as beside:
        beside.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _xlsx(path: Path, rows: Sequence[Quoted]) -> None:
    import pandas as pd

    from helpers.analysis import workbooks

    table = pd.DataFrame([cells(row) for row in rows], columns=list(COLUMNS)).drop(columns="examples")
    examples = [
        (number, row.name, *(getattr(each, key) for key in Example.__struct_fields__))
        for number, row in enumerate(rows, FIRST_ROW)
        for each in row.examples
    ]
    columns = ["row", "name", *Example.__struct_fields__]
    sheets = {SHEET: table, "examples": pd.DataFrame(examples, columns=columns)}
    arabic = _arabic()
    workbooks.write(path, {name: each.rename(columns=arabic) for name, each in sheets.items()})


def _arabic() -> dict[str, str]:
    """The headings that have an Arabic one too, in a second line, as in the workbook of a report."""
    rows = csv_rows.read(paths.templates() / "columns.csv", ("column", "type", "vocabulary", "en", "ar"))
    return {row["column"]: f"{row['column']}\n{row['ar']}" for row in rows}


def _parquet(path: Path, rows: Sequence[Quoted]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = pa.list_(pa.field("element", pa.string()))
    example = pa.struct(
        [("article_id", pa.string()), ("paragraph", pa.int32()), ("sentence", pa.int32()), ("words", pa.string())]
    )
    types = {
        "name": pa.string(),
        "name_en": pa.string(),
        "kind": pa.string(),
        "titles": texts,
        "outlets": texts,
        "articles": pa.int64(),
        "statements": pa.int64(),
        "distinct_statements": pa.int64(),
        "direct": pa.int64(),
        "views": pa.int64(),
        "first_date": pa.date32(),
        "last_date": pa.date32(),
        "examples": pa.list_(pa.field("element", example)),
        "joined": pa.string(),
    }
    columns = {
        name: [
            [{key: getattr(each, key) for key in Example.__struct_fields__} for each in row.examples]
            if name == "examples"
            else getattr(row, name)
            for row in rows
        ]
        for name in COLUMNS
    }
    made = pa.table({name: pa.array(columns[name], types[name]) for name in COLUMNS})
    with atomic.written_whole(path) as beside:
        pq.write_table(made, beside, compression="zstd")
