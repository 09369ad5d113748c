"""The lexicons and the weights of features, compiled once for any number of articles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from helpers.extraction import antecedent_features, confidence, thresholds, weights
from helpers.extraction.named import model
from helpers.extraction.named.model import Names
from helpers.extraction.thresholds import Thresholds
from helpers.extraction.weights import Weights
from helpers.files import paths
from helpers.lexicon import entries, glosses
from helpers.lexicon.entries import Actors, Cue
from helpers.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Fitted:
    """The fitted weights of antecedents and of the confidence of claims, and thresholds."""

    antecedents: Weights
    confidence: Weights
    thresholds: Thresholds


@dataclass(frozen=True)
class Known:
    """The compiled lexicons and weights, for any number of articles.

    names      lists and weights for finding names that are in no lexicon
    glosses    a user's English translations of claims, by their words
    rejected   names, as folded words, that a user rejected as actors
    """

    actors: Actors
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    fitted: Fitted
    names: Names
    glosses: dict[str, str] = field(default_factory=dict)
    rejected: frozenset[tuple[str, ...]] = frozenset()


def known() -> Known:
    """Read and compile the project's lexicons. Raises InputError for an invalid one."""
    with _nothing_to_collect():
        cues, actors = entries.cues(), entries.actors()
        vocabulary = Vocabulary(cues)
        names = model.load(vocabulary, actors)
        return Known(actors, cues, vocabulary, fitted(), names, glosses.load(), entries.rejected())


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Pause Python's garbage collector, which would scan the lexicons again and again while they are made."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def fitted() -> Fitted:
    """Read the weights of features, and thresholds. Raises InputError for an invalid table."""
    return Fitted(
        weights.load(paths.lexicon("antecedents.csv"), antecedent_features.FEATURES),
        weights.load(paths.lexicon("confidence.csv"), confidence.FEATURES),
        thresholds.load(paths.lexicon("thresholds.csv")),
    )
