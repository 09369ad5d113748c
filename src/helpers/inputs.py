"""The articles that the arguments of a command name: text files, saved web pages, folders of them, JSON Lines."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from helpers import articles, pages
from helpers.articles import Article
from helpers.rows import InputError

Loader = Callable[[], Article]
SUFFIXES = (".txt", *pages.SUFFIXES)


class Made:
    """The ids that one call has made something of, so that no second article replaces it.

    what    the thing that is made, as errors call it
    """

    def __init__(self, what: str) -> None:
        self._what, self._of = what, {}

    def once(self, article_id: str, path: Path) -> None:
        """Note an id. Raises InputError for one that came before, also in other letter case: Windows and macOS know no difference."""
        if before := self._of.get(article_id.casefold()):
            raise InputError(f"{path}: its {self._what} would replace that of {before}; rename one of the two")
        self._of[article_id.casefold()] = path


def loaders(named: Iterable[Path], encoding: str | None, arabic_only: bool) -> Iterator[tuple[Path, Loader]]:
    """Each article that is named, in input order: the file, and what loads it or raises InputError in one line.

    encoding, arabic_only   as `articles.load` takes them; JSON Lines are UTF-8
    """
    for path in named:
        if path.is_dir():
            found = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
            for each in found:
                yield each, partial(articles.load, each, encoding, arabic_only)
            if not found:
                yield path, partial(_refused, f"{path}: no text file or web page is in this folder; name another one")
        elif path.suffix == ".jsonl":
            yield from ((path, load) for load in _lines(path, arabic_only))
        else:
            yield path, partial(articles.load, path, encoding, arabic_only)


def _refused(wrong: str) -> Article:
    raise InputError(wrong)


def _lines(path: Path, arabic_only: bool) -> Iterator[Loader]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield partial(_from_line, path, number, line, arabic_only)
    except OSError as e:
        yield partial(_refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")


def _from_line(path: Path, number: int, line: bytes, arabic_only: bool) -> Article:
    try:
        found = json.loads(line.decode("utf-8-sig"))
        name, text = found["id"], found["text"]
        if not isinstance(name, str) or not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            f"{path}: line {number}: not a JSON object with id and text, both texts; mend the line"
        ) from None
    article = articles.from_text(text, articles.slug(name), path)
    return articles.in_arabic(article) if arabic_only else article
