"""The operations by which people decide: each one, and what it must not do."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.curation import arguments, operations, tables
from helpers.curation.history import History
from helpers.curation.journal import Entry
from helpers.curation.state import Change, State
from helpers.files.errors import InputError
from tests.conftest import ROOT
from tests.curating import AT, BY, TEXT, article, done, drafted, of_words, operation
from tests.knowing import KNOWN


@pytest.fixture(scope="module")
def known():
    return KNOWN


@pytest.fixture(scope="module")
def begun(known):
    return drafted(article(), known)


@pytest.fixture(scope="module")
def context(begun):
    return begun[1]


@pytest.fixture
def state(begun):
    return begun[0].copy()


def claim_of(state, words):
    """The claim that has these words as its cue."""
    return next(c for c in state.in_order() if words in [span["exact"] for span in c["cue"]])


def words(claim, role):
    held = claim[role]
    return [span["exact"] for span in held] if isinstance(held, list) else held and held["exact"]


@pytest.fixture
def said(state):
    """The id of the claim of the minister."""
    return claim_of(state, "قالت")["claim_id"]


def refused(state, context, op, **arguments):
    """Why an operation is refused: one line."""
    with pytest.raises(InputError) as error:
        operations.apply(state, context, operation(op, **arguments))
    (line,) = str(error.value).splitlines()
    return line


def test_the_draft_that_these_tests_change_has_the_claims_that_they_name(state):
    cues = [words(claim, "cue")[0] for claim in state.in_order()]
    assert cues == ["قالت", "أضافت", "نقلت", "قوله", "اتهم"]
    assert {claim["status"] for claim in state.claims.values()} == {"unreviewed"}


# Whether it is a claim.


def test_a_claim_is_accepted_by_whoever_says_so(state, context, said):
    claim = done(state, context, "accept", claim=said).claims[said]
    assert (claim["status"], claim["annotator"], claim["decided_at"]) == ("accepted", BY, AT)


def test_an_operation_leaves_the_state_that_it_is_given_as_it_is(state, begun, context, said):
    done(state, context, "span", claim=said, role="content", **of_words(TEXT, "السد امتلأ"))
    assert state == begun[0]


def test_a_claim_that_was_accepted_is_not_decided_again_by_the_same_person(state, context, said):
    after = done(state, context, "accept", claim=said)
    assert operations.apply(after, context, operation("accept", claim=said)).empty


def test_a_rejected_claim_is_kept_and_says_who_rejected_it(state, context, said):
    claim = done(state, context, "reject", claim=said).claims[said]
    assert (claim["status"], claim["annotator"]) == ("rejected", BY)


def test_a_claim_within_a_rejected_one_keeps_the_way_to_it(state, context):
    outer, inner = claim_of(state, "نقلت"), claim_of(state, "قوله")
    assert inner["within"] == outer["claim_id"]
    after = done(state, context, "reject", claim=outer["claim_id"])
    assert after.claims[inner["claim_id"]] == inner


def test_a_claim_that_is_reopened_is_undecided(state, context, said):
    after = done(done(state, context, "reject", claim=said), context, "reopen", claim=said)
    assert after == state


def test_a_claim_that_was_added_and_rejected_comes_back_as_added(state, context):
    after = done(state, context, "add", claim="mine", content=[of_words(TEXT, "أين التقرير")])
    after = done(after, context, "reject", claim="mine")
    assert done(after, context, "accept", claim="mine").claims["mine"]["status"] == "added"
    assert done(after, context, "reopen", claim="mine").claims["mine"]["status"] == "added"


def test_a_claim_that_was_added_cannot_be_undecided(state, context):
    after = done(state, context, "add", claim="mine", content=[of_words(TEXT, "أين التقرير")])
    assert "added by a person" in refused(after, context, "reopen", claim="mine")


def test_a_rejected_claim_is_not_changed(state, context, said):
    after = done(state, context, "reject", claim=said)
    assert "is rejected" in refused(after, context, "kind", claim=said, value="direct")


# Where it stands.


def test_an_edge_that_is_moved_makes_a_claim_a_changed_one(state, context, said):
    after = done(state, context, "span", claim=said, role="content", **of_words(TEXT, "السد امتلأ للمرة الأولى"))
    claim = after.claims[said]
    assert words(claim, "content") == ["السد امتلأ للمرة الأولى"]
    assert (claim["status"], claim["annotator"]) == ("changed", BY)


def test_a_changed_claim_that_is_accepted_stays_changed(state, context, said):
    after = done(state, context, "span", claim=said, role="content", **of_words(TEXT, "السد امتلأ"))
    assert done(after, context, "accept", claim=said).claims[said]["status"] == "changed"


def test_a_span_that_is_set_where_it_was_changes_nothing(state, context, said):
    span = state.claims[said]["content"][0]
    same = operation("span", claim=said, role="content", start=span["start"], end=span["end"])
    assert operations.apply(state, context, same).empty


def test_outer_white_space_of_a_selection_is_not_part_of_a_span(state, context, said):
    after = done(state, context, "span", claim=said, role="content", **of_words(TEXT, " السد امتلأ "))
    assert words(after.claims[said], "content") == ["السد امتلأ"]


def test_a_second_part_stands_in_the_order_of_the_text(state, context, said):
    after = done(state, context, "span", claim=said, role="content", **of_words(TEXT, "منذ عشر سنوات"))
    after = done(after, context, "span", claim=said, role="content", part=2, **of_words(TEXT, "السد امتلأ"))
    assert words(after.claims[said], "content") == ["السد امتلأ", "منذ عشر سنوات"]
    after = done(after, context, "unspan", claim=said, role="content", part=1)
    assert words(after.claims[said], "content") == ["منذ عشر سنوات"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"start": 5, "end": 5}, "not a span"),
        ({"start": -1, "end": 5}, "not a span"),
        ({"start": 5, "end": len(TEXT) + 1}, "not a span"),
        ({"start": "5", "end": 9}, "not a span"),
        ({"start": len(TEXT) - 1, "end": len(TEXT)}, "no words"),
        ({"start": 5, "end": 9, "part": 4}, "part is 4"),
        ({"start": 5, "end": 9, "part": True}, "part is True"),
    ],
    ids=["empty", "before", "behind", "no number", "white space", "part", "part no number"],
)
def test_a_span_that_is_none_is_refused_in_one_line(state, context, said, given, why):
    assert why in refused(state, context, "span", claim=said, role="content", **given)


def test_two_parts_do_not_overlap(state, context, said):
    span = state.claims[said]["content"][0]
    line = refused(
        state, context, "span", claim=said, role="content", part=2, start=span["end"] - 4, end=span["end"] + 1
    )
    assert "overlaps" in line


def test_the_last_content_of_a_claim_is_not_taken_away(state, context, said):
    assert "says something" in refused(state, context, "unspan", claim=said, role="content")


def test_another_cue_brings_its_lemma_and_its_stance(state, context, said):
    after = done(state, context, "span", claim=said, role="cue", **of_words(TEXT, "اتهم"))
    assert (after.claims[said]["cue_lemma"], after.claims[said]["stance"]) == ("اتهم", "negative")


def test_words_that_no_lexicon_has_are_a_cue_of_their_own(state, context, said):
    after = done(state, context, "span", claim=said, role="cue", **of_words(TEXT, "رفعوا"))
    claim = after.claims[said]
    assert (claim["cue_lemma"], claim["act"], claim["stance"]) == ("رفعوا", "speech", "neutral")


def test_a_cue_may_be_taken_away(state, context, said):
    claim = done(state, context, "unspan", claim=said, role="cue").claims[said]
    assert (claim["cue"], claim["cue_lemma"], claim["cue_form"]) == ([], None, None)


# Claims that the machine did not find.


def test_a_claim_is_added_with_its_words_and_a_source_of_its_own(state, context):
    after = done(
        state,
        context,
        "add",
        claim="mine",
        content=[of_words(TEXT, "أين التقرير")],
        cue=[of_words(TEXT, "رفعوا")],
        source=of_words(TEXT, "الناس"),
    )
    claim = after.claims["mine"]
    assert (claim["status"], claim["annotator"], claim["kind"]) == ("added", BY, "direct")
    assert (words(claim, "source"), words(claim, "cue"), claim["source_via"]) == ("الناس", ["رفعوا"], "stated")
    source = after.sources[claim["source_id"]]
    assert (source["name"], source["kind"]) == ("الناس", "unknown")


@pytest.mark.parametrize(
    ("source", "kind"),
    [("الناشط عمر الطيب", "named person"), ("مهندس في الموقع", "unnamed person"), ("صحيفة الضفة", "organisation")],
)
def test_a_new_source_is_of_the_kind_that_its_words_tell(state, context, source, kind):
    told = context.who(of_words(TEXT, source) | {"exact": source})
    after = done(
        state, context, "add", claim="mine", content=[of_words(TEXT, "أين التقرير")], source=of_words(TEXT, source)
    )
    assert told["kind"] == kind
    assert after.sources[after.claims["mine"]["source_id"]]["kind"] == kind


def test_an_added_claim_and_its_new_source_have_all_that_tables_hold(state, context):
    before = (set(state.claims), set(state.sources))
    content, source = of_words(TEXT, "أين التقرير"), of_words(TEXT, "الناس")
    after = done(state, context, "add", content=[content], source=source)
    found = tables.annotations(after)
    (claim,) = (one for one in found.claims if one.claim_id not in before[0])
    (said,) = (one for one in found.sources if one.source_id not in before[1])
    assert (claim.status, claim.note, claim.source_id) == ("added", "", said.source_id)
    assert (said.name, said.note, said.kind) == ("الناس", "", "unknown")


@pytest.mark.parametrize(
    ("content", "kind"),
    [("أين التقرير", "direct"), ("ورفعوا لافتة «أين التقرير»", "mixed"), ("خرج الناس", "indirect")],
)
def test_the_kind_of_an_added_claim_is_that_of_its_quotation_marks(state, context, content, kind):
    after = done(state, context, "add", claim="mine", content=[of_words(TEXT, content)])
    assert after.claims["mine"]["kind"] == kind


def test_the_form_of_a_claim_follows_its_content_unless_somebody_said_otherwise(state, context):
    quoted, wider = of_words(TEXT, "أين التقرير"), of_words(TEXT, "ورفعوا لافتة «أين التقرير»")
    added = done(state, context, "add", claim="mine", content=[quoted])
    widened = done(added, context, "span", claim="mine", role="content", part=1, **wider)
    assert widened.claims["mine"]["kind"] == "mixed"
    said = done(added, context, "kind", claim="mine", value="indirect")
    assert (
        done(said, context, "span", claim="mine", role="content", part=1, **wider).claims["mine"]["kind"] == "indirect"
    )


def test_a_claim_and_a_source_that_a_person_added_are_written_like_those_of_the_machine(state, context):
    given = {"claim": "mine", "content": [of_words(TEXT, "أين التقرير")], "source": of_words(TEXT, "الناس")}
    written = tables.annotations(done(state, context, "add", **given))
    (claim,) = [one for one in written.claims if one.claim_id == "mine"]
    (source,) = [one for one in written.sources if one.source_id == claim.source_id]
    assert (claim.status, claim.note, claim.confidence, source.name, source.note) == ("added", "", None, "الناس", "")


def test_an_added_claim_needs_no_id_no_source_and_no_cue(state, context):
    after = done(state, context, "add", content=[of_words(TEXT, "أين التقرير")])
    (new,) = set(after.claims) - set(state.claims)
    claim = after.claims[new]
    assert (claim["source_via"], claim["source_id"], claim["cue"]) == ("unresolved", None, [])


@pytest.mark.parametrize("claim_id", ["c2", "no good", "", "ق"])
def test_an_id_that_is_taken_or_none_is_refused(state, context, claim_id):
    given = {"claim": claim_id} if claim_id else {"claim": " "}
    assert "claim" in refused(state, context, "add", content=[of_words(TEXT, "أين التقرير")], **given)


def test_a_claim_without_words_is_refused(state, context):
    assert "has no span" in refused(state, context, "add", content=[])


# Which claim stands in which.


def test_a_claim_is_nested_and_taken_out_again(state, context, said):
    inner = claim_of(state, "أضافت")["claim_id"]
    after = done(state, context, "nest", claim=inner, within=said)
    assert after.claims[inner]["within"] == said
    assert done(after, context, "within", claim=inner, value=None).claims[inner]["within"] is None


def test_a_circle_of_claims_is_refused(state, context, said):
    inner = claim_of(state, "أضافت")["claim_id"]
    after = done(state, context, "nest", claim=inner, within=said)
    assert "reported within" in refused(after, context, "nest", claim=said, within=inner)
    assert "itself" in refused(state, context, "nest", claim=said, within=said)
    assert "there is no claim" in refused(state, context, "nest", claim=said, within="c99")


# Who says it.


def test_words_that_name_a_source_that_is_known_are_that_source(state, context):
    one, other = claim_of(state, "قالت"), claim_of(state, "اتهم")
    after = done(state, context, "source", claim=other["claim_id"], source_id=None)
    name = state.sources[one["source_id"]]["name"]
    after = done(after, context, "span", claim=other["claim_id"], role="source", **of_words(TEXT, name))
    assert after.claims[other["claim_id"]]["source_id"] == one["source_id"]


def test_a_source_whose_edge_is_moved_is_who_it_was(state, context, said):
    before = state.claims[said]["source_id"]
    after = done(state, context, "span", claim=said, role="source", **of_words(TEXT, "سناء الحلبي"))
    assert after.claims[said]["source_id"] == before
    assert words(after.claims[said], "source") == "سناء الحلبي"


def test_other_words_as_a_source_are_another_source(state, context):
    claim = claim_of(state, "اتهم")
    after = done(state, context, "span", claim=claim["claim_id"], role="source", **of_words(TEXT, "الوزارة"))
    source = after.claims[claim["claim_id"]]["source_id"]
    assert after.sources[source]["name"] == "الوزارة"
    assert claim["source_id"] not in after.sources


def test_words_that_another_claim_has_as_its_source_are_that_source(state, context):
    minister, claim = claim_of(state, "قالت"), claim_of(state, "اتهم")["claim_id"]
    called = words(minister, "source")
    assert called != state.sources[minister["source_id"]]["name"]
    after = done(state, context, "span", claim=claim, role="antecedent", **of_words(TEXT, called))
    assert after.claims[claim]["source_id"] == minister["source_id"]
    assert after.claims[claim]["source_via"] == "inherited"


def test_a_claim_without_a_source_says_so_and_a_source_without_claims_goes(state, context):
    claim = claim_of(state, "اتهم")
    after = done(state, context, "source", claim=claim["claim_id"], source_id=None)
    assert after.claims[claim["claim_id"]]["source_via"] == "unresolved"
    assert words(after.claims[claim["claim_id"]], "source") is None
    assert claim["source_id"] not in after.sources


def test_a_claim_of_a_source_that_was_named_before_has_the_words_that_name_it(state, context):
    minister, claim = claim_of(state, "قالت"), claim_of(state, "قوله")["claim_id"]
    after = done(state, context, "source", claim=claim, source_id=minister["source_id"], source_via="inherited")
    assert words(after.claims[claim], "source") is None
    assert after.claims[claim]["antecedent"] == minister["source"]


def test_a_new_source_is_made_by_name_and_kind(state, context, said):
    new = {"name": "سناء الحلبي", "kind": "named person", "name_en": "Sana al-Halabi"}
    after = done(state, context, "source", claim=said, new=new)
    source = after.sources[after.claims[said]["source_id"]]
    assert {key: source[key] for key in new} == new


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({}, "give source_id"),
        ({"source_id": "s99"}, "there is no source"),
        ({"new": {"name": "x"}}, "new is"),
        ({"new": {"name": " ", "kind": "unknown"}}, "name is empty"),
        ({"new": {"name": "x", "kind": "robot"}}, "kind is"),
        ({"source_id": None, "source_via": "stated"}, "unresolved has no"),
        ({"source_id": "s1", "source_via": "unresolved"}, "unresolved has no"),
    ],
)
def test_a_source_that_is_none_is_refused_in_one_line(state, context, said, arguments, why):
    assert why in refused(state, context, "source", claim=said, **arguments)


def test_a_source_is_described_by_a_person(state, context):
    after = done(
        state,
        context,
        "edit_source",
        source="s1",
        name_en="the minister",
        kind="named person",
        justification=of_words(TEXT, "وزيرة المياه"),
        justification_en="minister of water",
    )
    assert after.sources["s1"]["justification"]["exact"] == "وزيرة المياه"
    assert after.sources["s1"]["name_en"] == "the minister"


def test_an_actor_that_nobody_knows_is_refused(state, context):
    assert "no actor" in refused(state, context, "edit_source", source="s1", actor_ids=["nobody_at_all"])
    assert "a list" in refused(state, context, "edit_source", source="s1", actor_ids="nobody_at_all")


# How it is said, and what it is worth.


@pytest.mark.parametrize(
    ("op", "key", "value"),
    [
        ("kind", "kind", "mixed"),
        ("modality", "modality", "negated"),
        ("stance", "stance", "distancing"),
    ],
)
def test_how_a_claim_is_said_is_changed(state, context, said, op, key, value):
    claim = done(state, context, op, claim=said, value=value).claims[said]
    assert (claim[key], claim["status"]) == (value, "changed")
    assert "write one of" in refused(state, context, op, claim=said, value="other")


def test_a_cue_is_described_by_a_person(state, context, said):
    after = done(state, context, "cue", claim=said, cue_form="noun", act="cognition", cue_lemma="زعم")
    claim = after.claims[said]
    assert (claim["cue_form"], claim["act"], claim["cue_lemma"]) == ("noun", "cognition", "زعم")
    assert claim["stance"] == context.cues["زعم"].stance


def test_a_translation_and_a_grade_say_nothing_of_what_the_machine_found(state, context, said):
    after = done(state, context, "gloss", claim=said, value="  The dam\nis full. ")
    after = done(after, context, "grade", claim=said, credibility=3, rationale="two engineers say so")
    claim = after.claims[said]
    assert (claim["gloss_en"], claim["status"], claim["annotator"]) == ("The dam is full.", "unreviewed", None)
    assert (claim["credibility"], claim["rater"], claim["rated_on"]) == (3, BY, "2026-03-01")
    after = done(after, context, "grade", claim=said, credibility=None, rationale=None)
    after = done(after, context, "gloss", claim=said, value=None)
    assert after == state


@pytest.mark.parametrize(
    ("grade", "reason", "why"),
    [(7, "x", "write one of"), (True, "x", "write one of"), (3, " ", "together"), (None, "x", "together")],
)
def test_a_grade_has_a_reason_and_is_one_of_six(state, context, said, grade, reason, why):
    assert why in refused(state, context, "grade", claim=said, credibility=grade, rationale=reason)


def test_a_source_is_graded_with_a_reason(state, context):
    after = done(state, context, "grade_source", source="s1", reliability="B", rationale="an office holder")
    assert (after.sources["s1"]["reliability"], after.sources["s1"]["rater"]) == ("B", BY)
    assert "write one of" in refused(state, context, "grade_source", source="s1", reliability="G", rationale="x")


# Where actors are named.


def test_a_mention_is_added_accepted_and_rejected(state, context):
    actor = next(iter(context.actors))
    place = of_words(TEXT, "الحكومة")
    after = done(state, context, "mention", actor_id=actor, **place)
    (mention,) = after.mentions.values()
    assert (mention["exact"], mention["status"], mention["annotator"]) == ("الحكومة", "added", BY)
    after = done(after, context, "reject_mention", mention=mention["mention_id"])
    assert after.mentions[mention["mention_id"]]["status"] == "rejected"
    after = done(after, context, "accept_mention", mention=place | {"actor_id": actor})
    assert after.mentions[mention["mention_id"]]["status"] == "accepted"
    assert "already" in refused(after, context, "mention", actor_id=actor, **place)
    assert "no actor" in refused(state, context, "mention", actor_id="nobody_at_all", **place)


# What is no operation.


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([], "an operation is an object"),
        ({"op": "explode"}, "op is 'explode'"),
        ({"op": ["accept"]}, "op is ['accept']"),
        ({"op": "accept"}, "has no 'id'"),
        ({"id": "1", "op": "accept", "by": BY, "at": AT}, "has no 'claim'"),
        ({"id": "1", "op": "accept", "by": BY, "at": AT, "claim": "c2", "colour": 1}, "no argument 'colour'"),
        ({"id": 1, "op": "accept", "by": BY, "at": AT, "claim": "c2"}, "id is 1"),
        ({"id": "1", "op": "accept", "by": "a\nb", "at": AT, "claim": "c2"}, "by is"),
        ({"id": "1", "op": "accept", "by": BY, "at": "yesterday", "claim": "c2"}, "at is"),
        ({"id": "1", "op": "accept", "by": BY, "at": "2026-03-01T10:00:00+02:00", "claim": "c2"}, "at is"),
        ({"id": "1", "op": "accept", "by": BY, "at": AT, "claim": ["c2"]}, "claim is"),
        ({"id": "1", "op": "accept", "by": BY, "at": AT, "claim": "c2", "seen": "x"}, "seen is"),
        ({"id": "1", "op": "gloss", "by": BY, "at": AT, "claim": "c2", "value": "x" * 10_001}, "at most"),
        ({"id": "1", "op": "gloss", "by": BY, "at": AT, "claim": "c2", "value": "\ud800"}, "half a character"),
        ({"id": "1", "op": "gloss", "by": BY, "at": AT, "claim": "c2", "value": float("nan")}, "what JSON cannot"),
        ({"id": "1", "op": "undo", "by": BY, "at": AT}, "of the journal"),
    ],
)
def test_what_is_no_operation_is_refused_in_one_line(state, context, wrong, why):
    with pytest.raises(InputError) as error:
        operations.apply(state, context, wrong)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_each_operation_is_in_the_data_dictionary_with_its_arguments():
    told = (ROOT / "data/README.md").read_text(encoding="utf-8").split("\n### Operations\n")[1].split("\n### ")[0]
    for op, (needed, others) in arguments.ARGUMENTS.items():
        assert re.search(rf"^\|[^|]*\b{op}\b", told, re.M), op
        assert [name for name in (*needed, *others) if not re.search(rf"\b{name}\b", told)] == []


# Any operations.


OFFSETS = st.integers(-2, len(TEXT) + 2)
PLACES = st.tuples(OFFSETS, st.integers(1, 40)).map(lambda at: {"start": at[0], "end": at[0] + at[1]})
CLAIMS = st.sampled_from([f"c{n}" for n in range(1, 9)] + ["mine", "other"])
SOURCES = st.sampled_from(["s1", "s2", "s3", None])


def _one(op, **arguments):
    return st.fixed_dictionaries({"op": st.just(op), **arguments})


def _at(op, **arguments):
    return st.tuples(_one(op, **arguments), PLACES).map(lambda both: both[0] | both[1])


ANY = st.one_of(
    *(_one(op, claim=CLAIMS) for op in ("accept", "reject", "reopen")),
    _at("span", claim=CLAIMS, role=st.sampled_from(["source", "cue", "content", "antecedent"]), part=st.integers(1, 3)),
    _one("unspan", claim=CLAIMS, role=st.sampled_from(["source", "cue", "content", "antecedent"])),
    _one("add", claim=CLAIMS, content=st.lists(PLACES, min_size=1, max_size=2), source=PLACES),
    _one("nest", claim=CLAIMS, within=st.none() | CLAIMS),
    _one("source", claim=CLAIMS, source_id=SOURCES),
    _one("source", claim=CLAIMS, new=st.just({"name": "سناء الحلبي", "kind": "unknown"})),
    _one("kind", claim=CLAIMS, value=st.sampled_from(operations.KINDS)),
    _one("gloss", claim=CLAIMS, value=st.text(max_size=5)),
    _one("grade", claim=CLAIMS, credibility=st.integers(1, 6), rationale=st.just("why")),
    _one("edit_source", source=st.sampled_from(["s1", "s2"]), justification=PLACES),
    _one("undo"),
    _one("redo"),
)


def step(state, history, context, given, by=BY):
    """Do an operation as a session does; one that is refused changes nothing."""
    given = operation(**given) | {"by": by}
    try:
        if given["op"] in ("undo", "redo"):
            change, given["of"] = history.back(state, given["op"], by)
        else:
            change = operations.apply(state, context, given)
    except InputError:
        return False
    state.put(change.set)
    history.take(Entry(given, change))
    return True


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY, max_size=30))
def test_whatever_was_done_is_undone_to_the_first_state_and_done_again_to_the_last(begun, given):
    first, context = begun
    state, history = first.copy(), History()
    for each in given:
        step(state, history, context, each)
    last, undone = state.copy(), 0
    while history.can("undo", BY):
        assert step(state, history, context, {"op": "undo"})
        undone += 1
    assert state == first
    for _ in range(undone):
        assert step(state, history, context, {"op": "redo"})
    assert state == last


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY, max_size=30))
def test_after_any_operations_every_claim_holds_together(begun, given):
    first, context = begun
    state, history = first.copy(), History()
    for each in given:
        step(state, history, context, each)
    for claim in state.claims.values():
        assert claim["content"]
        for role in ("cue", "content"):
            spans = claim[role]
            assert all(one["end"] <= other["start"] for one, other in pairwise(spans))
        held = (claim["source"] is not None, claim["antecedent"] is not None, claim["source_id"] is not None)
        assert (
            held
            == {"stated": (True, False, True), "inherited": (False, True, True), "unresolved": (False,) * 3}[
                claim["source_via"]
            ]
        )
        assert claim["source_id"] is None or claim["source_id"] in state.sources
        assert claim["within"] is None or claim["within"] in state.claims
        chain = [each["claim_id"] for each in state.outward(claim)]
        assert state.claims[chain[-1]]["within"] is None, "a circle"
        spans = [*claim["cue"], *claim["content"], *filter(None, (claim["source"], claim["antecedent"]))]
        assert all(TEXT[span["start"] : span["end"]] == span["exact"] for span in spans)
    assert len(state.in_order()) == len(state.claims)


# Who undoes what.


def test_each_annotator_undoes_what_is_their_own(state, context, said):
    history = History()
    other = claim_of(state, "اتهم")["claim_id"]
    step(state, history, context, {"op": "accept", "claim": said}, by="Huda")
    step(state, history, context, {"op": "reject", "claim": other}, by="Ali")
    assert step(state, history, context, {"op": "undo"}, by="Huda")
    assert (state.claims[said]["status"], state.claims[other]["status"]) == ("unreviewed", "rejected")


def test_what_another_person_changed_since_is_not_undone(state, context, said):
    history = History()
    step(state, history, context, {"op": "accept", "claim": said}, by="Huda")
    step(state, history, context, {"op": "reject", "claim": said}, by="Ali")
    with pytest.raises(InputError, match="was changed since"):
        history.back(state, "undo", "Huda")


def test_what_another_person_wrote_beside_it_stays_when_a_decision_is_undone(state, context, said):
    history = History()
    step(state, history, context, {"op": "accept", "claim": said}, by="Huda")
    step(state, history, context, {"op": "gloss", "claim": said, "value": "The dam is full."}, by="Ali")
    assert step(state, history, context, {"op": "undo"}, by="Huda")
    claim = state.claims[said]
    assert (claim["status"], claim["gloss_en"]) == ("unreviewed", "The dam is full.")


def test_a_source_that_another_persons_claim_has_is_not_undone(state, context, said):
    history = History()
    other = claim_of(state, "اتهم")["claim_id"]
    new = {"name": "سناء الحلبي", "kind": "named person"}
    step(state, history, context, {"op": "source", "claim": said, "new": new}, by="Huda")
    source = state.claims[said]["source_id"]
    assert step(state, history, context, {"op": "source", "claim": other, "source_id": source}, by="Ali")
    with pytest.raises(InputError, match="needs the source"):
        history.back(state, "undo", "Huda")


def test_what_is_done_again_makes_no_circle_with_what_another_person_did_since(state, context):
    history = History()
    for by, what in (
        ("Huda", {"op": "nest", "claim": "c1", "within": "c2"}),
        ("Huda", {"op": "undo"}),
        ("Ali", {"op": "nest", "claim": "c2", "within": "c1"}),
    ):
        assert step(state, history, context, what, by=by)
    with pytest.raises(InputError, match=r"^redo: claim c1 is reported within c2, which is within it"):
        history.back(state, "redo", "Huda")


def test_there_is_nothing_to_undo_at_the_beginning():
    with pytest.raises(InputError, match="nothing to undo"):
        History().back(State(), "undo", BY)


def test_a_change_of_nothing_is_empty():
    assert Change({}, {}).empty
    assert Change({"claims": {}}, {"claims": {}}).empty


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | CLAIMS | SOURCES | PLACES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["start", "end", "name"]), inner),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(arguments.ARGUMENTS)), st.data())
def test_whatever_a_page_sends_is_done_or_refused_in_one_line(begun, op, data):
    state, context = begun
    needed, others = arguments.ARGUMENTS[op]
    sent = {name: data.draw(VALUES, name) for name in needed}
    sent |= {name: data.draw(VALUES, name) for name in others if data.draw(st.booleans())}
    try:
        change = operations.apply(state, context, operation(op) | sent)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        json.dumps([change.set, change.was])
