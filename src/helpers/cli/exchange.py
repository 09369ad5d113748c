"""`isnad export` and `isnad import`: articles with their annotations, to and from the formats of other tools."""

import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from helpers import readings
from helpers.annotation import folder as folders
from helpers.cli import extras, options, working
from helpers.cli.options import (
    Debug,
    behind,
    each,
    takes_articles,
)
from helpers.cli.terminal import call
from helpers.curation import folder_lock, importing
from helpers.curation.importing import Imported
from helpers.exchange import csv_folders, documents, formats
from helpers.exchange.documents import Document
from helpers.exchange.formats import FORMATS, READ_ONLY
from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments
from helpers.inputs.input_articles import Options
from helpers.text import invisible
from helpers.text.articles import Article

WRITTEN = StrEnum("WRITTEN", {name: name for name in FORMATS if name not in READ_ONLY})  # type: ignore[misc]
READ = StrEnum("READ", {name: name for name in FORMATS})  # type: ignore[misc]
NEEDS = ("parquet", "cas-xmi", "cas-json")  # formats that the core alone does not write or read


@takes_articles
def export(
    article: Annotated[
        list[Path],
        typer.Argument(help=f"{options.TAKEN}.", parser=addresses.given),
    ],
    to: Annotated[WRITTEN, typer.Option("--to", help="The format.")],
    out: Annotated[Path, typer.Option(help="The file to write, or the folder for formats that are folders.")],
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Write articles with their annotations in the format of another tool; without annotations, what the machine found."""
    with call(debug) as failures:
        one = _usable(to)
        options.no_input(out, article)
        known, found = readings.known(), list[Document]()

        def add(article: Article) -> None:
            options.no_input(out, [article.path])
            behind(article)
            found.append(documents.of(article, known, readings.read(article, known, machine=True)))

        each(options.named(article, asked), failures, add, arguments.UniqueIds("part of the export"))
        if found:
            one.codec.save(found, out)
            claims = sum(len(document.claims) for document in found)
            print(f"{invisible.shown(str(out))}: {_many(len(found), 'article')}, {_many(claims, 'claim')}")
            _say_what_is_not_held(found, one, out)


def _say_what_is_not_held(found: list[Document], one: formats.Format, out: Path) -> None:
    """Say, in one line, what a format has no place for."""
    counts = Counter[str]()
    for document in found:
        counts += documents.left_out(document, *one.lacks)
    if counts:
        said = " and ".join(f"{number} {table}" for table, number in counts.items())
        _warn(f"{out}: {one.name} has no place for {said}; csv has")


@takes_articles
def import_(
    path: Annotated[Path, typer.Argument(help="A file or folder that another tool wrote.", parser=addresses.given)],
    article: Annotated[
        list[Path],
        typer.Option(
            "--article",
            help="The article that it is of: a file, a folder, an address (https://…), - for standard input; repeat it for more.",
            parser=addresses.given,
        ),
    ],
    from_: Annotated[READ | None, typer.Option("--from", help="The format, when it should not be detected.")] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Who decided, where the file does not say; by default your name on this machine.")
    ] = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Bring annotations of another tool into those of an article, as decisions that can be undone."""
    with call(debug) as failures:
        options.a_file(path)
        one = _usable(from_) if from_ else formats.of(path)
        extras_of(one.name)
        found, who, known = one.codec.load(path), annotator or folder_lock.user(), readings.known()
        if not found:
            raise InputError(f"{path}: it contains no articles; export it again")
        articles: list[Article] = []
        each(options.named(article, asked), failures, articles.append)
        if not articles:  # what is wrong with each was said
            if failures.count:
                return
            raise InputError("no article is read; name one with --article")
        for document in found:
            with failures.caught(path):
                _import(document, _article_of(document, found, articles, path), who, known, path)
            for what, number in document.passed_over.items():
                _warn(f"{path}: {document.article_id}: {number} {what}, not taken")


def extras_of(name: str) -> None:
    """Raises InputError where a format needs packages that are not installed."""
    if name in NEEDS:
        extras.needed("exchange")


def _usable(named: StrEnum) -> formats.Format:
    """The format of this name. Raises InputError where packages for it are not installed."""
    extras_of(named.value)
    return FORMATS[named.value]


def _article_of(document: Document, found: list[Document], articles: list[Article], path: Path) -> Article:
    """The article that a document is of: by its text, by its id, or because there is only one of each."""

    def of_its_text(each: Article) -> bool:
        return each.sha256 == document.sha256 or each.text == document.text

    def of_its_id(each: Article) -> bool:
        return document.article_id in (each.article_id, each.given_id)

    for same in (
        lambda each: of_its_text(each) and of_its_id(each),  # of copies of one text, the one of this name
        of_its_text,
        of_its_id,
        lambda each: len(found) == len(articles) == 1,
    ):
        for each_ in articles:
            if same(each_):
                return each_
    raise InputError(
        f"{path}: {document.article_id}: none of the articles that are named is its text; name it with --article"
    )


def _import(document: Document, article: Article, who: str, known: readings.Known, path: Path) -> None:
    """Bring a document into the annotations of an article; what is begun for it is taken away where it is refused."""
    before = {where: _files(where) for where in (folders.of(article), folders.beside(article.path))}
    fresh = not any(map(folders.annotated, before))
    done = None
    with working.session(article, who, empty=True) as opened:
        folder = opened.folder
        try:
            done = importing.bring(opened, document, known, path)
        finally:
            if fresh and done is None:
                opened.close()
                _take_away(folder, before.get(folder, frozenset()))
    print(f"{invisible.shown(str(folder))}: {_said(done)}")
    if done.lost:
        _warn(
            f"{folder}: {_many(done.lost, 'span')} not found in the text: {folders.UNANCHORED} lists what is lost; place it in isnad curate"
        )
    if done.again and (left := documents.left_out(document, "oddities", "events")):
        _warn(
            f"{path}: {' and '.join(f'{number} {table}' for table, number in left.items())} of another text, not taken"
        )
        return
    told = _events(document, done.claims)
    if kept := csv_folders.save_remarks(told, folder):
        _warn(f"{path}: {' and '.join(kept)} not taken: {folder} has its own")
    if lost := len(document.events) - len(told.events):
        _warn(f"{path}: {lost} events not taken: no claim that is here reports them")


def _events(document: Document, ids: Mapping[str, str]) -> Document:
    """A document whose events name its claims by their ids here; without events of which none is here."""
    named = ((each, tuple(ids[one] for one in each.claim_ids if one in ids)) for each in document.events)
    return structs.replace(document, events=tuple(structs.replace(e, claim_ids=found) for e, found in named if found))


def _files(folder: Path) -> frozenset[str]:
    """The names of what is in a folder."""
    return frozenset(each.name for each in folder.iterdir()) if folder.is_dir() else frozenset()


def _take_away(folder: Path, before: frozenset[str]) -> None:
    """Remove annotations that were begun, and their folder where nothing else is in it."""
    for name in _files(folder) - before:
        shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink(missing_ok=True)
    if not before and not folder.is_symlink():
        folder.rmdir()


def _said(done: Imported) -> str:
    """What an import came to, in a few words."""
    parts = [
        f"{_many(done.added, 'claim')} added",
        f"{done.changed} changed",
        f"{done.rejected} rejected",
        f"{done.same} the same",
    ]
    parts += [f"{done.kept} kept as decided here since"] if done.kept else []
    parts += [f"{done.others} not in the file"] if done.others else []
    parts += [_many(done.mentions, "mention")] if done.mentions else []
    again = ", anchored again in another text" if done.again else ""
    return f"{', '.join(parts)}{again}; {done.decided} of {done.of} attributed claims decided"


def _many(number: int, what: str) -> str:
    """A number of things, as an English noun follows it."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _warn(said: str) -> None:
    print(f"isnad: {invisible.shown(said)}", file=sys.stderr)
