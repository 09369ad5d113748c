"""All that is known of names before reading: lists, weights, and what is to be seen of each spelling, kept over articles."""

from dataclasses import dataclass

from helpers.extraction import weights
from helpers.extraction.named import capitals, decoder, lists, scores
from helpers.extraction.named.capitals import Capitals
from helpers.extraction.named.decoder import Model
from helpers.extraction.named.weighed import Weighed
from helpers.extraction.named.words import Words
from helpers.extraction.weights import Weights
from helpers.files import paths
from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Names:
    """What names are found by.

    labels   the weights of what each word is
    actors   the weights of whether somebody is named
    words    what is to be seen of each spelling
    weighed  what each piece of evidence weighs
    capitals   the states that capitals speak for
    """

    labels: Model
    actors: Weights
    words: Words
    weighed: Weighed
    capitals: Capitals


def load(vocabulary: Vocabulary, actors: Actors) -> Names:
    """Read lists and weights. Raises InputError for a table that does not hold together."""
    labels = decoder.load(paths.lexicon("name_weights.csv"))
    fitted = weights.load(paths.lexicon("name_confidence.csv"), scores.FEATURES)
    return Names(
        labels, fitted, Words(vocabulary, actors, lists.load(), labels), Weighed(labels), capitals.load(actors)
    )
