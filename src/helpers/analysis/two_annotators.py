"""The agreement and the disagreements of two annotators of one article, as DataFrames."""

from pathlib import Path

import pandas as pd

from helpers.evaluation import agreement, agreement_report, passes
from helpers.evaluation.agreement import Agreement
from helpers.extraction.known import Known
from helpers.files import paths
from helpers.text.articles import Article

ALONE = "no second folder of annotations is given (other), so there are no two annotators to compare"


def compare(article: Article, other: str | Path, known: Known) -> Agreement | None:
    """The agreement of the article's own annotations with those of another folder; None if `other` is empty.

    other     a folder of annotations of the same article, or a folder that contains one; below home if not absolute
    Raises    InputError if one of the two is not an annotation of the article.
    """
    if not other:
        return None
    return agreement.of(*passes.beside(article, paths.resolve(other), known.actors, known.cues))


def told(found: Agreement | None) -> str:
    """Who the two annotators are and how they worked; one line if there are not two."""
    if found is None:
        return ALONE
    return "\n".join([*agreement_report.who([found]), *agreement_report.made([found])])


def tables(found: Agreement | None) -> dict[str, pd.DataFrame]:
    """The tables of spans, words, columns and disagreements, by caption; empty if there are not two annotators."""
    if found is None:
        return {}
    return {
        "Spans: F1, how many both have, and how many each": spans(found),
        "Words: Krippendorff's alpha with its 95 % interval": words(found),
        "Columns of claims and sources that both have": columns(found),
        "Disagreements": disagreements(found),
    }


def spans(found: Agreement) -> pd.DataFrame:
    """One row per measure: f1, both, A, B."""
    rows = [(name, round(c.f1, 3), int(c.right), c.gold, c.predicted) for name, c in found.counts.items()]
    return pd.DataFrame(rows, columns=["measure", "f1", "both", "A", "B"])


def words(found: Agreement) -> pd.DataFrame:
    """One row per role: alpha, the ends of its interval (empty if not defined), and the number of words of each."""
    rows = [
        (role, _figure(one.value), *map(_figure, one.interval or (None, None)), *one.words)
        for role, one in agreement.alphas([found]).items()
    ]
    return pd.DataFrame(rows, columns=["role", "alpha", "from", "to", "A", "B"])


def columns(found: Agreement) -> pd.DataFrame:
    """One row per column: share, kappa (empty if not defined), same, of."""
    rows = [
        (name, _figure(one.share), _figure(one.kappa), one.agreed, one.of)
        for name, one in agreement.columns([found]).items()
    ]
    return pd.DataFrame(rows, columns=["column", "share", "kappa", "same", "of"])


def disagreements(found: Agreement) -> pd.DataFrame:
    """One row per disagreement: what, the ids of the claims, each annotator's value, and each one's words in context."""
    text = found.passes[0].article.text
    rows = [
        (
            one.what,
            *(claim or "" for claim in one.claims),
            *one.values,
            *("|".join(agreement_report.in_context(text, side)) if side else "" for side in one.spans),
        )
        for one in found.differences
    ]
    return pd.DataFrame(rows, columns=["what", "A", "B", "A says", "B says", "A words", "B words"])


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
