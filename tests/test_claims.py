import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import readings
from helpers.evaluation import gold_texts, scorecard
from helpers.extraction import claims
from helpers.extraction.thresholds import Thresholds
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.lexicon import entries, vocabulary
from helpers.records.claims import remainders
from helpers.text import articles
from tests import cases
from tests.conftest import SEED
from tests.knowing import KNOWN

UNRATED = replace(KNOWN.fitted, thresholds=Thresholds())  # all that the rules find, however sure the machine is


def found(text, path="x.txt"):
    return claims.find(articles.from_text(text, "x", paths.Path(path)), KNOWN.vocabulary, UNRATED)


def attributed(text):
    """The attributed and asserted claims of a text."""
    return [claim for claim in found(text) if claim.attributed and claim.asserted]


def texts(spans):
    return [span.exact for span in spans]


def words(given):
    """A span's words, or those of several."""
    return given if isinstance(given, list) else [given]


def close(one, other):
    """Whether two spans share at least half of their words."""
    a, b = (set(text.replace("،", " ").split()) for text in (one, other))
    return len(a & b) * 2 >= len(a | b)


@pytest.mark.parametrize("case", cases.read("claims.jsonl"), ids=lambda case: case["why"])
def test_a_sentence_is_read_as_a_careful_reader_reads_it(case):
    made = attributed(case["text"])
    assert [(c.source and c.source.exact, *texts(c.content)) for c in made] == [
        (wanted["source"], *words(wanted["content"])) for wanted in case["claims"]
    ]
    for claim, wanted in zip(made, case["claims"], strict=True):
        assert texts(claim.cue) == words(wanted["cue"])
        if "kind" in wanted:
            assert claim.kind == wanted["kind"]
        if "via" in wanted:
            assert claim.source_via == wanted["via"]
        if "act" in wanted:
            assert claim.act == wanted["act"]
        if "form" in wanted:
            assert claim.cue_form == wanted["form"]
        if "antecedent" in wanted:
            assert (claim.antecedent and claim.antecedent.exact) == wanted["antecedent"]
        assert claim.within == (made[wanted["within"]].claim_id if "within" in wanted else None)


REPORTING = [case for case in cases.read("cues.jsonl") if case.get("reports", True)]
OTHERWISE = [case for case in cases.read("cues.jsonl") if not case.get("reports", True)]


def test_every_cue_of_the_lexicon_has_a_sentence_of_its_own():
    lemmas = [case["lemma"] for case in REPORTING]
    assert sorted(lemmas) == sorted(entries.cues())
    assert len(lemmas) >= 150


@pytest.mark.parametrize("case", REPORTING, ids=lambda case: case["lemma"])
def test_a_cue_reports_what_its_sentence_says(case):
    hits = [
        claim
        for claim in found(case["text"])
        if claim.cue_lemma == case["lemma"] or any(case["cue"] in span.exact for span in claim.cue)
    ]
    right = any(
        close(" ".join(texts(c.content)), case["content"])
        and (
            c.source is None
            if case["source"] is None
            else c.source is not None and close(c.source.exact, case["source"])
        )
        for c in hits
    )
    assert right != ("known_error" in case), "found now: take its known_error away" if right else case


@pytest.mark.parametrize("case", OTHERWISE, ids=lambda case: f"{case['lemma']}: {case['text'][:40]}")
def test_a_cue_that_is_something_else_reports_nothing(case):
    wrong = [claim for claim in attributed(case["text"]) if claim.cue_lemma == case["lemma"]]
    assert bool(wrong) == ("known_error" in case)


def test_every_attributed_claim_of_the_seed_is_found_with_its_source(reading):
    machine = readings.read(articles.load(SEED), machine=True)
    people = [(c.source and c.source.exact, c.cue[0].exact) for c in reading.claims if c.cue]
    assert [(c.source and c.source.exact, c.cue[0].exact) for c in machine.claims if c.cue] == people
    assert all(s.named == m.named for s, m in zip(_speakers(reading), _speakers(machine), strict=True))


def _speakers(reading):
    return [reading.source(c.source_id) for c in reading.claims if c.source]


def test_no_claim_of_the_seed_is_made_of_its_scare_quotes():
    machine = readings.read(articles.load(SEED), machine=True)
    assert not [c for c in machine.claims if c.cue and any("إخراج الكفار" in span.exact for span in c.content)]


