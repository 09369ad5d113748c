"""A claim while it is being found: ranges of words, not yet offsets. A stage changes none, it returns others."""

from msgspec import Struct

from helpers.extraction.constructions import Construction, Opens, Stands
from helpers.lexicon.word_kinds import Hit
from helpers.records.modality import Modality

Range = tuple[int, int]


class Draft(Struct, frozen=True, gc=False):
    """A claim in words of the text; ranges end exclusive.

    at          the word of the cue
    cue         its words, where they are more than one (على حد قوله)
    second      a second cue (نفى … قائلا), or None
    begins      the word at which the claim leaves what stands before it
    carrier     who relays the claim, and relays by which verb («نقلت X عن Y قوله»)
    antecedent  who speaks where no source is stated
    sentence    the number of its sentence
    within      the number of the draft in whose content it stands, in the list of the article's drafts
    turn        the number of the draft that is the turn of an interview that it stands in
    modality    whether the text asserts that it was said
    """

    at: int
    hit: Hit
    construction: Construction
    content: Range
    source: Range | None = None
    cue: Range | None = None
    second: int | None = None
    begins: int = 0
    carrier: Range | None = None
    relays: Hit | None = None
    antecedent: Range | None = None
    sentence: int = 0
    within: int | None = None
    turn: int | None = None
    modality: Modality = Modality.ASSERTED

    @property
    def rule(self) -> str:
        """The name of its construction."""
        return self.construction.name

    @property
    def quotation(self) -> bool:
        """Whether its content is a quotation and ends with it."""
        return self.construction.opens is Opens.QUOTATION and self.construction.cue is not Stands.AMID
