"""Articles set by LibreOffice Writer and saved as .docx and .pdf: the text and its claims are those of the plain text."""

import pytest

from helpers.text import articles
from tests.test_pdf_documents import ARTICLES
from tests.test_word_documents import said
from tests.tools.test_spreadsheet import OFFICE, converted

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="no LibreOffice on this machine: install libreoffice-writer-nogui"
)

HEADING, *PARAGRAPHS = ARTICLES["news"]
FORMS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
ENGLISH = (
    " The spokeswoman of the international commission confirmed that the well-known harbour reopens after renovations."
)
PAGE_HEADS = (
    "<style:header><text:p>صحيفة الساحل</text:p></style:header>"
    "<style:footer><text:p>الصفحة <text:page-number>1</text:page-number></text:p></style:footer>"
)
COLUMNS = '<style:columns fo:column-count="2" fo:column-gap="1cm"/>'
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A</dc:creator>'
    '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2024-01-01T00:00:00</dc:date></office:change-info>'
    "<text:p>وقال الوزير إن الجسر انهار. </text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


def document(body, align="justify", before="", page="", heads="", properties="", hyphenated=False):
    """A flat OpenDocument text, written from right to left.

    body      its paragraphs, in XML
    align     of its paragraphs; `properties` are others of these
    before    what stands in front of them: tracked changes
    page      properties of the page; `heads` are its header and footer
    """
    direction = 'style:writing-mode="rl-tb"'
    letters = 'style:font-name="F" style:font-name-complex="F" fo:font-size="{0}" style:font-size-complex="{0}"'
    hyphens = 'fo:language="en" fo:country="US" fo:hyphenate="true"' if hyphenated else ""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {direction} {more}/>'
        f"<style:text-properties {letters.format(size)} {hyphens}/></style:style>"
        for name, size, more in (
            ("B", "12pt", f'fo:text-align="{align}" fo:margin-bottom="0.2cm" {properties}'),
            ("H", "18pt", 'fo:text-align="right" fo:margin-bottom="0.3cm"'),
            ("N", "10pt", 'fo:text-align="right"'),
        )
    )
    list_style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1">'
        '<style:list-level-properties text:space-before="0.6cm" text:min-label-width="0.6cm"/>'
        "</text:list-level-style-number></text:list-style>"
    )
    margins = " ".join(f'fo:margin-{side}="2cm"' for side in ("top", "bottom", "left", "right"))
    head = '<style:{0}-style><style:header-footer-properties fo:min-height="1cm"/></style:{0}-style>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
        '<style:font-face style:name="F" svg:font-family="\'DejaVu Sans\'"/></office:font-face-decls>'
        f'<office:automatic-styles>{styles}{list_style}<style:page-layout style:name="P"><style:page-layout-properties '
        f'fo:page-width="21cm" fo:page-height="29.7cm" {margins} {direction}>{page}</style:page-layout-properties>'
        f"{head.format('header')}{head.format('footer')}</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">'
        f"{heads}</style:master-page></office:master-styles>"
        f'<office:body><office:text>{before}<text:h text:style-name="H" text:outline-level="1">{HEADING}</text:h>{body}'
        "</office:text></office:body></office:document>"
    )


def set_in(paragraphs):
    return "".join(f'<text:p text:style-name="B">{each}</text:p>' for each in paragraphs)


def note(number, text):
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f'<text:note-body><text:p text:style-name="N">{text}</text:p></text:note-body></text:note>'
    )


