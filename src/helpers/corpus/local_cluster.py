"""A cluster of processes of this machine: started so that signals are not delayed, and ended at once when a run is stopped."""

import atexit
import concurrent.futures
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from threading import Event, Thread

from distributed import Client, LocalCluster
from distributed.deploy.spec import close_clusters

STOPS_WITHIN = 2.0  # seconds that a local cluster that is abandoned has to stop restarting its workers
LOOKS, LOOK_EVERY = 3, 0.03  # how often its processes are looked for, and seconds between
STDERR = 2  # its file descriptor


def started(workers: int | None) -> tuple[LocalCluster, Client]:
    """A local cluster, by default with one worker per core, made in another thread, so that signals are not delayed."""
    made: concurrent.futures.Future[tuple[LocalCluster, Client]] = concurrent.futures.Future()

    def start() -> None:
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
            made.set_result((cluster, Client(cluster)))
        except BaseException as e:
            made.set_exception(e)

    resource_tracker.ensure_running()  # its start would unblock signals
    with _signals_held_back():
        Thread(target=start, daemon=True).start()
    return made.result()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Block signals during the block; they are delivered when it ends.

    Threads and processes started in the block never receive them, since only this process stops a run, not each of its
    workers. On Windows nothing is blocked.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def abandon(cluster: LocalCluster | None) -> None:
    """End a local cluster at once, even while it is being made. Unfinished partitions are discarded."""
    atexit.unregister(close_clusters)  # it would wait for the clusters
    if cluster is not None and cluster.loop is not None:  # so that it does not restart workers
        loop, ended = cluster.loop, Event()

        def stop() -> None:
            loop.stop()
            ended.set()

        loop.add_callback(stop)
        ended.wait(STOPS_WITHIN)
    _mute_new_processes()  # those that are started now by what is not stopped yet, and find nothing of this one any more
    for _ in range(LOOKS):  # one that is being started is listed a little later
        for process in multiprocessing.active_children():
            process.kill()
        time.sleep(LOOK_EVERY)


def _mute_new_processes() -> None:
    """Let processes that are started from now on write no errors; this one keeps its standard error."""
    with suppress(OSError, ValueError):  # it has none, or another than the system's
        if sys.stderr.fileno() == STDERR:
            own = os.dup(STDERR)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, STDERR)
            os.close(nowhere)
            sys.stderr = os.fdopen(own, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
