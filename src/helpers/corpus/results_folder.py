"""Records what a folder of results is made from, so that an interrupted run can continue and runs never mix."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import helpers
from helpers.corpus import tables
from helpers.files import atomic, paths
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.inputs.listing import Listing

RUN, SCHEMA, COMPLETE, LOCK = "run.json", "schema.json", "complete.json", ".lock"
ADDED = "added.json"
ALL = ("articles", "failures")  # the tables in which each article of the input is once
OWN = tuple(
    f".{name}" for name in (RUN, SCHEMA, COMPLETE, ADDED, "plan-")
)  # begins what is left if one is half written


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


FLAGS = {"size": "partition", "json_lines": "jsonl"}  # options whose flag has another name


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
def held(out: Path, this: Run, add: bool = False) -> Iterator[None]:
    """Lock a folder for one run. It is made if it does not exist; unfinished files of a killed run are removed.

    add       the run adds articles to the folder, whose input is another one
    Raises    InputError, one line, if the folder is locked, or belongs to another run (it says what differs), or if articles
              are to be added and it is not that of a run.
    """
    if add and not (out / RUN).is_file():
        raise InputError(f"{out}: no tables are in it to which articles could be added; run it without --add first")
    out.mkdir(parents=True, exist_ok=True)
    _inside(out)  # check first: no file is written to a folder of something else, not even a lock
    busy = f"{out}: another `isnad corpus` is running in it; wait until it ends"
    with atomic.held(out / LOCK, out, 0, busy):
        inside = _inside(out)
        begun = add or not {RUN, SCHEMA}.issuperset(
            inside
        )  # else a run found no article, and its folder can be used again
        if begun:
            _same(out, this, add)
        else:
            write(out / RUN, asdict(this))
        if not begun or SCHEMA not in inside:
            write(out / SCHEMA, tables.as_json())
        for left in out.glob(f"{tables.MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in filter(_unfinished, out.iterdir()):
            left.unlink(missing_ok=True)
        yield


def _inside(out: Path) -> list[str]:
    """The names in a folder of results. Raises InputError, one line, if it has other content."""
    inside = [path.name for path in out.iterdir() if path.name != LOCK and not _unfinished(path)]
    if inside and RUN not in inside:
        raise InputError(f"{out}: not empty, and not a corpus of Isnad; name a new folder with --out")
    return inside


def _unfinished(path: Path) -> bool:
    """Whether a run that was killed left this, while it wrote a file of its own."""
    return path.name.startswith(OWN) and atomic.unfinished(path)


def _differing(before: object, ours: dict[str, object]) -> str:
    """The options that differ, as they are written on the command line; empty where `before` is no object."""
    differs = [name for name in ours if before.get(name) != ours[name]] if isinstance(before, dict) else []
    return ", ".join("--" + FLAGS.get(name, name).replace("_", "-") for name in differs)


def _same(out: Path, this: Run, add: bool) -> None:
    try:
        before = json.loads((out / RUN).read_text(encoding="utf-8"))
        if not isinstance(before, dict):
            raise ValueError
    except ValueError:
        raise damaged(out / RUN) from None
    ours = json.loads(json.dumps(asdict(this)))
    differs = [name for name in DIFFERS if before.get(name) != ours[name] and not (add and name == "input")]
    if differs:
        said = f"{out}: its tables were made {' and '.join(DIFFERS[name] for name in differs)}"
        if "options" in differs and (names := _differing(before.get("options"), ours["options"])):
            said += f" ({names})"
        also = "; to add articles to them, use --add" if differs == ["input"] else ""
        raise InputError(f"{said}; they are left unchanged: name a new folder with --out, or remove this one{also}")


def damaged(path: Path) -> InputError:
    """The error for a file of a folder that cannot be read."""
    return InputError(f"{path}: damaged; remove the folder, or name another one with --out")


def partitions(out: Path) -> dict[int, dict[str, int]]:
    """The counts of the partitions in a folder, by number."""
    found: dict[int, dict[str, int]] = {}
    for number in tables.numbers(out):
        counts = tables.counts(out, number)
        found |= {number: counts} if counts is not None else {}
    return found


def total(before: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    """The counts of partitions, added up."""
    counts: Counter[str] = Counter()
    for each in before.values():
        counts.update(each)
    return dict(counts)


def added(out: Path) -> list[dict[str, Any]]:
    """What was added to a folder, or is being added: its entries in `added.json`, in order."""
    try:
        found = json.loads((out / ADDED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise damaged(out / ADDED)
    return found


def finished(out: Path) -> int:
    """How many inputs were in the tables when the folder was last marked complete; 0 if it never was."""
    ended = _ended(out)
    return ended.get("inputs", 1) if ended else 0


def complete(out: Path, counts: dict[str, int] | None = None) -> bool:
    """Whether all of the input is in the tables, with what was added to it.

    counts    the total counts of the existing partitions: if they differ from the recorded ones, a partition was lost
    """
    ended = _ended(out)
    every = bool(ended) and ended.pop("inputs", 1) == 1 + len(added(out))
    return every and (counts is None or ended == counts)


def fewer(out: Path, there: Mapping[int, Mapping[str, int]]) -> bool:
    """Whether the partitions in a folder have fewer articles than when it was last marked complete."""
    now, before = total(there), _ended(out)
    return sum(now[name] for name in ALL) < sum(before.get(name, 0) for name in ALL)


def _ended(out: Path) -> dict[str, int]:
    try:
        ended = json.loads((out / COMPLETE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return ended if isinstance(ended, dict) else {}


def mark_complete(out: Path, counts: dict[str, int]) -> None:
    """Record in the folder that it is complete, with its total counts and the number of its inputs."""
    write(out / COMPLETE, counts | {"inputs": 1 + len(added(out))})


def write(path: Path, what: object) -> None:
    """Write a file of JSON, whole. Raises OSError."""
    with atomic.written_whole(path) as beside:
        text = json.dumps(what, ensure_ascii=False, indent=1) + "\n"
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")  # surrogates as in JSON
