"""JSON Lines as a stream: plain, gzip, zstd; a line that is far too long is passed over without being held."""

import gzip
import io
import json
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

import zstandard

from helpers import json_lines
from helpers.corpus.listing import File
from helpers.corpus.records import MOST, Record, carried

LONGEST = 8 * MOST  # bytes of a line: six for a letter that is written \uXXXX, and room for other columns
STEP = 4096  # bytes of zstd that are unpacked at once: at worst they become 128 MB


def records(file: File, before: int, id_column: str, text_column: str) -> Iterator[Record]:
    """One record a line that holds anything. What cannot be read is a record that says why.

    before    bytes of the input that were read before this file
    """
    number = 0
    try:
        with file.open() as stored:
            for number, line in json_lines.lines(_unpacked(stored, file.path), LONGEST):
                if line is None or line.strip():
                    read_to = before + min(stored.tell(), file.size)
                    yield _record(file.name, f"line {number}", line, id_column, text_column, read_to)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as e:
        wrong = f"the file breaks off or is damaged after line {number} ({_said(e)}); what follows there was not read"
        yield Record(file.name, f"after line {number}", None, wrong=wrong, read_to=before + file.size)


def _record(source: str, place: str, line: bytes | None, id_column: str, text_column: str, read_to: int) -> Record:
    if line is None:
        wrong = f"over {LONGEST // 1_000_000} million bytes in one line, too long for one article; split it"
        return Record(source, place, None, wrong=wrong, read_to=read_to)
    try:
        found = json.loads(line.removeprefix(BOM_UTF8).decode())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return Record(source, place, None, wrong="not a JSON object in UTF-8; mend the line", read_to=read_to)
    return of(
        source, place, found.pop(id_column, None), found.pop(text_column, None), found, id_column, text_column, read_to
    )


def of(
    source: str,
    place: str,
    name: object,
    text: object,
    rest: dict[str, object],
    id_column: str,
    text_column: str,
    read_to: int,
) -> Record:
    """A record out of named values, whether they came from a line or a row."""
    name, wrong = json_lines.identifier(name), None
    if name is None:
        wrong = f"no id (a text or a whole number) in {id_column!r}; give one, or name another by --id-column"
    elif not isinstance(text, str) or not text.strip():
        wrong = f"no text in {text_column!r}; give it, or name another column by --text-column"
    elif len(text) > MOST:
        wrong = f"over {MOST:,} characters, too long for one article; split it"
    if wrong:
        return Record(source, place, name, wrong=wrong, read_to=read_to)
    return Record(source, place, name, text, carried(rest), read_to=read_to)


def _unpacked(stored: BinaryIO, path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return io.BufferedReader(gzip.GzipFile(fileobj=stored))
    return io.BufferedReader(_Zstd(stored), STEP * 16) if path.lower().endswith((".zst", ".zstd")) else stored


class _Zstd(io.RawIOBase):
    """Frames of zstd as one stream. zstandard's own reader takes a frame that breaks off for a whole one."""

    def __init__(self, stored: BinaryIO) -> None:
        self._stored, self._left, self._frame = stored, b"", None

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:
        while not self._left:
            packed = self._frame.unused_data if self._frame is not None and self._frame.eof else b""
            packed = packed or self._stored.read(STEP)
            if not packed:
                if self._frame is not None and not self._frame.eof:
                    raise EOFError("a frame of zstd breaks off")
                return 0
            if self._frame is None or self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._left = self._frame.decompress(packed)
        size = min(len(into), len(self._left))
        into[:size], self._left = self._left[:size], self._left[size:]
        return size


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
