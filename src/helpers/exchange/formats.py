"""The formats by their names: which module writes and reads each, and how a file is known to be one of them."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from msgspec import Struct

from helpers.exchange.documents import Document
from helpers.files import regular_files
from helpers.files.errors import InputError


class Codec(Protocol):
    """What the module of a format has."""

    def save(self, documents: Sequence[Document], out: Path) -> None:
        """Write documents to a file, or to a new folder, whole or not at all."""

    def load(self, path: Path) -> list[Document]:
        """The documents of a file or a folder. Raises InputError, one line, for what is no such file."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file or a folder is of this format, by its names and its first bytes (none of a folder)."""


class Format(Struct, frozen=True):
    """A format.

    name      as the command has it
    module    of `helpers.exchange`
    folder    whether it is a folder of files, not one file
    lacks     the tables of a document that it has no place for
    alone     of a folder: whether one of its files is read without the others, or the archive of them
    """

    name: str
    module: str
    folder: bool
    lacks: tuple[str, ...] = ("oddities", "events")
    alone: bool = False

    @property
    def codec(self) -> Codec:
        return cast(Codec, import_module(f"helpers.exchange.{self.module}"))


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "csv_folders", True, ()),
        Format("parquet", "parquet_tables", True),
        Format("cas-xmi", "cas_xmi", True, alone=True),
        Format("cas-json", "cas_json", True, alone=True),
        Format("label-studio", "label_studio", False),
        Format("web-annotation", "web_annotation", False),
        Format("gold", "gold_lines", False),
        Format("jsonl", "reading_lines", False),
    )
}
READ_ONLY = ("gold",)  # `isnad draft --gold` writes it, of what people decided
HEAD = 100_000  # bytes by which a file is recognised


def of(path: Path) -> Format:
    """The format of a file or a folder, by what is in it.

    Raises    InputError, one line, for what is none of them, and for a pipe or a device.
    """
    try:
        regular_files.check(path)
        head = b"" if path.is_dir() else _head(path)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    for one in FORMATS.values():
        if (one.alone or one.folder == path.is_dir()) and one.codec.recognises(path, head):
            return one
    raise InputError(f"{path}: none of the formats {', '.join(FORMATS)}; say which one with --from")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)
