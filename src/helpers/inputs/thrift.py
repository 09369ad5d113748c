"""Reads Thrift's compact protocol, as used in the footer and page headers of Parquet: structs as dicts by field number.

Arrow can read a footer, too, but some of its functions crash the process if the footer is damaged.
"""

import struct
from typing import Any

BOOLS = {1: True, 2: False}
DEEPEST = 64  # most levels of nested structs and lists


class Reader:
    """Reads values from bytes, in order. Every method raises ValueError for invalid bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self, deep: int = 0) -> dict[int, Any]:
        """The fields of a struct, by number."""
        if deep > DEEPEST:
            raise ValueError("nested too deep")
        found: dict[int, Any] = {}
        number = 0
        while head := self._bytes(1)[0]:
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            kind = head & 15
            found[number] = BOOLS[kind] if kind in BOOLS else self._value(kind, deep)
        return found

    def fields(self, most: int) -> list[Any]:
        """The values of the first `most` fields of a struct, whose rest may be missing."""
        found = []
        for _ in range(most):
            head = self._bytes(1)[0]
            if head >> 4 != 1:
                raise ValueError("a field is left out")
            found.append(self._value(head & 15, 0))
        return found

    def _value(self, kind: int, deep: int) -> Any:
        if kind in (1, 2):  # in a list
            return self._bytes(1)[0] == 1
        if kind == 3:
            return self._bytes(1)[0]
        if kind in (4, 5, 6):
            return self._zigzag()
        if kind == 7:
            return struct.unpack("<d", self._bytes(8))[0]
        if kind == 8:
            return self._bytes(self._varint())
        if kind in (9, 10):
            head = self._bytes(1)[0]
            size = self._varint() if head >> 4 == 15 else head >> 4
            return [self._value(head & 15, deep + 1) for _ in range(size)]
        if kind == 12:
            return self.struct(deep + 1)
        raise ValueError(f"no type {kind}")

    def _bytes(self, size: int) -> bytes:
        found = self._data[self._at : self._at + size]
        if len(found) < size:
            raise ValueError("it breaks off")
        self._at += size
        return found

    def _varint(self) -> int:
        size = 0
        for shift in range(0, 70, 7):
            byte = self._bytes(1)[0]
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                return size
        raise ValueError("a number without end")

    def _zigzag(self) -> int:
        size = self._varint()
        return size >> 1 ^ -(size & 1)
