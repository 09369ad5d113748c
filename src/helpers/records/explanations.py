"""Explanations, on request: how a machine came to a claim, and why a possible cue has none."""

from msgspec import Struct

from helpers.text.articles import Span


class Explanation(Struct, frozen=True, gc=False):
    """The construction of one claim, the vetoes that it passed, and the features of its confidence.

    construction  its `name`, and its fields `anchor`, `opens`, `cue`, `source`
    """

    construction: dict[str, str | None]
    vetoes: tuple[str, ...]
    confidence: tuple[str, ...]


class Vetoed(Struct, frozen=True, gc=False):
    """A possible cue without a claim: its lemma, the veto that stopped it, and the reason."""

    cue: Span
    cue_lemma: str
    veto: str
    why: str


class Explained(Struct, frozen=True, gc=False):
    """The explanations of one article's claims, by claim id, and its vetoed cues."""

    claims: dict[str, Explanation]
    vetoed: tuple[Vetoed, ...]
