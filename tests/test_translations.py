"""The pages of the notebooks in Arabic: texts in the translation memory, and others, which are marked as English."""

import re

import nbformat
import pytest
from lxml import html

from helpers import readings
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.records.messages import message, to_json
from helpers.report import front_page, translate, translation_memory
from helpers.report.outputs import MIME
from helpers.report.translation_memory import Memory
from helpers.text import articles
from tests import showing
from tests.conftest import SEED, in_one_line
from tests.test_front_page import front
from tests.test_invisible import run

PAGES = ["ar.html", *(f"{path.stem}.ar.html" for path in paths.notebooks())]
# Words of pages in Arabic that are in no language, or are names: of the project, of files, of standards.
NAMES = (
    r"Isnad|README|sha256|UTF-8|CSV|Excel|LibreOffice|trafilatura|f1|English|[cRC]\d+|(?<![A-Za-z])[A-F](?![A-Za-z])"
)


@pytest.fixture
def memory():
    return Memory(
        {
            "no source": "بلا مصدر",
            "Taliban": "طالبان",
            "text in {kept}": "نص بترميز {kept}",
            "text in {kept}, detected": "نص بترميز {kept} (اكتُشف)",
            "lost {n1} of {n2}": "فُقد من أصل {n2} ما عدده {n1}",
        }
    )


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        pytest.param("no source", "بلا مصدر", id="a phrase as it is"),
        pytest.param(" no\n source ", "بلا مصدر", id="whatever white space is between its words"),
        pytest.param("no source.", "بلا مصدر.", id="with the full stop that the text has"),
        pytest.param("text in Windows-1256", "نص بترميز ⁨Windows-1256⁩", id="a name in an open phrase is set apart"),
        pytest.param("text in X, detected", "نص بترميز ⁨X⁩ (اكتُشف)", id="the phrase that says most goes first"),
        pytest.param("lost 3 of 12", "فُقد من أصل ⁨12⁩ ما عدده ⁨3⁩", id="numbers in another order"),
        pytest.param("lost three of 12", None, id="no word where a number is to stand"),
        pytest.param("Taliban, no source", None, id="no list of phrases"),
        pytest.param("no source. Taliban.", None, id="no two phrases"),
        pytest.param("طالبان 24", "طالبان 24", id="Arabic is as it is"),
        pytest.param("24 %", "24 %", id="so is what has no letter"),
        pytest.param("anything else", None, id="nothing is guessed"),
        pytest.param("text in " + "x" * 101, None, id="nothing long is a name"),
    ],
)
def test_the_memory_knows_whole_phrases(memory, english, arabic):
    assert memory(english) == arabic


def test_names_are_taken_as_they_are_whatever_is_in_them():
    odd = Memory({"Alpha.": "ألفا"}, {"{1} (x": "اسم {غريب", "The {n}": "آخر", "Alpha": "غيرها"})
    assert odd("{1} (x") == "اسم {غريب"
    assert odd("The {n}") == "آخر" and odd("The 4") is None
    assert odd("Alpha") == "ألفا"


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
    provenance = showing.view("provenance", reading, "ar", memory)
    assert "Iran and Taliban" in provenance and "إيران" not in provenance
    assert "قال" in showing.article(reading, "ar")


def test_prose_is_put_into_arabic_and_code_stays_as_it_is(memory):
    cell = nbformat.v4.new_code_cell("no_source = 'no source'")
    cell.outputs = [nbformat.v4.new_output("stream", text="no source\n")]
    given = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("## no source\nTaliban\n\nunheard"), cell])
    made = translate.notebook(given, showing.page("ar", memory))
    assert made.cells[0].source == "## بلا مصدر\nطالبان\n\nunheard"
    assert made.cells[1] == cell
    assert given.cells[0].source.startswith("## no source")  # the notebook itself is as it was


