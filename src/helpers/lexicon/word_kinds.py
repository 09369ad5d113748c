"""What a word can be: its roles, the cues that it can be a form of, the kind of source that it can head."""

from collections.abc import Sequence

from msgspec import Struct

from helpers.lexicon.entries import Cue
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import CLAUSE, Role


class Hit(Struct, frozen=True, gc=False):
    """A word read as a form of a cue.

    part       perfect, imperfect, passive, participle, masdar, particle
    agreement  person, gender, number such as 3ms, as far as the form tells
    lead       the proclitics themselves
    pronoun    an object or possessive pronoun at its end, or nothing
    ends       the last letter of the form, as written: folding takes ى for ي
    """

    cue: Cue
    part: str
    agreement: str
    lead: str
    pronoun: str
    ends: str

    @property
    def joined(self) -> bool:
        """Whether و or ف joins it to what stands before."""
        return self.lead[:1] in letters().conjunction


class Word(Struct, frozen=True, gc=False):
    """A kind of word: its roles, the cues that it can be, the kind of source that it can head."""

    roles: int
    hits: tuple[Hit, ...]
    kind: str | None
    jussive: tuple[Hit, ...] = ()  # the cues that it can be behind لم alone
    owned: str | None = None  # the kind of source that it can head without the pronoun at its end: مالكه, بياناتها
    careful: bool = False  # whether a word as received may be none of its hits, which only its letters tell
    finite: bool = False  # whether it can be a finite verb that reports
    reports: bool = False  # whether it can be a cue: here, behind لم, or with أن near
    near: tuple[Hit, ...] = ()  # the cues that it can be with أن near, where it is mostly another word
    turns: bool = False  # whether it can be a cue, or begin a clause


class LookAlike(Struct, frozen=True, gc=False):
    """A word that its letters tell from another one of the same folded spelling.

    reads   name, joined (its و is no letter of it), that (before an imperfect: that not)
    where   anywhere; hamza, distinguished: in a text that writes hamzas, ى; amid: between two words of a name; called: after
            a verb of speech or a given name, and before a word that no list has
    """

    written: str
    reads: str
    where: str


PART_ROLES = {
    "participle": Role.circumstance,
    "particle": Role.circumstance,
    "perfect": Role.describes,
    "imperfect": Role.describes | Role.verb,
    "passive": Role.verb,
}


def _careful(hits: Sequence[Hit]) -> bool:
    """Whether an ending of a form may be another word's: one of ه، ى، ا."""
    ends = letters()
    doubtful = ends.maqsura + ends.folded_accusative
    return any(hit.pronoun in ends.folded_feminine or hit.ends in doubtful for hit in hits)


def made(
    roles: int,
    hits: Sequence[Hit],
    kind: str | None,
    jussive: Sequence[Hit] = (),
    owned: str | None = None,
    near: Sequence[Hit] = (),
) -> Word:
    """A word with the roles that follow from what it can be; a noun of the lexicon is a noun first."""
    for hit in hits if kind is None else ():
        role = PART_ROLES.get(hit.part, 0)
        roles |= role & ~Role.describes if hit.lead else role
    careful = bool(hits) and _careful(hits)
    finite = any(hit.part in ("perfect", "imperfect", "passive") for hit in hits)
    reports, turns = bool(hits or jussive or near), bool(hits or roles & CLAUSE)
    return Word(roles, tuple(hits), kind, tuple(jussive), owned, careful, finite, reports, tuple(near), turns)
