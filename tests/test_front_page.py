"""The front page and the list of reports, in two languages: on the screen, by keyboard, in print."""

import csv
import dataclasses
import json
import re
import string
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec import structs

from helpers import readings
from helpers.analysis import audit, overview
from helpers.files import paths
from helpers.report import accuracy, front_page, interface, reasons_to_check, report_list, translation_memory, writer
from helpers.report.writer import Writer
from helpers.text import articles
from tests import showing
from tests.conftest import EXAMPLES, ROOT, SEED
from tests.knowing import KNOWN
from tests.test_reports import Elements

PAGES = ["index.html", "ar.html"]
each_language = pytest.mark.parametrize("page", PAGES)


def front(shelf, name, page="index.html"):
    return shelf / (SEED.stem if name == "seed" else name) / page


def opened(browser, path, **options):
    tab = browser.new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
    tab.goto(path.as_uri())
    return tab


FORMS = (".one", ".two", ".few", ".many")  # of a phrase, for the number `n`


def test_every_phrase_of_the_interface_is_there_in_both_languages_with_the_same_gaps():
    english, arabic = (interface.load(lang).phrases for lang in interface.LANGS)
    assert english.keys() == arabic.keys()
    gaps = {
        key: [{f for _, f, *_ in string.Formatter().parse(each[key]) if f} for each in (english, arabic)]
        for key in english
    }
    # A form for one or two says its number in a word, and a part of a whole may be «one of the 29» or «1 of 29».
    number, part = {"n"}, {"n", "of", "the"}
    open_ = {key: part if ".part." in key else number if key.endswith(FORMS) else set() for key in gaps}
    assert {key for key, (one, other) in gaps.items() if (one ^ other) - open_[key]} == set()


def test_the_first_screen_of_the_seed_says_who_speaks_and_what_to_check(reading):
    brief = overview.overview(reading)
    assert round(sum(brief.shares.values()), 3) == 1
    assert brief.shares["outlet"] == pytest.approx(0.497, abs=0.001)
    assert [one.source.source_id for one in brief.speakers][:2] == ["abu_omar_al_khorasani", "taliban"]
    assert not {one.source.source_id for one in brief.speakers} & {one.source.source_id for one in brief.ascribed}
    assert {"al_qaeda", "iran"} <= set(dict(brief.spoken_about)) and "taliban" not in dict(brief.spoken_about)
    assert brief.best[0].claim.claim_id == "c21" and brief.best[0].why == ("why.named", "why.knows", "why.direct")
    assert {pick.why for pick in brief.least} == {("why.outlet",)}
    assert [one.claim.claim_id for one in brief.check][:2] == ["c08", "c11"]


def test_best_and_least_attributed_are_not_ranked_by_grade(reading):
    def picked(credibility, reliability):
        graded = dataclasses.replace(
            reading,
            claims=tuple(structs.replace(c, credibility=credibility) for c in reading.claims),
            sources=tuple(structs.replace(s, reliability=reliability) for s in reading.sources),
        )
        found = overview.overview(graded)
        return [(pick.claim.claim_id, pick.why) for pick in (*found.best, *found.least)]

    assert picked(1, "A") == picked(5, "E") == picked(6, "F")


