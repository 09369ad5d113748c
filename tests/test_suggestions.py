"""What a user decides on names that a machine found: confirm, rename, join, reject; and that later runs keep to it."""

from pathlib import Path

import pytest

from helpers import readings
from helpers.extraction import suggestions
from helpers.extraction.named import finder
from helpers.extraction.suggestions import Decisions
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.text import articles
from tests.test_article_actors import SURE, TEXT, UNSURE, found

NAMES = (
    ("سندس الغرياني", "person", SURE, "الغرياني"),
    ("منذر الزرلي", "person", SURE),
    ("جامعة المنارة", "institution", SURE),
    ("رواسي", "group", UNSURE),
)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A lexicon of the user's own, not yet there, and a finder that gives NAMES."""
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    monkeypatch.setattr(finder, "find", found(*NAMES))
    return tmp_path / "own.csv"


@pytest.fixture(autouse=True)
def _read_anew():
    """Readings that are kept are of another finder."""
    readings._once.cache_clear()


def listed():
    reading = readings.read(articles.from_text(TEXT, "x", Path("x.txt")), machine=True)
    return reading, suggestions.candidates(reading)


def decide(**given):
    return suggestions.decide(Decisions.read(**given), listed()[1], "x")


def aliases(own):
    return {
        (row["actor_id"], row["alias"], row["type"], row["name_en"])
        for row in csv_rows.read(own, entries.ACTOR_COLUMNS)
    }


def test_the_list_has_who_is_named_and_then_who_is_perhaps_named(own):
    reading, candidates = listed()
    assert [(one.actor.name_ar, one.sure) for one in candidates] == [
        ("سندس الغرياني", True),
        ("جامعة المنارة", True),
        ("منذر الزرلي", True),
        ("رواسي", False),
    ]
    said = suggestions.as_text(reading, candidates)
    assert (
        said.index("Named in the article")
        < said.index("3. منذر")
        < said.index("Perhaps named")
        < said.index("4. رواسي")
    )
    assert "as سندس الغرياني (1), الغرياني (1); joined by surname" in said
    assert "… قالت [سندس الغرياني] إن المغرب" in said


def test_where_nothing_was_found_it_says_so(own, monkeypatch):
    monkeypatch.setattr(finder, "find", found())
    readings._once.cache_clear()
    assert suggestions.as_text(*listed()) == "no candidates: the lexicons have every name that was found"


def test_what_is_confirmed_is_in_the_users_lexicon_and_found_by_it_from_then_on(own, monkeypatch):
    assert decide(confirm=["1=Sundus Gharyani", "4:institution"]) == [f"{own}: سندس الغرياني", f"{own}: رواسي"]
    assert aliases(own) == {
        ("sundus_gharyani", "سندس الغرياني", "person", "Sundus Gharyani"),
        ("sundus_gharyani", "الغرياني", "person", "Sundus Gharyani"),
        ("rawasi", "رواسي", "institution", "≈ Rawasi"),
    }
    monkeypatch.setattr(finder, "find", found())
    named = {actor.actor_id: (actor.found_by, actor.mentions) for actor in listed()[0].named}
    assert (named["sundus_gharyani"], named["rawasi"]) == (("own", 2), ("own", 1))


def test_what_is_renamed_is_found_by_both_names(own):
    decide(rename=["2=جامعة المنارة الكبرى"])
    assert {alias for _, alias, _, _ in aliases(own)} == {"جامعة المنارة", "جامعة المنارة الكبرى"}
    assert entries.actors().by_id[next(iter(aliases(own)))[0]].name_ar == "جامعة المنارة الكبرى"


def test_candidates_that_are_joined_are_one_actor(own):
    decide(join=["1+3"], confirm=["1:person"])
    actor_ids, names, *_ = zip(*aliases(own), strict=True)
    assert (len(set(actor_ids)), set(names)) == (1, {"سندس الغرياني", "الغرياني", "منذر الزرلي"})


def test_a_candidate_can_be_joined_to_an_actor_that_a_lexicon_has(own, monkeypatch):
    decide(join=["2+egypt"])
    assert aliases(own) == {("egypt", "جامعة المنارة", "state", "Egypt")}
    monkeypatch.setattr(finder, "find", found())
    egypt = next(actor for actor in listed()[0].named if actor.actor_id == "egypt")
    assert (egypt.mentions, egypt.found_by) == (3, "lexicon")


def test_what_is_rejected_stays_rejected_in_every_article(own):
    told = decide(reject=["1"])
    assert told == [f"{own.with_name('own-rejected.csv')}: سندس الغرياني"] and not own.exists()
    assert [one.actor.name_ar for one in listed()[1]] == ["جامعة المنارة", "منذر الزرلي", "رواسي"]
    decide(reject=["3"])
    rows = csv_rows.read(own.with_name("own-rejected.csv"), entries.REJECTED_COLUMNS)
    assert [(row["name"], row["source"]) for row in rows] == [("سندس الغرياني", "x"), ("رواسي", "x")]
    other = readings.read(articles.from_text(f"{TEXT} نعم.", "y", Path("y.txt")), machine=True)
    assert {actor.name_ar for actor in other.named} == {"المغرب", "مصر", "جامعة المنارة", "منذر الزرلي"}


def test_without_a_lexicon_of_ones_own_nothing_is_rejected_and_nothing_written(own, monkeypatch):
    decide(reject=["1"])
    monkeypatch.setenv("ISNAD_ACTORS", "")
    assert "سندس الغرياني" in [one.actor.name_ar for one in listed()[1]]
    with pytest.raises(InputError, match="ISNAD_ACTORS is empty"):
        decide(reject=["1"])


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"confirm": ["x"]}, "--confirm x: write a number, as 3, 3:TYPE"),
        ({"confirm": ["1:animal"]}, "types are group, state"),
        ({"rename": ["1"]}, "--rename 1: write a number and the Arabic name"),
        ({"join": ["1"]}, "--join 1: write two numbers"),
        ({"reject": ["one"]}, "--reject one: write a number"),
        ({"confirm": ["1"], "reject": ["1"]}, "1 is decided on twice"),
        ({"join": ["1+2", "3+2"]}, "2 is decided on twice"),
        ({"confirm": ["1:person"], "join": ["1+egypt"]}, "joins an actor in a lexicon"),
        ({"confirm": ["1=A", "1=B"]}, "1 has another one already"),
        ({"confirm": ["5"]}, "5: there is no candidate with that number"),
        ({"reject": ["0"]}, "0: there is no candidate with that number"),
        ({"join": ["1+nobody"]}, "no lexicon has an actor nobody"),
        ({"confirm": ["1=Egypt"]}, "1: an actor egypt is listed already; join it, as --join 1+egypt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_decision_that_cannot_be_is_refused_in_one_line_and_nothing_is_written(own, given, wrong):
    with pytest.raises(InputError) as told:
        decide(**given)
    assert wrong in str(told.value) and "\n" not in str(told.value)
    assert not own.exists() and not own.with_name("own-rejected.csv").exists()
