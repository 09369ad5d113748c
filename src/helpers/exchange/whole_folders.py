"""Folders of files that are written whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.files import atomic
from helpers.files.errors import InputError


@contextmanager
def written(out: Path) -> Iterator[Path]:
    """Give a new folder to write to, which takes the name `out` only when the block ends well.

    Raises    InputError, one line, where there is something of that name already: nothing is replaced.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: there is something of this name already; name a new folder with --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = atomic.folder_beside(out, f".{out.name[: atomic.LONGEST]}.")
    try:
        with atomic.naming(out):
            yield beside
            if out.exists():
                out.rmdir()
            beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
