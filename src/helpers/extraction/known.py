"""What is known before reading: the lexicons and the measured confidence of rules, compiled once for any number of articles."""

from dataclasses import dataclass, field

from helpers.extraction.confidence import Confidence
from helpers.extraction.confidence import load as measured
from helpers.lexicon import entries, glosses
from helpers.lexicon.entries import Actors, Cue
from helpers.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Known:
    """What is known before reading, compiled once for any number of articles.

    glosses   what claims say in English, by their words, as a user translated them
    """

    actors: Actors
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    confidence: Confidence
    glosses: dict[str, str] = field(default_factory=dict)


def known() -> Known:
    """Read and compile the project's lexicons. Raises InputError for one that does not hold together."""
    cues = entries.cues()
    return Known(entries.actors(), cues, Vocabulary(cues), measured(), glosses.load())
