"""Translates an executed notebook for a page: its prose by the translation memory, its outputs from their data.

Code is unchanged. Prose that is not in the memory remains in English.
"""

import nbformat
from nbformat import NotebookNode

from helpers.report import outputs
from helpers.report.html_tables import Page
from helpers.report.outputs import MIME


def notebook(given: NotebookNode, page: Page) -> NotebookNode:
    """A copy of a notebook for a page in a language other than English."""
    made = outputs_only(given, page)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(_line(line, page) for line in cell.source.split("\n"))
    return made


def outputs_only(given: NotebookNode, page: Page) -> NotebookNode:
    """A copy of a notebook with its outputs in the words of a page, and its prose as written."""
    made: NotebookNode = nbformat.from_dict(given)
    for cell in made.cells:
        for output in cell.get("outputs", ()):
            _say(output, page)
    return made


def _line(line: str, page: Page) -> str:
    """A translated line of prose; the marks of a heading are kept."""
    bare = line.lstrip("# ")
    known = page.known(bare) if bare else None
    return line if known is None else line[: len(line) - len(bare)] + known


def _say(output: NotebookNode, page: Page) -> None:
    """Render an output in the language of the page, if it has its data; changes `output`."""
    held = output.get("data", {})
    data = held.get(MIME)
    if data is None:
        return
    if "image/png" in held:
        output.metadata["image/png"]["alt"] = outputs.alt(data, page)
    else:
        held["text/html"] = outputs.html(data, page)
