"""Configuration of `make docs`: every Markdown page of the repository, and the reference generated from the code.

Pages are read from the root of the repository, so that a link works on the site as in the checkout. Nothing is
downloaded during the build, and the pages load nothing from the network.
"""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

from sphinx.application import Sphinx
from sphinx.util.typing import stringify_annotation

import isnad_arabic

project, author = "Isnad", "The Isnad project"
version = release = isnad_arabic.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "docs/README"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md", "data/*.md", "seeds/README.md"]
exclude_patterns = [".*", "docs/_build", "reports", "src", "tests", "templates", "benchmarks", "notebooks", "data/*/**"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
smartquotes_action = "D"  # only dashes: quotation marks are not changed

html_theme = "furo"
html_title = "Isnad"
html_copy_source = False
html_show_copyright = False

autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"  # users do not construct records, so constructors are not shown
add_module_names = False
default_role = "code"  # for names between single backticks in docstrings

CONTENTS = {
    "Tutorials": ("journalist", "annotate-your-own-article", "researcher", "exchange", "engineer"),
    "Reference": ("reference/command", "reference/python", "/data/README", "/data/GUIDELINES"),
    "What it is worth": ("measured", "seed-analysis", "benchmarks", "scale", "security", "first-use"),
    "Decisions": ("decisions/offsets", "decisions/rules", "decisions/languages"),
    "The project": ("/README", "/CONTRIBUTING", "/CHANGELOG", "/seeds/README"),
}
# A row of a docstring, «name   meaning», with the indented lines that continue it.
ROW = re.compile(r"^(?P<names>\w+(?:, \w+)*) {2,}(?P<meaning>\S.*(?:\n {2,}\S.*)*)$", re.M)
ERROR = re.compile(r"(?P<error>\w+)[,:]? (?P<meaning>.*)")
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
DICTIONARY = (Path(__file__).parents[1] / "data" / "README.md").read_text(encoding="utf-8")
TABLES = {"Claim": "claims.csv"}  # the table whose columns are the fields of a record
TYPER = [sys.executable, "-m", "typer", "helpers.cli.commands", "utils", "docs", "--name", "isnad"]


def contents() -> str:
    """The contents for the side bar; hidden on the index page itself."""
    trees = (["```{toctree}", ":hidden:", f":caption: {name}", "", *pages, "```"] for name, pages in CONTENTS.items())
    return "\n\n".join("\n".join(tree) for tree in trees)


def commands() -> str:
    """Every command with its arguments and options, as written by typer, under the title of the page."""
    written = subprocess.run(TYPER, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return "## Every command\n" + written.partition("\n")[2]


def names() -> str:
    """The exports of the public package, for autodoc to fill in from the docstrings."""
    exported = [name for name in isnad_arabic.__all__ if not name.startswith("_")]
    records = [name for name in exported if isinstance(getattr(isnad_arabic, name), type)]
    functions = [f".. autofunction:: isnad_arabic.{name}" for name in exported if name not in records]
    classes = [
        f".. autoclass:: isnad_arabic.{name}\n   :members:\n   :exclude-members: __init__, __new__" for name in records
    ]
    return "\n\n".join(
        "\n".join((f"## {title}", "", "```{eval-rst}", "\n\n".join(directives), "```"))
        for title, directives in (("Functions", functions), ("Records", classes))
    )


FILLED = {root_doc: contents, "docs/reference/command": commands, "docs/reference/python": names}


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    """Append the generated text to its page."""
    if page in FILLED:
        source[0] += f"\n{FILLED[page]()}\n"


def told(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """Turn the rows of a docstring into Sphinx fields: the parameters of a function, the fields of a record."""
    text = "\n".join(lines)
    if what in ("class", "exception"):
        assert isinstance(thing, type)
        text = "\n".join((ROW.sub("", text), "", *_record(thing)))
    else:
        text = ROW.sub(lambda row: "\n".join(_parameters(row["names"], _line(row["meaning"]))), text)
    lines[:] = text.splitlines()


def _parameters(names: str, meaning: str) -> Iterator[str]:
    if names == "Returns":
        yield f":returns: {meaning}"
    elif names == "Raises" and (error := ERROR.fullmatch(meaning)):
        yield f":raises {error['error']}: {error['meaning']}"
    else:
        yield from (f":param {name}: {meaning}" for name in names.split(", "))


def _record(record: type) -> Iterator[str]:
    """The fields of a record, with the meaning from the docstring, or else from the data dictionary."""
    rows = ROW.finditer(inspect.getdoc(record) or "")
    said = _columns(record) | {name: row["meaning"] for row in rows for name in row["names"].split(", ")}
    for name in inspect.get_annotations(record):
        yield f":ivar {name}: {_line(said.get(name, ''))}"
        yield f":vartype {name}: {stringify_annotation(get_type_hints(record)[name], 'smart')}"


def _columns(record: type) -> dict[str, str]:
    """{column: its meaning} from the data dictionary, for the table to which a record is written."""
    _, _, section = DICTIONARY.partition(f"\n### {TABLES.get(record.__name__)}: ")
    rows = re.findall(r"^\| ([\w, ]+?)(?: °)? \| (.*?) \| (.*?) \|", section.partition("\n### ")[0], re.M)
    told = ((names, f"{kind}: {meaning}" if kind.count(",") > 1 else meaning) for names, kind, meaning in rows)
    return {name: LINK.sub(r"\1", meaning) for names, meaning in told for name in names.split(", ")}


def _line(text: str) -> str:
    return " ".join(text.split())


def setup(app: Sphinx) -> None:
    """The entry point for Sphinx."""
    app.connect("source-read", fill)
    app.connect("autodoc-process-docstring", told)
