import pytest

from helpers.extraction import finder, texts, vetoes
from helpers.extraction.cue_candidates import Trace
from helpers.extraction.vetoes import Stage
from helpers.files import csv_rows, paths
from helpers.text import articles
from tests.knowing import KNOWN

ROWS = csv_rows.read(paths.lexicon("vetoes.csv"), ("veto", "example", "counter_example", "note"))


def read(text):
    """The finder's drafts for a text, by the word of their cue, and the vetoes that were tried."""
    trace = Trace()
    words = texts.read(articles.from_text(text, "x", paths.Path("x")), KNOWN.vocabulary)
    return {
        draft.at: draft for draft in finder.drafts(words, KNOWN.vocabulary.colon, KNOWN.fitted.antecedents, trace)
    }, trace


def stopped(text, name):
    """The cues that a veto stopped and that have no claim in any reading."""
    drafts, trace = read(text)
    return {at: hit for at, (hit, veto) in trace.stopped.items() if veto == name and at not in drafts}


def test_every_veto_has_an_example_and_a_counter_example_in_the_order_in_which_they_are_tried():
    assert [row["veto"] for row in ROWS] == [veto.name for veto in vetoes.VETOES]
    stages = list(Stage)
    assert sorted(vetoes.VETOES, key=lambda veto: stages.index(veto.stage)) == list(vetoes.VETOES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["veto"])
def test_a_veto_stops_its_example(row):
    assert stopped(row["example"], row["veto"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["veto"])
def test_without_a_veto_its_example_would_be_a_claim(row, monkeypatch):
    held = stopped(row["example"], row["veto"])
    for stage, every in vetoes.BY_STAGE.items():
        monkeypatch.setitem(vetoes.BY_STAGE, stage, tuple(veto for veto in every if veto.name != row["veto"]))
    drafts, _ = read(row["example"])
    assert drafts.keys() & held.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["veto"])
def test_a_veto_lets_its_counter_example_pass(row):
    lemmas = {hit.cue.lemma for hit in stopped(row["example"], row["veto"]).values()}
    drafts, _ = read(row["counter_example"])
    assert not stopped(row["counter_example"], row["veto"])
    assert lemmas & {draft.hit.cue.lemma for draft in drafts.values()}
