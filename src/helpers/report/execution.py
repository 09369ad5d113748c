"""Executes a notebook in a running kernel, with nbclient."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

__all__ = ["CellExecutionError", "executed", "forgotten"]

# To forget, IPython has Python's collector look through all that is there, twice: lexicons and modules, which stay, it
# looks through once (`gc.freeze`).
FORGET = "%reset -f\nimport gc; gc.freeze(); del gc\nget_ipython().execution_count = 1"
TIMEOUT = 600  # seconds for one cell


class _Client(NotebookClient):
    """Executes a notebook in a running kernel without handling signals: Ctrl-C stops the whole run, not one kernel."""

    @asynccontextmanager
    async def async_setup_kernel(self, **options: object) -> AsyncIterator[None]:
        yield


async def executed(notebook: NotebookNode, kernel: AsyncKernelManager, client: AsyncKernelClient) -> None:
    """Execute a notebook in place, in a kernel and with a client that are ready.

    Raises    CellExecutionError; RuntimeError if the kernel dies, TimeoutError if a cell takes too long.
    """
    # Printed text is stored in one piece, even if a busy machine delivers it in several.
    by = _Client(notebook, km=kernel, timeout=TIMEOUT, record_timing=False, coalesce_streams=True)
    by.kc, client.allow_stdin = client, False
    await by.async_execute()


async def forgotten(kernel: AsyncKernelManager, client: AsyncKernelClient) -> None:
    """Delete all names defined in a kernel. Raises like `executed`."""
    await executed(new_notebook(cells=[new_code_cell(FORGET)]), kernel, client)
