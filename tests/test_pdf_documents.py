"""PDFs with a text layer: what is printed comes back as the text that was set, whoever made the file."""

import pypdfium2
import pytest

from helpers.files.errors import InputError
from helpers.text import articles, pdf_documents, pdf_layout, pdf_lines, pdf_raised
from helpers.text.pdf_lines import Glyph
from tests.test_word_documents import said

STYLE = "font-family:'DejaVu Sans';font-size:11pt"
ARTICLES = {
    "news": (
        "وزيرة النقل تعلن فتح طريق الساحل",
        "قالت وزيرة النقل سلمى الرافعي إن طريق الساحل سيُفتح يوم الأحد 12 مايو 2024، بعد أعمال استمرت 18 شهرا وكلفت 3.5 مليون دينار. وأضافت «إن السلامة أولا»، مشيرة إلى أن شركة Delta Roads International تتولى الصيانة.",
        'وأكد المتحدث باسم البلدية (منذر الزرلي) أن نسبة الإنجاز بلغت 95% في القطاع الشمالي؛ وقال: "لا تأخير بعد اليوم". ولفت إلى اعتراضات السكان لأن الأشغال لا تنتهي.',
        "من جهته نفى نقيب السائقين هشام العبادي أن تكون النقابة قد استُشيرت، واعتبر أن القرار «متسرع».",
    ),
    "a statement": (
        "بيان من نقابة السائقين",
        "أعلنت النقابة أنها لم تُستشر في موعد فتح الطريق. وذكرت في بيانها (رقم 17/2024) أن أعضاءها علموا به من الصحف.",
        "وطالب النقيب هشام العبادي الوزارة برد مكتوب خلال ٧ أيام، محذرا من أن «الإضراب خيار مطروح».",
    ),
    "an analysis": (
        "من يدفع ثمن الطريق؟",
        "بحسب تقرير لمعهد Coast Institute 21 فإن كلفة الصيانة سترتفع بنسبة 12.5% في 2025. ويرى الخبير الاقتصادي نادر الصفدي أن الرسوم «لن تكفي»، فيما تقول الوزارة إن الأرقام أولية.",
        "ونقلت وكالة الميناء عن مسؤول في الوزارة قوله إن الخطة قيد الدراسة.",
    ),
}


def page_of(paragraphs, style=STYLE, body=""):
    heading, *rest = paragraphs
    inner = "".join(f"<p>{each}</p>" for each in rest)
    return f'<html lang=ar dir=rtl><meta charset=utf-8><body style="{style}"><h1>{heading}</h1><div{body}>{inner}</div></body></html>'


@pytest.fixture(scope="module")
def made(browser, tmp_path_factory):
    """Print HTML to a PDF, like a user; the path of the file."""
    page = browser.new_page()

    def printed(html, name="article", **options):
        page.set_content(html)
        path = tmp_path_factory.mktemp("pdf") / f"{name}.pdf"
        page.pdf(path=str(path), **options)
        return path

    yield printed
    page.close()


@pytest.mark.parametrize("paragraphs", ARTICLES.values(), ids=ARTICLES)
def test_a_printed_article_is_the_text_that_was_set_and_makes_its_claims(made, tmp_path, paragraphs):
    article = articles.load(made(page_of(paragraphs)))
    (plain := tmp_path / "plain.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    assert article.text.splitlines() == list(paragraphs)
    assert said(article) == said(articles.load(plain))
    assert len(said(article)) > 1
    assert article.about == {"received": "a PDF of one page, its text layer"}
    assert article.warnings == ()


@pytest.mark.parametrize("align", ["right", "justify"])
def test_two_columns_are_read_from_the_right_and_joined_across_pages(made, align):
    heading, *rest = ARTICLES["news"]
    html = page_of((heading, *rest * 9), f"{STYLE};text-align:{align}", ' style="column-count:2;column-gap:8mm"')
    found = articles.load(made(html, format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "20mm")))
    assert found.text.splitlines() == [heading, *rest * 9]
    assert found.about["received"] == "a PDF of 2 pages, its text layer"


@pytest.mark.parametrize("align", ["left", "center"])
def test_lines_that_do_not_begin_below_each_other_are_joined_to_paragraphs(made, align):
    found = articles.load(made(page_of(ARTICLES["news"], f"{STYLE};text-align:{align}")))
    assert found.text.splitlines() == list(ARTICLES["news"])


