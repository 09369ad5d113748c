"""Extracts the article of a saved web page, its text and metadata, with trafilatura."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.files.errors import InputError
from helpers.text import encodings, orthography, page_bounds, page_dates, visible_text
from helpers.text.input_formats import HEAD_BYTES

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
METADATA_FIELDS = {"title": "title", "outlet": "sitename", "author": "author", "url": "url"}
LITTLE_TAKEN = 1 / 4  # less than this share of the letters outside menus, links and comments gives a warning
TOO_DEEP = 250  # nested elements
HEADLINES = 5  # fewest headlines of a front page, and fewest lines that are links which are left out of an article
LINK_SHARE = 1 / 3  # least share of the lines that these are
TEASER = 30, 250  # fewest and most letters below a headline of a front page
TEASERS = 3  # fewest of these, if there are any: a brief with links below it has one
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
    lines, odd = _without_links([line for line in map(str.strip, found.text.splitlines()) if line], seen)
    text = "\n".join(lines) + "\n"
    about = {key: _one_line(value) for key, field in METADATA_FIELDS.items() if (value := getattr(found, field))}
    day, doubt = page_dates.published(html, found.date)
    doubts = (*odd, *(() if odd else _doubts(orthography.letters(text), seen)), *((doubt,) if doubt else ()))
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


def _without_links(lines: list[str], seen: visible_text.VisibleText | None) -> tuple[list[str], tuple[str, ...]]:
    """The lines of an article, without those of a menu beside it, and what is said of the links among them.

    Where many lines are nothing but a link, the extraction took a menu for text. A front page keeps its lines.
    """
    if seen is None:
        return lines, ()
    if _is_front_page(seen.between):
        said = f"this looks like a front page or a list of headlines ({len(seen.between) - 1} links read as headlines)"
        return lines, (f"{said}; name the page of one article",)
    linked = [line.removeprefix("- ") in seen.links for line in lines]
    if not _many_links(linked) or all(linked):
        return lines, ()
    kept = [line for line, is_link in zip(lines, linked, strict=True) if not is_link]
    return kept, (f"lines that are only a link ({sum(linked)}) were left out; compare the text with the page",)


def _doubts(taken: int, seen: visible_text.VisibleText | None) -> tuple[str, ...]:
    if seen is None:
        return ("the page is nested too deeply to be read in full; compare the text with the page",)
    both = seen.own + seen.beside
    if taken >= LITTLE_TAKEN * (both if taken < HEADLINE_LETTERS else seen.own):
        return ()
    said = f"only part of the page was extracted ({taken:,} letters of {both:,}"
    return (f"{said}, excluding menus and links); compare the text with the page",)


def _is_front_page(between: Sequence[int]) -> bool:
    """Whether a page is one of headlines: between two of them (see `visible_text.VisibleText`) is nothing, or no more than a teaser."""
    least, most = TEASER
    teasers = sum(each >= least for each in between)
    return len(between) > HEADLINES and max(between) <= most and (not teasers or teasers >= TEASERS)


def _many_links(linked: Sequence[bool]) -> bool:
    return sum(linked) >= max(HEADLINES, LINK_SHARE * len(linked))


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
