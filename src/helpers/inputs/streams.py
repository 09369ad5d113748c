"""The input as one stream of records, file by file; never more of it in memory than one article, or a few rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.files.errors import InputError
from helpers.inputs import lines, listing, records
from helpers.inputs.listing import File, Listing
from helpers.inputs.records import WHOLE, Record, told
from helpers.text import encodings, invisible, metadata

TRIED = 10_000  # records of a file: where none of them is an article, a wrong column was named, or a wrong file
BESIDE = 1_000_000  # bytes of a sidecar


@dataclass(frozen=True)
class Options:
    """What a user says of the input. All of it is part of what a run is (see `runs`).

    size            articles of a partition
    id_column, text_column   in JSON Lines and Parquet
    encoding        of text files and pages, where it should not be detected from their bytes
    any_language    go on with text that is mostly not Arabic
    """

    id_column: str = "id"
    text_column: str = "text"
    encoding: str | None = None
    any_language: bool = False
    size: int = records.SIZE


def stream(found: Listing, options: Options, say: Callable[[str], None] = lambda line: None) -> Iterator[Record]:
    """Every article of the input once, in order; what cannot be read, and an id that came before, as a record that says so.

    say    is given a line for each file that is given up as a whole
    """
    return records.each_once(_all(found, options, say))


def _all(found: Listing, options: Options, say: Callable[[str], None]) -> Iterator[Record]:
    before = 0
    for file in found.files:
        for record in _tried(file, _read(file, before, options), before + file.size):
            if record.place == WHOLE:
                say(f"{file.name}: {record.wrong}")
            yield record
        before += file.size


def _read(file: File, before: int, options: Options) -> Iterator[Record]:
    if file.kind == "lines":
        yield from lines.records(file, before, options.id_column, options.text_column)
    elif file.kind == "parquet":
        from helpers.inputs import parquet  # Arrow's reader, where there is Parquet

        yield from parquet.records(file, before, options.id_column, options.text_column)
    else:
        yield _text(file, before + file.size)


def _tried(file: File, found: Iterator[Record], end: int) -> Iterator[Record]:
    """The records of a file, as long as there is hope of an article.

    An error that nobody expected costs what is left of the file.
    """
    number = bad = 0
    last = Record(file.name, "", None)
    try:
        for number, last in enumerate(found, 1):
            yield last
            bad += last.wrong is not None
            if number == bad == TRIED:
                wrong = f"none of the first {TRIED:,} is an article (of the last: {last.wrong}); the rest was not read"
                yield Record(file.name, WHOLE, None, wrong=wrong, read_to=end)
                return
    except Exception as e:
        wrong = f"cannot be read ({type(e).__name__}: {told(e)}); what follows was not"
        yield Record(file.name, f"after {last.place}" if number else WHOLE, None, wrong=wrong, read_to=end)


def _text(file: File, read_to: int) -> Record:
    """A text or a page as bytes, and what its sidecar says."""
    try:
        raw = _bounded(file, file.path, encodings.MOST, "too long for one article; split it")
        about = records.carried(_beside(file))
    except InputError as e:
        return Record(file.name, "", file.name, wrong=str(e), read_to=read_to)
    except OSError as e:
        wrong = f"cannot be read ({e.strerror or told(e)})"
        return Record(file.name, "", file.name, wrong=wrong, read_to=read_to)
    return Record(file.name, "", file.name, raw, about, read_to=read_to)


def _beside(file: File) -> dict[str, object]:
    """What the sidecar of a text says; nothing where there is none. Raises InputError."""
    path = str(PurePosixPath(file.path).with_suffix(".toml"))
    if not file.system.exists(path):
        return {}
    name = Path(invisible.writable(PurePosixPath(path).name))
    try:
        return metadata.parsed(_bounded(file, path, BESIDE, "too long for a sidecar; shorten it"), name)
    except InputError:
        raise
    except (OSError, RecursionError, ValueError) as e:  # of the last two: what TOML allows and Python does not
        said = getattr(e, "strerror", None) or told(e)
        raise InputError(f"{name}: cannot be read ({said}); fix it or remove it") from None


def _bounded(file: File, path: str, most: int, wrong: str) -> bytes:
    """All bytes of a file that has not over `most`, however many it has by now. Raises InputError, and OSError."""
    with listing.opened(file.system, path) as stored:
        raw = stored.read(most + 1)
    if len(raw) > most:
        raise InputError(f"over {most // 1_000_000} MB, {wrong}")
    return raw
