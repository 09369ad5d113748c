"""A run: the input is listed, cut into stretches that workers survey, and planned as partitions that workers read and write.

This process reads no article, and holds no id. A new task is submitted only when another one is done, so that neither the
corpus nor its results are ever in memory as a whole. Dask replaces a worker that dies and gives its task to another. What
concerns all partitions comes at the end (`PASSES`).
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from helpers import readings
from helpers.corpus import additions, partition, plan, repeated_ids, results_folder, shared_text
from helpers.corpus.partition import Counts
from helpers.corpus.plan import Partition, Plan
from helpers.corpus.progress import Done, Watcher
from helpers.corpus.workers import Workers
from helpers.files.errors import InputError
from helpers.inputs import listing, stretches, survey
from helpers.inputs.input_articles import Options
from helpers.inputs.listing import Listing
from helpers.inputs.stretches import Stretch
from helpers.text import encodings, invisible

LINES = 20  # most lines about what is not read
Joined = Callable[..., AbstractContextManager[Workers]]  # prepares workers for a run
# Passes over all partitions of a folder, when they are written and before it is marked complete, in this order. Each takes
# the folder; it may write partitions again (`tables.replace`), and does nothing new when it is called again.
PASSES: tuple[Callable[[Path], None], ...] = (repeated_ids.removed, shared_text.write)


def run(
    named: Iterable[str],
    out: Path,
    options: Options,
    scheduler: str | None = None,
    workers: int | None = None,
    watcher: Watcher | None = None,
    add: bool = False,
) -> Done:
    """Read the named input and write its tables to `out`, or continue an interrupted run with the same input and options.

    scheduler   the address of a running Dask scheduler; by default local processes are used
    workers     the number of local processes; by default one per core
    add         add the articles to the finished run that is in `out`
    Raises      InputError, one line, for input, a folder or a cluster that cannot be used; OSError for a full disk.
    """
    from helpers.corpus import dask_cluster  # Dask

    do = partial(dask_cluster.joined, scheduler=scheduler, workers=workers)
    return _run(named, out, options, do, watcher or Watcher(), add)


def run_in_process(
    named: Iterable[str], out: Path, options: Options, watcher: Watcher | None = None, add: bool = False
) -> Done:
    """Like `run`, in this process and without Dask, for a few articles and for comparison."""
    return _run(named, out, options, _in_process, watcher or Watcher(), add)


@contextmanager
def _in_process(
    this: results_folder.Run, known: readings.Known, out: Path, options: Options, watcher: Watcher, found: Listing
) -> Iterator[Workers]:
    partition.LEXICONS[this.key] = known
    watcher.begins(found.size, None, 1)
    try:
        yield Workers(
            lambda left: ((each, survey.of(each, options)) for each in left),
            lambda left: ((each, partition.write(this.key, str(out), options, each)) for each in left),
        )
    finally:
        del partition.LEXICONS[this.key]


def _run(named: Iterable[str], out: Path, options: Options, do: Joined, watcher: Watcher, add: bool) -> Done:
    encodings.usable(options.encoding)
    found = listing.files(named, out)
    say = _Said()
    for line in found.skipped:
        say(line)
    this = results_folder.this_run(found, options)
    known = readings.known()
    with results_folder.held(out, this, add):
        before = results_folder.partitions(out)
        after: Mapping[int, Counts] = before
        part = additions.part(out, this, add, before)
        if part.recorded and results_folder.complete(out, results_folder.total(before)):
            if add:
                say(f"{out}: this input is in it already; nothing was added")
        else:
            with do(this, known, out, options, watcher=watcher, found=found) as workers:
                planned = _planned(out / f"plan-{this.input[:16]}.json", found, options, workers, watcher)
                for line in planned.said:
                    say(line)
                additions.record(out, part)
                every = plan.numbered(planned, part.partition, part.article)
                for task, made in workers.write(plan.tasks(_left(every, before, watcher), found)):
                    for each, counts in zip(task.partitions, made, strict=True):
                        watcher.step(counts, each.read_to, here=True)
            after = _finished(out)
    return Done(results_folder.total(after), len(after), len(before))


def _planned(path: Path, found: Listing, options: Options, workers: Workers, watcher: Watcher) -> Plan:
    """The plan of a run, made and kept unless it was kept before. Raises InputError if there is no article."""
    if (known := plan.kept(path)) is not None:
        return known
    planned = plan.made(_surveyed(found, options, workers, watcher))
    if not planned.partitions:
        raise InputError("the input contains no articles; name files that have some")
    plan.keep(path, planned)
    return planned


def _surveyed(
    found: Listing, options: Options, workers: Workers, watcher: Watcher
) -> Iterator[tuple[Stretch, survey.Found]]:
    """The survey of each stretch, in any order; of those that need no reading in this process."""
    every = list(stretches.cut(found))
    yield from ((each, survey.of(each, options)) for each in every if each.single)
    done = 0
    for stretch, made in workers.survey(each for each in every if not each.single):
        done += stretch.size
        watcher.surveyed(done)
        yield stretch, made


def _finished(out: Path) -> Mapping[int, Counts]:
    """Do what concerns all partitions, and mark the folder complete. Returns the counts of all partitions.

    Raises    InputError, one line, if a partition is missing that the input of this run does not have; the last ones of
              another input are missed by the number of articles.
    """
    there = results_folder.partitions(out)
    lost = next(number for number in range(max(there) + 2) if number not in there)
    if lost < max(there) or results_folder.fewer(out, there):
        raise InputError(f"{out}: partition {lost} is lost; run the command that made it again")
    for each in PASSES:
        each(out)
    after = results_folder.partitions(out)
    results_folder.mark_complete(out, results_folder.total(after))
    return after


class _Said:
    """Prints lines about unread input on standard error: the first LINES, and then that there are more."""

    def __init__(self) -> None:
        self._lines = 0

    def __call__(self, line: str) -> None:
        self._lines += 1
        if self._lines <= LINES:
            print(f"isnad: {invisible.shown(' '.join(line.split()))}", file=sys.stderr, flush=True)
        elif self._lines == LINES + 1:
            print("isnad: and more like these", file=sys.stderr, flush=True)


def _left(every: Iterable[Partition], before: Mapping[int, Counts], watcher: Watcher) -> Iterator[Partition]:
    """The partitions that no earlier run completed."""
    for each in every:
        if each.number in before:
            watcher.step(before[each.number], each.read_to, here=False)
        else:
            yield each
