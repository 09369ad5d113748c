"""Reads Excel workbooks (.xlsx) as tables of articles: the first sheet that has the columns of id and text, a row an article.

Of a formula the value that Excel stored is read; nothing is computed, and links to other files are not followed.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from helpers.files.errors import InputError
from helpers.inputs import records, tables
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.loading import Loaders
from helpers.inputs.records import Record
from helpers.text import packages, refused_formats

if TYPE_CHECKING:  # commands on single articles need only local files
    from helpers.inputs.listing import File

WHAT = "an Excel workbook (.xlsx)"
MOST = 500_000_000  # bytes to which a sheet, or the texts of all sheets, may unpack
LONGEST_CELL = 32_767  # characters: Excel keeps no more of a text, and does not say that it cut one
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")  # how a workbook writes a control character, such as the end of a line
EMPTY_ROWS = 1_048_576  # empty rows after which a sheet is at its end: Excel has no more rows


def loaders(path: Path, options: Options) -> Loaders:
    """A loader for the article of each row, as in `arguments.loaders`."""
    return records.loaders(path, options, read)


def articles_in(file: "File", options: Options) -> Iterator[InputArticle]:
    """The article of each row, for a corpus, as in `records.articles_in`."""
    return records.articles_in(file, options, read)


def read(file: BinaryIO, path: Path, options: Options) -> Iterator[Record]:
    """A record for each row of the sheet that is not empty; several sheets are said in `received`.

    Raises    InputError, one line, for what is no workbook, is too large, or has no sheet with these columns.
    """
    try:
        import openpyxl
    except ImportError:
        wanted = "python -m pip install openpyxl, or Isnad with its extra documents"
        raise InputError(f"{path}: {WHAT} is read by openpyxl, not installed here; {wanted}") from None
    _checked(file, path)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except InputError:
        raise
    except Exception as e:  # a broken workbook can raise any exception
        raise InputError(f"{path}: {WHAT} that cannot be read ({type(e).__name__}); save it again") from None
    try:
        yield from _rows(book, path, options)
    except (InputError, GeneratorExit):
        raise
    except Exception as e:
        raise InputError(f"{path}: {WHAT} that is damaged ({type(e).__name__}); save it again") from None
    finally:
        book.close()


def _checked(file: BinaryIO, path: Path) -> None:
    """Raises InputError for what is no workbook, or would fill memory. The file is left at its beginning."""
    begins = file.read(4)
    file.seek(0)
    if not begins.startswith(refused_formats.ENTRY):
        raise InputError(f"{path}: not {WHAT}; name the file by what it is (.csv, .txt)")
    package = packages.opened(file, path, WHAT)
    if "xl/workbook.xml" not in package.namelist():
        raise InputError(f"{path}: not {WHAT}; name the file by what it is")
    for name in package.namelist():
        packages.bounded(package, name, path, WHAT, MOST)
        if name.endswith((".xml", ".rels")):
            packages.undeclared(package, name, path, WHAT)
    file.seek(0)


def _rows(book: Any, path: Path, options: Options) -> Iterator[Record]:
    headers: list[tuple[str, list[str]]] = []
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(), 1)
        number, header = next(((n, names) for n, row in rows if any(names := _names(row))), (0, []))
        headers.append((sheet.title, header))
        if options.id_column not in header or options.text_column not in header:
            continue
        tables.usable(header, path, options)
        several = len(book.worksheets) > 1
        said = {"received": f"an Excel workbook, its sheet “{sheet.title}”" if several else "an Excel workbook"}
        empty = 0
        for number, row in rows:
            values = {
                name: value
                for name, cell in zip(header, row, strict=False)
                if name and (value := _value(cell)) is not None
            }
            empty = 0 if values else empty + 1
            if values:
                yield Record(f"row {number}", values, said=said | _doubt(values.get(options.text_column)))
            elif empty == EMPTY_ROWS:
                return
        return
    best = next((header for _, header in headers if options.text_column in header), headers[0][1] if headers else [])
    tables.usable(best, path, options)


def _names(row: Any) -> list[str]:
    return [str(value).strip() if (value := _value(cell)) is not None else "" for cell in row]


def _value(cell: Any) -> object:
    """The value of a cell: a text, a number, a day as 2024-05-12; None for an empty one, and for an error (#N/A)."""
    value = cell.value
    if value is None or value == "" or cell.data_type == "e":
        return None
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _doubt(text: object) -> dict[str, str]:
    if isinstance(text, str) and len(text) == LONGEST_CELL:
        return {
            "warning": f"the cell is as long as Excel allows ({LONGEST_CELL:,} characters); its text may be cut off"
        }
    return {}
