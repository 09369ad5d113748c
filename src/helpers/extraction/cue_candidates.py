"""Candidate cues: a word read as a form of a cue, with what was found around it so far."""

from msgspec import Struct, field

from helpers.extraction.constructions import Stands
from helpers.extraction.drafts import Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import Text
from helpers.lexicon.word_kinds import Hit

NAMING = ("organisation", "document")  # after such a noun, a short quotation is a name


class Trace(Struct):
    """The vetoes that were tried at each cue, recorded only for explanations.

    passed   the vetoes that a cue passed, in the order tried, by the index of its word
    stopped  the last reading of a cue that was vetoed, and the veto, by the index of its word
    """

    passed: dict[int, list[str]] = field(default_factory=dict)
    stopped: dict[int, tuple[Hit, str]] = field(default_factory=dict)


class Candidate(Struct, frozen=True, gc=False):
    """A word read as a form of a cue, in the sentence start:end, and what was found around it so far.

    opening  what opens its content; None if the content is a noun phrase, or was not searched for yet
    first    the first word of such a content, or of what follows a particle
    source   the words of the speaker; `stands` is their position relative to the cue
    """

    text: Text
    start: int
    end: int
    at: int
    hit: Hit
    trace: Trace | None = None
    opening: Opening | None = None
    first: int = 0
    source: Range | None = None
    stands: Stands | None = None

    @property
    def opened(self) -> Opening:
        """What opens its content; only for vetoes that are tried after it was found."""
        assert self.opening is not None
        return self.opening

    def role(self, at: int, roles: int) -> bool:
        """Whether a word of the text has one of these roles."""
        return self.text.roles[at] & roles != 0


def joined(cue: Candidate) -> bool:
    """Whether a cue begins its clause: it, or an auxiliary verb before it, has the conjunction و or ف."""
    return cue.hit.joined or (cue.at > cue.start and going_on(cue.text, cue.at - 1, cue.end))


def going_on(text: Text, at: int, end: int) -> bool:
    """Whether the verb at a word is an auxiliary of a verb of saying directly after it."""
    word = text.kinds[at]
    if not word.finite or at + 1 >= end or text.gaps[at + 1] or word.kind or not text.kinds[at + 1].finite:
        return False
    return any(h.part == "imperfect" and not h.lead and "quotation" in h.cue.takes for h in text.kinds[at + 1].hits)
