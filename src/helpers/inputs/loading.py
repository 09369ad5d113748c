"""What loads an article when its turn comes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.files.errors import InputError
from helpers.text.articles import Article

Loader = Callable[[], Article]
Loaders = Iterator[tuple[Path | str, Loader]]  # with the file or the line of each


def refused(wrong: str) -> Article:
    """Raises InputError: the loader of an article that cannot be loaded."""
    raise InputError(wrong)
