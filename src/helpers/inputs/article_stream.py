"""The input as a stream of articles, file by file; one article, or a few rows, are in memory at a time."""

from collections.abc import Callable, Iterator
from importlib import import_module

from helpers.inputs.input_articles import WHOLE, InputArticle, Options, each_once, said_by
from helpers.inputs.listing import File, Listing

TRIED = 10_000  # if none of the first so many articles of a file is readable, the column or the file is a wrong one


def stream(found: Listing, options: Options, say: Callable[[str], None] = lambda line: None) -> Iterator[InputArticle]:
    """Every article of the input, in order. In one that cannot be read, or whose id is repeated, `wrong` says so.

    say    called with a line for each file that cannot be read at all, or of which something is left out
    """
    return each_once(_all(found, options, say))


def _all(found: Listing, options: Options, say: Callable[[str], None]) -> Iterator[InputArticle]:
    for file in found.files:
        yield from of_file(file, options, say)


def of_file(file: File, options: Options, say: Callable[[str], None] = lambda line: None) -> Iterator[InputArticle]:
    """The articles of one file from its start, given up as `TRIED` says; ids may be repeated."""
    reader = import_module(f"helpers.inputs.{file.format.reader}")
    told = (say,) if file.format.tells else ()
    for article in _tried(file, reader.articles_in(file, options, *told)):
        if article.place == WHOLE:
            say(f"{file.name}: {article.wrong}")
        yield article


def _tried(file: File, found: Iterator[InputArticle]) -> Iterator[InputArticle]:
    """The articles of a file, up to TRIED if none of them is readable.

    After an unexpected error the rest of the file is skipped.
    """
    number = bad = 0
    last = InputArticle(file.name, "", None)
    try:
        for number, last in enumerate(found, 1):
            yield last
            bad += last.wrong is not None
            if number == bad == TRIED:
                wrong = f"none of the first {TRIED:,} is an article (of the last: {last.wrong}); the rest was not read"
                yield InputArticle(file.name, WHOLE, None, wrong=wrong)
                return
    except Exception as e:
        wrong = f"cannot be read ({type(e).__name__}: {said_by(e)}); what follows was not"
        yield InputArticle(file.name, f"after {last.place}" if number else WHOLE, None, wrong=wrong)
