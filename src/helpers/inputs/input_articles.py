"""An input article on its way to a worker of a corpus: made of the columns of a line or a row, by one rule."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.files.errors import InputError
from helpers.inputs import json_values
from helpers.text import invisible, publication

LONGEST_TEXT = 1_000_000  # characters of one article: two novels
LONGEST_LINE = 8 * LONGEST_TEXT  # bytes of a line or a row: six for a letter that is written \uXXXX, and other columns
LONGEST_ID = 4_096  # characters: an id stands in each row of the tables, and a path is one
COLUMNS_NAMED = 20  # in an error
ABOUT = ("outlet", "date", "url", "title", "author")  # what is known of an article and has a column of its own
OTHER_NAMES = {"published": "date"}
WHOLE = "the whole file"  # the place of what a file has against it as a whole


@dataclass(frozen=True)
class Options:
    """What a user says of the input. All of it is part of what a run is (see `corpus.results_folder`).

    id_column, text_column   in JSON Lines and Parquet
    encoding        of text files and pages, where it should not be detected from their bytes
    any_language    go on with text that is mostly not Arabic
    size            articles of a partition
    """

    id_column: str = "id"
    text_column: str = "text"
    encoding: str | None = None
    any_language: bool = False
    size: int = 500


@dataclass(frozen=True, slots=True)
class InputArticle:
    """One input article, or what stands in its place and cannot be read: then `wrong` says why.

    text       the text, or the bytes of a file that the worker is to decode
    about      columns that are carried along, by their names
    read_to    bytes of the whole input that were read when it came, for the progress bar
    """

    source: str
    place: str
    article_id: str | None
    text: str | bytes = ""
    about: dict[str, object] = field(default_factory=dict)
    wrong: str | None = None
    read_to: int = 0


def from_columns(found: dict[str, object], options: Options, source: str, place: str, read_to: int) -> InputArticle:
    """An article out of named values, whether they came from a line or a row."""
    rest = dict(found)
    name, text = identifier(rest.pop(options.id_column, None)), rest.pop(options.text_column, None)
    about: dict[str, object] = {}
    wrong = None
    if name is None:
        wrong = f"no id (a text or a whole number) in {options.id_column!r}; give one, or name another with --id-column"
    elif len(name) > LONGEST_ID:
        name, wrong = None, f"an id of over {LONGEST_ID:,} characters; give a shorter one"
    elif not isinstance(text, str) or not text.strip():
        wrong = f"no text in {options.text_column!r}; give it, or name another column with --text-column"
    elif len(text) > LONGEST_TEXT:
        wrong = too_long()
    else:
        try:
            about = carried(rest)
        except InputError as e:
            wrong = str(e)
    name = name and invisible.writable(name)
    if wrong or not isinstance(text, str):
        return InputArticle(source, place, name, wrong=wrong, read_to=read_to)
    return InputArticle(source, place, name, text, about, read_to=read_to)


def too_long() -> str:
    """What is wrong with a text that is longer than one article may be."""
    return f"over {LONGEST_TEXT:,} characters, too long for one article; split it"


def identifier(value: object) -> str | None:
    """An id as text: of a text that is not blank, and of a whole number; None for all else (true, 1.5, nothing).

    >>> identifier("a"), identifier(7), identifier(True), identifier(7.0), identifier(" ")
    ('a', '7', None, None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def each_once(found: Iterable[InputArticle]) -> Iterator[InputArticle]:
    """The articles, of which those whose id came before are marked as wrong.

    Of each id, as the tables will show it, sixteen bytes are kept: 100 bytes an article in all, on the machine that reads.
    """
    before: set[bytes] = set()
    for each in found:
        if each.wrong is None:
            digest = hashlib.blake2b((each.article_id or "").encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if digest in before:
                yield replace(each, text="", wrong="its id is that of an earlier article; give each its own")
                continue
            before.add(digest)
        yield each


def carried(columns: Mapping[str, object]) -> dict[str, object]:
    """Other columns by our names, without the empty ones: `published` is `date`.

    Raises    InputError, a reason without a file, that names a column with a value that cannot be carried.
    """
    found: dict[str, object] = {}
    for name, value in columns.items():
        if value is not None and value != "":
            try:
                found.setdefault(invisible.writable(OTHER_NAMES.get(name, name)), json_values.plain(value))
            except InputError as e:
                raise InputError(f"column {invisible.writable(name[:40])!r}: {e}") from None
    return found


def with_day(about: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """What is carried along with its `date` as a day, and what makes it doubtful.

    Of a month or a year the first and the last day are carried too (`published_earliest`, `published_latest`); what cannot
    be read stays as it came.
    """
    if "date" not in about:
        return dict(about), None
    read, doubt = publication.known(about["date"])
    day = read.pop("published", None)
    return {**read, **about, **({"date": day} if day else {})}, doubt


def columns_there(columns: Collection[str]) -> str:
    """The names of the columns, for an error: the first twenty, and how many more."""
    left = len(columns) - COLUMNS_NAMED
    names = [repr(invisible.writable(name[:40])) for name in list(columns)[:COLUMNS_NAMED]]
    return f"the columns are: {', '.join(names) or 'none'}{f' and {left:,} more' if left > 0 else ''}"


def twice(names: Iterable[str]) -> str | None:
    """The first of the names that comes more than once, as errors show it."""
    return next((name[:40] for name, times in Counter(names).items() if times > 1), None)


def unreadable(error: OSError) -> str:
    """Why a file could not be read that was there when the run began."""
    if isinstance(error, FileNotFoundError):
        return "cannot be read: it existed when the run began, and no longer does"
    advice = "; check its permissions" if isinstance(error, PermissionError) else ""
    return f"cannot be read ({error.strerror or said_by(error)}){advice}"


def said_by(error: Exception) -> str:
    """What an error of a library says, in one line of bounded length."""
    return invisible.writable(" ".join(str(error).split())[:200]) or type(error).__name__
