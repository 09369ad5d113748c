"""The command `isnad`: thin; it reads arguments, calls helpers, and says in one line what went wrong."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from helpers import __version__, articles, lexicons, paths, readings
from helpers.articles import Article
from helpers.rows import InputError

app = typer.Typer(
    help="Isnad reads an Arabic news article and shows who claims what, on whose authority, about whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
FAILED = 2


class _Failures:
    """The errors of one call: each said at once in one line, the good articles still done."""

    count = 0

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except typer.Exit:
            raise
        except BrokenPipeError:  # who reads our output has had enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except (InputError, RuntimeError, OSError) as e:
            self.count += 1
            print(f"isnad: {' '.join(str(e).split())}", file=sys.stderr)

    def end(self) -> None:
        if self.count:
            raise typer.Exit(FAILED)


@app.command()
def report(
    article: Annotated[
        list[Path] | None, typer.Argument(help="Text files; the seed article when none is given.")
    ] = None,
) -> None:
    """Run the notebooks for each article and write reports/<article>/index.html."""
    failures = _Failures()
    with failures.told():
        named, made = article or [_seed()], {}
        from helpers import reports  # nbconvert and papermill take seconds to import; --help needs neither

        with _progress(len(named) * reports.steps()) as tick:
            for path in named:
                with failures.told():
                    if path.suffix == ".jsonl":
                        raise InputError(f"{path}: a report takes a text file; use `isnad annotate` for JSON Lines")
                    name = articles.slug(path.stem)
                    if named_before := made.get(name):
                        raise InputError(
                            f"{path}: its report would replace that of {named_before}; rename one of the two"
                        )
                    made[name] = path
                    print(reports.build(path, tick))
    failures.end()


@app.command()
def annotate(
    path: Annotated[list[Path], typer.Argument(help="Text files, folders of them, and .jsonl with id and text.")],
) -> None:
    """Write one JSON object an article to standard output: claims, sources, mentions."""
    failures = _Failures()
    with failures.told():
        actors, cues = lexicons.actors(), lexicons.cues()
        for load in _articles(path, failures):
            with failures.told():
                print(json.dumps(readings.as_json(readings.read(load(), actors, cues)), ensure_ascii=False))
    failures.end()


@app.command()
def charts(
    article: Annotated[
        list[Path] | None, typer.Argument(help="Text files; the seed article when none is given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder; reports/charts when it is not given.")] = None,
) -> None:
    """Write the charts of each article as PNG, SVG and PDF."""
    failures = _Failures()
    with failures.told():
        from helpers.charts import canvas, gallery  # Matplotlib takes a second to import

        for path in article or [_seed()]:
            with failures.told():
                reading = readings.read(articles.load(path))
                folder = (out or paths.reports() / "charts") / reading.article.article_id
                for name, figure in gallery.figures(reading).items():
                    canvas.save(figure, folder, name)
                print(folder)
    failures.end()


@app.command()
def check() -> None:
    """Check the lexicons, and the annotations of every article in seeds/."""
    failures = _Failures()
    with failures.told():
        actors, cues = lexicons.actors(), lexicons.cues()
        print(f"lexicons: {len(actors.by_id)} actors, {len(cues)} cues")
        for path in sorted((paths.home() / "seeds").glob("*.txt")):
            with failures.told():
                reading = readings.read(articles.load(path), actors, cues)
                said = "nobody annotated it" if reading.claims is None else f"{len(reading.claims)} claims hold"
                print(f"{path.name}: {said}, {len(reading.mentions)} mentions")
    failures.end()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab, set for right-to-left reading; options go on to JupyterLab."""
    failures = _Failures()
    with failures.told():
        from helpers import lab as jupyterlab

        jupyterlab.start(context.args)
    failures.end()


@app.command()
def notebooks() -> None:
    """Execute all notebooks again, for the seed, and store them with their outputs."""
    failures = _Failures()
    with failures.told():
        from helpers import reports

        with _progress(len(paths.notebooks())) as tick:
            for path in reports.rebuild(tick):
                print(path)
    failures.end()


def _version(wanted: bool) -> None:
    if wanted:
        print(f"isnad {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


def _seed() -> Path:
    seed = paths.resolve(paths.SEED)
    if not seed.is_file():
        raise InputError("no article is named, and this installation has no seed; give a text file")
    return seed


def _articles(named: list[Path], failures: _Failures):
    """A loader for each article that the arguments name, in input order."""
    for path in named:
        if path.is_dir():
            found = sorted(path.glob("*.txt"))
            if not found:
                with failures.told():
                    raise InputError(f"{path}: no .txt file is in this folder; name another one, or a file")
            yield from ((lambda each=each: articles.load(each)) for each in found)
        elif path.suffix == ".jsonl":
            yield from _json_lines(path, failures)
        else:
            yield lambda path=path: articles.load(path)


def _json_lines(path: Path, failures: _Failures):
    with failures.told(), path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield lambda line=line, number=number: _from_line(path, number, line)


def _from_line(path: Path, number: int, line: bytes) -> Article:
    try:
        found = json.loads(line.decode("utf-8-sig"))
        name, text = found["id"], found["text"]
        if not isinstance(name, str) or not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise InputError(
            f"{path}: line {number}: not a JSON object with id and text, both texts; mend the line"
        ) from None
    return articles.from_text(text, articles.slug(name), path)


@contextmanager
def _progress(total: int):
    """A progress bar on standard error, only on a terminal; gives the function that moves it on."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Running the notebooks", total=total)
        yield lambda step: bar.update(task, advance=1, description=step)


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    if os.environ.get("ISNAD_HOME"):  # kernels run in another folder than the one that it was named from
        os.environ["ISNAD_HOME"] = str(Path(os.environ["ISNAD_HOME"]).resolve())
    try:
        app()
    except KeyboardInterrupt:
        print("isnad: stopped; what was there before is as it was", file=sys.stderr)
        sys.exit(130)
