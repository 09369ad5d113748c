"""Fit the weights for finding names (`name_weights.csv`) and for the confidence of actors (`name_confidence.csv`).

    make fit-names ARGS="--marked my-articles.jsonl"     use articles in addition to those of data/gold
    make fit-names ARGS="--measure --marked …"           measure by cross-validation, write nothing

An article of `--marked` is a line of JSON with `text` and `actors`, a list of `{"name", "type", "forms"}`: every person,
institution, group and state that it names, with all forms as printed. The articles of data/gold are annotated in
`data/gold/actors.csv`.

The labels of words are fitted as a conditional random field with L1 and L2 penalties (python-crfsuite), which make most
weights 0; the finder decodes it in plain Python. Features are letters at the ends of words, roles and lists of
`data/lexicon`, punctuation and positions; no word of an annotated text is a feature. The confidence of actors is a
logistic regression on what the fitted labels find in articles on which they were not fitted. Cross-validation is by
article: each fifth of the articles of `--marked` is measured with weights from the others and from data/gold.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path

import numpy as np
import pycrfsuite
from scipy.optimize import minimize

from helpers.evaluation import gold_texts
from helpers.extraction import mentions, surnames, texts, weights
from helpers.extraction.named import decoder, evidence, finder, lists, scores
from helpers.extraction.named.clues import Clues
from helpers.extraction.named.decoder import LABELS, NONE, TRANSITION, Model
from helpers.extraction.named.evidence import Evidence
from helpers.extraction.named.joining import Actor
from helpers.extraction.named.lists import Lists
from helpers.extraction.named.model import Names
from helpers.extraction.named.weighed import Weighed
from helpers.extraction.named.words import Words
from helpers.extraction.texts import Text
from helpers.extraction.weights import Weights
from helpers.files import csv_rows, paths
from helpers.lexicon import entries
from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.mentions import Mention
from helpers.text import articles

FOLDS = 5
STEPS = 80  # iterations of the fit: more do not change the measures
PENALTY = {"c1": 0.3, "c2": 0.3}
RATING_PENALTY = 0.5
LEAST = 0.05  # a row whose weights are all below this is left out
LETTER = {"person": "P", "institution": "O", "organisation": "O", "group": "G"}
STATES = ("state", "states")
EDGE = ["edge"]
WORD = re.compile(r"[^\W_]+")
Table = dict[str, list[float]]


@dataclass(frozen=True)
class Lexicons:
    """The lexicons, without weights."""

    actors: Actors
    vocabulary: Vocabulary
    lists: Lists


@dataclass
class Marked:
    """An annotated article: (start, end, number of the actor) of each form in it, and types by number of the actor."""

    text: Text
    found: list[Mention]
    spans: list[tuple[int, int, int]]
    types: list[str]
    held_out: bool
    told: list[list[str]] = field(default_factory=list)

    def labels(self, states: set[str]) -> list[str]:
        """The label of each word; states, also those of a lexicon, are labelled as no name."""
        made = [NONE] * len(self.text.words)
        listed = {(mention.span.start, mention.span.end) for mention in self.found if mention.actor_id in states}
        for start, end, number in self.spans:
            kind = LETTER.get(self.types[number])
            if kind and (start, end) not in listed:
                first, last = self.text.inside(start, end)
                made[first:last] = [f"{'B' if at == first else 'I'}{kind}" for at in range(first, last)]
        return made

    def words(self, start: int, end: int) -> frozenset[int]:
        """The indices of the words in start:end, as used in comparisons."""
        return frozenset(n for n, (a, b) in enumerate(self.compared) if a < end and start < b)

    @cached_property
    def compared(self) -> list[tuple[int, int]]:
        """The offsets of the words used in comparisons."""
        return [match.span() for match in WORD.finditer(self.text.received)]

    @cached_property
    def marks(self) -> list[tuple[frozenset[int], int]]:
        """(words, number of the actor) of each annotated form."""
        return [(self.words(start, end), number) for start, end, number in self.spans]


def spans(text: str, forms: Iterable[tuple[str, int]]) -> list[tuple[int, int, int]]:
    """The places of forms: longest first, none inside another, whole words, with or without proclitics."""
    taken: list[tuple[int, int, int]] = []
    for form, number in sorted(forms, key=lambda pair: -len(pair[0])):
        body = re.escape(form) + (r"|لل" + re.escape(form[2:]) if form.startswith("ال") else "")
        for match in re.finditer(rf"(?<![^\W_])[وفبلكس]{{0,2}}({body})(?![^\W_])", text):
            start, end = match.span(1)
            if all(end <= a or start >= b for a, b, _ in taken):
                taken.append((start, end, number))
    return sorted(taken)


def read(known: Lexicons, marked: Sequence[Path]) -> list[Marked]:
    """The annotated articles: those of data/gold, then others."""
    gold = paths.home() / "data" / "gold"
    rows: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in csv_rows.read(gold / "actors.csv", ("article", "name", "type", "form")):
        rows.setdefault(row["article"], {}).setdefault((row["name"], row["type"]), []).append(row["form"])
    made = []
    for path in sorted(gold.glob("*.jsonl")):
        for annotated in gold_texts.load(path):
            actors = rows.get(annotated.article_id, {})
            made.append(_marked(known, annotated.text, [(kind, forms) for (_, kind), forms in actors.items()], False))
    for path in marked:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            actors = [(actor["type"], actor["forms"]) for actor in record["actors"]]
            made.append(_marked(known, record["text"], actors, True))
    return made


def _marked(known: Lexicons, received: str, actors: Sequence[tuple[str, list[str]]], held_out: bool) -> Marked:
    article = articles.from_text(received, "x", Path("x"))
    text = texts.read(article, known.vocabulary)
    found = surnames.outside_names(text, mentions.find(article, known.actors), known.actors)
    where = spans(received, ((form, number) for number, (_, forms) in enumerate(actors) for form in forms))
    return Marked(text, found, where, [kind for kind, _ in actors], held_out)


# -- the labels of words


def labels(read_: Sequence[Marked], known: Lexicons) -> Table:
    """Fit the labels. Returns the weights of each feature, one number per label, relative to that of no name."""
    trainer = pycrfsuite.Trainer(verbose=False)
    plain = Words(known.vocabulary, known.actors, known.lists, Model({}, {}))
    states = {actor_id for actor_id, actor in known.actors.by_id.items() if actor.type in STATES}
    for one in read_:
        if not one.told:
            one.told = evidence.features(Evidence(one.text, one.found, known.actors, evidence.seen(one.text, plain)))
        whole = one.labels(states)
        for first, end in one.text.sentences:
            if first < end:
                trainer.append([EDGE, *one.told[first:end], EDGE], [NONE, *whole[first:end], NONE])
    trainer.set_params(PENALTY | {"max_iterations": STEPS})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "labels.crf")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        return _table(info.state_features, info.transitions)


def _table(states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]) -> Table:
    """Weights relative to the label of no name: transitions to it are added to the label before, and so become 0."""
    table: Table = {}
    for (feature, label), weight in states.items():
        row = table.setdefault(feature, [0.0] * len(LABELS))
        if label == NONE:
            table[feature] = [value - weight for value in row]
        else:
            row[LABELS.index(label)] += weight
    away = {label: transitions.get((label, NONE), 0.0) for label in (NONE, *LABELS)}
    for label in (NONE, *LABELS):
        table[TRANSITION + label] = [transitions.get((label, to), 0.0) - away[label] for to in LABELS]
    bias = table.setdefault("any word", [0.0] * len(LABELS))
    table["any word"] = [value + away[label] - away[NONE] for value, label in zip(bias, LABELS, strict=True)]
    table.pop(EDGE[0], None)
    return table


def model(table: Table) -> Model:
    """The weights as the finder's model."""
    rows = {feature: decoder.packed(row) for feature, row in table.items()}
    before = {label: decoder.unpacked(rows.pop(TRANSITION + label, 0)) for label in (NONE, *LABELS)}
    return Model(rows, before)


