"""Claims that are not asserted are kept, shown as such, and never counted: with one claim of each modality."""

import json
from dataclasses import replace

import jsonschema
import pytest
from msgspec import structs

from helpers import readings
from helpers.analysis import audit, comparisons, frames, overview, shares
from helpers.charts import claims as claim_charts
from helpers.corpus import driver, partition, progress, questions, repeated_claims
from helpers.evaluation import gold_texts
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.records import claims
from helpers.records.events import Event
from helpers.records.messages import message
from helpers.records.modality import Modality
from helpers.report import cards, front_page, interface, translation_memory
from helpers.report.writer import Writer
from helpers.text import articles
from tests import showing, unsaid
from tests.conftest import ROOT, SEED, in_one_line
from tests.knowing import KNOWN
from tests.test_charts import said

OTHERS = [modality for modality in Modality if modality != Modality.ASSERTED]
LABELS = {
    "en": ("not said: negated", "not said: asked", "not said: conditional", "not said: announced for later"),
    "ar": ("لم يُقل: منفي", "لم يُقل: استفهام", "لم يُقل: مشروط", "لم يُقل: مستقبل"),
}


@pytest.fixture(scope="module")
def reading():
    return unsaid.reading()


@pytest.fixture(scope="module")
def if_said():
    """The same article as if all claims were asserted."""
    return unsaid.reading(all_asserted=True)


def words(reading, text: str) -> list[tuple[str, str]]:
    """Claim and basis of each word of a piece of the article."""
    start = reading.article.text.index(text)
    table = shares.words_by_claim(reading)
    here = table[(table["start"] >= start) & (table["end"] <= start + len(text))]
    return list(zip(here["claim_id"], here["basis"], strict=True))


def size(text: str) -> int:
    """How many words a text has."""
    return text.count(" ") + 1


# --- the record


def test_the_claims_and_the_speakers_that_count_are_those_that_the_article_asserts(reading):
    assert {claim.modality for claim in reading.claims} == set(Modality)
    assert tuple(claim.claim_id for claim in reading.asserted) == unsaid.SAID
    assert [source.source_id for source in reading.speaking] == ["s1", "s6"]


def test_a_claim_of_any_modality_is_written_as_the_schema_says_and_is_a_row_of_the_frame(reading):
    written = json.loads(json.dumps(reading.to_dict(), ensure_ascii=False))
    jsonschema.validate(written, json.loads((ROOT / "data/schema/annotate.schema.json").read_text(encoding="utf-8")))
    told = [str(modality) for *_, modality in unsaid.TOLD]
    assert [claim["modality"] for claim in written["claims"]] == reading.to_frame("claims")["modality"].tolist() == told


def test_the_schema_refuses_another_modality_and_an_own_voice_that_is_not_asserted(reading):
    schema = json.loads((ROOT / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))
    written = reading.to_dict()
    written["claims"][1]["modality"] = "doubted"
    with pytest.raises(jsonschema.ValidationError, match="doubted"):
        jsonschema.validate(written, schema)
    own = readings.read(articles.load(SEED), KNOWN).to_dict()
    next(claim for claim in own["claims"] if claim["kind"] == "unattributed")["modality"] = "negated"
    with pytest.raises(jsonschema.ValidationError, match="'asserted' was expected"):
        jsonschema.validate(own, schema)


# --- counts and shares of an article


def test_the_words_of_what_was_not_said_are_the_outlets_own_or_those_of_the_claim_around_it(reading):
    assert set(words(reading, "الطريق الساحلي مفتوح")) == {("c1", "named")}
    for content in ("الجسر القديم سيغلق", "روسيا أغلقت الميناء", "الضرائب سترتفع", "السوق ستنتقل إلى حي آخر"):
        assert set(words(reading, content)) == {("", "outlet")}
    assert set(words(reading, "المدرسة مغلقة")) == {("c6", "named")}


def test_a_claim_that_was_made_inside_one_that_was_not_has_its_words(reading):
    outer, inner = reading.claims[-2:]
    turned = (structs.replace(outer, modality=Modality.NEGATED), structs.replace(inner, modality=Modality.ASSERTED))
    owner = claims.innermost(reading.article, turned)
    assert owner.count(1) == size("النائب يقل المدرسة مغلقة")
    assert owner.count(claims.UNSAID) == size("أكدت المتحدثة هدى رمضان لم إن")


