"""Dask: local processes of our own, or a scheduler that is running; batches in, counts out, a bounded number under way."""

import atexit
import concurrent.futures
import logging
import multiprocessing
import signal
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
BATCHES_AHEAD = 2  # batches for each worker: one that it does, one that it has at hand
ALONE = 600  # seconds that a run waits for another worker when the last one is lost
ANSWER_WITHIN = 30  # seconds for a scheduler to answer, and for a first worker
OFTEN = 1.0  # seconds between two looks at how many workers there are: they come and go
LOCAL = {
    "distributed.worker.profile.enabled": False,  # it samples every task a hundred times a second
    "distributed.admin.tick.limit": "1h",  # a worker that reads is busy, not ill
    "distributed.admin.tick.interval": "1s",  # each process wakes fifty times a second to look at its clock else
    "distributed.comm.timeouts.connect": f"{ANSWER_WITHIN}s",
    "logging": {"distributed": "critical", "bokeh": "critical", "tornado": "critical"},
}


class Lexicons(WorkerPlugin):
    """The compiled lexicons of a run: sent once to each worker, and to each that joins later."""

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
    """A cluster that is ready for a run: gives what does batches on it.

    Raises    InputError, one line, for a scheduler that does not answer, has no worker, or workers that have another
              version, other lexicons, or do not see the folder of results.
    """
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(LOCAL))
        logging.disable(logging.CRITICAL)  # what Dask, tornado and asyncio say of a lost worker is said by us
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
    """Say of a scheduler that is lost while the block runs that it is lost.

    Once Dask knows it, any of its calls fails in a way of its own. Before that, and when another scheduler has taken the
    place of the one that was lost, errors of the connection and futures that were cancelled tell. Any other error is a
    worker's, such as a full disk, which has a number.
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
        with suppress(Exception):  # of a scheduler that is lost nobody takes leave
            client.close(ANSWER_WITHIN if client.status == "running" else 1)


def _forget(client: Client, plugin: str) -> None:
    """Take the lexicons from a scheduler's workers, where it is still there."""
    with suppress(Exception):  # all is done, or what went wrong is said
        if client.status == "running":
            client.unregister_worker_plugin(plugin)


def _started(workers: int | None) -> tuple[LocalCluster, Client]:
    """A cluster of our own, by default with a worker a core, made in another thread, so that a signal does not wait for it."""
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

    resource_tracker.ensure_running()  # its own start lets signals through again
    with _signals_held_back():
        Thread(target=start, daemon=True).start()
    return made.result()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Hold signals back while the block lasts; they come when it ends.

    Threads and processes that the block starts never get them: to stop a run is for this process, not for each of its
    workers. On Windows nothing is held back.
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
    """End a cluster of our own at once, made or in the making. A partition that is under way was never there."""
    atexit.unregister(close_clusters)  # it would wait for them
    if cluster is not None and cluster.loop is not None:  # so that it starts no worker anew
        loop, ended = cluster.loop, Event()

        def stop() -> None:
            loop.stop()
            ended.set()

        loop.add_callback(stop)
        ended.wait(1)
    for process in multiprocessing.active_children():
        process.kill()


def _agree(client: Client, this: results_folder.Run, out: Path) -> None:
    """Make sure that each worker would do what this process would."""
    answers = client.run(_complaint, this.version, this.code, this.lexicons, str(out), on_error="return")
    for address, said in answers.items():
        failed = isinstance(said, Exception)
        wrong = f"it cannot run Isnad ({said}); install the same wheel there" if failed else said
        if wrong:
            raise InputError(f"worker {address}: {' '.join(wrong.split())}")


def _complaint(version: str, code: str, lexicons: str, out: str) -> str | None:
    """On a worker: why it cannot work for a run, or None."""
    import helpers

    if helpers.__version__ != version or results_folder.code() != code:
        return f"it has another Isnad ({helpers.__version__}); install the same wheel there"
    if results_folder.lexicons() != lexicons:
        return "it has other lexicons; give it the same, with ISNAD_HOME and ISNAD_ACTORS"
    if not (Path(out) / results_folder.RUN).is_file():
        return f"it does not see {out}; use --out to name a folder that all workers share"
    return None


def _watched(client: Client) -> str | None:
    """Where the run can be watched in a browser: Dask's dashboard, or, without bokeh, its list of workers."""
    link: str | None = client.dashboard_link
    if link and not find_spec("bokeh"):
        return link.removesuffix("/status") + "/info/main/workers.html"
    return link


def flow(
    client: Client, batches: Iterable[Batch], task: Task, trial: Task, watcher: Watcher
) -> Generator[Finished, None, None]:
    """Do batches, no more under way than the workers have use for; give each with its counts as it ends.

    task     does a batch on a worker and returns its counts
    trial    reads a batch there and keeps nothing: to find which article kills its worker each time
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
    """Raises ConnectionError as soon as Dask knows that the scheduler is lost: to connect again would help no batch."""
    if client.status != "running":
        raise ConnectionError(client.status)


def _next(ended: as_completed, client: Client, watcher: Watcher) -> Future[Any]:
    """The next future that ends. Raises InputError when for `ALONE` seconds there is no worker that could end one."""
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
    """The batch, with what kills its worker each time marked as wrong: each article is tried by itself."""
    kept = []
    for at, record in enumerate(batch.unpacked):
        try:
            client.submit(trial, pack(batch.number, batch.first + at, [record]), pure=False).result()
            kept.append(record)
        except KilledWorker:
            wrong = "the process that reads it dies each time, perhaps out of memory; split it, or give workers more"
            kept.append(replace(record, text="", wrong=wrong))
    return pack(batch.number, batch.first, kept)
