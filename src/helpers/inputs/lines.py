"""JSON Lines as a stream: plain, gzip, zstd; a line that is far too long is passed over without being held."""

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from helpers.files.errors import InputError
from helpers.inputs import json_lines, values
from helpers.inputs.listing import File
from helpers.inputs.records import LONGEST_ID, MOST, WHOLE, Record, carried, told
from helpers.text import invisible

LONGEST = 8 * MOST  # bytes of a line: six for a letter that is written \uXXXX, and room for other columns
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"  # what they begin with; no JSON does
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\0", b"\0{", b"\0\0")


def records(file: File, before: int, id_column: str, text_column: str) -> Iterator[Record]:
    """One record a line that holds anything. What cannot be read is a record that says why.

    before    bytes of the input that were read before this file
    """
    number = 0
    try:
        with file.open() as stored:
            unpacked = _unpacked(stored, file.path)
            if unpacked.peek(2).startswith(WIDE):
                wrong = "not UTF-8, but UTF-16 or no text at all; save it as UTF-8"
                yield Record(file.name, WHOLE, None, wrong=wrong, read_to=before + file.size)
                return
            for number, line in json_lines.lines(unpacked, LONGEST):
                if line is None or line.strip():
                    read_to = before + min(stored.tell(), file.size)
                    yield _record(file.name, f"line {number}", line, id_column, text_column, read_to)
    except FileNotFoundError:
        wrong = "cannot be read: it existed when the run began, and no longer does"
        yield Record(file.name, WHOLE, None, wrong=wrong, read_to=before + file.size)
    except PermissionError as e:
        wrong = f"cannot be read ({e.strerror}); check its permissions"
        yield Record(file.name, WHOLE, None, wrong=wrong, read_to=before + file.size)
    except (OSError, EOFError, zlib.error) as e:
        wrong = f"the file breaks off or is damaged after line {number} ({told(e)}); what follows there was not read"
        yield Record(file.name, f"after line {number}", None, wrong=wrong, read_to=before + file.size)


def _record(source: str, place: str, line: bytes | None, id_column: str, text_column: str, read_to: int) -> Record:
    try:
        found = _object(line)
    except InputError as e:
        return Record(source, place, None, wrong=str(e), read_to=read_to)
    had = tuple(found)
    name, text = found.pop(id_column, None), found.pop(text_column, None)
    made = of(source, place, name, text, found, id_column, text_column, read_to)
    if made.wrong and text_column not in had:
        there = f"; the columns are: {named(had)}"
        return Record(source, place, made.article_id, wrong=made.wrong + there, read_to=read_to)
    return made


def _object(line: bytes | None) -> dict[str, object]:
    """The object in a line. Raises InputError, a reason without a file, for a line that is none."""
    if line is None:
        raise InputError(f"over {LONGEST // 1_000_000} million bytes in one line, too long for one article; split it")
    try:
        found = READER.decode(line.removeprefix(codecs.BOM_UTF8).decode())
    except InputError:
        raise
    except RecursionError:
        raise InputError(f"nested over {values.DEEPEST} deep; flatten it, or leave it out") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        found = None
    except ValueError:  # Python reads no longer ones
        raise InputError("a whole number of some thousand digits; write it as a text") from None
    if not isinstance(found, dict):
        raise InputError("not a JSON object in UTF-8; fix the line")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise InputError(f"two values for {twice[:40]!r} in one object; keep one of them")
    return found


READER = json.JSONDecoder(object_pairs_hook=_once)


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
    about: dict[str, object] = {}
    name, wrong = json_lines.identifier(name), None
    if name is None:
        wrong = f"no id (a text or a whole number) in {id_column!r}; give one, or name another with --id-column"
    elif len(name) > LONGEST_ID:
        name, wrong = None, f"an id of over {LONGEST_ID:,} characters; give a shorter one"
    elif not isinstance(text, str) or not text.strip():
        wrong = f"no text in {text_column!r}; give it, or name another column with --text-column"
    elif len(text) > MOST:
        wrong = f"over {MOST:,} characters, too long for one article; split it"
    else:
        try:
            about = carried(rest)
        except InputError as e:
            wrong = str(e)
    name = name and invisible.writable(name)
    if wrong:
        return Record(source, place, name, wrong=wrong, read_to=read_to)
    return Record(source, place, name, text, about, read_to=read_to)


def named(columns: tuple[str, ...] | list[str]) -> str:
    """Names of columns for an error: the first twenty, and how many more there are."""
    more = f" and {len(columns) - 20:,} more" if len(columns) > 20 else ""
    return (", ".join(repr(invisible.writable(name[:40])) for name in columns[:20]) or "none") + more


def _unpacked(stored: BinaryIO, path: str) -> io.BufferedReader:
    """The bytes of the lines. What a file begins with counts, and only then its ending: both are often wrong."""
    plain = io.BufferedReader(stored, 1 << 16)  # some file systems' own reading of lines knows no bound
    head = plain.peek(4)
    if head.startswith((GZIP, ZSTD)):
        how = "gz" if head.startswith(GZIP) else "zst"
    else:
        plainly = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"["))
        how = "" if plainly else path.lower().rpartition(".")[2]
    if how == "gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=plain))
    if how in ("zst", "zstd"):
        return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd"), 1 << 16)
    return plain
