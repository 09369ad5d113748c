"""How many rows of Parquet fit in memory: a page of a few bytes can stand for thousands of large values.

In a dictionary-encoded chunk (one column of a row group), the first page is the dictionary. The header of that page
gives its uncompressed size, and no value can be larger.
"""

from dataclasses import dataclass
from typing import Any, BinaryIO

from helpers.files.errors import InputError
from helpers.inputs import thrift

ROWS_HELD = 64  # most rows in memory at once
BYTES_HELD = 64_000_000  # most bytes of these rows, if all values were as large as the largest
UNPACKED = 256_000_000  # uncompressed bytes that every row group may have
UNPACKED_TIMES = 100  # a larger row group may have so many times its compressed bytes
LIST_VALUES = 20_000_000  # most values of a column of lists in one row group
LONGEST_FOOT = 256_000_000  # bytes of the footer
PAGE_HEAD = 22  # bytes of a page header with its type and size: each is one byte and a number of at most ten
BYTE_ARRAY, FIXED_BYTES = 6, 7  # Parquet's numbers of types, encodings and pages
PLAIN_DICTIONARY, DELTA_BYTE_ARRAY, RLE_DICTIONARY = 2, 7, 8
DICTIONARY_PAGE = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf column in the schema: whether it is in a list, and the bytes of a value if the size is fixed."""

    path: str
    in_list: bool
    length: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A column of a row group, as described in the footer of the file."""

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
    """The chunks of each row group. Raises OSError, and ValueError for an invalid footer."""
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
    """The number of rows of a row group to be read at once.

    Raises    InputError, a reason without a file, for a row group too large to read even one row; OSError, and
              ValueError for invalid Parquet.
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
    """The most bytes that a value of a chunk can have in addition to its bytes in the pages."""
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
    """The uncompressed size in bytes of the dictionary at the beginning of a chunk; None if there is none."""
    stored.seek(chunk.begin)
    first, size = thrift.Reader(stored.read(PAGE_HEAD)).fields(2)
    return size if first == DICTIONARY_PAGE else None
