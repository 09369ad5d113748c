"""Arabic in Chromium: the annotated article in its own layout, the charts' SVG and PDF."""

import io
import unicodedata
from functools import cache

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops

from helpers import charts, readings
from helpers.analysis import shares
from helpers.text import articles
from tests import cases, drawing, showing
from tests.conftest import ROOT
from tests.test_reports import PAGES

# Each drawn character of each right-to-left paragraph with the middle of its box, as Chromium lays it out.
CHARACTERS = """selector => [...document.querySelectorAll(selector)].map(paragraph => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest('sup')) continue;
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      found.push([node.data[at], (box.left + box.right) / 2, Math.round(box.top)]);
    }
  }
  return found;
})"""


def page_of(body):
    style = "".join((ROOT / "templates" / sheet).read_text(encoding="utf-8") for sheet in ("style.css", "page.css"))
    wide = ".isnad-paragraph { display: block } p { white-space: nowrap; font: 16px 'DejaVu Sans' }"
    return f'<!DOCTYPE html><html lang="en" dir="ltr"><meta charset="utf-8"><style>{style}{wide}</style>{body}</html>'


def laid_out(browser, body):
    """The characters of each paragraph from left to right, spaces and marks left out; every paragraph on one line."""
    tab = browser.new_page(viewport={"width": 6000, "height": 900})
    tab.set_content(page_of(body))
    found = tab.evaluate(CHARACTERS, '.isnad-paragraph > p[dir="rtl"]')
    tab.close()
    return [from_left(characters) for characters in found]


def from_left(characters):
    """The drawn ones of a paragraph's characters, from left to right."""
    kept = [(x, char) for char, x, _ in characters if _drawn(char)]
    return "".join(char for _, char in sorted(kept, key=lambda pair: pair[0]))


def _drawn(char):
    return not char.isspace() and not unicodedata.combining(char)


@cache  # pages of one article show the same texts
def expected(text):
    """The order of Unicode's algorithm without mirroring, since a browser mirrors only glyphs, not characters."""
    turned = [part[::-1] if rtl else part for part, rtl, _ in drawing.runs(text)]
    return "".join(char for char in "".join(turned) if _drawn(char))


def test_every_paragraph_of_the_annotated_article_is_laid_out_in_unicodes_order(browser, reading):
    text = reading.article.text
    paragraphs = [text[p.start : p.end] for p in reading.article.paragraphs]
    drawn = laid_out(browser, showing.article(reading))
    assert len(drawn) == 19
    assert drawn == [expected(paragraph) for paragraph in paragraphs]


def test_latin_digits_and_brackets_inside_arabic_are_laid_out_in_unicodes_order(browser, tmp_path):
    texts = [param.values[0]["text"] for param in cases.load("labels.jsonl") if "\n" not in param.values[0]["text"]]
    texts = [text for text in texts if any(unicodedata.bidirectional(char) == "AL" for char in text)]
    article = readings.read(articles.from_text("\n\n".join(texts), "cases", tmp_path / "cases.txt"))
    drawn = laid_out(browser, showing.article(article))
    wrong = [text for text, found in zip(texts, drawn, strict=True) if found != expected(text)]
    assert len(texts) >= 50
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_every_arabic_line_of_every_page_of_the_report_is_in_unicodes_order(report, browser, page):
    tab = browser.new_page(viewport={"width": 6000, "height": 900}, bypass_csp=True)
    tab.goto((report / f"{page}.html").as_uri())
    tab.add_style_tag(
        content="* { white-space: nowrap !important; max-width: none !important; font-family: 'DejaVu Sans' !important }"
    )
    # Elements with their own direction or line are not part of the order around them; they are checked separately.
    apart = "p, br, [dir], .isnad-grade, .isnad-reason"
    selector = ", ".join(f'{tag}[dir="rtl"]:not(:has({apart}))' for tag in ("p", "td", "bdi", "h1", "span"))
    found = tab.evaluate(CHARACTERS, selector)
    tab.close()
    arabic = [
        paragraph for paragraph in found if any(unicodedata.bidirectional(char) == "AL" for char, _, _ in paragraph)
    ]
    assert len(arabic) >= 10
    for paragraph in arabic:
        text = "".join(char for char, _, _ in paragraph)
        assert from_left(paragraph) == expected(text), text


def test_the_check_on_layout_fails_when_the_direction_is_taken_away(browser, reading):
    html = showing.article(reading).replace(
        'dir="rtl">', 'dir="rtl" style="direction: ltr; unicode-bidi: bidi-override">'
    )
    text = reading.article.text
    paragraphs = [text[p.start : p.end] for p in reading.article.paragraphs]
    assert not any(a == expected(b) for a, b in zip(laid_out(browser, html), paragraphs, strict=True))


def difference(one, other):
    """Mean difference of two images in grey, 0 to 255, the second scaled to the first."""
    grey = [image.convert("L") for image in (one, other.resize(one.size, Image.Resampling.LANCZOS))]
    return float(np.asarray(ImageChops.difference(*grey)).mean())


@pytest.fixture(scope="module")
def chart(reading):
    """A chart as PNG image, SVG and PDF bytes, and its mirror image, to which none of them may be similar."""
    figure = charts.words_rest_on(shares.by_basis(reading))
    png, svg, pdf = (charts.written(figure, kind) for kind in ("png", "svg", "pdf"))
    return Image.open(io.BytesIO(png)).convert("RGB"), svg, pdf


def test_the_pdf_of_a_chart_looks_like_its_png_in_chromiums_pdf_engine(chart):
    png, _, pdf = chart
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=charts.style.DPI / 72).to_pil()
    alike, mirrored = difference(png, drawn), difference(png, drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert alike < mirrored / 3  # edges of letters are drawn otherwise; what is reversed differs six times as much


def test_the_svg_of_a_chart_looks_like_its_png_in_chromium(chart, browser, tmp_path):
    png, svg, _ = chart
    (tmp_path / "chart.svg").write_bytes(svg)
    tab = browser.new_page(viewport={"width": png.width, "height": png.height})
    tab.set_content(
        f'<body style="margin:0"><img width="{png.width}" src="data:image/svg+xml;base64,{_base64(svg)}"></body>'
    )
    tab.wait_for_function("document.images[0].complete")
    drawn = Image.open(io.BytesIO(tab.screenshot()))
    tab.close()
    alike, mirrored = difference(png, drawn), difference(png, drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert alike < mirrored / 3  # edges of letters are drawn otherwise; what is reversed differs six times as much


def _base64(data):
    import base64

    return base64.b64encode(data).decode()
