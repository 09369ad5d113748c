"""The exports of `isnad_arabic`, and its three functions, which turn a text or a file into a reading."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from os import PathLike, fspath
from pathlib import Path, PurePath

from helpers import readings
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.inputs import arguments
from helpers.inputs.input_articles import Options, identifier
from helpers.records.actors import NamedActor
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import articles, input_formats
from helpers.text.articles import Article, Span

__all__ = [
    "Article",
    "Claim",
    "InputError",
    "Mention",
    "NamedActor",
    "Reading",
    "Source",
    "Span",
    "load",
    "read",
    "read_many",
]


def read(
    text: str, *, article_id: str | int | None = None, machine: bool = False, any_language: bool = False
) -> Reading:
    """Read a text given as a string. The lexicons are compiled at the first call and kept.

    article_id     the id of the text; made from the text itself if not given
    machine        find the claims by machine even if people annotated the article of this id
    any_language   accept a text that is mostly not Arabic
    Raises         InputError, one line, for a text without words, too long, or not Arabic, for the name of a file in place
                   of a text, and for invalid lexicons or annotations.

    >>> read("قال الوزير إن الطريق مفتوح.").claims[0].attributed
    True
    >>> read(" ", article_id="empty")
    Traceback (most recent call last):
    helpers.files.errors.InputError: empty: it contains no words; give an article with text
    """
    return readings.read(_from_text(text, article_id, any_language), _known(), machine)


def load(
    path: str | PathLike[str], *, encoding: str | None = None, machine: bool = False, any_language: bool = False
) -> Reading:
    """Read an article from a text file or a saved web page, with what the `.toml` beside it says about it.

    encoding                the encoding of the file, if it should not be detected
    machine, any_language   as for `read`
    Raises                  InputError, one line: the file, what is wrong, what to do.

    >>> load("missing.txt")
    Traceback (most recent call last):
    helpers.files.errors.InputError: missing.txt: there is no such file; check the name
    """
    return readings.read(articles.load(fspath(path), encoding, not any_language), _known(), machine)


def read_many(
    texts_or_paths: Iterable[str | PathLike[str]],
    *,
    encoding: str | None = None,
    machine: bool = False,
    any_language: bool = False,
    on_error: Callable[[InputError], object] | None = None,
) -> Iterator[Reading]:
    """Read many articles one after another, in input order; only one is kept in memory at a time.

    texts_or_paths   a `str` is a text; a `pathlib.Path` is a text file, a saved web page, a folder of them, or JSON
                     Lines with `id` and `text`
    on_error         called with the error of an article that cannot be read, which is then skipped; if not given, the
                     first such error is raised
    encoding, machine, any_language   as for `load`

    >>> [len(reading.claims) for reading in read_many(["قال الوزير إن الطريق مفتوح.", "نفى المتحدث ذلك."])]
    [1, 1]
    >>> errors = []
    >>> list(read_many(["قال", "", Path("missing.txt")], on_error=errors.append))[0].article.text, len(errors)
    ('قال', 2)
    """
    known = _known()
    for one in texts_or_paths:
        found: Iterable[tuple[object, Callable[[], Article]]]
        if isinstance(one, str):
            found = [(one, lambda text=one: _from_text(text, None, any_language))]  # type: ignore[misc]
        else:
            found = arguments.loaders([Path(one)], Options(encoding=encoding, any_language=any_language))
        for _, article in found:
            try:
                reading = readings.read(article(), known, machine)
            except InputError as e:
                if on_error is None:
                    raise
                on_error(e)
            else:
                yield reading


def _from_text(text: str, article_id: str | int | None, any_language: bool) -> Article:
    if "\n" not in text and input_formats.of(PurePath(text[-100:])):
        raise InputError(f"{text[-100:]}: the name of a file, not a text; use load, or give read_many a Path")
    made = f"text-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    name = made if article_id is None else identifier(article_id)
    if name is None:
        raise InputError(f"article_id is {article_id!r}; give a text that is not blank, or a whole number")
    article = articles.from_text(text, articles.slug(name), Path(name), given_id=article_id)
    return article if any_language else articles.in_arabic(article)


def _known() -> readings.Known:
    """The compiled lexicons, cached by the folder from which they are read."""
    return _compiled(paths.home(), paths.own_actors())


@cache
def _compiled(home: Path, own: Path | None) -> readings.Known:
    return readings.known()
