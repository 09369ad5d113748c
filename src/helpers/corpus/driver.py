"""A run: the stream of articles cut into batches, each done by a worker, a bounded number of them under way.

Dask does the scheduling. We hold back: a batch is given to it when another one is done, so that neither the corpus nor
its results are ever in memory as a whole. A worker that dies is Dask's to replace, and its batch to give to another.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from helpers import readings
from helpers.corpus import partition, results_folder
from helpers.corpus.partition import DoBatches
from helpers.corpus.progress import Done, Watcher
from helpers.files.errors import InputError
from helpers.inputs import article_stream, batches, listing
from helpers.inputs.batches import Batch
from helpers.inputs.input_articles import Options
from helpers.text import encodings, invisible

LINES = 20  # about what is not read
Joined = Callable[..., AbstractContextManager[DoBatches]]  # what makes ready for a run


def run(
    named: Iterable[str],
    out: Path,
    options: Options,
    scheduler: str | None = None,
    workers: int | None = None,
    watcher: Watcher | None = None,
) -> Done:
    """Read what is named and write its tables to `out`; go on where an earlier run of the same was interrupted.

    scheduler   the address of a running one; without it local processes, `workers` of them, one a core if not said
    Raises      InputError, one line, for input, folder or cluster that cannot be used; OSError for a full disk.
    """
    from helpers.corpus import dask_cluster  # Dask

    do = partial(dask_cluster.joined, scheduler=scheduler, workers=workers)
    return _run(named, out, options, do, watcher or Watcher())


def run_in_process(named: Iterable[str], out: Path, options: Options, watcher: Watcher | None = None) -> Done:
    """The same in this one process, without Dask: for a few articles, and to compare with."""
    return _run(named, out, options, _in_process, watcher or Watcher())


@contextmanager
def _in_process(
    this: results_folder.Run, known: readings.Known, out: Path, options: Options, watcher: Watcher, size: int
) -> Iterator[DoBatches]:
    partition.LEXICONS[this.key] = known
    watcher.begins(size, None, 1)
    try:
        yield lambda left: ((b, partition.write(this.key, str(out), options, b)) for b in left)
    finally:
        del partition.LEXICONS[this.key]


def _run(named: Iterable[str], out: Path, options: Options, do: Joined, watcher: Watcher) -> Done:
    encodings.usable(options.encoding)
    found = listing.files(named, out)
    say = _Said()
    for line in found.skipped:
        say(line)
    this = results_folder.this_run(found, options)
    known = readings.known()
    with results_folder.held(out, this):
        before = results_folder.partitions(out)
        counts: Counter[str] = Counter()
        for each in before.values():
            counts.update(each)
        partitions = len(before)
        if not results_folder.complete(out, dict(counts)):
            cut = batches.cut(article_stream.stream(found, options, say), options.size)
            with do(this, known, out, options, watcher=watcher, size=found.size) as work_on:
                for batch, made in work_on(_left(cut, before, watcher)):
                    counts.update(made)
                    partitions += 1
                    watcher.step(made, batch.read_to, here=True)
            if not counts["articles"] and not counts["failures"]:
                raise InputError("the input contains no articles; name files that have some")
            results_folder.mark_complete(out, dict(counts))
    return Done(dict(counts), partitions, len(before))


class _Said:
    """Lines on standard error for what is not read at all: the first of them, and that there are more."""

    def __init__(self) -> None:
        self._lines = 0

    def __call__(self, line: str) -> None:
        self._lines += 1
        if self._lines <= LINES:
            print(f"isnad: {invisible.shown(' '.join(line.split()))}", file=sys.stderr, flush=True)
        elif self._lines == LINES + 1:
            print("isnad: and more like these", file=sys.stderr, flush=True)


def _left(cut: Iterable[Batch], before: dict[int, dict[str, int]], watcher: Watcher) -> Iterator[Batch]:
    """The batches that no earlier run has done."""
    for batch in cut:
        if batch.number in before:
            watcher.step(before[batch.number], batch.read_to, here=False)
        else:
            yield batch
