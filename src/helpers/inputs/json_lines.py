"""Lines of JSON as articles: how long one may be, what is an id, by one rule for a few articles and for a corpus."""

from collections.abc import Iterator
from typing import BinaryIO


def lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None for one of so many bytes or more, which is passed over without being held."""
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
            line = None
        yield number, line


def identifier(value: object) -> str | None:
    """An id as text: of a text that is not blank, and of a whole number; None for all else (true, 1.5, nothing).

    >>> identifier("a"), identifier(7), identifier(True), identifier(7.0), identifier(" ")
    ('a', '7', None, None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None
