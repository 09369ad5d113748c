"""Kinds of sentences of the Arabic press that are easily misread, each in several sentences and counter-examples.

The cases are `cases/kinds.jsonl`: `id`, `kind`, `text` and `expected`, one object or a list of them, each with some of

source, cue, content   words of the text; null where no source is stated. A list: of a cue, words of which one must be
                       in it; of a content, its pieces where it is interrupted
direct                 whether the claim is of that kind
antecedent             words of which one must be in it; null where it must stay open
name                   of the source's record
modality               where it is not asserted
mentions               the ids of the actors of lexicons in the whole text
none, only             true: nothing is attributed, and nothing else is

The ids of those that are still misread are in `cases/kinds_open.txt`: whoever makes one of them right takes it out.
"""

import dataclasses
import re
from pathlib import Path

import pytest

import isnad_arabic as isnad
from tests import cases

CASES = cases.read("kinds.jsonl")
OPEN = (Path(__file__).parent / "cases" / "kinds_open.txt").read_text(encoding="utf-8").split()

UNSEEN = re.compile(r"[\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
OPENERS = ("أن", "إن", "بأن", "ان", "بان", "ب")
SAYING = {"source", "cue", "content", "direct", "antecedent", "name", "modality"}


def words(text):
    """The words of a text without punctuation, tatweel, vowel marks and invisible characters."""
    return re.findall(r"[^\W_]+", UNSEEN.sub("", text or ""))


def reported(text):
    """The words of a content, without the word that opens it: «بأنه» is «أنه»."""
    found = words(text)
    while found and found[0] in OPENERS:
        found = found[1:]
    return [re.sub("^ب(?=[أا]نه)", "", word) if at == 0 else word for at, word in enumerate(found)]


def same_content(wanted, spans, text):
    """Whether a content is the wanted one: its pieces, or all from its first piece to its last."""
    if not spans:
        return False
    pieces = [wanted] if isinstance(wanted, str) else wanted
    start = text.index(pieces[0])
    end = text.index(pieces[-1], start) + len(pieces[-1])
    ours = (reported(" ".join(pieces)), reported(text[start:end]))
    made = (reported(" ".join(span.exact for span in spans)), reported(text[spans[0].start : spans[-1].end]))
    return any(one == other for one in ours for other in made)


def shares(wanted, spans):
    """Whether any of the wanted words is among those of the spans."""
    given = {word for span in spans if span for word in words(span.exact)}
    return any(set(words(each)) & given for each in ([wanted] if isinstance(wanted, str) else wanted))


def same_antecedent(wanted, span):
    return span is None if wanted is None else shares(wanted, [span])


def matches(claim, wanted, reading):
    """Whether a claim says all that is wanted of one."""
    return (
        modality(claim) == wanted.get("modality", "asserted")
        and ("cue" not in wanted or shares(wanted["cue"], claim.cue))
        and ("content" not in wanted or same_content(wanted["content"], claim.content, reading.article.text))
        and ("source" not in wanted or words(wanted["source"]) == words(claim.source and claim.source.exact))
        and ("direct" not in wanted or (claim.kind == "direct") == wanted["direct"])
        and ("antecedent" not in wanted or same_antecedent(wanted["antecedent"], claim.antecedent))
        and ("name" not in wanted or wanted["name"] == name(claim, reading))
    )


def modality(claim):
    return getattr(claim, "modality", None) or "asserted"


def name(claim, reading):
    source = reading.source_of(claim)
    return source and source.name


def holds(wanted, reading):
    """Whether a reading is as expected."""
    claims = [claim for claim in reading.claims if claim.attributed]
    asserted = [claim for claim in claims if modality(claim) == "asserted"]
    if wanted.get("none"):
        return not asserted
    if wanted.get("only") and len(asserted) != ("modality" not in wanted):
        return False
    if "mentions" in wanted and sorted(m.actor_id for m in reading.mentions if m.found_by != "machine") != sorted(
        wanted["mentions"]
    ):
        return False
    return not wanted.keys() & SAYING or any(matches(claim, wanted, reading) for claim in claims)


def read(text):
    """A text with all that the rules find in it, what is only perhaps attributed too."""
    reading = isnad.read(text)
    return dataclasses.replace(reading, claims=(*reading.claims, *reading.perhaps_claims))


def right(case):
    reading = read(case["text"])
    expected = case["expected"]
    return all(holds(wanted, reading) for wanted in (expected if isinstance(expected, list) else [expected]))


def parameters():
    known = pytest.mark.xfail(reason="not read rightly yet", strict=True)
    return [pytest.param(case, id=case["id"], marks=[known] if case["id"] in OPEN else []) for case in CASES]


@pytest.mark.parametrize("case", parameters())
def test_a_kind_is_read_as_a_careful_reader_reads_it(case):
    assert right(case), [
        (claim.source and claim.source.exact, claim.cue_text, claim.content_text, claim.kind)
        for claim in read(case["text"]).claims
        if claim.attributed
    ]


def test_what_is_listed_as_open_is_a_case():
    assert len(OPEN) == len(set(OPEN))
    assert set(OPEN) <= {case["id"] for case in CASES}


def test_each_case_has_an_id_and_a_text_of_its_own():
    assert len({case["id"] for case in CASES}) == len({case["text"] for case in CASES}) == len(CASES)


TEXT = "قال الوزير سالم حمد إن الطريق مغلق منذ أمس. وأضاف أن العمل مستمر."


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"source": "الوزير سالم حمد", "cue": "قال", "content": "الطريق مغلق منذ أمس"}, True),
        ({"source": "الوزير", "cue": "قال"}, False),
        ({"source": None, "cue": "قال"}, False),
        ({"cue": "قال", "content": "الطريق مغلق"}, False),
        ({"cue": ["ذكر", "قال"], "name": "سالم حمد"}, True),
        ({"cue": "قال", "name": "سالم"}, False),
        ({"cue": "قال", "antecedent": None}, True),
        ({"cue": "أضاف", "content": "أن العمل مستمر", "antecedent": "سالم حمد"}, True),
        ({"cue": "أضاف", "antecedent": "الطريق"}, False),
        ({"cue": "أضاف", "antecedent": None}, False),
        ({"cue": "قال", "direct": True}, False),
        ({"cue": "قال", "modality": "negated"}, False),
        ({"cue": "قال", "only": True}, False),
        ({"none": True}, False),
        ({"mentions": ["jordan"]}, False),
    ],
)
def test_the_measure_tells_right_from_wrong(wanted, expected):
    assert right({"text": TEXT, "expected": wanted}) == expected


@pytest.mark.parametrize(
    ("wanted", "made", "expected"),
    [
        (["الجسر", "سليم اليوم"], ["الجسر", "سليم اليوم"], True),
        (["الجسر", "سليم اليوم"], ["الجسر، بحسب البلدية، سليم اليوم"], True),
        ("الجسر، بحسب البلدية، سليم اليوم", ["الجسر", "سليم اليوم"], True),
        ("الجسر", ["الجسر", "سليم اليوم"], False),
        (["الجسر", "سليم اليوم"], ["سليم اليوم"], False),
        ("سليم", ["سليم اليوم"], False),
    ],
)
def test_an_interrupted_content_is_its_pieces_or_all_between_them(wanted, made, expected):
    text = "الجسر، بحسب البلدية، سليم اليوم"
    spans = [isnad.Span(text.index(piece), text.index(piece) + len(piece), piece) for piece in made]
    assert same_content(wanted, spans, text) == expected
