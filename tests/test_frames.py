import pandas as pd
import pytest

from helpers import readings
from helpers.analysis import frames, shares
from helpers.text import articles


@pytest.fixture(scope="module")
def mentions(reading):
    return frames.mentions(reading)


def test_counts_hold_names_and_descriptions_apart(mentions):
    counts = frames.counts(mentions).set_index("actor_id")
    assert counts.loc["taliban", ["names", "descriptions", "mentions"]].tolist() == [24, 3, 27]
    assert counts["mentions"].sum() == len(mentions)


def test_ties_are_in_the_order_of_ids_so_that_a_stored_table_never_reorders(mentions):
    shuffled = frames.counts(mentions.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(shuffled, frames.counts(mentions))


def test_dispersion_and_spellings_count_every_mention_once(reading, mentions):
    assert frames.dispersion(mentions, len(reading.article.paragraphs)).to_numpy().sum() == len(mentions)
    assert frames.spellings(mentions)["mentions"].sum() == len(mentions)


def test_two_actors_are_together_once_a_sentence_however_often_it_names_them():
    named = pd.DataFrame(
        [(1, "a"), (1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (3, "c")], columns=["sentence", "actor_id"]
    ).assign(name_ar="", name_en="", found_by="lexicon", via="name")
    together = frames.together(named)
    assert together.loc["a", "b"] == together.loc["b", "a"] == 2
    assert together.loc["a", "a"] == 3
    assert "c" not in together


def test_shares_count_every_word_once_and_add_up_to_one(reading):
    rest = shares.by_basis(reading)
    assert rest["words"].sum() == len(reading.article.words)
    assert rest["share"].sum() == pytest.approx(1, abs=0.001)
    assert rest["share_of_claims"].sum() == pytest.approx(1, abs=0.001)
    assert rest["claims"].sum() == len(reading.claims)


def test_a_word_of_a_nested_claim_counts_at_the_inner_one(reading):
    words = shares.words_by_claim(reading).set_index("start")["claim_id"]
    assert words[reading.article.text.index("تُصنف")] == "c23"
    assert words[reading.article.text.index("لكنها تفاوضها")] == "c22"


def test_voices_tell_who_speaks_from_who_is_spoken_about(reading):
    voices = frames.voices(reading).set_index("actor_id")
    assert voices.loc["abu_omar_al_khorasani", ["speaks", "spoken_about"]].tolist() == [2, 0]
    assert voices.loc["isis_k", ["speaks", "ascribed", "spoken_for"]].tolist() == [0, 1, 2]
    assert voices.loc["al_qaeda", ["speaks", "spoken_for"]].tolist() == [0, 0]


def test_an_article_with_no_actor_and_no_claim_gives_empty_tables_that_add_up(tmp_path):
    empty = readings.read(articles.from_text("جاء الرجل. ذهب الولد.", "none", tmp_path / "none.txt"))
    mentions = frames.mentions(empty)
    assert frames.counts(mentions).empty
    assert frames.voices(empty).empty
    assert frames.together(mentions).empty
    assert frames.dispersion(mentions, 1).empty
    assert shares.by_basis(empty).set_index("basis")["words"].to_dict()["outlet"] == 4
    assert shares.headlines(empty)[0][0] == 0