@each_language
@pytest.mark.parametrize("name", ["seed", "economy"])
def test_a_front_page_says_its_language_and_has_every_claim_once(shelf, name, page):
    found = Elements(front(shelf, name, page).read_text(encoding="utf-8"))
    lang = "en" if page == "index.html" else "ar"
    assert found.named("html") == [("html", {"lang": lang, "dir": "ltr" if lang == "en" else "rtl"})]
    ids = [attrs["id"] for _, attrs in found.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"][1:] for tag, attrs in found.found if tag == "a" and attrs["href"].startswith("#")}
    assert links <= set(ids)
    summary = json.loads((front(shelf, name).parent / "report.json").read_text(encoding="utf-8"))
    assert sum(each.startswith("claim-") for each in ids) == summary["claims"]


def test_the_arabic_page_speaks_arabic_and_the_english_page_english(shelf, browser):
    for page, letters in (("index.html", "a-zA-Z"), ("ar.html", "\u0621-\u064a")):
        tab = opened(browser, front(shelf, "economy", page))
        words = tab.evaluate(
            "() => [...document.querySelectorAll('h2, h3, summary, dt, label, .quiet, .made')]"
            ".filter(e => !e.closest('.register')).map(e => e.textContent.trim())"
        )
        tab.close()
        other = [word for word in words if not re.search(f"[{letters}]", word)]
        assert set(other) <= {"sha256"}, page


@each_language
def test_what_a_machine_made_is_marked_with_its_error_rate_and_what_people_made_is_not(shelf, page):
    said = interface.load("en" if page == "index.html" else "ar")
    machine, people = (front(shelf, name, page).read_text(encoding="utf-8") for name in ("economy", "seed"))
    assert said("made.machine.note") in machine and accuracy.measured(said).replace("'", "&#39;") in machine
    assert machine.count('class="machine"') == machine.count('<li id="claim-')
    assert said("made.machine.note") not in people and 'class="machine"' not in people


def test_the_error_rate_on_the_page_is_of_the_file_that_keeps_it():
    with paths.lexicon("measured.csv").open(encoding="utf-8") as file:
        kept = {row["measure"]: float(row["value"]) for row in csv.DictReader(file)}
    assert kept == accuracy.figures()
    assert 0 < kept["low"] < kept["f1"] < kept["high"] < 1


def test_a_claim_can_be_cited_by_one_line_that_leads_back_to_its_words(shelf):
    html = front(shelf, "economy").read_text(encoding="utf-8")
    reading = readings.read(articles.load(EXAMPLES / "economy.txt"), KNOWN, machine=True)
    for claim in reading.claims:
        line = writer.reference(reading.article, claim)
        assert html.count(line) == 2  # as a reference, and in the line that reports an error
        places = re.search(r" · ([\d+-]+) · sha256 ([0-9a-f]{64}) · Isnad ", line)
        spans = [tuple(map(int, place.split("-"))) for place in places[1].split("+")]
        assert [reading.article.text[start:end] for start, end in spans] == [span.exact for span in claim.content]
        assert places[2] == reading.article.sha256
    cited = Writer(reading, interface.load("en")).cited(reading.claims[1])
    assert cited in html
    assert cited.striptags().startswith("economy. أسواق النيل, 2024-11-21. Claim 2, found by machine; Isnad")


def test_a_machines_source_has_a_title_in_english_where_the_lexicon_knows_one():
    text = "قال وزير الخارجية الروسي سيرغي لافروف إن المفاوضات بدأت. وقالت مصادر مطلعة إنها ستطول."
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)
    write = Writer(reading, interface.load("en"), vocabulary=KNOWN.vocabulary)
    titles = [write.title(source) for source in reading.sources]
    assert titles == ["≈ Sergei Lavrov · foreign minister · Russia", "sources"]


QUICK = {"resultTypes": ["violations"], "preload": False}  # what passes is counted, not listed; styles are in the page
COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # axe's rules about colours, which take most of its time


