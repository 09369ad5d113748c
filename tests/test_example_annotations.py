"""The five examples as the project curated them, and the guidelines by which it did."""

import re

import pytest

from helpers import readings
from helpers.annotation import folder, load
from helpers.evaluation import agreement, agreement_report, passes
from helpers.files.errors import InputError
from helpers.inputs import listing
from helpers.lexicon import entries
from helpers.records import curated
from helpers.text import articles
from tests.conftest import EXAMPLES, ROOT

PASSES = ROOT / "data" / "annotations" / "passes"
ANNOTATED = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html"))
GUIDELINES = (ROOT / "data" / "GUIDELINES.md").read_text(encoding="utf-8")
EDGES = '،,.؟?!؛;:«»"“” '
PAIRS = {"[": "]", "‹": "›", "{": "}"}
example = pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.stem)


def marked(line):
    """What the brackets of an example of the guidelines hold, without the brackets inside it."""
    open_, found = [], []
    for at, letter in enumerate(line):
        if letter in PAIRS:
            open_.append((letter, at))
        elif letter in PAIRS.values():
            begun, start = open_.pop()
            assert PAIRS[begun] == letter, line
            found.append((begun, re.sub(r"[\[\]{}‹›]", "", line[start + 1 : at])))
    assert not open_, line
    return found


@example
def test_an_example_holds_and_is_curated_by_the_project_as_a_whole(path, actors):
    article, cues = articles.load(path), entries.cues()
    assert load.faults(article, actors, cues) == []
    assert folder.of(article) == folder.beside(path)
    reading = readings.read(article)
    assert reading.claims_from == "people" and reading.curated.project
    assert reading.curated.annotators == (f"{curated.PROJECT}: two blind passes, adjudicated",)
    assert reading.curated.decided == reading.curated.of == sum(claim.attributed for claim in reading.claims)


@example
def test_spans_of_an_example_end_as_the_guidelines_say(path):
    for claim in readings.read(articles.load(path)).claims:
        if not claim.attributed:
            continue
        for span in (*claim.content, *filter(None, (claim.source, claim.antecedent))):
            assert span.exact == span.exact.strip(EDGES), claim
        assert bool(claim.source) == (claim.source_via == "stated"), claim
        assert bool(claim.antecedent) == (claim.source_via == "inherited"), claim


@example
def test_what_stands_inside_the_content_of_a_claim_is_within_it(path):
    claims = [claim for claim in readings.read(articles.load(path)).claims if claim.attributed]
    for inner in claims:
        around = [
            outer
            for outer in claims
            if outer is not inner
            and all(
                any(p.start <= s.start and s.end <= p.end for p in outer.content) for s in (*inner.content, *inner.cue)
            )
        ]
        # A claim of the same cue (نسب … إلى) is the outer one's, though its cue is not in the content.
        assert inner.within in {outer.claim_id for outer in around} or (
            not around
            and (inner.within is None or any(c.claim_id == inner.within and c.cue == inner.cue for c in claims))
        ), inner


def test_the_guidelines_tell_how_two_passes_agree_as_it_is_found_again(actors):
    cues = entries.cues()
    pairs, wrong = passes.paired(*(PASSES / name for name in "AB"))
    assert len(pairs) == len(ANNOTATED) and not wrong
    found = agreement_report.as_json([agreement.of(*passes.read(*pair, actors, cues)) for pair in pairs], True)
    for role in ("source", "cue", "content", "antecedent"):
        alpha = found["alpha"][role]
        figures = [found["spans"][f"{role}_{how}"]["f1"] for how in ("exact", "overlap")]
        told = re.search(rf"^\| {role} ((?:\| [\d.]+ )+)\| ([\d.]+)–([\d.]+) \|$", GUIDELINES, re.MULTILINE)
        said = [float(figure) for figure in (*told[1].split("|")[1:], told[2], told[3])]
        assert said == pytest.approx([*figures, alpha["alpha"], *alpha["alpha_95"]], abs=0.00056)
    claim, columns = found["spans"]["claim"], found["columns"]
    assert f"| claim | | {claim['f1']:.3f} |" in GUIDELINES
    assert claim["a"] == claim["b"] and f"Of {claim['a']} claims in each pass {claim['both']} are in both" in GUIDELINES
    assert all(columns[name]["share"] == 1 for name in ("kind", "source_via", "modality", "act", "stance", "source_id"))
    assert f"on `within` on {columns['within']['same']};" in GUIDELINES
    assert columns["source_kind"]["share"] == columns["actor_ids"]["share"] == 1
    assert (
        f"of all {columns['source_kind']['of']} sources, on the affiliation of {columns['affiliation_ids']['same']}."
        in GUIDELINES
    )


def test_the_passes_are_no_articles_annotations(tmp_path):
    assert not folder.annotated(PASSES)
    for path in ANNOTATED:
        assert folder.of(articles.load(path)) == folder.beside(path)
    with pytest.raises(InputError, match="is in this folder"):
        listing.files([str(PASSES)], tmp_path)


@pytest.mark.parametrize("line", re.findall(r'<span dir="rtl">([^<]*[{‹[][^<]*)</span>', GUIDELINES))
def test_the_guidelines_mark_their_own_examples_by_their_own_rules(line):
    for role, words in marked(line):
        if role != "‹" and words != "…":
            assert words == words.strip(EDGES), words