def test_the_lines_of_an_item_of_a_list_belong_together_though_they_begin_inside(made):
    heading, *rest = ARTICLES["news"]
    items = "".join(
        f"<p style='padding-right:12mm;text-indent:-12mm'>{n}. {each}</p>" for n, each in enumerate(rest, 1)
    )
    html = f'<html lang=ar dir=rtl><meta charset=utf-8><body style="{STYLE}"><h1>{heading}</h1>{items}'
    assert articles.load(made(html)).text.splitlines() == [heading, *(f"{n}. {each}" for n, each in enumerate(rest, 1))]


RAISED = "<span style='font-size:7pt;position:relative;top:-4pt'>{}</span>"


def noted(foot, size="9pt", number="{}"):
    """An article two of whose words have raised numbers, and what stands at the foot of its page."""
    heading, first, *rest = ARTICLES["news"]
    first = first.replace("الأحد", f"الأحد{RAISED.format(number.format(1))}").replace(
        "دينار.", f"دينار{RAISED.format(number.format(2))}."
    )
    notes = (
        f"<div style='position:absolute;bottom:0;font-size:{size}'>{''.join(f'<p>{each}</p>' for each in foot)}</div>"
    )
    return page_of((heading, first, *rest)) + notes


NOTES = ("وقال مراسلنا إن الموعد قد يتغير.", "بحسب الوزارة فإن العقد قديم.")


@pytest.mark.parametrize("number", ["{}", "[{}]", "({})"])
def test_footnotes_and_the_numbers_that_lead_to_them_are_left_out_and_counted(made, number):
    foot = [f"{RAISED.format(number.format(n))} {each}" for n, each in enumerate(NOTES, 1)]
    found = articles.load(made(noted(foot, number=number)))
    assert found.text.splitlines() == list(ARTICLES["news"])
    assert found.warnings == ("left out of the document: footnotes (2)",)


@pytest.mark.parametrize(
    ("foot", "size"),
    [(NOTES, "9pt"), ((f"1 {NOTES[0]}", f"2 {NOTES[1]}"), "11pt")],
    ids=["without their numbers", "as large as the text"],
)
def test_what_may_be_no_footnote_stays_and_a_raised_number_stands_in_its_line(made, foot, size):
    found = articles.load(made(noted(foot, size)))
    assert "الأحد1 12 مايو" in found.text
    assert found.text.splitlines()[-2:] == list(foot)
    assert found.warnings == ()


def test_a_raised_number_of_a_unit_stays_in_its_line(made):
    heading, first, *rest = ARTICLES["news"]
    html = page_of((heading, first.replace("18 شهرا", "18 كم<sup>2</sup>"), *rest))
    assert articles.load(made(html)).text.splitlines() == [heading, first.replace("18 شهرا", "18 كم2"), *rest]


def glyphs_of(path):
    pages, _, _ = pdf_documents._pages(pypdfium2.PdfDocument(str(path)), path)
    return pages[0].glyphs


def test_notes_are_looked_for_on_a_page_on_either_side_of_the_most_small_digits(made, monkeypatch):
    foot = [f"{RAISED.format(n)} {each}" for n, each in enumerate(NOTES, 1)]
    path = made(noted(foot))
    glyphs = glyphs_of(path)
    small = sum((g.text.isdigit() or g.text in pdf_raised.BRACKETS) and g.type_size < 9.9 for g in glyphs)
    for most, looked_for in ((small * len(glyphs), True), (small * len(glyphs) - 1, False)):
        monkeypatch.setattr(pdf_raised, "MOST", most)
        assert any("footnotes (2)" in each for each in articles.load(path).warnings) == looked_for


STROKE = b"300 0 0 0 300 90 d1 0 0 300 90 re f"  # what a glyph draws, in thousandths of its size
APOSTROPHE = b"300 0 100 500 200 700 d1 100 500 100 200 re f"


