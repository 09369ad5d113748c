"""Input articles of a corpus, on their way to a worker, made from the columns of a line or a row."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.files.errors import InputError
from helpers.inputs import json_values
from helpers.text import invisible, publication

LONGEST_TEXT = 1_000_000  # characters of one article: about two novels
LONGEST_LINE = 8 * LONGEST_TEXT  # bytes of a line or a row: six for a letter written as \uXXXX, and other columns
LONGEST_ID = 4_096  # characters: a path can be an id, and an id is in every row of the tables
COLUMNS_NAMED = 20  # most columns that an error lists
ABOUT = ("outlet", "date", "url", "title", "author")  # metadata with columns of their own
OTHER_NAMES = {"published": "date"}
WHOLE = "the whole file"  # the place of an error that concerns a whole file


@dataclass(frozen=True)
class Options:
    """A user's options for the input. A run can only be continued with the same ones (see `corpus.results_folder`).

    id_column, text_column   names of the columns of id and text in JSON Lines, tables and Parquet
    encoding        of text files and pages, if it should not be detected from their bytes
    any_language    accept text that is mostly not Arabic
    size            most articles of a partition
    json_lines      standard input is JSON Lines, whatever it begins with
    allow_private   addresses inside a private network, or of this machine, are fetched too
    private         pass on the names of persons in the export of a private chat
    """

    id_column: str = "id"
    text_column: str = "text"
    encoding: str | None = None
    any_language: bool = False
    size: int = 500
    json_lines: bool = False
    allow_private: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class InputArticle:
    """One input article; if it cannot be read, `wrong` says why.

    text       the text, or the bytes of a file, which the worker decodes
    about      other columns to be passed on, by name
    """

    source: str
    place: str
    article_id: str | None
    text: str | bytes = ""
    about: dict[str, object] = field(default_factory=dict)
    wrong: str | None = None


def from_columns(found: dict[str, object], options: Options, source: str, place: str) -> InputArticle:
    """An article from the values of a line or a row, by column."""
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
        return InputArticle(source, place, name, wrong=wrong)
    return InputArticle(source, place, name, text, about)


def too_long() -> str:
    """The reason for refusing a text that is too long."""
    return f"over {LONGEST_TEXT:,} characters, too long for one article; split it"


def identifier(value: object) -> str | None:
    """An id as text, from a non-blank text or an integer; None for any other value (true, 1.5, null).

    >>> identifier("a"), identifier(7), identifier(True), identifier(7.0), identifier(" ")
    ('a', '7', None, None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def each_once(found: Iterable[InputArticle]) -> Iterator[InputArticle]:
    """The articles; those with a repeated id are marked as wrong.

    A hash of 16 bytes is kept of each id, as the tables will show it: about 100 bytes of memory per article.
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
    """The other columns, renamed as in the tables (`published` becomes `date`), without empty ones.

    Raises    InputError, a reason without a file, that names a column with a value that cannot be passed on.
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
    """The names of the columns for an error: the first twenty, and the number of the others."""
    left = len(columns) - COLUMNS_NAMED
    names = [repr(invisible.writable(name[:40])) for name in list(columns)[:COLUMNS_NAMED]]
    return f"the columns are: {', '.join(names) or 'none'}{f' and {left:,} more' if left > 0 else ''}"


def twice(names: Iterable[str]) -> str | None:
    """The first name that occurs more than once, as shown in errors; None if there is none."""
    return next((name[:40] for name, times in Counter(names).items() if times > 1), None)


def unreadable(error: OSError) -> str:
    """Why a file that existed when the run began could not be read."""
    if isinstance(error, FileNotFoundError):
        return "cannot be read: it existed when the run began, and no longer does"
    advice = "; check its permissions" if isinstance(error, PermissionError) else ""
    return f"cannot be read ({error.strerror or said_by(error)}){advice}"


def said_by(error: Exception) -> str:
    """The message of a library's error, in one line of limited length."""
    return invisible.writable(" ".join(str(error).split())[:200]) or type(error).__name__
