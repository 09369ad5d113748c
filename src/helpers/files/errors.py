"""Errors that are reported to the user in one line."""

import traceback
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
LONGEST = 200  # characters of an unexpected error's message that are shown


class InputError(ValueError):
    """Something that the user gave cannot be used. The message is one line: the file, what is wrong, what to do."""


class NotebookError(RuntimeError):
    """A notebook stopped with an error. The message is one line: the notebook and the error."""


def unexpected(error: BaseException) -> str:
    """An unexpected error as one line: its class, the module and line of this package that raised it, its message."""
    frames = [(Path(frame.filename).resolve(), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path.stem, line) for path, line in frames if PACKAGE in path.parents]
    place = " in {}, line {}".format(*ours[-1]) if ours else ""
    said = " ".join(str(error).split())[:LONGEST]
    return f"an unexpected error: {type(error).__name__}{place}{' ('[: 2 * bool(said)]}{said}{')'[: bool(said)]}"
