"""How `make docs` builds the documentation: every Markdown page of the repository, and the reference made from the code.

Pages are read from the top of the repository, so that a link in one of them works on the site as it does in the
checkout. Nothing is fetched while the site is built, and its pages load nothing from the network.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_type_hints

from sphinx.application import Sphinx

import isnad_arabic

project, author = "Isnad", "The Isnad project"
version = release = isnad_arabic.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "docs/README"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md", "data/*.md", "seeds/README.md"]
exclude_patterns = [".*", "docs/_build", "reports", "src", "tests", "templates", "benchmarks", "notebooks", "data/*/**"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4

html_theme = "furo"
html_title = "Isnad"
html_copy_source = False
html_show_copyright = False

autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
add_module_names = False
default_role = "code"  # a name between single backticks in a docstring

CONTENTS = {
    "Tutorials": ("journalist", "annotate-your-own-article", "researcher", "engineer"),
    "Reference": ("reference/command", "reference/python", "/data/README", "/data/GUIDELINES"),
    "What it is worth": ("measured", "seed-analysis", "benchmarks", "scale", "security", "first-use"),
    "Decisions": ("decisions/offsets", "decisions/rules", "decisions/languages"),
    "The project": ("/README", "/CONTRIBUTING", "/CHANGELOG", "/seeds/README"),
}
COLUMN = re.compile(r"(?P<names>\w+(?:, \w+)*) {2,}(?P<meaning>\S.*)")  # a row of a docstring: «name   what it is»
ERROR = re.compile(r"(?P<error>\w+)[,:]? (?P<meaning>.*)")
TYPER = [sys.executable, "-m", "typer", "helpers.cli.commands", "utils", "docs", "--name", "isnad"]


def contents() -> str:
    """The side bar; on the index itself it is hidden."""
    trees = (["```{toctree}", ":hidden:", f":caption: {name}", "", *pages, "```"] for name, pages in CONTENTS.items())
    return "\n\n".join("\n".join(tree) for tree in trees)


def commands() -> str:
    """Every command with its arguments and options, as typer writes them; its title is the page's."""
    written = subprocess.run(TYPER, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return "## Every command\n" + written.partition("\n")[2]


def names() -> str:
    """What the public package exports, for autodoc to fill in from the docstrings."""
    exported = [name for name in isnad_arabic.__all__ if not name.startswith("_")]
    records = [name for name in exported if isinstance(getattr(isnad_arabic, name), type)]
    functions = [f".. autofunction:: isnad_arabic.{name}" for name in exported if name not in records]
    classes = [f".. autoclass:: isnad_arabic.{name}\n   :members:\n   :undoc-members:" for name in records]
    return "\n\n".join(
        "\n".join((f"## {title}", "", "```{eval-rst}", "\n\n".join(directives), "```"))
        for title, directives in (("Functions", functions), ("Records", classes))
    )


FILLED = {root_doc: contents, "docs/reference/command": commands, "docs/reference/python": names}


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    """Put what is made from the code at the end of the page that it belongs to."""
    if page in FILLED:
        source[0] += f"\n{FILLED[page]()}\n"


def signature(app: Sphinx, what: str, *others: Any) -> tuple[str, None] | None:
    """Records are read, not made by hand: they are shown without the call that makes one."""
    return ("", None) if what in ("class", "exception") else None


def fields(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """Turn the columns of a docstring into the fields that Sphinx sets."""
    lines[:] = list(_fields(lines))


def _fields(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if row := COLUMN.fullmatch(line):
            yield from () if inside else ("",)
            yield from _field(row["names"], row["meaning"])
        elif inside and line.startswith("  "):
            yield f"    {line.strip()}"
            continue
        else:
            yield line
        inside = bool(row)


def _field(names: str, meaning: str) -> Iterator[str]:
    if names == "Returns":
        yield f":returns: {meaning}"
    elif names == "Raises" and (error := ERROR.fullmatch(meaning)):
        yield f":raises {error['error']}: {error['meaning']}"
    else:
        yield from (f":param {name}: {meaning}" for name in names.split(", "))


def setup(app: Sphinx) -> None:
    """What Sphinx calls: where a field is written (`Annotated`) is no part of its type for a reader."""
    for name in isnad_arabic.__all__:
        if isinstance(record := getattr(isnad_arabic, name), type) and "__annotations__" in vars(record):
            record.__annotations__ = {key: get_type_hints(record)[key] for key in record.__annotations__}
    app.connect("source-read", fill)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", fields)
