"""Adds the parameters of a run to a notebook: a cell that sets them, after the one tagged `parameters`."""

from pathlib import Path

import nbformat


def injected(notebook: Path, parameters: dict[str, object]) -> nbformat.NotebookNode:
    """A stored notebook with a cell that sets parameters, after its own parameters cell or else at the beginning.

    parameters   by name; the `repr` of a value must be a Python expression for it
    """
    node: nbformat.NotebookNode = nbformat.read(notebook, as_version=4)
    lines = ["# Parameters", *(f"{name} = {value!r}" for name, value in parameters.items()), ""]
    cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
    tagged = (at for at, each in enumerate(node.cells, 1) if "parameters" in each.metadata.get("tags", ()))
    node.cells.insert(next(tagged, 0), cell)
    return node
