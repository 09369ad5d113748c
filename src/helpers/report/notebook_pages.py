"""The pages of a report that show how it was made: one page per notebook, in English as written, and in Arabic."""

import re
from functools import cache
from pathlib import Path

import nbformat
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

import helpers
from helpers.files import paths
from helpers.records.readings import Reading
from helpers.report import front_page, interactive, interface, translate
from helpers.report.html_tables import Page
from helpers.report.interface import Interface
from helpers.report.translation_memory import Memory
from helpers.report.writer import Writer
from helpers.text import invisible

ENDS = {"en": ".html", "ar": ".ar.html"}
HELD = re.compile(r"<i>isnad-output-(\d+)</i>")
Pages = list[tuple[str, str]]  # the file of each page, and its title


def titles(notebooks: dict[Path, NotebookNode], memory: Memory) -> dict[str, Pages]:
    """By language, the files and titles of the notebooks' pages, in order; known before notebooks are run."""
    first = {name: nbformat.v4.new_notebook(cells=notebook.cells[:1]) for name, notebook in notebooks.items()}
    arabic = Page(interface.load("ar"), memory)
    in_arabic = {name: translate.notebook(notebook, arabic) for name, notebook in first.items()}
    return {
        lang: [(f"{name.stem}{ENDS[lang]}", heading(notebook)) for name, notebook in shown.items()]
        for lang, shown in (("en", first), ("ar", in_arabic))
    }


def write(
    reading: Reading, name: Path, notebook: NotebookNode, folder: Path, pages: dict[str, Pages], memory: Memory
) -> None:
    """Write `NN-name.html` and `NN-name.ar.html` for an executed notebook.

    pages     by language, the pages of all notebooks in order (see `titles`)
    """
    for lang in interface.LANGS:
        said = interface.load(lang).of(reading.claims_from)
        shown = _shown(notebook, reading.article.article_id, Page(said, memory, reading))
        file = f"{name.stem}{ENDS[lang]}"
        html = _page(reading, said, file, shown, pages[lang], memory)
        (folder / file).write_text(html, encoding="utf-8")


def heading(notebook: NotebookNode) -> str:
    """A notebook's title: its first line, without the heading mark."""
    first: str = notebook.cells[0].source
    return first.partition("\n")[0].lstrip("# ")


def _shown(notebook: NotebookNode, name: str, page: Page) -> NotebookNode:
    """The notebook as shown to readers, with the parameters of this run in place of its own."""
    kept = nbformat.v4.new_notebook(metadata=notebook.metadata)
    kept.cells = [nbformat.from_dict(c) for c in notebook.cells if "parameters" not in c.metadata.get("tags", ())]
    for cell in kept.cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.source = _named_from_here(cell.source, name)
    if page.english:
        return translate.outputs_only(kept, page) if page.said.machine else kept
    return translate.notebook(kept, page)


def _named_from_here(parameters: str, name: str) -> str:
    """The parameters of a run, with paths relative to the folder of the report."""
    given = {"article": f"{name}.txt", "out": "tables"}
    lines = parameters.removeprefix("# Parameters\n").splitlines()
    keys = [line.partition(" = ")[0] for line in lines]
    return "\n".join(f'{key} = "{given[key]}"' if key in given else line for key, line in zip(keys, lines, strict=True))


def _held(notebook: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """(the notebook with a short placeholder for each HTML output, these outputs), since nbconvert parses whole pages."""
    made, held = nbformat.from_dict(notebook), []
    for cell in made.cells:
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if output.get("data") != interactive.INSTEAD]
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                held.append(output.data["text/html"])
                output.data["text/html"] = f"<i>isnad-output-{len(held) - 1}</i>"
    return made, held


def prepare() -> None:
    """Make ready what sets notebooks as pages, where it is not: it takes longer than a page, and needs no notebook."""
    _exporter(paths.templates())


@cache
def _exporter(templates: Path) -> HTMLExporter:
    """What sets cells as HTML, its templates compiled by a first page that nobody reads."""
    made = HTMLExporter(
        template_name="cells",
        extra_template_basedirs=[str(templates)],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        optimistic_validation=True,  # once, not after each of ten steps
    )
    cells = [nbformat.v4.new_markdown_cell("# 1"), nbformat.v4.new_code_cell("1")]
    made.from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    return made


def _page(reading: Reading, said: Interface, name: str, notebook: NotebookNode, pages: Pages, memory: Memory) -> str:
    standing, held = _held(notebook)
    body, resources = _exporter(paths.templates()).from_notebook_node(
        standing, resources={key: said(f"notebook.{key}") for key in ("code", "chart", "sideways")}
    )
    sheet = "\n".join([*resources["inlining"]["css"], front_page.sheet("style.css", "dark.css", "page.css")])
    other = "ar" if said.lang == "en" else "en"
    return front_page.page(
        "page.html.j2",
        said=said,
        files=interface.FILES,
        other_lang=other,
        elsewhere=name.removesuffix(ENDS[said.lang]) + ENDS[other],
        here=name,
        pages=pages,
        page=heading(notebook),
        article=reading.article,
        policy=front_page.policy(sheet),
        made=Writer(reading, said, in_arabic=memory).made_note(),
        body=Markup(invisible.apart_as_elements(HELD.sub(lambda found: held[int(found[1])], body))),
        style=Markup(sheet),
        version=helpers.__version__,
    )
