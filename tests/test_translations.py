"""The pages of the notebooks in Arabic: what the memory of phrases knows, and what it leaves in English and says so."""

import re

import nbformat
import pytest
from lxml import html

from helpers import readings
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.report import front_page, html_tables, interface, translate, translation_memory
from helpers.report.translation_memory import HOLE, Memory
from helpers.text import articles
from tests import showing
from tests.conftest import SEED, in_one_line
from tests.test_front_page import front

PAGES = ["ar.html", *(f"{path.stem}.ar.html" for path in paths.notebooks())]
# Words of pages in Arabic that are in no language, or are names: of the project, of files, of standards.
NAMES = r"Isnad|README|sha256|UTF-8|CSV|trafilatura|f1|English|[cRC]\d+|(?<![A-Za-z])[A-F](?![A-Za-z])"


@pytest.fixture
def memory():
    return Memory(
        {
            "no source": "بلا مصدر",
            "Taliban": "طالبان",
            "former Soviet republics": "الجمهوريات السوفييتية السابقة",
            "states, among them Iran": "دول بينها إيران",
            "{n} claims, {n2} sources": "الادعاءات: {n}؛ المصادر: {n2}",
            "{} in paragraph {n}": "{} في الفقرة {n}",
            "{} and {}": "{} و{}",
            "Chart: {}.": "رسم: {}.",
            "published between {n} and {n2}": "نُشر بين {n} و{n2}",
            "read by {kept}, {n}": "قرأه {kept}، {n}",
            "inside {code}": "داخل {code}",
            "both of {one} by {two}": "لـ{two} من {one}",
        }
    )


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        pytest.param("no source", "بلا مصدر", id="a phrase as it is"),
        pytest.param(" no\n source ", "بلا مصدر", id="whatever white space is between its words"),
        pytest.param("no source.", "بلا مصدر.", id="with the full stop that the text has"),
        pytest.param("29 claims, 12 sources", "الادعاءات: 29؛ المصادر: 12", id="numbers in its holes"),
        pytest.param("Taliban in paragraph 3", "طالبان في الفقرة 3", id="a name that is known in its hole"),
        pytest.param("Nobody in paragraph 3", None, id="not with a name that is not known"),
        pytest.param("read by A. Smith, 2026-11-22", "قرأه ⁨A. Smith⁩، ⁨2026-11-22⁩", id="what is kept is set apart"),
        pytest.param("inside c22", "داخل ⁨c22⁩", id="an id is set apart"),
        pytest.param(
            "published between 2021-08-26 and 2021-09-15",
            "نُشر بين ⁨2021-08-26⁩ و⁨2021-09-15⁩",
            id="a date keeps its order",
        ),
        pytest.param("Taliban, no source", "طالبان، بلا مصدر", id="a list"),
        pytest.param("states, among them Iran, Taliban", "دول بينها إيران، طالبان", id="a list of what has a comma"),
        pytest.param("no source. Taliban and Taliban.", "بلا مصدر. طالبان وطالبان.", id="one sentence behind another"),
        pytest.param("Taliban and no source. Taliban", "طالبان وبلا مصدر. طالبان", id="no hole reaches into the next"),
        pytest.param("Taliban, Nobody", None, id="not a list of which a part is not known"),
        pytest.param(
            "Chart: Taliban in paragraph 1, former Soviet republics in paragraph 12.",
            "رسم: طالبان في الفقرة 1، الجمهوريات السوفييتية السابقة في الفقرة 12.",
            id="a list in a hole",
        ),
        pytest.param("both of Taliban by no source", "لـبلا مصدر من طالبان", id="holes in another order"),
        pytest.param("طالبان 24", "طالبان 24", id="Arabic is as it is"),
        pytest.param("24 %", "24 %", id="so is what has no letter"),
        pytest.param("anything else", None, id="nothing is guessed"),
    ],
)
def test_the_memory_knows_whole_phrases(memory, english, arabic):
    assert memory(english) == arabic


def test_names_are_taken_as_they_are_whatever_is_in_them():
    odd = Memory({"{} says {code}": "{} ({code})"}, {"{1} (x": "اسم {غريب", "The {n}": "آخر", "Alpha.": "ألفا"})
    assert odd("{1} (x says c4") == "اسم {غريب (⁨c4⁩)"
    assert odd("The {n}") == "آخر" and odd("The 4") is None
    assert odd("Alpha says c1") == "ألفا (⁨c1⁩)"


