"""No invisible character is written raw to a page, a chart or a terminal, whoever wrote the text."""

import dataclasses
import html
import json
import re
import unicodedata
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct, structs

from helpers import charts, readings
from helpers.analysis import overview
from helpers.annotation import load
from helpers.charts import gallery
from helpers.charts.rtl import RIGHT_TO_LEFT_MARK
from helpers.evaluation import scorecard
from helpers.extraction import claims, suggestions
from helpers.files import paths
from helpers.records.readings import Reading
from helpers.report import front_page, interface, notebook_pages, report_list, translation_memory
from helpers.report.writer import Writer
from helpers.text import articles, invisible, metadata
from tests import showing
from tests.conftest import ROOT, SEED
from tests.knowing import KNOWN
from tests.test_charts import said

TURNED = "a\u202eb\u2066c\u200fd\x9be\u2028f\x1bg\u200bh\U000e0041i\x7f"
TEXT = "قال الوزير سالم إن طالبان وداعش انسحبتا من كابل عام 2020.\nونقلت مصادر عن طالبان أن الحرب انتهت أمس."
# Fields of a record that are ids, numbers in words, or one of a set of values. All others are text by people.
CLOSED = {
    *("claim_id", "source_id", "event_id", "mention_id", "actor_id", "actor_ids", "affiliation_ids", "claim_ids"),
    *("about", "within", "kind", "act", "cue_form", "cue_lemma", "stance", "source_via", "via", "made_by", "rule"),
    *("reliability", "credibility", "type", "modality"),
}


def unseen(text: str) -> list[str]:
    """The characters of a text that are not seen, and no line ends or tabs: by their category, less those that are drawn."""
    known = invisible.DRAWN | set("\t\n\r")
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in known]


def spoilt(record, text: str):
    """A record with a text appended to each of its free-text fields."""
    names = getattr(record, "__struct_fields__", None) or [field.name for field in dataclasses.fields(record)]
    texts = {
        name: f"{getattr(record, name)} {text}"
        for name in names
        if isinstance(getattr(record, name), str) and name not in CLOSED
    }
    return replaced(record, **texts)


def replaced(record, **values):
    """A record with other values: most are structs, the reading is a dataclass."""
    how = structs.replace if isinstance(record, Struct) else dataclasses.replace
    return how(record, **values)


def annotated(text: str) -> Reading:
    """A reading of a few sentences with people's claims, sources, oddities, events and a sidecar, all with `text` in them."""
    about = {key: f"{key} {text}" for key in metadata.KNOWN if key not in metadata.DATES}
    article = articles.from_text(TEXT.replace("الوزير", f"الوزير {text}".strip()), "x", Path("x.txt"), about)
    found = readings.read(article, KNOWN, machine=True)
    span = article.span(*article.words[0])
    own = {"made_by": "people", "rationale": "R1", "outside_note": "n", "rater": "r", "rated_on": "d"}
    by_people = [
        replaced(c, gloss_en=f"gloss {c.claim_id}", credibility=6, confidence=None, **own) for c in found.claims
    ]
    sources = [
        replaced(s, name_en=f"name {s.source_id}", justification=span,
                            justification_en="why", rule=None, **own)
        for s in found.sources
    ]  # fmt: skip
    events = [load.Event("e1", "حدث", "event", span, (by_people[0].claim_id,), "note")]
    oddities = [load.Oddity(span, 1, "grammar", "note")]
    actors = {key: spoilt(replaced(actor, found_by="own"), text) for key, actor in found.actors.by_id.items()}
    return replaced(
        found,
        actors=replaced(found.actors, by_id=actors),
        claims=tuple(spoilt(claim, text) for claim in by_people),
        sources=tuple(spoilt(source, text) for source in sources),
        oddities=tuple(spoilt(oddity, text) for oddity in oddities),
        events=tuple(spoilt(event, text) for event in events),
        claims_from="people",
    )


