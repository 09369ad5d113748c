"""Executes all notebooks again, including those about a corpus, and stores them with their outputs."""

from collections.abc import Callable
from pathlib import Path

import nbformat

from helpers.files import atomic, paths
from helpers.report.kernels import Kernels


def rebuild(kernels: Kernels, tick: Callable[[str], None] = lambda step: None) -> list[Path]:
    """Execute all notebooks, for the seed and the small corpus. Returns their paths; raises NotebookError."""
    notebooks = {name: nbformat.read(name, as_version=4) for name in paths.all_notebooks()}
    kernels.run(notebooks, lambda name: tick(name.stem))
    for name, notebook in notebooks.items():
        notebook.metadata.get("language_info", {}).pop("version", None)  # differs between machines
        with atomic.written_whole(name) as beside:
            nbformat.write(notebook, beside)
    return list(notebooks)
