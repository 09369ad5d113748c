"""Tables as CSV files: where a notebook's go, and what keeps a spreadsheet from taking a text for a formula.

Below `data/tables`, which the project keeps, a table is data: as it is. Any other is for people too, who open it in a
spreadsheet: it begins with the byte-order mark, without which Excel takes UTF-8 for another encoding, and its texts are
guarded. `load` undoes both. No text changes otherwise, not even by an invisible character: it is held to offsets.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.analysis.formulas import guarded, unguarded
from helpers.files import atomic, paths
from helpers.text import articles

KEPT_TABLES = "data/tables"
KEPT_INPUTS = (paths.SEED, "data/corpus")  # what the tables that the project keeps are of
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # the byte-order mark in UTF-8


def folder(of: str | Path, out: str | Path = "", machine: bool = False) -> Path:
    """The folder for the tables of a notebook, by its parameters, read from home where they are not absolute.

    of        the article or the corpus that the notebook is run for
    machine   whether people's annotations are ignored
    Returns   `out` where it is given. Else `data/tables`, for the seed and the small corpus as the project reads them:
              with people's annotations and with no actors of the user's own. Else `reports/<name>/tables`, so that no
              other run changes what the project keeps.
    """
    if out:
        return paths.resolve(out)
    given, own = paths.resolve(of), paths.own_actors()
    ours = any(given.exists() and kept.exists() and given.samefile(kept) for kept in map(paths.resolve, KEPT_INPUTS))
    if ours and not machine and not (own and own.is_file()):
        return paths.resolve(KEPT_TABLES)
    return paths.reports() / articles.slug(given.name if given.is_dir() else given.stem) / "tables"


def save(table: pd.DataFrame, folder: Path, name: str) -> Path:
    """Write a table as CSV under `folder`, whole or not at all: as data below `data/tables`, else guarded. Returns its path."""
    path, index = Path(folder) / name, table.index.name is not None
    with atomic.written_whole(path) as beside:
        if path.resolve().is_relative_to(paths.resolve(KEPT_TABLES).resolve()):
            table.to_csv(beside, index=index, encoding="utf-8", lineterminator="\n")
        else:
            safe = table.map(guarded).rename(index=guarded, columns=guarded).rename_axis(index=guarded)
            safe.to_csv(beside, index=index, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def save_all(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables as CSV under `folder`, each under its name and as `save` does."""
    for name, table in tables.items():
        save(table, folder, name)


def load(path: Path) -> pd.DataFrame:
    """A table that `save` wrote, all its cells as texts as they were before they were guarded."""
    marked = Path(path).read_bytes().startswith(BYTE_ORDER_MARK)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        head, *cells = ([unguarded(cell) if marked else cell for cell in row] for row in csv.reader(file))
    return pd.DataFrame(cells, columns=head, dtype="str")
