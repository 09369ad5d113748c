"""Options that several commands have in common, and the loop over the articles that are named."""

import inspect
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer

from helpers.annotation import folder
from helpers.cli.terminal import Failures, warned
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments, loading, standard_input
from helpers.inputs.input_articles import Options
from helpers.text import invisible
from helpers.text.articles import Article

STANDARD_INPUT = "-"
FEW = 3  # ids that an error names
TAKEN = "Texts, saved web pages, .docx, .pdf, folders of them, .jsonl, .csv, .xlsx, .json, addresses (https://…), - for standard input"
Articles = Annotated[
    list[Path] | None,
    typer.Argument(
        help=f"{TAKEN}; by default the seed.",
        parser=addresses.given,
    ),
]
OneArticle = Annotated[
    Path,
    typer.Argument(
        help="A text, a saved web page, .docx, .pdf, an address (https://…), - for standard input, or a file of many with --id.",
        parser=addresses.given,
    ),
]
Encoding = Annotated[str | None, typer.Option(help="The encoding of the files, when it should not be detected.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Accept text that is mostly not Arabic.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch addresses inside a private network, or of this machine, too.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Machine = Annotated[bool, typer.Option("--machine", help="Find claims by machine even where the article is annotated.")]
IdColumn = Annotated[str, typer.Option(help="Column of tables, JSON Lines and Parquet with the id.")]
OneId = Annotated[str | None, typer.Option("--id", help="Of a file of many articles, the id of the one.")]
TextColumn = Annotated[str, typer.Option(help="Column of tables, JSON Lines and Parquet with the text.")]
Private = Annotated[bool, typer.Option("--private", help="Keep the names of persons in a private chat of Telegram.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Standard input (-) is JSON Lines, whatever it begins with.")]

# How a command reads articles, in the order of its help: each option by the name of its parameter, with its default.
READING: dict[str, tuple[object, object]] = {
    "jsonl": (JsonLines, False),
    "id_column": (IdColumn, "id"),
    "text_column": (TextColumn, "text"),
    "private": (Private, False),
    "encoding": (Encoding, None),
    "any_language": (AnyLanguage, False),
    "allow_private": (AllowPrivate, False),
}
FIELDS = {"jsonl": "json_lines"}  # of `Options`, where they have another name


def takes_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command with the keyword `asked` take the options of READING, which come to it as one `Options`."""
    own = inspect.signature(command, eval_str=True)
    reading = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in READING.items()
    ]
    parameters = [new for old in own.parameters.values() for new in (reading if old.name == "asked" else [old])]

    def called(**given: object) -> None:
        asked = {FIELDS.get(name, name): given.pop(name) for name in READING}
        command(asked=Options(**asked), **given)  # type: ignore[arg-type]

    called.__name__, called.__doc__, called.__module__ = command.__name__, command.__doc__, command.__module__
    called.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in parameters} | {"return": None}
    return called


def named(articles: Iterable[Path], options: Options) -> Iterator[tuple[Path | str, loading.Loader]]:
    """The articles that are named, as `arguments.loaders` yields them; a format that was detected is said.

    Raises    InputError, one line, where standard input is named twice.
    """
    paths = list(articles)
    arguments.standard_input_once(paths)
    return arguments.loaders(paths, options, say=tell)


def tell(line: str) -> None:
    """Print a notice to standard error, in one line."""
    print(f"isnad: {invisible.shown(line)}", file=sys.stderr)


def one(path: Path, options: Options, wanted: str | None = None) -> Article:
    """The one article that is named, after printing its warnings.

    wanted    its id, where there are several
    Raises    InputError, one line: it cannot be read, several are there, or none has this id.
    """
    ids = list[str]()
    found, wrong = None, None
    for _, load in named([path], options):
        try:
            article = load()
        except InputError as e:
            if wanted is None and found is None:
                raise
            wrong = e
            continue
        name = article.article_id if article.given_id is None else str(article.given_id)
        ids.append(name)
        if wanted in (name, article.article_id):
            return warned(article)
        if wanted is None and found is not None:
            raise InputError(f"{path}: several articles ({', '.join(ids)} …), and one is needed; name it with --id")
        found = article
    if found is not None and wanted is None:
        return warned(found)
    if wrong and not ids:
        raise wrong
    more = " …" if len(ids) > FEW else ""
    raise InputError(
        f"{path}: no article with the id {wanted!r}; its ids are: {', '.join(ids[:FEW])}{more}"
        if ids
        else f"{path}: no article is in it; name another file"
    )


def kept_input(out: Path, options: Options) -> Path:
    """Standard input as a file beside `out`; what it was read as is said."""
    path = standard_input.kept(cast(BufferedReader, sys.stdin.buffer), out, options)
    print(f"isnad: {invisible.shown(f'{standard_input.SHOWN}: kept as {path}, and read from there')}", file=sys.stderr)
    return path


def each(
    named: Iterable[tuple[Path | str, loading.Loader]],
    failures: Failures,
    do: Callable[[Article], None],
    made: arguments.UniqueIds | None = None,
) -> None:
    """Call `do` with each article that can be loaded; an error in one is one line and does not affect the others.

    made    records the ids, so that the result for one article does not replace that for another
    """
    for path, load in named:
        with failures.caught(path):
            do(_loaded(path, load, made))


def overlapping(
    named: Iterable[tuple[Path | str, loading.Loader]],
    failures: Failures,
    do: Callable[[Article], Generator[None, None, None]],
    made: arguments.UniqueIds,
) -> None:
    """As `each`, for what yields once, to wait: the next article is begun before the one that waits is ended."""

    def one(path: Path | str, load: loading.Loader) -> Generator[None, None, None]:
        with failures.caught(path):
            yield from do(_loaded(path, load, made))

    begun: list[Generator[None, None, None]] = []
    try:
        for path, load in named:
            begun.append(one(path, load))
            next(begun[-1], None)
            if len(begun) > 1:
                next(begun.pop(0), None)
        while begun:
            next(begun.pop(0), None)
    finally:
        for left in begun:
            left.close()


def _loaded(path: Path | str, load: loading.Loader, made: arguments.UniqueIds | None) -> Article:
    article = warned(load())
    if made:
        made.once(article.article_id, path)
    return article


def a_file(*named: Path) -> None:
    """Raises InputError for an address and for standard input, where only what stays on the disk can be read."""
    for path in named:
        if isinstance(path, addresses.Address):
            raise InputError(f"{path}: an address, where a file is needed; save it, and name that file")
        if path == arguments.STANDARD_INPUT:
            raise InputError(f"{path}: standard input, where a file is needed; save it, and name that file")


def no_input(out: Path, read: Iterable[Path | None]) -> None:
    """Raises InputError if the file to write is one of those that are read, by whatever name."""
    if out.is_file() and any(path is not None and path.is_file() and out.samefile(path) for path in read):
        raise InputError(f"{out}: it is read here too, and would be replaced; name another file with --out")


def behind(article: Article) -> None:
    """Print a line if decisions on an article are in its journal but not yet in the tables, which are read."""
    where = folder.of(article)
    if not where.is_dir():
        return
    from helpers.curation import journal

    if number := journal.pending(where / journal.NAME):
        said = f"{number} decisions are in the journal and not yet in the tables; end isnad curate (or open and end it)"
        print(f"isnad: {invisible.shown(f'{where}: warning: {said}')}", file=sys.stderr)


def seed() -> Path:
    """The path of the seed article. Raises InputError if this installation has none."""
    found = paths.resolve(paths.SEED)
    if not found.is_file():
        raise InputError("no article is named, and this installation has no seed; give a text file")
    return found
