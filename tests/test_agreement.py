"""Two people's passes over one article: their agreement, their differences, and their merging."""

import json
import shutil

import pytest

from helpers import readings
from helpers.analysis import two_annotators
from helpers.annotation import draft, folder
from helpers.curation import merging
from helpers.curation.session import Session
from helpers.evaluation import agreement, agreement_report, passes
from helpers.files.errors import InputError
from helpers.report import interface
from helpers.report.writer import Writer
from helpers.text import articles
from tests.knowing import KNOWN
from tests.passes import ACTIVIST, MINISTER, PEOPLE, TEXT, added, alleged, made, rows, said, thought

ALL = (said, added, alleged, thought)


@pytest.fixture(scope="module")
def known():
    return KNOWN


@pytest.fixture
def compared(tmp_path, known):
    """The agreement of two passes, with the claims of Huda and of Omar."""

    def compare(huda, omar, **told):
        where = made(tmp_path / "a", "Huda", *huda), made(tmp_path / "b", "Omar", *omar, **told)
        return agreement.of(*passes.read(*where, known.actors, known.cues))

    return compare


def each(prefix, *claims):
    return [claim(f"{prefix}{number}") for number, claim in enumerate(claims or ALL, 1)]


def told(of):
    """The differences of an agreement as (what, ids, words of each)."""
    return [
        (one.what, one.claims, tuple(" + ".join(span.exact for span in side) for side in one.spans))
        for one in of.differences
    ]


# --- figures


def test_two_passes_that_are_the_same_agree_fully_whatever_their_ids(compared):
    found = compared(each("a"), each("b"))
    counts = found.counts
    assert {(c.right, c.predicted, c.gold) for m, c in counts.items() if m[:7] in ("claim", "cue_exa", "content")} == {
        (4, 4, 4)
    }
    assert (counts["source_exact"].gold, counts["antecedent_exact"].gold) == (3, 1)
    assert all(count.f1 == 1 for count in counts.values())
    assert all(one.value == 1 for one in agreement.alphas([found]).values())
    assert found.differences == ()


def test_a_claim_that_one_has_alone_costs_f1_and_is_told_with_its_words(compared):
    found = compared(each("a"), each("b", said, alleged))
    claim = found.counts["claim"]
    assert (claim.right, claim.gold, claim.predicted, claim.f1) == (2, 4, 2, pytest.approx(2 / 3))
    assert told(found) == [
        ("claim", ("a2", None), ("أضاف + العمل انتهى", "")),
        ("claim", ("a4", None), ("رأى + الأشغال تأخرت كثيرا", "")),
    ]


def test_the_figures_do_not_depend_on_who_is_named_first(compared, tmp_path, known):
    one = compared([said("a1"), added("a2"), alleged("a3", content="الجسر لم")], each("b", said, alleged))
    other = agreement.of(*passes.read(tmp_path / "b", tmp_path / "a", known.actors, known.cues))
    assert [c.f1 for c in one.counts.values()] == [c.f1 for c in other.counts.values()]
    values = [[alpha.value for alpha in agreement.alphas([each]).values()] for each in (one, other)]
    assert values[0] == values[1]


SPANS = {
    "a proclitic is no difference": ("content", "الطريق سيفتح غدا", "طريق سيفتح غدا", 1, 1),
    "nor is a complementiser": ("content", "الطريق سيفتح غدا", "إن الطريق سيفتح غدا", 1, 1),
    "a word more overlaps, and is not the same": ("content", "الطريق سيفتح غدا", "الطريق سيفتح", 0, 1),
    "a word of three overlaps by less than half": ("source", "الوزير سمير الحلبي", "الحلبي", 0, 0),
}


@pytest.mark.parametrize(("role", "ours", "theirs", "exact", "overlap"), SPANS.values(), ids=SPANS)
def test_spans_are_compared_as_words(compared, role, ours, theirs, exact, overlap):
    found = compared([said("a1", **{role: ours})], [said("b1", **{role: theirs})])
    assert (found.counts[f"{role}_exact"].right, found.counts[f"{role}_overlap"].right) == (exact, overlap)
    assert [one[0] for one in told(found)] == ([] if exact else [role])