def write(path: Path, table: Table) -> int:
    """Write the weights, with two decimals. Returns the number of rows."""
    rows = [
        (feature, *(f"{value:.2f}" if abs(value) >= 0.005 else "" for value in row))
        for feature, row in sorted(table.items())
        if feature.startswith(TRANSITION) or max(map(abs, row)) >= LEAST
    ]
    csv_rows.write(path, decoder.COLUMNS, rows)
    return len(rows)


# -- the confidence of actors


@dataclass(frozen=True)
class Before:
    """The lexicons with weights, as required by the finder."""

    actors: Actors
    vocabulary: Vocabulary
    names: Names


def before(known: Lexicons, fitted: Model, rates: Weights) -> Before:
    """The data that the finder needs, with newly fitted weights."""
    words = Words(known.vocabulary, known.actors, known.lists, fitted)
    return Before(known.actors, known.vocabulary, Names(fitted, rates, words, Weighed(fitted), {}, Clues({})))


@dataclass(frozen=True)
class Candidate:
    """An actor found in an article on which the labels were not fitted: its features, and its number of right places."""

    article: int
    seen: list[str]
    right: int
    places: int


def candidates(read_: Sequence[Marked], number: int, known: Before) -> Iterator[Candidate]:
    """The actors found in an article."""
    one = read_[number]
    seen, actors = finder.actors(one.text, known, one.found)
    for actor in actors:
        right, places = _right(one, actor)
        yield Candidate(number, scores.features(seen, actor, scores.codes(one.text, seen, actor)), right, places)


