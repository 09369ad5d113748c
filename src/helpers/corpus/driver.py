"""A run: the stream of articles is cut into batches for workers, with a limited number of batches in progress.

Dask does the scheduling. A new batch is submitted only when another one is done, so that neither the corpus nor its
results are ever in memory as a whole. Dask replaces a worker that dies and gives its batch to another.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from helpers import readings
from helpers.corpus import partition, results_folder, shared_text
from helpers.corpus.partition import DoBatches
from helpers.corpus.progress import Done, Watcher
from helpers.files.errors import InputError
from helpers.inputs import article_stream, batches, listing
from helpers.inputs.batches import Batch
from helpers.inputs.input_articles import Options
from helpers.text import encodings, invisible

LINES = 20  # most lines about what is not read
Joined = Callable[..., AbstractContextManager[DoBatches]]  # prepares workers for a run


def run(
    named: Iterable[str],
    out: Path,
    options: Options,
    scheduler: str | None = None,
    workers: int | None = None,
    watcher: Watcher | None = None,
) -> Done:
    """Read the named input and write its tables to `out`, or continue an interrupted run with the same input and options.

    scheduler   the address of a running Dask scheduler; by default local processes are used
    workers     the number of local processes; by default one per core
    Raises      InputError, one line, for input, a folder or a cluster that cannot be used; OSError for a full disk.
    """
    from helpers.corpus import dask_cluster  # Dask

    do = partial(dask_cluster.joined, scheduler=scheduler, workers=workers)
    return _run(named, out, options, do, watcher or Watcher())


def run_in_process(named: Iterable[str], out: Path, options: Options, watcher: Watcher | None = None) -> Done:
    """Like `run`, in this process and without Dask, for a few articles and for comparison."""
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
            shared_text.write(out)
            results_folder.mark_complete(out, dict(counts))
    return Done(dict(counts), partitions, len(before))


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


def _left(cut: Iterable[Batch], before: dict[int, dict[str, int]], watcher: Watcher) -> Iterator[Batch]:
    """The batches that no earlier run completed."""
    for batch in cut:
        if batch.number in before:
            watcher.step(before[batch.number], batch.read_to, here=False)
        else:
            yield batch
