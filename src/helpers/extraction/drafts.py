"""A claim while it is being found: ranges of words, not yet offsets."""

from dataclasses import dataclass

from helpers.extraction.constructions import Construction
from helpers.lexicon.vocabulary import Hit

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A claim in words of the text; ranges end exclusive.

    at          the word of the cue
    cue         its words, where they are more than one (على حد قوله)
    second      a second cue (نفى … قائلا), or None
    begins      the word at which the claim leaves what stands before it
    quotation   the content is a quotation and ends with it
    turn        the turn of an interview that it is part of
    carrier     who relays the claim, and relays by which verb («نقلت X عن Y قوله»)
    """

    at: int
    hit: Hit
    construction: Construction
    content: Range
    source: Range | None = None
    cue: Range | None = None
    second: int | None = None
    begins: int = 0
    quotation: bool = False
    carrier: Range | None = None
    relays: Hit | None = None
    antecedent: Range | None = None
    sentence: int = 0
    within: "Draft | None" = None
    turn: "Draft | None" = None

    @property
    def rule(self) -> str:
        """The name of its construction."""
        return self.construction.name
