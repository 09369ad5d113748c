"""Explains why a claim was found and its confidence, and why a possible cue has no claim."""

from helpers.extraction import confidence, finder, finished_claims, texts
from helpers.extraction.cue_candidates import Trace
from helpers.extraction.drafts import Draft
from helpers.extraction.known import Fitted
from helpers.extraction.weights import Weights
from helpers.files import csv_rows, paths
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.explanations import Explained, Explanation, Vetoed
from helpers.text.articles import Article

COLUMNS = ("veto", "example", "counter_example", "note")


def explain(article: Article, vocabulary: Vocabulary, fitted: Fitted) -> Explained:
    """Explain the finder's result for an article: its attributed claims by id, and its vetoed cues.

    The ids are those of `claims.found`. This takes as long as reading the article again.
    """
    text, trace = texts.read(article, vocabulary), Trace()
    drafts = finder.drafts(text, vocabulary.colon, fitted.antecedents, trace)
    placed = finished_claims.placed(text, drafts, fitted.confidence, fitted.thresholds.attributed)
    weighed = [_weighed(seen, fitted.confidence) for seen in confidence.features(text, drafts)]
    found = {
        claim.claim_id: _explained(drafts[which], claim.rule, trace, weighed[which])
        for claim, which in placed
        if which is not None
    }
    why = {row["veto"]: row["note"] for row in csv_rows.read(paths.lexicon("vetoes.csv"), COLUMNS)}
    made = {draft.at for draft in drafts}
    given_up = tuple(
        Vetoed(article.span(text.starts[at], text.ends[at]), hit.cue.lemma, veto, why[veto])
        for at, (hit, veto) in sorted(trace.stopped.items())
        if at not in made
    )
    return Explained(found, given_up)


def _weighed(features: list[str], weights: Weights) -> tuple[str, ...]:
    """Features with their weights, the heaviest first."""
    found = sorted(((weights.sum([name]), name) for name in features), key=lambda each: -abs(each[0]))
    return tuple(f"{name} ({weight:+.2f})" for weight, name in found if weight)


def _explained(draft: Draft, rule: str | None, trace: Trace, weighed: tuple[str, ...]) -> Explanation:
    kind = draft.construction if rule == draft.rule else finished_claims.CARRIER
    return Explanation(
        {"name": rule, "anchor": kind.anchor, "opens": kind.opens, "cue": kind.cue, "source": kind.source},
        tuple(dict.fromkeys(trace.passed.get(draft.at, ()))),
        weighed,
    )
