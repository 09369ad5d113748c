"""The command `isnad`: thin; it reads arguments, calls helpers, and says in one line what went wrong."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers import __version__, readings
from helpers.cli.terminal import Failures, progress, warned
from helpers.extraction import claims
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.inputs import arguments
from helpers.lexicon import entries
from helpers.records import codec
from helpers.report import phrasebook
from helpers.text import articles, invisible

app = typer.Typer(
    help="Isnad reads an Arabic news article and shows who claims what, on whose authority, about whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Articles = Annotated[
    list[Path] | None,
    typer.Argument(help="Text files, saved web pages, folders; the seed when none is given.", readable=False),
]
Encoding = Annotated[str | None, typer.Option(help="The encoding of the files, when it is not to be told from them.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Go on with text that is mostly not Arabic.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error that nobody expected.")]
Machine = Annotated[bool, typer.Option("--machine", help="Find the claims even where people annotated the article.")]


@app.command()
def report(
    article: Articles = None,
    machine: Machine = False,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """Run the notebooks for each article and write reports/<article>/index.html."""
    failures, made = Failures(late=True, debug=debug), arguments.Made("report")
    named = []
    with failures.told():
        named = list(arguments.loaders(article or [_seed()], encoding, not any_language, lines=False))
        from helpers.report import (  # nbconvert takes a second to import; --help does without
            build,
            kernels,
        )

        with progress(len(named) * build.steps()) as tick, kernels.Kernels() as running:
            for path, load in named:
                with failures.told(path):
                    found = warned(load())
                    made.once(found.article_id, path)
                    print(build.build(found, running, tick, machine), flush=True)
    failures.list(len(named))
    failures.end()


@app.command()
def annotate(
    path: Annotated[
        list[Path],
        typer.Argument(
            help="Text files, saved web pages, folders of them, and .jsonl with id and text.", readable=False
        ),
    ],
    machine: Machine = False,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """Write one JSON object an article to standard output: claims, sources, mentions."""
    failures = Failures(debug=debug)
    with failures.told():
        known = readings.known()
        for name, load in arguments.loaders(path, encoding, not any_language):
            with failures.told(name):
                print(invisible.as_json(codec.as_dict(readings.read(warned(load()), known, machine))))
    failures.end()


@app.command()
def charts(
    article: Articles = None,
    out: Annotated[Path | None, typer.Option(help="The folder; reports/charts when it is not given.")] = None,
    machine: Machine = False,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """Write the charts of each article as PNG, SVG and PDF."""
    failures = Failures(debug=debug)
    with failures.told():
        from helpers.charts import gallery, style  # Matplotlib takes a second to import

        made = arguments.Made("folder of charts")
        for path, load in arguments.loaders(article or [_seed()], encoding, not any_language):
            with failures.told(path):
                found = warned(load())
                made.once(found.article_id, path)
                reading = readings.read(found, machine=machine)
                folder = (out or paths.reports() / "charts") / found.article_id
                for name, figure in gallery.figures(reading).items():
                    style.save(figure, folder, name)
                print(folder)
    failures.end()


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON Lines with id, text and attributions.", readable=False)],
    errors: Annotated[int, typer.Option(min=0, help="Show the first N errors.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of the table.")] = False,
    debug: Debug = False,
) -> None:
    """Compare the claims that the machine finds with those that people marked: precision, recall, F1."""
    failures = Failures(debug=debug)
    with failures.told():
        from helpers.evaluation import report

        known = readings.known()
        found = report.evaluate(gold, lambda each: claims.find(each, known.vocabulary, known.fitted))
        if as_json:
            print(invisible.as_json(report.as_json(found, errors)))
        else:
            print(report.as_text(found, errors))
    failures.end()


@app.command()
def corpus(
    src: Annotated[
        list[str],
        typer.Argument(
            help="Texts, pages, folders, JSON Lines (.gz, .zst too), Parquet, globs; any path that fsspec reads."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder of tables; an interrupted run goes on in it.")],
    scheduler: Annotated[str | None, typer.Option(help="A running Dask scheduler, such as tcp://host:8786.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Local processes; one a core when not given.")] = None,
    id_column: Annotated[str, typer.Option(help="Where JSON Lines and Parquet have the id.")] = "id",
    text_column: Annotated[str, typer.Option(help="Where JSON Lines and Parquet have the text.")] = "text",
    partition: Annotated[int, typer.Option(min=1, help="Articles of a partition.")] = 500,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """Read many articles, on all cores or a Dask cluster, into Parquet: articles, claims, sources, mentions, failures."""
    failures = Failures(debug=debug)
    with failures.told():
        from helpers.corpus import progress, running
        from helpers.inputs import streams  # Dask and Arrow take a second to import

        options = streams.Options(id_column, text_column, encoding, any_language, partition)
        with progress.watched() as told:
            done = running.run(src, out, options, scheduler, workers, told)
        print(progress.summary(done, told, out))
        if failed := done.counts["failures"]:
            every = failed + done.counts["articles"]
            raise InputError(f"{failed:,} of {every:,} articles failed; why stands in {out}/part-*/failures.parquet")
    failures.end()


@app.command()
def check(debug: Debug = False) -> None:
    """Check the lexicons, and the annotations of every article in seeds/."""
    failures = Failures(debug=debug)
    with failures.told():
        known = readings.known()
        print(f"lexicons: {len(known.actors.by_id)} actors, {len(known.cues)} cues")
        with failures.told():
            entries.check_forms()
        for path in sorted((paths.home() / "seeds").glob("*.txt")):
            with failures.told(path):
                reading = readings.read(warned(articles.load(path)), known)
                phrasebook.load(reading)
                people = reading.claims_from == "people"
                said = f"{len(reading.claims)} claims hold" if people else "nobody annotated it"
                print(f"{invisible.shown(path.name)}: {said}, {len(reading.mentions)} mentions")
    failures.end()


actors = typer.Typer(help="The actors that articles name.", no_args_is_help=True)
app.add_typer(actors, name="actors")


@actors.command()
def suggest(
    article: Annotated[Path, typer.Argument(help="A text file or a saved web page.", readable=False)],
    add: Annotated[
        list[str] | None,
        typer.Option(
            help="Write candidate N to your own lexicon: N, N:TYPE or N:TYPE=ENGLISH NAME. Repeat it for more."
        ),
    ] = None,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """List names in an article that no lexicon has: speakers, people with a title, bodies, names that recur."""
    failures = Failures(debug=debug)
    with failures.told(article):
        from helpers.extraction import suggestions

        picks = [suggestions.Pick.read(text) for text in add or ()]
        known = readings.known()
        reading = readings.read(warned(articles.load(article, encoding, not any_language)), known, machine=True)
        candidates = suggestions.find(reading, known)
        if picks:
            for name in suggestions.add(picks, candidates, reading.article.article_id):
                print(f"{paths.own_actors()}: {invisible.shown(name)}")
        else:
            print(suggestions.as_text(reading, candidates))
    failures.end()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab, set for right-to-left reading; options go on to JupyterLab."""
    failures = Failures()
    with failures.told():
        from helpers.cli import lab as jupyterlab

        jupyterlab.start(context.args)
    failures.end()