def with_strokes(path, drawn):
    """A PDF of one line, of which a glyph between letters draws something, and is named for no character."""
    letters = "زمن قال الوزير إن"
    codes = {c: 65 + n for n, c in enumerate(dict.fromkeys(letters))}
    names = "".join(f"<{code:02x}> <{ord(c):04x}>\n" for c, code in codes.items())
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{names}endbfchar".encode()
    line = bytes(code for c in reversed(letters) for code in ((39, codes[c]) if c == "م" else (codes[c],)))
    box = b"600 0 0 0 600 700 d1 0 0 600 700 re f"
    last = 65 + len(codes) - 1
    widths = " ".join("300" if n == 39 else "600" for n in range(39, last + 1))
    shapes = " ".join(f"/g{code} 7 0 R" for code in codes.values())
    places = " ".join(f"{code} /g{code}" for code in codes.values())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 12 Tf 100 100 Td <" + line.hex().encode() + b"> Tj ET"),
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 39/LastChar {last}"
        f"/Widths[{widths}]/CharProcs<</g39 6 0 R {shapes}>>/Encoding<</Differences[39 /g39 {places}]>>/ToUnicode 8 0 R>>".encode(),
        stream(drawn),
        stream(box),
        stream(cmap),
    ]
    made = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, each) for n, each in enumerate(objects, 1))
    path.write_bytes(made + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF\n")
    return path


def stream(content):
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


@pytest.mark.parametrize(("drawn", "read"), [(STROKE, "زمن"), (APOSTROPHE, "زم'ن")], ids=["a stroke", "a sign"])
def test_what_joins_letters_in_a_justified_line_is_no_character(tmp_path, drawn, read):
    assert articles.load(with_strokes(tmp_path / "a.pdf", drawn)).text.split()[0] == read


def test_page_numbers_and_running_heads_are_left_out_and_counted(made):
    heading, *rest = ARTICLES["news"]
    head = '<div style="font-size:8pt;width:100%" dir=rtl>صحيفة الساحل <span class=pageNumber></span></div>'
    foot = '<div style="font-size:8pt;width:100%;text-align:center"><span class=pageNumber></span></div>'
    margin = {"top": "25mm", "bottom": "25mm", "left": "20mm", "right": "20mm"}
    path = made(
        page_of((heading, *rest * 8)),
        display_header_footer=True,
        header_template=head,
        footer_template=foot,
        margin=margin,
    )
    found = articles.load(path)
    assert found.text.splitlines() == [heading, *rest * 8]
    assert found.warnings == ("left out of the document: page numbers and running heads (4)",)


def test_a_word_hyphenated_at_the_end_of_a_line_is_joined(made):
    text = "The spokeswoman of the international commission confirmed yesterday that the well-known harbour reopens."
    soft = text.replace("spokes", "spokes&shy;").replace("inter", "inter&shy;").replace("com", "com&shy;")
    html = f'<html lang=en><meta charset=utf-8><body style="{STYLE};width:{{}}mm;text-align:justify"><p>{soft}، ٣</p></body></html>'
    for width in (38, 45, 52, 60):
        assert articles.load(made(html.format(width))).text == f"{text}، ٣\n"


def blank(pages=1):
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    return document


def saved(document, path):
    document.save(str(path))
    return path


def test_a_scan_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(
        InputError, match=r"a PDF without a text layer, such as a scan; have its text recognised \(OCR\)"
    ):
        articles.load(saved(blank(), tmp_path / "a.pdf"))


def test_a_pdf_on_either_side_of_the_most_pages(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="a PDF of 10,000 pages, over 500"):
        articles.load(saved(blank(10_000), tmp_path / "a.pdf"))
    monkeypatch.setattr(pdf_documents, "PAGES", 2)
    with pytest.raises(InputError, match="without a text layer"):
        articles.load(saved(blank(2), tmp_path / "a.pdf"))
    with pytest.raises(InputError, match="of 3 pages, over 2"):
        articles.load(saved(blank(3), tmp_path / "a.pdf"))


def test_a_pdf_on_either_side_of_the_most_characters(made, monkeypatch):
    path = made(page_of(ARTICLES["a statement"]))
    number = pypdfium2.PdfDocument(str(path))[0].get_textpage().count_chars()
    monkeypatch.setattr(pdf_documents, "GLYPHS", number)
    assert articles.load(path).text
    monkeypatch.setattr(pdf_documents, "GLYPHS", number - 1)
    with pytest.raises(InputError, match="too long for one article"):
        articles.load(path)


def test_what_is_turned_is_left_out_and_counted(made):
    mark = '<div style="position:absolute;top:300px;transform:rotate(-90deg)">سري</div>'
    heading, *rest = ARTICLES["a statement"]
    found = articles.load(made(page_of((heading, *rest)) + mark))
    assert found.text.splitlines() == [heading, *rest]
    assert found.warnings == ("left out of the document: turned or outside the page, characters (3)",)


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]/Size 5>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (LOCKED, "a PDF with a password; save it without one"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF that cannot be read"),
        (b"\r\n%PDF-1.4\n", "a PDF that cannot be read"),
    ],
    ids=["locked", "broken off", "after a blank line"],
)
def test_what_cannot_be_opened_is_refused_in_one_line(tmp_path, raw, why):
    (path := tmp_path / "a.pdf").write_bytes(raw)
    with pytest.raises(InputError) as error:
        articles.load(path)
    assert str(error.value).startswith(f"{path}: {why}") and "\n" not in str(error.value)


