"""The inputs of a folder of results: the one that it was made from, and those that were added to it.

Each has partitions and articles of its own, whose numbers go on where those of the one before end.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.corpus import results_folder
from helpers.corpus.results_folder import Run
from helpers.files.errors import InputError

Counts = Mapping[int, Mapping[str, int]]  # of partitions, by number


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a folder.

    input       the checksum of its listing
    partition   the number of its first partition
    article     the number of its first article
    recorded    whether the folder says that it has it
    """

    input: str
    partition: int = 0
    article: int = 0
    recorded: bool = True


def part(out: Path, this: Run, add: bool, before: Counts) -> Part:
    """The input of a run in its folder: the first one, or with `add` one that is added, or is in it already.

    before    the counts of the partitions that are there
    Raises    InputError, one line, if something else has to be finished first.
    """
    first, *added = every = _parts(out)
    finished = results_folder.finished(out)
    here = next((each for each in every if each.input == this.input), None) if add else first
    if not finished and (add or added):
        raise InputError(f"{out}: its first run is not finished; run its command again, without --add, until it ends")
    if finished < len(every) and here != every[-1]:
        raise InputError(f"{out}: articles that are being added are not finished; run that command again first")
    if here is not None:
        return here
    if not results_folder.complete(out, results_folder.total(before)):
        raise InputError(f"{out}: a partition is lost; run the command that made it again first")
    articles = sum(each["articles"] + each["failures"] for each in before.values())
    return Part(this.input, max(before) + 1, articles, recorded=False)


def record(out: Path, part: Part) -> None:
    """Write into a folder that it has another input, which is then unfinished until the folder is marked complete."""
    if not part.recorded:
        added = [{k: v for k, v in asdict(each).items() if k != "recorded"} for each in (*_parts(out)[1:], part)]
        results_folder.write(out / results_folder.ADDED, added)


def _parts(out: Path) -> list[Part]:
    added = results_folder.added(out)
    first = json.loads((out / results_folder.RUN).read_text(encoding="utf-8"))["input"]
    try:
        return [Part(first), *(Part(**each) for each in added)]
    except TypeError:
        raise results_folder.damaged(out / results_folder.ADDED) from None
