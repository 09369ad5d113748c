"""Finds the folder with the annotations of an article, and checks that they are for its text.

The folder is beside the article, `my-article.annotations` for `my-article.txt`; else it is
`data/annotations/<article_id>` below home.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from helpers.files import paths, regular_files
from helpers.files.errors import InputError
from helpers.text.articles import Article

BESIDE = paths.ANNOTATIONS  # the ending of a folder of annotations
TOML_BYTES = 1_000_000  # largest article.toml
ARTICLE, TEXT = "article.toml", "article.txt"  # the article that is annotated, and the text that offsets refer to
CLAIMS, SPANS, SOURCES, MENTIONS = "claims.csv", "spans.csv", "sources.csv", "mentions.csv"
ODDITIES, EVENTS = "oddities.csv", "events.csv"
UNANCHORED = "unanchored.csv"  # spans that are no longer found in the text, since it was corrected
COMPACTED = ".compacted"  # a folder of new tables, valid once it has this name
ANY = (ARTICLE, CLAIMS, SPANS, SOURCES, MENTIONS, ODDITIES, EVENTS)  # with any of these an article is annotated


def beside(path: Path) -> Path:
    """The folder of annotations beside an article's file; it may not exist."""
    return path.with_suffix(BESIDE)


def of(article: Article) -> Path:
    """The folder of an article's annotations, which may not exist: beside its file, or else below home."""
    if article.given_id is None and beside(article.path).is_dir() and article.path.is_file():
        return beside(article.path)
    return paths.annotations(article.article_id)


def begun(article: Article) -> Path:
    """The folder in which annotations of an article that has none are begun: beside its file, or else below home."""
    return beside(article.path) if article.given_id is None and article.path.is_file() else of(article)


def no_file(folder: Path) -> None:
    """Raises InputError if `folder` is a file; the article itself may have such a name."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: a file, where the folder of annotations should be; rename one of the two")


def annotated(folder: Path) -> bool:
    """Whether a folder holds annotations."""
    return folder.is_dir() and any(file(folder, name).is_file() for name in ANY)


def copy(where: Path, to: Path) -> None:
    """Copy the tables of a folder of annotations to a new one, with the spans that are no longer found: claims may lack them."""
    to.mkdir()
    for name in (*ANY, UNANCHORED):
        if (found := file(where, name)).is_file():
            shutil.copyfile(found, to / name)


def file(folder: Path, name: str) -> Path:
    """A file of a folder; the new one, if all tables were rewritten and are not yet moved to their places."""
    new = folder / COMPACTED / name
    return new if new.is_file() else folder / name


def bound(folder: Path, article: Article) -> None:
    """Check that `article.toml` has the sha256 of this text. Raises InputError when it does not."""
    path, bound = file(folder, ARTICLE), about(folder)
    if bound.get("sha256") != article.sha256:
        raise InputError(
            f"{path}: these annotations belong to another text (sha256 {str(bound.get('sha256'))[:12]}…, "
            f"{article.path} has {article.sha256[:12]}…); restore the text, rename it, or, "
            "if it was corrected, anchor them again with isnad draft --reanchor"
        )


def as_toml(values: Mapping[str, Any]) -> str:
    """Values as TOML, one line each, including all values that can be read from TOML."""
    return "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in values.items())


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: Any) -> str:
    if isinstance(value, str):  # as in JSON, except for surrogates, which TOML does not allow, and DEL
        text = value.encode("utf-8", "replace").decode()
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value)


def about(folder: Path) -> dict[str, Any]:
    """The values of `article.toml`. Raises InputError if it does not exist or is not TOML."""
    path = file(folder, ARTICLE)
    try:
        return tomllib.loads(regular_files.read(path, TOML_BYTES).decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; it must name the article's sha256") from None
    except InputError:
        raise
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not TOML ({e}); fix it") from None