@app.command()
def forms() -> None:
    """Write what the lexicons hold by rule anew: cue_forms.csv, the forms of the cues; countries.csv, all countries."""
    failures = Failures()
    with failures.told():
        for name, columns, made in (
            ("cue_forms.csv", entries.FORM_COLUMNS, entries.forms()),
            ("countries.csv", entries.ACTOR_COLUMNS, entries.country_rows()),
        ):
            csv_rows.write(paths.lexicon(name), columns, made)
            print(f"{paths.lexicon(name)}: {len(made):,} rows")
    failures.end()


@app.command()
def notebooks() -> None:
    """Execute all notebooks again, for the seed and the small corpus, and store them with their outputs."""
    failures = Failures()
    with failures.told():
        from helpers.report import kernels, notebooks

        os.environ["ISNAD_ACTORS"] = ""  # the same notebooks for everybody
        with progress(len(paths.all_notebooks())) as tick, kernels.Kernels() as running:
            for path in notebooks.rebuild(running, tick):
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


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if os.environ.get("ISNAD_HOME"):  # kernels run in another folder than the one that it was named from
        os.environ["ISNAD_HOME"] = str(Path(os.environ["ISNAD_HOME"]).resolve())
    if (own := os.environ.get("ISNAD_ACTORS")) and not Path(own).exists() and "--add" not in sys.argv:
        print(
            f"isnad: {invisible.shown(own)}: warning: ISNAD_ACTORS names no file; no actors of your own are known",
            file=sys.stderr,
        )
    os.environ.setdefault("ISNAD_ACTORS", str(paths.own_actors()))
    app()
