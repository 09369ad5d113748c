"""Records what a folder of results is made from, so that an interrupted run can continue and runs never mix."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import helpers
from helpers.corpus import tables
from helpers.files import atomic, paths
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.inputs.listing import Listing

RUN, SCHEMA, COMPLETE, LOCK = "run.json", "schema.json", "complete.json", ".lock"


@dataclass(frozen=True)
class Run:
    """All that the rows of a run depend on: equal runs give the same rows."""

    schema: int
    version: str
    code: str
    lexicons: str
    options: dict[str, object]
    input: str

    @property
    def key(self) -> str:
        """A short key of the run, for data sent to workers."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


DIFFERS = {
    "schema": "for another schema of the tables",
    "version": "by another version of Isnad",
    "code": "by another state of Isnad's code",
    "lexicons": "with other lexicons",
    "options": "with other options",
    "input": "from other input files, or these have changed",
}


def this_run(listing: Listing, options: Options) -> Run:
    """The run over this input with the current code and lexicons."""
    return Run(tables.SCHEMA, helpers.__version__, code(), lexicons(), asdict(options), listing.sha256)


def code() -> str:
    """The checksum of the package's modules, the same in all checkouts and wheels of one version."""
    home = Path(helpers.__file__).parent
    return _sum((path.relative_to(home).as_posix(), path) for path in sorted(home.rglob("*.py")))


def lexicons() -> str:
    """The checksum of all lexicons, including the user's own."""
    found = [(path.name, path) for path in sorted(paths.lexicon("actors.csv").parent.glob("*.csv"))]
    theirs = (("own", paths.own_actors()), ("rejected", paths.rejected_names()))
    return _sum(found + [(name, path) for name, path in theirs if path and path.is_file()])


def _sum(files: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def held(out: Path, this: Run) -> Iterator[None]:
    """Lock a folder for one run. It is made if it does not exist; unfinished files of a killed run are removed.

    Raises    InputError, one line, if the folder is locked, or belongs to another run; it says what differs.
    """
    out.mkdir(parents=True, exist_ok=True)
    _inside(out)  # check first: no file is written to a folder of something else, not even a lock
    busy = f"{out}: another `isnad corpus` is running in it; wait until it ends"
    with atomic.held(out / LOCK, out, 0, busy):
        inside = _inside(out)
        if RUN in inside:
            _same(out, this)
        else:
            _write(out / RUN, asdict(this))
        if SCHEMA not in inside:
            _write(out / SCHEMA, tables.as_json())
        for left in out.glob(f"{tables.MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _inside(out: Path) -> list[str]:
    """The names in a folder of results. Raises InputError, one line, if it has other content."""
    inside = [path.name for path in out.iterdir() if path.name != LOCK]
    if inside and RUN not in inside:
        raise InputError(f"{out}: not empty, and not a corpus of Isnad; name a new folder with --out")
    return inside


def _same(out: Path, this: Run) -> None:
    try:
        before = json.loads((out / RUN).read_text(encoding="utf-8"))
        if not isinstance(before, dict):
            raise ValueError
    except ValueError:
        raise InputError(f"{out / RUN}: damaged; remove the folder, or name another one with --out") from None
    ours = json.loads(json.dumps(asdict(this)))
    differs = [said for name, said in DIFFERS.items() if before.get(name) != ours[name]]
    if differs:
        said = f"{out}: its tables were made {' and '.join(differs)}"
        raise InputError(f"{said}; they are left unchanged: name a new folder with --out, or remove this one")


def partitions(out: Path) -> dict[int, dict[str, int]]:
    """The counts of the partitions in a folder, by number."""
    found = {}
    for path in out.glob(f"{tables.PART}*/counts.json"):
        number = path.parent.name.removeprefix(tables.PART)
        if not (number.isascii() and number.isdigit()):
            continue  # a copy made by the user
        try:
            found[int(number)] = {name: int(count) for name, count in json.loads(path.read_text("utf-8")).items()}
        except (ValueError, AttributeError, TypeError):
            raise InputError(f"{path}: damaged; remove the folder of this partition, and it is made again") from None
    return found


def complete(out: Path, counts: dict[str, int] | None = None) -> bool:
    """Whether all of the input is in the tables.

    counts    the total counts of the existing partitions: if they differ from the recorded ones, a partition was lost
    """
    try:
        ended = json.loads((out / COMPLETE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return counts is None or ended == counts


def mark_complete(out: Path, counts: dict[str, int]) -> None:
    """Record in the folder that it is complete, with its total counts."""
    _write(out / COMPLETE, counts)


def _write(path: Path, what: Mapping[str, object]) -> None:
    with atomic.written_whole(path) as beside:
        text = json.dumps(what, ensure_ascii=False, indent=1) + "\n"
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")  # surrogates as in JSON
