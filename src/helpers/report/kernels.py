"""Notebooks executed side by side, one a core, in kernels that are started once and imported once for all of them.

Between two notebooks a kernel forgets all that the first one named; modules stay imported. That a notebook runs alone,
in a kernel of its own, is what nbval tests.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from helpers.files.errors import NotebookError
from helpers.report import live

Tick = Callable[[str], None]
FORGET = "%reset -f\nget_ipython().execution_count = 1"
TIMEOUT = 600  # seconds for one cell
READY = 60  # seconds for a kernel to answer
STARTS = 3
# Kernels listen on loopback ports: only who holds the key may speak to them.
CONFIG = Config({"KernelManager": {"transport_encryption": "auto"}})


class Kernels:
    """A context in which notebooks are run, again and again; its kernels end with it."""

    def __init__(self) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._free: list[AsyncKernelManager] = []
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

    def run(self, notebooks: dict[Path, NotebookNode], tick: Tick) -> None:
        """Execute notebooks in place, each in the folder of its path. Raises NotebookError for the first that fails."""
        self._runner.run(self._run(notebooks, tick))

    async def _run(self, notebooks: dict[Path, NotebookNode], tick: Tick) -> None:
        places = asyncio.Semaphore(self._places)

        async def execute(name: Path, notebook: NotebookNode) -> None:
            async with places:
                await self._execute(name, notebook)
            tick(name.stem)

        # All run to their end, so that no kernel is left at work; then the first failure is raised.
        ended = await asyncio.gather(*(execute(*each) for each in notebooks.items()), return_exceptions=True)
        for failure in filter(None, ended):
            raise failure

    async def _execute(self, name: Path, notebook: NotebookNode) -> None:
        sound, kernel = False, None  # fit for another notebook
        try:
            if self._free:
                kernel = self._free.pop()
                await _executed(new_notebook(cells=[new_code_cell(FORGET)]), kernel, name.parent)
            else:
                kernel = await _started(name.parent)
            await _executed(notebook, kernel, name.parent)
            sound = True
        except CellExecutionError as e:
            sound = True
            raise NotebookError(f"{name.name}: {e.ename}: {e.evalue}; run it in JupyterLab to see where") from e
        except (RuntimeError, TimeoutError) as e:
            raise NotebookError(f"{name.name}: {e}; try again, with less running beside it") from e
        finally:
            if sound and kernel:
                self._free.append(kernel)
            elif kernel:
                await kernel.shutdown_kernel(now=True)

    async def _end(self) -> None:
        await asyncio.gather(*(kernel.shutdown_kernel(now=True) for kernel in self._free))


async def _started(folder: Path) -> AsyncKernelManager:
    """A kernel that answers. One that dies at its start is tried again: a port that was free may be taken meanwhile.

    Raises RuntimeError where it dies each time.
    """
    attempt = 0
    while True:
        attempt += 1
        kernel = AsyncKernelManager(kernel_name="python3", config=CONFIG)
        client = None
        try:
            quiet = ["--HistoryManager.hist_file=:memory:"]
            await kernel.start_kernel(cwd=str(folder), env=live.before_nobody(), extra_arguments=quiet)
            client = kernel.client()
            client.start_channels()
            await client.wait_for_ready(timeout=READY)
            return kernel
        except BaseException as e:  # also when the run is stopped: no kernel is left behind
            await kernel.shutdown_kernel(now=True)
            if not isinstance(e, RuntimeError) or attempt == STARTS:
                raise
        finally:
            if client is not None:
                client.stop_channels()


class _Client(NotebookClient):
    """Executes a notebook in a kernel that is there, and leaves signals alone: Ctrl-C stops the run, not one kernel."""

    @asynccontextmanager
    async def async_setup_kernel(self, **options: object) -> AsyncIterator[None]:
        await self.async_start_new_kernel_client()
        yield


async def _executed(notebook: NotebookNode, kernel: AsyncKernelManager, folder: Path) -> None:
    resources = {"metadata": {"path": str(folder)}}
    # What is printed comes in one piece, however a busy machine cuts it.
    how = {"timeout": TIMEOUT, "record_timing": False, "coalesce_streams": True}
    client = _Client(notebook, km=kernel, resources=resources, **how)
    try:
        await client.async_execute()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
