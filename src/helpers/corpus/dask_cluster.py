"""Runs work on Dask, on own local processes or on a running scheduler, with a limited number of tasks in progress."""

import concurrent.futures
import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import dask
from distributed import Client, Future, KilledWorker, as_completed
from distributed.diagnostics.plugin import WorkerPlugin
from fsspec.implementations.local import LocalFileSystem

from helpers import readings
from helpers.corpus import killers, local_cluster, partition, results_folder
from helpers.corpus.progress import Watcher
from helpers.corpus.workers import Workers
from helpers.files.errors import InputError
from helpers.inputs import survey
from helpers.inputs.input_articles import Options
from helpers.inputs.listing import Listing

Given = TypeVar("Given")
Made = TypeVar("Made")
Instead = Callable[[killers.Crew, Any], Iterable[Any]]
AHEAD = 2  # tasks submitted per worker: one in progress, one waiting
ALONE = 600  # seconds that a run waits for another worker when the last one is lost
ANSWER_WITHIN = 30  # seconds within which a scheduler must answer and have a first worker
OFTEN = 1.0  # seconds between checks of the number of workers, which can change
LOCAL = {
    "distributed.worker.profile.enabled": False,  # it would sample every task a hundred times a second
    "distributed.admin.tick.limit": "1h",  # a worker that reads is busy, not faulty
    "distributed.admin.tick.interval": "1s",  # by default each process wakes up fifty times a second
    "distributed.admin.system-monitor.interval": "10s",  # nobody looks at what it notes, twice a second by default
    "distributed.admin.system-monitor.disk": False,
    "distributed.worker.memory.monitor-interval": "1s",  # by default ten times, for each worker, in this process
    "distributed.deploy.lost-worker-timeout": "1h",  # after 15 seconds, one that is slow to start again would be given up
    "distributed.scheduler.allowed-failures": 0,  # what a worker died of is found out here
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
    found: Listing,
) -> Iterator[Workers]:
    """Prepare a cluster for a run over the listed files; yields what works on it.

    Raises    InputError, one line, for a scheduler that does not answer, has no workers, or has workers with another
              version, with other lexicons, or without access to the input or the folder of results.
    """
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(LOCAL))
        logging.disable(logging.CRITICAL)  # a lost worker is reported here, not by Dask, tornado and asyncio
        stack.callback(logging.disable, logging.NOTSET)
        client = stack.enter_context(_client(scheduler, workers))
        stack.enter_context(_gone_in_one_line(client, scheduler))
        _agree(client, this, out := out.resolve(), found)
        plugin = Lexicons(this.key, known)
        client.register_plugin(plugin)
        if scheduler:
            stack.callback(_forget, client, plugin.name)
        watcher.begins(found.size, _watched(client), len(client.nthreads()))

        def flowing(work: Iterable[Any], task: Callable[[Any], Any], instead: Instead) -> Iterator[Any]:
            made = flow(client, work, task, instead, watcher)
            stack.callback(made.close)  # before the client ends
            return made

        read = partial(partition.articles_of, options)
        trial = partial(partition.tried, this.key, options)
        write = partial(partition.write, this.key, str(out), options)
        yield Workers(
            lambda left: flowing(left, partial(survey.of, options=options), killers.stretches),
            lambda left: flowing(left, write, partial(killers.tasks, out=out, read=read, trial=trial)),
        )


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
                cluster, client = local_cluster.started(workers)
                closing.enter_context(cluster)
                closing.enter_context(client)
                yield client
            except KeyboardInterrupt:
                closing.pop_all()
                local_cluster.abandon(cluster)
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


def _agree(client: Client, this: results_folder.Run, out: Path, found: Listing) -> None:
    """Check that each worker has the same version, lexicons, folder and input. Raises InputError otherwise."""
    local = [file.path for file in found.files if isinstance(file.system, LocalFileSystem)]
    some = [path for path in (*local[:1], *local[-1:]) if Path(path).is_file()]
    answers = client.run(_complaint, this.version, this.code, this.lexicons, str(out), some, on_error="return")
    for address, said in answers.items():
        failed = isinstance(said, Exception)
        wrong = f"it cannot run Isnad ({said}); install the same wheel there" if failed else said
        if wrong:
            raise InputError(f"worker {address}: {' '.join(wrong.split())}")


def _complaint(version: str, code: str, lexicons: str, out: str, some: Iterable[str]) -> str | None:
    """Called on a worker: the reason why it cannot work for a run, or None."""
    import helpers

    if helpers.__version__ != version or results_folder.code() != code:
        return f"it has another Isnad ({helpers.__version__}); install the same wheel there"
    if results_folder.lexicons() != lexicons:
        return "it has other lexicons; give it the same, with ISNAD_HOME and ISNAD_ACTORS"
    if not (Path(out) / results_folder.RUN).is_file():
        return f"it does not see {out}; use --out to name a folder that all workers share"
    if unseen := next((path for path in some if not Path(path).is_file()), None):
        return f"it does not see {unseen}; put the input where all workers see it, since they read it"
    return None


def _watched(client: Client) -> str | None:
    """The address at which the run can be watched in a browser: Dask's dashboard, or, without bokeh, its list of workers."""
    link: str | None = client.dashboard_link
    if link and not find_spec("bokeh"):
        return link.removesuffix("/status") + "/info/main/workers.html"
    return link


def flow(
    client: Client, work: Iterable[Given], task: Callable[[Given], Made], instead: Instead, watcher: Watcher
) -> Generator[tuple[Given, Made], None, None]:
    """Do work on workers, only as much at a time as keeps them busy; yields each piece with its result when it is done.

    A piece whose workers died is done again with nothing beside it, since another piece may have killed them.

    task       does a piece of the work on a worker
    instead    (the workers, a piece that kills each of them): what is done instead of it; called when nothing else is done
    """
    under_way: dict[Future[Any], Given] = {}
    ended, left = as_completed(), iter(work)
    suspects, again = deque[Given](), deque[Given]()
    alone, crew = False, killers.Crew(client)

    def give(piece: Given) -> None:
        future = client.submit(task, piece, pure=False)
        under_way[future] = piece
        ended.add(future)

    try:
        more = True
        asked, room = 0.0, 0
        while True:
            if more and time.monotonic() - asked > OFTEN:
                _connected(client)
                asked, room = time.monotonic(), AHEAD * max(crew.threads(), 1)
            alone = bool(suspects) and not under_way
            if alone:
                give(suspects.popleft())
            while not alone and not suspects and (more or again) and len(under_way) < room:
                following = again.popleft() if again else next(left, None)
                more = following is not None
                if following is not None:
                    give(following)
            if not under_way:
                return
            future = _next(ended, client, watcher)
            piece = under_way.pop(future)
            try:
                made = future.result()
            except KilledWorker:
                crew.settle()
                if alone:
                    again.extend(instead(crew, piece))
                    more = True
                else:
                    suspects.append(piece)
                continue
            future.release()
            yield piece, made
    finally:
        with suppress(Exception):  # all is done, or what went wrong is said
            if client.status == "running":
                client.cancel(list(under_way), force=True)


def _connected(client: Client) -> None:
    """Raises ConnectionError if Dask has noticed that the scheduler is lost: reconnecting would not recover the tasks."""
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
