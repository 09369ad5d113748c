"""Reads JSON Lines with one article per line: for a corpus (plain, gzip or zstd) and for commands on single articles.

A line that is far too long is skipped without being kept in memory.
"""

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.inputs import input_articles, json_values
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.loading import Loaders, refused
from helpers.text import articles, encodings, invisible, publication, refused_formats
from helpers.text.articles import Article

if TYPE_CHECKING:  # commands on single articles need only local files
    from helpers.inputs.listing import File

LONGEST_ALONE = (
    8 * encodings.ARTICLE_BYTES
)  # bytes of a line, for commands on single articles: six per letter, and other columns
# What lines and records say of articles, as sidecars do; the last three are Telegram's.
TEXTS = ("outlet", "title", "author", "url", "forwarded_from", "edited", "reply_to_message_id")
HEAD = 4096  # bytes from which a file that is not text is recognised
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"  # first bytes of compressed files; JSON never begins with them
Counted = tuple[int, int, int, int | None]  # where an article is found again (at, line, passed), and its length
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\0", b"\0{", b"\0\0")


def numbered(file: BinaryIO | io.BufferedReader, longest: int, before: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """(number, line) of all lines that are not blank; None instead of a line of `longest` bytes or more.

    before    lines before the first one, which is line 1 if there are none
    """
    for number, (line, _) in enumerate(_lines(file, longest), before + 1):
        if line is None or line.strip():
            yield number, line


def _lines(file: BinaryIO | io.BufferedReader, longest: int) -> Iterator[tuple[bytes | None, int]]:
    """(line, its bytes with its end) of all lines; None instead of one of `longest` bytes or more, which is never held."""
    while line := file.readline(longest):
        length = len(line)
        if length == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                length += len(rest)
            yield None, length + len(rest)
        else:
            yield line, length


def loaders(path: Path, options: Options) -> Loaders:
    """A loader for the article of each line, as in `arguments.loaders`."""
    try:
        regular_files.check(path)
        with path.open("rb") as file:
            yield from loaders_of(file, path, options)
    except InputError as e:
        yield path, partial(refused, str(e))
    except OSError as e:
        yield path, partial(refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")


def loaders_of(file: io.BufferedReader, path: Path, options: Options) -> Loaders:
    """A loader for the article of each line of an open file, as the lines come.

    path      the name of the file in errors
    Raises    InputError, one line, for what is no text; OSError.
    """
    refused_formats.refuse(file.peek(HEAD), path)
    for number, line in numbered(file, LONGEST_ALONE):
        place = f"{path}: line {number}"
        if line is None:
            yield place, partial(refused, f"{place}: over {LONGEST_ALONE // 1_000_000} MB long; split it")
        else:
            yield place, partial(_from_line, path, number, line, options)


def _from_line(path: Path, number: int, line: bytes, options: Options) -> Article:
    try:
        found = _object(line)
        given, text = found.get(options.id_column), found.get(options.text_column)
        name = input_articles.identifier(given)
        if name is None or not isinstance(text, str):
            named = f"{options.id_column} (a text or a whole number) and {options.text_column}"
            raise InputError(f"not a JSON object with {named}; fix the line")
        known, doubts = about(found)
        article = articles.from_text(text, articles.slug(name), path, known, cast(str | int, given), doubts)
        return article if options.any_language else articles.in_arabic(article)
    except InputError as e:
        raise InputError(f"{path}: line {number}: {str(e).removeprefix(f'{path}: ')}") from None


def about(found: Mapping[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a line says of its article, as a sidecar would (`metadata`), and what makes its date doubtful."""
    texts = {key: value for key in TEXTS if isinstance(value := found.get(key), str)}
    known = {key: clean for key, value in texts.items() if (clean := invisible.writable(value).strip())}
    value = next((value for key in ("date", "published") if (value := found.get(key)) not in (None, "")), None)
    day, doubt = publication.known(value) if value is not None else ({}, None)
    return known | day, (doubt,) if doubt else ()


def articles_in(file: "File", options: Options) -> Iterator[InputArticle]:
    """One article per line that is not blank; in one that cannot be read, `wrong` says why."""
    return articles_from(file, options)


def articles_from(
    file: "File", options: Options, at: int = 0, line: int = 0, passed: int = 0
) -> Iterator[InputArticle]:
    """The articles of a file from a place in it, as `counted` gives it. What is before them is not parsed.

    at        the byte of a plain file where a line begins
    line      the number of lines before that byte
    passed    articles behind it that are passed over
    """
    number = line
    place, wrong = input_articles.WHOLE, ""
    try:
        with file.open() as stored:
            lines = _from(stored, at) if at else _unpacked(stored, file.path)
            if not at and lines.peek(2).startswith(WIDE):
                wrong = "not UTF-8, but UTF-16 or no text at all; save it as UTF-8"
            else:
                for number, found in numbered(lines, input_articles.LONGEST_LINE, line):
                    if passed:
                        passed -= 1
                        continue
                    yield _article(file.name, f"line {number}", found, options)
    except (FileNotFoundError, PermissionError) as e:
        wrong = input_articles.unreadable(e)
    except (OSError, EOFError, zlib.error) as e:
        place = f"after line {number}"
        wrong = (
            f"the file breaks off or is damaged {place} ({input_articles.said_by(e)}); what follows there was not read"
        )
    if wrong:
        yield InputArticle(file.name, place, None, wrong=wrong)


def counted(file: "File", options: Options, begin: int = 0, end: int | None = None) -> Iterator[Counted]:
    """Where each line is found again, and its bytes; nothing is parsed.

    begin, end   the bytes of a plain file in which the lines begin; by default those of the whole file, plain or packed
    Yields       (at, line, passed) as `articles_from` takes them, and the bytes of the line; None for them if it is blank.
                 Lines are counted from `begin`.
    Raises       OSError, EOFError, zlib.error: the file is damaged behind the last line.
    """
    with file.open() as stored:
        lines = _from(stored, begin - 1) if begin else _unpacked(stored, file.path)
        plain = bool(begin) or _reads(lines, stored)
        at, passed = begin, 0
        if begin:  # a line that begins before this byte belongs to what is before it
            at += next((length for _, length in _lines(lines, input_articles.LONGEST_LINE)), 1) - 1
        for number, (found, length) in enumerate(_lines(lines, input_articles.LONGEST_LINE)):
            if end is not None and at >= end:
                return
            there = found is None or bool(found.strip())
            yield (at, number, 0, length if there else None) if plain else (0, 0, passed, length if there else None)
            at, passed = at + length, passed + there


def is_plain(file: "File") -> bool:
    """Whether a file is not packed, so that it can be read from any line. A file that cannot be opened is not."""
    try:
        with file.open() as stored:
            return _reads(_unpacked(stored, file.path), stored)
    except Exception:  # what is wrong with it is said when it is read
        return False


def _reads(lines: io.BufferedReader, stored: object) -> bool:
    """Whether these lines are those of the file as it is stored."""
    return lines.raw is stored


def _from(stored: BinaryIO, at: int) -> io.BufferedReader:
    """A plain file from a byte on."""
    stored.seek(at)
    return io.BufferedReader(cast(Any, stored), 1 << 16)


def _article(source: str, place: str, line: bytes | None, options: Options) -> InputArticle:
    try:
        found = _object(line)
    except InputError as e:
        return InputArticle(source, place, None, wrong=str(e))
    made = input_articles.from_columns(found, options, source, place)
    if made.wrong and options.text_column not in found:
        return replace(made, wrong=f"{made.wrong}; {input_articles.columns_there(found)}")
    return made


def _object(line: bytes | None) -> dict[str, Any]:
    """The JSON object in a line. Raises InputError, a reason without a file, for any other line."""
    if line is None:
        wrong = f"over {input_articles.LONGEST_LINE // 1_000_000} million bytes in one line, too long for one article; split it"
        raise InputError(wrong)
    try:
        found = READER.decode(line.removeprefix(codecs.BOM_UTF8).decode())
    except InputError:
        raise
    except RecursionError:
        raise InputError(json_values.too_deep()) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        found = None
    except ValueError:  # a number longer than Python accepts
        raise InputError("a whole number of some thousand digits; write it as a text") from None
    if not isinstance(found, dict):
        raise InputError("not a JSON object in UTF-8; fix the line")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = input_articles.twice(name for name, _ in pairs)
        raise InputError(f"two values for {twice!r} in one object; keep one of them")
    return found


READER = json.JSONDecoder(object_pairs_hook=_once)


def _unpacked(stored: BinaryIO, path: str) -> io.BufferedReader:
    """The decompressed bytes of a file. Its first bytes decide, then its extension, which is often wrong."""
    plain: io.BufferedReader = io.BufferedReader(
        cast(Any, stored), 1 << 16
    )  # some file systems read lines of any length
    head = plain.peek(4)
    if head.startswith((GZIP, ZSTD)):
        how = "gz" if head.startswith(GZIP) else "zst"
    else:
        plainly = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"["))
        how = "" if plainly else path.lower().rpartition(".")[2]
    if how == "gz":
        return io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=plain)))
    if how in ("zst", "zstd"):
        import pyarrow as pa  # needed only for compressed files

        return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd"), 1 << 16)
    return plain
