"""Writes the tables of a notebook as CSV files, guarded against formulas in spreadsheets.

Tables below `data/tables`, which are part of the project, are written as plain data. All others may be opened in a
spreadsheet: they begin with a byte-order mark, without which Excel assumes another encoding, and their texts are
guarded. `load` undoes both. Otherwise no text is changed, not even an invisible character, since offsets refer to it.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.analysis.formulas import guarded, unguarded
from helpers.files import atomic, paths
from helpers.text import articles

KEPT_TABLES = "data/tables"
KEPT_INPUTS = (paths.SEED, "data/corpus")  # inputs whose tables are part of the project
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # the byte-order mark in UTF-8


def folder(of: str | Path, out: str | Path = "", machine: bool = False) -> Path:
    """The folder for the tables of a notebook, by its parameters; paths that are not absolute are below home.

    of        the article or corpus for which the notebook is run
    machine   whether people's annotations are ignored
    Returns   `out`, if given. Else `data/tables` for the project's seed article and small corpus, if they are read with
              people's annotations and without actors of the user's own. Else `reports/<name>/tables`, so that no other
              run changes the project's tables.
    """
    if out:
        return paths.resolve(out)
    given, own = paths.resolve(of), paths.own_actors()
    ours = any(given.exists() and kept.exists() and given.samefile(kept) for kept in map(paths.resolve, KEPT_INPUTS))
    if ours and not machine and not (own and own.is_file()):
        return paths.resolve(KEPT_TABLES)
    return paths.reports() / articles.slug(given.name if given.is_dir() else given.stem) / "tables"


def save(table: pd.DataFrame, folder: Path, name: str) -> Path:
    """Write a table as CSV to `folder`, completely or not at all; guarded unless below `data/tables`. Returns its path."""
    path, index = Path(folder) / name, table.index.name is not None
    with atomic.written_whole(path) as beside:
        if path.resolve().is_relative_to(paths.resolve(KEPT_TABLES).resolve()):
            table.to_csv(beside, index=index, encoding="utf-8", lineterminator="\n")
        else:
            safe = table.map(guarded).rename(index=guarded, columns=guarded).rename_axis(index=guarded)
            safe.to_csv(beside, index=index, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def save_all(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables as CSV to `folder`, by name (see `save`)."""
    for name, table in tables.items():
        save(table, folder, name)


def load(path: Path) -> pd.DataFrame:
    """Read a table written by `save`; all cells are texts, without the guard."""
    marked = Path(path).read_bytes().startswith(BYTE_ORDER_MARK)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        head, *cells = ([unguarded(cell) if marked else cell for cell in row] for row in csv.reader(file))
    return pd.DataFrame(cells, columns=head, dtype="str")
