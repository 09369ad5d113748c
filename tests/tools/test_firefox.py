"""The annotator in Firefox: selections are exact, and are written as spans of a claim."""

import random
from pathlib import Path

import pytest

from helpers import readings
from helpers.curation import messages
from helpers.text import articles
from tests.annotating import TEXT, served
from tests.tools.marionette import FIREFOX, firefox

pytestmark = pytest.mark.skipif(FIREFOX is None, reason="no Firefox on this machine: install firefox or firefox-esr")

PLACES = """
  const [offsets] = arguments, it = isnad;
  return offsets.map(([offset, at]) => {
    const { line, unit } = it.text.unitsOf(offset), { node, offset: from } = it.nodeAt(line, unit), range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + it.text.unitsOf(offset + 1).unit - unit);
    const box = range.getBoundingClientRect();
    return [Math.round(box.right - at * box.width), Math.round((box.top + box.bottom) / 2)];
  });
"""
SELECTING = """
  const [lines, ranges, painting, done] = arguments;
  const state = { kind: "state", version: 0, sha256: String(Math.random()), title: "x", lines, claims: [], sources: [], mentions: [], actors: [], unanchored: [], annotator: "x" };
  const element = document.createElement("main");
  document.body.replaceChildren(element);
  new isnad.constructor(element, { send: async () => state }, { words: isnad.words, lang: "en", painting }).open().then((it) => {
    const found = ranges.map(([start, end], n) => {
      it.select(start, end, { backward: n % 2 === 1 });
      const selected = it.selected();
      it.clearSelection();
      return [selected.start, selected.end, it.text.slice(start, end)];
    });
    it.close();
    done(found);
  }).catch((error) => done(String(error)));
"""
PARTS = [
    "قال",
    "وَأَكَّدَ",
    "👩‍👩‍👧",
    "🔥",
    "é",
    "\u200f",
    "\u202bAB\u202c",
    "Route 7",
    " ",
    "\u00a0",
    "«",
    "(",
    "٣٫٥",
    "𐤀𐤁",
    "يّ",
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Firefox on the annotator of the invented article, and its session."""
    folder = tmp_path_factory.mktemp("firefox")
    with served(folder, readings.known()) as (session, server), firefox(folder) as browser:
        browser.goto(server.address)
        browser.until("document.querySelector('.isnad-a-heading')")
        yield browser, session


def choose(browser, start, end):
    """Drag from the first letter of a range to its last."""
    places = browser.evaluate(PLACES, [[start, 0.1], [end - 1, 0.9]])
    browser.drag(*places)


@pytest.mark.parametrize(
    ("dragged", "wanted"),
    [
        pytest.param("سد امتلأ للمرة الأو", "السد امتلأ للمرة الأولى", id="within a line"),
        pytest.param("الطريق Route 7 مغ", "الطريق Route 7 مغلق", id="over Latin letters and a figure"),
        pytest.param("الحريق 🔥\r\nقا", "الحريق 🔥\r\nقالت", id="over an emoji and the end of a line"),
        pytest.param("أضافت أن ", "أضافت أن", id="a proclitic that was left out stays out"),
        pytest.param("ضافت أن", "وأضافت أن", id="half a word does not stay out"),
    ],
)
def test_dragging_over_words_selects_them_whole(page, dragged, wanted):
    browser, _ = page
    browser.evaluate("isnad.clearSelection(); isnad.go(isnad.order[0])")
    start = TEXT.index(dragged)
    choose(browser, start, start + len(dragged))
    selected = browser.evaluate("return isnad.selection")
    assert TEXT[selected["start"] : selected["end"]] == wanted


def test_words_that_are_dragged_over_become_the_content_of_a_claim(page):
    browser, session = page
    browser.evaluate("isnad.clearSelection(); isnad.go(isnad.order[0])")
    claim, words = browser.evaluate("return isnad.current"), "الخزانات ممتلئة"
    start = TEXT.index(words)
    choose(browser, start, start + len(words))
    browser.press("v")
    browser.until("isnad.store.outbox.length === 0 && !isnad.store.flying")
    (found,) = [each for each in session.state()["claims"] if each["claim_id"] == claim]
    assert [(span["exact"], span["start"]) for span in found["content"]] == [(words, start)]


@pytest.mark.parametrize("painting", ["highlights", "spans"])
def test_whatever_range_of_a_text_is_selected_comes_back_exactly(page, painting):
    """The last here: it puts other texts in the place of the article."""
    browser, _ = page
    chance = random.Random(painting)
    for _ in range(25):
        text = "قال " + "".join(chance.choices([*PARTS, "\r\n", "\n\n", "\t"], k=25))
        lines = messages.lines(articles.from_text(text, "x", Path("x.txt")))
        places = [at for line in lines for at in range(line["start"], line["start"] + len(line["text"]) + 1)]
        ranges = [sorted(chance.sample(places, 2)) for _ in range(12)]
        found = browser.evaluate_later(SELECTING, lines, ranges, painting)
        assert isinstance(found, list), found
        for (start, end), (first, last, words) in zip(ranges, found, strict=True):
            inside = text[start:end]
            assert (first, last) == (start, end) or not inside.strip("\r\n")
            if not any(char in inside for char in "\r\n"):
                assert words == inside