def test_shares_count_what_was_said_and_add_up(reading, if_said):
    table, all_said = (shares.by_basis(each).set_index("basis") for each in (reading, if_said))
    assert table["claims"].to_dict() == {"named": 2, "unnamed": 0, "not_identified": 0, "outlet": 0, "unclaimed": 0}
    assert all_said["claims"].sum() == 7 and all_said.loc["outlet", "words"] == 0
    assert table.loc["outlet", "words"] == size(
        "يقل المدير كريم سابا الجسر القديم سيغلق قال الناطق وائل منصور روسيا أغلقت الميناء أعلنت المديرة ندى العلي الضرائب "
        "سترتفع سيعلن رئيس البلدية السوق ستنتقل إلى حي آخر"
    )
    assert table["words"].sum() == all_said["words"].sum() == len(reading.article.words)
    assert table["share_of_claims"].sum() == 1
    in_none = shares.in_no_claim(reading)
    assert in_none["words"].sum() == table.loc["unclaimed", "words"] and "الجسر" not in " ".join(in_none["exact"])


def test_the_headline_figures_count_what_was_said(reading):
    assert [n for n, _ in shares.headlines(reading)][::4] == [2, message("figure.of", n=2, all=2)]


def test_the_audit_counts_what_was_said(reading, if_said):
    assert audit.by_source(reading)["source_id"].tolist() == ["s6", "s1"]
    assert audit.by_form(reading).groupby("attribute")["claims"].sum().unique().tolist() == [2]
    assert set(audit.chain(reading)["to"]) == {"claim:c1", "claim:c6"}
    assert ["claim:c6", "source:s7", "relays"] in audit.chain(if_said).to_numpy().tolist()
    assert audit.heard(reading).empty and audit.heard(if_said)["actor_id"].tolist() == ["russia"]
    assert audit.on_one_unnamed(reading).empty and len(audit.on_one_unnamed(if_said)) == 2
    assert [each.claim.claim_id for each in audit.reasons(reading)] == ["c1"]
    assert "c2" in [each.claim.claim_id for each in audit.reasons(if_said)]


def test_an_asserted_claim_within_one_that_was_not_made_is_relayed_by_nobody(reading):
    outer, inner = reading.claims[-2:]
    turned = (structs.replace(outer, modality=Modality.NEGATED), structs.replace(inner, modality=Modality.ASSERTED))
    edges = audit.chain(replace(reading, claims=(*reading.claims[:-2], *turned)))
    assert set(edges["relation"]) == {"says"} and set(edges["to"]) == {"claim:c1", "claim:c7"}


def test_the_first_screen_shows_what_was_said(reading, if_said):
    brief, other = overview.overview(reading), overview.overview(if_said)
    assert [one.source.source_id for one in brief.speakers] == ["s1", "s6"] and len(other.speakers) == 6
    assert [claim.claim_id for claim in brief.unsure] == ["c1", "c6"]
    assert [one.claim.claim_id for one in brief.check] == ["c1"]
    assert brief.shares["outlet"] > 0.4 and other.shares["outlet"] == 0


def test_an_unsaid_claim_is_neither_well_nor_badly_attributed(reading):
    about = tuple(structs.replace(claim, kind="direct", about=("russia",)) for claim in reading.claims)
    brief = overview.overview(replace(reading, claims=about))
    assert {pick.claim.claim_id for pick in (*brief.best, *brief.least)} == {"c6"}


def test_tables_have_every_claim_with_its_modality_and_count_those_that_were_made(reading, if_said):
    table = frames.claims(reading)
    assert table["modality"].tolist() == [str(modality) for *_, modality in unsaid.TOLD]
    counts = frames.sources(reading).set_index("source_id")["claims"].to_dict()
    assert counts == {"s1": 1, "s2": 0, "s3": 0, "s4": 0, "s5": 0, "s6": 1, "s7": 0}
    assert frames.voices(reading).empty and frames.voices(if_said)["spoken_about"].tolist() == [1]


def test_the_timeline_has_what_was_said_to_happen(reading):
    events = tuple(
        Event(f"e{n}", "حدث", "an event", None, ids, "") for n, ids in enumerate([("c1", "c2"), ("c2",), ("c5",)])
    )
    table = frames.events(replace(reading, events=events), [])
    assert table[["event_id", "claims"]].to_numpy().tolist() == [["e0", "c1"]]


def test_a_chart_of_sources_shows_those_that_speak(reading):
    figure = claim_charts.claims_by_source(audit.by_source(reading))
    assert "هدى رمضان" in said(figure, "ar") and "كريم سابا" not in said(figure, "ar")


