"""The annotator in Chromium: selections are exact, keys and mouse work, and nothing is lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.curation import messages
from helpers.files.errors import InputError
from helpers.text import articles
from tests.annotating import TEXT, of_words, opened, press, served, settle, until
from tests.conftest import ROOT
from tests.knowing import KNOWN
from tests.test_front_page import serious


@pytest.fixture
def work(tmp_path):
    """A session on the invented article, and its server."""
    with served(tmp_path, KNOWN) as made:
        yield made


@pytest.fixture
def tab(work, browser):
    with opened(browser, work[1].address) as page:
        yield page
        assert page.faults == []


@pytest.fixture(scope="module")
def one_page(browser, tmp_path_factory):
    """A page for tests that change nothing."""
    with served(tmp_path_factory.mktemp("one"), KNOWN) as (_, server), opened(browser, server.address) as page:
        yield page
        assert page.faults == []


@pytest.fixture
def looked_at(one_page):
    """That page in the state in which it was opened."""
    one_page.evaluate("(isnad.clearSelection(), isnad.go(isnad.order[0]))")
    return one_page


def claims(session):
    return {claim["claim_id"]: claim for claim in session.state()["claims"]}


def exact(spans):
    return [span["exact"] for span in spans]


# Selecting.

SELECTING = """async ({lines, ranges, painting}) => {
  const { Annotator } = await import("/annotator.js");
  const state = { kind: "state", version: 0, sha256: String(Math.random()), title: "x", lines, claims: [], sources: [], mentions: [], actors: [], unanchored: [], annotator: "x" };
  const element = document.createElement("main");
  document.body.replaceChildren(element);
  const it = await new Annotator(element, { send: async () => state }, { words: isnad.words, lang: "en", painting }).open();
  const found = [];
  for (const [start, end] of ranges) {
    it.select(start, end, { backward: found.length % 2 === 1 });
    found.push([it.selected(), it.text.slice(start, end)]);
    it.clearSelection();
  }
  it.close();
  return found;
}"""
WORDS = st.sampled_from(
    [
        "قال",
        "وَأَكَّدَ",
        "👩‍👩‍👧",
        "🔥",
        "e\u0301",
        "\u200f",
        "\u202bAB\u202c",
        "Route 7",
        " ",
        "\u00a0",
        "«",
        "(",
        "٣٫٥",
        "\r\n",
        "\r",
        "\n\n",
        "\t",
        "𐤀𐤁",
        "ي\u0651\u0650",
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=3), min_size=1, max_size=25).map("".join)


@pytest.fixture(scope="module")
def bare(browser, tmp_path_factory):
    """A page from which the annotator can be set up on any text."""
    with served(tmp_path_factory.mktemp("bare"), KNOWN) as (_, server), opened(browser, server.address) as page:
        yield page


@pytest.mark.parametrize("painting", ["highlights", "spans"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, data=st.data())
def test_whatever_range_of_a_text_is_selected_comes_back_exactly(bare, painting, text, data):
    try:
        article = articles.from_text(f"قال {text}", "x", Path("x.txt"))
    except InputError:
        return
    lines = messages.lines(article)
    places = sorted({at for line in lines for at in range(line["start"], line["start"] + len(line["text"]) + 1)})
    pairs = (
        st.tuples(st.sampled_from(places), st.sampled_from(places)).map(sorted).filter(lambda pair: pair[0] < pair[1])
    )
    ranges = data.draw(st.lists(pairs, min_size=1, max_size=12))
    found = bare.evaluate(SELECTING, {"lines": lines, "ranges": ranges, "painting": painting})
    for (start, end), (selected, words) in zip(ranges, found, strict=True):
        inside = article.text[start:end]
        assert selected == {"start": start, "end": end} or not inside.strip("\r\n")
        if not any(char in inside for char in "\r\n"):
            assert words == inside


def place_of(tab, offset, at=0.5):
    """The position in the page, in pixels, of the character at an offset: its right edge for `at` 0, its left one for 1."""
    x, y = tab.evaluate(
        """([offset, at]) => {
          const it = isnad, { line, unit } = it.text.unitsOf(offset), { node, offset: from } = it.nodeAt(line, unit), range = document.createRange();
          range.setStart(node, from); range.setEnd(node, from + it.text.unitsOf(offset + 1).unit - unit);
          const box = range.getBoundingClientRect();
          return [box.right - at * box.width, (box.top + box.bottom) / 2];
        }""",
        [offset, at],
    )
    return round(x), round(y)


def drag(tab, start, end):
    """Drag from the first letter of a range to its last."""
    tab.mouse.move(*place_of(tab, start, 0.1))
    tab.mouse.down()
    tab.mouse.move(*place_of(tab, end - 1, 0.9), steps=4)
    tab.mouse.up()


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
def test_dragging_over_words_selects_them_whole(looked_at, dragged, wanted):
    start = TEXT.index(dragged)
    drag(looked_at, start, start + len(dragged))
    selected = looked_at.evaluate("isnad.selection")
    assert TEXT[selected["start"] : selected["end"]] == wanted


def test_a_double_click_takes_a_word_by_our_own_rule_and_a_second_drag_begins_anew(looked_at):
    word = of_words(TEXT, "وَأَكَّدَتِ")
    looked_at.mouse.dblclick(*place_of(looked_at, word["start"] + 3))
    assert looked_at.evaluate("isnad.selection") == word
    both = of_words(TEXT, "وَأَكَّدَتِ الشرطةُ أنّ الطريق")
    drag(looked_at, both["start"], both["end"])  # a press inside a selection would drag the words away
    assert looked_at.evaluate("isnad.selection") == both


# Deciding.


def test_to_accept_is_one_key_and_the_next_claim_is_there(tab, work):
    press(tab, "a")
    first, second, *_ = claims(work[0]).values()
    assert (first["status"], first["annotator"], second["status"]) == ("accepted", "Huda", "unreviewed")
    assert tab.locator(".isnad-a-heading").inner_text().startswith("Claim 2 of 7")
    assert tab.locator(".isnad-a-count").inner_text() == "1 of 7 decided"


def test_to_move_an_edge_and_accept_is_at_most_three_keys(tab, work):
    press(tab, "Shift+BracketRight Shift+BracketRight a")
    first = next(iter(claims(work[0]).values()))
    assert exact(first["content"]) == ["السد امتلأ للمرة الأولى منذ عشر سنوات، وإن"]
    assert first["status"] == "changed"
    assert tab.locator(".isnad-a-heading").inner_text().startswith("Claim 2 of 7")


def test_everything_is_done_by_keys_alone(tab, work):
    session, _ = work
    by = lambda n: [*claims(session).values()][n]  # noqa: E731
    press(tab, "a x Space")
    assert [by(n)["status"] for n in range(3)] == ["accepted", "rejected", "unreviewed"]
    press(tab, "Backspace")
    assert by(1)["status"] == "unreviewed"
    press(tab, "Shift+Backspace")
    assert by(1)["status"] == "rejected"
    press(tab, "r")
    assert by(1)["status"] == "unreviewed" and tab.evaluate("isnad.current") == by(1)["claim_id"]
    # words: from where the claim begins, one on, two on
    press(tab, "ArrowLeft ArrowLeft ArrowLeft Shift+ArrowLeft v")
    assert exact(by(1)["content"]) == ["الحكومة ستفتح"]
    press(tab, "ArrowLeft ArrowLeft ArrowLeft ArrowLeft ArrowLeft ArrowLeft +")
    assert exact(by(1)["content"]) == ["الحكومة ستفتح", "يوم"]
    press(tab, "Shift+BracketLeft")
    assert exact(by(1)["content"]) == ["الحكومة ستفتح", "يوم الأحد"]
    press(tab, "Alt+BracketLeft")
    assert exact(by(1)["content"])[1] == "وم الأحد"
    press(tab, "Minus")
    assert exact(by(1)["content"]) == ["الحكومة ستفتح"]
    press(tab, "2 j 1")
    assert (by(1)["kind"], by(2)["kind"]) == ("mixed", "direct")
    press(tab, "n")
    assert by(2)["within"] == by(1)["claim_id"]
    press(tab, "n")
    assert by(2)["within"] is None
    for key, field, value in (("m", "modality", "future"), ("t", "stance", "distancing")):
        press(tab, key)
        tab.keyboard.type(tab.locator(f"#isnad-a-{field} option[value={value}]").text_content())
        press(tab, "Enter")
        assert by(2)[field] == value
    press(tab, "g")
    tab.keyboard.type("The wall is sound.")
    press(tab, "Enter")
    assert by(2)["gloss_en"] == "The wall is sound."
    press(tab, "w")
    tab.keyboard.type("الضفة")
    press(tab, "Enter")
    assert by(2)["source_name"] == "صحيفة الضفة"
    press(tab, "w")
    tab.keyboard.type("مهندس لا اسم له")
    press(tab, "Enter")
    assert by(2)["source_name"] == "مهندس لا اسم له"
    # a claim of one's own, from the first paragraph
    press(tab, "Control+ArrowRight Control+ArrowRight Control+ArrowRight Control+ArrowRight Shift+ArrowLeft i")
    added = by(0)
    assert (added["status"], exact(added["content"])) == ("added", ["افتتح السوق"])
    press(tab, "ArrowLeft ArrowLeft ArrowLeft s")
    assert by(0)["source"]["exact"] == "القديم"
    press(tab, "Escape ArrowLeft ArrowLeft ArrowLeft ArrowLeft c")
    assert exact(by(0)["cue"]) == ["أبوابه"]
    # the other tabs
    press(tab, "Shift+Digit2 f Enter")
    assert session.state()["sources"] and any(source["reliability"] == "F" for source in session.state()["sources"])
    press(tab, "6 Enter")
    assert any(claim["credibility"] == 6 and claim["rationale"].startswith("C6:") for claim in claims(session).values())
    press(tab, "Shift+Digit3 a x")
    assert [mention["status"] for mention in session.state()["mentions"]][:2] == ["accepted", "rejected"]
    press(tab, "?")
    assert tab.locator(".isnad-a-help").is_visible()
    press(tab, "Escape Shift+Digit1")
    assert tab.locator(".isnad-a-help").count() == 0 and tab.locator("#isnad-a-do-accept").is_visible()


def test_the_words_of_a_claim_are_a_new_source_one_key_above_the_first(tab, work):
    session, _ = work
    first = next(iter(claims(session).values()))
    press(tab, "w ArrowUp")
    assert first["source"]["exact"] in tab.locator(".isnad-a-dialog [aria-selected=true]").inner_text()
    press(tab, "ArrowDown")
    assert tab.locator(".isnad-a-dialog [role=option]").first.get_attribute("aria-selected") == "true"
    press(tab, "Escape")


def test_everything_that_keys_do_is_done_by_the_mouse_too(tab, work):
    session, _ = work
    by = lambda n: [*claims(session).values()][n]  # noqa: E731

    def click(selector):
        tab.locator(selector).first.click()
        settle(tab)

    def choose(words):
        drag(tab, *of_words(TEXT, words).values())

    click("#isnad-a-do-accept")
    click("#isnad-a-do-reject")
    click("#isnad-a-do-skip")
    click("#isnad-a-do-undo")
    assert [by(n)["status"] for n in range(3)] == ["accepted", "unreviewed", "unreviewed"]
    tab.mouse.click(*place_of(tab, TEXT.index("الجدار")))  # its words in the article lead to a claim
    assert tab.evaluate("isnad.current") == by(2)["claim_id"]
    click("#isnad-a-edge-content-0-end\\.back")
    assert exact(by(2)["content"]) == ["الجدار سليم"]
    choose("الجدار سليم تماما")
    click("#isnad-a-bar-role\\.content")
    assert exact(by(2)["content"]) == ["الجدار سليم تماما"]
    choose("الشرطةُ")
    click("#isnad-a-bar-role\\.antecedent")
    assert by(2)["antecedent"]["exact"] == "الشرطةُ" and by(2)["source_via"] == "inherited"
    click("#isnad-a-do-undo")
    click("#isnad-a-kind-direct")
    tab.locator("#isnad-a-modality").select_option("negated")
    tab.locator("#isnad-a-within").select_option(by(1)["claim_id"])
    tab.locator("#isnad-a-gloss").fill("The wall is sound.")
    click(".isnad-a-list li:nth-child(4) button")
    settle(tab)
    third = by(2)
    assert (third["kind"], third["modality"], third["within"]) == ("direct", "negated", by(1)["claim_id"])
    assert third["gloss_en"] == "The wall is sound."
    tab.locator("#isnad-a-gloss").fill("Where is the report?")
    click("#isnad-a-do-accept")  # with what was just written
    assert (by(3)["status"], by(3)["gloss_en"]) == ("accepted", "Where is the report?")
    click(".isnad-a-list li:nth-child(4) button")
    tab.locator("#isnad-a-act").select_option("evidence")
    settle(tab)
    assert by(3)["act"] == "evidence"
    click("#isnad-a-who")
    click(".isnad-a-dialog [role=option]")
    assert by(3)["source_name"] == "سناء الحلبي"
    choose("افتتح السوق")
    click("#isnad-a-bar-add")
    assert by(0)["status"] == "added" and tab.evaluate("isnad.current") == by(0)["claim_id"]
    click("#isnad-a-tab-grades")
    click(".isnad-g-source .isnad-a-gradehead")
    click("#isnad-a-grade-D")
    click("#isnad-a-grade-save")
    graded = [source for source in session.state()["sources"] if source["reliability"]]
    assert [source["reliability"] for source in graded] == ["D"]
    click(".isnad-g-source .isnad-a-gradehead")
    click(".isnad-a-editor summary")
    tab.locator("#isnad-a-source-kind").select_option("document")
    settle(tab)
    assert "document" in [source["kind"] for source in session.state()["sources"]]
    click("#isnad-a-tab-mentions")
    click(".isnad-a-mentions li:nth-child(2) button")
    click("#isnad-a-do-reject")
    assert session.state()["mentions"][1]["status"] == "rejected"


def test_an_actor_that_the_machine_found_is_taken_into_ones_own_lexicon(tab, tmp_path, monkeypatch):
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    press(tab, "Shift+Digit3 l")
    until(tab, "document.querySelector('.isnad-a-mentions').textContent.includes('in your own lexicon')")
    assert "سناء الحلبي" in (tmp_path / "own.csv").read_text(encoding="utf-8")


def test_a_grade_without_a_reason_is_not_given(tab, work):
    press(tab, "Shift+Digit2 e Enter")  # no rule of the project gives E
    assert tab.locator(".isnad-a-notice").is_visible()
    assert all(source["reliability"] is None for source in work[0].state()["sources"])
    tab.keyboard.type("He said the opposite a day later.")
    press(tab, "Enter")
    graded = [source for source in work[0].state()["sources"] if source["reliability"]]
    assert [(one["reliability"], one["rationale"]) for one in graded] == [("E", "He said the opposite a day later.")]


def test_keys_are_read_by_where_they_are_and_those_of_the_browser_are_left_to_it(tab, work):
    tab.evaluate(
        """document.addEventListener("keydown", event => { (window.left ??= []).push([event.key, event.defaultPrevented]); })"""
    )
    tab.evaluate("""for (const [code, key, ctrlKey] of [["KeyA", "ش", false], ["KeyS", "s", true], ["KeyY", "غ", false]])
      document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key, ctrlKey, bubbles: true, cancelable: true }))""")
    settle(tab)
    assert next(iter(claims(work[0]).values()))["status"] == "accepted"
    assert tab.evaluate("window.left") == [["ش", True], ["s", False], ["غ", False]]


# Showing.


def test_claims_are_painted_and_an_inner_one_is_underlined(looked_at):
    painted = looked_at.evaluate("""Object.fromEntries([...CSS.highlights].map(([name, all]) => [name, [...all].map(range => isnad.text.slice(
      isnad.offsetOf(range.startContainer, range.startOffset), isnad.offsetOf(range.endContainer, range.endOffset)))]))""")
    assert painted["isnad-now-indirect"] == ["السد امتلأ للمرة الأولى منذ عشر سنوات، وإن الخزانات ممتلئة"]
    assert painted["isnad-now-source"] == ["وزيرة المياه سناء الحلبي"] and painted["isnad-now-cue"] == ["قالت"]
    assert painted["isnad-direct"] == ["أين التقرير يا سادة"]
    assert painted["isnad-level-1"] == ["شقا ظهر قبل شهر"]


def test_without_highlights_the_same_is_painted_by_spans(work, browser):
    with opened(browser, f"{work[1].address}&painting=spans") as page:
        marked = page.evaluate(
            "name => [...document.querySelectorAll(`.isnad-p-${name}`)].map(span => span.textContent).join('')",
            "now-source",
        )
        assert marked == "وزيرة المياه سناء الحلبي"
        assert page.evaluate("CSS.highlights.size") == 0
        press(page, "a x")
        assert [claim["status"] for claim in claims(work[0]).values()][:2] == ["accepted", "rejected"]
        assert page.faults == []


def test_the_list_says_to_screen_readers_what_was_done_and_where_one_is(tab):
    press(tab, "a")
    assert tab.locator(".isnad-a-list [aria-current=true]").count() == 1
    assert tab.locator(".isnad-a-list li").first.inner_text().startswith("1")
    assert "accepted" in tab.locator(".isnad-a-list li").first.text_content()
    until(tab, "document.querySelector('[role=status]').textContent.includes('Accepted')")
    assert "Claim 2 of 7" in tab.locator("[role=status]").first.text_content()


@pytest.mark.parametrize("locale", ["en-GB", "ar-EG"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_no_serious_fault(work, browser, locale, scheme, width):
    size = {"width": width, "height": 800}
    with opened(browser, work[1].address, locale=locale, color_scheme=scheme, viewport=size, bypass_csp=True) as page:
        assert page.evaluate("document.documentElement.dir") == ("rtl" if locale == "ar-EG" else "ltr")
        press(page, "a x ArrowLeft")
        colours = (locale == "ar-EG") == (scheme == "dark")  # which are the same in both languages
        found = serious(page, colours)
        for tab_ in ("Shift+Digit2", "Shift+Digit3", "?"):
            press(page, tab_)
            found += serious(page, colours)
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


IN_A_NOTEBOOK = """async token => {
  isnad.close();
  const { default: { render } } = await import("/annotator.js"), heard = [];
  const ask = async ({ request, ...message }) => {
    const answer = await fetch("/api", { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: JSON.stringify(message) });
    const reply = await answer.json();
    heard.forEach(hear => hear({ request, reply }));
  };
  const model = { get: name => ({ words: isnad.words, lang: "ar", started: true, sha256: "" })[name], on: (_, hear) => heard.push(hear), off: () => {}, send: message => { ask(message); } };
  const cell = document.createElement("div");
  document.body.replaceChildren(cell);
  window.leave = render({ model, el: cell });
}"""


def test_in_a_notebook_it_talks_to_the_kernel_and_leaves_keys_outside_it_alone(tab, work):
    tab.evaluate(IN_A_NOTEBOOK, work[1].token)
    tab.wait_for_selector(".isnad-in-notebook .isnad-a-heading")
    assert tab.locator(".isnad-annotator").get_attribute("dir") == "rtl"
    assert tab.locator("[data-lm-suppress-shortcuts]").count() == 1  # JupyterLab's own keys
    tab.keyboard.press("a")  # the cell does not have the focus
    tab.locator(".isnad-a-article").focus()
    tab.keyboard.press("x")
    until(tab, "document.querySelector('.isnad-a-count').textContent.includes('1')")
    assert [claim["status"] for claim in claims(work[0]).values()][:2] == ["rejected", "unreviewed"]
    tab.evaluate("leave()")


# Losing nothing.


def test_the_page_that_a_browser_is_started_with_can_be_reloaded(work, browser):
    with opened(browser, work[1].started) as page:
        assert page.url.endswith("/")
        page.reload()
        page.wait_for_selector(".isnad-a-heading")


def test_after_a_reload_the_same_is_decided_and_can_be_undone(tab, work):
    press(tab, "a x")
    tab.reload()
    tab.wait_for_selector(".isnad-a-heading")
    assert tab.locator(".isnad-a-count").inner_text() == "2 of 7 decided"
    press(tab, "Backspace Backspace")
    assert tab.locator(".isnad-a-count").inner_text() == "0 of 7 decided"
    tab.reload()
    tab.wait_for_selector(".isnad-a-heading")
    press(tab, "Shift+Backspace")
    assert [claim["status"] for claim in claims(work[0]).values()][:2] == ["accepted", "unreviewed"]


def test_a_second_tab_sees_what_the_first_does_and_is_told_what_it_did_not_see(tab, work, browser):
    with opened(browser, work[1].address) as other:
        other.evaluate("isnad.store.poll = async () => {}")
        press(tab, "Shift+BracketRight")
        press(other, "Shift+BracketLeft")  # on what it has not seen
        assert other.locator(".isnad-a-notice").is_visible()
        assert "another window" in other.locator(".isnad-a-notice").inner_text()
        content = next(iter(claims(work[0]).values()))["content"]
        assert exact(content) == ["السد امتلأ للمرة الأولى منذ عشر سنوات، وإن الخزانات"]
        assert other.evaluate("isnad.claim().content[0].exact") == content[0]["exact"]
        press(other, "a")
        until(tab, "isnad.counts().done === 1")


def started(article, home):
    """`isnad curate`, and the address that it prints."""
    line = [str(Path(sys.executable).with_name("isnad")), "curate", str(article), "--no-browser", "--annotator", "Huda"]
    environment = os.environ | {"ISNAD_HOME": str(ROOT), "HOME": str(home)}
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    return process, process.stdout.readline().strip()


def test_when_the_program_is_killed_it_is_said_loudly_and_nothing_is_lost(browser, tmp_path):
    (tmp_path / "dam.txt").write_bytes(TEXT.encode())
    process, address = started(tmp_path / "dam.txt", tmp_path)
    with opened(browser, address) as page:
        press(page, "a")
        process.kill()
        process.wait()
        for key in ("x", "Shift+BracketRight"):  # decided while nobody is there
            page.keyboard.press(key)
        page.wait_for_selector(".isnad-a-unsaved:not([hidden])")
        assert "Not saved: 2" in page.locator(".isnad-a-unsaved").inner_text().replace("\u2068", "").replace(
            "\u2069", ""
        )
        assert page.locator(".isnad-a-count").inner_text() == "3 of 7 decided"
        process, again = started(tmp_path / "dam.txt", tmp_path)
        assert again.partition("#")[0] == address.partition("#")[0] and again != address
        newer = page.context.new_page()  # the address that it prints now; the old page learns of it
        newer.goto(again)
        newer.wait_for_selector(".isnad-a-heading")
        settle(newer)
        until(page, "isnad.store.outbox.length === 0 && !isnad.store.fault")
        page.wait_for_selector(".isnad-a-unsaved[hidden]", state="attached")
        assert newer.locator(".isnad-a-count").inner_text() == "3 of 7 decided"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    rows = (tmp_path / "dam.annotations" / "claims.csv").read_text(encoding="utf-8").splitlines()
    assert [sum(f",{status}," in row for row in rows) for status in ("accepted", "rejected", "changed")] == [1, 1, 1]
    journal = (tmp_path / "dam.annotations" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    done = [entry["op"] for entry in map(json.loads, journal) if "op" in entry]
    assert done == ["accept", "reject", "span"]


def test_while_it_is_open_a_second_program_is_told_by_whom(work, isnad):
    done = isnad("curate", work[0].folder.with_name("dam.txt"), "--no-browser")
    assert done.returncode == 2 and "open in another window: Huda" in done.stderr
