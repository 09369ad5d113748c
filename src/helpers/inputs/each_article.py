"""Every article that paths name, of any format that is read, one by one: for a command that adds up what all of them say.

Files of one article, plain JSON Lines and tables are read as the other commands read them; Parquet and packed JSON Lines as a
corpus reads them, which needs its packages.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from helpers.files.errors import InputError
from helpers.inputs import arguments, folders, json_lines
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.loading import Loader, refused
from helpers.text import articles, input_formats
from helpers.text.articles import Article

PACKED = (".gz", ".zst", ".zstd")


def for_a_corpus(named: Iterable[Path]) -> bool:
    """Whether any of what is named is read as a corpus reads it."""
    return any(_as_corpus(path) for each in named for path in (_inside(each) if each.is_dir() else [each]))


def loaders(
    named: Iterable[Path], options: Options, say: Callable[[str], object] = lambda line: None
) -> Iterator[tuple[Path | str, Loader]]:
    """Each article, in input order: the file or its line or row, and what loads it or raises InputError in one line.

    Of a folder what lies in it and has the ending of a format, in the order of paths.

    options   columns of JSON Lines, tables and Parquet, encoding, language
    say       is called with the format of standard input (`-`), in a line
    Raises    InputError, one line, for an encoding that is none.
    """
    for path in named:
        inside = _inside(path) if path.is_dir() else []
        for each in inside or [path]:
            if _as_corpus(each):
                yield from _from_corpus(each, options)
            else:
                yield from arguments.loaders([each], options, say=say)


def _inside(folder: Path) -> list[Path]:
    """The files of a folder that are read; none where it is one of annotations, or cannot be read: its error says so."""
    try:
        folders.no_annotations(folder.absolute(), is_folder=True)
        found = folders.wanted_in(str(folder), folders.files(str(folder), lambda error: None), _is_read)
    except (InputError, OSError):
        return []
    return [Path(path) for path in found]


def _is_read(path: str) -> bool:
    return _as_corpus(Path(path)) or input_formats.of(Path(path)) in input_formats.IN_FOLDERS


def _as_corpus(path: Path) -> bool:
    if path.suffix.lower() in PACKED:
        inside = input_formats.of(path.with_suffix(""))
        return inside is not None and inside.packed
    found = input_formats.of(path)
    return found is not None and found not in input_formats.SINGLE and not found.one_by_one


def _from_corpus(path: Path, options: Options) -> Iterator[tuple[str, Loader]]:
    from helpers.inputs import article_stream, listing  # fsspec, Arrow

    try:
        found = listing.files([str(path)], path / "nowhere")
    except InputError as e:
        yield str(path), partial(refused, str(e))
        return
    for record in article_stream.stream(found, options):
        yield f"{record.source}: {record.place}", partial(_loaded, record, path, not options.any_language)


def _loaded(record: InputArticle, path: Path, arabic_only: bool) -> Article:
    if record.wrong is not None or not isinstance(record.text, str):
        raise InputError(f"{record.source}: {record.place}: {record.wrong}")
    name = str(record.article_id)
    about, doubts = json_lines.about(record.about)
    try:
        article = articles.from_text(record.text, articles.slug(name), path, about, given_id=name, warnings=doubts)
        return articles.in_arabic(article) if arabic_only else article
    except InputError as e:
        raise InputError(f"{record.source}: {record.place}: {str(e).removeprefix(f'{path}: ')}") from None