def test_the_parts_of_a_content_count_and_not_what_stands_between_them(compared):
    parts = ["الأشغال", "كثيرا"]
    found = compared([thought("a1", content=parts)], [thought("b1")])
    assert found.counts["content_exact"].right == 0
    assert found.counts["content_overlap"].right == 1
    assert agreement.alphas([found])["content"].words == (2, 3)
    assert [sentence.count((False, True)) for sentence in found.units["content"]] == [0, 0, 0, 1, 0]


COLUMNS = {
    "kind": ({}, {"kind": "mixed"}),
    "modality": ({}, {"modality": "negated"}),
    "act": ({}, {"act": "cognition"}),
    "stance": ({}, {"stance": "negative"}),
    "credibility": (
        {"credibility": "2", "rationale": "two say so", "rater": "Huda"},
        {"credibility": "3", "rationale": "one says so", "rater": "Omar"},
    ),
}


@pytest.mark.parametrize("column", COLUMNS)
def test_columns_are_compared_on_claims_that_match(compared, column):
    ours, theirs = COLUMNS[column]
    found = compared([said("a1", **ours), alleged("a2")], [said("b1", **theirs), thought("b2")])
    one = agreement.columns([found])[column]
    assert (one.agreed, one.of, one.share) == (0, 1, 0)
    assert [(each.what, each.claims) for each in found.differences if each.what != "claim"] == [(column, ("a1", "b1"))]


def test_kappa_is_what_agrees_beyond_chance(compared):
    found = compared(
        [said("a1"), added("a2"), alleged("a3", modality="negated"), thought("a4", modality="negated")],
        [said("b1"), added("b2"), alleged("b3", modality="negated"), thought("b4")],
    )
    column = agreement.columns([found])["modality"]
    assert (column.share, column.kappa) == (0.75, 0.5)
    assert agreement.columns([found])["kind"].kappa is None  # one label throughout: chance alone would agree


def test_a_grade_is_compared_only_where_both_gave_one(compared):
    graded = {"credibility": "2", "rationale": "two say so", "rater": "Huda"}
    assert agreement.columns([compared([said("a1", **graded)], [said("b1")])])["credibility"].of == 0


def test_sources_are_the_same_by_the_claims_that_they_make_not_by_their_ids(compared):
    renamed = [{**MINISTER, "source_id": "smr", "name": "الوزير سمير"}, ACTIVIST, PEOPLE]
    omar = [said("b1", source_id="smr"), added("b2", source_id="smr"), alleged("b3")]
    assert compared(each("a", said, added, alleged), omar, sources=renamed).differences == ()


def test_a_claim_that_two_give_to_different_sources_is_told(compared):
    omar = [said("b1"), added("b2"), alleged("b3", source_id="minister"), thought("b4")]
    found = compared(each("a"), omar)
    assert [(one.what, one.values) for one in found.differences] == [("source_id", ("activist", "minister"))]


def test_what_differs_about_a_source_is_told_once_not_with_each_of_its_claims(compared):
    found = compared(each("a"), each("b"), sources=[{**MINISTER, "kind": "organisation"}, ACTIVIST, PEOPLE])
    assert [(one.what, one.claims, one.values) for one in found.differences] == [
        ("source_kind", ("a1", "b1"), ("named person", "organisation"))
    ]
    assert agreement.columns([found])["source_kind"].of == 3


def test_nesting_is_compared_by_claims_that_match(compared):
    same = compared([said("a1"), added("a2", within="a1")], [said("b7"), added("b8", within="b7")])
    assert same.differences == ()


def test_a_nesting_that_one_has_alone_is_told(compared):
    found = compared([said("a1"), added("a2", within="a1")], [said("b1"), added("b2")])
    assert [(one.what, one.values) for one in found.differences] == [("within", ("a1", ""))]


# --- who decided what, and how


def test_claims_that_nobody_decided_on_are_counted_apart(compared):
    found = compared(each("a"), [said("b1"), added("b2", status="unreviewed")])
    assert found.passes[1].undecided == 1
    assert found.counts["claim"].predicted == 1


def test_a_claim_that_the_other_rejected_is_a_difference_of_status(compared):
    found = compared([said("c1", status="accepted"), alleged("c2")], [said("c1", status="rejected"), alleged("c2")])
    status = agreement.columns([found])["status"]
    assert (status.agreed, status.of) == (1, 2)
    assert [(one.what, one.claims, one.values) for one in found.differences] == [
        ("claim", ("c1", "c1"), ("claim", "rejected"))
    ]
    assert "c1 · B c1: rejected by B" in agreement_report.as_text([found])


