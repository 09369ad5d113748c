"""JSON Lines, an article a line: for a corpus plain, gzip or zstd, and for commands that take articles one by one.

A line that is far too long is passed over without being held.
"""

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from helpers.files.errors import InputError
from helpers.files.regular import regular
from helpers.inputs import input_articles, json_values
from helpers.inputs.arguments import Loader, refused
from helpers.inputs.input_articles import InputArticle, Options
from helpers.text import articles, encodings, publication, refused_formats
from helpers.text.articles import Article

if TYPE_CHECKING:  # commands that take articles one by one need no other file systems
    from helpers.inputs.listing import File

LONGEST_ALONE = (
    8 * encodings.ARTICLE_BYTES
)  # bytes of a line whose article is read by itself: six a letter, and other columns
HEAD = 4096  # bytes by which a file that is not text is recognised
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"  # what they begin with; no JSON does
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\0", b"\0{", b"\0\0")


def numbered(file: BinaryIO | io.BufferedReader, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that hold anything, with their numbers from 1; None for one of so many bytes or more."""
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def loaders(path: Path, arabic_only: bool) -> Iterator[tuple[Path | str, Loader]]:
    """What loads the article of each line, as `arguments.loaders` gives it."""
    try:
        regular(path)
        with path.open("rb") as file:
            refused_formats.refuse(file.read(HEAD), path)
            file.seek(0)
            for number, line in numbered(file, LONGEST_ALONE):
                place = f"{path}: line {number}"
                if line is None:
                    yield place, partial(refused, f"{place}: over {LONGEST_ALONE // 1_000_000} MB long; split it")
                else:
                    yield place, partial(_from_line, path, number, line, arabic_only)
    except InputError as e:
        yield path, partial(refused, str(e))
    except OSError as e:
        yield path, partial(refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")


def _from_line(path: Path, number: int, line: bytes, arabic_only: bool) -> Article:
    try:
        found = _object(line)
        given, text = found.get("id"), found.get("text")
        name = input_articles.identifier(given)
        if name is None or not isinstance(text, str):
            raise InputError("not a JSON object with id (a text or a whole number) and text; fix the line")
        about, doubt = _about(found)
        article = articles.from_text(text, articles.slug(name), path, about, given, (doubt,) if doubt else ())
        return articles.in_arabic(article) if arabic_only else article
    except InputError as e:
        raise InputError(f"{path}: line {number}: {str(e).removeprefix(f'{path}: ')}") from None


def _about(found: dict[str, Any]) -> tuple[dict[str, str], str | None]:
    """When the article of a line was published, as a sidecar has it, and what makes that doubtful."""
    value = next((value for key in ("date", "published") if (value := found.get(key)) not in (None, "")), None)
    return publication.known(value) if value is not None else ({}, None)


def articles_in(file: "File", before: int, options: Options) -> Iterator[InputArticle]:
    """One article a line that holds anything. What cannot be read is one that says why.

    before    bytes of the input that were read before this file
    """
    number = 0
    place, wrong = input_articles.WHOLE, ""
    try:
        with file.open() as stored:
            unpacked = _unpacked(stored, file.path)
            if unpacked.peek(2).startswith(WIDE):
                wrong = "not UTF-8, but UTF-16 or no text at all; save it as UTF-8"
            else:
                for number, line in numbered(unpacked, input_articles.LONGEST_LINE):
                    read_to = before + min(stored.tell(), file.size)
                    yield _article(file.name, f"line {number}", line, options, read_to)
    except (FileNotFoundError, PermissionError) as e:
        wrong = input_articles.unreadable(e)
    except (OSError, EOFError, zlib.error) as e:
        place = f"after line {number}"
        wrong = (
            f"the file breaks off or is damaged {place} ({input_articles.said_by(e)}); what follows there was not read"
        )
    if wrong:
        yield InputArticle(file.name, place, None, wrong=wrong, read_to=before + file.size)


def _article(source: str, place: str, line: bytes | None, options: Options, read_to: int) -> InputArticle:
    try:
        found = _object(line)
    except InputError as e:
        return InputArticle(source, place, None, wrong=str(e), read_to=read_to)
    made = input_articles.from_columns(found, options, source, place, read_to)
    if made.wrong and options.text_column not in found:
        return replace(made, wrong=f"{made.wrong}; {input_articles.columns_there(found)}")
    return made


def _object(line: bytes | None) -> dict[str, Any]:
    """The object in a line. Raises InputError, a reason without a file, for a line that is none."""
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
    except ValueError:  # Python reads no longer ones
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
    """The bytes of the lines. What a file begins with counts, and only then its ending: both are often wrong."""
    plain: io.BufferedReader = io.BufferedReader(
        cast(Any, stored), 1 << 16
    )  # some file systems' own lines know no bound
    head = plain.peek(4)
    if head.startswith((GZIP, ZSTD)):
        how = "gz" if head.startswith(GZIP) else "zst"
    else:
        plainly = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"["))
        how = "" if plainly else path.lower().rpartition(".")[2]
    if how == "gz":
        return io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=plain)))
    if how in ("zst", "zstd"):
        import pyarrow as pa  # for packed lines alone

        return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd"), 1 << 16)
    return plain
