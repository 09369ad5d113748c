"""Possible claims, of low confidence: kept apart, never counted, and offered to people like the others.

The threshold is set relative to the confidence of a claim, so that these tests do not depend on the weights.
"""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from msgspec import structs

from helpers import readings
from helpers.analysis import shares
from helpers.annotation import draft, folder, load, write
from helpers.evaluation import gold_texts, scorecard
from helpers.extraction import claims, thresholds
from helpers.extraction.thresholds import Thresholds
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.text import articles
from tests.knowing import KNOWN

SCHEMA = json.loads((paths.home() / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))
TEXT = "أكدت المهندسة هبة الشواف أن الجسر آمن. وكان انطباع المارة أن الطريق مغلق."
DOUBTED = "انطباع"


def with_threshold(attributed):
    return replace(KNOWN, fitted=replace(KNOWN.fitted, thresholds=Thresholds(attributed)))


def read(known, text=TEXT, path="x.txt"):
    return readings.read(articles.from_text(text, "x", Path(path)), known, machine=True)


@pytest.fixture(scope="module")
def sure():
    """What is read where everything counts."""
    return read(with_threshold(0.0))


@pytest.fixture(scope="module")
def known(sure):
    """A threshold right above the confidence of one claim, and below that of the other."""
    one, other = (claim for claim in sure.claims if claim.attributed)
    assert (other.cue_text, one.confidence > other.confidence) == (DOUBTED, True)
    return with_threshold(other.confidence + 0.005)


def test_one_at_the_threshold_is_attributed_and_one_below_is_perhaps_so(sure, known):
    at = with_threshold(next(c.confidence for c in sure.claims if c.cue_text == DOUBTED))
    assert [[c.cue_text for c in read(each).perhaps_claims] for each in (at, known)] == [[], [DOUBTED]]
    assert [c.cue_text for c in read(known).claims if c.attributed] == ["أكدت"]


def test_its_words_are_the_outlets_own_and_it_is_in_no_count(sure, known):
    reading = read(known)
    assert [c.content_text for c in reading.claims if not c.attributed] == ["وكان انطباع المارة أن الطريق مغلق"]
    assert [c.order for c in reading.claims] == [1, 2]
    assert DOUBTED not in [c.cue_text for c in reading.asserted]
    assert [len(each.speaking) for each in (sure, reading)] == [2, 1]
    assert [[source.name for source in each.listed] for each in (sure, reading)] == [
        ["هبة الشواف", "المارة"],
        ["هبة الشواف"],
    ]
    own = [shares.by_basis(each).set_index("basis")["words"].get("outlet", 0) for each in (sure, reading)]
    assert own[0] < own[1]


def test_the_json_has_it_in_a_key_of_its_own_with_its_explanation(known):
    reading = read(known)
    plain, told = (codec.as_dict(reading, why) for why in (None, readings.explain(reading, known)))
    for written in (plain, told):
        jsonschema.validate(written, SCHEMA)
    (one,) = told["perhaps_claims"]
    assert one["source_id"] in [source["source_id"] for source in told["sources"]]
    assert one["explanation"]["confidence"] and one["confidence"] < known.fitted.thresholds.attributed
    assert one["claim_id"] not in [claim["claim_id"] for claim in told["claims"]]
    assert {key: value for key, value in one.items() if key != "explanation"} == plain["perhaps_claims"][0]


def test_what_stands_in_one_is_within_what_that_stands_in():
    text = "قالت الوزيرة إن المدير أكد أن الحارس ذكر أن الباب مفتوح."
    made = read(with_threshold(0.0), text).claims
    assert [c.within for c in made] == [None, made[0].claim_id, made[1].claim_id]
    counted, aside = claims.apart(made, lambda claim: claim.cue_text == "أكد")
    assert [(c.cue_text, c.within, c.order) for c in counted] == [("قالت", None, 1), ("ذكر", made[0].claim_id, 2)]
    assert [(c.cue_text, c.within) for c in aside] == [("أكد", made[0].claim_id)]
    counted, _ = claims.apart(made, lambda claim: claim.cue_text != "ذكر")
    assert [c.within for c in counted] == [None]


def test_a_draft_offers_it_and_it_counts_once_somebody_accepts_it(tmp_path, known):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    where = draft.save(read(known, path=str(path)), folder.beside(path))
    article = articles.load(path)
    drafted = load.annotations(article, known.actors, known.cues)
    assert [c.cue_text for c in drafted.claims] == ["أكدت", DOUBTED]
    before = readings.read(article, known)
    assert [c.cue_text for c in before.perhaps_claims] == [DOUBTED]
    assert (before.curated.decided, before.curated.of) == (0, 2)
    accepted = [
        structs.replace(c, status="accepted", annotator="sama") if c.cue_text == DOUBTED else c for c in drafted.claims
    ]
    write.tables(where, structs.replace(drafted, claims=tuple(accepted)))
    after = readings.read(article, known)
    assert (after.perhaps_claims, [c.cue_text for c in after.claims if c.attributed]) == ((), ["أكدت", DOUBTED])


def test_what_people_have_no_confidence_in_numbers_for_is_never_perhaps(reading):
    assert any(c.confidence is None for c in reading.claims)
    assert not any(claims.perhaps(c, 1.0) for c in reading.claims if c.confidence is None)


def test_an_evaluation_counts_what_is_attributed_alone(tmp_path, known):
    path = tmp_path / "gold.jsonl"
    article = articles.from_text(TEXT, "x", path)
    marked = gold_texts.as_record(article, read(known).claims)
    path.write_text(json.dumps(marked) + "\n", encoding="utf-8")
    found = [
        scorecard.evaluate(path, lambda one, each=each: claims.find(one, each.vocabulary, each.fitted)).score.spurious
        for each in (with_threshold(0.0), known)
    ]
    assert found == [1, 0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["other,0.5,measured"], "row 2: there is no threshold 'other'"),
        (
            ["attributed,0.5,measured", "attributed,0.4,measured"],
            "row 3: threshold 'attributed' is listed above already",
        ),
        (["attributed,0.5,"], "row 2: threshold 'attributed' has no reason"),
        (["attributed,half,measured"], "row 2: value is 'half'"),
        (["attributed,1.5,measured"], "row 2: value is '1.5'"),
        (["attributed,nan,measured"], "row 2: value is 'nan'"),
    ],
    ids=["unknown", "twice", "no reason", "no number", "over 1", "not a number"],
)
def test_a_row_of_thresholds_that_does_not_hold_is_named(tmp_path, rows, said):
    path = tmp_path / "thresholds.csv"
    path.write_text("\n".join(["threshold,value,reason", *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        thresholds.load(path)


def test_the_projects_threshold_has_a_claim_on_either_side():
    reading = read(KNOWN)
    assert [c.cue_text for c in reading.perhaps_claims] == [DOUBTED]
    assert [c.cue_text for c in reading.claims if c.attributed] == ["أكدت"]
