"""The survey of a stretch: how many articles it has, and where partitions end in it. Almost nothing is parsed.

Lines are counted, and of Parquet the sizes of texts are read; other formats are streamed once by their reader. Files of
one article are not even opened: their sizes are in the listing.
"""

from importlib import import_module
from itertools import islice
from types import ModuleType

from msgspec import Struct

from helpers.inputs import article_stream
from helpers.inputs.input_articles import Options
from helpers.inputs.listing import File
from helpers.inputs.pieces import FROM_START, Piece
from helpers.inputs.stretches import Stretch
from helpers.text import input_formats

LONGEST_PARTITION = 4_000_000  # bytes of lines, texts or files, or characters of texts, at which a partition ends early


class Found(Struct):
    """What a survey found.

    partitions   the pieces of each, in order; lines are counted from the beginning of the stretch
    lines        of plain JSON Lines, the number of lines
    said         a line for each file that cannot be read at all, or of which something is left out
    ended        whether nothing of the file behind this stretch is read, since it is damaged, or was given up
    """

    partitions: list[list[Piece]]
    lines: int = 0
    said: list[str] = []
    ended: bool = False


class Partitions:
    """Cuts articles into partitions of `size`, or of fewer when they come to `longest` bytes or characters."""

    def __init__(self, size: int, longest: int = LONGEST_PARTITION) -> None:
        self.made: list[list[Piece]] = []
        self._size, self._longest = size, longest
        self._held = self._length = 0

    def add(self, file: int, length: int, at: int = FROM_START, line: int = 0, passed: int = 0) -> None:
        """The next article: where it is found, and its length."""
        if not self._held:
            self.made.append([])
        pieces = self.made[-1]
        if pieces and pieces[-1].file == file:
            pieces[-1].articles += 1
        else:
            pieces.append(Piece(file, 1, at, line, passed))
        self._held += 1
        self._length += length
        if self._held == self._size or self._length >= self._longest:
            self._held = self._length = 0


def of(stretch: Stretch, options: Options) -> Found:
    """Survey a stretch. What cannot be read of it is an article that fails, too."""
    said: list[str] = []
    cut = Partitions(options.size)
    lines, ended = 0, False
    for number, file in enumerate(stretch.files, stretch.first):
        if stretch.wrong:
            said.append(f"{file.name}: {stretch.wrong}")
            return Found([[Piece(number, 1, wrong=stretch.wrong)]], 0, said, ended=True)
        if file.format in input_formats.SINGLE:
            cut.add(number, file.size)
            continue
        reader = import_module(f"helpers.inputs.{file.format.reader}")
        if hasattr(reader, "counted") and (stretch.begin or _has_an_article(file, options, reader)):
            lines, ended = _counted(stretch, number, file, options, reader, cut)
        else:
            ended = True
            for passed, article in enumerate(article_stream.of_file(file, options, said.append)):
                cut.add(number, len(article.text), passed=passed)
    return Found(cut.made, lines, said, ended)


def _has_an_article(file: File, options: Options, reader: ModuleType) -> bool:
    """Whether one of the first articles of a file is readable."""
    try:
        tried = islice(reader.articles_in(file, options), article_stream.TRIED)
        return any(article.wrong is None for article in tried)
    except Exception:  # said when it is read
        return False


def _counted(
    stretch: Stretch, number: int, file: File, options: Options, reader: ModuleType, cut: Partitions
) -> tuple[int, bool]:
    """Count the articles of a file that need not be read from its start; (lines, whether it is damaged behind them)."""
    lines, behind = 0, (stretch.begin, 0, 0)
    try:
        part = (stretch.begin, stretch.end) if stretch.part else ()
        for at, line, passed, length in reader.counted(file, options, *part):
            lines = line + 1
            if length is not None:
                cut.add(number, length, at, line, passed)
            behind = (at, line, passed + (length is not None))
    except Exception:  # what is wrong is said when the file is read, by an article that fails
        cut.add(number, 0, *behind)
        return lines, True
    return lines, False
