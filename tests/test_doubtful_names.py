"""Spellings of a lexicon's actors that name something else in this article: a rule, a base, the place of a post."""

import pytest

from helpers import readings
from helpers.extraction.named import clues
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN


def read(text):
    return readings.read(articles.from_text(text, "case", "case.txt"), KNOWN, machine=True)


@pytest.mark.parametrize("case", cases.load("doubtful_names.jsonl"))
def test_a_spelling_counts_where_it_names_its_actor_and_nowhere_else(case):
    reading = read(case["text"])
    found = [[m.actor_id, m.span.exact] for m in reading.mentions if m.found_by == "lexicon"]
    assert found == case["named"]
    assert [one.actor_id for one in reading.perhaps_named if one.found_by == "lexicon"] == case["perhaps"]


def test_an_unresolved_name_is_in_no_claim_and_in_no_count():
    reading = read("وقال المدرب سمير الحداد إن الهدف لا يتوافق مع القاعدة.")
    assert all("al_qaeda" not in claim.about for claim in reading.claims)
    assert "al_qaeda" not in {actor.actor_id for actor in reading.named}
    [perhaps] = [one for one in reading.perhaps_named if one.actor_id == "al_qaeda"]
    assert (perhaps.mentions, perhaps.forms, perhaps.score) == (1, ("القاعدة",), None)
    assert [m.mention_id for m in reading.mentions] == [f"m{n}" for n in range(1, len(reading.mentions) + 1)]


@pytest.mark.parametrize(
    ("row", "said"),
    [("القاعدة,beside,بيت,", "use is 'beside'"), (",owner,عناصر,\n,owner,عَناصر,", "is listed above already")],
)
def test_a_table_of_evidence_that_does_not_hold_together_is_refused_with_its_row(house, monkeypatch, row, said):
    monkeypatch.setenv("ISNAD_HOME", str(house))
    paths.lexicon("name_evidence.csv").write_text(f"{','.join(clues.COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        clues.load()
