"""The commands for people's annotations: `draft` makes a folder, in `curate` people decide, `check` reports errors."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from helpers import readings
from helpers.analysis import name_decisions
from helpers.annotation import folder, load
from helpers.cli import options, working
from helpers.cli.options import (
    Debug,
    OneArticle,
    OneId,
    behind,
    each,
    takes_articles,
)
from helpers.cli.terminal import Failures, call, warned
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments, loading
from helpers.inputs.input_articles import Options
from helpers.lexicon import entries
from helpers.records.readings import Reading
from helpers.report import translation_memory
from helpers.text import articles, invisible
from helpers.text.articles import Article


@takes_articles
def draft(
    article: Annotated[
        list[Path],
        typer.Argument(
            help=f"{options.TAKEN}.",
            parser=addresses.given,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help="The folder to make; by default ARTICLE.annotations beside the article, else data/annotations/ID."
        ),
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Omit what the machine found, so that the annotator sees no candidates.")
    ] = False,
    gold: Annotated[
        Path | None,
        typer.Option(help="Make no draft; write what people decided as JSON Lines for `isnad evaluate`."),
    ] = None,
    reanchor: Annotated[
        bool,
        typer.Option("--reanchor", help="Make no draft; find the annotations again in a corrected text."),
    ] = False,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Make a folder of annotations beside an article, with what the machine found as candidates that nobody has reviewed."""
    with call(debug) as failures:
        from helpers.annotation import draft as drafts

        known = readings.known()
        named = list(
            options.named(
                article,
                asked,
            )
        )
        if gold is not None:
            _write_gold(gold, named, known, failures)
            return
        if reanchor:
            each(named, failures, partial(_anchor_again, known))
            return
        if out is not None and len(named) > 1:
            raise InputError(f"{out}: one folder for {len(named)} articles; give --out with one article")

        def save_draft(found: Article) -> None:
            if out is None and folder.annotated(there := folder.of(found)):
                raise InputError(f"{found.path}: it is annotated already, in {there}; name another folder with --out")
            reading = readings.read(found, known, machine=True)
            where = drafts.save(reading, out or folder.begun(found), blind)
            working.keep_page(found, where)
            candidates = "no candidates" if blind else f"{len(drafts.of(reading).claims)} claims to review"
            print(f"{invisible.shown(str(where))}: {candidates}")

        each(named, failures, save_draft)


def _anchor_again(known: readings.Known, found: Article) -> None:
    """Anchor the annotations of an article again, and print what was not found."""
    from helpers.curation import corrected

    done = corrected.anchor_again(found, known)
    if done is None:
        print(f"{invisible.shown(str(folder.of(found)))}: its annotations are for this text already")
        return
    where = invisible.shown(str(done.folder))
    lost = f", {len(done.lost)} were not: {where}/{folder.UNANCHORED} lists them" if done.lost else ""
    again = f"; review again: {', '.join(done.reviewed)}" if done.reviewed else ""
    print(f"{where}: {done.spans} spans were found again{lost}{again}")


