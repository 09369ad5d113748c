"""A notebook as run, in the language of a page: its prose from the memory of phrases, its outputs from their data.

Code stays as it is. Prose that the memory does not know stays in English.
"""

import nbformat
from nbformat import NotebookNode

from helpers.report import outputs
from helpers.report.html_tables import Page
from helpers.report.outputs import MIME


def notebook(given: NotebookNode, page: Page) -> NotebookNode:
    """A copy of a notebook for a page in another language than English."""
    made: NotebookNode = nbformat.from_dict(given)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(_line(line, page) for line in cell.source.split("\n"))
        for output in cell.get("outputs", ()):
            _say(output, page)
    return made


def _line(line: str, page: Page) -> str:
    """A line of prose; the marks of a heading before it stay."""
    bare = line.lstrip("# ")
    known = page.known(bare) if bare else None
    return line if known is None else line[: len(line) - len(bare)] + known


def _say(output: NotebookNode, page: Page) -> None:
    """Put what an output says into the language of the page, where it has its data."""
    held = output.get("data", {})
    data = held.get(MIME)
    if data is None:
        return
    if "image/png" in held:
        output.metadata["image/png"]["alt"] = outputs.alt(data, page)
    else:
        held["text/html"] = outputs.html(data, page)
