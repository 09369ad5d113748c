"""Krippendorff's alpha against the values that he published, and its interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evaluation import reliability

# The examples A, B and C of "Computing Krippendorff's Alpha-Reliability" (2011): one string an annotator, "." for no label.
PUBLISHED = {
    "two annotators, two labels": (("0100000010", "1110010000"), 0.095),
    "two annotators, five labels": (("aabbdcccedda", "babbbccceddd"), 0.692),
    "four annotators, labels missing": (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
}


def units(annotators):
    return [tuple(None if label == "." else label for label in unit) for unit in zip(*annotators, strict=True)]


@pytest.mark.parametrize(("annotators", "value"), PUBLISHED.values(), ids=PUBLISHED)
def test_alpha_is_what_krippendorff_published(annotators, value):
    assert reliability.alpha(units(annotators)) == pytest.approx(value, abs=0.0005)


def test_full_agreement_is_one_and_no_agreement_is_below_zero():
    assert reliability.alpha(units(("abab", "abab"))) == 1
    assert reliability.alpha(units(("abab", "baba"))) < 0


@pytest.mark.parametrize("annotators", [("", ""), ("aaaa", "aaaa"), ("ab..", "..ab")])
def test_where_there_is_nothing_to_agree_on_alpha_is_not_defined(annotators):
    assert reliability.alpha(units(annotators)) is None
    assert reliability.interval([units(annotators)]) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_alpha_does_not_depend_on_who_is_named_first(pairs):
    turned = [(b, a) for a, b in pairs]
    assert reliability.alpha(pairs) == reliability.alpha(turned)


def test_the_interval_is_the_same_at_every_call_and_holds_the_value():
    sentences = [units(("aabb", "aabb")), units(("abab", "abba")), units(("bbaa", "bbab")), units(("ab", "ab"))]
    low, high = reliability.interval(sentences)
    assert (low, high) == reliability.interval(sentences)
    value = reliability.alpha(unit for sentence in sentences for unit in sentence)
    assert low < value < high <= 1


def test_words_of_a_sentence_are_drawn_together():
    """Where they agree within each sentence alike, no resample differs, however the words would fall."""
    sentence = units(("aabb", "abbb"))
    low, high = reliability.interval([sentence] * 5)
    whole = reliability.alpha(sentence * 5)
    assert low == high == pytest.approx(whole)
