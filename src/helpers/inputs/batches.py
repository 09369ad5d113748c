"""Batches of articles for workers, cut in input order, so that they are always the same."""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter

import zstandard

from helpers.inputs.input_articles import InputArticle

LONGEST_BATCH = 4_000_000  # characters, or bytes of files, at which a batch ends early
VALUES = attrgetter(*(each.name for each in fields(InputArticle)))


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that become one partition, compressed to a quarter of the memory while they wait.

    number    the number of the partition, from 0
    first     the number of its first article, from 0 through the whole input
    """

    number: int
    first: int
    articles: int
    read_to: int
    packed: bytes

    @property
    def unpacked(self) -> list[InputArticle]:
        return [InputArticle(*row) for row in pickle.loads(zstandard.decompress(self.packed))]


def cut(found: Iterable[InputArticle], size: int, longest: int = LONGEST_BATCH) -> Iterator[Batch]:
    """Cut articles into batches of `size`, or of fewer when their texts reach `longest` characters."""
    held: list[InputArticle] = []
    number = first = length = 0
    for each in found:
        held.append(each)
        length += len(each.text)
        if len(held) == size or length >= longest:
            yield pack(number, first, held)
            number, first, length, held = number + 1, first + len(held), 0, []
    if held:
        yield pack(number, first, held)


def pack(number: int, first: int, inside: list[InputArticle]) -> Batch:
    """Compress articles into a batch."""
    rows = list(map(VALUES, inside))  # pickling the articles themselves would be three times as slow
    held = zstandard.compress(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), 1)
    return Batch(number, first, len(inside), inside[-1].read_to, held)