@pytest.fixture
def phrases(tmp_path, monkeypatch):
    """What people wrote about the article in Arabic, with what is not seen in either language."""
    monkeypatch.setattr(paths, "annotations", lambda article_id: tmp_path / article_id)
    (tmp_path / "x").mkdir()
    text = f'en,ar\n"note {TURNED}","ملاحظة {TURNED}"\n"R1 {TURNED}","قاعدة {TURNED}"\n'
    (tmp_path / "x" / "arabic.csv").write_bytes(text.encode())


def front(reading: Reading, folder: Path) -> dict[str, str]:
    """The front page in each language."""
    memory = translation_memory.load(reading)
    front_page.write(reading, KNOWN, folder, {lang: [("01.html", "one")] for lang in interface.LANGS}, memory)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def test_every_text_of_peoples_stands_in_the_front_page_and_none_of_it_is_raw(tmp_path, phrases):
    english = front(annotated(TURNED), tmp_path)["index.html"]
    told = re.sub("<[^>]*>", "", english)
    for key in ("gloss", "name s1", "why", "note", "R1", "title", "outlet", "author", "url", "published_basis"):
        assert re.search(rf"{key}[\w ]* aU\+202Eb|{key}[\w ]* a⟨U\+202E⟩b", told), key
    for name, page in front(annotated(TURNED), tmp_path).items():
        assert not unseen(page) and "&lt;bdi" not in page, name


TRICKS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20) | st.text(
    st.sampled_from(sorted({*TURNED, *"\u2068\u2069\ufeff\xad\u061c\x85 <>&\"'{}%$\\اق1"})), max_size=12
)


@settings(max_examples=20, deadline=None)
@given(TRICKS)
def test_whatever_people_write_in_any_field_no_page_has_a_character_that_is_not_seen(tmp_path_factory, text):
    folder, reading = tmp_path_factory.mktemp("front"), annotated(text)
    for name, page in front(reading, folder).items():
        assert not unseen(page), name
        assert page.count("<bdi") == page.count("</bdi>") and "&lt;bdi" not in page.replace(html.escape(text), ""), name
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["title"] == reading.article.about["title"]
    for made in (
        showing.article(reading),
        showing.claims(reading),
        showing.sources(reading),
    ):
        assert not unseen(made)
    assert not unseen(showing.view("provenance", reading) + showing.view("found_by", reading))


