"""Which words name a source, and whom they name: labelled sentences by kind, half of them where the rule must not act."""

from pathlib import Path

import pytest

from helpers import readings
from helpers.extraction import chunks, texts
from helpers.extraction.source_names import as_printed
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN


def read(text):
    return readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)


def phrase(text, first=0):
    words = texts.read(articles.from_text(text, "x", Path("x.txt")), KNOWN.vocabulary)
    return words, chunks.noun_phrase(words, chunks.phrase(words, first, len(words.words)))


@pytest.mark.parametrize("case", cases.read("source_phrases.jsonl"), ids=lambda case: f"{case['kind']}: {case['text']}")
def test_a_source_has_the_words_that_a_careful_reader_gives_it(case):
    assert [claim.source and claim.source.exact for claim in read(case["text"]).claims if claim.cue] == case["sources"]


@pytest.mark.parametrize("case", cases.read("source_names.jsonl"), ids=lambda case: f"{case['kind']}: {case['text']}")
def test_a_source_is_called_by_its_name_and_by_no_more(case):
    assert [[source.name, source.kind] for source in read(case["text"]).sources] == case["named"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("وأكد رئيس هيئة الجسور، سالم حمدان، أن الجسر جاهز.", "رئيس هيئة الجسور"),
        ("وقال رئيس المجلس، الدكتور كريم عبد العال، إن الجلسة غدا.", "رئيس المجلس"),
        ("وقال سالم حمدان، رئيس المجلس، إن الجلسة غدا.", "رئيس المجلس"),
        ("وقال رئيس المجلس سالم حمدان إن الجلسة غدا.", "رئيس المجلس"),
        ("وقال سالم حمدان إن الجلسة غدا.", None),
    ],
)
def test_the_reason_why_a_person_knows_is_the_title_and_not_the_name(text, reason):
    [source] = read(text).sources
    assert source.kind == "named person"
    assert (source.justification and source.justification.exact) == reason


def test_a_noun_with_a_preposition_after_a_title_is_no_name():
    [source] = read("وقالت الممثلة بخفّة ظل إن الفيلم جيد.").sources
    assert source.kind == "unnamed person"
    assert [one.kind for one in read("وقال الرئيس بوتفليطة إن الفيلم جيد.").sources] == ["named person"]


@pytest.mark.parametrize("case", cases.read("surnames.jsonl"), ids=lambda case: case["text"])
def test_a_surname_or_a_given_name_names_no_country(case):
    found = read(case["text"]).mentions
    assert [mention.actor_id for mention in found if mention.found_by == "lexicon"] == case["mentions"]


def test_mentions_are_numbered_without_gaps_where_one_is_left_out():
    found = read("وقال المدرب طارق السوداني لوزير الدفاع العراقي إن الجيش جاهز. وقالت كوبا إن الحدود مغلقة.").mentions
    assert [mention.mention_id for mention in found] == [f"m{n}" for n in range(1, len(found) + 1)]
    assert [mention.actor_id for mention in found if mention.found_by == "lexicon"] == ["iraq", "cuba"]


def test_a_noun_phrase_has_its_parts():
    words, found = phrase("مدير المتحف حازم لطفي (40 عاما) الذي عاد أمس")
    said = {
        name: " ".join(words.words[slice(*part)])
        for name in ("title", "name", "bracket", "relative")
        if (part := getattr(found, name))
    }
    assert said == {
        "title": "مدير المتحف",
        "name": "حازم لطفي",
        "bracket": "40 عاما الذي عاد امس",
        "relative": "الذي عاد امس",
    }
    assert (found.core, found.kind, found.definite) == (4, "person", False)


def test_a_phrase_is_cut_where_its_clause_ends_however_far_it_was_read_before():
    words = texts.read(articles.from_text("مدير المتحف حازم لطفي الذي عاد أمس", "x", Path("x.txt")), KNOWN.vocabulary)
    assert chunks.phrase(words, 0, 7) == (0, 7)
    assert chunks.phrase(words, 0, 5) == (0, 4)
    assert chunks.phrase(words, 0, 2) == (0, 2)


def test_a_name_is_told_as_it_is_seen():
    assert as_printed("سالم\u00a0 قنواتي\u200e") == "سالم قنواتي"
    assert as_printed("می\u200cخواهد") == "می\u200cخواهد"
