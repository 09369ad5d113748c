"""The notebooks run for one article, rendered to HTML that opens with no network.

Everything is made in a folder beside the report and takes its name at the end: a run that is cut short leaves the
last good report as it was.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

import helpers
from helpers import articles, markup, paths, readings, rows

Tick = Callable[[str], None]


class NotebookError(RuntimeError):
    """A notebook stopped with an error. The message is one line: the notebook and the error."""


def build(path: Path, tick: Tick = lambda step: None) -> Path:
    """Make the report of one article: `reports/<article>/index.html` and a page a notebook.

    tick      is called with each step that ends, for a progress bar (see `steps`).
    Returns   the path of index.html.
    Raises    InputError for an article, lexicon or annotation that cannot be used; NotebookError.
    """
    article = articles.load(path)
    reading = readings.read(article)  # what is wrong with lexicons or annotations is said here, in one line
    target = paths.reports() / article.article_id
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".making.", dir=target.parent))
    try:
        parameters = {"article": str(Path(path).resolve()), "out": str(staging / "tables")}
        notebooks = {
            name: parameterize_notebook(load_notebook_node(str(name)), parameters) for name in paths.notebooks()
        }
        run(notebooks, tick)
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


def rebuild(tick: Tick = lambda step: None) -> list[Path]:
    """Execute all notebooks in place, for the seed, and store them with their outputs. Returns their paths."""
    notebooks = {name: nbformat.read(name, as_version=4) for name in paths.notebooks()}
    run(notebooks, tick)
    for name, notebook in notebooks.items():
        notebook.metadata.get("language_info", {}).pop("version", None)  # differs by machine, says nothing
        with rows.written_whole(name) as beside:
            nbformat.write(notebook, beside)
    return list(notebooks)


def run(notebooks: dict[Path, NotebookNode], tick: Tick) -> None:
    """Execute notebooks in place, side by side, one a core. Raises NotebookError for the first that fails."""
    asyncio.run(_run_all(notebooks, tick))


async def _run_all(notebooks: dict[Path, NotebookNode], tick: Tick) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    free = asyncio.Semaphore(cores)
    # Kernels listen on loopback ports: only who holds the key may speak to them.
    config = Config({"KernelManager": {"transport_encryption": "auto"}})

    async def execute(name: Path, notebook: NotebookNode) -> None:
        async with free:
            folder = {"metadata": {"path": str(name.parent)}}
            client = NotebookClient(notebook, timeout=600, resources=folder, record_timing=False, config=config)
            try:
                await client.async_execute()
            except CellExecutionError as e:
                raise NotebookError(f"{name.name}: {e.ename}: {e.evalue}; run it in JupyterLab to see where") from e
            except (RuntimeError, TimeoutError) as e:
                raise NotebookError(f"{name.name}: {e}; try again, with less running beside it") from e
        tick(name.stem)

    # All run to their end, so that no kernel is left behind; then the first failure is raised.
    ended = await asyncio.gather(*(execute(*each) for each in notebooks.items()), return_exceptions=True)
    for failure in filter(None, ended):
        raise failure


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
    glosses = [claim.gloss_en or "" for claim in reading.claims or () if claim.sentence == first.number]
    pages = [("index", "Overview", _overview(notebook for _, notebook in notebooks))]
    pages += [(name.stem, heading(notebook), notebook) for name, notebook in notebooks]
    for stem, page, notebook in pages:
        # The cell that carries this run's parameters tells of folders on this machine, and of nothing else.
        shown = nbformat.v4.new_notebook(metadata=notebook.metadata)
        shown.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", ())]
        body, resources = exporter.from_notebook_node(shown)
        html = frame.render(
            article=article,
            title=title,
            headline="title" in article.about,
            gloss=" ".join(glosses),
            raters=markup.raters(reading.claims or ()),
            page=page,
            stem=stem,
            pages=[(other, text) for other, text, _ in pages],
            body=body,
            style=style,
            code_style="\n".join(resources["inlining"]["css"]),
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


def _swap(staging: Path, target: Path) -> None:
    """Let the new report take the name of the old one."""
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=".old.", dir=target.parent))
        target.replace(old / target.name)
        staging.replace(target)
        shutil.rmtree(old)
    else:
        staging.replace(target)
