import pytest

from helpers import readings
from helpers.analysis import audit
from helpers.report import reasons_to_check
from helpers.text import articles


def test_the_tables_of_the_audit_agree_with_each_other(reading):
    attributed = audit.attributed(reading)
    assert len(attributed) == 14
    assert audit.by_source(reading)["claims"].sum() == 14
    assert audit.by_form(reading).groupby("attribute")["claims"].sum().unique().tolist() == [14]
    assert (audit.chain(reading)["relation"] == "says").sum() == 14


def test_an_editor_is_told_what_to_check_first_and_why(reading):
    first = reasons_to_check.check_first(reading).set_index("claim_id")
    assert first.index[0] == "c08"
    assert "contradicts" in first.loc["c11", "reason"]
    assert "unnamed source" in first.loc["c24", "reason"]
    assert "no person is named" in first.loc["c28", "reason"]
    assert "Abu Omar al-Khorasani" in first.loc["c09", "reason"]
    assert "misspelt" in first.loc["c22", "reason"]
    assert "c21" not in first.index


def test_what_rests_on_one_unnamed_source_is_told(reading):
    assert audit.on_one_unnamed(reading)["claim_id"].tolist() == ["c15", "c24", "c26"]


def test_the_chain_leads_from_safarshuk_to_what_russia_holds(reading):
    edges = {tuple(row) for row in audit.chain(reading).itertuples(index=False)}
    assert {
        ("source:ivan_safarshuk", "claim:c22", "says"),
        ("claim:c22", "source:russia", "relays"),
        ("source:russia", "claim:c23", "says"),
        ("claim:c23", "actor:taliban", "about"),
    } <= edges


@pytest.mark.parametrize(
    ("actor", "heard"),
    [
        ("bruce_hoffman", "quoted"),
        ("us_intelligence", "reported"),
        ("russia", "ascribed"),
        ("afghanistan", "through its people"),
        ("al_qaeda", "only spoken about"),
    ],
)
def test_each_actor_is_heard_as_the_article_lets_it(reading, actor, heard):
    table = audit.heard(reading).set_index("actor_id")
    assert table.loc[actor, "heard"] == heard


def test_an_article_that_nobody_annotated_gives_empty_tables(tmp_path):
    plain = readings.read(articles.from_text("قالت طالبان نعم.", "x", tmp_path / "x.txt"))
    for table in (
        audit.by_source,
        audit.by_form,
        audit.chain,
        audit.heard,
        audit.on_one_unnamed,
        reasons_to_check.check_first,
    ):
        assert table(plain).empty
