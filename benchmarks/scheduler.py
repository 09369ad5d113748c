"""The cost of scheduling a corpus: the flow of batches with tasks that do nothing, up to 100,000 partitions.

The flow is that of `isnad corpus`, with empty batches of the size of compressed ones; two workers return at once. The
measured time is what Dask, the flow and the transfer take per partition; the memory is that of this process, which
contains the scheduler. Run it with `make bench-scheduler`.
"""

import argparse
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import dask
from distributed import Client, LocalCluster

from helpers.corpus import dask_cluster, driver
from helpers.inputs.batches import Batch

PARTITIONS = (1_000, 10_000, 100_000)
PACKED = 500_000  # bytes of a compressed batch of 500 articles of 300 words


def nothing(batch: Batch) -> dict[str, int]:
    """A task that does nothing."""
    return {"articles": batch.articles}


def batches(number: int, size: int) -> Iterator[Batch]:
    """Batches of random bytes, made once."""
    packed = os.urandom(size)
    return (Batch(n, n * 500, 500, 0, packed) for n in range(number))


def resident() -> int:
    """The resident memory of this process, in KiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))[1])


def main() -> None:
    """Print microseconds per partition and memory, for empty batches and for full ones."""
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
        for size, numbers in ((0, PARTITIONS), (PACKED, PARTITIONS[:1])):
            for number in (n for n in numbers if n <= most):
                begun, spent = time.perf_counter(), time.process_time()
                done = sum(
                    1 for _ in dask_cluster.flow(client, batches(number, size), nothing, nothing, driver.Watcher())
                )
                seconds, spent = time.perf_counter() - begun, time.process_time() - spent
                print(
                    f"{done:8,} partitions of {size:8,} bytes: {seconds:7.1f} s, {seconds / done * 1e3:6.2f} ms each, "
                    f"{spent / done * 1e3:6.2f} ms of processor here; {resident() / 1024:6.0f} MiB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
