"""A word read as a form of a cue, with what has been found beside it so far: what readings and vetoes look at."""

from msgspec import Struct, field

from helpers.extraction.constructions import Stands
from helpers.extraction.drafts import Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import Text
from helpers.lexicon.word_kinds import Hit

NAMING = ("organisation", "document")  # a short quotation after one is its name


class Trace(Struct):
    """Which vetoes were tried at which cue; kept only for who asks for an explanation.

    passed   by the word of a cue the vetoes that let it pass, in the order in which they were tried
    stopped  by the word of a cue the reading that was given up last, and the veto
    """

    passed: dict[int, list[str]] = field(default_factory=dict)
    stopped: dict[int, tuple[Hit, str]] = field(default_factory=dict)


class Candidate(Struct, frozen=True, gc=False):
    """A word read as a form of a cue, in the sentence start:end, and what has been found beside it so far.

    opening  what opens its content; None for a content that is a noun phrase, and before it is looked for
    first    the first word of such a content, or of what stands after a particle
    source   who speaks, and stands: where to the cue
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
        """What opens its content, once that is found: a veto of a later stage asks for it."""
        assert self.opening is not None
        return self.opening

    def role(self, at: int, roles: int) -> bool:
        """Whether a word of the text has one of these roles."""
        return self.text.roles[at] & roles != 0


def joined(cue: Candidate) -> bool:
    """Whether a cue begins its clause: و or ف is written with it, or with a verb that leads to it."""
    return cue.hit.joined or (cue.at > cue.start and going_on(cue.text, cue.at - 1, cue.end))


def going_on(text: Text, at: int, end: int) -> bool:
    """Whether the verb at a word leads to a verb of saying just after it."""
    word = text.kinds[at]
    if not word.finite or at + 1 >= end or text.gaps[at + 1] or word.kind or not text.kinds[at + 1].finite:
        return False
    return any(h.part == "imperfect" and not h.lead and "quotation" in h.cue.takes for h in text.kinds[at + 1].hits)