def test_a_comparison_takes_what_was_said_on_either_side(reading, if_said):
    assert len(gold_texts.from_claims(reading.claims)) == 2
    people = replace(reading, claims_from="people")
    found = comparisons.compare(people, if_said)
    assert sum(outcome.gold is not None for outcome in found.outcomes) == 2
    assert [outcome.what for outcome in comparisons.compare(people, reading).outcomes] == ["right", "right"]
    table = comparisons.agreement(people, reading)
    assert (
        table.loc["unattributed", "unattributed"] == shares.by_basis(reading).set_index("basis").loc["outlet", "words"]
    )


# --- a corpus


@pytest.fixture
def corpus(reading, tmp_path, monkeypatch):
    """The article in two outlets, read into tables; gives their folder and what the run says of it."""
    lines = [{"id": f"a{n}", "text": unsaid.TEXT, "outlet": f"صحيفة {n}", "date": f"2024-05-0{n}"} for n in (1, 2)]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")

    def read(record, *_):
        about = {name: str(value) for name, value in record.about.items()}
        return replace(reading, article=articles.from_text(record.text, record.article_id, path, about=about))

    monkeypatch.setattr(partition, "read_article", read)
    return tmp_path / "out", driver.run_in_process([str(path)], tmp_path / "out", Options())


def test_a_corpus_keeps_every_claim_and_counts_those_that_were_made(corpus, tmp_path, reading):
    folder, done = corpus
    assert (done.counts["claims"], done.counts["asserted"]) == (14, 4)
    assert " 2 articles, 4 claims, " in progress.summary(done, progress._Lines(), folder)
    db = questions.database(folder, tmp_path)
    kept = db.sql("select modality, sum(words) from claims group by modality").fetchall()
    assert dict(kept) == {"asserted": 34} | dict.fromkeys(map(str, OTHERS), 0)
    assert questions.counts(db)["claims"] == 4
    assert db.sql("select distinct claim_id from sourced order by all").fetchall() == [("c1",), ("c6",)]
    assert questions.overview(db)[["claims", "sources"]].to_numpy().tolist() == [[2, 2], [2, 2]]
    expected = shares.by_basis(reading).set_index("basis")["share"]
    assert questions.rests(db)["outlet_share"].tolist() == [expected["outlet"]] * 2
    voices = questions.voices(db)
    assert set(voices["speaker"]) == {"الوزير سالم النجار", "المتحدثة هدى رمضان"} and not voices["spoken_about"].any()
    assert voices.groupby("speaker")["speaks"].sum().tolist() == [2, 2]
    assert voices.groupby("speaker")["distinct"].sum().tolist() == [1, 1], "the second article has the first's text"


