import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extraction import mentions
from helpers.text import articles
from tests import cases


def found(text, actors):
    return mentions.find(articles.from_text(text, "case", "case.txt"), actors)


@pytest.mark.parametrize("case", cases.load("mentions.jsonl"))
def test_actors_are_found_in_any_spelling_and_nowhere_else(case, actors):
    assert [[m.actor_id, m.span.exact] for m in found(case["text"], actors)] == case["found"]


def test_the_seed_names_the_taliban_24_times(seed, actors):
    assert sum(m.actor_id == "taliban" for m in mentions.find(seed, actors)) == 24


def test_no_mention_of_the_seed_stands_in_the_military_base(seed, actors):
    base = seed.text.index("كقاعدة")
    assert not [m for m in mentions.find(seed, actors) if m.span.start < base + 6 and base < m.span.end]


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_mentions_of_any_shuffled_text_are_exact_and_never_overlap(seed, actors, number):
    pieces = seed.text.split(" ")
    random.Random(number).shuffle(pieces)
    text = " ".join(pieces)
    spans = [m.span for m in found(text, actors)]
    assert all(text[s.start : s.end] == s.exact for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
