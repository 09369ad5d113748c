"""The command `isnad`: reads arguments, calls helpers, and reports errors in one line each."""

import io
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Annotated

import typer

from helpers import __version__, readings
from helpers.cli import actors, agreement, annotations, corpus, exchange, extras, imports, options, quoted
from helpers.cli.options import (
    Articles,
    Debug,
    Machine,
    behind,
    each,
    overlapping,
    seed,
    takes_articles,
)
from helpers.cli.terminal import call, progress
from helpers.extraction import claims
from helpers.files import csv_rows, paths
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


app.command()(corpus.corpus)
app.command()(quoted.quoted)
app.command()(annotations.draft)
app.command()(annotations.curate)
app.command()(annotations.check)
app.command()(agreement.agreement)
app.command()(exchange.export)
app.command("import")(exchange.import_)


app.add_typer(actors.actors, name="actors")


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
