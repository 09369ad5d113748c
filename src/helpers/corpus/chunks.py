"""How many rows of Parquet can be held at once: a page of some bytes can stand for thousands of large values.

A chunk (one column of a row group) whose values are numbers in a dictionary has the dictionary as its first page, and the
head of that page says how large it is unpacked: no value is larger. Heads are written in Thrift's compact protocol.
"""

from typing import BinaryIO

import pyarrow.parquet as pq

from helpers.rows import InputError

ROWS = 64  # held at once, at most
AT_ONCE = 64_000_000  # bytes that these may come to, were each of their values as large as the largest
OPENS, TIMES = 256_000_000, 100  # bytes of a row group that may be unpacked out of a hundredth of them and less
VALUES = 50_000_000  # of a column of lists in one row group
DICTIONARY = {"RLE_DICTIONARY", "PLAIN_DICTIONARY"}
HEAD = 32  # bytes: a type and a size of five bytes each at most


def rows_at_once(stored: BinaryIO, metadata: pq.FileMetaData, group: int) -> int:
    """The rows of a row group to be held at once.

    Raises    InputError, a reason without a file, for one that unpacks to so much that not even one row can be held;
              OSError.
    """
    about = metadata.row_group(group)
    chunks = [about.column(at) for at in range(about.num_columns)]
    packed, unpacked = (
        sum(getattr(c, f"total_{what}_size") for c in chunks) for what in ("compressed", "uncompressed")
    )
    if unpacked > OPENS and unpacked > TIMES * packed:
        said = f"a row group of {packed:,} bytes unpacks to {unpacked:,}"
        raise InputError(f"{said}, more than can be held; write it again in smaller row groups")
    largest = 0
    for at, chunk in enumerate(chunks):
        leaf = metadata.schema.column(at)
        size = _largest(stored, chunk, leaf)
        if leaf.max_repetition_level == 0:
            largest += size
        elif chunk.num_values > VALUES or (_delta(chunk) and chunk.num_values * size > AT_ONCE):
            said = f"a row group has {chunk.num_values:,} values in the lists of {chunk.path_in_schema[:80]!r}"
            raise InputError(f"{said}, more than can be held; write it again in smaller row groups")
    return max(1, min(ROWS, AT_ONCE // max(largest, 1)))


def _largest(stored: BinaryIO, chunk: pq.ColumnChunkMetaData, leaf: pq.ColumnSchema) -> int:
    """The bytes that a value of a chunk has at most beside those that its pages have room for."""
    if chunk.physical_type == "FIXED_LEN_BYTE_ARRAY":
        return max(leaf.length, 0)
    if chunk.physical_type != "BYTE_ARRAY":
        return 0
    if _delta(chunk):  # each text is told by how it differs from the one before
        return chunk.total_uncompressed_size
    if DICTIONARY & set(chunk.encodings) or chunk.has_dictionary_page:
        return _dictionary(stored, chunk) or chunk.total_uncompressed_size
    return 0


def _delta(chunk: pq.ColumnChunkMetaData) -> bool:
    return "DELTA_BYTE_ARRAY" in chunk.encodings


def _dictionary(stored: BinaryIO, chunk: pq.ColumnChunkMetaData) -> int | None:
    """The size of the dictionary that a chunk begins with; None when it begins with something else."""
    first = chunk.data_page_offset
    if chunk.has_dictionary_page and 0 < (chunk.dictionary_page_offset or 0) < first:
        first = chunk.dictionary_page_offset
    stored.seek(first)
    head = stored.read(HEAD)
    if not head.startswith(b"\x15\x04\x15"):  # field 1, the type of the page: 2, a dictionary; field 2, its size
        return None
    size = shift = 0
    for byte in head[3:8]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return size >> 1  # zigzag
    return None
