"""Articles on standard input, of any format that a file may have (`detection` says which).

A text has no name, so that its id is made from its content: the same text has the same id.
"""

import filecmp
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.inputs import detection, json_lines, records
from helpers.inputs.input_articles import Options
from helpers.inputs.loading import Loaders, refused
from helpers.text import articles, input_formats
from helpers.text.articles import Article

SHOWN = Path("standard input")  # how messages name it
MOST = 1_000_000_000  # bytes of a table, of which a copy is made, since it is read more than once
PART = 1 << 20
SAID = {
    detection.LINES: "read as JSON Lines, one article per line, as its first bytes say",
    detection.JSON: "read as JSON, one article per object or message, as its first bytes say",
    detection.WORKBOOK: "read as an Excel workbook, one article per row, as its first bytes say",
    detection.WORD: "read as a document, as its first bytes say",
    detection.PDF: "read as a document, as its first bytes say",
    detection.PAGE: "read as a web page, as its first bytes say",
    detection.ARCHIVE: "read as a web page, as its first bytes say",
    detection.TABLE: "read as a table, one article per row, as its header or the columns named say",
    detection.TEXT: "read as one text, as its first bytes say",
}


def loaders(file: io.BufferedReader, options: Options, say: Callable[[str], object]) -> Loaders:
    """(what it is, loader) of each article on standard input, as `arguments.loaders` yields them; lines as they come.

    say    is called with the format, if it was detected, and with what of it is left out, a line each
    """
    try:
        ending, whole = detection.detected(file, options, SHOWN)
    except InputError as e:
        yield SHOWN, partial(refused, str(e))
        return
    if ending in SAID and not (ending == detection.LINES and options.json_lines):
        say(f"{SHOWN}: {SAID[ending]}")
    if ending == detection.LINES:
        yield from json_lines.loaders_of(whole, SHOWN, options)
    elif ending == detection.JSON:
        from helpers.inputs import json_files

        yield from records.loaders_of(
            whole, SHOWN, options, lambda stored, path, options: json_files.read(stored, path, options, say)
        )
    elif ending in (detection.TABLE, detection.WORKBOOK):
        wanted = input_formats.of(Path(f"_{ending}"))
        reader = import_module(f"helpers.inputs.{wanted.reader}" if wanted else "")
        with tempfile.TemporaryFile() as copy:
            try:
                _copied(whole, copy)
            except InputError as e:
                yield SHOWN, partial(refused, str(e))
                return
            yield from records.loaders_of(copy, SHOWN, options, reader.read)
    else:
        most = articles.largest(Path(f"_{ending}"))
        yield SHOWN, partial(_article, whole.read(most + 1), most, ending, options)


def _copied(file: BinaryIO, to: BinaryIO) -> None:
    """Copy a table to a file, which is left at its beginning. Raises InputError for one that is too long."""
    left = MOST
    while part := file.read(PART):
        left -= len(part)
        if left < 0:
            raise InputError(f"{SHOWN}: a table of over {MOST // 1_000_000_000} GB; save it to a file, and name that")
        to.write(part)
    to.seek(0)


def kept(file: io.BufferedReader, out: Path, options: Options) -> Path:
    """Standard input as a file beside a folder of results, for a command that reads its input more than once.

    out       the folder; the file is named after it, and after the format that was detected
    Returns   its path. Where the same bytes were kept before, that file stays as it is, so that a run can go on with it.
    Raises    OSError; InputError, one line, as `detection.detected`.
    """
    ending, whole = detection.detected(file, options, SHOWN)
    path = out.with_name(f"{out.name}.standard-input{ending}")
    with atomic.written_whole(path) as beside:
        with beside.open("wb") as to:
            shutil.copyfileobj(whole, to)
        if path.is_file() and filecmp.cmp(beside, path, shallow=False):
            shutil.copystat(path, beside)
    return path


def _article(raw: bytes, most: int, ending: str, options: Options) -> Article:
    if len(raw) > most:
        said = f"over {most // 1_000_000} MB, too long for one article"
        raise InputError(f"{SHOWN}: {said}; give many articles as JSON Lines")
    archive = ending == detection.ARCHIVE
    text, about, warnings = articles.received_text(
        raw, Path(f"{SHOWN}{ending}") if archive else SHOWN, options.encoding
    )
    name = f"standard-input-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
    about["received"] = ", ".join(filter(None, (about.get("received"), "from standard input")))
    warnings += tuple(about.pop("warning", "").splitlines())
    article = articles.from_text(text, name, SHOWN, about, given_id=name, warnings=warnings)
    return article if options.any_language else articles.in_arabic(article)
