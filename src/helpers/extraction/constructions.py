"""The constructions in which Arabic news attributes: what anchors a claim, what opens its content, where its source stands.

Control flow asks the fields of a construction. The name is printed beside a claim (its `rule`) and is the key of
`confidence.csv`; nothing reads it back.
"""

from enum import StrEnum
from functools import cache

from msgspec import Struct


class Anchor(StrEnum):
    """What a claim hangs on."""

    VERB = "verb"
    PARTICIPLE = "participle"  # مشيرا إلى أن
    MASDAR = "masdar"  # قوله إن
    PARTICLE = "particle"  # وفقا لـ
    PHRASE = "phrase"  # على حد قوله
    AS_SAID = "as-said"  # كما قال
    RELAYED = "relayed"  # what X says, in «نقلت الوكالة عن X قوله»
    CARRIER = "carrier"  # what the agency says there
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
    """Where something stands: a cue to its content, a source to its cue."""

    BEFORE = "before"
    AFTER = "after"
    AMID = "amid"  # of a cue alone: its content goes on behind it


class Construction(Struct, frozen=True, gc=False):
    """How one claim is built.

    cue      where the cue stands to the content
    source   where the source stands to a verb; None where it has none, and of other anchors, which have a place for it
    """

    anchor: Anchor
    opens: Opens
    cue: Stands = Stands.BEFORE
    source: Stands | None = None

    @property
    def beside(self) -> bool:
        """Whether the content is the clause around, before or behind the cue, and may hold other claims."""
        return self.opens is Opens.BESIDE or self.cue is Stands.AMID

    @property
    def trails(self) -> bool:
        """Whether the cue comes behind its content, or amid it: nothing that follows the cue opens the content."""
        return self.beside and self.cue is not Stands.BEFORE

    @property
    def subject_first(self) -> bool:
        """Whether the source stands before its verb: فلان قال."""
        return self.source is Stands.BEFORE

    @property
    def name(self) -> str:
        """The name that is printed: `verb-source-that`, `particle-after`, `quotation-verb-source-amid`."""
        return _name(self.anchor, self.opens, self.cue, self.source)


@cache
def _name(anchor: Anchor, opens: Opens, cue: Stands, source: Stands | None) -> str:
    if anchor in (Anchor.RELAYED, Anchor.CARRIER, Anchor.HEADLINE):
        return anchor.value
    words = {None: (anchor,), Stands.AFTER: (anchor, "source"), Stands.BEFORE: ("source", anchor)}[source]
    if opens is Opens.BESIDE:
        return "-".join((*words, cue))
    if anchor in (Anchor.VERB, Anchor.SIGNED) and cue is not Stands.BEFORE:  # the order of the words: «…»، يقول فلان
        return "-".join((opens, *words, *((cue,) if cue is Stands.AMID else ())))
    return "-".join((*words, opens))