def run(notebook: Path, reading: Reading) -> nbformat.NotebookNode:
    """A notebook with what its code shows of a reading, a chart as an image of no pixel with its alt text."""
    made = nbformat.read(notebook, 4)
    held: dict[str, object] = {}
    shown: list[nbformat.NotebookNode] = []

    def display(data, raw=True, metadata=None):
        data = {mime: "" if mime == "image/png" else value for mime, value in data.items()}
        shown.append(nbformat.v4.new_output("display_data", data, metadata=metadata or {}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "written", lambda figure, kind, alt="": b"")
        for module in ("helpers.report.show", "helpers.curation.widget"):
            patch.setattr(f"{module}.display", display)
        for cell in (cell for cell in made.cells if cell.cell_type == "code"):
            exec(compile(cell.source, str(notebook), "exec"), held)
            cell.outputs = list(shown)
            shown.clear()
            if "parameters" in cell.metadata.get("tags", ()):
                held["article"] = str(SEED)
    return made


def test_no_page_of_a_notebook_has_a_character_that_is_not_seen(tmp_path, phrases, monkeypatch):
    reading = annotated(TURNED)
    monkeypatch.setenv("ISNAD_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(articles, "load", lambda path: reading.article)
    monkeypatch.setattr(readings, "read", lambda article, before=None, machine=False: reading)
    monkeypatch.setattr("helpers.analysis.table_files.KEPT_TABLES", str(tmp_path / "tables"))
    notebooks = {path: run(path, reading) for path in paths.notebooks()}
    memory = translation_memory.load(reading)
    titles = notebook_pages.titles(notebooks, memory)
    for path, notebook in notebooks.items():
        notebook_pages.write(reading, path, notebook, tmp_path, titles, memory)
    pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert len(pages) == 2 * len(notebooks)
    for name, page in pages.items():
        assert not unseen(page), name
    every = "".join(pages.values())
    assert len(re.findall(r"a(?:⟨|<bdi[^>]*>)U\+202E(?:⟩|</bdi>)b", every)) > 50


def test_no_chart_and_no_alt_text_has_a_character_that_is_not_seen():
    for name, figure in gallery.figures(annotated(TURNED)).items():
        texts = [text.get_text() for text in figure.findobj(match=lambda artist: hasattr(artist, "get_text"))]
        assert not unseen("".join((said(figure), said(figure, "ar"), *texts)).replace(RIGHT_TO_LEFT_MARK, "")), name
    assert "⟨U+202E⟩" in said(figure)


def test_the_list_of_reports_has_no_character_that_is_not_seen(tmp_path):
    reading = annotated(TURNED)
    (tmp_path / "x").mkdir()
    told = front_page.summary(reading, overview.overview(reading)) | {"made_by": TURNED}
    (tmp_path / "x" / "report.json").write_text(json.dumps(told), encoding="utf-8")
    report_list.write(tmp_path)
    for path in tmp_path.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "title a" in page and not unseen(page)


def test_a_page_shows_what_is_not_seen_wherever_a_template_puts_it(tmp_path, monkeypatch):
    """Even of HTML that some other part made and did not look at."""
    (tmp_path / "t.j2").write_text('<p title="{{ a }}">{{ a }} {{ made }}</p>', encoding="utf-8")
    monkeypatch.setattr(paths, "templates", lambda: tmp_path)
    page = front_page.page("t.j2", a='"\u202e<', made=Markup("<i>\x9b</i>"))
    assert page == '<p title="&#34;⟨U+202E⟩&lt;">&#34;⟨U+202E⟩&lt; <i>⟨U+009B⟩</i></p>'


def test_the_templates_have_no_character_that_is_not_seen():
    """Or the sums by which a page knows its style and script would not be those of what it holds."""
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in (".j2", ".css", ".js", ".csv"):
            assert not unseen(path.read_text(encoding="utf-8")), path


@settings(max_examples=200)
@given(st.text() | TRICKS)
def test_json_holds_what_is_not_seen_as_escapes_and_says_the_same(text):
    written = invisible.as_json({"exact": text, text: [text, 1, None]})
    assert not unseen(written) and "\n" not in written
    assert json.loads(written) == {"exact": text, text: [text, 1, None]}


@pytest.mark.parametrize("char", ["\x9b", "\x1b", "\x7f", "\u202e", "\u2028", "\u2029", "\U000e0041", "\ud800"])
def test_json_escapes_each_kind(char):
    assert invisible.as_json(f"ق{char}") == f'"ق{json.dumps(char)[1:-1]}"'


def test_annotate_prints_no_character_that_is_not_seen(tmp_path, called):
    (tmp_path / "x.txt").write_text(f"قال الوزير إن الطريق {TURNED} مفتوح.", encoding="utf-8")
    done = called("annotate", tmp_path / "x.txt")
    assert done.returncode == 0 and not unseen(done.stdout)
    assert TURNED in "".join(span["exact"] for span in json.loads(done.stdout)["claims"][0]["content"])


def test_evaluate_and_suggest_print_no_character_that_is_not_seen(tmp_path):
    text = f"قال السيد سندس غرياني {TURNED} إن الطريق مفتوح.\nوقال السيد سندس غرياني إن الحرب انتهت.\n"
    gold = {"id": f"a{TURNED}", "text": text, "attributions": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    found = scorecard.evaluate(tmp_path / "gold.jsonl", lambda each: claims.find(each, KNOWN.vocabulary, KNOWN.fitted))
    assert "U+202E" in scorecard.as_text(found, 9) and not unseen(scorecard.as_text(found, 9))
    assert not unseen(invisible.as_json(scorecard.as_json(found, 9)))
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)
    told = suggestions.as_text(reading, suggestions.candidates(reading))
    assert "U+202E" in told and not unseen(told)


def test_who_read_the_claims_is_said_without_what_is_not_seen():
    found = annotated(TURNED)
    for lang in interface.LANGS:
        assert not unseen(Writer(found, interface.load(lang)).raters(found.claims))
