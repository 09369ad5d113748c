"""The input of a corpus as one stream of articles, file by file; never more of it in memory than one article, or a few rows."""

from collections.abc import Callable, Iterator
from importlib import import_module

from helpers.inputs.input_articles import WHOLE, InputArticle, Options, each_once, said_by
from helpers.inputs.listing import File, Listing

TRIED = 10_000  # articles of a file: where none of them can be read, a wrong column was named, or a wrong file


def stream(found: Listing, options: Options, say: Callable[[str], None] = lambda line: None) -> Iterator[InputArticle]:
    """Every article of the input once, in order; what cannot be read, and an id that came before, as one that says so.

    say    is given a line for each file that is given up as a whole
    """
    return each_once(_all(found, options, say))


def _all(found: Listing, options: Options, say: Callable[[str], None]) -> Iterator[InputArticle]:
    before = 0
    for file in found.files:
        reader = import_module(f"helpers.inputs.{file.format.reader}")
        for article in _tried(file, reader.articles_in(file, before, options), before + file.size):
            if article.place == WHOLE:
                say(f"{file.name}: {article.wrong}")
            yield article
        before += file.size


def _tried(file: File, found: Iterator[InputArticle], end: int) -> Iterator[InputArticle]:
    """The articles of a file, as long as there is hope of one.

    An error that nobody expected costs what is left of the file.
    """
    number = bad = 0
    last = InputArticle(file.name, "", None)
    try:
        for number, last in enumerate(found, 1):
            yield last
            bad += last.wrong is not None
            if number == bad == TRIED:
                wrong = f"none of the first {TRIED:,} is an article (of the last: {last.wrong}); the rest was not read"
                yield InputArticle(file.name, WHOLE, None, wrong=wrong, read_to=end)
                return
    except Exception as e:
        wrong = f"cannot be read ({type(e).__name__}: {said_by(e)}); what follows was not"
        yield InputArticle(file.name, f"after {last.place}" if number else WHOLE, None, wrong=wrong, read_to=end)
