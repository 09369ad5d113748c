"""The finder measured against gold: the scores for a file of attributions, as text and as JSON."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from helpers.evaluation import gold_texts, metrics
from helpers.evaluation.gold_texts import Annotated, Attribution, Extent
from helpers.evaluation.metrics import Comparison, Counts, Outcome, Score
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.text import articles, invisible
from helpers.text.articles import Article

SHOWN_SPANS = ("source", "cue", "content")
LINE_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A file of attributions, and the comparison with the claims found in its texts, article by article.

    intervals   the 95 % interval of F1 by measure
    by_colon    the number of claims whose only cue is a colon (the speaker of a headline, a turn of an interview). They
                are not compared, since cues in gold are words
    """

    gold: tuple[Annotated, ...]
    comparisons: tuple[Comparison, ...]
    score: Score
    intervals: dict[str, tuple[float, float]]
    by_colon: int = 0

    def errors(self) -> Iterable[tuple[Annotated, Outcome]]:
        """All errors, each with its article, in the order of the file and of the text."""
        for annotated, comparison in zip(self.gold, self.comparisons, strict=True):
            for outcome in comparison.errors:
                yield annotated, outcome


def evaluate(path: str | Path, find: Callable[[Article], list[Claim]]) -> Evaluation:
    """Find the claims of every article in a file of attributions and compare them with gold.

    Raises    InputError, one line, for a file that cannot be used (see `gold_texts.load`) or a text without words.
    """
    path = Path(path)
    gold = gold_texts.load(path)
    made = [_found(path, annotated, find) for annotated in gold]
    found = tuple(
        metrics.compare(annotated.text, annotated.attributions, gold_texts.from_claims(filter(_by_words, made_here)))
        for annotated, made_here in zip(gold, made, strict=True)
    )
    by_colon = sum(not _by_words(claim) for made_here in made for claim in made_here)
    return Evaluation(tuple(gold), found, metrics.total(found), metrics.intervals(found), by_colon)


def _by_words(claim: Claim) -> bool:
    return claim.cue_form != "punctuation"


def _found(path: Path, annotated: Annotated, find: Callable[[Article], list[Claim]]) -> list[Claim]:
    try:
        article = articles.from_text(annotated.text, articles.slug(annotated.article_id), path)
    except InputError as e:
        raise InputError(f"{path}: line {annotated.line}: {str(e).removeprefix(f'{path}: ')}") from None
    return find(article)


def as_text(evaluation: Evaluation, errors: int = 0) -> str:
    """The evaluation as text, without colours: a table of the measures, the two rates, and the first `errors` errors."""
    printed = io.StringIO()
    page = Console(file=printed, width=LINE_WIDTH, color_system=None, force_terminal=False)
    page.print(_table(evaluation))
    score = evaluation.score
    lines = [
        *printed.getvalue().splitlines(),
        "",
        f"{score.articles:,} articles, {score.words:,} words; F1 with its 95 % interval over resampled articles",
        f"spurious claims per 1,000 words: {_rate(score.spurious_per_1000_words)}",
        f"articles without attribution: {score.silent}, of these with a false alarm: {score.false_alarms}"
        f" ({_rate(score.false_alarm_rate)})",
        f"claims reported by a colon after a speaker, not counted above: {evaluation.by_colon}",
    ]
    lines += ["", *(f"{measure:13} {says}" for measure, says in metrics.MEASURES.items())]
    if errors:
        every = sum(1 for _ in evaluation.errors())
        lines += ["", f"errors: {min(errors, every):,} of {every:,}"]
    for number, (annotated, outcome) in enumerate(islice(evaluation.errors(), errors), 1):
        lines += ["", f"{number}. {_one_line(annotated.article_id)}: {outcome.what}"]
        for whose, shown in (("gold", outcome.gold), ("predicted", outcome.predicted)):
            lines += [f"   {whose:9}  {key:7}  {text}" for key, text in _texts(shown, annotated.text)]
    return "\n".join(line.rstrip() for line in lines)


def _table(evaluation: Evaluation) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("measure")
    for column in ("P", "R", "F1", "95 %", "right", "predicted", "gold"):
        table.add_column(column, justify="right", no_wrap=True)
    for measure, counts in evaluation.score.measures.items():
        low, high = evaluation.intervals[measure]
        shares = (f"{share:.3f}" for share in (counts.precision, counts.recall, counts.f1))
        right = f"{counts.right:.1f}" if measure == "content_dice" else f"{counts.right:.0f}"
        table.add_row(measure, *shares, f"{low:.3f}–{high:.3f}", right, str(counts.predicted), str(counts.gold))
    return table


def _rate(value: float | None) -> str:
    return "none to count" if value is None else f"{value:.2f}"


def _texts(shown: Attribution | None, text: str) -> list[tuple[str, str]]:
    if shown is None:
        return [("none", "")]
    return [(key, _exact(getattr(shown, key), text) or "none") for key in SHOWN_SPANS]


def _exact(span: Extent | None, text: str) -> str:
    return f"«{_one_line(text[slice(*span)])}»" if span else ""


def _one_line(text: str) -> str:
    return invisible.shown(" ".join(text.split()))  # no control characters in a terminal


def as_json(evaluation: Evaluation, errors: int = 0) -> dict[str, object]:
    """The evaluation as one JSON object; shares are 0..1, rounded to 4 places, spans as in `isnad annotate`.

    In addition to the report, it has `recall` by `kind` and by `act` of the gold attributions.
    """
    score = evaluation.score
    return {
        "schema": 1,
        "articles": score.articles,
        "words": score.words,
        "measures": {m: _measure(c, evaluation.intervals[m]) for m, c in score.measures.items()},
        "spurious_per_1000_words": _rounded(score.spurious_per_1000_words),
        "without_attribution": {
            "articles": score.silent,
            "false_alarms": score.false_alarms,
            "rate": _rounded(score.false_alarm_rate),
        },
        "left_out": evaluation.by_colon,
        "recall": {by: _recalls(evaluation.comparisons, by) for by in ("kind", "act")},
        "errors": [
            {
                "article_id": annotated.article_id,
                "what": outcome.what,
                "gold": _spans(outcome.gold, annotated.text),
                "predicted": _spans(outcome.predicted, annotated.text),
            }
            for annotated, outcome in islice(evaluation.errors(), errors)
        ],
    }


def _measure(counts: Counts, interval: tuple[float, float]) -> dict[str, object]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "f1_95": [round(end, 4) for end in interval],
        "right": round(counts.right, 2),
        "predicted": counts.predicted,
        "gold": counts.gold,
    }


def _recalls(comparisons: Iterable[Comparison], by: str) -> dict[str, dict[str, float]]:
    groups = metrics.recalls(comparisons, by)
    return {
        value: {measure: round(each.recall, 4) for measure, each in counts.items()} | {"gold": counts["triple"].gold}
        for value, counts in groups.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _spans(shown: Attribution | None, text: str) -> dict[str, object] | None:
    spans = {key: getattr(shown, key) for key in SHOWN_SPANS} if shown else None
    return spans and {
        key: span and {"start": span[0], "end": span[1], "exact": text[slice(*span)]} for key, span in spans.items()
    }