FIRST, SECOND, THIRD = PARAGRAPHS
NOTED = FIRST.replace("18 شهرا", f"18 شهرا{note(1, 'وقال مراسلنا إن الموعد قد يتغير.')}")
NOTED = f"{NOTED[:-1]}{note(2, 'بحسب الوزارة فإن العقد قديم.')}."
COMMENT = "<office:annotation><text:p>قال المحرر إن هذا خطأ.</text:p></office:annotation>"
LINKED = FIRST.replace(
    "شركة Delta Roads International",
    '<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="https://delta.example/">'
    "شركة Delta Roads International</text:a>",
)
LIST = "".join(f'<text:list-item><text:p text:style-name="B">{each}</text:p></text:list-item>' for each in PARAGRAPHS)
CELLS = (("القطاع", "نسبة الإنجاز"), ("الشمالي", "٩٥٪"), ("الجنوبي", "80%"))
TABLE = "".join(
    f"<table:table-row>{''.join(f'<table:table-cell>{set_in([cell])}</table:table-cell>' for cell in row)}</table:table-row>"
    for row in CELLS
)
TABLE = f'<table:table><table:table-column table:number-columns-repeated="2"/>{TABLE}</table:table>'
BOX = (
    '<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>'
    f"{set_in(['وقال شاهد إن الطريق خطر.'])}</draw:text-box></draw:frame>"
)
LONG = [each + ENGLISH for each in PARAGRAPHS]
STRETCHED = [each.replace("قالت", "قـــالت").replace("وأكد", "وأكـــد") for each in PARAGRAPHS]
# Each document, its paragraphs, and what is said to be left out: of the Word document, and of the PDF.
DOCUMENTS = {
    "justified by strokes between letters": (document(set_in(PARAGRAPHS)), PARAGRAPHS, (), ()),
    "flush right": (document(set_in(PARAGRAPHS), "right"), PARAGRAPHS, (), ()),
    "flush left": (document(set_in(PARAGRAPHS), "left"), PARAGRAPHS, (), ()),
    "centred": (document(set_in(PARAGRAPHS), "center"), PARAGRAPHS, (), ()),
    "first lines indented": (
        document(set_in(PARAGRAPHS), properties='fo:text-indent="1cm"'),
        PARAGRAPHS,
        (),
        (),
    ),
    "two columns": (document(set_in(PARAGRAPHS * 6), page=COLUMNS), PARAGRAPHS * 6, (), ()),
    "Latin, hyphenated": (document(set_in(LONG), hyphenated=True), LONG, (), ()),
    "strokes that were typed": (document(set_in(STRETCHED)), STRETCHED, (), ()),
    "links": (document(set_in([LINKED, SECOND, THIRD])), PARAGRAPHS, (), ()),
    "footnotes": (
        document(set_in([NOTED, SECOND, THIRD])),
        PARAGRAPHS,
        ("footnotes (2)",),
        ("footnotes (2)",),
    ),
    "page heads": (
        document(set_in(PARAGRAPHS * 8), heads=PAGE_HEADS),
        PARAGRAPHS * 8,
        ("headers (1)", "footers (1)"),
        ("page numbers and running heads (4)",),
    ),
    "comments": (
        document(set_in([FIRST.replace("وأضافت", f"{COMMENT}وأضافت"), SECOND, THIRD])),
        PARAGRAPHS,
        ("comments (1)",),
        (),
    ),
    "a numbered list": (document(f'<text:list text:style-name="L">{LIST}</text:list>'), PARAGRAPHS, (), ()),
    "a table": (
        document(set_in(PARAGRAPHS[:2]) + TABLE + set_in(PARAGRAPHS[2:])),
        [FIRST, SECOND, *(cell for row in CELLS for cell in row), THIRD],
        (),
        (),
    ),
    "deletions": (
        document(set_in([f'<text:change text:change-id="c1"/>{FIRST}', SECOND, THIRD]), before=CHANGES),
        PARAGRAPHS,
        ("deletions (2)",),
        None,
    ),
    "a text box": (
        document(set_in([FIRST, BOX + SECOND, THIRD])),
        [FIRST, SECOND, "وقال شاهد إن الطريق خطر.", THIRD],
        (),
        None,
    ),
}  # None: a PDF shows deletions, and text that flows around a box, as they are printed
BY_LINES = {"a numbered list", "a table", "strokes that were typed"}  # printed with more than the text, or by columns


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The documents in both forms, by name: a folder."""
    folder = tmp_path_factory.mktemp("office")
    paths = []
    for number, (text, *_) in enumerate(DOCUMENTS.values()):
        paths.append(folder / f"d{number}.fodt")
        paths[-1].write_text(text, encoding="utf-8")
    for form in FORMS.values():
        converted(paths, folder, into=form)
    if not (folder / "d0.docx").is_file():
        pytest.skip("no LibreOffice Writer on this machine: install libreoffice-writer-nogui")
    return {(name, form): folder / f"d{n}.{form}" for n, name in enumerate(DOCUMENTS) for form in FORMS}


def plain(folder, paragraphs):
    (path := folder / "plain.txt").write_text("\n".join((HEADING, *paragraphs)) + "\n", encoding="utf-8")
    return articles.load(path)


def left_out(article):
    return tuple(each.removeprefix("left out of the document: ") for each in article.warnings)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_word_document_is_the_text_that_was_set(saved, name):
    _, paragraphs, left, _ = DOCUMENTS[name]
    found = articles.load(saved[name, "docx"])
    assert found.text.splitlines() == [HEADING, *paragraphs]
    assert left_out(found) == left


@pytest.mark.parametrize("name", [name for name, (*_, left) in DOCUMENTS.items() if left is not None])
def test_a_pdf_makes_the_claims_of_the_text_that_was_set(saved, tmp_path, name):
    _, paragraphs, _, left = DOCUMENTS[name]
    found = articles.load(saved[name, "pdf"])
    assert left_out(found) == left
    if name not in BY_LINES:
        assert found.text.splitlines() == [HEADING, *paragraphs]
    (bare := tmp_path / "printed.txt").write_text(found.text.replace("ـ", ""), encoding="utf-8")
    wanted = said(plain(tmp_path, [each.replace("ـ", "") for each in paragraphs]))
    assert attributed(said(articles.load(bare)), name) == attributed(wanted, name)


def attributed(claims, name):
    """The claims that have a cue, where what is printed has numbers of a list, or the cells of a table by columns."""
    return [claim for claim in claims if claim[1] or name not in BY_LINES]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in ("a table", "a text box")])
def test_another_reader_has_the_same_paragraphs(saved, name):
    docx = pytest.importorskip("docx", reason="python-docx is not installed here")
    theirs = (each.text.rstrip() for each in docx.Document(str(saved[name, "docx"])).paragraphs)
    assert [each for each in theirs if each.strip()] == articles.load(saved[name, "docx"]).text.splitlines()
