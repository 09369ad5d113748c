"""The plan of a run: its partitions, each with the pieces of input files that it is read from.

It is made from the surveys of all stretches, and kept in the folder of results, so that a run that is resumed does not
survey its input again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from helpers.files import atomic
from helpers.inputs.listing import File, Listing
from helpers.inputs.pieces import Piece
from helpers.inputs.stretches import Stretch
from helpers.inputs.survey import Found

NAME = "plan.json"
PASSES = 16  # most tasks that begin in the same place of a file, and pass over what is before their articles


class Planned(Struct, array_like=True):
    """A partition as planned: bytes of the input read when it is done, for the progress bar, and its pieces."""

    read_to: int
    pieces: list[Piece]

    @property
    def articles(self) -> int:
        return sum(piece.articles for piece in self.pieces)


class Plan(Struct):
    """All partitions of an input, in order, and a line for each file of which something is not read."""

    partitions: list[Planned]
    said: list[str]

    @property
    def articles(self) -> int:
        return sum(planned.articles for planned in self.partitions)


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition to be made.

    number    of the partition, from 0
    first     the number of its first article, from 0 through the whole input
    killers   the positions of articles at which each process dies that reads them
    tried     whether it was found that none of its articles does so alone
    """

    number: int
    first: int
    read_to: int
    pieces: tuple[Piece, ...]
    killers: frozenset[int] = frozenset()
    tried: bool = False

    @property
    def articles(self) -> int:
        return sum(piece.articles for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does at a time: partitions that follow one another, and the files that they are read from."""

    partitions: tuple[Partition, ...]
    files: Mapping[int, File]

    def of(self, partitions: Iterable[Partition]) -> "Task":
        """The same with some of its partitions."""
        return replace(self, partitions=tuple(partitions))


def made(surveyed: Iterable[tuple[Stretch, Found]]) -> Plan:
    """The plan from the surveys of all stretches, in any order."""
    plan = Plan([], [])
    before = line = 0
    given_up = -1
    for stretch, found in sorted(surveyed, key=lambda each: each[0].order):
        line = line if stretch.begin else 0
        if not (stretch.part and stretch.first == given_up):
            plan.said += found.said
            every = sum(piece.articles for pieces in found.partitions for piece in pieces)
            read = 0
            for pieces in found.partitions:
                read += sum(piece.articles for piece in pieces)
                for piece in pieces:
                    piece.line += line
                plan.partitions.append(Planned(before + stretch.size * read // every, pieces))
            line += found.lines
            given_up = stretch.first if found.ended else given_up
        before += stretch.size
    return plan


def kept(path: Path) -> Plan | None:
    """The plan in a file; None if there is none, or it is damaged: then it can be made again."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except (OSError, ValueError):
        return None


def keep(path: Path, plan: Plan) -> None:
    """Write a plan to a file, whole. Raises OSError."""
    with atomic.written_whole(path) as beside:
        beside.write_bytes(msgspec.json.encode(plan))


def numbered(plan: Plan, partition: int = 0, article: int = 0) -> Iterator[Partition]:
    """The partitions of a plan, numbered from the first number of a partition and of an article on."""
    for number, planned in enumerate(plan.partitions, partition):
        yield Partition(number, article, planned.read_to, tuple(planned.pieces))
        article += planned.articles


def tasks(partitions: Iterable[Partition], found: Listing) -> Iterator[Task]:
    """The tasks that make partitions: one each, or several where they begin at the same place of a file.

    Behind such a place all that is before a partition has to be passed over: the n-th of t tasks passes over n/t of it, all
    of them together over t/2 times the whole. So there are no more than `PASSES` of them, however long it is: enough to
    keep as many workers busy, while passing over lines costs a hundredth of what reading their articles does.
    """
    for _, same in groupby(partitions, _place):
        together = list(same)
        some = -(-len(together) // PASSES)
        for at in range(0, len(together), some):
            part = together[at : at + some]
            files = {piece.file: found.files[piece.file] for each in part for piece in each.pieces}
            yield Task(tuple(part), files)


def _place(partition: Partition) -> tuple[int, int, int]:
    """Where reading begins: in plain lines, a different place for each partition."""
    first = partition.pieces[0]
    return first.file, first.at, first.line
