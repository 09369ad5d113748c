"""Executes notebooks in parallel, one per core, in kernels that are reused for all of them.

Between two notebooks all names in a kernel are deleted, but modules remain imported. (nbval tests that each notebook
runs alone in its own kernel.) Kernels can be started early, so that they import what notebooks need while the caller is
still importing its own modules; nbclient and nbformat, which take longest, are imported last.
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
# The first line that a kernel executes: imports what notebooks need.
IMPORTS = "from helpers.report import imported; del imported"
READY = 60  # seconds within which a kernel must answer
STARTS = 3
# Kernels listen on loopback ports: only clients with the key can connect.
CONFIG = Config({"KernelManager": {"transport_encryption": "auto"}})


@dataclass(frozen=True, eq=False)
class Kernel:
    """A kernel that answers, with its only client: a second client would first have to wait until the kernel is idle."""

    manager: AsyncKernelManager
    client: AsyncKernelClient

    async def end(self) -> None:
        """End the kernel at once."""
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)


class Kernels:
    """A context in which notebooks can be run repeatedly; its kernels end with it."""

    def __init__(self) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._ahead: list[AsyncKernelManager] = []  # started, but not known to answer yet
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
        """Start the kernels for these notebooks, and return at once, while they are being prepared."""
        self._runner.run(self._start(notebooks[: self._places]))

    def run(self, notebooks: dict[Path, "NotebookNode"], ended: Ended) -> None:
        """Execute notebooks in place, each in the folder of its path. Raises NotebookError for the first that fails.

        ended     called with the path of each notebook that was executed
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
        ahead = (kernel.shutdown_kernel(now=True) for kernel in self._ahead)
        await asyncio.gather(*ahead, *(kernel.end() for kernel in self._free))


async def _launched(folder: Path) -> AsyncKernelManager:
    """A kernel whose process is running; it may not answer yet."""
    kernel = AsyncKernelManager(kernel_name="python3", config=CONFIG)
    try:
        first = ["--HistoryManager.hist_file=:memory:", f"--IPKernelApp.exec_lines={IMPORTS}"]
        await kernel.start_kernel(cwd=str(folder), env=live.before_nobody(), extra_arguments=first)
    except BaseException:  # even if the run is interrupted, no kernel must be left running
        await kernel.shutdown_kernel(now=True)
        raise
    return kernel


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
