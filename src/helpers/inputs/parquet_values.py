"""Converts values of Arrow to Python, with their size checked first: a bad or huge value loses only its own row."""

import pyarrow as pa
import pyarrow.compute as pc

from helpers.files.errors import InputError
from helpers.inputs.input_articles import said_by, twice


class Room:
    """The bytes left for the values of a row."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size

    def take(self, size: int) -> None:
        """Use `size` bytes. Raises InputError when there are not enough left."""
        self._left -= size
        if self._left < 0:
            raise InputError(
                f"over {self._size // 1_000_000} million bytes in one row, too long for one article; split it"
            )


def all_at_once(column: pa.Array, size: int) -> list[object] | None:
    """The values of a column, several times as fast as one by one; None if one of them may be bad or too large."""
    if pa.types.is_nested(column.type) or pa.types.is_dictionary(column.type) or column.nbytes > size:
        return None
    try:
        values: list[object] = column.to_pylist()
        return values
    except Exception:  # the caller then converts one by one
        return None


def value(scalar: pa.Scalar, room: Room) -> object:
    """A value converted to Python, including lists and structs.

    Raises    InputError, a reason without a file, for a value that Python cannot have, a repeated name of a field, or
              when no room is left.
    """
    if not scalar.is_valid:
        return None
    kind = scalar.type
    try:
        if isinstance(scalar, pa.DictionaryScalar):
            return value(scalar.value, room)
        if isinstance(scalar, pa.ExtensionScalar) and pa.types.is_nested(kind.storage_type):
            return value(scalar.value, room)
        if isinstance(scalar, pa.StructScalar):
            return _struct(scalar, room)
        if isinstance(scalar, pa.ListScalar):
            items = scalar.values
            if isinstance(scalar, pa.MapScalar):
                keys, values = items.field(0), items.field(1)
                return [[value(keys[at], room), value(values[at], room)] for at in range(len(items))]
            return [value(items[at], room) for at in range(len(items))]
        room.take(scalar.as_buffer().size if isinstance(scalar, pa.BinaryScalar) else 8)
        return scalar.as_py()
    except InputError:
        raise
    except UnicodeDecodeError:
        raise InputError("a text that is not UTF-8; fix it, or leave the column out") from None
    except Exception as e:  # years out of range, unknown time zones: each library raises its own errors
        raise InputError(
            f"a value of type {str(kind)[:80]} that cannot be read ({said_by(e)}); fix it, or leave the column out"
        ) from None


def _struct(scalar: pa.StructScalar, room: Room) -> dict[str, object]:
    kind = scalar.type
    names = [kind.field(at).name for at in range(kind.num_fields)]
    if again := twice(names):
        raise InputError(f"two fields are named {again!r} in one value; rename one, or leave the column out")
    return {name: value(scalar[at], room) for at, name in enumerate(names)}


def sizes(column: pa.Array) -> list[int]:
    """The bytes of each text of a column, without converting them, 0 where there is none; of a damaged column on average."""
    try:
        return [size or 0 for size in _lengths(column).to_pylist()]
    except Exception:  # Arrow's errors; what is wrong is said when the values are converted
        return [column.nbytes // max(len(column), 1)] * len(column)


def _lengths(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return pc.take(_lengths(column.dictionary), column.indices)
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        column = column.cast(pa.large_binary())
    return pc.binary_length(column)


def is_text(kind: pa.DataType) -> bool:
    """Whether values of a type are texts, or bytes that may be UTF-8, as written by older programs."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_binary_view,
    )
    return any(test(kind) for test in tests)


def text(found: object) -> object:
    """UTF-8 bytes decoded to text; any other value unchanged.

    >>> text(b"a"), text(b"\\xff"), text(7)
    ('a', b'\\xff', 7)
    """
    if not isinstance(found, bytes):
        return found
    try:
        return found.decode()
    except UnicodeDecodeError:
        return found
