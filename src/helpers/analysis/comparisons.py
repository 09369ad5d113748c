"""The machine's claims compared with people's: what each found, where they differ, how far they agree, as DataFrames."""

from collections.abc import Sequence

import pandas as pd

from helpers.analysis import shares
from helpers.evaluation import metrics
from helpers.evaluation.gold_texts import Attribution, from_claims
from helpers.evaluation.metrics import Comparison
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.claims import Claim
from helpers.records.readings import Reading

COMPARED = ("claim", "source", "cue", "content")
OUTCOMES = {
    "right": "both, same source and content",
    "missed": "people only",
    "spurious": "machine only",
    "wrong source": "both, different source",
    "wrong content": "both, different content",
    "left out": "both; not counted",
}


def compare(people: Reading, machine: Reading) -> Comparison:
    """Align the machine's asserted, attributed claims with people's, which are gold. Both readings are of one article.

    If nobody annotated the article, there are no outcomes, and all tables of this module are empty.
    """
    if people.claims_from != "people":
        return Comparison((), len(people.article.words), False)
    return metrics.compare(people.article.text, from_claims(people.claims), from_claims(machine.claims))


def measures(comparison: Comparison) -> pd.DataFrame:
    """The measures of `metrics` for one article: measure, precision, recall, f1, right, predicted, gold."""
    found = metrics.total([comparison]).measures if comparison.outcomes else {}
    rows = [
        (name, round(c.precision, 3), round(c.recall, 3), round(c.f1, 3), format(c.right, "g"), c.predicted, c.gold)
        for name, c in found.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "precision", "recall", "f1", "right", "predicted", "gold"])


def side_by_side(people: Reading, machine: Reading, comparison: Comparison) -> pd.DataFrame:
    """One row per claim of either, in the order of the text: the outcome, then source, cue and content of both.

    Returns   outcome, people, machine (their claim ids, empty for none), and for each `source`, `cue`, `content`.
    """
    rows = []
    theirs, found = _by_attribution(people.claims), _by_attribution(machine.claims)
    for outcome in comparison.outcomes:
        gold, predicted = theirs.get(outcome.gold), found.get(outcome.predicted)
        there = [c for c in (gold, predicted) if c]
        where = min((span.start for c in there for span in c.spans), default=0)
        rows.append((where, OUTCOMES[outcome.what], *_cells(gold), *_cells(predicted)))
    columns = ["where", "outcome", *(f"{who} {what}" for who in ("people", "machine") for what in COMPARED)]
    return pd.DataFrame(sorted(rows), columns=columns).drop(columns="where")


def agreement(people: Reading, machine: Reading) -> pd.DataFrame:
    """Numbers of words by what each says of them (attributed claim, outlet's own voice, no claim): people × machine.

    The agreement beyond chance is `metrics.kappa` of these counts.
    """
    labels = ["attributed", "unattributed", "no claim"]
    one, other = (_labels(reading) for reading in (people, machine))
    counts = pd.DataFrame(0, index=pd.Index(labels, name="people"), columns=pd.Index(labels, name="machine"))
    if people.claims_from != "people":
        return counts.iloc[:0]
    for (a, b), words in pd.concat([one.rename("people"), other.rename("machine")], axis=1).value_counts().items():
        counts.loc[a, b] = words
    return counts


def _labels(reading: Reading) -> pd.Series:
    kinds = dict.fromkeys(map(str, Basis), "attributed") | {Basis.OUTLET: "unattributed", UNCLAIMED: "no claim"}
    return shares.words_by_claim(reading)["basis"].map(kinds)


def _by_attribution(claims: Sequence[Claim]) -> dict[Attribution | None, Claim]:
    return {attribution: claim for claim in claims for attribution in from_claims([claim])}


def _cells(claim: Claim | None) -> tuple[str, str, str, str]:
    if claim is None:
        return "", "", "", ""
    source = claim.source.exact if claim.source else f"({claim.antecedent.exact})" if claim.antecedent else ""
    cue, content = claim.cue_text, claim.content_text
    return claim.claim_id, source, cue, content
