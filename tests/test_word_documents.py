"""Word documents: what is running text is taken, in order, and the rest is said to be left out."""

import io
import zipfile

import pytest

from helpers import readings
from helpers.files.errors import InputError
from helpers.text import articles, encodings, packages, word_documents
from tests.knowing import KNOWN

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
LEFT_OUT = (
    *(f"left out of the document: {what} (3)" for what in word_documents.SAYING),
    "left out of the document: page numbers and running heads (2)",
    "left out of the document: turned or outside the page, characters (8)",
    "pages without a text layer (2); they may be scans",
    "the cell is as long as Excel allows (32,767 characters); its text may be cut off",
)
TEXT = """وزيرة النقل تعلن فتح الطريق
قالت وزيرة النقل سلمى الرافعي إن الطريق مفتوح.
ونفى نقيب السائقين هشام العبادي أن تكون النقابة قد استشيرت.
"""


def packed(body, parts=(), space=SPACES[0]):
    """A Word document with this body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f'<w:document xmlns:w="{space}" {MORE}><w:body>{body}</w:body></w:document>')
        for name, content in parts:
            made.writestr(name, content)
    return held.getvalue()


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def taken(tmp_path, body, **more):
    (path := tmp_path / "article.docx").write_bytes(packed(body, **more))
    return articles.load(path)


KINDS = {
    "runs of one paragraph": (paragraph(run("قال "), run("الوزير")), "قال الوزير\n", ()),
    "tabs, breaks and hyphens": (
        paragraph(run("أ"), "<w:r><w:tab/></w:r>", run("ب."), "<w:r><w:br/></w:r>", run("ج")),
        "أ\tب.\nج\n",
        (),
    ),
    "stops of tabs are no tabs": (
        paragraph("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>", run("قال الوزير")),
        "قال الوزير\n",
        (),
    ),
    "a deletion and an insertion": (
        paragraph(
            "<w:del><w:r><w:delText>نفى</w:delText></w:r></w:del>", f"<w:ins>{run('قال')}</w:ins>", run(" الوزير")
        ),
        "قال الوزير\n",
        ("deletions (1)",),
    ),
    "the end of a paragraph is deleted": (
        paragraph("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", run("قال "))
        + paragraph(run("الوزير"))
        + paragraph(run("نعم")),
        "قال الوزير\nنعم\n",
        (),
    ),
    "a row of a table is deleted": (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(run('أول'))}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph(run('ثان'))}</w:tc></w:tr></w:tbl>",
        "ثان\n",
        ("deletions (1)",),
    ),
    "what is moved": (
        paragraph("<w:moveTo>", run("أول"), "</w:moveTo>")
        + paragraph("<w:moveFrom>", run("أول"), "</w:moveFrom>", run("ثان")),
        "أول\nثان\n",
        ("deletions (1)",),
    ),
    "cells in order": (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('أول'))}</w:tc><w:tc>{paragraph(run('ثان'))}{paragraph(run('ثالث'))}</w:tc></w:tr></w:tbl>",
        "أول\nثان\nثالث\n",
        (),
    ),
    "a link and a field": (
        paragraph(
            f"<w:hyperlink>{run('قال')}</w:hyperlink>",
            "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
            f"<w:fldSimple>{run(' الوزير')}</w:fldSimple>",
        ),
        "قال الوزير\n",
        (),
    ),
    "a number of a list is not in the text": (
        paragraph("<w:pPr><w:numPr><w:ilvl/><w:numId/></w:numPr></w:pPr>", run("أول")),
        "أول\n",
        (),
    ),
    "a text box, once and behind its paragraph": (
        paragraph(
            run("قبل"),
            f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph(run('إطار'))}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{paragraph(run('إطار'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
            run(" وبعد"),
        ),
        "قبل وبعد\nإطار\n",
        (),
    ),
    "notes, comments, heads": (
        paragraph(run("قال"), "<w:r><w:footnoteReference/><w:commentReference/></w:r>", run(" نعم"))
        + "<w:sectPr><w:headerReference/><w:footerReference/></w:sectPr>",
        "قال نعم\n",
        ("footnotes (1)", "comments (1)", "headers (1)", "footers (1)"),
    ),
    "hidden text": (
        paragraph(
            run("قال"), run("سر", "<w:rPr><w:vanish/></w:rPr>"), run(" نعم", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
        ),
        "قال نعم\n",
        ("hidden text (1)",),
    ),
    "a formula": (paragraph(run("قال"), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "قال\n", ("formulas (1)",)),
}


@pytest.mark.parametrize("space", SPACES, ids=["usual", "strict"])
@pytest.mark.parametrize(("body", "text", "left"), KINDS.values(), ids=KINDS)
def test_what_is_running_text_is_taken_and_what_is_not_is_said(tmp_path, body, text, left, space):
    article = taken(tmp_path, body, space=space)
    assert article.text == text
    assert article.about == {"received": "a Word document"}
    assert article.warnings == tuple(f"left out of the document: {what}" for what in left)


def said(article):
    """What the machine finds in an article, by its words: who says what."""
    found = readings.read(article, KNOWN, machine=True).claims
    return [(claim.source and claim.source.exact, claim.cue_text, claim.content_text, claim.act) for claim in found]


def test_a_document_makes_the_claims_that_its_text_makes(tmp_path):
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    article = taken(tmp_path, "".join(paragraph(run(line)) for line in TEXT.splitlines()))
    assert article.text == TEXT
    assert said(article) == said(articles.load(tmp_path / "plain.txt"))
    assert len(said(article)) > 1


def test_macros_and_links_to_elsewhere_are_not_looked_at(tmp_path):
    relations = (
        '<Relationships><Relationship Type="x/officeDocument" Target="http://evil.example/a.xml" TargetMode="External"/>'
        '<Relationship Type="x/officeDocument" Target="/word/document.xml"/></Relationships>'
    )
    parts = [("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), ("_rels/.rels", relations)]
    (path := tmp_path / "a.docm").write_bytes(packed(paragraph(run("قال الوزير")), parts))
    assert articles.load(path).text == "قال الوزير\n"


def test_a_document_is_known_by_its_content_under_any_name(tmp_path):
    (path := tmp_path / "a.txt").write_bytes(packed(paragraph(run("قال الوزير"))))
    assert articles.load(path).about == {"received": "a Word document"}


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_what_only_has_the_name_of_a_document_is_none(tmp_path, name):
    (path := tmp_path / name).write_text("قال الوزير إن الطريق مفتوح.", encoding="utf-8")
    with pytest.raises(InputError, match=r"named as a .*, and none; name the file by what it is"):
        articles.load(path)


BOMB = '<!DOCTYPE w [<!ENTITY a "قال"><!ENTITY b "&a;&a;&a;">]>'


def entities():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("word/document.xml", f'{BOMB}<w:document xmlns:w="{SPACES[0]}">&b;</w:document>')
    return held.getvalue()


HOSTILE = {
    "packed beyond measure": (packed(paragraph(run("ا" * 30_000_000))), "unpacks to"),
    "declared entities": (entities(), "declares entities"),
    "nested without end": (packed("<w:sdt>" * 240 + "</w:sdt>" * 240), "nested over 200 deep"),
    "broken off": (packed(paragraph(run("قال الوزير")))[:-30], "cannot be read"),
    "no document": (packed("").replace(b"word/document.xml", b"word/documenz.xml"), "it has no word/document.xml"),
    "no XML": (packed("<w:p>"), "cannot be read"),
    "no text": (packed("<w:p/>"), "no words"),
}


@pytest.mark.parametrize(("raw", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_damaged_document_is_refused_in_one_line(tmp_path, raw, why):
    (path := tmp_path / "a.docx").write_bytes(raw)
    with pytest.raises(InputError) as error:
        articles.load(path)
    assert why in str(error.value)
    assert str(error.value).startswith(f"{path}: ") and "\n" not in str(error.value)


def test_a_part_on_either_side_of_what_is_packed_too_far(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED", 1000)
    raw = packed(paragraph(run("قال الوزير ")) * 40)
    article = articles.load(_written(tmp_path, raw))
    assert article.text.count("\n") == 40
    monkeypatch.setattr(packages, "UNPACKED_TIMES", 2)
    with pytest.raises(InputError, match="unpacks to"):
        articles.load(_written(tmp_path, raw))


def _written(tmp_path, raw):
    (path := tmp_path / "a.docx").write_bytes(raw)
    return path


@pytest.mark.parametrize(("name", "read"), [("a.docx", True), ("a.txt", False)])
def test_a_document_may_be_larger_than_a_text_for_its_pictures(tmp_path, monkeypatch, name, read):
    raw = packed(paragraph(run("قال الوزير")), [("word/media/a.png", bytes(range(256)) * 8)])
    monkeypatch.setattr(encodings, "DOCUMENT_BYTES", len(raw))
    monkeypatch.setattr(encodings, "ARTICLE_BYTES", len(raw) - 1)
    (path := tmp_path / name).write_bytes(raw)
    if read:
        assert articles.load(path).text == "قال الوزير\n"
    else:
        with pytest.raises(InputError, match="too long for one article"):
            articles.load(path)
