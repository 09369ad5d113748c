"""Hostile articles: their content is shown as text, and takes limited time and memory."""

import csv
import os
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import readings
from helpers.analysis import audit, frames, shares
from helpers.charts import gallery, rtl
from helpers.extraction import suggestions, times
from helpers.files import paths
from helpers.report import build
from helpers.text import articles, invisible
from tests import showing
from tests.conftest import SEED, in_one_line, only
from tests.knowing import KNOWN

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
MARKUP = (
    "قال الوزير <script>alert(1)</script> إن الطريق إلى المدينة مفتوح منذ أمس <img src=x onerror=alert(2)>.\n"
    'وقالت طالبان "><svg onload=alert(3)> إن الحرب في أفغانستان انتهت وإن السلام عاد إلى البلاد كلها.\n'
    '=HYPERLINK("http://example.org","x") قال الرئيس إن الحكومة ستستقيل غدا. +1 قال الناطق إن @SUM صحيح.\n'
)
SIDECAR = (
    'title = "<script>alert(4)</script> عنوان \u202e"\noutlet = "</title><script>alert(5)</script>"\n'
    'url = "javascript:alert(6)"\nauthor = "\\" onmouseover=\\"alert(7)"\n'
)
CONTROLS = (
    "قال الوزير \u202eAhmed\u202c إن الطريق \u2066مفتوح\u2069 \u200bاليوم\u200d.\n"
    "وقالت طال\u200cبان إن ال\u00adحرب انتهت\u2060 \x07\x1b[31m منذ عام.\n"
    "قال بروس\u202e هوفمان إن داعش خراسان أقوى من القاعدة.\n"
)
SENTENCES = [
    "وصل الوفد أمس إلى العاصمة.",
    "قال وزير الخارجية إن الطريق مفتوح.",
    "وأضاف أن طالبان تقاتل داعش في أفغانستان.",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Reports of hostile articles, made in one call; two that cannot be read stand among them. Gives folder and run."""
    folder = tmp_path_factory.mktemp("hostile")
    given = folder / "given"
    given.mkdir()
    texts = {
        "markup": MARKUP,
        "controls": CONTROLS,
        "word": "نعم",
        "marks": "قال « " * 3_000,
        "long": "\n".join(SENTENCES * 270),
    }
    for name, text in texts.items():
        (given / f"{name}.txt").write_text(text, encoding="utf-8")
    (given / "markup.toml").write_text(SIDECAR.replace("\u202e", "\\u202e"), encoding="utf-8")
    (given / "half.txt").write_bytes(b"\xff\xfe" + "قال".encode("utf-16-le") + b"\x00\xd8\x20\x00")
    (given / "line.txt").write_text("قال الوزير إن الطريق مفتوح. " * 100_000, encoding="utf-8")
    line = [str(Path(sys.executable).with_name("isnad")), "report", str(given)]
    environment = os.environ | {"ISNAD_REPORTS": str(folder / "reports")}
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    return folder / "reports", done


def pages(hostile, *names):
    for name in names:
        yield from sorted((hostile[0] / name).glob("*.html"))


def test_one_that_fails_does_not_stop_the_rest_and_is_listed_at_the_end(hostile):
    folder, done = hostile
    assert done.returncode == 2
    made = ["controls", "long", "marks", "markup", "word"]
    assert [Path(line).parent.name for line in done.stdout.splitlines()] == made
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == made
    said = done.stderr.splitlines()
    assert said[0] == "isnad: 2 of 7 articles have no report:"
    assert "half.txt: not UTF-16-LE throughout" in said[1]
    assert "line.txt: 2,800,000 characters are too long for a report of 1,000,000" in said[2]
    assert len(said) == 3


@pytest.mark.parametrize("name", ["word", "marks", "long"])
def test_any_article_has_every_page_and_table(hostile, name):
    expected = {
        "index.html",
        "ar.html",
        *(f"{path.stem}{end}" for path in paths.notebooks() for end in (".html", ".ar.html")),
    }
    assert {path.name for path in pages(hostile, name)} == expected
    assert {"claims.csv", "mentions.csv", "times.csv"} <= {
        path.name for path in (hostile[0] / name / "tables").iterdir()
    }


def test_what_has_nothing_to_draw_says_so_in_words_and_draws_nothing(hostile):
    for page in pages(hostile, "word"):
        text = page.read_text(encoding="utf-8")
        assert text.count("<img") <= 1, page  # what its words rest on can always be drawn
    overview = (hostile[0] / "word" / "index.html").read_text(encoding="utf-8")
    assert "No actor is named in this text." in overview
    assert "No claim meets any of the reasons for this list." in overview
    assert "Nobody is quoted or reported in this text." in overview


def test_eight_hundred_sentences_make_charts_and_tables_that_can_be_taken_in(hostile):
    overview = (hostile[0] / "long" / "index.html").read_text(encoding="utf-8")
    assert "words: 4,860; paragraphs: 810" in overview
    audit = (hostile[0] / "long" / "04-audit-sources.html").read_text(encoding="utf-8")
    assert "the first 30 of 540" in audit
    assert "the first 500 of 540 rows;" in audit
    with (hostile[0] / "long" / "tables" / "claims.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 810


def test_the_text_that_offsets_count_stands_beside_the_report(hostile):
    for name, text in (("markup", MARKUP), ("controls", CONTROLS)):
        kept = hostile[0] / name / f"{name}.txt"
        assert kept.read_bytes().decode() == text
    about = tomllib.loads((hostile[0] / "markup" / "markup.toml").read_text(encoding="utf-8"))
    assert about == tomllib.loads(SIDECAR.replace("\u202e", "\\u202e"))


def test_markup_of_the_article_shows_as_text_and_runs_nowhere(hostile, browser):
    for page in pages(hostile, "markup"):
        tab, ran = browser.new_page(), []
        tab.on("dialog", lambda dialog, ran=ran: (ran.append(dialog.message), dialog.dismiss()))
        tab.on("console", lambda message, ran=ran: message.type == "error" and ran.append(message.text))
        tab.on(
            "request", lambda request, ran=ran: request.url.startswith(("file:", "data:")) or ran.append(request.url)
        )
        tab.goto(page.as_uri())
        found = tab.evaluate(
            "[...document.querySelectorAll('script, [onerror], [onload], [onmouseover], main script')].length"
        )
        assert found == (page.stem in ("index", "ar"))  # the page's own script, and it is the last thing in it
        assert tab.evaluate(
            "[...document.querySelectorAll('svg')].every(svg => svg.matches('.bar, .swatch, .bars svg'))"
        )
        assert tab.evaluate("[...document.querySelectorAll('a')].every(a => !a.href.startsWith('javascript'))")
        if page.stem == "index":
            seen = tab.inner_text("body")
            assert "<script>alert(1)</script>" in seen
            assert "<script>alert(4)</script> عنوان" in seen
            assert "javascript:alert(6)" in seen
        tab.close()
        assert ran == [], page


def test_every_page_lets_nothing_be_fetched_or_run(hostile, report, browser):
    for page in [*pages(hostile, "markup"), *sorted(report.glob("*.html"))]:
        text = page.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
        own = " script-src &#39;sha256-[\\w+/=]+&#39;;" if page.stem in ("index", "ar") else ""
        assert re.match(f"default-src &#39;none&#39;; img-src data:;{own} style-src &#39;sha256-", policy), page
        assert "unsafe" not in policy
    tab, refused = browser.new_page(), []
    tab.on("console", lambda message: refused.append(message.text))
    tab.goto((report / "index.html").as_uri())
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    tab.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))")
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.ran") is None
    assert len([text for text in refused if "Content Security Policy" in text]) == 2
    assert tab.evaluate("getComputedStyle(document.querySelector('.isnad-article')).display") != "inline"
    tab.close()


def test_no_unseen_character_of_the_article_is_left_in_a_page(hostile):
    for page in pages(hostile, "controls", "markup"):
        found = UNSEEN.search(page.read_text(encoding="utf-8"))
        assert not found, (page, found)
    overview = (hostile[0] / "controls" / "index.html").read_text(encoding="utf-8")
    for name in ("U+202E", "U+2066", "U+200B", "U+200C", "U+00AD", "U+2060", "U+0007", "U+001B"):
        assert f">{name}</bdi>" in overview


def test_a_control_character_turns_nothing_around_its_mark(hostile, browser):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto((hostile[0] / "controls" / "index.html").as_uri())
    places = """() => {
        const line = document.querySelector('.isnad-paragraph p[dir=rtl]');
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), found = {};
        while (walker.nextNode()) for (const word of ['قال', 'Ahmed', 'إن', 'الطريق', 'مفتوح']) {
            const at = walker.currentNode.data.indexOf(word);
            if (at < 0 || word in found) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + word.length);
            const box = range.getBoundingClientRect();
            found[word] = box.top * -10000 + box.left;
        }
        return found;
    }"""
    found = tab.evaluate(places)
    tab.close()
    assert list(found) == ["قال", "Ahmed", "إن", "الطريق", "مفتوح"]
    assert list(found.values()) == sorted(found.values(), reverse=True)  # each to the left of the one before it


def test_a_control_character_shows_in_a_chart_as_its_number():
    reading = readings.read(articles.from_text(CONTROLS, "x", Path("x.txt")), KNOWN, machine=True)
    texts = [text.get_text() for figure in gallery.figures(reading).values() for text in figure.findobj(match=rtl_text)]
    assert any("⟨U+202E⟩" in text or "⟨U+200C⟩" in text for text in texts)
    assert not [text for text in texts if UNSEEN.search(text.replace(rtl.RIGHT_TO_LEFT_MARK, ""))]


def rtl_text(artist):
    return hasattr(artist, "get_text")


def test_no_cell_of_a_table_is_a_formula(hostile):
    cells = set()
    for path in sorted((hostile[0] / "markup" / "tables").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells |= {part for row in csv.reader(file) for cell in row for part in (cell, *re.split("[,;\t]", cell))}
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠]", cell)]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


@pytest.mark.parametrize("name", ["../../out", "..", "/etc/x", "a/b", "\u202ename", "x" * 300, ".hidden", "-rf"])
def test_a_name_writes_nothing_outside_its_reports_folder(tmp_path, name):
    slug = articles.slug(name)
    assert (tmp_path / slug).resolve().parent == tmp_path.resolve()
    assert slug not in ("", ".", "..") and not UNSEEN.search(slug) and len(slug.encode()) <= 200
    assert not slug.startswith(("-", "."))


@pytest.mark.parametrize(
    "text",
    ["قال « " * 20_000, "«" * 100_000 + "نعم", "\n" * 500_000 + "نعم", "قال الوزير: «نعم " * 8_000, "ﷺ " * 20_000],
    ids=["verbs and marks", "marks alone", "empty lines", "open quotations", "ligatures"],
)
def test_a_text_of_one_kind_of_thing_is_read(text):
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)
    assert all(text[span.start : span.end] == span.exact for claim in reading.claims for span in claim.spans)


ANYTHING = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60) | st.lists(
    st.sampled_from(
        ["قال", "الوزير", "إن", "أن", "«", "»", '"', "طالبان", "مصر", "أمس", "عام 2020", "=", "<b>", "&", "\u202e", "\u200f",
         "ﷺ", "\u0301", "🙂", "\n", ".", "،", ":", "(", "بحسب", "نقلت", "عن", "حركة", "النهضة", "$x$", "\x1b", "\x85"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_whatever_the_text_everything_is_said_of_it_and_nothing_raises(text):
    article = articles.from_text("نعم " + text, "x", Path("x.txt"))
    reading = readings.read(article, KNOWN, machine=True)
    for span in (s for c in reading.claims for s in c.spans):
        assert article.text[span.start : span.end] == span.exact
    mentions = frames.mentions(reading)
    told = [
        showing.article(reading),
        showing.claims(reading),
        showing.sources(reading),
    ]
    assert not any(UNSEEN.search(html) for html in told)
    assert frames.dispersion(mentions, len(article.paragraphs)).to_numpy().sum() == len(mentions)
    assert shares.by_basis(reading)["words"].sum() == len(article.words)
    assert len(audit.chain(reading)) >= len(audit.attributed(reading))
    assert all(article.text[t.span.start : t.span.end] == t.span.exact for t in times.find(article))
    assert all(one.actor.mentions for one in suggestions.candidates(reading))


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_text_keeps_a_character_that_could_turn_what_is_around_it(text):
    assert not UNSEEN.search(invisible.shown(text)) and not UNSEEN.search(invisible.escape(text))
    assert invisible.shown(invisible.shown(text)) == invisible.shown(text)


@pytest.mark.tools
def test_a_report_that_is_killed_half_way_leaves_the_last_good_one(house, tmp_path):
    only(house, "04-audit-sources")
    good = tmp_path / "reports" / SEED.stem
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good report", encoding="utf-8")
    (good / "report.json").write_text('{"schema": 1, "article_id": "x"}', encoding="utf-8")
    environment = os.environ | {"ISNAD_REPORTS": str(tmp_path / "reports"), "ISNAD_HOME": str(house)}
    line = [str(Path(sys.executable).with_name("isnad")), "report", str(SEED)]
    running = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    while not (left := list((tmp_path / "reports").glob(".making.*"))) or not list((left[0] / "tables").glob("*.csv")):
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert (good / "index.html").read_text(encoding="utf-8") == "the last good report"
    os.utime(left[0], (0, 0))
    assert subprocess.run(line, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert "the last good report" not in (good / "index.html").read_text(encoding="utf-8")
    folders = [path.name for path in (tmp_path / "reports").iterdir() if path.is_dir()]
    assert folders == [SEED.stem]  # what was left behind is gone


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no exchange of two names that Python reaches")
def test_a_report_stands_at_every_moment_of_a_swap(tmp_path):
    target, missed, done = tmp_path / "report", [], threading.Event()
    target.mkdir()
    (target / "index.html").touch()

    def watch():
        while not done.is_set():
            if not (target / "index.html").exists():
                missed.append(time.time())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(300):
        staging = tmp_path / f".making.{number}"
        staging.mkdir()
        (staging / "index.html").touch()
        build._swap(staging, target)
    done.set()
    watcher.join()
    assert missed == []


def test_two_articles_of_one_name_are_told_apart(tmp_path, house, called):
    only(house, "01-load-article")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text("نعم", encoding="utf-8")
    done = called("report", tmp_path / "a" / "same.txt", tmp_path / "b" / "same.txt", home=house)
    assert done.returncode == 2
    assert "its report would replace that of" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_folder_without_articles_is_said_in_one_line(tmp_path, called):
    (tmp_path / "empty").mkdir()
    assert in_one_line(
        called("report", tmp_path / "empty"), "no text file, web page, Word document or PDF is in this folder"
    )
