"""The article out of a saved web page: its text, and what the page says of it. By trafilatura."""

import email
import re
from pathlib import Path

from helpers import bounds, received
from helpers.rows import InputError

SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
HEAD = 4096  # bytes in which a page says its encoding
FIELDS = {"title": "title", "outlet": "sitename", "author": "author", "published": "date", "url": "url"}


def is_page(path: Path, raw: bytes) -> bool:
    """Whether a file is a web page: by its name, or by its first bytes."""
    begins = raw[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return path.suffix.lower() in SUFFIXES or begins.startswith((b"<!doctype html", b"<html"))


def read(raw: bytes, path: Path, asked: str | None = None) -> tuple[received.Decoded, dict[str, str]]:
    """The article of a page as text, a paragraph a line, and what its metadata says. A date is taken from there
    alone, never guessed from the text.

    asked     the encoding, when the user names it
    Raises    InputError, one line, when there is no article in the page.
    """
    if path.suffix.lower() in (".mhtml", ".mht"):
        raw = _html_part(raw, path)
    declared = DECLARED.search(raw[:HEAD])
    page = received.decode(raw, path, asked, declared and declared[1].decode("ascii"))
    bounds.page(page.text, path)
    from trafilatura import bare_extraction  # takes a quarter of a second to import

    try:
        found = bare_extraction(
            page.text.replace("\0", ""),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not a web page that can be read ({e}); save its text instead") from None
    if found is None or not (found.text or "").strip():
        raise InputError(f"{path}: no article was found in this page; save its text instead")
    text = "\n".join(line for line in map(str.strip, found.text.splitlines()) if line) + "\n"
    told = {key: _one_line(value) for key, field in FIELDS.items() if (value := getattr(found, field))}
    return received.Decoded(text, page.encoding, page.told_by), told


def _html_part(raw: bytes, path: Path) -> bytes:
    """The page in a web archive (MHTML)."""
    bounds.archive(raw, path)
    message = email.message_from_bytes(raw)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = part and part.get_payload(decode=True)
    if not payload:
        raise InputError(f"{path}: no page in this web archive; save it as HTML instead")
    return payload


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
