"""The notebooks run for articles, rendered to HTML that opens with no network.

Everything is made in a folder beside the report and takes its name at the end: a run that is cut short leaves the
last good report as it was.
"""

import base64
import ctypes
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

import helpers
from helpers import controls, markup, paths, readings, rows, sidecars
from helpers.articles import Article
from helpers.kernels import Kernels, Tick
from helpers.rows import InputError

MOST = 1_000_000  # characters of an article that a person can read as a report: two novels
# Nothing may be fetched or run; the one style sheet is known by its sum.
POLICY = "default-src 'none'; img-src data:; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
STALE = 86_400  # seconds after which what a killed run left behind is taken away


def build(article: Article, kernels: Kernels, tick: Tick = lambda step: None, machine: bool = False) -> Path:
    """Make the report of one article: `reports/<article>/`, with index.html, a page a notebook, tables and the text.

    tick      is called with each step that ends, for a progress bar (see `steps`).
    machine   leave people's annotations aside: every claim is found by machine.
    Returns   the path of index.html.
    Raises    InputError for an article, lexicon or annotation that cannot be used; NotebookError.
    """
    if len(article.text) > MOST:
        said = f"{article.path}: {len(article.text):,} characters are too long for a report of {MOST:,}"
        raise InputError(f"{said}; split it, or take `isnad annotate`")
    # What is wrong with lexicons or annotations is said here, in one line.
    reading = readings.read(article, machine=machine)
    target = paths.reports() / article.article_id
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy(target.parent)
    staging = Path(tempfile.mkdtemp(prefix=".making.", dir=target.parent))
    try:
        text = staging / f"{article.article_id}.txt"
        text.write_bytes(article.text.encode())
        sidecars.write(text.with_suffix(".toml"), article.about)
        parameters = {"article": str(text), "out": str(staging / "tables"), "machine": machine}
        notebooks = {
            name: parameterize_notebook(load_notebook_node(str(name)), parameters) for name in paths.notebooks()
        }
        kernels.run(notebooks, tick)
        _render(reading, list(notebooks.items()), staging)
        tick("pages")
        staging.chmod(0o755)
        _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target / "index.html"


def steps() -> int:
    """How many steps `build` ticks for one article."""
    return len(paths.notebooks()) + 1


def rebuild(kernels: Kernels, tick: Tick = lambda step: None) -> list[Path]:
    """Execute all notebooks in place, for the seed, and store them with their outputs. Returns their paths."""
    notebooks = {name: nbformat.read(name, as_version=4) for name in paths.notebooks()}
    kernels.run(notebooks, tick)
    for name, notebook in notebooks.items():
        notebook.metadata.get("language_info", {}).pop("version", None)  # differs by machine, says nothing
        with rows.written_whole(name) as beside:
            nbformat.write(notebook, beside)
    return list(notebooks)


def _render(reading: readings.Reading, notebooks: list[tuple[Path, NotebookNode]], folder: Path) -> None:
    article = reading.article
    exporter = HTMLExporter(
        template_name="cells",
        extra_template_basedirs=[str(paths.templates())],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    frame = Environment(loader=FileSystemLoader(paths.templates()), autoescape=True).get_template("page.html.j2")
    style = "\n".join((paths.templates() / sheet).read_text(encoding="utf-8") for sheet in ("style.css", "page.css"))
    first = article.sentences[0]
    title = article.about.get("title") or article.text[first.start : first.end]
    glosses = [claim.gloss_en or "" for claim in reading.claims if claim.sentence == first.number]
    pages = [("index", "Overview", _overview(notebook for _, notebook in notebooks))]
    pages += [(name.stem, heading(notebook), notebook) for name, notebook in notebooks]
    for stem, page, notebook in pages:
        # The cell that carries this run's parameters tells of folders on this machine, and of nothing else.
        shown = nbformat.v4.new_notebook(metadata=notebook.metadata)
        shown.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", ())]
        body, resources = exporter.from_notebook_node(shown)
        sheet = "\n".join([*resources["inlining"]["css"], style])
        html = frame.render(
            article=article,
            policy=POLICY.format(base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()),
            title=Markup(controls.escape(title)),
            headline="title" in article.about,
            gloss=" ".join(glosses),
            raters=markup.raters(reading.claims),
            page=page,
            stem=stem,
            pages=[(other, text) for other, text, _ in pages],
            body=body,
            style=sheet,
            version=helpers.__version__,
        )
        (folder / f"{stem}.html").write_text(html, encoding="utf-8")


def _overview(notebooks: Iterable[NotebookNode]) -> NotebookNode:
    """A notebook of the cells that are tagged `overview`, in order, their code left out."""
    found = nbformat.v4.new_notebook()
    for notebook in notebooks:
        for cell in notebook.cells:
            if "overview" in cell.metadata.get("tags", ()):
                kept = cell.copy()
                if cell.cell_type == "code":
                    kept.source = ""
                found.cells.append(kept)
    return found


def heading(notebook: NotebookNode) -> str:
    """A notebook's title: its first line, without the mark of a heading."""
    return notebook.cells[0].source.partition("\n")[0].lstrip("# ")


def _tidy(folder: Path) -> None:
    """Take away what runs left behind that were killed long ago."""
    for left in (*folder.glob(".making.*"), *folder.glob(".old.*")):
        if time.time() - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)


def _swap(staging: Path, target: Path) -> None:
    """Let the new report take the name of the old one: in one step where the system can, so that one always stands."""
    if not target.exists():
        staging.replace(target)
    elif not _exchanged(staging, target):
        old = Path(tempfile.mkdtemp(prefix=".old.", dir=target.parent))
        target.replace(old / target.name)
        staging.replace(target)
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed names in one step (Linux: renameat2 with RENAME_EXCHANGE)."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100  # AT_FDCWD
    return swap(here, os.fsencode(one), here, os.fsencode(other), 2) == 0
