"""The input formats, by file name extension: one row each, for commands on single articles and for a corpus."""

from collections.abc import Iterable
from pathlib import PurePath

from msgspec import Struct

PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
HEAD_BYTES = 4096  # bytes at the start of a file that are searched for signs of a web page and its encoding


class InputFormat(Struct, frozen=True, gc=False):
    """A format of input files.

    name         as messages call it
    endings      of its files, in small letters
    reader       the module of `helpers.inputs` that reads it; nothing else of it is imported before such a file comes.
                 Its `articles_in(file, before, options)` gives each article of a file to a corpus. Where `one_by_one` is set,
                 its `loaders(path, options)` gives what loads each to the commands that take articles one by one.
    instead      for files of many articles: what to do with them where one is wanted; empty for a file that is one
    packed       whether a corpus reads it packed as well (gzip, zstd)
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    instead: str = ""
    one_by_one: bool = False
    packed: bool = False


TEXT = InputFormat("text file", (".txt",), "single_files")
FORMATS = (
    TEXT,
    InputFormat("web page", PAGES, "single_files"),
    InputFormat(
        "JSON Lines",
        (".jsonl", ".ndjson"),
        "json_lines",
        instead="use `isnad annotate` for one article per line",
        one_by_one=True,
        packed=True,
    ),
    InputFormat("Parquet", (".parquet",), "parquet", instead="read it with `isnad corpus`"),
)
SINGLE = tuple(each for each in FORMATS if not each.instead)  # a file is one article


def names(every: Iterable[InputFormat]) -> str:
    """The names of formats as a list in words.

    >>> names(FORMATS)
    'text file, web page, JSON Lines or Parquet'
    """
    *others, last = (each.name for each in every)
    return f"{', '.join(others)} or {last}"


def of(path: PurePath) -> InputFormat | None:
    """The format by the extension of a file; None for an unknown extension.

    >>> of(PurePath("a.NDJSON")).name, of(PurePath("a.md"))
    ('JSON Lines', None)
    """
    return next((each for each in FORMATS if path.suffix.lower() in each.endings), None)


def is_page(path: PurePath, raw: bytes) -> bool:
    """Whether a file is a web page, by its name or its first bytes."""
    begins = raw[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return path.suffix.lower() in PAGES or begins.startswith((b"<!doctype html", b"<html"))
