"""Converts values of other columns to types of JSON, so that they can be sent to a worker and written."""

import math

from helpers.files.errors import InputError
from helpers.text import invisible

DEEPEST = 100  # most levels of nesting: Python's pickle fails at some hundreds


def plain(value: object, deep: int = 0) -> object:
    """A value of JSON or Parquet as None, bool, int, float, str, list or dict, at all levels.

    Bytes are decoded as UTF-8; numbers that JSON cannot write, dates, decimals and the like become text.
    Raises    InputError, a reason without a file, for lists and objects nested more than `DEEPEST` deep.

    >>> plain({"a": (1, b"\\xff", float("nan"))})
    {'a': [1, '\\\\xff', 'nan']}
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return invisible.writable(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if not isinstance(value, dict | list | tuple):
        return invisible.writable(str(value))
    if deep == DEEPEST:
        raise InputError(too_deep())
    if isinstance(value, dict):
        return {invisible.writable(str(name)): plain(each, deep + 1) for name, each in value.items()}
    return [plain(each, deep + 1) for each in value]


def too_deep() -> str:
    """The reason for refusing lists and objects that are nested too deep."""
    return f"nested over {DEEPEST} deep; flatten it, or leave it out"
