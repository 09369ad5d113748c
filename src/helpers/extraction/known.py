"""What is known before reading: the lexicons and the weights of features, compiled once for any number of articles."""

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
    """The weights of features: for who speaks where the clause names nobody, and for whether a claim is right; thresholds."""

    antecedents: Weights
    confidence: Weights
    thresholds: Thresholds


@dataclass(frozen=True)
class Known:
    """What is known before reading, compiled once for any number of articles.

    names      what names are found by that no lexicon lists
    glosses    what claims say in English, by their words, as a user translated them
    rejected   the names, as folded words, that a user says are nobody's
    """

    actors: Actors
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    fitted: Fitted
    names: Names
    glosses: dict[str, str] = field(default_factory=dict)
    rejected: frozenset[tuple[str, ...]] = frozenset()


def known() -> Known:
    """Read and compile the project's lexicons. Raises InputError for one that does not hold together."""
    with _nothing_to_collect():
        cues, actors = entries.cues(), entries.actors()
        vocabulary = Vocabulary(cues)
        names = model.load(vocabulary, actors)
        return Known(actors, cues, vocabulary, fitted(), names, glosses.load(), entries.rejected())


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Python's collector looks again and again through lexicons that are being made, all of which stay: it waits."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def fitted() -> Fitted:
    """Read the weights of features, and thresholds. Raises InputError for a table that does not hold together."""
    return Fitted(
        weights.load(paths.lexicon("antecedents.csv"), antecedent_features.FEATURES),
        weights.load(paths.lexicon("confidence.csv"), confidence.FEATURES),
        thresholds.load(paths.lexicon("thresholds.csv")),
    )
