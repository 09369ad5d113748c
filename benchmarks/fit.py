"""Fit the weights of `data/lexicon/antecedents.csv` on annotated articles, and on request those of `confidence.csv`.

    make fit ARGS="--gold my-articles.jsonl"     use articles in addition to those of data/gold, in the same format
    make fit ARGS="--keep rows.jsonl --gold …"   keep the current results as features without words; write no table
    make fit ARGS="--rows rows.jsonl …"          fit the confidence as well, on kept results: see below
    make fit ARGS=--measure                      measure by cross-validation, write nothing

On articles whose errors were read while rules were written, the finder is right more often than on others, and a
confidence fitted on them would be too high. So the results for new articles are kept (`--keep`) before their errors are
read, and the confidence is fitted on these (`--rows`). The present table was fitted on results for 185 articles of the
real press and the 54 of data/gold, each kept before rules were written on them.

Both models are conditional logits with named binary features: who is the speaker of a clause that names none
(candidates and «nobody»), and whether a claim is right (right or not). The penalised likelihood of people's
annotations, with a penalty on the squares of the weights, is maximised by Nesterov's accelerated gradient.
Cross-validation is by article: each fifth of the articles is measured with weights from the other four. Nothing of a
text is kept but the weights.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers import readings
from helpers.evaluation import alignment, gold_texts, metrics
from helpers.evaluation.gold_texts import Annotated, Attribution
from helpers.evaluation.metrics import Counts
from helpers.extraction import antecedent_features, antecedents, confidence, finder, texts, weights
from helpers.extraction.antecedents import LIKELY, Choice
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import Text
from helpers.extraction.weights import Weights
from helpers.files import paths
from helpers.records.modality import Modality
from helpers.text import articles

FOLDS = 5
STEPS = 600
PENALTY = {"antecedents": 5.0, "confidence": 5.0}
RARE = 4  # a feature of fewer options has no weight
LIKELIHOODS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
BINS = 10
NOTHING = Weights({})


@dataclass
class Read:
    """An annotated article with the finder's drafts and the gold attributions."""

    text: Text
    drafts: list[Draft]
    gold: Annotated
    source: str

    def choices(self) -> Iterable[Choice]:
        """The claims without a source, in order."""
        return antecedents.choices(self.text, self.drafts)

    def resolve(self, fitted: Weights, likely: float = LIKELY) -> None:
        """Resolve the speaker of each claim without a source with these weights."""
        for choice in self.choices():
            at = antecedents.likeliest(choice, fitted, likely)
            choice.settle(self.drafts, None if at is None else choice.candidates[at].words)

    @property
    def annotatable(self) -> list[int]:
        """The indices of drafts that gold can contain; headlines and turns are not annotated."""
        return [number for number, draft in enumerate(self.drafts) if draft.hit.part != "punctuation"]

    def span(self, words: Range | None) -> tuple[int, int] | None:
        """Words as offsets."""
        return (self.text.starts[words[0]], self.text.ends[words[1] - 1]) if words else None

    def attribution(self, draft: Draft) -> Attribution:
        """A draft as an attribution."""
        second = (self.span((draft.second, draft.second + 1)),) if draft.second is not None else ()
        cue = self.span(draft.cue or (draft.at, draft.at + 1))
        found = self.span(draft.source), cue, self.span(draft.content), second
        return Attribution(*found, antecedent=self.span(draft.antecedent))


@dataclass
class Example:
    """A choice among options, each a list of features, with those that are right."""

    options: list[list[str]]
    right: set[int]


def read(path: Path) -> list[Read]:
    """The articles of a file in the format of `data/gold`, read by the finder."""
    known, found = readings.known(), []
    for annotated in gold_texts.load(path):
        text = texts.read(articles.from_text(annotated.text, "x", path), known.vocabulary)
        drafts = finder.drafts(text, known.vocabulary.colon, NOTHING)
        found.append(Read(text, drafts, annotated, path.stem))
    return found


# -- training data


def speakers(article: Read) -> list[Example]:
    """For each claim in gold without a source, the choice among its candidates and «nobody» (the last option)."""
    reader = alignment.Reader(article.gold.text)
    gold = [reader.words(attribution) for attribution in article.gold.attributions]
    kept = article.annotatable
    found = [reader.words(article.attribution(article.drafts[number])) for number in kept]
    wanted = {kept[j]: i for i, j in alignment.pairs(gold, found).items()}
    made = []
    for choice in article.choices():
        choice.settle(article.drafts, None)
        at = wanted.get(choice.number)
        if at is None or gold[at].source:
            continue
        who = gold[at].names if article.gold.attributions[at].source_alt else frozenset()
        right = {k for k, one in enumerate(choice.candidates) if who & _names(reader, article.span(one.words))}
        if right:
            choice.settle(article.drafts, choice.candidates[min(right)].words)
        made.append(Example([*choice.features, choice.nobody], right or {len(choice.candidates)}))
    return made


