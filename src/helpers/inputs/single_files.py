"""Files of one article each, for a corpus: a text or a saved page as bytes, and the metadata in its sidecar."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from helpers.files.errors import InputError
from helpers.inputs import listing
from helpers.inputs.input_articles import InputArticle, Options, carried, said_by, unreadable
from helpers.inputs.listing import File
from helpers.text import articles, invisible, metadata


def articles_in(file: File, options: Options) -> Iterator[InputArticle]:
    """The one article of a file; a worker decodes it."""
    raw, about, wrong = b"", dict[str, object](), None
    try:
        raw = _bounded(
            file, file.path, articles.largest(PurePosixPath(file.path)), "too long for one article; split it"
        )
        about = carried(_sidecar(file))
    except InputError as e:
        wrong = str(e)
    except OSError as e:
        wrong = unreadable(e)
    yield InputArticle(file.name, "", file.name, b"" if wrong else raw, about, wrong)


def _sidecar(file: File) -> dict[str, object]:
    """The metadata in the sidecar of a text; empty if there is none. Raises InputError."""
    path = str(PurePosixPath(file.path).with_suffix(".toml"))
    if not file.system.exists(path):
        return {}
    name = Path(invisible.writable(PurePosixPath(path).name))
    try:
        return {
            **metadata.parsed(_bounded(file, path, metadata.SIDECAR_BYTES, "too long for a sidecar; shorten it"), name)
        }
    except InputError:
        raise
    except (OSError, RecursionError, ValueError) as e:  # RecursionError, ValueError: TOML that Python cannot read
        said = getattr(e, "strerror", None) or said_by(e)
        raise InputError(f"{name}: cannot be read ({said}); fix it or remove it") from None


def _bounded(file: File, path: str, most: int, wrong: str) -> bytes:
    """All bytes of a file. Raises InputError(`wrong`) if it now has more than `most`; OSError."""
    with listing.opened(file.system, path) as stored:
        raw = stored.read(most + 1)
    if len(raw) > most:
        raise InputError(f"over {most // 1_000_000} MB, {wrong}")
    return raw
