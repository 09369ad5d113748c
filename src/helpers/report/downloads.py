"""The tables of a report for download: one workbook with a sheet each, and each as CSV, with its rows and its size.

Pages are written while notebooks are still at work, before all tables are there. Each has a mark where this section
stands in the end (`fill`). Where XlsxWriter is not installed, there is no workbook, and no page speaks of one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from nbformat import NotebookNode

from helpers.analysis import table_files
from helpers.report import front_page, html_tables, interface
from helpers.report.html_tables import Column
from helpers.report.interface import Interface

if TYPE_CHECKING:
    from helpers.analysis.workbooks import Changed

WORKBOOK = "tables/tables.xlsx"
SAVED = re.compile(r"""["']([\w.-]+)\.csv["']""")  # in the code of a notebook
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FLAGS = {"True": True, "False": False}
TYPED = ("number", "share", "day", "flag")
PERCENT = "0.0%"
LONGEST = 100  # characters of a number; a longer one stays text
KILO, MEGA = 1000, 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Saved:
    """A table that a notebook saved: its name, its rows, its size in bytes."""

    name: str
    rows: int
    size: int

    @property
    def file(self) -> str:
        """The file from the folder of the report."""
        return f"tables/{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Downloads:
    """What a report has for download.

    tables    in the order of the notebooks that saved them
    size      of the workbook in bytes; 0 where there is none
    changed   what the workbook could not hold of their texts
    """

    tables: tuple[Saved, ...]
    size: int = 0
    changed: "Changed | None" = None


def workbook() -> str:
    """The file of the workbook from the folder of a report, or nothing where what writes it is not installed."""
    return WORKBOOK if find_spec("xlsxwriter") else ""


def prepare() -> None:
    """Import what writes the workbook, while kernels are at work: it takes a fifth of a second."""
    if workbook():
        from helpers.analysis import workbooks  # noqa: F401


def named_in(notebook: NotebookNode) -> list[str]:
    """The names of the tables that a notebook's code saves, in its order."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return list(dict.fromkeys(SAVED.findall(code)))


def make(folder: Path, first: Iterable[str] = ()) -> Downloads:
    """Write the workbook of a report whose tables are saved. Returns what it has for download.

    folder    of the report
    first     names of tables in the order that they are to have; others follow by name
    """
    paths = {path.stem: path for path in sorted((folder / "tables").glob("*.csv"))}
    names = [name for name in dict.fromkeys((*first, *paths)) if name in paths]
    tables = {name: table_files.load(paths[name]) for name in names}
    saved = tuple(Saved(name, len(table), paths[name].stat().st_size) for name, table in tables.items())
    if not saved or not workbook():
        return Downloads(saved)
    from helpers.analysis import workbooks

    known = html_tables.columns()
    changed = workbooks.write(folder / WORKBOOK, {name: typed(table, known) for name, table in tables.items()})
    return Downloads(saved, (folder / WORKBOOK).stat().st_size, changed)


def typed(table: pd.DataFrame, known: Mapping[str, Column]) -> pd.DataFrame:
    """A table of texts with its numbers, days and truth values as such, and its headings in Arabic too, in a second line.

    known     what is known of columns (`html_tables.columns`); of another one, of one of any text, and of one that
              has ids in one table and counts in another (`claims`), numbers are such where all are
    """
    heads, cells, formats = [], {}, {}
    for at, (name, texts) in enumerate(zip(map(str, table.columns), map(list, table.to_numpy(object).T), strict=True)):
        column = known.get(name)
        head = f"{name}\n{column.names['ar']}" if column else name
        kind = column.type if column else "text"
        if (kind == "text" or (kind == "id" and not name.endswith("_id"))) and _numbers(texts):
            kind = "number"
        cells[at] = [_as(kind, cell) for cell in texts] if kind in TYPED else texts
        heads.append(head)
        if kind == "share":
            formats[head] = PERCENT
    made = pd.DataFrame(cells, dtype=object)
    made.columns = pd.Index(heads, dtype=object)
    made.attrs["formats"] = formats
    return made


def _numbers(cells: list[str]) -> bool:
    found = [cell for cell in cells if cell]
    return bool(found) and all(NUMBER.fullmatch(cell) for cell in found)


def _as(kind: str, cell: str) -> object:
    """A cell as what it is in a column of a type; one that is not, as text."""
    if kind in ("number", "share") and len(cell) <= LONGEST and (found := NUMBER.fullmatch(cell)):
        number = float(cell) if found[2] or found[3] else int(cell)
        return cell if number in (inf, -inf) else number
    if kind == "day" and DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    return FLAGS.get(cell, cell) if kind == "flag" else cell


def fill(
    folder: Path,
    made: Downloads,
    pages: Mapping[str, list[tuple[str, str]]],
    saved_by: Mapping[str, Iterable[str]],
) -> None:
    """Set the section into the pages of a report: into the front pages with all tables, into each other with its own.

    pages     by language, file and title of the pages that are notebooks
    saved_by  by the beginning of a page's file, the tables that its notebook saves
    """
    by_name = {table.name: table for table in made.tables}
    for lang, others in pages.items():
        said = interface.load(lang)
        own = {file: [by_name[n] for n in saved_by.get(file.split(".")[0], ()) if n in by_name] for file, _ in others}
        listed = {table.name for tables in own.values() for table in tables}
        groups = [(file, title, own[file]) for file, title in others if own[file]]
        rest = [table for table in made.tables if table.name not in listed]
        front = [*groups, *([("", "", rest)] if rest else [])]
        _set(folder / interface.FILES[lang], section(said, made, front, folded=True))
        for file, tables in own.items():
            _set(folder / file, section(said, made, [("", "", tables)]) if tables else "")


def section(said: Interface, made: Downloads, groups: list[tuple[str, str, list[Saved]]], folded: bool = False) -> str:
    """The section as HTML: the workbook, where there is one, and tables in groups.

    groups    the file and title of the page that shows them, or nothing; the tables
    folded    whether the tables are folded away below a line
    """
    return front_page.page(
        "downloads.html.j2",
        said=said,
        made=made,
        workbook=WORKBOOK,
        groups=groups,
        listed=sum(len(tables) for _, _, tables in groups),
        folded=folded,
        called=lambda table: said(key) if (key := f"saved.{table.name}") in said.phrases else table.name,
        size=lambda size: in_words(size, said),
    )


def in_words(size: int, said: Interface) -> str:
    """The size of a file in the language of a page, of two digits or more.

    >>> in_words(14_155, interface.load("en")), in_words(103, interface.load("en"))
    ('14 kB', '0.1 kB')
    """
    unit, key = (MEGA, "tables.mb") if size >= MEGA else (KILO, "tables.kb")
    number = size / unit
    return said(key, n=f"{number:,.0f}" if number >= 9.95 else f"{max(number, 0.1):.1f}")


def _set(path: Path, html: str) -> None:
    """Put the section where the mark of a page is."""
    before, mark, behind = path.read_bytes().rpartition(front_page.TABLES.encode())
    if mark:
        path.write_bytes(before + html.encode() + behind)