BLIND = {
    "both": (True, True, agreement_report.BLIND),
    "neither": (False, False, agreement_report.CANDIDATES),
    "one": (True, False, agreement_report.MIXED),
    "one does not say": (True, None, agreement_report.UNKNOWN),
}


@pytest.mark.parametrize(("ours", "theirs", "words"), BLIND.values(), ids=BLIND)
def test_passes_made_blind_are_told_from_passes_over_candidates(tmp_path, known, ours, theirs, words):
    where = [made(tmp_path / name, name, said("c1"), blind=blind) for name, blind in (("a", ours), ("b", theirs))]
    found = agreement.of(*passes.read(*where, known.actors, known.cues))
    assert " ".join(agreement_report.as_text([found]).split()).count(words) == 1
    assert agreement_report.as_json([found])["blind"] == words


HANDS = {
    "two people": ("Huda", "Omar", None),
    "one person twice": ("Huda", "Huda", "Both passes are by Huda:"),
    "the project twice": ("the project: A", "the project: B", "Both passes are by the project:"),
}


@pytest.mark.parametrize(("ours", "theirs", "words"), HANDS.values(), ids=HANDS)
def test_two_passes_of_one_annotator_are_told_from_those_of_two(tmp_path, known, ours, theirs, words):
    where = made(tmp_path / "a", ours, said("c1")), made(tmp_path / "b", theirs, said("c1"))
    text = agreement_report.as_text([agreement.of(*passes.read(*where, known.actors, known.cues))])
    assert (words or "") in text and ("Both passes are by" in text) == bool(words)


def test_without_a_copy_the_text_is_that_of_the_article_beside_one_folder(tmp_path, known):
    where = made(tmp_path / "a.annotations", "Huda", said("c1")), made(tmp_path / "b", "Omar", said("c1"))
    for each in where:
        (each / "article.txt").unlink()
    with pytest.raises(InputError, match="its text is missing"):
        passes.read(*where, known.actors, known.cues)
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    assert passes.read(*where, known.actors, known.cues)[0].article.path == tmp_path / "a.txt"


# --- the report


def test_each_difference_stands_in_its_context_set_from_right_to_left(compared):
    text = agreement_report.as_text([compared([said("a1")], [said("b1", content="الطريق سيفتح")])])
    ours, theirs = text.splitlines()[-2:]
    assert ours.split(maxsplit=2)[2] == (
        "\u2067قال الوزير سمير الحلبي إن |الطريق سيفتح غدا|. وأضاف أن العمل انتهى. وزعم ناشط أن…\u2069"
    )
    assert "|الطريق سيفتح|" in theirs


def test_what_steers_a_terminal_in_a_text_shows_as_its_number():
    text = "قال \u202eالوزير\x1b[1m إن الطريق سيفتح."
    start = text.index("الوزير")
    shown = agreement_report.in_line(text, [articles.Span(start, start + 6, "الوزير")])
    assert shown == "\u2067قال ⟨U+202E⟩|الوزير|⟨U+001B⟩[1m إن الطريق سيفتح.\u2069"


def test_parts_that_stand_far_apart_are_shown_with_what_is_between_cut_at_words():
    text = f"قال {' كلمات' * 40} ثم انتهى."
    spans = [articles.Span(0, 3, "قال"), articles.Span(len(text) - 6, len(text) - 1, "انتهى")]
    assert agreement_report.in_context(text, spans) == [
        "",
        "قال",
        "  كلمات كلمات كلمات كلمات … كلمات كلمات كلمات كلمات ثم ",
        "انتهى",
        ".",
    ]


def test_brief_leaves_the_differences_out(compared):
    found = [compared(each("a"), each("b", said))]
    assert "disagreements: 3" in agreement_report.as_text(found)
    assert "disagreements" not in agreement_report.as_text(found, brief=True)
    assert "disagreements" not in agreement_report.as_json(found, brief=True)["by_article"][0]


def test_the_notebook_shows_the_same_and_says_where_there_is_no_second(merged, tmp_path, known):
    reading = merged([said("a1")], [said("b1"), alleged("b2")])
    found = two_annotators.compare(reading.article, tmp_path / "b", known)
    assert [len(table) for table in two_annotators.tables(found).values()] == [9, 4, 13, 1]
    (row,) = two_annotators.disagreements(found).to_dict("records")
    assert (row["what"], row["A"], row["B"], row["B says"]) == ("claim", "", "b2", "claim")
    assert "|زعم|" in row["B words"]
    assert (
        two_annotators.told(found)
        .splitlines()[0]
        .endswith("Huda, Omar; saw candidates; 1 claims, 1 undecided and excluded")
    )
    assert two_annotators.told(None) == two_annotators.ALONE
    assert two_annotators.tables(two_annotators.compare(reading.article, "", known)) == {}


