"""What is known before reading: the lexicons and the measured confidence of rules, compiled once for any number of articles."""

from dataclasses import dataclass

from helpers.extraction.confidence import Confidence
from helpers.extraction.confidence import load as measured
from helpers.lexicon import entries
from helpers.lexicon.entries import Actors, Cue
from helpers.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Known:
    """What is known before reading, compiled once for any number of articles."""

    actors: Actors
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    confidence: Confidence


def known() -> Known:
    """Read and compile the project's lexicons. Raises InputError for one that does not hold together."""
    cues = entries.cues()
    return Known(entries.actors(), cues, Vocabulary(cues), measured())
