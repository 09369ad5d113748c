"""The command `corpus`: many articles into tables."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli import extras, options
from helpers.cli.options import AnyLanguage, Debug, Encoding, IdColumn, JsonLines, Private, TextColumn
from helpers.cli.terminal import call
from helpers.files.errors import InputError
from helpers.inputs import arguments
from helpers.inputs.input_articles import Options


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
