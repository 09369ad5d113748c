"""Articles of files that hold many, each a record of named values, for commands on single articles and for a corpus."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from msgspec import Struct

from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.inputs import input_articles, json_lines
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.loading import Loaders, refused
from helpers.text import articles, refused_formats
from helpers.text.articles import Article

if TYPE_CHECKING:  # commands on single articles need only local files
    from helpers.inputs.listing import File


class Record(Struct, frozen=True):
    """A record of a file: where it is in it, and its values by name, or why it cannot be read.

    said    how it was received (`received`) and doubts about it (`warning`, a line each), where there is something to say
    """

    place: str
    values: dict[str, object] = {}
    wrong: str | None = None
    said: dict[str, str] = {}


Read = Callable[[BinaryIO, Path, Options], Iterator[Record]]  # raises InputError that begins with the path, and OSError


def loaders(path: Path, options: Options, read: Read) -> Loaders:
    """A loader for the article of each record, as in `arguments.loaders`."""
    try:
        regular_files.check(path)
        with path.open("rb") as file:
            yield from loaders_of(file, path, options, read)
    except InputError as e:
        yield path, partial(refused, str(e))
    except OSError as e:
        yield path, partial(refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")


def loaders_of(file: BinaryIO, path: Path, options: Options, read: Read) -> Loaders:
    """A loader for the article of each record of an open file.

    path      the name of the file in errors
    """
    try:
        for record in read(file, path, options):
            yield f"{path}: {record.place}", partial(_loaded, path, record, options)
    except InputError as e:
        yield path, partial(refused, str(e))


def _loaded(path: Path, record: Record, options: Options) -> Article:
    place = f"{path}: {record.place}"
    try:
        if record.wrong is not None:
            raise InputError(record.wrong)
        given, text = record.values.get(options.id_column), record.values.get(options.text_column)
        name = input_articles.identifier(given)
        made = input_articles.from_columns(record.values, options, "", record.place)
        if name is None or not isinstance(text, str) or not text.strip():
            raise InputError(made.wrong or "no article")
        known, doubts = json_lines.about(record.values)
        known |= {"received": how} if (how := record.said.get("received")) else {}
        doubts = (*record.said.get("warning", "").splitlines(), *doubts)
        article = articles.from_text(text, articles.slug(name), path, known, cast(str | int, given), doubts)
        return article if options.any_language else articles.in_arabic(article)
    except InputError as e:
        raise InputError(f"{place}: {str(e).removeprefix(f'{path}: ')}") from None


def articles_in(file: "File", options: Options, read: Read) -> Iterator[InputArticle]:
    """The article of each record, for a corpus; in one that cannot be read, `wrong` says so."""
    path, last, wrong = Path(file.path), "", ""
    try:
        with file.open() as stored:
            for record in read(stored, path, options):
                last = record.place
                yield _article(file.name, record, options)
    except InputError as e:
        wrong = str(e).removeprefix(f"{path}: ")
    except (FileNotFoundError, PermissionError) as e:
        wrong = input_articles.unreadable(e)
    except OSError as e:
        wrong = f"the file breaks off or is damaged ({input_articles.said_by(e)}); what follows was not read"
    if wrong:
        place = f"after {last}" if last else input_articles.WHOLE
        yield InputArticle(file.name, place, None, wrong=wrong)


def _article(source: str, record: Record, options: Options) -> InputArticle:
    if record.wrong is not None:
        return InputArticle(source, record.place, None, wrong=record.wrong)
    made = input_articles.from_columns(record.values, options, source, record.place)
    return replace(made, about={**made.about, **record.said}) if made.wrong is None else made


def peeked(stored: BinaryIO) -> BufferedReader:
    """A file with a buffer, so that its first bytes can be looked at."""
    return stored if isinstance(stored, BufferedReader) else BufferedReader(cast(Any, stored), 1 << 16)


def no_other_format(stored: BufferedReader, path: Path) -> None:
    """Raises InputError for what is no text at all, as its first bytes say."""
    refused_formats.refuse(stored.peek(json_lines.HEAD), path)