def serious(tab, colours=True):
    """The serious or critical violations that axe finds on a page; it must have checked something.

    colours    check colours, too
    """
    left_out = {} if colours else {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
    found = Axe().run(tab, options=QUICK | left_out).response
    assert len(found["passes"]) > 15
    assert ("color-contrast" in [each["id"] for each in found["passes"]]) == colours
    return violations(found)


def violations(found):
    return [
        (v["id"], v["nodes"][0]["html"][:160]) for v in found["violations"] if v["impact"] in ("serious", "critical")
    ]


def unfolded(tab):
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return tab


@each_language
def test_a_front_page_fits_its_width_without_a_fault(shelf, browser, page):
    tab, faults = browser.new_page(viewport={"width": 360, "height": 900}), []
    tab.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
    tab.on("request", lambda request: request.url.startswith(("file:", "data:")) or faults.append(request.url))
    tab.goto(front(shelf, "broadsheet", page).as_uri())
    unfolded(tab)
    wide = {}
    for width in (360, 768, 1280, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        wide[width] = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert faults == [] and [width for width, found in wide.items() if found > width] == []


def test_pointing_at_a_mark_or_tabbing_to_it_shows_its_claim(shelf, browser):
    tab = opened(browser, front(shelf, "economy"))
    tab.locator("mark[data-claim]").first.hover()
    assert tab.locator("#peek").is_visible()
    said = tab.locator("#peek").inner_text()
    assert (
        "stance of the cue" in said
        and "machine's confidence" in said
        and "rule that found it" in said
        and "chain" in said
    )
    tab.keyboard.press("Escape")
    assert tab.locator("#peek").is_hidden()
    tab.mouse.move(0, 0)  # a page that scrolls to what has the focus would bring another mark under the pointer
    tab.locator(".isnad-ref a").nth(2).focus()
    assert tab.locator("#peek").is_visible()
    assert tab.locator(".isnad-ref a").nth(2).get_attribute("aria-describedby") == "peek"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash").startswith("#claim-c")
    tab.close()


def test_filters_show_the_claims_of_one_source_or_about_one_actor(shelf, browser):
    tab = opened(browser, front(shelf, "seed"))
    visible = "[...document.querySelectorAll('li[data-source]')].filter(e => e.offsetParent !== null).map(e => e.id)"
    assert len(tab.evaluate(visible)) == 29
    tab.select_option("#by-source", "abu_omar_al_khorasani")
    assert tab.evaluate(visible) == ["claim-c10", "claim-c11"]
    assert tab.inner_text("#shown").startswith("claims shown: 2 of 29 (Abu Omar al-Khorasani")
    tab.select_option("#by-source", "")
    tab.select_option("#by-actor", "iran")
    iran = tab.evaluate(visible)
    assert "claim-c28" in iran and 0 < len(iran) < 29
    tab.select_option("#by-actor", "")
    tab.select_option("#by-basis", "outlet")
    assert len(tab.evaluate(visible)) == 15
    tab.select_option("#by-basis", "")
    tab.locator("#actors a[data-actor=iran]").click()
    assert tab.evaluate(visible) == iran
    tab.evaluate("location.hash = '#claim-c01'")
    tab.wait_for_function("document.getElementById('claim-c01').offsetParent !== null")
    assert tab.input_value("#by-actor") == ""
    tab.close()


def test_the_whole_page_is_reached_by_the_keyboard_and_focus_is_seen(shelf, browser):
    tab = opened(browser, front(shelf, "broadsheet"))
    wanted = tab.evaluate("document.querySelectorAll('a[href], select, summary, [tabindex=\"0\"]').length")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    at = "all.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle"
    tab.evaluate(
        "() => { const all = [...document.querySelectorAll('*')]; window.focused = [["
        f"{at}]]; document.addEventListener('focusin', () => window.focused.push([{at}])) }}"
    )
    for _ in range(wanted + 20):
        tab.keyboard.press("Tab")
    focused = tab.evaluate("window.focused")
    reached, unseen = {at for at, _ in focused}, [at for at, outline in focused if outline == "none"]
    closed = tab.evaluate("[...document.querySelectorAll('details:not([open]) a')].length")
    tab.close()
    assert len(reached) >= wanted - closed
    assert unseen == []


def test_everything_can_be_read_without_the_script(shelf, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(front(shelf, "economy").as_uri())
    assert not tab.locator(".filters").is_visible()
    tab.locator("#claim-c2 summary").click()
    assert tab.locator("#claim-c2 .facts").first.is_visible()
    assert "stance of the cue" in tab.locator("#claim-c2").inner_text()
    context.close()


def test_who_wants_less_motion_gets_none(shelf, browser):
    tab = opened(browser, front(shelf, "seed"), reduced_motion="reduce")
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].some(e => { const s = getComputedStyle(e); return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none' })"
    assert not tab.evaluate(moving)
    tab.close()


@each_language
def test_a_page_prints_on_a4_with_its_claims_whole(shelf, browser, tmp_path, page):
    tab = opened(browser, front(shelf, "seed", page))
    tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    tab.close()
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    sizes = {tuple(round(side) for side in document[n].get_size()) for n in range(len(document))}
    assert sizes == {(595, 842)}
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    assert 4 <= len(texts) <= 14 and all(len(text) > 400 for text in texts[:-1])
    assert not any("Show only" in text or "Details" in text for text in texts)
    assert page == "ar.html" or "nothing else in the article bears on the shelling" in " ".join("".join(texts).split())
    assert all(f"{n} / {len(texts)}" in text for n, text in enumerate(texts, 1))
    document.close()


def test_the_list_has_every_report_and_sorts_by_its_columns(shelf, browser):
    tab = opened(browser, shelf / "index.html")
    titles = "[...document.querySelectorAll('.list tbody tr')].map(row => row.cells[2].dataset.value)"
    assert tab.evaluate(titles) == ["2024-11-21", "2024-10-09", "2021-08-26"]
    tab.get_by_role("button", name="Date").click()
    assert tab.evaluate(titles) == ["2021-08-26", "2024-10-09", "2024-11-21"]
    tab.get_by_role("button", name="Outlet's own voice").click()
    tab.get_by_role("button", name="Outlet's own voice").click()
    assert tab.evaluate(titles)[0] == "2021-08-26"  # half of it has no identified source
    assert tab.locator("th[aria-sort=descending]").count() == 1
    tab.locator(".list a").first.click()
    tab.wait_for_selector("#brief")
    tab.close()


REPORT = {
    "schema": 2, "article_id": "x", "title": "عنوان", "outlet": "", "published": "2024-01-02", "inferred": [], "made_by": "machine",
    "claims": 3, "sources": 2, "shares": {"named": 0.5, "unnamed": 0.1321, "not_identified": 0, "outlet": 0.08},
}  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("broken", "{"),
        ("deep", "[" * 200_000),
        ("endless", json.dumps(REPORT).replace('"sources": 2', '"sources": 1e999')),
        (
            "more-than-all",
            json.dumps(REPORT | {"shares": {"named": 5, "unnamed": 0, "not_identified": 0, "outlet": 0}}),
        ),
        ("half-a-pair", json.dumps(REPORT | {"title": "\ud800"})),
        ("no-day", json.dumps(REPORT | {"published": "<b>yesterday</b>"})),
        (".making.x", json.dumps(REPORT)),
        ("https:evil.example", json.dumps(REPORT)),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_a_folder_that_holds_something_else_is_passed_over_by_the_list(tmp_path, folder, said):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "report.json").write_text(said, encoding="utf-8")
    report_list.write(tmp_path)
    for lang in interface.LANGS:
        assert interface.load(lang)("list.empty") in (tmp_path / interface.FILES[lang]).read_text(encoding="utf-8")


def test_a_report_from_before_the_words_for_a_basis_is_listed_with_the_same_shares(tmp_path):
    old = {"named": 0.5, "unnamed": 0.1321, "not_told": 0, "none": 0.08, "no_claim": 0.2879}
    pages = []
    for number, record in enumerate((REPORT, REPORT | {"schema": 1, "shares": old})):
        folder = tmp_path / str(number)
        (folder / "x").mkdir(parents=True)
        (folder / "x" / "report.json").write_text(json.dumps(record), encoding="utf-8")
        report_list.write(folder)
        pages.append((folder / "index.html").read_text(encoding="utf-8"))
    assert "8%" in pages[0] and pages[0] == pages[1]


def test_shares_are_sorted_as_numbers(tmp_path, browser):
    for name, share in (("a", 0.5), ("b", 0.08), ("c", 0.1321), ("d", 1.0)):
        (tmp_path / name).mkdir()
        record = REPORT | {"article_id": name, "shares": REPORT["shares"] | {"named": share}}
        (tmp_path / name / "report.json").write_text(json.dumps(record), encoding="utf-8")
    report_list.write(tmp_path)
    tab = opened(browser, tmp_path / "index.html")
    tab.get_by_role("button", name="Named source", exact=True).click()
    found = tab.evaluate("[...document.querySelectorAll('.list tbody tr')].map(row => row.cells[3].dataset.value)")
    tab.close()
    assert found == ["0.08", "0.1321", "0.5", "1.0"]


def test_what_is_nobodys_in_particular_is_to_be_checked(tmp_path):
    text = "يقال إن أسامة بن لادن ما زال حيا. وزعموا أن الانتخابات في موعدها."
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)
    brief = overview.overview(reading)
    assert {reason.key for one in brief.check for reason in one.reasons} == {"not_identified"}
    assert brief.shares["unnamed"] == 0 and brief.shares["not_identified"] > 0.5


def test_the_front_page_of_a_thousand_words_is_light(tmp_path):
    lines = (ROOT / "data" / "gold" / "press_2.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n".join(json.loads(line)["text"] for line in lines[:3])
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)
    assert len(reading.article.words) > 1_000
    front_page.write(reading, KNOWN, tmp_path, {"en": [], "ar": []}, translation_memory.load(reading))
    assert all((tmp_path / page).stat().st_size < 1_000_000 for page in PAGES)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"outlet": "وكالة", "author": "A. B", "published": "2024-01-02"}, ["وكالة", "A. B", "2024-01-02"]),
        ({"published": "2024-01-02"}, ["2024-01-02"]),
        ({"published_earliest": "2024-01-02", "published_latest": "2024-01-05"}, []),
        ({}, []),
    ],
)
def test_under_the_headline_stands_what_is_known_of_outlet_author_and_date(reading, about, said):
    article = dataclasses.replace(reading.article, about=about)
    byline = Writer(dataclasses.replace(reading, article=article), interface.load("en")).byline()
    assert re.findall("<bdi>(.*?)</bdi>", byline) == said