def test_what_nests_deeply_or_without_end_is_no_phrase(memory):
    assert memory("Taliban and Taliban and no source") == "طالبان وطالبان وبلا مصدر"
    for deep in ("Taliban and " * 150 + "Taliban", "Chart: " * 300 + "Taliban."):
        assert memory(deep) is None
    assert memory("Taliban") == "طالبان"  # and what stands in it is known as before


def test_what_is_very_long_is_no_phrase():
    asked = Memory({"{} and {} in {n} sentences": "{} و{} ({n})", "a": "أ"})
    assert asked("a and a in 3 sentences") == "أ وأ (3)"
    assert asked("a and " * 100_000 + "a in 3 sentences") is None


def test_text_that_looks_like_markup_stays_text(memory):
    for given in ("&lt;b&gt; Taliban <i>&lt;script&gt;</i>&amp;", "قال إن &lt;b&gt; لا <i>&lt;script&gt;</i>&amp;"):
        made = translate.fragment(given, memory)
        assert "<b>" not in made and "<script" not in made
        assert "&lt;b&gt;" in made and "&lt;script&gt;" in made and made.endswith("</i>&amp;")


def test_a_piece_of_html_is_in_arabic_and_what_is_not_known_says_that_it_is_english(memory):
    made = translate.fragment("<p title='no source'>no source: <b>Taliban</b> <i>unheard of</i> 12</p>", memory)
    assert "no source:" in made  # with its colon it is another text
    assert 'title="بلا مصدر"' in made and "<b>طالبان</b>" in made
    assert '<i><span lang="en" dir="ltr">unheard of</span></i>' in made


def test_a_phrase_around_names_is_taken_as_a_whole_and_a_comma_before_a_name_goes_with_its_word(memory):
    made = translate.fragment("<p>both of <bdi>Taliban</bdi> by <bdi>no source</bdi></p>", memory)
    assert made == "<p>لـبلا مصدر من طالبان</p>"
    assert (
        translate.fragment("<p>no source, <bdi>طالبان</bdi><br></p>", memory)
        == "<p>بلا مصدر، <bdi>طالبان</bdi><br></p>"
    )


@pytest.mark.parametrize(
    "printed",
    [
        '<p lang="ar" dir="rtl">Taliban «no source» ﷺ قال\u200c — <em>Taliban</em></p>',
        "<p>وقالت Taliban إن الأمر</p>",
    ],
)
def test_the_article_is_left_as_printed_character_for_character(memory, printed):
    assert translate.fragment(printed, memory) == printed


def test_english_beside_arabic_is_left_out_and_a_translated_passage_turns(memory):
    made = translate.fragment(
        '<p><b class="isnad-aid">Taliban</b> <bdi lang="ar" dir="rtl">طالبان</bdi></p>'
        '<p lang="en" dir="ltr"><small>no source</small></p><p lang="en" dir="ltr">as a person wrote</p>',
        memory,
    )
    assert "Taliban" not in made
    assert '<p lang="ar" dir="rtl"><small>بلا مصدر</small></p>' in made
    assert '<p lang="en" dir="ltr">as a person wrote</p>' in made


def test_columns_of_a_table_are_in_one_language_and_turn_with_it(memory):
    head = "<tr><th>actor id</th><th>name ar</th><th>name en</th><th dir='ltr'>rests</th></tr>"
    line = "<tr><td>taliban</td><td dir='rtl'>طالبان</td><td>Taliban</td><td dir='ltr'>no source</td></tr>"
    made = translate.fragment(f"<table><thead>{head}</thead><tbody>{line}</tbody></table>", memory)
    assert '<td lang="zxx">taliban</td>' in made  # an id is in no language
    assert "Taliban" not in made.replace("actor id", "")
    assert '<td dir="rtl">بلا مصدر</td>' in made


def test_a_table_leaves_the_articles_own_words_as_printed(memory):
    columns, line = ("exact", "source", "rests"), ("Taliban and no source", "no source", "no source")
    made = translate.fragment(html_tables.grid(columns, [line], "29 claims, 12 sources"), memory)
    assert [cell.text_content() for cell in html.fragment_fromstring(made).iter("td")] == [*line[:2], "بلا مصدر"]
    assert "<caption>الادعاءات: 29؛ المصادر: 12</caption>" in made


