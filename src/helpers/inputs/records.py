"""An article on its way to a worker, and the batches that articles travel in: cut in input order, so always the same."""

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

import zstandard

from helpers.files.errors import InputError
from helpers.inputs import values
from helpers.text import invisible

MOST = 1_000_000  # characters of one article: two novels
SIZE = 500  # articles of a batch
TEXT = 4_000_000  # characters, or bytes of files, that end a batch before it has as many articles
FIELDS = ("outlet", "date", "url", "title", "author")  # what is known of an article and has a column of its own
NAMES = {"published": "date"}  # other names of these
LONGEST_ID = 4_096  # characters: an id stands in each row of the tables, and a path is one
WHOLE = "the whole file"  # the place of what a file has against it as a whole


@dataclass(frozen=True, slots=True)
class Record:
    """One input article, or what stands in its place and cannot be read: then `wrong` says why.

    text       the text, or the bytes of a file that the worker is to decode
    about      columns that are carried along, by their names
    read_to    bytes of the whole input that were read when it came, for the progress bar
    """

    source: str
    place: str
    article_id: str | None
    text: str | bytes = ""
    about: dict[str, object] = field(default_factory=dict)
    wrong: str | None = None
    read_to: int = 0


VALUES = attrgetter(*(each.name for each in fields(Record)))


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that become one partition. They are packed: a quarter of the memory while they wait.

    number    of the partition, from 0; `first` is the number of its first article, from 0 through the whole input
    """

    number: int
    first: int
    articles: int
    read_to: int
    packed: bytes

    @property
    def records(self) -> list[Record]:
        return [Record(*row) for row in pickle.loads(zstandard.decompress(self.packed))]


def batches(records: Iterable[Record], size: int = SIZE, text: int = TEXT) -> Iterator[Batch]:
    """Cut records into batches of `size` articles, or fewer where their texts come to `text` characters."""
    held: list[Record] = []
    number = first = length = 0
    for record in records:
        held.append(record)
        length += len(record.text)
        if len(held) == size or length >= text:
            yield packed(number, first, held)
            number, first, length, held = number + 1, first + len(held), 0, []
    if held:
        yield packed(number, first, held)


def packed(number: int, first: int, records: list[Record]) -> Batch:
    """Records as a batch."""
    rows = list(map(VALUES, records))  # a record itself is pickled field by field, three times as slowly
    inside = zstandard.compress(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), 1)
    return Batch(number, first, len(records), records[-1].read_to, inside)


def each_once(records: Iterable[Record]) -> Iterator[Record]:
    """The records, of which those whose id came before are marked as wrong.

    Of each id, as the tables will show it, sixteen bytes are kept: 100 bytes an article in all, on the machine that reads.
    """
    seen: set[bytes] = set()
    for record in records:
        if record.wrong is None:
            told = hashlib.blake2b((record.article_id or "").encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if told in seen:
                yield replace(record, text="", wrong="its id is that of an earlier article; give each its own")
                continue
            seen.add(told)
        yield record


def carried(columns: dict[str, object]) -> dict[str, object]:
    """Other columns by our names, without the empty ones: `published` is `date`.

    Raises    InputError, a reason without a file, that names a column with a value that cannot be carried.
    """
    found: dict[str, object] = {}
    for name, value in columns.items():
        if value is not None and value != "":
            try:
                found.setdefault(invisible.writable(NAMES.get(name, name)), values.plain(value))
            except InputError as e:
                raise InputError(f"column {invisible.writable(name[:40])!r}: {e}") from None
    return found


def told(error: Exception) -> str:
    """What an error of a library says, in one line of bounded length."""
    return invisible.writable(" ".join(str(error).split())[:200]) or type(error).__name__