# --- merging


@pytest.fixture
def merged(tmp_path, known):
    """The folder of two merged passes, beside its article, with the claims of Huda and of Omar."""

    def merge(huda, omar, of_huda=None, of_omar=None):
        path = tmp_path / "road.txt"
        path.write_bytes(TEXT.encode())
        where = (
            made(tmp_path / "a", "Huda", *huda, **of_huda or {}),
            made(tmp_path / "b", "Omar", *omar, **of_omar or {}),
        )
        found = agreement.of(*passes.read(*where, known.actors, known.cues))
        merging.save(found.matched, folder.beside(path))
        return readings.read(articles.load(path), known)

    return merge


def attributed(reading):
    return [claim for claim in reading.claims if claim.attributed]


def test_what_two_agree_on_is_decided_by_both(merged):
    reading = merged(each("a"), each("b"))
    assert reading.claims_from == "people"
    assert [(c.claim_id, c.status, c.annotator) for c in attributed(reading)] == [
        (f"a{number}", "added", "Huda, Omar") for number in range(1, 5)
    ]
    assert len(reading.sources) == 3


def test_what_two_differ_on_is_kept_from_both_to_be_decided_with_who_said_what(merged):
    reading = merged([said("c1"), alleged("c2")], [said("c1", content="الطريق سيفتح"), alleged("c2")])
    first, second, third = attributed(reading)
    assert [first.content_text, second.content_text] == ["الطريق سيفتح غدا", "الطريق سيفتح"]
    assert [(c.claim_id, c.status, c.annotator, c.proposed) for c in (first, second)] == [
        ("c1", "unreviewed", "Huda", True),
        ("c1-2", "unreviewed", "Omar", True),
    ]
    assert first.note == "Huda: this; Omar: c1-2, which differs in content"
    assert second.note == "Omar: this; Huda: c1, which differs in content"
    assert (third.claim_id, third.status) == ("c2", "added")
    assert (reading.claims_from, reading.curated.decided, reading.curated.of) == ("mixed", 1, 3)
    assert {claim.made_by for claim in attributed(reading)} == {"people"}


def test_a_claim_that_one_has_alone_is_to_be_decided(merged):
    reading = merged([said("a1")], [said("b1"), alleged("b2")])
    alone = reading.claim("b2")
    assert (alone.status, alone.annotator, alone.note) == ("unreviewed", "Omar", "Huda: does not have it; Omar: added")
    assert reading.source_of(alone).name == "ناشط"


def test_of_a_claim_that_one_rejected_the_other_stays_to_be_decided(merged):
    reading = merged([said("c1", status="rejected"), alleged("c2")], [said("c1", status="accepted"), alleged("c2")])
    claim = reading.claim("c1")
    assert (claim.status, claim.annotator, claim.note) == ("unreviewed", "Omar", "Huda: rejected; Omar: accepted")
    assert len(attributed(reading)) == 2


def test_what_both_rejected_stays_rejected(merged, tmp_path):
    reading = merged([said("c1", status="rejected"), alleged("c2")], [said("c1", status="rejected"), alleged("c2")])
    assert [claim.claim_id for claim in attributed(reading)] == ["c2"]
    assert [row["status"] for row in rows(tmp_path / "road.annotations", "claims.csv")] == ["rejected", "added"]


def test_an_inner_claim_stays_within_its_outer_one_under_its_new_name(merged):
    reading = merged([thought("c1")], [thought("c1"), said("c2", content="الطريق سيفتح غدا"), added("c3", within="c2")])
    assert reading.claim("c3").within == "c2"
    reading_ids = {claim.claim_id for claim in attributed(reading)}
    assert reading_ids == {"c1", "c2", "c3"}


def test_what_both_have_within_claims_on_which_they_differ_is_to_be_decided_too(merged):
    huda = [said("a1"), added("a2", within="a1")]
    omar = [said("b1", content="الطريق سيفتح"), added("b2", within="b1")]
    inner = merged(huda, omar).claim("a2")
    assert (inner.status, inner.within) == ("unreviewed", "a1")
    assert inner.note == "both have it, within a1 or b1, on which they differ"


