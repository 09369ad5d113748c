"""Runs the notebooks for an article and renders them as HTML that needs no network.

Everything is made in a folder beside the report and takes its name at the end: a run that is cut short leaves the
last good report as it was. While the notebooks of one article run, the next one can be read and its notebooks wait
their turn, so that no kernel is idle between two articles.
"""

import ctypes
import os
import re
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path

from helpers import readings
from helpers.annotation import folder
from helpers.files import atomic, paths
from helpers.files.errors import InputError
from helpers.inputs import addresses
from helpers.report import downloads, front_page, notebook_pages, notebook_parameters, report_list, translation_memory
from helpers.report.kernels import Kernels
from helpers.text import metadata
from helpers.text.articles import Article

LONGEST_ARTICLE = 1_000_000  # characters of the longest article for a report: about two novels
STALE = 86_400  # seconds after which the remains of a killed run are removed


def build(
    article: Article,
    kernels: Kernels,
    thread: Executor,
    tick: Callable[[str], None] = lambda step: None,
    machine: bool = False,
    known: readings.Known | None = None,
) -> Generator[None, None, Path]:
    """Make the report of one article: `reports/<article>/`, with a front page in two languages, a page a notebook, tables, the text.

    It yields once, when all notebooks wait their turn: the caller may begin another report before this one is ended.

    thread    one thread, in which the pages of all reports are written in turn
    tick      is called with each step that ends, for a progress bar (see `steps`).
    machine   ignore people's annotations: every claim is found by machine.
    known     compiled lexicons, for a caller with several articles
    Returns   the path of index.html.
    Raises    InputError for an article, lexicon or annotation that cannot be used; NotebookError.
    """
    if len(article.text) > LONGEST_ARTICLE:
        said = f"{article.path}: {len(article.text):,} characters are too long for a report of {LONGEST_ARTICLE:,}"
        raise InputError(f"{said}; split it, or use `isnad annotate`")
    # Read here first, so that errors in lexicons or annotations are reported in one line.
    known = known or readings.known()
    reading = readings.read(article, known, machine=machine)
    memory = translation_memory.load(reading)
    named = paths.reports() / article.article_id
    named.parent.mkdir(parents=True, exist_ok=True)
    target = replaceable(named, article)
    _tidy(target.parent)
    staging = atomic.folder_beside(target, ".making.")
    try:
        text = staging / f"{article.article_id}.txt"
        text.write_bytes(article.text.encode())
        warned = {"warning": "\n".join(article.warnings)} if article.warnings else {}
        metadata.write(text.with_suffix(".toml"), article.about | warned)
        if isinstance(article.path, addresses.Address) and article.path.fetched:
            addresses.kept(article.path.fetched, staging)
        if reading.curated is not None:  # the notebooks read this copy of the article
            folder.copy(folder.of(article), folder.beside(text))
        values = {"article": str(text), "out": str(staging / "tables"), "machine": machine}
        notebooks = {name: notebook_parameters.injected(name, values) for name in paths.notebooks()}
        pages = notebook_pages.titles(notebooks, memory)
        with _beside(thread) as write:

            def ended(name: Path) -> None:
                write(notebook_pages.write, reading, name, notebooks[name], staging, pages, memory)
                tick(name.stem)

            write(front_page.write, reading, known, staging, pages, memory, downloads.workbook())
            write(notebook_pages.prepare)
            write(downloads.prepare)
            with kernels.running({name: notebooks[name] for name in longest_first(list(notebooks))}, ended):
                yield
        shutil.rmtree(folder.beside(text), ignore_errors=True)
        saved_by = {name.stem: downloads.named_in(notebook) for name, notebook in notebooks.items()}
        made = downloads.make(staging, (table for saved in saved_by.values() for table in saved))
        downloads.fill(staging, made, pages, saved_by)
        tick("pages")
        _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    report_list.write(named.parent)
    return named / "index.html"


def longest_first(notebooks: list[Path]) -> list[Path]:
    """Notebooks in the order in which to start them in parallel: those with the largest stored outputs take longest."""
    return sorted(notebooks, key=lambda name: -name.stat().st_size)


@contextmanager
def _beside(thread: Executor) -> Iterator[Callable[..., object]]:
    """What is handed over is done in turn in another thread, while this one waits for kernels.

    At the end of the block all tasks are done. After a failure, tasks that have not begun are skipped, and the first
    exception is raised.
    """
    done: list[Future[object]] = []
    try:
        yield lambda do, *given: done.append(thread.submit(do, *given))
        for each in done:
            each.result()
    finally:
        for each in done:
            each.cancel()
        wait(done)


def replaceable(named: Path, article: Article) -> Path:
    """The folder of a report, with links resolved. Raises InputError if it must not be replaced."""
    if named.name.casefold() in paths.RESERVED:
        raise InputError(f"{article.path}: reports/{named.name} is the project's own folder; rename the article")
    target = Path(os.path.realpath(named))
    if target.exists() and not target.is_dir():
        raise InputError(f"{named}: there is a file where the report should be; move it away")
    if target.exists() and not os.access(target, os.W_OK):
        raise InputError(
            f"{named}: this report is read-only, and is left unchanged; make it writable, or rename the article"
        )
    if stranger := next(_strangers(target, article.article_id), None):
        said = f"{stranger} is in it, which is not part of a report, so this folder is left unchanged"
        raise InputError(f"{named}: {said}; move one of the two, or rename the article")
    return target


def _strangers(folder: Path, article_id: str | None = None) -> Iterator[str]:
    """The names in a folder that no report writes, and that belong to the user.

    article_id    the article of the report, if known
    """
    own = {f"{article_id}.txt", f"{article_id}.toml", "report.json", addresses.SIDECAR}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        page = re.fullmatch(r"(index|ar|\d\d-[a-z-]+(\.ar)?)\.html", name)
        table = re.fullmatch(r"tables(/corpus)?(/([\w.-]+\.csv|\.?tables\.xlsx)(\.[0-9a-f]{8})?)?", name)
        left = paths.ANNOTATIONS in name or path.suffix in (".txt", ".toml", ".json")
        received = re.fullmatch(r"page\.\w+\.received", name)
        text = name in own or (article_id is None and left)
        if (
            not (page or table or text or received)
            or path.is_symlink()
            or (name == "report.json" and not report_list.ours(path))
        ):
            yield name


def steps() -> int:
    """The number of steps for which `build` calls `tick`, per article."""
    return len(paths.notebooks()) + 1


def _tidy(folder: Path) -> None:
    """Remove the remains of runs that were killed long ago."""
    for left in folder.iterdir():
        made = re.fullmatch(r"\.(making|old)\.[0-9a-f]{8}", left.name)
        if made and left.is_dir() and time.time() - left.stat().st_mtime > STALE:
            reports = list(left.iterdir()) if made[1] == "old" else [left]
            if not any(not each.is_dir() or next(_strangers(each), None) for each in reports):
                shutil.rmtree(left, ignore_errors=True)


def _swap(staging: Path, target: Path) -> None:
    """Replace the old report by the new one, in one step if the system supports it, so that one always exists."""
    if not target.exists():
        staging.replace(target)
    elif not _exchanged(staging, target):
        old = atomic.folder_beside(target, ".old.")
        target.replace(old / target.name)
        staging.replace(target)
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step (Linux: renameat2 with RENAME_EXCHANGE). Returns whether it worked."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100  # AT_FDCWD
    return bool(swap(here, os.fsencode(one), here, os.fsencode(other), 2) == 0)