def _right(one: Marked, actor: Actor) -> tuple[int, int]:
    right = places = 0
    for forms in actor.forms.values():
        for form in forms:
            words = one.words(one.text.starts[form.first], one.text.ends[form.end - 1])
            right += any(near(words, marked) for marked, _ in one.marks)
            places += 1
    return right, places


def near(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sets of words share at least half of the words of the larger one."""
    return len(one & other) * 2 >= max(len(one), len(other), 1)


def rating(found: Sequence[Candidate]) -> Weights:
    """Fit the confidence: the probability that an actor is right, by its features."""
    names = sorted(scores.FEATURES)
    at = {name: number for number, name in enumerate(names)}
    seen = np.zeros((len(found), len(names)))
    for number, one in enumerate(found):
        for feature in one.seen:
            seen[number, at[feature]] = 1
    share = np.array([one.right / one.places for one in found])
    much = np.sqrt([one.places for one in found])
    free = np.array([name != "any" for name in names]) * RATING_PENALTY

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        logit = seen @ values
        likely = 1 / (1 + np.exp(-logit))
        cost = float(np.sum(much * (np.logaddexp(0, logit) - share * logit)) + np.sum(free * values**2) / 2)
        return cost, seen.T @ (much * (likely - share)) + free * values

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return Weights({name: float(value) for name, value in zip(names, fitted, strict=True)})


# -- evaluation


@dataclass
class Counts:
    """Counts of mentions of persons, institutions and groups (gold, found, predicted, right), and of linked pairs."""

    marked: int = 0
    found: int = 0
    ours: int = 0
    right: int = 0
    pairs: int = 0
    together: int = 0

    def add(self, one: Marked, named: finder.Named, known: Actors) -> None:
        """Count an article."""
        sure = {actor.actor_id for actor in named.actors if actor.sure}
        types = {actor.actor_id: actor.type for actor in named.actors}
        ours = [
            (one.words(m.span.start, m.span.end), m.actor_id)
            for m in named.mentions
            if m.actor_id in sure or m.actor_id not in types
        ]
        state = {number for number, kind in enumerate(one.types) if kind in STATES}
        hits: dict[int, list[str | None]] = {}
        for words, number in one.marks:
            hits.setdefault(number, []).append(next((who for its, who in ours if near(words, its)), None))
        for number, whom in hits.items():
            if number not in state:
                self.marked += len(whom)
                self.found += sum(who is not None for who in whom)
                pairs = list(combinations(whom, 2))
                self.pairs += len(pairs)
                self.together += sum(a is not None and a == b for a, b in pairs)
        for words, who in ours:
            kind = types.get(who) or known.by_id[who].type
            if kind in STATES or any(near(words, marked) for marked, number in one.marks if number in state):
                continue
            self.ours += 1
            self.right += any(near(words, marked) for marked, _ in one.marks)

    def __str__(self) -> str:
        found, right, together = (
            f"{part}/{whole} = {part / max(1, whole):.3f}"
            for part, whole in (
                (self.found, self.marked),
                (self.right, self.ours),
                (self.together, self.pairs),
            )
        )
        return f"found {found}; of ours right {right}; kept together {together}"


def main() -> None:
    """Measure by cross-validation, then fit on all and write both tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--marked", type=Path, nargs="+", default=[], metavar="PATH", help="more marked articles")
    asked.add_argument("--measure", action="store_true", help="measure only, write nothing")
    given = asked.parse_args()
    known = Lexicons(entries.actors(), Vocabulary(entries.cues()), lists.load())
    read_ = read(known, given.marked)
    tested = [n for n, one in enumerate(read_) if one.held_out] or list(range(len(read_)))
    random.Random(7).shuffle(tested)
    parts = [tested[fold::FOLDS] for fold in range(FOLDS)]
    found: list[Candidate] = []
    models = []
    for part in parts:
        models.append(model(labels([one for n, one in enumerate(read_) if n not in part], known)))
        fitted = before(known, models[-1], Weights({}))
        found += [each for number in part for each in candidates(read_, number, fitted)]
    counts = Counts()
    for part, fitted in zip(parts, models, strict=True):
        rates = before(known, fitted, rating([each for each in found if each.article not in part]))
        for number in part:
            one = read_[number]
            counts.add(one, finder.find(one.text.article, rates, one.found, text=one.text), known.actors)
    print(f"{len(tested)} articles, each measured with weights from others: {counts}", flush=True)
    if given.measure:
        return
    rows = write(paths.lexicon("name_weights.csv"), labels(read_, known))
    weights.write(paths.lexicon("name_confidence.csv"), rating(found))
    print(f"name_weights.csv: {rows} rows, from {len(read_)} articles; name_confidence.csv: from {len(tested)}")


if __name__ == "__main__":
    main()