def test_chains_that_two_passes_turn_round_make_no_circle(merged):
    huda = [said("a1", status="rejected"), added("a2", within="a1")]
    omar = [added("b2"), said("b1", within="b2")]
    assert len(attributed(merged(huda, omar))) == 2


def test_two_sources_under_one_id_get_two(merged):
    omar = {"sources": [{**ACTIVIST, "source_id": "minister"}]}
    reading = merged([said("a1")], [alleged("b1", source_id="minister")], of_omar=omar)
    assert {reading.source_of(claim).name for claim in attributed(reading)} == {"سمير الحلبي", "ناشط"}


def test_where_two_grade_otherwise_neither_grade_stays_and_the_note_has_both(merged):
    ours = {"credibility": "2", "rationale": "two say so", "rater": "Huda", "rated_on": "2026-03-01"}
    theirs = {"credibility": "3", "rationale": "one says so", "rater": "Omar", "rated_on": "2026-03-02"}
    reading = merged([said("a1", **ours), alleged("a2")], [said("b1", **theirs), alleged("b2", **theirs)])
    first, second = attributed(reading)
    assert (first.credibility, first.rationale, first.status) == (None, "", "added")
    assert first.note == "credibility: Huda: 2 (two say so); Omar: 3 (one says so)"
    assert (second.credibility, second.rater) == (3, "Omar")


def test_where_two_say_otherwise_who_a_source_is_one_of_its_claims_is_to_be_decided(merged):
    omar = {"sources": [{**MINISTER, "kind": "organisation"}]}
    first, second = attributed(merged([said("a1"), added("a2")], [said("b1"), added("b2")], of_omar=omar))
    assert first.note == "source minister: source_kind: Huda: named person; Omar: organisation"
    assert (first.status, second.status) == ("unreviewed", "added")


def test_the_projects_pass_and_a_persons_do_not_read_as_the_projects(tmp_path, known):
    where = made(tmp_path / "a", "the project: A", said("c1")), made(tmp_path / "b", "Huda", said("c1"))
    found = merging.merged(agreement.of(*passes.read(*where, known.actors, known.cues)).matched)
    assert [claim.annotator for claim in found.annotations.claims] == ["Huda, the project: A"]


def test_passes_of_one_name_are_called_by_their_folders(tmp_path, known):
    where = made(tmp_path / "a", "Huda", said("c1")), made(tmp_path / "b", "Huda")
    found = merging.merged(agreement.of(*passes.read(*where, known.actors, known.cues)).matched)
    assert found.annotations.claims[0].note == f"{where[0]}: added; {where[1]}: {merging.NONE}"


def test_candidates_that_neither_decided_on_stay_the_machines(tmp_path, known):
    path = tmp_path / "road.txt"
    path.write_bytes(TEXT.encode())
    reading = readings.read(articles.load(path), known, machine=True)
    where = [draft.save(reading, tmp_path / name) for name in ("a", "b")]
    found = merging.merged(agreement.of(*passes.read(*where, known.actors, known.cues)).matched)
    assert [(c.claim_id, c.status, c.rule, c.note) for c in found.annotations.claims] == [
        (c.claim_id, "unreviewed", c.rule, "") for c in reading.claims if c.attributed
    ]
    assert len(found.annotations.mentions) == len(reading.mentions)
    assert found.decide == sum(claim.attributed for claim in reading.claims)


def test_events_name_claims_as_they_are_called_in_the_merged_folder(merged, tmp_path):
    event = {
        "event_id": "e1",
        "label_ar": "الفتح",
        "label_en": "the opening",
        "start": "",
        "end": "",
        "claim_ids": "b1",
    }
    reading = merged([said("a1")], [said("b1")], of_omar={"events": [event]})
    assert [event.claim_ids for event in reading.events] == [("a1",)]


