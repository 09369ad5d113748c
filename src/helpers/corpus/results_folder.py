"""What a folder of results was made of: so that an interrupted run goes on, and two runs never mix in one folder."""

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
    """Everything that the rows of a run depend on. Two runs that are equal here give the same rows."""

    schema: int
    version: str
    code: str
    lexicons: str
    options: dict[str, object]
    input: str

    @property
    def key(self) -> str:
        """A short name of the run, for what is sent to workers."""
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
    """What a run over this input would be made of, here and now."""
    return Run(tables.SCHEMA, helpers.__version__, code(), lexicons(), asdict(options), listing.sha256)


def code() -> str:
    """The sum of the package's own modules: the same in all checkouts of one state, and the same in all wheels of it."""
    home = Path(helpers.__file__).parent
    return _sum((path.relative_to(home).as_posix(), path) for path in sorted(home.rglob("*.py")))


def lexicons() -> str:
    """The sum of all lexicons, the user's own among them."""
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
    """Hold a folder for one run: made when it is not there, refused when it is another run's or another call's.

    What a killed run left half made is taken away.
    Raises    InputError, one line: what differs from the run that the folder is of.
    """
    out.mkdir(parents=True, exist_ok=True)
    _inside(out)  # nothing is put into another's folder, not even a lock
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
    """What is in a folder of tables. Raises InputError, one line, for a folder that is something else."""
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
    """The partitions that are there, with their counts."""
    found = {}
    for path in out.glob(f"{tables.PART}*/counts.json"):
        number = path.parent.name.removeprefix(tables.PART)
        if not (number.isascii() and number.isdigit()):
            continue  # a copy that somebody made
        try:
            found[int(number)] = {name: int(count) for name, count in json.loads(path.read_text("utf-8")).items()}
        except (ValueError, AttributeError, TypeError):
            raise InputError(f"{path}: damaged; remove the folder of this partition, and it is made again") from None
    return found


def complete(out: Path, counts: dict[str, int] | None = None) -> bool:
    """Whether all of the input is in the tables.

    counts    of the partitions that are there: where they are others than those of the end, one was lost since
    """
    try:
        ended = json.loads((out / COMPLETE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return counts is None or ended == counts


def mark_complete(out: Path, counts: dict[str, int]) -> None:
    """Say in the folder that it is complete, with the counts of the whole."""
    _write(out / COMPLETE, counts)


def _write(path: Path, what: Mapping[str, object]) -> None:
    with atomic.written_whole(path) as beside:
        text = json.dumps(what, ensure_ascii=False, indent=1) + "\n"
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")  # half of a pair, as JSON has it