def test_a_name_that_two_actors_have_stays_as_it_is(tmp_path, monkeypatch):
    own = tmp_path / "own.csv"
    names = "actor_id,alias,lang,type,via,name_ar,name_en,source\n"
    own.write_text(f"{names}peterson,جوردان بيترسون,ar,person,name,جوردان بيترسون,Jordan,mine\n", encoding="utf-8")
    shared = readings.read(articles.from_text("قال الأردن إن الأمر تم.", "x", tmp_path / "x.txt"))
    assert translation_memory.load(shared)("Jordan") == "الأردن"
    monkeypatch.setenv("ISNAD_ACTORS", str(own))
    shared = readings.read(articles.from_text("قال الأردن إن الأمر تم.", "x", tmp_path / "x.txt"))
    assert translation_memory.load(shared)("Jordan") is None


def test_what_a_sidecar_names_is_as_given_in_both_languages(tmp_path):
    about = {"title": "Iran and Taliban", "outlet": "Details\u2069", "author": "كاتب\u202e", "language": "English"}
    text = "قال المدير إن الأمر \uffff تم. وقالت الشركة \ufffe إنه لم يتم."
    reading = readings.read(articles.from_text(text, "x", tmp_path / "x.txt", about=about))
    memory = translation_memory.load(reading)
    front_page.write(reading, readings.known(), tmp_path, {"en": [], "ar": []}, memory)
    page = (tmp_path / "ar.html").read_text(encoding="utf-8")
    assert all(
        f">{given}" in page
        for given in ("Iran and Taliban", "Details<bdi", "كاتب<bdi", '<span lang="en" dir="ltr">English')
    )
    assert not set("\u2068\u2069\u202e\uffff\ufffe") & set(page)
    provenance = translate.fragment(showing.view("provenance", reading), memory)
    assert "Iran and Taliban" in provenance and "إيران" not in provenance
    assert "قال" in translate.fragment(showing.article(reading), memory)


def test_code_and_ids_stay_as_they_are(memory):
    cell = nbformat.v4.new_code_cell("no_source = 'no source'")
    cell.outputs = [nbformat.v4.new_output("stream", text="no source\n29 claims, 12 sources\nTraceback\n")]
    given = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("## no source\nTaliban"), cell])
    made = translate.notebook(given, memory)
    assert made.cells[0].source == "## بلا مصدر\nطالبان"
    assert made.cells[1].source == cell.source
    assert made.cells[1].outputs[0].text == "بلا مصدر\nالادعاءات: 29؛ المصادر: 12\nTraceback\n"
    assert given.cells[0].source == "## no source\nTaliban"  # the notebook itself is as it was


def prose():
    """The lines of prose of the notebooks that a report shows."""
    for path in paths.notebooks():
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                yield from (line.lstrip("# ") for line in cell.source.split("\n") if line.strip())


def phrases():
    return {row["en"]: row["ar"] for row in csv_rows.read(paths.templates() / "arabic.csv", translation_memory.COLUMNS)}


def test_every_line_of_prose_has_its_arabic():
    known = phrases()
    assert [line for line in prose() if line not in known] == []


def test_gaps_of_a_phrase_are_the_same_in_both_languages():
    wrong = [en for en, ar in phrases().items() if sorted(HOLE.findall(en)) != sorted(HOLE.findall(ar))]
    assert wrong == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param("en,ar\nsource,\n", "lacks a language", id="a phrase without its Arabic"),
        pytest.param("en,ar\nsource,مصدر\nsource,المصدر\n", "appears twice", id="a phrase that stands twice"),
        pytest.param("english,arabic\nsource,مصدر\n", "the columns are", id="other columns"),
        pytest.param("en,ar\n{n} claims,ادعاءات\n", "the holes of", id="a hole that the Arabic lacks"),
        pytest.param("en,ar\n{n} and {n},{n} و{n}\n", "the holes of", id="a hole that stands twice"),
    ],
)
def test_a_file_of_phrases_that_cannot_be_used_is_said(tmp_path, lines, said):
    path = tmp_path / "arabic.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=f"arabic.csv.*{said}"):
        translation_memory.phrases(path)


