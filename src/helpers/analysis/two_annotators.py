"""Two annotators of one article beside each other: how far they agree, and where they differ. Folders in, DataFrames out."""

from pathlib import Path

import pandas as pd

from helpers.evaluation import agreement, agreement_report, passes
from helpers.evaluation.agreement import Agreement
from helpers.extraction.known import Known
from helpers.files import paths
from helpers.text.articles import Article

ALONE = "no second folder of annotations is given (other), so there are no two annotators to compare"


def compare(article: Article, other: str | Path, known: Known) -> Agreement | None:
    """What the article's own annotations and those of another folder agree on; None where no other is named.

    other     a folder of annotations of the same article, or a folder that holds one; read from home where not absolute
    Raises    InputError where one of the two is no annotation of the article.
    """
    if not other:
        return None
    return agreement.of(*passes.beside(article, paths.resolve(other), known.actors, known.cues))


def told(found: Agreement | None) -> str:
    """Who the two are and how they worked; one line where there are no two."""
    if found is None:
        return ALONE
    return "\n".join([*agreement_report.who([found]), *agreement_report.made([found])])


def tables(found: Agreement | None) -> dict[str, pd.DataFrame]:
    """Spans, words, columns and disagreements, by what each table shows; none where there are no two."""
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
    """One row per role: alpha, the ends of its interval, and how many words each has in it; empty where not defined."""
    rows = [
        (role, _figure(one.value), *map(_figure, one.interval or (None, None)), *one.words)
        for role, one in agreement.alphas([found]).items()
    ]
    return pd.DataFrame(rows, columns=["role", "alpha", "from", "to", "A", "B"])


def columns(found: Agreement) -> pd.DataFrame:
    """One row per column: share, kappa (empty where not defined), same, of."""
    rows = [
        (name, _figure(one.share), _figure(one.kappa), one.agreed, one.of)
        for name, one in agreement.columns([found]).items()
    ]
    return pd.DataFrame(rows, columns=["column", "share", "kappa", "same", "of"])


def disagreements(found: Agreement) -> pd.DataFrame:
    """One row per disagreement: what, the ids of the claims, what each says, and the words of each in their context."""
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
