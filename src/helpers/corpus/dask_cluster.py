"""Runs batches on Dask, on own local processes or on a running scheduler, with a limited number of batches in progress."""

import atexit
import concurrent.futures
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from multiprocessing import resource_tracker
from pathlib import Path
from threading import Event, Thread
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
from distributed.deploy.spec import close_clusters
from distributed.diagnostics.plugin import WorkerPlugin

from helpers import readings
from helpers.corpus import partition, results_folder
from helpers.corpus.partition import DoBatches, Finished
from helpers.corpus.progress import Watcher
from helpers.files.errors import InputError
from helpers.inputs.batches import Batch, pack
from helpers.inputs.input_articles import Options

Task = Callable[[Batch], object]
BATCHES_AHEAD = 2  # batches submitted per worker: one in progress, one waiting
ALONE = 600  # seconds that a run waits for another worker when the last one is lost
ANSWER_WITHIN = 30  # seconds within which a scheduler must answer and have a first worker
STOPS_WITHIN = 2.0  # seconds that a local cluster that is abandoned has to stop restarting its workers
LOOKS, LOOK_EVERY = 3, 0.03  # how often its processes are looked for, and seconds between
STDERR = 2  # its file descriptor
OFTEN = 1.0  # seconds between checks of the number of workers, which can change
LOCAL = {
    "distributed.worker.profile.enabled": False,  # it would sample every task a hundred times a second
    "distributed.admin.tick.limit": "1h",  # a worker that reads is busy, not faulty
    "distributed.admin.tick.interval": "1s",  # by default each process wakes up fifty times a second
    "distributed.comm.timeouts.connect": f"{ANSWER_WITHIN}s",
    "logging": {"distributed": "critical", "bokeh": "critical", "tornado": "critical"},
}


class Lexicons(WorkerPlugin):
    """The compiled lexicons of a run, sent once to each worker, including those that join later."""

    def __init__(self, run: str, known: readings.Known) -> None:
        self.name, self._run, self._known = f"isnad-{run}", run, known

    def setup(self, worker: object) -> None:
        partition.LEXICONS[self._run] = self._known

    def teardown(self, worker: object) -> None:
        partition.LEXICONS.pop(self._run, None)


@contextmanager
def joined(
    this: results_folder.Run,
    known: readings.Known,
    out: Path,
    options: Options,
    scheduler: str | None,
    workers: int | None,
    watcher: Watcher,
    size: int,
) -> Iterator[DoBatches]:
    """Prepare a cluster for a run; yields a function that processes batches on it.

    Raises    InputError, one line, for a scheduler that does not answer, has no workers, or has workers with another
              version, with other lexicons, or without access to the folder of results.
    """
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(LOCAL))
        logging.disable(logging.CRITICAL)  # a lost worker is reported here, not by Dask, tornado and asyncio
        stack.callback(logging.disable, logging.NOTSET)
        client = stack.enter_context(_client(scheduler, workers))
        stack.enter_context(_gone_in_one_line(client, scheduler))
        _agree(client, this, out := out.resolve())
        plugin = Lexicons(this.key, known)
        client.register_plugin(plugin)
        if scheduler:
            stack.callback(_forget, client, plugin.name)
        watcher.begins(size, _watched(client), len(client.nthreads()))
        task = partial(partition.write, this.key, str(out), options)

        def work_on(batches: Iterable[Batch]) -> Iterator[Finished]:
            made = flow(client, batches, task, partial(partition.read_only, this.key, options), watcher)
            stack.callback(made.close)  # before the client ends
            return made

        yield work_on


@contextmanager
def _gone_in_one_line(client: Client, scheduler: str | None) -> Iterator[None]:
    """Raises InputError, one line, if the scheduler is lost while the block runs.

    Once Dask has noticed the loss, its calls can fail with various errors. Before that, and if another scheduler has
    replaced the lost one, connection errors and cancelled futures show it. Any other error is from a worker, such as an
    OSError with its number for a full disk.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as e:
        lost = isinstance(e, concurrent.futures.CancelledError) or (isinstance(e, OSError) and e.errno is None)
        if client.status == "running" and not lost:
            raise
        gone = "the Dask scheduler no longer answers; start it, and run the same command again: finished work is kept"
        raise InputError(f"{scheduler or 'isnad corpus'}: {gone}") from None


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    if scheduler is None:
        cluster = None
        with ExitStack() as closing:
            try:
                cluster, client = _started(workers)
                closing.enter_context(cluster)
                closing.enter_context(client)
                yield client
            except KeyboardInterrupt:
                closing.pop_all()
                _abandon(cluster)
                raise
        return
    try:
        client = Client(scheduler, timeout=ANSWER_WITHIN)
    except (OSError, ValueError, TimeoutError):
        raise InputError(f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`") from None
    try:
        with _gone_in_one_line(client, scheduler):
            try:
                client.wait_for_workers(1, timeout=ANSWER_WITHIN)
            except TimeoutError:
                raise InputError(f"{scheduler}: it has no worker; start some with `dask worker {scheduler}`") from None
        yield client
    finally:
        with suppress(Exception):  # a lost scheduler need not be closed
            client.close(ANSWER_WITHIN if client.status == "running" else 1)


def _forget(client: Client, plugin: str) -> None:
    """Remove the lexicons from a scheduler's workers, if it is still running."""
    with suppress(Exception):  # all is done, or what went wrong is said
        if client.status == "running":
            client.unregister_worker_plugin(plugin)


