"""The articles that the arguments of a command name: text files, saved web pages, folders of them, JSON Lines."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from helpers.files.errors import InputError
from helpers.inputs import json_lines
from helpers.text import articles, encodings, formats, web_pages
from helpers.text.articles import Article

Loader = Callable[[], Article]
SUFFIXES = (".txt", *web_pages.SUFFIXES)
LONGEST = 8 * encodings.MOST  # bytes of a line: six for a letter that is written \uXXXX, and room for other columns
HEAD = 4096  # bytes by which a file that is not text is recognised


class Made:
    """The ids that one call has made something of, so that no second article replaces it.

    what    the thing that is made, as errors call it
    """

    def __init__(self, what: str) -> None:
        self._what, self._of = what, {}

    def once(self, article_id: str, path: Path | str) -> None:
        """Note an id. Raises InputError for one that came before, also in other letter case: Windows and macOS know no difference."""
        if before := self._of.get(article_id.casefold()):
            raise InputError(f"{path}: its {self._what} would replace that of {before}; rename one of the two")
        self._of[article_id.casefold()] = path


def loaders(
    named: Iterable[Path], encoding: str | None, arabic_only: bool, lines: bool = True
) -> Iterator[tuple[Path | str, Loader]]:
    """Each article that is named, in input order: the file or its line, and what loads it or raises InputError in one line.

    What has the ending of an article in a folder and is no file (a pipe, a broken link) is given too, so that it is reported.

    encoding, arabic_only   as `articles.load` takes them; JSON Lines are UTF-8
    lines                   whether JSON Lines are taken, an article a line
    Raises                  InputError, one line, for an encoding that is none
    """
    encodings.usable(encoding)
    for path in named:
        try:
            found = sorted(_inside(path)) if path.is_dir() else None
        except OSError as e:
            yield path, partial(_refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")
            continue
        if found is not None:
            for each in found:
                yield each, partial(articles.load, each, encoding, arabic_only)
            if not found:
                yield path, partial(_refused, f"{path}: no text file or web page is in this folder; name another one")
        elif lines and path.suffix.lower() in formats.JSON_LINES:
            yield from _lines(path, arabic_only)
        else:
            yield path, partial(articles.load, path, encoding, arabic_only)


def _inside(folder: Path) -> Iterator[Path]:
    return (each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES and not each.is_dir())


def _refused(wrong: str) -> Article:
    raise InputError(wrong)


def _lines(path: Path, arabic_only: bool) -> Iterator[tuple[Path | str, Loader]]:
    try:
        encodings.regular(path)
        with path.open("rb") as file:
            formats.refuse(file.read(HEAD), path)
            file.seek(0)
            for number, line in json_lines.lines(file, LONGEST):
                place = f"{path}: line {number}"
                if line is None:
                    yield place, partial(_refused, f"{place}: over {LONGEST // 1_000_000} MB long; split it")
                elif line.strip():
                    yield place, partial(_from_line, path, number, line, arabic_only)
    except InputError as e:
        yield path, partial(_refused, str(e))
    except OSError as e:
        yield path, partial(_refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")


def _from_line(path: Path, number: int, line: bytes, arabic_only: bool) -> Article:
    try:
        found = json.loads(line.decode("utf-8-sig"))
        given, text = found["id"], found["text"]
        name = json_lines.identifier(given)
        if name is None or not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        wrong = f"{path}: line {number}: not a JSON object with id (a text or a whole number) and text"
        raise InputError(f"{wrong}; fix the line") from None
    try:
        article = articles.from_text(text, articles.slug(name), path, given_id=given)
        return articles.in_arabic(article) if arabic_only else article
    except InputError as e:
        raise InputError(f"{path}: line {number}: {str(e).removeprefix(f'{path}: ')}") from None
