"""Collects all errors in an annotation, so that a person can fix them in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from helpers.files.errors import InputError


class Faults:
    """The errors found so far, in order."""

    def __init__(self) -> None:
        self.found: list[InputError] = []

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Record an InputError raised in the block, and continue after it."""
        try:
            yield
        except InputError as e:
            self.found.append(e)

    def __len__(self) -> int:
        return len(self.found)
