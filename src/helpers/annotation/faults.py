"""All that is wrong with an annotation at once, so that a person can fix it in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from helpers.files.errors import InputError


class Faults:
    """The errors that were met so far, in their order."""

    def __init__(self) -> None:
        self.found: list[InputError] = []

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Keep an InputError of the block, and go on behind it."""
        try:
            yield
        except InputError as e:
            self.found.append(e)

    def __len__(self) -> int:
        return len(self.found)