def test_a_report_says_in_one_line_that_phrases_cannot_be_used(house, called):
    (house / "templates" / "arabic.csv").write_text("english,arabic\nsource,مصدر\n", encoding="utf-8")
    assert in_one_line(done := called("report", SEED, home=house), "arabic.csv", "the columns are"), done.stderr


def test_what_people_wrote_has_no_holes_and_needs_no_annotations(house, called):
    theirs = house / "data" / "annotations" / SEED.stem
    (theirs / "arabic.csv").write_text("en,ar\n{n} claims,ادعاءات\n", encoding="utf-8")
    assert called("check", home=house).returncode == 0
    for path in theirs.glob("[!a]*.csv"):
        path.unlink()
    (theirs / "article.toml").unlink()
    assert "not annotated" in called("check", home=house).stdout
    (theirs / "arabic.csv").write_text("en,ar\nsource,\n", encoding="utf-8")
    done = called("check", home=house)
    assert done.returncode == 2 and "lacks a language" in done.stderr


def test_what_people_wrote_has_its_arabic_beside_it(seed):
    reading, memory = readings.read(seed), translation_memory.load(readings.read(seed))
    wrote = [c.rationale for c in reading.claims] + [c.gloss_en for c in reading.claims]
    wrote += [text for s in reading.sources for text in (s.rationale, s.outside_note, s.name_en)]
    wrote += [odd.note for odd in reading.oddities] + [e.note for e in reading.events]
    wrote += [seed.about["note"], seed.about["published_basis"]]
    assert [text for text in filter(None, wrote) if memory(text) is None] == []


def texts(page):
    """The texts that a page shows or tells, without code, and what says that it is English or in no language."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    for left in tree.xpath(
        '//style | //script | //details[@class="code"] | //code | //*[@lang="zxx"] | //a[@hreflang]'
    ):
        left.drop_tree()
    english = [" ".join(each.text_content().split()) for each in tree.xpath('//*[@lang="en"]')]
    for each in tree.xpath('//*[@lang="en"] | //dd[@class="copy"] | //*[starts-with(@href, "#claim")]'):
        each.drop_tree()
    told = [value for each in tree.iter() for key, value in each.items() if key in ("alt", "title", "aria-label")]
    return english, [*tree.itertext(), *told]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_arabic_says_all_in_arabic(report, page):
    english, shown = texts(report / page)
    assert english == []
    left = [text for text in shown if re.search("[A-Za-z]", re.sub(NAMES, "", re.sub("[0-9a-f_]{16,}", "", text)))]
    assert left == []


@pytest.mark.parametrize("name", ["economy", "broadsheet"])
@pytest.mark.parametrize("page", PAGES)
def test_a_machines_report_says_all_in_arabic_too(shelf, name, page):
    english, shown = texts(front(shelf, name, page))
    assert english == []
    phrases = [text for text in shown if re.search(r"[a-z]{2,} [a-z]{2,}", text)]
    assert phrases == []


def numbers(page):
    """The cells of a page's tables that are numbers or dates, row by row; and the article's paragraphs."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    lines = [[cell.text_content().strip() for cell in line] for line in tree.iter("tr")]
    texts = ["".join(each.itertext()) for each in tree.xpath('//section/p[@lang="ar"]')]
    return [[cell for cell in line if re.fullmatch(r"\d[\d,.%-]*", cell)] for line in lines], texts


@pytest.mark.parametrize("name", ["seed", "economy", "broadsheet"])
@pytest.mark.parametrize("stem", [path.stem for path in paths.notebooks()])
def test_both_languages_have_the_same_figures_and_the_same_article(shelf, name, stem):
    english, arabic = (numbers(front(shelf, name, f"{stem}{end}")) for end in (".html", ".ar.html"))
    assert arabic == english
    assert any(english[0]) or stem.startswith("05")  # an article may tell no time


def test_the_interface_is_part_of_the_memory(reading):
    memory = translation_memory.load(reading)
    assert memory(interface.load("en")("reason.no_name")) == interface.load("ar")("reason.no_name")


def test_other_columns_are_refused(tmp_path):
    (tmp_path / "arabic.csv").write_text("en\nx\n", encoding="utf-8")
    with pytest.raises(InputError):
        translation_memory.phrases(tmp_path / "arabic.csv")
