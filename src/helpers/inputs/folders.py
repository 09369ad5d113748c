"""The files to be read in a folder, chosen by name, sorted by path, without hidden ones.

Commands that take articles one by one read only files directly in the folder: a saved page has a folder beside it,
which holds no articles. A corpus reads subfolders as well. Neither reads files in a folder of annotations.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePath

from helpers.files import paths
from helpers.files.errors import InputError

ANNOTATES = "annotations of an article, and no article; name the article itself"


def wanted_in(folder: str, every: Iterable[str], wanted: Callable[[str], object]) -> list[str]:
    """The paths among `every` that are wanted, in order; hidden ones and those in hidden or annotation folders are left
    out."""
    before = len(folder.rstrip("/"))
    passed_over = ("*/.*", f"*{paths.ANNOTATIONS}/*")
    return sorted(
        path for path in every if wanted(path) and not any(fnmatch(path[before:], each) for each in passed_over)
    )


def files(
    folder: str, unread: Callable[[OSError], object], linked: Callable[[str], object] | None = None
) -> Iterator[str]:
    """The paths of all entries of a local folder that are not folders.

    unread    called with the error if a folder cannot be read
    linked    if given, subfolders are read, too; called with each subfolder that is a link, which is not followed
    """
    for root, folders, names in os.walk(folder, onerror=unread):
        yield from (f"{root.rstrip('/')}/{name}" for name in names)
        folders[:] = sorted(each for each in folders if linked and not each.startswith("."))
        for path in (f"{root.rstrip('/')}/{each}" for each in folders):
            if linked and Path(path).is_symlink():
                linked(path)


def no_annotations(path: PurePath, is_folder: bool) -> None:
    """Raises InputError for a folder of annotations or a file in one."""
    if (path if is_folder else path.parent).suffix == paths.ANNOTATIONS:
        raise InputError(f"{path}: {ANNOTATES}")
