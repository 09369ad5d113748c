"""Invariants of the tables of any article and any corpus: every word, claim and mention is counted once."""

import json

import pytest

from helpers import readings
from helpers.analysis import audit, comparisons, frames, shares
from helpers.corpus import questions, repeated_claims
from helpers.extraction import times
from helpers.records import claims
from helpers.report import reasons_to_check
from helpers.text import orthography
from tests import many_readings
from tests.conftest import EXAMPLES, ROOT
from tests.knowing import KNOWN

each = pytest.mark.parametrize("name", [*many_readings.NAMES, *many_readings.GOLD])


@each
def test_every_word_is_in_exactly_one_sentence(name):
    for reading in many_readings.every(name):
        article = reading.article
        assert frames.sentences(reading)["words"].sum() == len(article.words)
        assert all(article.text[s.start : s.end].strip() == article.text[s.start : s.end] for s in article.sentences)
        assert all(orthography.fold(article.text[start:end]).text for start, end in article.words)


@each
def test_every_word_rests_on_one_thing(name):
    for reading in many_readings.every(name):
        rest = shares.by_basis(reading)
        assert rest["words"].sum() == len(reading.article.words)
        assert rest["claims"].sum() == len(reading.asserted)
        assert shares.in_no_claim(reading)["words"].sum() == rest.set_index("basis")["words"]["unclaimed"]


@each
def test_what_is_in_the_outlets_own_voice_is_what_attributed_claims_leave_of_a_sentence(name):
    for reading in many_readings.every(name):
        left = claims.remainders(reading.article, reading.claims)
        for claim in reading.claims:
            if not claim.attributed:
                assert set(claim.content) <= set(left[claim.sentence - 1]), claim.claim_id


@each
def test_every_mention_is_counted_once(name):
    for reading in many_readings.every(name):
        mentions, paragraphs = frames.mentions(reading), len(reading.article.paragraphs)
        together = frames.together(mentions).to_numpy()
        assert frames.counts(mentions)["mentions"].sum() == len(mentions)
        assert frames.spellings(mentions)["mentions"].sum() == len(mentions)
        assert frames.dispersion(mentions, paragraphs).to_numpy().sum() == len(mentions)
        assert (together == together.T).all()
        assert not mentions.loc[mentions["via"] != "description", ["start", "end"]].duplicated().any()
        assert frames.perhaps(reading)["mentions"].sum() == sum(len(one.mentions) for one in reading.perhaps)


@each
def test_every_attributed_claim_is_in_each_table_of_how_it_is_sourced(name):
    for reading in many_readings.every(name):
        made = audit.attributed(reading)
        assert audit.by_source(reading)["claims"].sum() == sum(claim.source_id is not None for claim in made)
        assert (audit.by_form(reading).groupby("attribute")["claims"].sum() == len(made)).all()
        assert (audit.chain(reading)["relation"] == "says").sum() == len(made)
        ids = {claim.claim_id for claim in reading.claims}
        assert set(reasons_to_check.check_first(reading)["claim_id"]) <= ids
        assert set(audit.on_one_unnamed(reading)["claim_id"]) <= {claim.claim_id for claim in made}


@each
def test_a_time_is_the_words_that_it_is_read_from_and_begins_before_it_ends(name):
    for reading in many_readings.every(name):
        found = times.find(reading.article)
        assert all(reading.article.text[t.span.start : t.span.end] == t.span.exact for t in found)
        assert all(t.earliest <= t.latest for t in found if t.earliest and t.latest)
        told = {claim.claim_id for claim in reading.asserted}
        events = [event.event_id for event in reading.events if told & set(event.claim_ids)]
        assert sorted(frames.events(reading, found)["event_id"]) == sorted(events)


@each
def test_every_annotated_claim_is_beside_the_machines_once(name):
    for people in many_readings.every(name):
        machine = readings.read(people.article, KNOWN, machine=True)
        annotated = people.claims_from == "people"
        beside = comparisons.side_by_side(people, machine, comparisons.compare(people, machine))
        attributed = audit.attributed(people) if annotated else []
        assert sorted(filter(None, beside["people claim"])) == sorted(claim.claim_id for claim in attributed)
        agreed = comparisons.agreement(people, machine)
        assert agreed.to_numpy().sum() == annotated * len(people.article.words)


@pytest.mark.parametrize("corpus", [ROOT / "data/corpus", EXAMPLES / "economy.txt", "one short line"])
def test_every_article_of_a_corpus_is_in_one_outlet_and_one_month_each_of_its_words_counted_once(corpus, tmp_path):
    if isinstance(corpus, str):
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "صباح الخير"}) + "\n", encoding="utf-8")
        corpus = tmp_path / "a.jsonl"
    db = questions.database(corpus, tmp_path)
    counts, voices, found = questions.counts(db), questions.voices(db), repeated_claims.groups(db)
    parts = "named_words + unnamed_words + not_identified_words + outlet_words + unclaimed_words"
    [(words, counted)] = db.sql(f"select sum(words), sum({parts}) from articles").fetchall()
    [(named,)] = db.sql("select count(*) from sourced where basis = 'named'").fetchall()
    assert words == counted
    assert voices["speaks"].sum() == named
    assert questions.overview(db)["articles"].sum() == questions.rests(db)["articles"].sum() == counts["articles"]
    assert (found.groupby("group")["outlet"].nunique() > 1).all()
    assert not found.duplicated(["group", "number"]).any()
    routes, unnamed = repeated_claims.routes(found), repeated_claims.on_one_unnamed(found)
    assert len(routes) == found["group"].nunique()
    assert set(unnamed["group"]) <= set(routes.loc[routes["attribution"] == "unnamed", "group"])


def test_a_corpus_in_which_no_claim_is_repeated_has_no_copies(tmp_path):
    found = repeated_claims.groups(questions.database(EXAMPLES / "economy.txt", tmp_path))
    assert found.empty and list(found.columns[:3]) == ["group", "place", "outlet"]
    assert repeated_claims.routes(found).empty and repeated_claims.on_one_unnamed(found).empty
