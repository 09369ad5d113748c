from itertools import product

import pytest

from helpers.extraction import finder, texts
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.files import paths
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN

NAMED = [
    ("قال الوزير إن الطريق مفتوح.", "verb-source-that"),
    ("الوزير قال إن الطريق مفتوح.", "source-verb-that"),
    ("وأضاف أن الطريق مفتوح.", "verb-that"),
    ("وقال الوزير: «الطريق مفتوح أمام الجميع منذ الصباح».", "verb-source-quotation"),
    ("«الطريق مفتوح أمام الجميع منذ الصباح»، يقول الوزير.", "quotation-verb-source"),
    ("أغلق الطريق أمس بسبب السيول، بحسب وزارة النقل.", "particle-after"),
    ("وبحسب وزارة النقل، أغلق الطريق أمس بسبب السيول.", "particle-before"),
    ("أغلق الطريق أمس بسبب السيول، كما قال الوزير.", "as-said-after"),
    ("ونقلت الصحيفة عن الوزير قوله إن الطريق مفتوح.", "relayed"),
    ("«الطريق مفتوح أمام الجميع منذ الصباح» - وزير النقل", "quotation-signed"),
    ("ومن وزير النقل: «الطريق مفتوح أمام الجميع منذ الصباح».", "signed-quotation"),
    ("وزير النقل: الطريق مفتوح أمام الجميع اليوم", "headline"),
]
EVERY = [Construction(*fields) for fields in product(Anchor, Opens, Stands, (None, Stands.BEFORE, Stands.AFTER))]


def drafts(text):
    read = texts.read(articles.from_text(text, "x", paths.Path("x")), KNOWN.vocabulary)
    return finder.drafts(read, KNOWN.vocabulary.colon, KNOWN.fitted.antecedents)


def found():
    """The constructions of the labelled sentences."""
    every = (
        draft for name in ("claims.jsonl", "cues.jsonl") for case in cases.read(name) for draft in drafts(case["text"])
    )
    return {draft.construction for draft in every}


def test_two_constructions_that_are_found_never_share_a_name_unless_both_relay():
    named = {}
    for one in found():
        assert named.setdefault(one.name, one) == one or one.anchor is Anchor.RELAYED


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_construction_has_the_name_that_is_printed(text, name):
    assert [draft.rule for draft in drafts(text)] == [name]
