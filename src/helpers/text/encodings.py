"""Decodes the bytes of a file: the encoding is known from a byte-order mark, from the form of the bytes, or is detected."""

import codecs
import re
from pathlib import Path

from msgspec import Struct

from helpers.files import regular_files
from helpers.files.errors import InputError

ARTICLE_BYTES = 20_000_000  # largest article: about forty novels
DOCUMENT_BYTES = 100_000_000  # largest document of one article, with its pictures
ARABIC = ("cp1256", "iso8859_6", "utf_16_le", "utf_16_be", "utf_8")
NAMES = {"cp1256": "Windows-1256", "iso8859-6": "ISO-8859-6"}
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Python's codecs for host names, literals in code and nothing at all, and one that decodes any byte: no encodings of files.
NO_FILES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap"}
UNKNOWN = "is not a text encoding that Python knows; name one such as windows-1256"
DAMAGED = 20  # a text counts as damaged UTF-8, not as another encoding, when at most one character in 20 is broken


class Decoded(Struct, frozen=True, gc=False):
    """A text, the encoding that it was read in, and how it was determined: `mark`, `form`, `asked`, `page`, `detected`."""

    text: str
    encoding: str
    determined_by: str


def raw(path: Path, most: int = ARTICLE_BYTES) -> bytes:
    """The bytes of a file of at most `most` bytes. Raises InputError, one line, when it cannot be read or is too large for an article."""
    try:
        if path.is_dir():
            raise InputError(f"{path}: a folder, not an article; name a file")
        regular_files.check(path)
        long = path.stat().st_size > most
        if not long:
            with path.open("rb") as file:
                found = file.read(most + 1)  # a file may grow, and the stated size of some is 0
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); check its permissions") from None
    if long or len(found) > most:
        raise InputError(f"{path}: over {most // 1_000_000} MB, too long for one article; split it")
    return found


def known(encoding: str) -> str:
    """Python's name for an encoding of text files. Raises LookupError for any other name.

    Python's other codecs (base64, hex, rot13, zlib, host names, escapes in code) are refused, too.
    """
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except ValueError:  # not a possible name of a codec
        name = "undefined"
    if name in NO_FILES:
        raise LookupError(encoding)
    return name


def usable(encoding: str | None) -> None:
    """Check an encoding that the user named. Raises InputError, one line, if it is not one of text files."""
    if encoding is not None:
        _known(encoding, f"--encoding: {encoding!r} {UNKNOWN}")


def decode(raw: bytes, path: Path, asked: str | None = None, declared: str | None = None) -> Decoded:
    """Decode as `asked`, else by a byte-order mark, else as UTF-8, else as `declared` (unless that is UTF-8), else by detection.

    asked      the encoding that the user named: no other is tried
    declared   the encoding that a web page declares
    Raises     InputError, one line, for an unknown encoding, bytes invalid in it, or bytes that fit no encoding.
    """
    mark, marked = next(((m, e) for m, e in MARKS.items() if raw.startswith(m)), (b"", None))
    if asked:
        name = _known(asked, f"{path}: {asked!r} {UNKNOWN}")
        return Decoded(_strictly(raw, name, path).removeprefix("\ufeff"), shown(name), "asked")
    if marked:
        return Decoded(_strictly(raw[len(mark) :], marked, path), shown(marked), "mark")
    if raw.count(0) * 20 > len(raw) and len(raw) % 2 == 0 and (wide := _wide(raw)):
        return Decoded(_strictly(raw, wide, path), shown(wide), "form")
    try:
        return Decoded(raw.decode(), "UTF-8", "form")
    except UnicodeDecodeError as e:
        _not_damaged(raw, e, path)
    if declared and not _is_utf8(declared):  # of one that was to be UTF-8 and is not, the declaration is wrong
        name = _known(
            declared, f"{path}: declares the unknown encoding {declared!r}; name the right one with --encoding"
        )
        return Decoded(_strictly(raw, name, path), shown(name), "page")
    from charset_normalizer import from_bytes  # rarely needed

    best = None if BINARY.search(raw) else from_bytes(raw, cp_isolation=list(ARABIC)).best()
    if best is None:
        raise InputError(f"{path}: not UTF-8 text, nor in another encoding of Arabic; save it as UTF-8 text")
    return Decoded(_strictly(raw, best.encoding, path), shown(best.encoding), "detected")


def shown(encoding: str) -> str:
    """The name of an encoding as people write it."""
    name = codecs.lookup(encoding).name
    return NAMES.get(name, name.upper())


def _known(encoding: str, wrong: str) -> str:
    try:
        return known(encoding)
    except LookupError:
        raise InputError(wrong) from None


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    except (LookupError, ValueError):
        return False


def _strictly(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as e:
        half = "half of a UTF-16 pair" if "surrogate" in e.reason or encoding.startswith("utf-16") else e.reason
        wrong = f"{path}: not {shown(encoding)} throughout (byte {e.start}: {half})"
        raise InputError(f"{wrong}; save it as UTF-8 text, or name its encoding with --encoding") from None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a byte-order mark: all spaces and full stops have their zero byte on the same side; else None."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _not_damaged(raw: bytes, error: UnicodeDecodeError, path: Path) -> None:
    """Raises InputError for text that is UTF-8 except for a few bytes, instead of guessing another encoding."""
    text = raw.decode(errors="replace")
    if text.count("\ufffd") * DAMAGED < sum(not char.isascii() for char in text):
        wrong = f"{path}: damaged UTF-8 text (byte {error.start})"
        raise InputError(f"{wrong}; fix it, or name its encoding with --encoding") from None