@pytest.mark.parametrize(("name", "floor"), [("press_1", 0.9), ("press_2", 0.93), ("press_3", 0.8), ("press_4", 0.87)])
def test_invented_press_is_read_as_well_as_the_readme_says(name, floor):
    path = paths.home() / "data" / "gold" / f"{name}.jsonl"
    made = scorecard.evaluate(path, lambda each: claims.find(each, KNOWN.vocabulary, KNOWN.fitted))
    triple = made.score.measures["triple"]
    assert triple.f1 >= floor
    assert made.score.spurious_per_1000_words <= 3


def test_what_nobody_says_is_the_outlets_own_voice():
    made = found("وصل الوفد إلى العاصمة مساء. وقال رئيسه إن المفاوضات ستبدأ غدا.")
    assert [(c.kind, c.claim_id, c.sentence) for c in made] == [("unattributed", "c1", 1), ("indirect", "c2", 2)]


def test_a_claim_says_how_it_was_found_and_how_sure_that_is():
    made = attributed("وقال الوزير إن الطريق مفتوح. وبحسب شهود، فقد وقع انفجار كبير.")
    assert all(c.made_by == "machine" and c.rule and 0 < c.confidence < 1 for c in made)


PIECES = [
    "قال",
    "وقال",
    "أن",
    "إن",
    ":",
    "«",
    "»",
    '"',
    "“",
    "”",
    "(",
    ")",
    "،",
    ".",
    "كما",
    "وفقا",
    "نقلت",
    "عن",
    "قوله",
    "الوزير",
    "الذي",
    "لكنه",
    "أما",
    "12",
    "ﷺ",
    "إنَّ",
    "ـ",
    "مشيرا",
    "على",
    "حد",
    "قولها",
    "جاء",
    "في",
    "بيان",
    "بأنه",
    "من",
    "يعتبر",
    "أبلغ",
    "نفى",
    "قائلا",
    "فإن",
    "فيما",
    "بالقول",
    "له",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n", "\u200f", "\u202e"]), max_size=40))
def test_whatever_the_text_spans_lie_inside_it_and_say_what_it_says(words):
    text = "كلمة " + " ".join(words)
    article = articles.from_text(text, "x", paths.Path("x"))
    reading = readings.read(article, KNOWN)
    for claim in reading.claims:
        for span in claim.spans:
            assert text[span.start : span.end] == span.exact
        parts = sorted((span.start, span.end) for span in (*claim.cue, *claim.content, *filter(None, [claim.source])))
        assert all(one[1] <= other[0] for one, other in pairwise(parts)), claim
    assert [c.order for c in reading.claims] == list(range(1, len(reading.claims) + 1))
    orders = {c.claim_id: c.order for c in reading.claims}
    assert all(c.within is None or orders[c.within] < c.order for c in reading.claims)


@pytest.mark.parametrize(
    "piece",
    ["قال ", "« ", "وقال الوزير إن ", "أن ", "قال الذي ", "وقال الوزير: «نعم ", "بحسب الوزير، ", "نقلت عن "],
    ids=["verbs", "marks", "claims", "أن", "relative clauses", "open quotations", "particles", "relays"],
)
def test_twice_the_text_takes_no_more_than_twice_the_work(piece):
    once, twice = (_work(piece * times + "نعم") for times in (500, 1_000))
    assert twice.calls < 2.3 * once.calls
    assert twice.letters < 2.3 * once.letters + 1_000


class _work:
    """Measures the work of finding the claims of a text: calls made, letters kept in spans."""

    def __init__(self, text):
        self.calls = 0
        sys.setprofile(self._count)
        try:
            made = found(text)
        finally:
            sys.setprofile(None)
        self.letters = sum(len(span.exact) for claim in made for span in claim.spans)

    def _count(self, frame, event, arg):
        self.calls += event in ("call", "c_call")


def test_a_cue_without_a_lemma_is_refused_with_its_row(tmp_path):
    path = tmp_path / "cue_forms.csv"
    path.write_text("lemma,form,part,agreement\nلمس,لمس,perfect,3ms\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2: lemma 'لمس' is not in cues\.csv"):
        vocabulary.Vocabulary(entries.cues(), path)


@pytest.mark.parametrize("name", ["press_1", "press_2", "press_3", "press_4"])
def test_what_is_unattributed_is_what_other_claims_leave_of_its_sentence(name):
    for annotated in gold_texts.load(paths.home() / "data" / "gold" / f"{name}.jsonl"):
        article = articles.from_text(annotated.text, "x", paths.Path("x"))
        made = claims.find(article, KNOWN.vocabulary, KNOWN.fitted)
        for sentence, left in zip(article.sentences, remainders(article, made), strict=True):
            here = [claim for claim in made if claim.sentence == sentence.number]
            kept = {span for claim in here if claim.kind == "unattributed" for span in claim.content}
            assert kept <= set(left)
