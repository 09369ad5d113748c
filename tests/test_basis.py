"""The basis of a claim is the same in a reading, in its shares, and on its card."""

import pytest
from msgspec import structs

from helpers.analysis import shares
from helpers.charts.style import BASES
from helpers.records import basis
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.sources import SOURCE_KINDS
from helpers.report import interface

NAMED = {"named person", "named group", "organisation", "document"}


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_an_attributed_claim_stands_as_its_source_is_known(reading, kind):
    claim = next(claim for claim in reading.claims if claim.source_id)
    expected = "named" if kind in NAMED else "not_identified" if kind == "unknown" else "unnamed"
    assert basis.of(claim, structs.replace(reading.source_of(claim), kind=kind)) == expected


def test_an_attributed_claim_without_a_source_is_of_somebody_not_identified(reading):
    claim = next(claim for claim in reading.claims if claim.attributed)
    assert basis.of(claim, None) == "not_identified"


def test_what_is_not_attributed_is_the_outlets_own_voice(reading):
    own = [claim for claim in reading.claims if reading.basis_of(claim) is Basis.OUTLET]
    assert own and own == [claim for claim in reading.claims if claim.kind == "unattributed"]


def test_the_four_words_stand_in_one_order_in_tables_charts_and_pages(reading):
    words = ["named", "unnamed", "not_identified", "outlet"]
    assert list(Basis) == words
    assert shares.by_basis(reading)["basis"].tolist() == list(BASES) == [*words, UNCLAIMED]
    for lang in interface.LANGS:
        phrases = interface.load(lang).phrases
        assert [key.removeprefix("basis.") for key in phrases if key.startswith("basis.")] == words
        assert {f"share.{word}" for word in (*words, UNCLAIMED)} == {key for key in phrases if key.startswith("share.")}
