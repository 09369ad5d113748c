"""Stretches of the input: parts that are surveyed, and then read, each by itself.

A stretch is a range of bytes of a long file of plain JSON Lines, of which it has the lines that begin in it; or another
long file; or some short files that follow one another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.inputs import json_lines
from helpers.inputs.listing import File, Listing
from helpers.text import input_formats

LONGEST = 64_000_000  # bytes of a stretch, if it can be cut: some forty partitions


@dataclass(frozen=True, slots=True)
class Stretch:
    """Files of the input that follow one another, or a range of one file.

    order    what stretches are sorted by
    first    the number of its first file in the input
    begin    of a single file: the byte from which it is read
    end      the byte at which the lines that begin belong to the next stretch; None at the end of the file
    part     whether it is a part of a file
    wrong    why nothing of it is read
    """

    order: tuple[int, ...]
    first: int
    files: tuple[File, ...]
    size: int
    begin: int = 0
    end: int | None = None
    part: bool = False
    wrong: str = ""

    @property
    def single(self) -> bool:
        """Whether each of its files is one article, so that nothing needs to be counted in them."""
        return not self.wrong and all(file.format in input_formats.SINGLE for file in self.files)

    def by_file(self) -> list["Stretch"]:
        """A stretch for each of its files."""
        return [
            replace(self, order=(*self.order, n), first=self.first + n, files=(file,), size=file.size)
            for n, file in enumerate(self.files)
        ]


def cut(found: Listing) -> Iterator[Stretch]:
    """The stretches of an input, in order; only the first bytes of long files are read."""
    held: list[File] = []
    order = size = 0
    for number, file in enumerate((*found.files, None)):
        long = file is not None and file.size > LONGEST
        if held and (file is None or long or size + file.size > LONGEST):
            yield Stretch((order,), number - len(held), tuple(held), size)
            order, size, held = order + 1, 0, []
        if file is None:
            return
        if not long:
            held.append(file)
            size += file.size
        elif file.format.reader == "json_lines" and json_lines.is_plain(file):
            for begin in range(0, file.size, LONGEST):
                end = begin + LONGEST if begin + LONGEST < file.size else None
                bytes_ = (end or file.size) - begin
                yield Stretch((order,), number, (file,), bytes_, begin, end, part=True)
                order += 1
        else:
            yield Stretch((order,), number, (file,), file.size)
            order += 1
