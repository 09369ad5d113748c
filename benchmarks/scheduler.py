"""The cost of scheduling a corpus: the flow of tasks that do nothing, up to 100,000 partitions, and of surveys.

The flow, the plan and the tasks are those of `isnad corpus`, as small as they are there (the names of files, and where
reading begins); two workers return at once. The measured time is what Dask and the flow take per partition; the memory
is that of this process, which contains the scheduler. Run it with `make bench-scheduler`.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster
from fsspec.implementations.local import LocalFileSystem

from helpers.corpus import dask_cluster, driver, plan
from helpers.inputs.listing import File, Listing
from helpers.inputs.pieces import Piece
from helpers.inputs.stretches import Stretch, cut
from helpers.inputs.survey import Found
from helpers.text import input_formats

PARTITIONS = (1_000, 10_000, 100_000)
ARTICLES, BYTES = 500, 1_700_000  # of a partition
FILE = 64_000_000  # bytes of each of the files
COUNTS = {"articles": ARTICLES, "claims": 5_000, "sources": 1_000, "mentions": 9_000, "failures": 0, "words": 150_000}


def input_of(partitions: int) -> Listing:
    """Files that are not there, as many as have so many partitions."""
    lines = next(each for each in input_formats.FORMATS if each.reader == "json_lines")
    names = (f"/mnt/shared/crawl/2024/news-{n:06}.jsonl" for n in range(partitions * BYTES // FILE + 1))
    return Listing(tuple(File(name, name, lines, FILE, "1700000000.0", LocalFileSystem()) for name in names))


def surveyed(stretch: Stretch) -> Found:
    """The survey of a stretch of 64 MB, without reading it."""
    each = ([Piece(stretch.first, ARTICLES, n * BYTES, n * ARTICLES)] for n in range(stretch.size // BYTES))
    return Found(list(each), stretch.size // BYTES * ARTICLES)


def written(task: plan.Task) -> list[dict[str, int]]:
    """A task that does nothing."""
    return [COUNTS for _ in task.partitions]


def measured(client: Client, what: str, work: Iterable[Any], task: Callable[[Any], Any]) -> list[tuple[Any, Any]]:
    """Do work that does nothing, and print what it cost."""
    begun, spent = time.perf_counter(), time.process_time()
    done = list(dask_cluster.flow(client, work, task, lambda crew, piece: [piece], driver.Watcher()))
    seconds, spent = time.perf_counter() - begun, time.process_time() - spent
    print(
        f"{len(done):8,} {what}: {seconds:7.1f} s, {seconds / len(done) * 1e3:6.2f} ms each, "
        f"{spent / len(done) * 1e3:6.2f} ms of processor here; {resident() / 1024:6.0f} MiB",
        flush=True,
    )
    return done


def resident() -> int:
    """The resident memory of this process, in KiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))[1])


def main() -> None:
    """Print milliseconds per survey and per partition, and memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=PARTITIONS[-1], help="no more partitions than this")
    most = parser.parse_args().most
    with (
        dask.config.set(dask_cluster.LOCAL),
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=60
        ) as cluster,
        Client(cluster) as client,
    ):
        for number in (n for n in PARTITIONS if n <= most):
            found = input_of(number)
            planned = plan.made(measured(client, "surveys   ", cut(found), surveyed))
            tasks = plan.tasks(plan.numbered(planned), found)
            measured(client, "partitions", tasks, written)


if __name__ == "__main__":
    main()
