"""Extracts the article of a saved web page, its text and metadata, with trafilatura."""

import re
from pathlib import Path
from typing import Any

from helpers.files.errors import InputError
from helpers.text import encodings, orthography, page_bounds, page_dates, visible_text
from helpers.text.input_formats import HEAD_BYTES

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
METADATA_FIELDS = {"title": "title", "outlet": "sitename", "author": "author", "url": "url"}
LITTLE_TAKEN = 1 / 4  # less than this share of the letters outside menus, links and comments gives a warning
TOO_DEEP = 250  # nested elements
HEADLINES = 5  # fewest lines that are links on a front page
HEADLINE_SHARE = 1 / 3  # least share of its lines that they are
TEASER = 250  # most letters there between two links
HEADLINE_LETTERS = 150  # a text with fewer letters is compared with the comments, too


def extract(
    raw: bytes, path: Path, asked: str | None = None, declared: str | None = None
) -> tuple[encodings.Decoded, dict[str, str], tuple[str, ...]]:
    """(text with one paragraph per line, metadata, warnings) of the article in a page.

    A date is taken only from the metadata, never guessed from the text. The parser of trafilatura drops what is nested
    more than 255 elements deep, so such a page is flattened first. Warnings say when little of the text that the page
    shows was extracted, and when it looks like a front page.

    asked     the encoding, if the user names one
    declared  the encoding that its server declares, if any; it comes before what the page says itself
    Raises    InputError, one line, when there is no article in the page.
    """
    if path.suffix.lower() in (".mhtml", ".mht"):
        raw, declared = _html_part(raw, path)
    meta = DECLARED.search(raw[:HEAD_BYTES])
    page = encodings.decode(raw, path, asked, declared or (meta and meta[1].decode("ascii")))
    page_bounds.page(page.text, path)
    html = page.text.replace("\0", "")
    try:
        seen = visible_text.seen(html)
        found = _extracted(visible_text.flatter(html) if seen and seen.depth > TOO_DEEP else html)
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not a web page that can be read ({e}); save its text instead") from None
    if found is None or not (found.text or "").strip():
        raise InputError(f"{path}: no article was found in this page; save its text instead")
    text = "\n".join(line for line in map(str.strip, found.text.splitlines()) if line) + "\n"
    about = {key: _one_line(value) for key, field in METADATA_FIELDS.items() if (value := getattr(found, field))}
    day, doubt = page_dates.published(html, found.date)
    doubts = (*_doubts(text, seen), *((doubt,) if doubt else ()))
    return encodings.Decoded(text, page.encoding, page.determined_by), about | day, doubts


def _extracted(page: Any) -> Any:
    """What trafilatura extracts from a page, given as text or as a tree; None if it finds nothing."""
    from trafilatura import bare_extraction  # takes a quarter of a second to import

    return bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _doubts(text: str, seen: visible_text.Seen | None) -> tuple[str, ...]:
    if seen is None:
        return ("the page is nested too deeply to be read in full; compare the text with the page",)
    if front := _front_page(text.splitlines(), seen.links):
        return (front,)
    taken = orthography.letters(text)
    both = seen.own + seen.beside
    if taken >= LITTLE_TAKEN * (both if taken < HEADLINE_LETTERS else seen.own):
        return ()
    said = f"only part of the page was extracted ({taken:,} letters of {both:,}"
    return (f"{said}, excluding menus and links); compare the text with the page",)


def _front_page(lines: list[str], links: frozenset[str]) -> str | None:
    """What is said of a page of headlines instead of an article: many of its lines are links, with little between two."""
    linked = [line.removeprefix("- ") in links for line in lines]
    if sum(linked) < HEADLINES or sum(linked) < HEADLINE_SHARE * len(lines):
        return None
    between = 0
    for line, is_link in zip(lines, linked, strict=True):
        between = 0 if is_link else between + orthography.letters(line)
        if between > TEASER:
            return None
    said = f"this looks like a front page or a list of headlines ({sum(linked)} of {len(lines)} lines are links)"
    return f"{said}; name the page of one article"


def _html_part(raw: bytes, path: Path) -> tuple[bytes, str | None]:
    """The page in a web archive (MHTML), and its encoding as the archive declares it."""
    import email
    import email.policy

    page_bounds.archive(raw, path)
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        payload = part and part.get_payload(decode=True)
        declared = part and part.get_content_charset()
    except Exception as e:  # a broken message can raise any exception
        wrong = f"{path}: not a web archive that can be read ({type(e).__name__})"
        raise InputError(f"{wrong}; save the page as HTML instead") from None
    if not isinstance(payload, bytes) or not payload:
        raise InputError(f"{path}: no page in this web archive; save it as HTML instead")
    return payload, declared or None


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
