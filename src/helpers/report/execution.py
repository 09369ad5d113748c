"""A notebook executed in a kernel that is there, by nbclient."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

__all__ = ["CellExecutionError", "executed", "forgotten"]

FORGET = "%reset -f\nget_ipython().execution_count = 1"
TIMEOUT = 600  # seconds for one cell


class _Client(NotebookClient):
    """Executes a notebook in a kernel that is there, and leaves signals alone: Ctrl-C stops the run, not one kernel."""

    @asynccontextmanager
    async def async_setup_kernel(self, **options: object) -> AsyncIterator[None]:
        await self.async_start_new_kernel_client()
        yield


async def executed(notebook: NotebookNode, kernel: AsyncKernelManager, folder: Path) -> None:
    """Execute a notebook in place, from a folder. Raises CellExecutionError; RuntimeError, TimeoutError where a kernel is lost."""
    resources = {"metadata": {"path": str(folder)}}
    # What is printed comes in one piece, however a busy machine cuts it.
    how = {"timeout": TIMEOUT, "record_timing": False, "coalesce_streams": True}
    client = _Client(notebook, km=kernel, resources=resources, **how)
    try:
        await client.async_execute()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()


async def forgotten(kernel: AsyncKernelManager, folder: Path) -> None:
    """Let a kernel forget all that was named in it. Raises as `executed` does."""
    await executed(new_notebook(cells=[new_code_cell(FORGET)]), kernel, folder)
