"""What is done when each worker dies that gets the same work: the file or the article where this happens is found, and fails alone.

A worker dies of an article that takes more memory than there is, or of a fault in a library that reads its format.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from distributed import Client, KilledWorker
from msgspec import structs

from helpers.corpus import tables
from helpers.corpus.plan import Partition, Task
from helpers.inputs.input_articles import InputArticle
from helpers.inputs.pieces import DIES
from helpers.inputs.stretches import Stretch

TOGETHER = f"the processes that read these articles die each time, though of none alone; {DIES.rpartition('; ')[2]}"


def stretches(client: Client, stretch: Stretch) -> list[Stretch]:
    """What is surveyed instead of a stretch that kills each worker: its files one by one, or nothing of its only file."""
    return stretch.by_file() if len(stretch.files) > 1 else [replace(stretch, wrong=DIES)]


def tasks(
    client: Client,
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
        return [task.of(_harmless(client, task, each, read, trial) for each in left)] if left else [task]
    there = [each for each in task.partitions if each not in left]
    return [task.of(some) for some in (there, left[:1], left[1:]) if some]


def _harmless(
    client: Client,
    task: Task,
    partition: Partition,
    read: Callable[[Task], list[InputArticle]],
    trial: Callable[[InputArticle], object],
) -> Partition:
    """The partition with what kills in it marked."""
    if partition.tried:
        return _unread(partition, TOGETHER)
    try:
        articles: list[InputArticle] = client.submit(read, task, pure=False).result()
    except KilledWorker:
        return _unread(partition, DIES)
    killers = set()
    for position, article in enumerate(articles):
        try:
            if article.wrong is None:
                client.submit(trial, article, pure=False).result()
        except KilledWorker:
            killers.add(position)
    return replace(partition, killers=frozenset(killers), tried=True)


def _unread(partition: Partition, wrong: str) -> Partition:
    return replace(partition, pieces=tuple(structs.replace(piece, wrong=wrong) for piece in partition.pieces))
