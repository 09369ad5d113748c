"""Captions of embedded posts in another script: no claims of the outlet, and no names of people."""

import pytest

from helpers import readings
from helpers.extraction import captions, outlet, texts
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN


def article(text):
    return articles.from_text(text, "case", "case.txt")


@pytest.mark.parametrize("case", cases.load("captions.jsonl"))
def test_the_outlet_claims_nothing_with_a_caption_and_says_what_is_beside_it(case):
    reading = readings.read(article(case["text"]), KNOWN, machine=True)
    assert [claim.content_text for claim in reading.claims if not claim.attributed] == case["own"]
    found = texts.read(reading.article, KNOWN.vocabulary)
    assert [claim.content_text for claim in outlet.beside(found, ())] == case["own"]
    assert not [actor.name_ar for actor in reading.named if actor.name_ar.isascii()]


def test_the_name_of_an_account_directly_before_its_handle_can_still_be_an_actors():
    text = texts.read(article("Welcome to all our fans\n\n— نادي Lions (@lions) March 4, 2022"), KNOWN.vocabulary)
    inside = captions.inside(text, captions.find(text))
    assert [text.words[at] for at in sorted(inside)] == [
        *["Welcome", "to", "all", "our", "fans"],
        "lions",
        "March",
        "4",
        "2022",
    ]


def test_an_article_without_another_script_has_no_captions(seed):
    assert captions.find(texts.read(seed, KNOWN.vocabulary)) == []
