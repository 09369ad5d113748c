"""Drafts: claims while they are being found, as ranges of words, not offsets. A stage returns new ones."""

from msgspec import Struct

from helpers.extraction.constructions import Construction, Opens, Stands
from helpers.lexicon.word_kinds import Hit
from helpers.records.modality import Modality

Range = tuple[int, int]


class Draft(Struct, frozen=True, gc=False):
    """A claim as indices of words of the text; ranges end exclusive.

    at          the word of the cue
    cue         the words of the cue, if there are several (على حد قوله)
    second      a second cue (نفى … قائلا), or None
    begins      the first word of the claim, which ends whatever precedes it
    carrier     who relays the claim; `relays` is the verb («نقلت X عن Y قوله»)
    antecedent  the speaker, if the clause states no source
    sentence    the number of its sentence
    within      the index, among the article's drafts, of the one in whose content it is
    turn        the index of the draft for the turn of an interview in which it is
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
        """Whether its content is a quotation and nothing else."""
        return self.construction.opens is Opens.QUOTATION and self.construction.cue is not Stands.AMID