def test_what_two_differ_on_is_decided_in_the_annotator(merged, tmp_path, known):
    merged([said("c1"), alleged("c2")], [said("c1", content="الطريق سيفتح"), alleged("c2")])
    article = articles.load(tmp_path / "road.txt")
    with Session.open(article, "Salma", known) as session:
        shown = {claim["claim_id"]: claim["note"] for claim in session.answer({"kind": "open"})["claims"]}
        assert shown["c1"].startswith("Huda: this; Omar: c1-2")
        decisions = [{"id": "1", "op": "accept", "claim": "c1-2"}, {"id": "2", "op": "reject", "claim": "c1"}]
        done = session.answer({"kind": "do", "operations": decisions})
        assert (done["acks"], done["refused"]) == (["1", "2"], [])
    reading = readings.read(article, known)
    assert [(c.claim_id, c.status, c.annotator) for c in attributed(reading)] == [
        ("c1-2", "accepted", "Salma"),
        ("c2", "added", "Huda, Omar"),
    ]
    assert reading.claims_from == "people"


@pytest.mark.parametrize(("lang", "words"), [("en", "1 of 3 claims were decided by"), ("ar", "1 من أصل 3")])
def test_pages_say_that_annotators_proposed_what_nobody_decided(merged, lang, words):
    reading = merged([said("c1"), alleged("c2")], [said("c1", content="الطريق سيفتح"), alleged("c2")])
    write = Writer(reading, interface.load(lang))
    assert words in write.made_note()
    assert "Huda" in write.decision(reading.claim("c1"))
    assert interface.load(lang)("made.proposed").lower() in write.cited(reading.claim("c1"))


def test_a_merged_folder_replaces_nothing(merged, tmp_path, known):
    merged([said("a1")], [said("b1")])
    of = agreement.of(*passes.read(tmp_path / "a", tmp_path / "b", known.actors, known.cues))
    with pytest.raises(InputError, match="this folder exists already"):
        merging.save(of.matched, tmp_path / "road.annotations")


# --- the command


@pytest.fixture
def shelves(tmp_path):
    """Two folders of passes: one article in both, one in the first alone."""
    other = TEXT.replace("سمير", "نبيل")
    made(tmp_path / "A" / "road.annotations", "Huda", *each("a"))
    made(tmp_path / "A" / "bridge.annotations", "Huda", text=other)
    made(tmp_path / "B" / "street.annotations", "Omar", *each("b", said, alleged))
    return tmp_path


def test_folders_of_folders_are_paired_by_their_texts_and_what_has_no_partner_is_said(shelves, called):
    done = called("agreement", "A", "B", "--merge", "both", cwd=shelves)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "isnad: A/bridge.annotations: B has no annotations of its text; name folders of the same articles"
    ]
    assert done.stdout.splitlines()[0] == "A  A/road.annotations: Huda; blind: saw no candidates; 4 claims"
    assert done.stdout.splitlines()[-1] == "both/road.annotations: 4 claims, 2 to decide"


def test_json_has_totals_and_each_article(shelves, called):
    shutil.rmtree(shelves / "A" / "bridge.annotations")
    done = called("agreement", "A", "B", "--json", cwd=shelves)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["spans"]["claim"] == {"f1": 0.6667, "both": 2, "a": 4, "b": 2}
    (one,) = found["by_article"]
    assert one["passes"][1] == {
        "folder": "B/street.annotations",
        "annotators": ["Omar"],
        "blind": True,
        "claims": 2,
        "rejected": 0,
        "undecided": 0,
    }
    assert [each["what"] for each in one["disagreements"]] == ["claim", "claim"]
    assert one["disagreements"][0]["a"]["context"][1] == "أضاف"


WRONG = {
    "no folder": (
        ("A", "nowhere"),
        "isnad: nowhere: there is no such folder; name a folder of annotations, or a folder of such folders",
    ),
    "not annotated": (
        ("A", "."),
        "isnad: .: neither a folder of annotations nor a folder with any in it; make one with isnad draft",
    ),
    "two texts": (
        ("A/road.annotations", "A/bridge.annotations"),
        "isnad: A/road.annotations: not of the same text as A/bridge.annotations; compare annotations of one article",
    ),
}


@pytest.mark.parametrize(("named", "line"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared_is_said_in_a_line(shelves, called, named, line):
    done = called("agreement", *named, cwd=shelves)
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (2, "", [line])


def test_a_row_that_does_not_hold_is_said_with_its_file(shelves, called):
    path = shelves / "B" / "street.annotations" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("indirect", "muttered", 1), encoding="utf-8")
    done = called("agreement", "A/road.annotations", "B/street.annotations", cwd=shelves)
    assert done.returncode == 2
    assert "street.annotations/claims.csv: row 2: kind is 'muttered'" in done.stderr
