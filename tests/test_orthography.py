import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text import orthography, punctuation
from tests import cases

LETTERS = st.sampled_from('اأإآبةهىيطلنوكق ًٌَُِّْـ\u200f\u0655ﻻﷲﷺ.،“”«»"0٢ISKé\n')
ARABIC = st.text(LETTERS, max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize("case", cases.load("folding.jsonl"))
def test_spelling_variants_fold_together(case):
    assert orthography.fold(case["text"]).text == case["folded"]


@given(ARABIC)
def test_every_folded_stretch_maps_back_into_the_text_in_order(text):
    folded = orthography.fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    # folding the original stretch again gives at least the folded character: nothing is mapped to a stranger
    assert all(
        char in orthography.fold(text[start:end]).text for char, (start, end) in zip(folded.text, spans, strict=True)
    )


def test_the_marks_after_a_words_last_letter_belong_to_it():
    text = "قال طالبانُ نعم"
    start, end = orthography.words(text)[1]
    assert text[start:end] == "طالبانُ"


@given(ARABIC)
def test_words_lie_inside_the_text_and_never_overlap(text):
    found = orthography.words(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


def test_a_number_with_its_comma_is_one_word():
    text = "أطلقت 5,000 عنصر"
    assert [text[a:b] for a, b in orthography.words(text)] == ["أطلقت", "5,000", "عنصر"]


@pytest.mark.parametrize(
    ("word", "adjective", "forms", "never"),
    [
        ("طالبان", False, {"طالبان", "وطالبان", "لطالبان", "بطالبان", "فلطالبان"}, {"الطالبان"}),
        ("المخابرات", False, {"المخابرات", "للمخابرات", "وبالمخابرات"}, {"لالمخابرات", "مخابرات"}),
        ("أمريكي", True, {"امريكي", "الامريكي", "للامريكي", "وامريكي"}, {"بامريكي", "فامريكي"}),
        ("الليبي", False, {"لليبي", "الليبي"}, {"للليبي"}),
        ("ألمانيا", False, {"المانيا", "لالمانيا", "والمانيا"}, {"للمانيا"}),
    ],
)
def test_a_word_takes_its_proclitics_and_no_others(word, adjective, forms, never):
    found = dict(orthography.with_proclitics(word, adjective))
    assert forms <= set(found)
    assert not never & set(found)


def test_quotation_marks_pair_as_they_come_and_the_odd_one_is_told():
    text = 'قال ”نعم“ و «لا» ثم "'
    pairs, alone = punctuation.quotations(text, 0, len(text))
    assert [text[a : b + 1] for a, b in pairs] == ["”نعم“", "«لا»"]
    assert [text[at] for at in alone] == ['"']
