"""What is in a folder that was named: the files that are read, by their names, in the order of their paths, nothing hidden.

Commands that take articles one by one read what lies in the folder itself: a saved page has a folder beside it, in which
there are no articles. A corpus reads all that is below it. What is in a folder of annotations is no article for either.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePath

from helpers.files import paths
from helpers.files.errors import InputError

ANNOTATES = "annotations of an article, and no article; name the article itself"


def wanted_in(folder: str, every: Iterable[str], wanted: Callable[[str], object]) -> list[str]:
    """Of the paths of all files in a folder those that are wanted, in order; none that is hidden, or in a hidden folder, or
    in one of annotations."""
    before = len(folder.rstrip("/"))
    passed_over = ("*/.*", f"*{paths.ANNOTATIONS}/*")
    return sorted(
        path for path in every if wanted(path) and not any(fnmatch(path[before:], each) for each in passed_over)
    )


def files(
    folder: str, unread: Callable[[OSError], object], linked: Callable[[str], object] | None = None
) -> Iterator[str]:
    """The paths of all that is in a folder of this machine and is none.

    unread    is called where a folder cannot be read
    linked    given, folders below are looked into, too; it is called with each that is a link, and is not looked into
    """
    for root, folders, names in os.walk(folder, onerror=unread):
        yield from (f"{root.rstrip('/')}/{name}" for name in names)
        folders[:] = sorted(each for each in folders if linked and not each.startswith("."))
        for path in (f"{root.rstrip('/')}/{each}" for each in folders):
            if linked and Path(path).is_symlink():
                linked(path)


def no_annotations(path: PurePath, is_folder: bool) -> None:
    """Raises InputError for a folder of annotations, and for a file in one."""
    if (path if is_folder else path.parent).suffix == paths.ANNOTATIONS:
        raise InputError(f"{path}: {ANNOTATES}")