def _started(workers: int | None) -> tuple[LocalCluster, Client]:
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


def _abandon(cluster: LocalCluster | None) -> None:
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


def _agree(client: Client, this: results_folder.Run, out: Path) -> None:
    """Check that each worker has the same version, lexicons and folder. Raises InputError otherwise."""
    answers = client.run(_complaint, this.version, this.code, this.lexicons, str(out), on_error="return")
    for address, said in answers.items():
        failed = isinstance(said, Exception)
        wrong = f"it cannot run Isnad ({said}); install the same wheel there" if failed else said
        if wrong:
            raise InputError(f"worker {address}: {' '.join(wrong.split())}")


def _complaint(version: str, code: str, lexicons: str, out: str) -> str | None:
    """Called on a worker: the reason why it cannot work for a run, or None."""
    import helpers

    if helpers.__version__ != version or results_folder.code() != code:
        return f"it has another Isnad ({helpers.__version__}); install the same wheel there"
    if results_folder.lexicons() != lexicons:
        return "it has other lexicons; give it the same, with ISNAD_HOME and ISNAD_ACTORS"
    if not (Path(out) / results_folder.RUN).is_file():
        return f"it does not see {out}; use --out to name a folder that all workers share"
    return None


def _watched(client: Client) -> str | None:
    """The address at which the run can be watched in a browser: Dask's dashboard, or, without bokeh, its list of workers."""
    link: str | None = client.dashboard_link
    if link and not find_spec("bokeh"):
        return link.removesuffix("/status") + "/info/main/workers.html"
    return link


def flow(
    client: Client, batches: Iterable[Batch], task: Task, trial: Task, watcher: Watcher
) -> Generator[Finished, None, None]:
    """Process batches, only as many at a time as keep the workers busy; yields each with its counts when it is done.

    task     processes a batch on a worker and returns its counts
    trial    reads a batch on a worker and discards the result, to find an article that always kills its worker
    """
    under_way: dict[Future[Any], Batch] = {}
    ended, left = as_completed(), iter(batches)

    def give(batch: Batch) -> None:
        future = client.submit(task, batch, pure=False)
        under_way[future] = batch
        ended.add(future)

    try:
        more = True
        asked, room = 0.0, 0
        while True:
            if more and time.monotonic() - asked > OFTEN:
                _connected(client)
                asked, room = time.monotonic(), BATCHES_AHEAD * max(sum(client.nthreads().values()), 1)
            while more and len(under_way) < room:
                following = next(left, None)
                more = following is not None
                if following is not None:
                    give(following)
            if not under_way:
                return
            future = _next(ended, client, watcher)
            batch = under_way.pop(future)
            try:
                made = future.result()
            except KilledWorker:
                give(_without_killers(client, batch, trial))
                continue
            future.release()
            yield batch, made
    finally:
        with suppress(Exception):  # all is done, or what went wrong is said
            if client.status == "running":
                client.cancel(list(under_way), force=True)


def _connected(client: Client) -> None:
    """Raises ConnectionError if Dask has noticed that the scheduler is lost: reconnecting would not recover the batches."""
    if client.status != "running":
        raise ConnectionError(client.status)


def _next(ended: as_completed, client: Client, watcher: Watcher) -> Future[Any]:
    """The next future that is done. Raises InputError if there is no worker for `ALONE` seconds."""
    looked = time.monotonic()
    lost = None
    while not ended.has_ready():
        with ended.thread_condition:
            ended.thread_condition.wait(0.1)
        if (now := time.monotonic()) - looked < OFTEN:
            continue
        looked = now
        _connected(client)
        if client.nthreads():
            lost = None
        elif lost is None:
            lost = now
            watcher.alone(ALONE)
        elif now - lost > ALONE:
            raise InputError("no worker is left; start some, and run the same command again: finished work is kept")
    return next(ended)


def _without_killers(client: Client, batch: Batch, trial: Task) -> Batch:
    """The batch, with articles that always kill their worker marked as wrong; each article is tried by itself."""
    kept = []
    for at, record in enumerate(batch.unpacked):
        try:
            client.submit(trial, pack(batch.number, batch.first + at, [record]), pure=False).result()
            kept.append(record)
        except KilledWorker:
            wrong = "the process that reads it dies each time, perhaps out of memory; split it, or give workers more"
            kept.append(replace(record, text="", wrong=wrong))
    return pack(batch.number, batch.first, kept)
