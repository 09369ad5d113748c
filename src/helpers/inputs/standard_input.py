"""Articles on standard input: a text or a page, or JSON Lines with one article per line.

What it is follows from its first bytes, unless the user says that it is JSON Lines. A text has no name, so that its id is
made from its content: the same text has the same id.
"""

import codecs
import filecmp
import hashlib
import io
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.inputs import json_lines
from helpers.inputs.input_articles import Options
from helpers.inputs.loading import Loaders
from helpers.text import articles, encodings, input_formats
from helpers.text.articles import Article

SHOWN = Path("standard input")  # how messages name it
HEAD = 65_536  # bytes by which its format is detected


def loaders(file: io.BufferedReader, options: Options, say: Callable[[str], object]) -> Loaders:
    """(what it is, loader) of each article on standard input, as `arguments.loaders` yields them; lines as they come.

    say    is called with the format, if it was detected
    """
    begins = file.peek(HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    if options.json_lines or begins.startswith(b"{"):
        if not options.json_lines:
            say(f"{SHOWN}: read as JSON Lines, one article per line, as its first bytes say")
        yield from json_lines.loaders_of(file, SHOWN, options)
        return
    raw = file.read(encodings.ARTICLE_BYTES + 1)
    document, page = input_formats.is_document(SHOWN, raw), input_formats.is_page(SHOWN, raw)
    kind = "a document" if document else "a web page" if page else "one text"
    say(f"{SHOWN}: read as {kind}, as its first bytes say")
    yield SHOWN, partial(_article, raw, options)


def kept(file: io.BufferedReader, out: Path, lines: bool) -> Path:
    """Standard input as a file beside a folder of results, for a command that reads its input more than once.

    out       the folder; the file is named after it
    lines     it is JSON Lines, whatever it begins with
    Returns   its path. Where the same bytes were kept before, that file stays as it is, so that a run can go on with it.
    Raises    OSError.
    """
    begins = file.peek(HEAD)
    text = begins.removeprefix(codecs.BOM_UTF8).lstrip()
    ending = ".jsonl" if lines or text.startswith(b"{") else ".html" if input_formats.is_page(SHOWN, begins) else ".txt"
    path = out.with_name(f"{out.name}.standard-input{ending}")
    with atomic.written_whole(path) as beside:
        with beside.open("wb") as to:
            shutil.copyfileobj(file, to)
        if path.is_file() and filecmp.cmp(beside, path, shallow=False):
            shutil.copystat(path, beside)
    return path


def _article(raw: bytes, options: Options) -> Article:
    if len(raw) > encodings.ARTICLE_BYTES:
        most = encodings.ARTICLE_BYTES // 1_000_000
        raise InputError(f"{SHOWN}: over {most} MB, too long for one article; give many articles as JSON Lines")
    text, about, warnings = articles.received_text(raw, SHOWN, options.encoding)
    name = f"standard-input-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
    about["received"] = ", ".join(filter(None, (about.get("received"), "from standard input")))
    warnings += tuple(about.pop("warning", "").splitlines())
    article = articles.from_text(text, name, SHOWN, about, given_id=name, warnings=warnings)
    return article if options.any_language else articles.in_arabic(article)