def _names(reader: alignment.Reader, span: tuple[int, int] | None) -> frozenset[str]:
    return reader.words(Attribution(None, None, None, antecedent=span)).names


def claims(article: Read) -> list[tuple[list[str], bool]]:
    """(features, whether it is right) of each claim, without those that match an optional attribution, except turns."""
    kept = [number for number, draft in enumerate(article.drafts) if draft.modality is Modality.ASSERTED]
    made = [article.attribution(article.drafts[number]) for number in kept]
    seen = confidence.features(article.text, article.drafts)
    shown = {id(one): seen[number] for one, number in zip(made, kept, strict=True)}
    outcomes = metrics.compare(article.gold.text, article.gold.attributions, made).outcomes
    reader, found = alignment.Reader(article.gold.text), []
    for outcome in outcomes:
        features, right = shown.get(id(outcome.predicted)), outcome.what == "right"
        if features is confidence.TURN and outcome.gold and outcome.predicted:
            contents = (reader.words(each).content for each in (outcome.gold, outcome.predicted))
            right = alignment.jaccard(*contents) >= alignment.HALF
        elif outcome.what == "left out":
            continue
        if features:
            found.append((features, right))
    return found


def judged(article: Read) -> list[Example]:
    """Each claim as a choice between right and wrong; the latter has no features."""
    return [Example([shown, []], {0 if right else 1}) for shown, right in claims(article)]


def keep(path: Path, read_: Iterable[Read]) -> int:
    """Write the claims of articles as rows: article, features, whether it is right. Returns the number of rows."""
    rows = [
        {"article": article.gold.article_id, "features": shown, "right": right}
        for article in read_
        for shown, right in claims(article)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def kept(files: Iterable[Path]) -> dict[str, list[Example]]:
    """The rows of files written by `keep`, as examples, by file and article."""
    found: dict[str, list[Example]] = {}
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            example = Example([row["features"], []], {0 if row["right"] else 1})
            found.setdefault(f"{path.stem} {row['article']}", []).append(example)
    return found


# -- the fit


def fit(examples: Sequence[Example], penalty: float) -> Weights:
    """The weights that maximise the log-likelihood of the right options minus `penalty` / 2 times the sum of squares."""
    counts: dict[str, int] = {}
    for feature in (feature for each in examples for option in each.options for feature in option):
        counts[feature] = counts.get(feature, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: at for at, name in enumerate(names)}
    sizes = [len(each.options) for each in examples]
    shown = np.zeros((sum(sizes), len(names)))
    right = np.zeros(len(shown), dtype=bool)
    row = 0
    for each in examples:
        for number, option in enumerate(each.options):
            shown[row, [place[feature] for feature in option if feature in place]] = 1
            right[row] = number in each.right
            row += 1
    found = _climbed(shown, right, np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes), penalty)
    return Weights(dict(zip(names, found.tolist(), strict=True)))


def _climbed(shown: np.ndarray, right: np.ndarray, first: np.ndarray, of: np.ndarray, penalty: float) -> np.ndarray:
    """Nesterov's accelerated gradient, restarted whenever the objective would get worse."""
    step = 1 / (np.linalg.norm(shown, 2) ** 2 / 2 + penalty)
    now = ahead = np.zeros(shown.shape[1])
    pace = 1.0
    for _ in range(STEPS):
        slope = shown.T @ _off(shown @ ahead, right, first, of) + penalty * ahead
        then = ahead - step * slope
        if slope @ (then - now) > 0:
            pace = 1.0
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead = then + (pace - 1) / faster * (then - now)
        if np.abs(then - now).max() < 1e-6:
            break
        now, pace = then, faster
    return now


