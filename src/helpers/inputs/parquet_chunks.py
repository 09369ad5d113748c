"""How many rows of Parquet can be held at once: a page of some bytes can stand for thousands of large values.

A chunk (one column of a row group) whose values are numbers in a dictionary has the dictionary as its first page, and the
head of that page says how large it is unpacked: no value is larger.
"""

from dataclasses import dataclass
from typing import Any, BinaryIO

from helpers.files.errors import InputError
from helpers.inputs import thrift

ROWS_HELD = 64  # held at once, at most
BYTES_HELD = 64_000_000  # bytes that these may come to, were each of their values as large as the largest
UNPACKED = 256_000_000  # bytes that a row group may come to, however small it is packed
UNPACKED_TIMES = 100  # its packed bytes, which it may come to where they are more
LIST_VALUES = 20_000_000  # of a column of lists in one row group
LONGEST_FOOT = 256_000_000  # bytes
PAGE_HEAD = 22  # bytes of a page's head that hold its type and size: each a byte, and a number of ten at most
BYTE_ARRAY, FIXED_BYTES = 6, 7  # types, encodings and pages by Parquet's numbers
PLAIN_DICTIONARY, DELTA_BYTE_ARRAY, RLE_DICTIONARY = 2, 7, 8
DICTIONARY_PAGE = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the schema says of a column without columns in it: in a list or not, and the bytes of a value of fixed size."""

    path: str
    in_list: bool
    length: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A column of a row group, as the foot of the file describes it."""

    kind: int
    encodings: frozenset[int]
    values: int
    unpacked: int
    packed: int
    begin: int

    @property
    def delta(self) -> bool:
        """Whether each text is stored as its difference from the one before."""
        return DELTA_BYTE_ARRAY in self.encodings


def row_groups(stored: BinaryIO) -> list[list[Chunk]]:
    """The chunks of each row group. Raises OSError, and ValueError for a foot that cannot be read."""
    stored.seek(-8, 2)
    size = int.from_bytes(stored.read(4), "little")
    if size > LONGEST_FOOT:
        raise ValueError(f"its footer has over {LONGEST_FOOT // 1_000_000} million bytes")
    stored.seek(-8 - size, 2)
    try:
        found = thrift.Reader(stored.read(size)).struct()
        return [[_chunk(column[3]) for column in group[1]] for group in found[4]]
    except (KeyError, TypeError, AttributeError) as e:
        raise ValueError(f"its footer lacks {e}") from None


def _chunk(about: dict[int, Any]) -> Chunk:
    first = about[9]
    if 0 < about.get(11, 0) < first:
        first = about[11]
    return Chunk(about[1], frozenset(about[2]), about[5], about[6], about[7], first)


def rows_at_once(stored: BinaryIO, group: list[Chunk], leaves: list[Leaf]) -> int:
    """The rows of a row group to be held at once.

    Raises    InputError, a reason without a file, for one that unpacks to so much that not even one row can be held;
              OSError, and ValueError for what is no Parquet.
    """
    packed, unpacked = sum(chunk.packed for chunk in group), sum(chunk.unpacked for chunk in group)
    if unpacked > UNPACKED and unpacked > UNPACKED_TIMES * packed:
        said = f"a row group of {packed:,} bytes unpacks to {unpacked:,}"
        raise InputError(f"{said}, more than can be held; write it again in smaller row groups")
    largest = 0
    for chunk, leaf in zip(group, leaves, strict=True):
        size = _largest(stored, chunk, leaf)
        if not leaf.in_list:
            largest += size
        elif chunk.values > LIST_VALUES or (chunk.delta and chunk.values * size > BYTES_HELD):
            said = f"a row group has {chunk.values:,} values in the lists of {leaf.path[:80]!r}"
            raise InputError(f"{said}, more than can be held; write it again in smaller row groups")
    return max(1, min(ROWS_HELD, BYTES_HELD // max(largest, 1)))


def _largest(stored: BinaryIO, chunk: Chunk, leaf: Leaf) -> int:
    """The bytes that a value of a chunk has at most beside those that its pages have room for."""
    if chunk.kind == FIXED_BYTES:
        return max(leaf.length, 0)
    if chunk.kind != BYTE_ARRAY:
        return 0
    if chunk.delta:
        return chunk.unpacked
    size = dictionary(stored, chunk)
    if size is None and {PLAIN_DICTIONARY, RLE_DICTIONARY} & chunk.encodings:
        return chunk.unpacked
    return size or 0


def dictionary(stored: BinaryIO, chunk: Chunk) -> int | None:
    """The size, unpacked, of the dictionary that a chunk begins with; None when it begins with something else."""
    stored.seek(chunk.begin)
    first, size = thrift.Reader(stored.read(PAGE_HEAD)).fields(2)
    return size if first == DICTIONARY_PAGE else None