def test_an_output_is_worded_from_its_data_and_one_without_data_stays(memory):
    cell = nbformat.v4.new_code_cell("x")
    data = {"show": "message", "message": to_json(message("finding.published.on", day="2024-05-05"))}
    plain = {"text/html": "<p>English</p>"}
    cell.outputs = [nbformat.v4.new_output("display_data", each) for each in (plain | {MIME: data}, plain)]
    cell.outputs.append(
        nbformat.v4.new_output(
            "display_data",
            {"image/png": "", MIME: {"show": "chart", "alt": to_json(message("basis.named"))}},
            metadata={"image/png": {"alt": "named source"}},
        )
    )
    made = translate.notebook(nbformat.v4.new_notebook(cells=[cell]), showing.page("ar", memory)).cells[0].outputs
    assert made[0].data["text/html"] == '<p class="isnad-finding">نُشر المقال في <bdi>2024-05-05</bdi>.</p>'
    assert made[1].data == plain
    assert made[2].metadata["image/png"]["alt"] == "مصدر مسمّى"


def prose():
    """The prose of the notebooks that a report shows, line by line, and what they call their tables."""
    for path in paths.notebooks():
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                yield from (line.lstrip("# ") for line in cell.source.split("\n") if line.strip())
            for output in cell.get("outputs", ()):
                caption = output.get("data", {}).get(MIME, {}).get("caption")
                yield from [caption] if isinstance(caption, str) and caption else []


def phrases():
    return {row["en"]: row["ar"] for row in csv_rows.read(paths.templates() / "arabic.csv", translation_memory.COLUMNS)}


def test_all_prose_and_every_rule_of_grading_has_its_arabic():
    known = phrases()
    assert [text for text in (*prose(), *(rule.text for rule in entries.grades())) if text not in known] == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param("en,ar\nsource,\n", "lacks a language", id="a phrase without its Arabic"),
        pytest.param("en,ar\nsource,مصدر\nsource,المصدر\n", "appears twice", id="a phrase that stands twice"),
        pytest.param("english,arabic\nsource,مصدر\n", "the columns are", id="other columns"),
        pytest.param("en,ar\n{n} claims,ادعاءات\n", "the placeholders of", id="a gap that the Arabic lacks"),
        pytest.param("en,ar\n{n} and {n},{n} و{n}\n", "the placeholders of", id="a gap that stands twice"),
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


def test_what_people_wrote_is_taken_as_it_is_and_needs_no_annotations(house, called):
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
    return texts_in(page.read_text(encoding="utf-8"))


def texts_in(page):
    """The same of a page's HTML."""
    tree = html.document_fromstring(page)
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


@pytest.mark.parametrize(
    "text", ["فُتح الطريق.", "لم يقل أحد شيئا!\n\nفُتح الطريق أمس، وعاد الناس."], ids=["no claims", "nobody"]
)
@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_of_an_article_in_which_nobody_says_anything_all_is_in_arabic_too(tmp_path, monkeypatch, path, text):
    reading = readings.read(articles.from_text(text, "x", tmp_path / "x.txt"), machine=True)
    monkeypatch.setenv("ISNAD_REPORTS", str(tmp_path))
    monkeypatch.setattr("helpers.analysis.table_files.KEPT_TABLES", str(tmp_path / "tables"))
    monkeypatch.setattr(articles, "load", lambda path: reading.article)
    monkeypatch.setattr(readings, "read", lambda article, before=None, machine=False: reading)
    page = showing.page("ar", translation_memory.load(reading), reading)
    made = translate.notebook(run(path, reading), page)
    outputs = [output for cell in made.cells for output in cell.get("outputs", ()) if output.data.get(MIME)]
    assert outputs
    english, shown = texts_in("".join(f"<div>{output.data.get('text/html', '')}</div>" for output in outputs))
    shown += [output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.data]
    assert english == []
    assert [each for each in shown if re.search(r"[a-z]{2,} [a-z]{2,}", each)] == []


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


def test_other_columns_are_refused(tmp_path):
    (tmp_path / "arabic.csv").write_text("en\nx\n", encoding="utf-8")
    with pytest.raises(InputError):
        translation_memory.phrases(tmp_path / "arabic.csv")
