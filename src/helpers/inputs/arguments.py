"""The articles named by the arguments of a command: files of one article, folders of these, files of many, addresses."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from typing import cast

from helpers.files.errors import InputError
from helpers.inputs import addresses, folders, telegram_exports
from helpers.inputs.input_articles import Options
from helpers.inputs.loading import Loaders, refused
from helpers.text import articles, encodings, input_formats

READ = Options()
STANDARD_INPUT = Path("-")


class UniqueIds:
    """The ids for which one call has made a file or folder, so that no second article replaces it.

    what    what is made, as named in errors
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._of: dict[str, Path | str] = {}

    def once(self, article_id: str, path: Path | str) -> None:
        """Record an id. Raises InputError if it was recorded before, ignoring case, as Windows and macOS do."""
        if before := self._of.get(article_id.casefold()):
            raise InputError(f"{path}: its {self._what} would replace that of {before}; rename one of the two")
        self._of[article_id.casefold()] = path


def standard_input_once(named: Iterable[Path | str]) -> None:
    """Raises InputError where standard input is named more than once: it can be read once."""
    if sum(str(each) == str(STANDARD_INPUT) for each in named) > 1:
        raise InputError(f"{STANDARD_INPUT}: standard input is named more than once; name it once")


def loaders(
    named: Iterable[Path],
    options: Options = READ,
    lines: bool = True,
    say: Callable[[str], object] = lambda line: None,
) -> Loaders:
    """Each article that is named, in input order: the file or its line, and what loads it or raises InputError in one line.

    A loader returns the article or raises InputError, one line. Entries of a folder that have the extension of an
    article but are not files (a pipe, a broken link) are included, so that they are reported.

    options    what a user says of the input; JSON Lines are UTF-8
    lines      whether files of many articles are taken, such as JSON Lines, an article a line
    say        is called with the format of standard input (`-`), and with what of a file is left out, a line each
    Raises     InputError, one line, for an encoding that is none
    """
    encodings.usable(options.encoding)
    encoding, arabic_only = options.encoding, not options.any_language
    for path in named:
        if path == STANDARD_INPUT:
            from helpers.inputs import standard_input  # it imports this module

            yield from standard_input.loaders(cast(BufferedReader, sys.stdin.buffer), options, say)
            continue
        if isinstance(path, addresses.Address):
            yield path, partial(addresses.load, path, options)
            continue
        try:
            folders.no_annotations(path.absolute(), path.is_dir())
            found = _inside(path) if path.is_dir() else None
        except InputError as e:
            yield path, partial(refused, str(e))
            continue
        except OSError as e:
            yield path, partial(refused, f"{path}: cannot be read ({e.strerror}); check the name and its permissions")
            continue
        given = input_formats.of(path)
        if found is not None:
            for each in found:
                yield each, partial(articles.load, each, encoding, arabic_only)
            if not found and lines and telegram_exports.is_export(exported := path / telegram_exports.NAME):
                yield from loaders([exported], options, lines, say)
            elif not found:
                wanted = input_formats.names(input_formats.SINGLE)
                yield path, partial(refused, f"{path}: no {wanted} is in this folder; name another one")
        elif lines and given and given.one_by_one:
            told = (say,) if given.tells else ()
            yield from import_module(f"helpers.inputs.{given.reader}").loaders(path, options, *told)
        else:
            yield path, partial(articles.load, path, encoding, arabic_only)


def _inside(folder: Path) -> list[Path]:
    """The files in a folder that are one article each. Raises OSError."""

    def unread(error: OSError) -> None:
        raise error

    return [Path(path) for path in folders.wanted_in(str(folder), folders.files(str(folder), unread), is_article)]


def is_article(path: str | Path) -> bool:
    """Whether a file holds one article, by its name."""
    return input_formats.of(Path(path)) in input_formats.SINGLE
