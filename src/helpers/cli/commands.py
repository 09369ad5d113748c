"""The command `isnad`: reads arguments, calls helpers, and reports errors in one line each."""

import io
import os
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from helpers import __version__, readings
from helpers.cli import agreement, annotations, exchange, extras, imports, options, quoted
from helpers.cli.options import (
    AnyLanguage,
    Articles,
    Debug,
    Encoding,
    IdColumn,
    JsonLines,
    Machine,
    OneId,
    Private,
    TextColumn,
    behind,
    each,
    overlapping,
    seed,
    takes_articles,
)
from helpers.cli.terminal import call, progress
from helpers.extraction import claims
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments
from helpers.inputs.input_articles import Options
from helpers.lexicon import entries
from helpers.lexicon import glosses as translations
from helpers.records import codec
from helpers.text import invisible
from helpers.text.articles import Article

app = typer.Typer(
    help="Isnad reads an Arabic news article and shows who claims what, on whose authority, about whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
DECIDING = {"--confirm", "--rename", "--join", "--reject"}  # options that write to the user's own lexicon


@app.command()
@takes_articles
def report(
    article: Articles = None,
    machine: Machine = False,
    glosses: Annotated[
        Path | None,
        typer.Option(
            help="Your translations of a machine's claims: the table claims.csv of a report, with its column gloss_en filled in."
        ),
    ] = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Run the notebooks for each article and write reports/<article>/index.html."""
    with call(debug, late=True) as failures:
        extras.needed("notebooks")
        if glosses is not None:
            os.environ["ISNAD_GLOSSES"] = str(glosses.resolve())  # notebooks read them by themselves
        named = list(
            options.named(
                article or [seed()],
                asked,
            )
        )
        from concurrent.futures import ThreadPoolExecutor

        from helpers.report import kernels

        with kernels.Kernels() as running, ThreadPoolExecutor(1) as thread:
            running.start(paths.notebooks())
            # nbconvert takes a second to import: kernels start meanwhile.
            with imports.to_stay(), imports.without("rfc3987_syntax"):
                from helpers.report import build

                known = readings.known()
            unused = set(known.glosses)
            with progress(len(named) * build.steps()) as tick:

                def build_report(found: Article) -> Generator[None, None, None]:
                    if not machine:
                        behind(found)
                    where = yield from build.build(found, running, thread, tick, machine, known)
                    print(where, flush=True)
                    if unused:
                        made = readings.read(found, known, machine)
                        said = (*made.claims, *made.perhaps_claims)
                        unused.difference_update(translations.key(claim.content_text) for claim in said)

                overlapping(named, failures, build_report, arguments.UniqueIds("report"))
        if unused:
            said = f"{len(unused)} of its {len(known.glosses)} translations match no claim that the machine found here"
            print(
                f"isnad: {invisible.shown(str(glosses))}: warning: {said}; use the words as the report has them",
                file=sys.stderr,
            )


@app.command()
@takes_articles
def annotate(
    path: Annotated[
        list[Path],
        typer.Argument(
            help="Texts, saved web pages, .docx, .pdf, folders of them; .jsonl, .csv, .xlsx and .json with id and text; Telegram's result.json; addresses (https://…); - for standard input.",
            parser=addresses.given,
        ),
    ],
    machine: Machine = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Explain how each claim was found, and what stopped other cues."),
    ] = False,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Write one JSON object per article to standard output: claims, sources, mentions."""
    with call(debug) as failures:
        known = readings.known()

        def print_reading(found: Article) -> None:
            if not machine:
                behind(found)
            reading = readings.read(found, known, machine)
            explained = readings.explain(reading, known) if explain else None
            print(invisible.as_json(codec.as_dict(reading, explained)))

        each(
            options.named(
                path,
                asked,
            ),
            failures,
            print_reading,
        )


@app.command()
@takes_articles
def charts(
    article: Articles = None,
    out: Annotated[Path | None, typer.Option(help="The folder to write to; by default reports/charts.")] = None,
    machine: Machine = False,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Write the charts of each article as PNG, SVG and PDF."""
    with call(debug) as failures:
        extras.needed("notebooks")
        from helpers.charts import gallery, style  # Matplotlib takes a second to import
        from helpers.report import interface

        said = interface.load("en")

        def save_charts(found: Article) -> None:
            folder = (out or paths.reports() / "charts") / found.article_id
            for name, figure in gallery.figures(readings.read(found, machine=machine)).items():
                style.save(figure, folder, name, said.text(style.alt(figure)))
            print(folder)

        named = options.named(
            article or [seed()],
            asked,
        )
        each(named, failures, save_charts, arguments.UniqueIds("folder of charts"))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON Lines with id, text and attributions.", parser=addresses.given)],
    errors: Annotated[int, typer.Option(min=0, help="Show the first N errors.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of the table.")] = False,
    debug: Debug = False,
) -> None:
    """Compare the claims found by machine with human annotation: precision, recall, F1."""
    with call(debug):
        from helpers.evaluation import scorecard

        options.a_file(gold)
        known = readings.known()
        found = scorecard.evaluate(gold, lambda each: claims.find(each, known.vocabulary, known.fitted))
        if as_json:
            print(invisible.as_json(scorecard.as_json(found, errors)))
        else:
            print(scorecard.as_text(found, errors))


@app.command()
def corpus(
    src: Annotated[
        list[str],
        typer.Argument(
            help="Texts, pages, .docx, .pdf, folders, JSON Lines (.gz, .zst too), .csv, .xlsx, .json, Parquet, globs; any path that fsspec reads; - for standard input, which is kept beside --out."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder of tables; an interrupted run is resumed in it.")],
    scheduler: Annotated[str | None, typer.Option(help="A running Dask scheduler, such as tcp://host:8786.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Local processes; by default one per core.")] = None,
    id_column: IdColumn = "id",
    text_column: TextColumn = "text",
    private: Private = False,
    partition: Annotated[int, typer.Option(min=1, help="Articles per partition.")] = 500,
    add: Annotated[
        bool, typer.Option("--add", help="Add the articles to the finished tables in --out; with the same options.")
    ] = False,
    jsonl: JsonLines = False,
    encoding: Encoding = None,
    any_language: AnyLanguage = False,
    debug: Debug = False,
) -> None:
    """Read many articles, on all cores or a Dask cluster, into Parquet tables: articles, claims, sources, mentions, failures."""
    with call(debug):
        extras.needed("corpus")
        from helpers.corpus import driver, progress  # Dask and Arrow take a second to import

        asked = Options(id_column, text_column, encoding, any_language, partition, private=private)
        arguments.standard_input_once(src)
        if options.STANDARD_INPUT in src:
            path = options.kept_input(out, replace(asked, json_lines=jsonl))
            src = [str(path) if each == options.STANDARD_INPUT else each for each in src]
        with progress.watched() as watcher:
            done = driver.run(src, out, asked, scheduler, workers, watcher, add)
        print(progress.summary(done, watcher, out))
        if failed := done.counts["failures"]:
            every = failed + done.counts["articles"]
            raise InputError(f"{failed:,} of {every:,} articles failed; reasons in {out}/part-*/failures.parquet")


app.command()(quoted.quoted)
app.command()(annotations.draft)
app.command()(annotations.curate)
app.command()(annotations.check)
app.command()(agreement.agreement)
app.command()(exchange.export)
app.command("import")(exchange.import_)


actors = typer.Typer(help="The actors that articles name.", no_args_is_help=True)
app.add_typer(actors, name="actors")


@actors.command()
@takes_articles
def suggest(
    article: Annotated[
        Path,
        typer.Argument(
            help="A text, a saved web page, .docx, .pdf, an address (https://…), - for standard input, or a file of many with --id.",
            parser=addresses.given,
        ),
    ],
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            help="Write candidate N to your own lexicon: N, N:TYPE or N:TYPE=ENGLISH NAME. Repeat it for more."
        ),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(help="Confirm candidate N under another Arabic name: N=NAME."),
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(help="Candidates N and M are the same actor: N+M; or N is an actor in a lexicon: N+ACTOR_ID."),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option(help="Candidate N names nobody, here and in any article from now on."),
    ] = None,
    one_id: OneId = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """List the names that a machine found in an article and no lexicon has, and decide on them: confirm, rename, join, reject."""
    with call(debug) as failures, failures.caught(article):
        from helpers.extraction import suggestions

        decisions = suggestions.Decisions.read(confirm or (), rename or (), join or (), reject or ())
        loaded = options.one(article, asked, one_id)
        reading = readings.read(loaded, readings.known(), machine=True)
        candidates = suggestions.candidates(reading)
        if decisions.confirmed or decisions.rejected:
            for done in suggestions.decide(decisions, candidates, reading.article.article_id):
                print(invisible.shown(done))
        else:
            print(suggestions.as_text(reading, candidates))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab, set for right-to-left reading; options are passed on to JupyterLab."""
    with call():
        extras.needed("notebooks")
        from helpers.cli import lab as jupyterlab

        jupyterlab.start(context.args)


@app.command()
def forms() -> None:
    """Rebuild what the lexicons derive by rule: cue_forms.csv, the forms of the cues; countries.csv, all countries."""
    with call():
        for name, columns, made in (
            ("cue_forms.csv", entries.FORM_COLUMNS, entries.forms()),
            ("countries.csv", entries.ACTOR_COLUMNS, entries.country_rows()),
        ):
            csv_rows.write(paths.lexicon(name), columns, made)
            print(f"{paths.lexicon(name)}: {len(made):,} rows")


@app.command()
def notebooks() -> None:
    """Execute all notebooks again, for the seed and the small corpus, and save them with their outputs."""
    with call():
        extras.needed("notebooks", "corpus")
        from helpers.report import kernels, notebooks

        os.environ["ISNAD_ACTORS"] = ""  # notebooks must not depend on the user's own lexicon
        with progress(len(paths.all_notebooks())) as tick, kernels.Kernels() as running:
            for path in notebooks.rebuild(running, tick):
                print(path)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"isnad {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if os.environ.get("ISNAD_HOME"):  # made absolute, since kernels run in another folder
        os.environ["ISNAD_HOME"] = str(Path(os.environ["ISNAD_HOME"]).resolve())
    if (own := os.environ.get("ISNAD_ACTORS")) and not Path(own).exists() and not DECIDING & set(sys.argv):
        print(
            f"isnad: {invisible.shown(own)}: warning: ISNAD_ACTORS names no file; none of your own actors are used",
            file=sys.stderr,
        )
    os.environ.setdefault("ISNAD_ACTORS", str(paths.own_actors()))
    app()
