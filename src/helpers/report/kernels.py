"""Notebooks executed side by side, one a core, in kernels that are started once and imported once for all of them.

Between two notebooks a kernel forgets all that the first one named; modules stay imported. That a notebook runs alone,
in a kernel of its own, is what nbval tests. Kernels may be started ahead: what notebooks import is imported there while
the caller is still at its own imports, and nbclient and nbformat, which take longest of these, come last of all.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from helpers.files.errors import NotebookError
from helpers.report import live

if TYPE_CHECKING:
    from nbformat import NotebookNode

Ended = Callable[[Path], None]
# A kernel's own first line: what notebooks import.
IMPORTS = "from helpers.report import imported; del imported"
READY = 60  # seconds for a kernel to answer
STARTS = 3
# Kernels listen on loopback ports: only who holds the key may speak to them.
CONFIG = Config({"KernelManager": {"transport_encryption": "auto"}})


@dataclass(frozen=True, eq=False)
class Kernel:
    """A kernel that answers, and the one client that speaks to it: another would have to wait for silence first."""

    manager: AsyncKernelManager
    client: AsyncKernelClient

    async def end(self) -> None:
        """End the kernel at once."""
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)


class Kernels:
    """A context in which notebooks are run, again and again; its kernels end with it."""

    def __init__(self) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._ahead: list[AsyncKernelManager] = []  # started, and not yet asked whether they answer
        self._free: list[Kernel] = []
        self._places = cores
        self._runner = asyncio.Runner()

    def __enter__(self) -> "Kernels":
        self._runner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._runner.run(self._end())
        finally:
            self._runner.__exit__(*error)

    def start(self, notebooks: Sequence[Path]) -> None:
        """Start the kernels that these notebooks will be run in, and return at once: they are made ready meanwhile."""
        self._runner.run(self._start(notebooks[: self._places]))

    def run(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> None:
        """Execute notebooks in place, each in the folder of its path. Raises NotebookError for the first that fails.

        ended     is called with the path of each that has been executed
        """
        self._runner.run(self._run(notebooks, ended))

    async def _start(self, notebooks: Sequence[Path]) -> None:
        for name in notebooks:
            self._ahead.append(await _launched(name.parent))

    async def _run(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> None:
        places = asyncio.Semaphore(self._places)

        async def execute(name: Path, notebook: "NotebookNode") -> None:
            async with places:
                await self._execute(name, notebook)
            ended(name)

        # All run to their end, so that no kernel is left at work; then the first failure is raised.
        failures = await asyncio.gather(*(execute(*each) for each in notebooks.items()), return_exceptions=True)
        for failure in filter(None, failures):
            raise failure

    async def _execute(self, name: Path, notebook: "NotebookNode") -> None:
        from helpers.report import execution  # takes longer to import than a kernel to start

        sound, kernel = False, None  # fit for another notebook
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
        ahead = (kernel.shutdown_kernel(now=True) for kernel in self._ahead)
        await asyncio.gather(*ahead, *(kernel.end() for kernel in self._free))


async def _launched(folder: Path) -> AsyncKernelManager:
    """A kernel whose process runs; it need not answer yet."""
    kernel = AsyncKernelManager(kernel_name="python3", config=CONFIG)
    try:
        first = ["--HistoryManager.hist_file=:memory:", f"--IPKernelApp.exec_lines={IMPORTS}"]
        await kernel.start_kernel(cwd=str(folder), env=live.before_nobody(), extra_arguments=first)
    except BaseException:  # also when the run is stopped: no kernel is left behind
        await kernel.shutdown_kernel(now=True)
        raise
    return kernel


async def _answering(ahead: AsyncKernelManager | None, folder: Path) -> Kernel:
    """A kernel that answers. One that dies at its start is tried again: a port that was free may be taken meanwhile.

    ahead     one that is started already
    Raises    RuntimeError where it dies each time.
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