def test_without_pypdfium2_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    (path := tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    with pytest.raises(InputError, match="read by pypdfium2, not installed here; python -m pip install pypdfium2"):
        articles.load(path)


def line(*printed, step=6.0, height=10.0):
    """Glyphs from left to right; a tuple is one glyph with several characters, in the order in which a PDF has them."""
    glyphs: list[Glyph] = []
    for at, each in enumerate(printed):
        glyphs += (
            Glyph(c, at * step, (at + 1) * step - 0.1, 0.0, height, 0.0, len(glyphs) + n) for n, c in enumerate(each)
        )
    return glyphs


LINES = {
    "letters": ("مالس", "سلام"),
    "a number": ("رتم 12", "12 متر"),
    "a number with separators": ("3.5 غلب", "بلغ 3.5"),
    "a share, as after a letter": ("%95 غلب", "بلغ 95%"),
    "a share, as at the beginning": ("نم 95%", "95% من"),
    "Arabic digits": ("٪٩٥ غلب", "بلغ ٩٥٪"),
    "Latin words": ("ىلإ Delta Roads ةكرش", "شركة Delta Roads إلى"),
    "a word and its number": ("نإ Covid 19 لاق", "قال Covid 19 إن"),
    "a number before a word": ("3D ةعباط", "طابعة 3D"),
    "presentation forms": ("ﻝﺎﻗ", "قال"),
    "only Latin": ("Delta Roads 21", "Delta Roads 21"),
    "only Latin, that ends an Arabic sentence": (".Delta Roads", "Delta Roads."),
    "a share alone in a line, as in a table": ("٪٩٥", "٩٥٪"),
    "a stroke between letters": (f"نم{pdf_lines.DRAWN}ز", "زمن"),
}


@pytest.mark.parametrize(("printed", "read"), LINES.values(), ids=LINES)
def test_a_printed_line_is_read_in_the_order_of_its_letters(printed, read):
    assert pdf_lines.printed(line(*printed), rtl=True).text(mirrored=False) == read


def test_one_glyph_of_several_letters_keeps_their_order():
    glyphs = line("س", "ال", "م")  # pdfium turns round what it takes for letters from left to right
    assert pdf_lines.printed(glyphs, rtl=True).text(mirrored=False) == "ملاس"


def test_brackets_are_turned_round_where_they_are_stored_as_they_look():
    looks = pdf_lines.printed(line(*"«معن» لاق"), rtl=True)
    means = pdf_lines.printed(line(*"»معن« لاق"), rtl=True)
    assert looks.text(mirrored=True) == means.text(mirrored=False) == "قال «نعم»"
    assert looks.looks < 0 < means.looks


def test_arabic_in_a_line_of_english_is_read_from_its_own_side():
    assert pdf_lines.printed(line(*"he said معن and left"), rtl=False).text(mirrored=False) == "he said نعم and left"


@pytest.mark.parametrize(("gap", "text"), [(pdf_lines.GAP - 0.01, "قال"), (pdf_lines.GAP + 0.01, "ق ال")])
def test_a_gap_on_either_side_of_a_space(gap, text):
    glyphs = [Glyph("ل", 0, 5, 0, 10, 0, 0), Glyph("ا", 5, 10, 0, 10, 0, 1)]
    glyphs.append(Glyph("ق", 10 + gap * 10, 20, 0, 10, 0, 2))
    assert pdf_lines.printed(glyphs, rtl=True).text(mirrored=False) == text


def test_a_letter_printed_twice_to_look_bold_is_one():
    glyphs = [Glyph("ق", 10, 15, 0, 10, 0, 0), Glyph("ق", 10.2, 15.2, 0, 10, 0, 1), Glyph("ل", 0, 9.9, 0, 10, 0, 2)]
    assert pdf_lines.printed(glyphs, rtl=True).text(mirrored=False) == "قل"


def test_a_mark_is_read_behind_the_letter_that_it_stands_over():
    glyphs = [Glyph("ق", 10, 20, 0, 10, 0, 0), Glyph("ُ", 14, 16, 8, 10, 0, 1), Glyph("ل", 0, 10, 0, 10, 0, 2)]
    assert pdf_lines.printed(glyphs, rtl=True).text(mirrored=False) == "قُل"


def test_pages_without_anything_have_no_text():
    assert pdf_layout.running([pdf_layout.Page(0, 100, ())]) == pdf_layout.Running("", 0)