def test_a_claim_that_was_not_made_has_no_route_from_outlet_to_outlet(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(repeated_claims, "FEWEST_WORDS", 2)
    found = repeated_claims.groups(questions.database(corpus[0], tmp_path))
    assert sorted(found["claim_id"]) == ["c1", "c1", "c6", "c6"]


# --- what people annotated


@pytest.fixture
def annotated(house):
    """The seed's claims.csv in a copy of the house, with a column `modality` that holds what is given for a claim."""
    (path,) = (house / "data/annotations").glob("*/claims.csv")

    def write(**modalities: str):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        rows = [f"{row},{modalities.get(row.partition(',')[0], '')}" for row in rows]
        path.write_text("\n".join([f"{head},modality", *rows]) + "\n", encoding="utf-8")

    return write


def test_people_may_say_what_was_not_said_and_old_files_say_nothing_of_it(annotated, house, called, reading):
    seed = readings.read(articles.load(SEED), KNOWN)
    assert seed.asserted == seed.claims
    wanted = next(claim.claim_id for claim in seed.claims if claim.attributed)
    annotated(**{wanted: "negated"})
    done = called("annotate", SEED, home=house)
    told = {claim["claim_id"]: claim["modality"] for claim in json.loads(done.stdout)["claims"]}
    assert told == {claim.claim_id: "asserted" for claim in seed.claims} | {wanted: "negated"}


def test_a_modality_that_there_is_not_is_refused_with_its_row(annotated, house, called):
    annotated(c01="", c02="denied")
    done = called("annotate", SEED, home=house)
    assert in_one_line(done, "claims.csv: row 3: modality is 'denied'; write one of: (empty), asserted, negated")


def test_the_outlets_own_voice_cannot_be_negated(annotated, house, called):
    annotated(c01="negated")
    assert in_one_line(called("annotate", SEED, home=house), "claims.csv: row 2: modality is negated", "own voice")


def test_a_column_that_is_neither_wanted_nor_optional_is_still_refused(annotated, house):
    annotated()
    (path,) = (house / "data/annotations").glob("*/claims.csv")
    path.write_text(path.read_text(encoding="utf-8").replace(",modality", ",mood", 1), encoding="utf-8")
    with pytest.raises(InputError, match="row 1: the columns are"):
        from helpers.annotation import claim_rows
        from helpers.files import csv_rows

        csv_rows.read(path, claim_rows.COLUMNS, optional=claim_rows.OPTIONAL)


# --- pages


@pytest.mark.parametrize("lang", interface.LANGS)
def test_a_card_says_that_its_claim_was_not_made_and_how_the_article_tells_of_it(reading, lang):
    write = Writer(reading, interface.load(lang))
    for claim in reading.claims:
        facts = {fact.label: fact.text for fact in cards.card(write, claim).facts}
        label = "" if claim.asserted else LABELS[lang][OTHERS.index(claim.modality)]
        assert (label in write.unsaid(claim)) and bool(write.unsaid(claim)) != claim.asserted
        assert (interface.load(lang)("modality") in facts) != claim.asserted


@pytest.mark.parametrize("lang", interface.LANGS)
def test_the_key_to_the_marks_explains_the_dashed_one_where_there_is_one(reading, if_said, lang):
    for shown, dashed in ((reading, True), (if_said, False)):
        assert ("isnad-unsaid" in Writer(shown, interface.load(lang)).legend()) == dashed


def test_the_article_marks_what_was_not_said_inside_what_was(reading):
    html = showing.article(reading)
    assert '<mark class="isnad-indirect"><span class="isnad-unsaid">المدرسة مغلقة</span></mark>' in html
    assert '<span class="isnad-unsaid">الجسر القديم سيغلق</span>' in html
    for made in (html, showing.claims(reading)):
        assert all(made.count(f">{label}<") == (2 if "negated" in label else 1) for label in LABELS["en"])
    assert "isnad-unsaid" not in showing.article(unsaid.reading(all_asserted=True))


def test_the_list_of_reports_counts_what_was_said(reading):
    told = front_page.summary(reading, overview.overview(reading))
    assert (told["claims"], told["sources"]) == (2, 2)


@pytest.fixture(scope="module")
def pages(reading, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    front_page.write(reading, KNOWN, folder, {"en": [], "ar": []}, translation_memory.load(reading))
    return folder


@pytest.mark.parametrize("lang", interface.LANGS)
def test_a_page_can_hide_what_was_not_said(pages, browser, lang):
    tab = browser.new_page()
    tab.goto((pages / interface.FILES[lang]).as_uri())

    def shown(choice: str) -> list[str]:
        tab.select_option("#by-modality", choice)
        seen = tab.locator(".isnad-said > li:visible").evaluate_all("all => all.map(each => each.id)")
        return [claim_id.removeprefix("claim-") for claim_id in seen]

    assert shown("said") == list(unsaid.SAID) and "2" in tab.inner_text("#shown")
    assert shown("unsaid") == list(unsaid.UNSAID)
    assert len(shown("")) == 7
    shown("said")
    tab.select_option("#by-source", "s2")
    assert tab.locator(".isnad-said > li:visible").count() == 0
    tab.locator('a[href="#claim-c2"]').last.click()
    assert tab.locator("#claim-c2").is_visible()
    tab.close()


@pytest.mark.parametrize("seen", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"media": "print"}])
def test_the_dashed_mark_can_be_seen_on_the_screen_in_the_dark_and_on_paper(pages, browser, seen):
    tab = browser.new_page()
    tab.goto((pages / "index.html").as_uri())
    tab.emulate_media(**seen)
    style = tab.locator(".isnad-paragraph span.isnad-unsaid").first.evaluate(
        "each => { const s = getComputedStyle(each); return [s.borderBottomStyle, s.borderBottomColor, getComputedStyle(document.body).backgroundColor]; }"
    )
    assert style[0] == "dashed" and style[1] != style[2]
    assert tab.locator(".isnad-said small.isnad-unsaid").first.is_visible()
    tab.close()


def test_a_page_on_which_all_was_said_does_not_ask(if_said, tmp_path):
    front_page.write(if_said, KNOWN, tmp_path, {"en": [], "ar": []}, translation_memory.load(if_said))
    assert "by-modality" not in (tmp_path / "index.html").read_text(encoding="utf-8").partition("<script>")[0]