@takes_articles
def curate(
    article: OneArticle,
    operations: Annotated[
        Path | None,
        typer.Option(
            "--apply", help="Apply the operations in this file (JSON Lines), without a browser.", readable=False
        ),
    ] = None,
    annotator: Annotated[str | None, typer.Option(help="Who decides; by default your name on this machine.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    one_id: OneId = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Decide on the claims of an article in a browser: accept, reject, correct, add, grade. Ctrl-C ends, and saves."""
    with call(debug) as failures, failures.caught(article):
        from helpers.curation import folder_lock

        found, who = options.one(article, asked, one_id), annotator or folder_lock.user()
        if operations is None:
            from helpers.cli import curate as page

            page.serve(found, who, browser)
        else:
            from helpers.cli import apply_operations

            apply_operations.apply_file(found, operations, who, failures)


def _write_gold(
    gold: Path, named: list[tuple[Path | str, loading.Loader]], known: readings.Known, failures: Failures
) -> None:
    """Write the articles whose claims are all decided on; print a line for each other one."""
    from helpers.evaluation import gold_texts

    lines: list[str] = []

    def add(found: Article) -> None:
        reading = readings.read(found, known)
        if reading.curated is None:
            raise InputError(
                f"{found.path}: it has no annotations; make a draft with `isnad draft`, and decide on its claims"
            )
        decided, of = reading.curated.decided, reading.curated.of
        if reading.claims_from != "people":
            raise InputError(f"{found.path}: {decided} of {of} claims are decided; decide on the others first")
        lines.append(invisible.as_json(gold_texts.as_record(found, reading.claims)))

    each(named, failures, add)
    if lines:
        gold_texts.write(gold, lines)
        print(f"{invisible.shown(str(gold))}: {len(lines)} articles")


@takes_articles
def check(
    article: Annotated[
        list[Path] | None,
        typer.Argument(
            help=f"{options.TAKEN}; folders of annotations; by default the lexicons and the articles in seeds/.",
            parser=addresses.given,
        ),
    ] = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Say all that is wrong with the annotations of articles, or with the lexicons and those of the articles in seeds/."""
    with call(debug) as failures:
        known = readings.known()
        if article is None:
            print(f"lexicons: {len(known.actors.by_id)} actors, {len(known.cues)} cues")
            with failures.caught():
                entries.check_forms()
            with failures.caught():
                name_decisions.own()
            seeds = sorted((paths.home() / "seeds").glob("*.txt"))
            named: Iterator[tuple[Path | str, loading.Loader]] = (
                (path, partial(articles.load, path)) for path in seeds
            )
        else:
            arguments.standard_input_once(article)
            named = _annotated(article, asked)
        for path, loader in named:
            with failures.caught(path):
                _check(warned(loader()), known, failures)


def _annotated(named: list[Path], asked: Options) -> Iterator[tuple[Path | str, loading.Loader]]:
    """(path, loader) of articles that are named directly or by their folders of annotations."""
    for path in named:
        if path.suffix == paths.ANNOTATIONS and path.is_dir():
            yield path, partial(_article_of, path, asked)
        else:
            yield from options.named([path], asked)


def _article_of(where: Path, options: Options) -> Article:
    """The article beside a folder of annotations. Raises InputError if there is none."""
    beside = [path for path in sorted(where.parent.glob(f"{_plain(where.stem)}.*")) if arguments.is_article(path)]
    if not beside:
        raise InputError(f"{where}: its article is not beside it; put {where.stem}.txt there, or name the article")
    found = [articles.load(path, options.encoding, not options.any_language) for path in beside]
    return next((each for each in found if _is_of(where, each)), found[0])


def _plain(name: str) -> str:
    """A glob that matches only this name."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _is_of(where: Path, article: Article) -> bool:
    try:
        folder.bound(where, article)
    except InputError:
        return False
    return True


def _check(article: Article, known: readings.Known, failures: Failures) -> None:
    """Print the errors in an article's annotations, one line each, or that there are none."""
    behind(article)
    wrong = load.faults(article, known.actors, known.cues)
    for fault in wrong:
        with failures.caught():
            raise fault
    if not wrong:
        reading = readings.read(article, known)
        translation_memory.load(reading)
        print(f"{invisible.shown(_named(article))}: {_holds(reading)}, {len(reading.mentions)} mentions")


def _named(article: Article) -> str:
    """How an article is called: by its file, and by its id where that has many; by its address."""
    name = str(article.path) if isinstance(article.path, addresses.Address) else article.path.name
    return name if article.given_id is None else f"{name}: {article.given_id}"


def _holds(reading: Reading) -> str:
    if reading.curated is None:
        return "not annotated"
    decided, of = reading.curated.decided, reading.curated.of
    return f"no errors, {decided} of {of} attributed claims decided"
