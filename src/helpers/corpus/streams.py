"""The input as one stream of records, file by file; never more of it in memory than one article, or a few rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers import received, sidecars
from helpers.corpus import lines, records
from helpers.corpus.listing import File, Listing
from helpers.corpus.records import Record
from helpers.errors import InputError


@dataclass(frozen=True)
class Options:
    """What a user says of the input. All of it is part of what a run is (see `runs`).

    size            articles of a partition
    id_column, text_column   in JSON Lines and Parquet
    encoding        of text files and pages, where it is not to be told from their bytes
    any_language    go on with text that is mostly not Arabic
    """

    id_column: str = "id"
    text_column: str = "text"
    encoding: str | None = None
    any_language: bool = False
    size: int = records.SIZE


def stream(listing: Listing, options: Options) -> Iterator[Record]:
    """Every article of the input once, in order; what cannot be read, and an id that came before, as a record that says so."""
    return records.each_once(_all(listing, options))


def _all(listing: Listing, options: Options) -> Iterator[Record]:
    before = 0
    for file in listing.files:
        if file.kind == "lines":
            yield from lines.records(file, before, options.id_column, options.text_column)
        elif file.kind == "parquet":
            from helpers.corpus import columns  # Arrow, where there is Parquet

            yield from columns.records(file, before, options.id_column, options.text_column)
        else:
            yield _text(file, before + file.size)
        before += file.size


def _text(file: File, read_to: int) -> Record:
    """A text or a page as bytes, and what its sidecar says."""
    about: dict[str, object] = {}
    try:
        if file.size > received.MOST:
            raise InputError(f"over {received.MOST // 1_000_000} MB, too long for one article; split it")
        with file.open() as stored:
            raw = stored.read()
        beside = str(PurePosixPath(file.path).with_suffix(".toml"))
        if file.system.isfile(beside):  # no pipe
            about = sidecars.parsed(file.system.cat_file(beside), Path(PurePosixPath(beside).name))
    except InputError as e:
        return Record(file.name, "", file.name, wrong=str(e), read_to=read_to)
    except OSError as e:
        wrong = f"cannot be read ({e.strerror or e})"
        return Record(file.name, "", file.name, wrong=wrong, read_to=read_to)
    return Record(file.name, "", file.name, raw, records.carried(about), read_to=read_to)
