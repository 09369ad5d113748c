"""Lists and weights for finding names, with caches that are kept between articles."""

from dataclasses import dataclass

from helpers.extraction import weights
from helpers.extraction.named import capitals, clues, decoder, lists, scores
from helpers.extraction.named.capitals import Capitals
from helpers.extraction.named.clues import Clues
from helpers.extraction.named.decoder import Model
from helpers.extraction.named.weighed import Weighed
from helpers.extraction.named.words import Words
from helpers.extraction.weights import Weights
from helpers.files import paths
from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Names:
    """The data for finding names.

    labels   the weights of the labels of words
    actors   the weights of the confidence of actors
    words    what each spelling shows
    weighed  the weights of pieces of evidence
    capitals   the states that are named by their capitals
    """

    labels: Model
    actors: Weights
    words: Words
    weighed: Weighed
    capitals: Capitals
    clues: Clues


def load(vocabulary: Vocabulary, actors: Actors) -> Names:
    """Read lists and weights. Raises InputError for an invalid table."""
    labels = decoder.load(paths.lexicon("name_weights.csv"))
    fitted = weights.load(paths.lexicon("name_confidence.csv"), scores.FEATURES)
    words = Words(vocabulary, actors, lists.load(), labels)
    return Names(labels, fitted, words, Weighed(labels), capitals.load(actors), clues.load())
