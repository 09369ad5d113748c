import json
from pathlib import Path

import pytest

from helpers.extraction import antecedent_features, antecedents, claims, confidence, finder, texts, weights
from helpers.extraction.weights import Weights
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN

GOLD = [json.loads(line)["text"] for line in paths.resolve("data/gold/press_1.jsonl").read_text("utf-8").splitlines()]


def article(text):
    return articles.from_text(text, "x", Path("x"))


def found(text):
    made = claims.find(article(text), KNOWN.vocabulary, KNOWN.fitted)
    return [claim for claim in made if claim.attributed]


def drafts(text):
    read = texts.read(article(text), KNOWN.vocabulary)
    return read, finder.drafts(read, KNOWN.vocabulary.colon, KNOWN.fitted.antecedents)


@pytest.mark.parametrize("case", cases.load("antecedents.jsonl"))
def test_who_speaks_where_the_last_claim_names_nobody(case):
    last = found(case["text"])[-1]
    assert (last.source, last.antecedent and last.antecedent.exact) == (None, case["speaker"])
    assert last.source_via == ("inherited" if case["speaker"] else "unresolved")


def test_the_likeliest_candidate_is_taken_only_where_it_is_likely_enough():
    choice = antecedents.Choice(
        number=0,
        candidates=["one", "other"],
        names=[frozenset({"سلمى"}), frozenset({"نادر"})],
        features=[["agrees"], ["disagrees"]],
        nobody=["nobody"],
    )
    weighed = Weights({"agrees": 1.0, "disagrees": -1.0})
    assert antecedents.likeliest(choice, weighed, enough=0.6) == 0
    assert antecedents.likeliest(choice, weighed, enough=0.7) is None
    assert antecedents.likeliest(choice, Weights({"disagrees": 1.0}), enough=0.5) == 1


def test_every_feature_that_a_claim_has_is_one_that_a_table_may_weigh():
    for text in GOLD:
        read, made = drafts(text)
        for seen in confidence.features(read, made):
            assert set(seen) <= confidence.FEATURES
        for choice in antecedents.choices(read, made):
            assert {name for features in choice.features for name in features} <= antecedent_features.FEATURES
            assert set(choice.nobody) <= antecedent_features.FEATURES


def test_a_confidence_is_a_share_and_more_of_what_speaks_for_a_claim_makes_it_greater():
    read, made = drafts(GOLD[0])
    least, half, most = (confidence.of(read, made, Weights({"any claim": each})) for each in (-99.0, 0.0, 99.0))
    assert made and set(half) == {0.5}
    for at, features in enumerate(confidence.features(read, made)):
        assert 0 < least[at] < half[at] < most[at] < 1
        assert confidence.of(read, made, Weights({features[1]: 1.0}))[at] > 0.5


def test_an_unresolved_speaker_makes_a_claim_less_sure_than_an_inherited_one():
    known, unknown = (
        found(text)[-1] for text in ("قالت الوزيرة إن الجسر آمن. وأضافت أن الأعمال انتهت.", "وأضافت أن الأعمال انتهت.")
    )
    assert known.confidence > unknown.confidence


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("agrees,1\nmoonlight,2\n", "row 3: there is no feature 'moonlight'"),
        ("agrees,heavy\n", "row 2: weight is 'heavy'"),
        ("agrees,nan\n", "row 2: weight is 'nan'"),
        ("agrees,1\nagrees,2\n", "row 3: feature 'agrees' is listed above already"),
    ],
)
def test_a_table_of_weights_that_does_not_hold_is_refused_in_one_line(tmp_path, rows, said):
    path = tmp_path / "antecedents.csv"
    path.write_text("feature,weight\n" + rows, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        weights.load(path, antecedent_features.FEATURES)
    assert said in str(raised.value) and "\n" not in str(raised.value)


def test_weights_that_are_written_are_read_again(tmp_path):
    weights.write(tmp_path / "w.csv", Weights({"agrees": 1.25, "disagrees": -0.5, "nobody": 0.001}))
    assert weights.load(tmp_path / "w.csv", antecedent_features.FEATURES) == Weights(
        {"agrees": 1.25, "disagrees": -0.5}
    )