def _off(sums: np.ndarray, right: np.ndarray, first: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The probability of each option minus its probability given that one of the right options is chosen."""
    shares = np.exp(sums - np.maximum.reduceat(sums, first)[of])
    kept = np.where(right, shares, 0)
    return shares / np.add.reduceat(shares, first)[of] - kept / np.add.reduceat(kept, first)[of]


# -- evaluation


def folds(read_: Sequence[Read], seed: int) -> list[tuple[list[Read], list[Read]]]:
    """(articles for fitting, articles for measuring) for each fifth of the articles."""
    mixed = random.Random(seed).sample(list(read_), len(read_))
    parts = [mixed[at::FOLDS] for at in range(FOLDS)]
    return [([a for other in parts if other is not part for a in other], part) for part in parts]


def cross_validated(read_: Sequence[Read], seeds: Iterable[int]) -> None:
    """Print the accuracy of both models on articles on which they were not fitted, by file."""
    spoken: dict[tuple[str, float], Counts] = {}
    sure: dict[str, list[tuple[float, bool]]] = {}
    for seed in seeds:
        for learned, left in folds(read_, seed):
            speaks = fitted(learned, speakers, "antecedents")
            for article in learned:
                article.resolve(speaks)
            trusts = fitted(learned, judged, "confidence")
            for article in left:
                for likely in LIKELIHOODS:
                    article.resolve(speaks, likely)
                    made = [article.attribution(article.drafts[number]) for number in article.annotatable]
                    compared = metrics.compare(article.gold.text, article.gold.attributions, made)
                    key = article.source, likely
                    spoken[key] = spoken.get(key, Counts()) + compared.counts["antecedent"]
                article.resolve(speaks)
                shown = [(1 / (1 + np.exp(-trusts.sum(names))), right) for names, right in claims(article)]
                sure.setdefault(article.source, []).extend(shown)
    _print(spoken, sure)


def fitted(read_: Sequence[Read], examples: Callable[[Read], list[Example]], model: str) -> Weights:
    """The weights of a model, fitted on articles."""
    return fit([each for article in read_ for each in examples(article)], PENALTY[model])


def cross_validated_rows(rows: dict[str, list[Example]], seeds: Iterable[int]) -> None:
    """Print the accuracy of the confidence on kept rows of articles on which it was not fitted."""
    shown: list[tuple[float, bool]] = []
    for seed in seeds:
        mixed = random.Random(seed).sample(sorted(rows), len(rows))
        for part in (set(mixed[at::FOLDS]) for at in range(FOLDS)):
            trusts = fit([each for name in mixed if name not in part for each in rows[name]], PENALTY["confidence"])
            left = [each for name in part for each in rows[name]]
            shown += [(float(1 / (1 + np.exp(-trusts.sum(each.options[0])))), 0 in each.right) for each in left]
    print(f"confidence, kept rows: {len(shown)} claims  AUC {area(shown):.3f}  calibration error {error(shown):.3f}")


def _print(spoken: dict[tuple[str, float], Counts], sure: dict[str, list[tuple[float, bool]]]) -> None:
    print("who speaks where nobody is named, by the least likelihood that is enough")
    for (source, likely), counts in sorted(spoken.items()):
        print(f"  {source:14} {likely:.2f}  P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}")
    print("confidence")
    for source, shown in sorted(sure.items()):
        print(f"  {source:14} {len(shown)} claims  AUC {area(shown):.3f}  calibration error {error(shown):.3f}")


def area(shown: Sequence[tuple[float, bool]]) -> float:
    """The area under the ROC curve: how often a right claim has a higher confidence than a wrong one."""
    yes, no = ([value for value, right in shown if right is wanted] for wanted in (True, False))
    above = sum((one > other) + (one == other) / 2 for one in yes for other in no)
    return above / max(1, len(yes) * len(no))


def error(shown: Sequence[tuple[float, bool]]) -> float:
    """The calibration error: the mean distance between confidence and accuracy, over ten bins of equal numbers of claims."""
    parts = np.array_split(np.array(sorted(shown), dtype=float), BINS)
    return float(
        sum(len(part) * abs(part[:, 0].mean() - part[:, 1].mean()) for part in parts if len(part)) / len(shown)
    )


def main() -> None:
    """Measure by cross-validation, then fit on all and write both tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, nargs="+", default=[], metavar="PATH", help="more annotated articles")
    asked.add_argument(
        "--keep", type=Path, metavar="PATH", help="write what is found in the articles of --gold, and end"
    )
    asked.add_argument(
        "--rows", type=Path, nargs="+", default=[], metavar="PATH", help="fit the confidence on these, too"
    )
    asked.add_argument("--measure", action="store_true", help="measure only, write nothing")
    asked.add_argument("--seeds", type=int, default=3, help="how often the articles are shared out anew (3)")
    given = asked.parse_args()
    if given.keep:
        found = [article for path in given.gold for article in read(path)]
        speaks = weights.load(paths.lexicon("antecedents.csv"), antecedent_features.FEATURES)
        for article in found:
            article.resolve(speaks)
        print(f"{given.keep}: {keep(given.keep, found)} claims")
        return
    rows = kept(given.rows)
    if rows:
        cross_validated_rows(rows, range(1, given.seeds + 1))
    files = [*sorted((paths.home() / "data" / "gold").glob("*.jsonl")), *given.gold]
    read_ = [article for path in files for article in read(path)]
    cross_validated(read_, range(1, given.seeds + 1))
    if given.measure:
        return
    speaks = fitted(read_, speakers, "antecedents")
    for article in read_:
        article.resolve(speaks)
    weights.write(paths.lexicon("antecedents.csv"), speaks)
    print(f"antecedents.csv: {len(speaks.by_feature)} weights, from {len(read_)} articles")
    if rows:
        trusts = fit([each for examples in rows.values() for each in examples], PENALTY["confidence"])
        weights.write(paths.lexicon("confidence.csv"), trusts)
        print(f"confidence.csv: {len(trusts.by_feature)} weights, from {len(rows)} articles")


if __name__ == "__main__":
    main()
