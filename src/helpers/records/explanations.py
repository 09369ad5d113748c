"""How a machine came to a claim, and why a word that can report made none: records for who asks for them."""

from msgspec import Struct

from helpers.text.articles import Span


class Explanation(Struct, frozen=True, gc=False):
    """Of one claim the construction that it stands in, the vetoes that let it pass, what its confidence rests on.

    construction  its `name`, and its fields `anchor`, `opens`, `cue`, `source`
    """

    construction: dict[str, str | None]
    vetoes: tuple[str, ...]
    confidence: tuple[str, ...]


class Vetoed(Struct, frozen=True, gc=False):
    """A word that can report and made no claim: its lemma, the veto that stopped it, and why that is."""

    cue: Span
    cue_lemma: str
    veto: str
    why: str


class Explained(Struct, frozen=True, gc=False):
    """What is to be said of the claims of one article, by their ids, and of the cues that were given up."""

    claims: dict[str, Explanation]
    vetoed: tuple[Vetoed, ...]
