"""What standard input is, by its first bytes and by what the user says of it: the ending that a file of its format has.

Its bytes are not lost: what was looked at comes first again when it is read.
"""

import codecs
import csv
import io
import re
from pathlib import PurePath
from typing import Any, cast

from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.inputs import json_lines, telegram_exports
from helpers.inputs.input_articles import Options
from helpers.text import encodings, input_formats, refused_formats

HEAD = 65_536  # bytes by which a format is detected
PART = 8192  # bytes that are read at once until there are as many
JSON, LINES, TABLE, WORKBOOK, PARQUET = ".json", ".jsonl", ".csv", ".xlsx", ".parquet"
WORD, PDF, PAGE, ARCHIVE, TEXT = ".docx", ".pdf", ".html", ".mhtml", ".txt"
LIST = re.compile(
    r'\[\s*(\{|\]\s*\Z|"(?:[^"\\]|\\.)*"\s*[,\]])'
)  # a list of JSON, not a text that begins with a bracket
ARCHIVED = re.compile(rb"(?i:from: <saved by |mime-version:|content-type: multipart/related)")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DEFAULTS = Options()


class _Replayed(io.RawIOBase):
    """Bytes that were read already, and then those of the file that they are from, as they come."""

    def __init__(self, head: bytes, file: io.BufferedReader) -> None:
        self._head, self._file = head, file

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        found = self._head[: len(into)] or self._file.read1(len(into))
        self._head = self._head[len(found) :] if self._head else b""
        into[: len(found)] = found
        return len(found)


def detected(file: io.BufferedReader, options: Options, name: PurePath) -> tuple[str, io.BufferedReader]:
    """(ending of its format, all of its bytes) of what is piped in.

    It is a table where the header has the columns of id and text, or where the user names these columns; JSON Lines
    where the user says so, whatever it begins with.

    name      of the input, in errors
    Raises    InputError, one line, for an Office file that is too large.
    """
    head = file.readline(HEAD)  # a line of JSON is read as soon as it comes
    text = _decoded(head).lstrip()
    if options.json_lines or (text.startswith("{") and _has_text(head, options)):
        return LINES, _again(head, file)
    if head.startswith(refused_formats.ENTRY):
        head += file.read(encodings.DOCUMENT_BYTES + 1 - len(head))
        if len(head) > encodings.DOCUMENT_BYTES:
            most = f"{encodings.DOCUMENT_BYTES // 1_000_000} MB"
            raise InputError(f"{name}: an Office document or archive of over {most}; save it to a file, and name that")
        return (WORKBOOK if input_formats.is_workbook(head) else WORD), _again(head, file)
    longest = telegram_exports.HEAD if text.startswith("{") else HEAD
    while len(head) < longest and (part := file.read1(min(PART, longest - len(head)))):
        head += part
    return _by_head(head, options), _again(head, file)


def _by_head(head: bytes, options: Options) -> str:
    text = _decoded(head).lstrip()
    if text.startswith("{"):
        if telegram_exports.begins_one(text) or text.partition("\n")[0].strip() == "{":  # an object over several lines
            return JSON
        return TEXT if head.startswith(csv_rows.UTF_16) else LINES
    if LIST.match(text):
        return JSON
    if head.lstrip(b"\r\n").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PAR1"):
        return PARQUET
    if input_formats.is_page(PurePath(), head):
        return PAGE
    if ARCHIVED.match(head.lstrip()) and b"multipart/related" in head[: input_formats.HEAD_BYTES].lower():
        return ARCHIVE
    asked = (options.id_column, options.text_column) != (DEFAULTS.id_column, DEFAULTS.text_column)
    return TABLE if asked or _is_header(text, options) else TEXT


def _decoded(head: bytes) -> str:
    encoding = next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "replace")


def _has_text(line: bytes, options: Options) -> bool:
    """Whether a line is an object of JSON that is an article."""
    try:
        return options.text_column in json_lines.READER.decode(_decoded(line))
    except (InputError, ValueError, RecursionError, TypeError):
        return False


def _is_header(text: str, options: Options) -> bool:
    """Whether a text begins with the header of a table that has the columns of id and text."""
    first = text.partition("\n")[0].strip("\r")
    try:
        rows = [next(csv.reader([first], delimiter=each)) for each in csv_rows.DELIMITERS if each in first]
    except csv.Error:
        return False
    return any({options.id_column, options.text_column} <= {name.strip() for name in row} for row in rows)


def _again(head: bytes, file: io.BufferedReader) -> io.BufferedReader:
    return io.BufferedReader(cast(Any, _Replayed(head, file)), HEAD)
