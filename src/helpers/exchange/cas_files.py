"""The files of CAS formats: a folder with one an article, one of its files, or a zip archive as INCEpTION exports it."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from helpers.exchange import whole_folders
from helpers.exchange.documents import Document
from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.text import articles

MOST = 100_000_000  # bytes of one file, of an archive unpacked
HEAD = 100_000  # bytes by which a file is recognised
ENTRIES = 10_000  # files in an archive
ARCHIVE = b"PK\x03\x04"  # what a zip archive begins with
PROJECT = "exportedproject"  # what the file begins with that INCEpTION describes a whole project in
LISTED = 5  # articles that an error names


class File(NamedTuple):
    """A file: where it is, what it is called without its ending, and its bytes."""

    where: str
    name: str
    raw: bytes


class Unwritable(Exception):
    """An article cannot be written in a format; says what it has that the format has not."""


def save(
    documents: Sequence[Document],
    out: Path,
    ending: str,
    written: Callable[[Document], bytes],
    beside: Mapping[str, bytes] | None = None,
) -> None:
    """Write a new folder with a file an article, whole or not at all.

    written    makes the bytes of an article; raises Unwritable for one that the format cannot hold
    beside     other files of the folder, by name
    Raises     InputError, one line, where there is such a folder, or where two articles would be one file; and, when all
               the others are written, for articles that the format cannot hold. OSError as the system has it.
    """
    refused: list[str] = []
    with whole_folders.written(out) as made:
        for name, raw in (beside or {}).items():
            (made / name).write_bytes(raw)
        for document in documents:
            path = made / f"{articles.slug(document.article_id)}{ending}"
            if path.exists():
                raise InputError(f"{out / path.name}: two articles are called {document.article_id}; rename one")
            try:
                path.write_bytes(written(document))
            except Unwritable as e:
                refused.append(f"{document.article_id} ({e})")
        if refused and len(refused) == len(documents):
            raise _unwritten(refused, len(documents), out)
    if refused:
        raise _unwritten(refused, len(documents), out)


def _unwritten(refused: Sequence[str], of: int, out: Path) -> InputError:
    more = f" and {len(refused) - LISTED} more" if refused[LISTED:] else ""
    return InputError(
        f"{out}: {len(refused)} of {of} articles not written, for XML cannot hold what is in them: "
        f"{', '.join(refused[:LISTED])}{more}; use cas-json for those"
    )


def files(path: Path, ending: str) -> Iterator[File]:
    """The files of a folder or an archive that end so, or the one file that is named. Raises InputError for what is none."""
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if each.name.lower().endswith(ending) and each.is_file())
        if not found:
            raise InputError(f"{path}: no file in it ends with {ending}; name the folder that has them")
        for each in found:
            yield File(str(each), each.stem, regular_files.read(each, MOST))
        return
    raw = regular_files.read(path, MOST)
    if raw.startswith(ARCHIVE):
        yield from _unpacked(path, ending)
    else:
        yield File(str(path), path.stem, raw)


def _unpacked(path: Path, ending: str) -> Iterator[File]:
    """The files of an archive that end so. Raises InputError for one that is damaged, or would unpack to too much."""
    left = MOST
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            found = [each for each in entries if each.filename.lower().endswith(ending) and not each.is_dir()]
            if len(entries) > ENTRIES:
                raise InputError(f"{path}: over {ENTRIES} files in it; unpack it, and name a folder of {ending} files")
            if any(Path(each.filename).name.startswith(PROJECT) for each in entries):
                raise InputError(
                    f"{path}: a whole project of INCEpTION; export its documents, or unpack it and name one"
                )
            if not found:
                raise InputError(f"{path}: no file in it ends with {ending}; export the document as UIMA CAS XMI")
            for each in found:
                with archive.open(each) as file:
                    raw = file.read(left + 1)
                left -= len(raw)
                if left < 0:
                    raise InputError(f"{path}: over {MOST // 1_000_000} MB when unpacked; unpack it, and name one file")
                yield File(f"{path}: {each.filename}", Path(each.filename).stem, raw)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as e:
        raise InputError(
            f"{path}: cannot be unpacked ({str(e).splitlines()[0] if str(e) else type(e).__name__}); export it again"
        ) from None


def in_archive(path: Path, ending: str) -> bool:
    """Whether there is such a file in an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(ending) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
