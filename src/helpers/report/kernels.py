"""Executes notebooks in parallel, one per core, in kernels that are reused for all of them.

Between two notebooks a kernel forgets all that the first one named; modules stay imported. That a notebook runs alone,
in a kernel of its own, is what nbval tests. Kernels may be started ahead: what notebooks import is imported there while
the caller is still at its own imports, and nbclient and nbformat, which take longest of these, come last of all.
A thread of its own speaks to the kernels, so that the caller goes on with its work meanwhile.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from helpers.files.errors import NotebookError
from helpers.report import interactive

if TYPE_CHECKING:
    from nbformat import NotebookNode

Ended = Callable[[Path], None]
Result = TypeVar("Result")
# A kernel's own first line: what notebooks import. It all stays, so Python's collector need not look through it.
IMPORTS = "import gc; gc.disable(); from helpers.report import imported; gc.freeze(); gc.enable(); del gc, imported"
READY = 60  # seconds for a kernel to answer
STARTS = 3
INTERRUPTIBLE = 0.5  # seconds: Windows lets Ctrl-C through only when a wait ends
# Kernels listen on loopback ports: only who holds the key may speak to them.
CONFIG = Config({"KernelManager": {"transport_encryption": "auto"}})


@dataclass(frozen=True, eq=False)
class Kernel:
    """A kernel that answers, with its only client: a second client would first have to wait until the kernel is idle."""

    manager: AsyncKernelManager
    client: AsyncKernelClient

    async def end(self) -> None:
        """End the kernel at once."""
        self.client.stop_channels()
        await _killed(self.manager)


class Kernels:
    """A context in which notebooks can be run repeatedly; its kernels end with it."""

    def __init__(self) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._ahead: list[AsyncKernelManager] = []  # started, but not known to answer yet
        self._free: list[Kernel] = []
        self._cores = cores
        self._places = asyncio.Semaphore(cores)  # given in the order in which they are asked for
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="kernels", daemon=True)

    def __enter__(self) -> "Kernels":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._there(self._end())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def start(self, notebooks: Sequence[Path]) -> None:
        """Start the kernels for these notebooks, and return at once, while they are being prepared."""
        self._there(self._start(notebooks[: self._cores]))

    def run(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> None:
        """Execute notebooks as `running` does, and wait for them."""
        with self.running(notebooks, ended):
            pass

    @contextmanager
    def running(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> Iterator[None]:
        """Execute notebooks in place, each in the folder of its path, beside the block, whose end waits for them.

        They come after those that other blocks run already. An error in the block stops them at once.
        ended     is called, in another thread, with the path of each that has been executed
        Raises    NotebookError for the first that fails, when all have run to their end.
        """
        task = self._there(_begun(self._run(notebooks, ended)))
        try:
            yield
            self._there(_ended(task))
        except BaseException:
            self._there(_stopped(task))
            raise

    def _there(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Have something done in the thread of the kernels, and wait for what comes of it."""
        doing = asyncio.run_coroutine_threadsafe(work, self._loop)
        while not doing.done():
            futures.wait([doing], INTERRUPTIBLE)
        return doing.result()

    async def _start(self, notebooks: Sequence[Path]) -> None:
        for name in notebooks:
            self._ahead.append(await _launched(name.parent))

    async def _run(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> None:
        async def execute(name: Path, notebook: "NotebookNode") -> None:
            async with self._places:
                await self._execute(name, notebook)
            ended(name)

        # All run to the end, so that no kernel is left busy; then the first failure is raised.
        failures = await asyncio.gather(*(execute(*each) for each in notebooks.items()), return_exceptions=True)
        for failure in filter(None, failures):
            raise failure

    async def _execute(self, name: Path, notebook: "NotebookNode") -> None:
        from helpers.report import execution  # importing it takes longer than starting a kernel

        sound, kernel = False, None  # sound: whether the kernel can run another notebook
        try:
            if self._free:
                kernel = self._free.pop()
                await execution.forgotten(kernel.manager, kernel.client)
            else:
                kernel = await _answering(self._ahead.pop(0) if self._ahead else None, name.parent)
            await execution.executed(notebook, kernel.manager, kernel.client)
            sound = True
        except execution.CellExecutionError as e:
            sound = True
            raise NotebookError(f"{name.name}: {e.ename}: {e.evalue}; run it in JupyterLab to see where") from e
        except (RuntimeError, TimeoutError) as e:
            raise NotebookError(f"{name.name}: {e}; try again with fewer programs running") from e
        finally:
            if sound and kernel:
                self._free.append(kernel)
            elif kernel:
                await kernel.end()

    async def _end(self) -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}  # of a call that was stopped: each ends its kernel
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        ahead = map(_killed, self._ahead)
        await asyncio.gather(*ahead, *(kernel.end() for kernel in self._free))


async def _begun(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    return asyncio.create_task(work)


async def _ended(task: asyncio.Task[Result]) -> Result:
    return await task


async def _stopped(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _launched(folder: Path) -> AsyncKernelManager:
    """A kernel whose process is running; it may not answer yet."""
    kernel = AsyncKernelManager(kernel_name="python3", config=CONFIG)
    try:
        first = ["--HistoryManager.hist_file=:memory:", f"--IPKernelApp.exec_lines={IMPORTS}"]
        await kernel.start_kernel(cwd=str(folder), env=interactive.for_nobody(), extra_arguments=first)
    except BaseException:  # even if the run is interrupted, no kernel must be left running
        await _killed(kernel)
        raise
    return kernel


async def _killed(kernel: AsyncKernelManager) -> None:
    """End a kernel at once, with the processes that it started.

    Ctrl-C can end a process before it has a group of its own: its group, which would be killed, is then the caller's.
    """
    provisioner: Any = kernel.provisioner
    if provisioner and hasattr(os, "getpgrp") and getattr(provisioner, "pgid", None) == os.getpgrp():
        provisioner.pgid = None
    await kernel.shutdown_kernel(now=True)


async def _answering(ahead: AsyncKernelManager | None, folder: Path) -> Kernel:
    """A kernel that answers. If it dies at the start, another is tried: a free port can be taken in the meantime.

    ahead     a kernel that was started before, or None
    Raises    RuntimeError if it dies each time.
    """
    attempt = 0
    while True:
        attempt += 1
        manager, ahead = ahead or await _launched(folder), None
        kernel = Kernel(manager, manager.client())
        try:
            kernel.client.start_channels()
            await kernel.client.wait_for_ready(timeout=READY)
            return kernel
        except BaseException as e:  # as above
            await kernel.end()
            if not isinstance(e, RuntimeError) or attempt == STARTS:
                raise
