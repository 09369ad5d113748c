"""The paths of lexicons, notebooks, templates, annotations and reports.

Home is the folder with `data/lexicon`, `notebooks` and `templates`: ISNAD_HOME when it is set, else the checkout that
the package is installed from, else the resources packed into the wheel (which has no seeds and no annotations).
"""

import json
import os
from functools import cache
from pathlib import Path

from helpers.files.errors import InputError

SEED = "seeds/000_79e25326ad2df452.txt"
ANNOTATIONS = ".annotations"  # the ending of a folder of annotations beside an article
_RESOURCES = Path(__file__).resolve().parents[1] / "resources"  # in a wheel
RESERVED = {"charts"}  # folders of `reports` that do not belong to an article


def home() -> Path:
    """The folder that holds lexicons, notebooks and templates. Raises InputError when ISNAD_HOME is no such folder."""
    return _home(os.environ.get("ISNAD_HOME"))


@cache
def _home(named: str | None) -> Path:
    if named:
        if not (Path(named) / "data" / "lexicon").is_dir():
            raise InputError(f"ISNAD_HOME: {named} has no data/lexicon; name a checkout of Isnad, or unset it")
        return Path(named).resolve()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file() and (checkout / "data" / "lexicon").is_dir():
        return checkout
    return _RESOURCES


def resolve(name: str | Path) -> Path:
    """An absolute path as given, any other below home. The parameters of notebooks are resolved in this way."""
    return home() / name


def lexicon(name: str) -> Path:
    """The file of one lexicon, such as `actors.csv`."""
    return _lexicon(home(), name)


@cache
def _lexicon(folder: Path, name: str) -> Path:
    return folder / "data" / "lexicon" / name


def own_actors() -> Path | None:
    """The user's own lexicon of actors, which may not exist: ISNAD_ACTORS, else `own-actors.csv` beside `reports`.

    None when ISNAD_ACTORS is set and empty: the project's own results are made with the project's lexicons alone.
    """
    named = os.environ.get("ISNAD_ACTORS")
    return reports().parent / "own-actors.csv" if named is None else Path(named).resolve() if named else None


def rejected_names() -> Path | None:
    """The file of names that the user rejected, beside the user's own lexicon; it may not exist. None when `own_actors` is."""
    own = own_actors()
    return own and own.with_name(f"{own.stem}-rejected.csv")


def names() -> Path | None:
    """What the user decided about names in several articles: `names.csv` beside the lexicon of the user's own; it need not exist.

    None where there is no such lexicon.
    """
    own = own_actors()
    return own and own.with_name("names.csv")


def glosses() -> Path | None:
    """The file of the user's translations of claims: ISNAD_GLOSSES; None when it is not set."""
    named = os.environ.get("ISNAD_GLOSSES")
    return Path(named).resolve() if named else None


def annotations(article_id: str) -> Path:
    """The folder of people's annotations of one article; it may not exist.

    It is below home, unless that is what the wheel holds, which an update replaces: then it is below the current folder.
    """
    here = home()
    return (Path.cwd() if here == _RESOURCES else here) / "data" / "annotations" / article_id


def notebooks() -> list[Path]:
    """The notebooks about one article, in order: those whose parameters cell sets `article`. They make up a report.

    Raises    InputError when home has no notebooks.
    """
    return [path for path in all_notebooks() if "article" in _parameters(path)]


def all_notebooks() -> list[Path]:
    """All notebooks in order, including those about a corpus. Raises InputError when home has none."""
    found = sorted((home() / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    if not found:
        raise InputError(f"{home() / 'notebooks'}: there are no notebooks; name a checkout of Isnad with ISNAD_HOME")
    return found


def _parameters(notebook: Path) -> set[str]:
    """The names that a notebook's parameters cell sets."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{notebook}: not a notebook; restore it") from None
    return {line.partition("=")[0].strip() for cell in tagged for line in "".join(cell["source"]).splitlines()}


def templates() -> Path:
    """The folder of the report's templates and style."""
    return home() / "templates"


def reports() -> Path:
    """The folder for reports: ISNAD_REPORTS, else `reports` in the checkout, else in the current folder."""
    named = os.environ.get("ISNAD_REPORTS")
    if named:
        return Path(named).resolve()
    here = home()
    return (here if (here / "pyproject.toml").is_file() else Path.cwd()) / "reports"