TOLD = (
    "نفت وزارة النقل مسؤوليتها عن الحادث. وهدد سالم النجار بالانسحاب من الاتفاق. "
    "وقال سالم النجار إن الطريق مفتوح. عاد بروس هوفمان إلى المدينة مساء أمس."
)


def told():
    return readings.read(articles.from_text(TOLD, "told", Path("told.txt")), KNOWN, machine=True)


def pages_of(reading, folder):
    """The front pages of a reading, by language, with no character escaped."""
    front_page.write(reading, KNOWN, folder, {"en": [], "ar": []}, translation_memory.load(reading))
    return {lang: unescape((folder / interface.FILES[lang]).read_text(encoding="utf-8")) for lang in interface.LANGS}


def plain(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", html))


def test_in_a_list_of_claims_a_denial_and_a_threat_stand_with_their_cues(tmp_path):
    html = pages_of(told(), tmp_path)
    listed = {lang: plain(re.search('<ol class="check">.*?</ol>', each, re.DOTALL)[0]) for lang, each in html.items()}
    assert "وزارة النقل نفت: مسؤوليتها عن الحادث" in listed["ar"]
    assert "وزارة النقل [to deny · negative]: مسؤوليتها عن الحادث" in listed["en"]
    assert "سالم النجار هدد: بالانسحاب" in plain(html["ar"]).replace("وهدد", "هدد")
    assert re.search(r"سالم النجار \[to threaten · negative\] ?: بالانسحاب", plain(html["en"]))


def test_the_cue_of_a_claim_is_in_the_list_also_where_no_lexicon_has_its_meaning():
    reading = told()
    claim = structs.replace(reading.claims[0], cue_lemma=None, cue_form=None, stance=None)
    said = {lang: Writer(reading, interface.load(lang), KNOWN.cues).attribution(claim) for lang in interface.LANGS}
    assert said["en"].striptags().endswith("وزارة النقل [نفت]")
    assert said["ar"].striptags() == "وزارة النقل (نفت)"


def test_what_a_machine_found_no_source_for_is_called_the_outlets_own_by_people_only(tmp_path, shelf):
    machine = pages_of(told(), tmp_path)
    for lang, page in zip(interface.LANGS, PAGES, strict=True):
        said = interface.load(lang)
        own, found = said("who.outlet"), said.of("machine")("who.outlet")
        assert own != found and said.of("people")("who.outlet") == own
        assert found in machine[lang] and own.lower() not in machine[lang].lower()
        people = unescape(front(shelf, "seed", page).read_text(encoding="utf-8"))
        assert own in people and found not in people
        assert said.of("machine")("spoken.note") in machine[lang] and said("spoken.note") not in machine[lang]


def test_the_number_of_a_claim_is_that_of_its_id_wherever_it_is_shown(tmp_path):
    reading = told()
    left = dataclasses.replace(
        reading, claims=tuple(structs.replace(c, order=n) for n, c in enumerate(reading.claims[1:], 1))
    )
    assert [(claim.claim_id, claim.order) for claim in left.claims][:2] == [("c2", 1), ("c3", 2)]
    for lang, html in pages_of(left, tmp_path).items():
        assert dict(re.findall(r'<li id="claim-c(\d+)"[^>]* value="(\d+)"', html)) == {
            claim.claim_id[1:]: claim.claim_id[1:] for claim in left.claims
        }
        links = re.findall(r'href="#claim-c(\d+)"[^>]*>([^<#]*\d+)</a>', html)
        assert links and all(text.removeprefix(interface.load(lang)("claim", n="")) == n for n, text in links)


def test_a_claim_with_an_id_of_another_form_is_called_by_its_id():
    reading = told()
    write = Writer(reading, interface.load("en"))
    named = structs.replace(reading.claims[0], claim_id="o3")
    assert write.numbered(named) == 'data-mark="o3"' and write.numbered(reading.claims[0]) == 'value="1"'


def test_tables_of_the_notebooks_have_the_cue_beside_source_and_content_too():
    reading = told()
    first = reasons_to_check.check_first(reading).set_index("claim_id")
    denied = next(claim.claim_id for claim in reading.claims if claim.cue_text == "نفت")
    assert first.loc[denied, ["cue", "cue_en"]].tolist() == ["نفت", "to deny (negative)"]
    said = showing.table(audit.chain(reading), on=showing.page("ar", reading=reading))
    assert f"الادعاء {denied[1:]} (نفت)" in said
