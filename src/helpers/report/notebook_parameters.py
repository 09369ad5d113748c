"""A notebook with the parameters of a run: a cell that sets them, after the one that is tagged `parameters`."""

from pathlib import Path

import nbformat


def injected(notebook: Path, parameters: dict[str, object]) -> nbformat.NotebookNode:
    """A notebook as stored, with a cell that sets the parameters after the cell of its own, or else before all cells.

    parameters   by name; values whose `repr` is Python that gives them back
    """
    node: nbformat.NotebookNode = nbformat.read(notebook, as_version=4)
    lines = ["# Parameters", *(f"{name} = {value!r}" for name, value in parameters.items()), ""]
    cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
    tagged = (at for at, each in enumerate(node.cells, 1) if "parameters" in each.metadata.get("tags", ()))
    node.cells.insert(next(tagged, 0), cell)
    return node
