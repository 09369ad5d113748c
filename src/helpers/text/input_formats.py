"""The input formats, by file name extension: one row each, for commands on single articles and for a corpus."""

from collections.abc import Iterable
from pathlib import PurePath

from msgspec import Struct

DOCUMENTS = (".docx", ".docm", ".pdf")
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
DIRECTORY_BYTES = 100_000  # bytes at the end of a zip package that are searched for a name in it
HEAD_BYTES = 4096  # bytes at the start of a file that are searched for signs of a web page and its encoding


class InputFormat(Struct, frozen=True, gc=False):
    """A format of input files.

    name         as messages call it
    endings      of its files, in small letters
    reader       the module of `helpers.inputs` that reads it; nothing else of it is imported before such a file comes.
                 Its `articles_in(file, options)` gives each article of a file to a corpus, from the file's start;
                 with `counted` and `articles_from`, too, it can be read from where an article begins. Where `one_by_one` is set,
                 its `loaders(path, options)` gives what loads each to the commands that take articles one by one.
    instead      for files of many articles: what to do with them where one is wanted; empty for a file that is one
    packed       whether a corpus reads it packed as well (gzip, zstd)
    tells        whether its reader says what it leaves out: both functions are called with what takes a line, as a last argument
    in_folders   whether such files are read where a folder is named; tables, of which not all are of articles, only by name
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    instead: str = ""
    one_by_one: bool = False
    packed: bool = False
    tells: bool = False
    in_folders: bool = True


A_ROW = "use `isnad annotate` for one article per row"
TEXT = InputFormat("text file", (".txt",), "single_files")
FORMATS = (
    TEXT,
    InputFormat("web page", PAGES, "single_files"),
    InputFormat("Word document", (".docx", ".docm"), "single_files"),
    InputFormat("PDF", (".pdf",), "single_files"),
    InputFormat(
        "JSON Lines",
        (".jsonl", ".ndjson"),
        "json_lines",
        instead="use `isnad annotate` for one article per line",
        one_by_one=True,
        packed=True,
    ),
    InputFormat("table", (".csv", ".tsv"), "tables", instead=A_ROW, one_by_one=True, in_folders=False),
    InputFormat("Excel workbook", (".xlsx",), "workbooks", instead=A_ROW, one_by_one=True, in_folders=False),
    InputFormat(
        "JSON",
        (".json",),
        "json_files",
        instead="use `isnad annotate` for one article per object or message",
        one_by_one=True,
        tells=True,
        in_folders=False,
    ),
    InputFormat("Parquet", (".parquet",), "parquet", instead="read it with `isnad corpus`"),
)
SINGLE = tuple(each for each in FORMATS if not each.instead)  # a file is one article
IN_FOLDERS = tuple(each for each in FORMATS if each.in_folders)


def names(every: Iterable[InputFormat]) -> str:
    """The names of formats as a list in words.

    >>> names(FORMATS)
    'text file, web page, Word document, PDF, JSON Lines, table, Excel workbook, JSON or Parquet'
    """
    *others, last = (each.name for each in every)
    return f"{', '.join(others)} or {last}"


def of(path: PurePath) -> InputFormat | None:
    """The format by the extension of a file; None for an unknown extension.

    >>> of(PurePath("a.NDJSON")).name, of(PurePath("a.md"))
    ('JSON Lines', None)
    """
    return next((each for each in FORMATS if path.suffix.lower() in each.endings), None)


def is_document(path: PurePath, raw: bytes) -> bool:
    """Whether a file is a Word document or a PDF, by its name or its first bytes."""
    begins = raw[:HEAD_BYTES].lstrip(b"\r\n")
    return path.suffix.lower() in DOCUMENTS or begins.startswith(b"%PDF-") or is_word(raw)


def is_word(raw: bytes) -> bool:
    """Whether a zip package is a Word document, by the names in it."""
    names = raw[-DIRECTORY_BYTES:]
    return raw.startswith(b"PK\x03\x04") and b"word/" in names and b"xl/workbook" not in names


def is_workbook(raw: bytes) -> bool:
    """Whether a zip package is an Excel workbook, by the names in it."""
    return raw.startswith(b"PK\x03\x04") and b"xl/workbook" in raw[-DIRECTORY_BYTES:]


def is_page(path: PurePath, raw: bytes) -> bool:
    """Whether a file is a web page, by its name or its first bytes."""
    begins = raw[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return path.suffix.lower() in PAGES or begins.startswith((b"<!doctype html", b"<html"))
