"""Reads tables of articles, a row an article: .csv and .tsv in any form that a spreadsheet saves, row by row.

A row has the number that a spreadsheet shows: the header is row 1.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.inputs import input_articles, records
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.loading import Loaders
from helpers.inputs.records import Record
from helpers.text import encodings

if TYPE_CHECKING:  # commands on single articles need only local files
    from helpers.inputs.listing import File

LONGEST_ROW = 25_000_000  # characters of a row: the longest article, and other columns
COLUMNS = 10_000  # most columns
READ_AT_ONCE = 1 << 20  # bytes by which a file is looked through for what is no UTF-8
LOOKED_AT = 1_000_000  # bytes from which another encoding is detected


def loaders(path: Path, options: Options) -> Loaders:
    """A loader for the article of each row, as in `arguments.loaders`."""
    return records.loaders(path, options, read)


def articles_in(file: "File", options: Options) -> Iterator[InputArticle]:
    """The article of each row, for a corpus, as in `records.articles_in`."""
    return records.articles_in(file, options, read)


def read(file: BinaryIO, path: Path, options: Options) -> Iterator[Record]:
    """A record for each row that is not empty.

    Raises    InputError, one line, for a file without the columns of id and text, and for what is no table.
    """
    stored = records.peeked(file)
    records.no_other_format(stored, path)
    encoding, how = _encoding(stored, path, options.encoding)
    said = {"received": how} if how else {}
    text = io.TextIOWrapper(stored, encoding=encoding, newline="")
    lines = _Lines(text)
    try:
        begins = lines.readline()
        delimiter = _delimiter(begins, {options.id_column, options.text_column})
        reader = csv.reader(lines.from_the(begins), delimiter=delimiter, strict=True)
        header = [name.strip() for name in next(reader, [])]
        usable(header, path, options)
        number = 1
        lines.held = 0
        for number, cells in enumerate(reader, 2):
            lines.held = 0
            if any(map(str.strip, cells)):
                yield record(number, header, cells, said, csv_rows.DELIMITERS[delimiter])
    except csv.Error as e:
        raise InputError(f"{path}: line {lines.number}: {e}; fix the quoting; what follows was not read") from None
    except UnicodeDecodeError as e:
        wrong = f"{path}: line {lines.number + 1}: not {encodings.shown(encoding)} text ({e.reason})"
        raise InputError(f"{wrong}; save it as UTF-8, or name its encoding with --encoding") from None
    except _TooLong:
        most = f"{LONGEST_ROW // 1_000_000} million characters in one row"
        raise InputError(
            f"{path}: line {lines.number}: over {most}; fix the quoting, or split it; what follows was not read"
        ) from None
    finally:
        text.detach()


def _delimiter(begins: str, wanted: set[str]) -> str:
    """The delimiter of a table; if the header has no wanted column, so that an error names columns, the commonest."""
    head = begins[: csv_rows.HEADER_CHARACTERS]
    if any(name in head for name in wanted):
        return csv_rows.delimiter_of(begins, wanted)
    return max(csv_rows.DELIMITERS, key=head.count)


def usable(header: list[str], path: Path, options: Options) -> None:
    """Raises InputError, one line, for a header without the columns of id and text, or with one of them twice."""
    asked = {options.id_column: "--id-column", options.text_column: "--text-column"}
    if missing := [(name, option) for name, option in asked.items() if name not in header]:
        said = " and ".join(f"no column {name!r}" for name, _ in missing)
        there = input_articles.columns_there([name for name in header if name])
        raise InputError(f"{path}: {said}; name another with {' and '.join(option for _, option in missing)}; {there}")
    if twice := input_articles.twice(name for name in header if name):
        raise InputError(f"{path}: two columns are named {twice!r}; rename one of them")
    if len(header) > COLUMNS:
        raise InputError(f"{path}: over {COLUMNS:,} columns; leave some out")


def record(number: int, header: list[str], cells: list[str], said: dict[str, str], delimiters: str) -> Record:
    """The record of a row. Cells beyond the header may be empty; what a row is short of is empty."""
    place = f"row {number}"
    if any(cells[len(header) :]) or len(cells) < len(header):
        return Record(place, wrong=f"{len(cells)} values for {len(header)} columns; quote {delimiters}")
    values: dict[str, object] = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    return Record(place, values, said=said)


class _TooLong(Exception):
    """A row has more characters than can be held."""


class _Lines:
    """Lines of a text, each with its end, of which one row may not take too many characters.

    held      characters since it was last set to 0
    number    of the last line
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.held = self.number = 0
        self._text = text

    def readline(self) -> str:
        line = self._text.readline(LONGEST_ROW + 1)
        self.held += len(line)
        self.number += 1
        if self.held > LONGEST_ROW:
            raise _TooLong
        return line

    def from_the(self, first: str) -> Iterator[str]:
        """This line, and those that follow."""
        yield first
        yield from iter(self.readline, "")


def _encoding(stored: io.BufferedReader, path: Path, asked: str | None) -> tuple[str, str]:
    """(the codec of a table, how that is said where it is not UTF-8). The file is left at its beginning.

    Raises    InputError, one line, for what is in no encoding of text.
    """
    begins = stored.peek(4)
    if asked is None and not begins.startswith(csv_rows.UTF_16) and _is_utf_8(stored):
        stored.seek(0)
        return "utf-8-sig", ""
    stored.seek(0)
    head = stored.read(LOOKED_AT)
    stored.seek(0)
    whole = head[: head.rfind(b"\n") + 1] or head
    if begins.startswith(csv_rows.UTF_16):
        return "utf-16", "text in UTF-16"
    found = encodings.decode(whole, path, asked)
    how = {"asked": ", as specified by the user", "detected": ", detected"}.get(found.determined_by, "")
    codec = encodings.known(found.encoding)
    return ("utf-8-sig" if codec == "utf-8" else codec), f"text in {found.encoding}{how}"


def _is_utf_8(stored: io.BufferedReader) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for part in iter(partial(stored.read, READ_AT_ONCE), b""):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
