"""The metadata of an article, in a sidecar file: `name.toml` beside `name.txt`."""

import json
import tomllib
from datetime import date
from pathlib import Path

from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.text import publication

SIDECAR_BYTES = 1_000_000  # largest sidecar
KNOWN = (
    "title",
    "outlet",
    "author",
    "published",
    "published_earliest",
    "published_latest",
    "published_basis",
    "url",
    "forwarded_from",
    "edited",
    "reply_to_message_id",
    "language",
    "published_basis_ar",
    "note",
    "note_ar",
    "received",
    "warning",
)
DATES = ("published", "published_earliest", "published_latest")


def sidecar(path: Path) -> dict[str, str]:
    """The metadata in the sidecar of an article; empty when there is none. Dates are strings such as 2021-08-28.

    Dates are read by `publication`; what is doubtful about one is in `warning`.


    Raises    InputError, one line, for a file that is not TOML, an unknown key, a value that is neither text nor a
              date.
    """
    return parsed(regular_files.read(path, SIDECAR_BYTES), path) if path.is_file() else {}


def parsed(raw: bytes, path: Path) -> dict[str, str]:
    """The metadata in the bytes of a sidecar, like `sidecar`; `path` is named in errors."""
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:  # not TOML, not UTF-8, endless numbers, lists nested too deep
        raise InputError(
            f'{path}: not TOML ({e}); put texts in quotation marks, a mark inside them as \\" or «»'
        ) from None
    for key, value in found.items():
        if key not in KNOWN:
            raise InputError(f"{path}: {key!r} is not a key of a sidecar; use {', '.join(KNOWN)}")
        if not hasattr(value, "isoformat") and not isinstance(value, str):
            raise InputError(f"{path}: {key} is not a text or a date; write it in quotation marks")
    about = {key: value.strip() if isinstance(value, str) else value.isoformat() for key, value in found.items()}
    about = {key: value for key, value in about.items() if value}  # a blank value is as good as none
    about = _with_dates(about)
    if about.get("published_earliest", "") > about.get("published_latest", "9999"):
        raise InputError(f"{path}: published_earliest is after published_latest; put them in order")
    return about


def day(value: object) -> date | None:
    """A day, of a day, a time, or a text that begins with one as 2021-08-28; None for what is no day."""
    try:
        return date.fromisoformat(value.isoformat()[:10] if isinstance(value, date) else str(value)[:10])
    except ValueError:
        return None


def _with_dates(about: dict[str, str]) -> dict[str, str]:
    """What a sidecar says, its dates as days: of a month the bound that the key asks for. Doubts go to `warning`, a line each."""
    found = {key: value for key, value in about.items() if key not in DATES}
    doubts = [about["warning"]] if "warning" in about else []
    for key in [key for key in about if key in DATES]:  # in the order in which they stand
        read, doubt = publication.known(about[key])
        days = read.get("published"), read.get("published_earliest"), read.get("published_latest")
        if key == "published":
            found |= {name: day for name, day in read.items() if name == key or name not in about}
        elif bound := days[0] or (days[1] if key.endswith("earliest") else days[2]):
            found[key] = bound
        doubts += [doubt] if doubt else []
    return found | ({"warning": "\n".join(doubts)} if doubts else {})


def write(path: Path, about: dict[str, str]) -> None:
    """Write metadata, as `sidecar` returns it, to a sidecar file."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())
    path.write_text("".join(lines).replace("\x7f", "\\u007f"), encoding="utf-8")
