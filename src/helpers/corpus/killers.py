"""What is done when each worker dies that gets the same work: the file or the article where this happens is found, and fails alone.

A worker dies of an article that takes more memory than there is, or of a fault in a library that reads its format.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from distributed import Client, KilledWorker, Nanny, Status
from msgspec import structs

from helpers.corpus import tables
from helpers.corpus.plan import Partition, Task
from helpers.inputs.input_articles import InputArticle
from helpers.inputs.pieces import DIES
from helpers.inputs.stretches import Stretch

Given = TypeVar("Given")
Made = TypeVar("Made")
STARTS_WITHIN, LOOK_EVERY = 120.0, 0.2  # seconds that are waited for other workers, and between two looks
TOGETHER = f"the processes that read these articles die each time, though of none alone; {DIES.rpartition('; ')[2]}"


class Crew:
    """The workers of a run, of which some may have died and not started again yet."""

    def __init__(self, client: Client) -> None:
        self.client, self._most = client, 0

    def threads(self) -> int:
        """How many tasks the workers that are there do at a time."""
        found = self.client.nthreads()
        self._most = max(self._most, len(found))
        return sum(found.values())

    def settle(self) -> None:
        """Wait until as many workers as there were have started again: Dask never starts one again that dies before that.

        Workers that have not come by then are not waited for the next time.
        """
        until = time.monotonic() + STARTS_WITHIN
        while self.client.status == "running" and not self._started():
            if time.monotonic() >= until:
                self._most = max(len(self.client.nthreads()), 1)
                break
            time.sleep(LOOK_EVERY)

    def _started(self) -> bool:
        """Whether all workers are there, and those who would start them again have seen their start."""
        if len(self.client.nthreads()) < self._most:
            return False
        with suppress(Exception):  # workers without nannies, whom nobody starts again
            return all(self.client.run(_runs, nanny=True).values())
        return True

    def twice(self, task: Callable[[Given], Made], given: Given) -> Made:
        """The result of a task, of which one worker may die. Raises KilledWorker if a second one does."""
        for last in (False, True):
            try:
                made: Made = self.client.submit(task, given, pure=False).result()
                return made
            except KilledWorker:
                self.settle()
                if last:
                    raise
        raise AssertionError


def _runs(dask_worker: Nanny) -> bool:
    """Called on a nanny: whether its worker has started."""
    process = dask_worker.process
    return process is not None and process.status == Status.running


def stretches(crew: Crew, stretch: Stretch) -> list[Stretch]:
    """What is surveyed instead of a stretch that kills each worker: its files one by one, or nothing of its only file."""
    return stretch.by_file() if len(stretch.files) > 1 else [replace(stretch, wrong=DIES)]


def tasks(
    crew: Crew,
    task: Task,
    out: Path,
    read: Callable[[Task], list[InputArticle]],
    trial: Callable[[InputArticle], object],
) -> list[Task]:
    """What is done instead of a task that kills each worker.

    Its partitions are written one after the other, so it died at the first that is not there. Of that one, reading alone is
    tried first: a file whose reading kills costs this partition. Then each of its articles is tried by itself.

    out      the folder of results
    read     reads the articles of a task on a worker
    trial    processes one of them on a worker, and discards the result
    """
    left = [each for each in task.partitions if tables.counts(out, each.number) is None]
    if len(task.partitions) == 1:
        return [task.of(_harmless(crew, task, each, read, trial) for each in left)] if left else [task]
    there = [each for each in task.partitions if each not in left]
    return [task.of(some) for some in (there, left[:1], left[1:]) if some]


def _harmless(
    crew: Crew,
    task: Task,
    partition: Partition,
    read: Callable[[Task], list[InputArticle]],
    trial: Callable[[InputArticle], object],
) -> Partition:
    """The partition with what kills in it marked."""
    if partition.tried:
        return _unread(partition, TOGETHER)
    try:
        articles = crew.twice(read, task)
    except KilledWorker:
        return _unread(partition, DIES)
    killers = set()
    for position, article in enumerate(articles):
        try:
            if article.wrong is None:
                crew.twice(trial, article)
        except KilledWorker:
            killers.add(position)
    return replace(partition, killers=frozenset(killers), tried=True)


def _unread(partition: Partition, wrong: str) -> Partition:
    return replace(partition, pieces=tuple(structs.replace(piece, wrong=wrong) for piece in partition.pieces))
