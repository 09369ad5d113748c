"""Takes the text out of a PDF with a text layer, by where its glyphs are printed (`pdf_layout`), with pdfium.

No script in it is run, no link followed. A scan has no text layer, and is refused.
"""

import ctypes
from collections.abc import Iterator
from math import hypot, pi
from pathlib import Path
from typing import Any

from helpers.files.errors import InputError
from helpers.text import pdf_layout, pdf_lines
from helpers.text.pdf_layout import Page
from helpers.text.pdf_lines import DRAWN, Glyph
from helpers.text.word_documents import Taken

PAGES = 500  # most pages
GLYPHS = 1_000_000  # most characters of all pages: about two novels
UPRIGHT = 0.1  # radians by which a glyph may be turned
# A stroke that joins two letters is drawn on the line of writing, from edge to edge; shares of the size of the type.
STROKE = -0.1, 0.2  # how far below the line of writing it begins, and how far above it ends
EDGE = 0.05  # of its width, by which it may miss an edge
NOT_PRINTED = frozenset("\0\ufffe\uffff\ufeff")


def extract(raw: bytes, path: Path) -> Taken:
    """The running text of a PDF, a line per paragraph.

    Raises    InputError, one line, for a damaged PDF, one with a password, without a text layer, or too long; and if
              pypdfium2 is not installed.
    """
    try:
        import pypdfium2
    except ImportError:
        wanted = "python -m pip install pypdfium2, or Isnad with its extra documents"
        raise InputError(f"{path}: a PDF is read by pypdfium2, not installed here; {wanted}") from None
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower():
            raise InputError(f"{path}: a PDF with a password; save it without one") from None
        raise InputError(f"{path}: a PDF that cannot be read ({' '.join(str(e).split())}); save it again") from None
    try:
        number = len(document)
        if number > PAGES:
            raise InputError(f"{path}: a PDF of {number:,} pages, over {PAGES:,}; save those of the article as a PDF")
        pages, turned, blank = _pages(document, path)
    finally:
        document.close()
    if turned and not any(page.glyphs for page in pages):
        raise InputError(f"{path}: a PDF whose text is turned; print it upright into a PDF, or save its text (.txt)")
    if not any(page.glyphs for page in pages):
        raise InputError(f"{path}: a PDF without a text layer, such as a scan; have its text recognised (OCR) first")
    found = pdf_layout.running(pages)
    left = {
        "footnotes": found.notes,
        "page numbers and running heads": found.left_out,
        "turned or outside the page, characters": turned,
    }
    doubts = [f"left out of the document: {what} ({n})" for what, n in left.items() if n]
    doubts += [f"pages without a text layer ({blank}); they may be scans"] if blank else []
    many = "a PDF of one page" if number == 1 else f"a PDF of {number} pages"
    return Taken(found.text, f"{many}, its text layer", tuple(doubts))


def _pages(document: Any, path: Path) -> tuple[list[Page], int, int]:
    """(the pages, how many characters are turned or not on them, how many pages have pictures and no text)."""
    import pypdfium2

    pages: list[Page] = []
    every = turned = blank = 0
    for at in range(len(document)):
        try:
            page = document[at]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as e:
            raise InputError(f"{path}: a PDF whose page {at + 1} is damaged ({e}); save it again") from None
        left, bottom, right, top = page.get_bbox()
        every += text.count_chars()
        if every > GLYPHS:
            raise InputError(f"{path}: over {GLYPHS:,} characters, too long for one article; split it")
        found = list(_glyphs(text))
        upright = tuple(
            glyph
            for glyph in found
            if glyph is not None and left <= glyph.middle <= right and bottom <= glyph.base <= top
        )
        turned += sum(glyph is None or not glyph.text.isspace() for glyph in found)
        turned -= sum(not glyph.text.isspace() for glyph in upright)
        blank += not upright and next(page.get_objects(), None) is not None
        pages.append(Page(bottom, top, upright))
        text.close()
        page.close()
    return pages, turned, blank


def _glyphs(text: Any) -> Iterator[Glyph | None]:
    """The characters of a page with their places; None for one that is turned."""
    import pypdfium2.raw as pdfium

    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for at in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if pdfium.FPDFText_IsGenerated(text, at) == 1 or character in NOT_PRINTED or character in "\r\n":
            continue
        angle = pdfium.FPDFText_GetCharAngle(text, at)
        if UPRIGHT < angle < 2 * pi - UPRIGHT:
            yield None
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        x0, x1 = sorted((box.left, box.right))
        y0, y1 = sorted((box.bottom, box.top))
        if not character.isspace() and not pdf_lines.is_rtl(character) and _is_stroke(text, at, x0, x1, y.value):
            character = DRAWN
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        size = pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
        yield Glyph(" " if character.isspace() else character, x0, x1, y0, y1, y.value, at, size)


def _is_stroke(text: Any, at: int, x0: float, x1: float, base: float) -> bool:
    """Whether a character is drawn as a stroke that joins the letters at its sides (a kashida).

    Programs that set text justify lines by such strokes, for which they name no character: what stands for one is chance.
    """
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top) or right.value <= left.value:
        return False
    size, miss = pdfium.FPDFText_GetFontSize(text, at), EDGE * (x1 - x0)
    low, high = (bottom.value - base, top.value - base)
    joins = left.value <= x0 + miss and right.value >= x1 - miss
    return joins and STROKE[0] * size <= low < high <= STROKE[1] * size
