"""How the export of a chat by Telegram Desktop is recognised."""

from pathlib import Path

from helpers.files import regular_files
from helpers.files.errors import InputError

NAME = "result.json"
KEYS = ("name", "type", "id")  # what an export says of its chat before its messages
HEAD = 4096  # bytes in which it says so


def is_export(path: Path) -> bool:
    """Whether a file is the export of a chat, by its first bytes."""
    try:
        regular_files.check(path)
        with path.open("rb") as stored:
            head = stored.read(HEAD)
    except (InputError, OSError):
        return False
    return begins_one(head.decode("utf-8-sig", "replace"))


def begins_one(text: str) -> bool:
    """Whether a text begins as the export of a chat does."""
    head = text.lstrip()[:HEAD]
    return head.startswith("{") and all(f'"{key}"' in head for key in (*KEYS, "messages"))
