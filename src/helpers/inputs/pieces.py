"""Pieces of input files: some articles that follow one another in a file, and where reading them begins.

A survey (`survey`) says which pieces there are, and how many articles each has. Whoever reads a piece gets exactly so many,
whatever has become of the file since: none is without a place in the tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module

from msgspec import Struct

from helpers.inputs import article_stream
from helpers.inputs.input_articles import WHOLE, InputArticle, Options, said_by
from helpers.inputs.listing import File

FROM_START = -1  # where a piece begins in a file that can only be read from its start
DIES = "the process that reads it dies each time, perhaps out of memory; split it, or give workers more"
CHANGED = "not found again: the file was changed, or could no longer be read, after the run had begun"


class Piece(Struct, array_like=True):
    """Some articles of one file, in order.

    file       the number of the file in the input
    articles   how many; one that cannot be read counts, too
    at         where reading begins: a byte of plain lines, a row group of Parquet, or FROM_START
    line       lines of the file before that byte
    passed     articles behind it that are passed over
    wrong      why nothing of the piece is read: then all of it fails for this reason
    """

    file: int
    articles: int
    at: int = FROM_START
    line: int = 0
    passed: int = 0
    wrong: str = ""


class Reader:
    """Reads pieces one after the other; where one begins at which the last has ended, its file is read on.

    files    the input files by their number
    """

    def __init__(self, files: Mapping[int, File], options: Options) -> None:
        self._files, self._options = files, options
        self._found: Iterator[InputArticle] = iter(())
        self._there: tuple[int, int, int, int] | None = None  # what the next article is found by

    def articles(self, pieces: Iterable[Piece]) -> Iterator[InputArticle]:
        """As many articles as the pieces have; those that are not there any more say so."""
        for piece in pieces:
            file = self._files[piece.file]
            if piece.wrong:
                yield from (InputArticle(file.name, WHOLE, None, wrong=piece.wrong) for _ in range(piece.articles))
                continue
            if self._there != (piece.file, piece.at, piece.line, piece.passed):
                self._found = _begun(file, piece, self._options)
            last = InputArticle(file.name, "", None)
            for number in range(piece.articles):
                last = next(self._found, None) or _missing(last)
                self._there = (piece.file, piece.at, piece.line, piece.passed + number + 1)
                yield last


def _missing(last: InputArticle) -> InputArticle:
    """What stands for an article that is no longer found behind the last one of its piece."""
    place = last.place if last.place.startswith("after ") or not last.place else f"after {last.place}"
    return InputArticle(last.source, place, None, wrong=CHANGED)


def _begun(file: File, piece: Piece, options: Options) -> Iterator[InputArticle]:
    """The articles of a file from the beginning of a piece on. After an unexpected error there are no more."""
    passed = piece.passed if piece.at == FROM_START else 0
    last = InputArticle(file.name, "", None)
    try:
        if piece.at == FROM_START:
            found = article_stream.of_file(file, options)
        else:
            reader = import_module(f"helpers.inputs.{file.format.reader}")
            found = reader.articles_from(file, options, piece.at, piece.line, piece.passed)
        for number, last in enumerate(found):
            if number >= passed:
                yield last
    except Exception as e:  # an error in one file must not affect the others
        wrong = f"cannot be read ({type(e).__name__}: {said_by(e)}); what follows was not"
        yield replace(_missing(last), wrong=wrong)
