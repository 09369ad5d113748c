"""Reads .json files: a list of objects, an object an article, and what Telegram Desktop exports of a chat.

Which of them it is follows from the file itself: Telegram's has the keys name, type, id and messages.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from helpers.files.errors import InputError
from helpers.inputs import input_articles, records, telegram
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.json_stream import Stream
from helpers.inputs.loading import Loaders
from helpers.inputs.records import Record

if TYPE_CHECKING:  # commands on single articles need only local files
    from helpers.inputs.listing import File


def loaders(path: Path, options: Options, say: Callable[[str], object] = lambda line: None) -> Loaders:
    """A loader for the article of each object or message, as in `arguments.loaders`.

    say    is called, at the end of a file, with what of it was left out
    """
    return records.loaders(path, options, lambda file, path, options: read(file, path, options, say))


def articles_in(
    file: "File", options: Options, say: Callable[[str], object] = lambda line: None
) -> Iterator[InputArticle]:
    """The article of each object or message, for a corpus, as in `records.articles_in`."""
    return records.articles_in(file, options, lambda stored, path, options: read(stored, Path(file.name), options, say))


def read(file: BinaryIO, path: Path, options: Options, say: Callable[[str], object]) -> Iterator[Record]:
    """A record for each object of a list, or each message of a chat with text.

    Raises    InputError, one line, for any other JSON, and for what is none.
    """
    stored = records.peeked(file)
    records.no_other_format(stored, path)
    stream = Stream(stored, path)
    try:
        begins = stream.next()
        if begins == "[":
            for number, each in enumerate(stream.elements(), 1):
                yield _record(number, each, options, path)
        elif begins == "{":
            yield from telegram.messages(stream, path, options, say)
        else:
            raise InputError(f"{path}: not JSON; give a list of objects, or name the file by what it is")
    finally:
        stream.detach()


def _record(number: int, found: object, options: Options, path: Path) -> Record:
    place = f"object {number}"
    if isinstance(found, dict):
        if options.text_column not in found:
            there = input_articles.columns_there(found)
            return Record(place, wrong=f"no text in {options.text_column!r}; name another with --text-column; {there}")
        return Record(place, found)
    if number == 1:
        raise InputError(
            f"{path}: a list of {_called(found)}, not of objects; give objects with {options.id_column!r} and {options.text_column!r}"
        )
    return Record(place, wrong=f"{_called(found)}, not an object; give objects only")


def _called(found: object) -> str:
    names = {str: "texts", list: "lists", bool: "truth values", type(None): "nothing"}
    return names.get(type(found), "numbers")
