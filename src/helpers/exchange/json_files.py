"""Files of JSON as other tools write them: read whole, with a limit, and written whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import DecodeError, json

from helpers.files import atomic, regular_files
from helpers.files.errors import InputError

LARGEST = 1_000_000_000  # bytes of a file


def read(path: Path, instead: str) -> Any:
    """What a file of JSON holds.

    instead   what to do where it is damaged, for the error
    Raises    InputError, one line, for a file that is no JSON in UTF-8, is over a GB, or is no file.
    """
    try:
        return json.decode(regular_files.read(path, LARGEST).removeprefix(b"\xef\xbb\xbf"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except RecursionError:
        raise InputError(f"{path}: its objects lie too deep in each other; {instead}") from None
    except (DecodeError, UnicodeError) as e:
        raise InputError(f"{path}: not JSON in UTF-8, or cut short ({' '.join(str(e).split())}); {instead}") from None


def write(value: Any, path: Path) -> None:
    """Write JSON with indents, whole or not at all."""
    with atomic.written_whole(path) as beside:
        beside.write_bytes(json.format(json.encode(value), indent=1) + b"\n")


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or the one object; nothing of what is neither."""
    if isinstance(value, Mapping):
        return [dict(value)]
    given = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [dict(each) for each in given if isinstance(each, Mapping)]
