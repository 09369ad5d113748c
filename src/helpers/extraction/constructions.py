"""The constructions of attribution in Arabic news: what anchors a claim, what opens its content, where its source is.

Code branches on the fields of a construction. Its name is shown with a claim (its `rule`) and is a key of
`confidence.csv`, but is never parsed.
"""

from enum import StrEnum
from functools import cache

from msgspec import Struct


class Anchor(StrEnum):
    """The kind of cue to which a claim is attached."""

    VERB = "verb"
    PARTICIPLE = "participle"  # مشيرا إلى أن
    MASDAR = "masdar"  # قوله إن
    PARTICLE = "particle"  # وفقا لـ
    PHRASE = "phrase"  # على حد قوله
    AS_SAID = "as-said"  # كما قال
    RELAYED = "relayed"  # what X says, in «نقلت الوكالة عن X قوله»
    CARRIER = "carrier"  # what the agency itself says in «نقلت الوكالة عن X قوله»
    TURN = "turn"  # a speaker and a colon, in an interview
    SIGNED = "signed"  # «…» - فلان, ومن فلان: «…»
    HEADLINE = "headline"  # a speaker and a colon, in a headline


class Opens(StrEnum):
    """What opens a content."""

    THAT = "that"
    QUOTATION = "quotation"
    COLON = "colon"
    OBJECT = "object"  # nothing: the content is a noun phrase that the cue governs
    BESIDE = "beside"  # nothing: the content is the clause beside the cue


class Stands(StrEnum):
    """The position of a cue relative to its content, or of a source relative to its cue."""

    BEFORE = "before"
    AFTER = "after"
    AMID = "amid"  # only of a cue: its content continues after it


class Construction(Struct, frozen=True, gc=False):
    """The construction of one claim.

    cue      the position of the cue relative to the content
    source   the position of the source relative to a verb; None if there is no source, and for all other anchors, whose
             sources have a fixed position
    """

    anchor: Anchor
    opens: Opens
    cue: Stands = Stands.BEFORE
    source: Stands | None = None

    @property
    def beside(self) -> bool:
        """Whether the content is the clause around, before or after the cue, which can contain other claims."""
        return self.opens is Opens.BESIDE or self.cue is Stands.AMID

    @property
    def trails(self) -> bool:
        """Whether the cue comes after its content or in the middle of it, so that nothing after the cue opens it."""
        return self.beside and self.cue is not Stands.BEFORE

    @property
    def subject_first(self) -> bool:
        """Whether the source comes before its verb: فلان قال."""
        return self.source is Stands.BEFORE

    @property
    def name(self) -> str:
        """The name that is shown: `verb-source-that`, `particle-after`, `quotation-verb-source-amid`."""
        return _name(self.anchor, self.opens, self.cue, self.source)


@cache
def _name(anchor: Anchor, opens: Opens, cue: Stands, source: Stands | None) -> str:
    if anchor in (Anchor.RELAYED, Anchor.CARRIER, Anchor.HEADLINE):
        return anchor.value
    words = {None: (anchor,), Stands.AFTER: (anchor, "source"), Stands.BEFORE: ("source", anchor)}[source]
    if opens is Opens.BESIDE:
        return "-".join((*words, cue))
    if anchor in (Anchor.VERB, Anchor.SIGNED) and cue is not Stands.BEFORE:  # in the order of the words: «…»، يقول فلان
        return "-".join((opens, *words, *((cue,) if cue is Stands.AMID else ())))
    return "-".join((*words, opens))
