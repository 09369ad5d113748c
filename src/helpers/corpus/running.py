"""A run: the stream of articles cut into batches, each done by a worker, a bounded number of them under way.

Dask does the scheduling. We hold back: a batch is given to it when another one is done, so that neither the corpus nor
its results are ever in memory as a whole. A worker that dies is Dask's to replace, and its batch to give to another.
"""

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from helpers import readings
from helpers.corpus import partition, runs
from helpers.corpus.partition import Do
from helpers.corpus.progress import Done, Seen, Unseen
from helpers.files.errors import InputError
from helpers.inputs import listing, records, streams
from helpers.inputs.records import Batch
from helpers.inputs.streams import Options
from helpers.text import encodings, invisible

SAID = 20  # lines about what is not read


def run(
    named: Iterable[str],
    out: Path,
    options: Options,
    scheduler: str | None = None,
    workers: int | None = None,
    seen: Seen | None = None,
) -> Done:
    """Read what is named and write its tables to `out`; go on where an earlier run of the same was interrupted.

    scheduler   the address of a running one; without it local processes, `workers` of them, one a core if not said
    Raises      InputError, one line, for input, folder or cluster that cannot be used; OSError for a full disk.
    """
    from helpers.corpus import clusters  # Dask

    def do(this: runs.Run, known: readings.Known, watcher: Seen, size: int) -> contextlib.AbstractContextManager[Do]:
        return clusters.joined(this, known, out.resolve(), options, scheduler, workers, watcher, size)

    return _run(named, out, options, do, seen or Unseen())


def run_here(named: Iterable[str], out: Path, options: Options, seen: Seen | None = None) -> Done:
    """The same in this one process, without Dask: for a few articles, and to compare with."""

    @contextlib.contextmanager
    def do(this: runs.Run, known: readings.Known, watcher: Seen, size: int) -> Iterator[Do]:
        partition.HELD[this.key] = known
        watcher.begins(size, None, 1)
        try:
            yield lambda batches: ((b, partition.partition(this.key, str(out), options, b)) for b in batches)
        finally:
            del partition.HELD[this.key]

    return _run(named, out, options, do, seen or Unseen())


def _run(named: Iterable[str], out: Path, options: Options, do: Callable, seen: Seen) -> Done:
    encodings.usable(options.encoding)
    found = listing.files(named, out)
    say = _Said()
    for line in found.skipped:
        say(line)
    this = runs.run(found, options)
    known = readings.known()
    with runs.held(out, this):
        before = runs.done(out)
        counts: Counter[str] = Counter()
        for each in before.values():
            counts.update(each)
        partitions = len(before)
        if not runs.complete(out, dict(counts)):
            batches = records.batches(streams.stream(found, options, say), options.size)
            with do(this, known, seen, found.size) as work_on:
                for batch, made in work_on(_left(batches, before, seen)):
                    counts.update(made)
                    partitions += 1
                    seen.step(made, batch.read_to, here=True)
            if not counts["articles"] and not counts["failures"]:
                raise InputError("the input holds no article; name files that have some")
            runs.end(out, dict(counts))
    return Done(dict(counts), partitions, len(before))


class _Said:
    """Lines on standard error for what is not read at all: the first of them, and that there are more."""

    def __init__(self) -> None:
        self._lines = 0

    def __call__(self, line: str) -> None:
        self._lines += 1
        if self._lines <= SAID:
            print(f"isnad: {invisible.shown(' '.join(line.split()))}", file=sys.stderr, flush=True)
        elif self._lines == SAID + 1:
            print("isnad: and more like these", file=sys.stderr, flush=True)


def _left(batches: Iterable[Batch], before: dict[int, dict[str, int]], seen: Seen) -> Iterator[Batch]:
    """The batches that no earlier run has done."""
    for batch in batches:
        if batch.number in before:
            seen.step(before[batch.number], batch.read_to, here=False)
        else:
            yield batch
