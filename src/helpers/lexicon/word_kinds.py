"""Records of what a word can be: its roles, the cues of which it can be a form, the kind of source that it can head."""

from collections.abc import Sequence

from msgspec import Struct

from helpers.lexicon.entries import Cue
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import CLAUSE, Role


class Hit(Struct, frozen=True, gc=False):
    """A word read as a form of a cue.

    part       perfect, imperfect, passive, participle, masdar, particle
    agreement  person, gender and number, such as 3ms, as far as the form shows them
    lead       the proclitics before the form
    pronoun    an object or possessive pronoun after the form, or empty
    ends       the last letter of the form before folding, which turns ى into ي
    """

    cue: Cue
    part: str
    agreement: str
    lead: str
    pronoun: str
    ends: str

    @property
    def joined(self) -> bool:
        """Whether it begins with the conjunction و or ف."""
        return self.lead[:1] in letters().conjunction


class Word(Struct, frozen=True, gc=False):
    """What a word can be: its roles, its cues, the kind of source that it can head."""

    roles: int
    hits: tuple[Hit, ...]
    kind: str | None
    jussive: tuple[Hit, ...] = ()  # the cues that it can be only after لم
    owned: str | None = None  # the kind of source that it heads if its last letters are a pronoun: مالكه, بياناتها
    careful: bool = False  # whether the spelling as received must be compared, since folding made a hit possible
    finite: bool = False  # whether it can be a finite reporting verb
    reports: bool = False  # whether it can be a cue: anywhere, after لم, or with أن near
    near: tuple[Hit, ...] = ()  # the cues that it can be only with أن near, since it is mostly another word
    turns: bool = False  # whether it can be a cue or begin a clause


class LookAlike(Struct, frozen=True, gc=False):
    """A word whose spelling as received distinguishes it from another word of the same folded spelling.

    reads   how it is read: name; joined (its و is the conjunction); that (before an imperfect: that not)
    where   anywhere; hamza, distinguished: in a text that writes hamzas, or ى; amid: between two words of a name;
            called: after a verb of speech or a given name, and before a word that is in no list
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
    """Whether the last letter of a hit is one that folding can confuse: ه، ى، ا."""
    ends = letters()
    doubtful = ends.maqsura + ends.folded_accusative + ends.feminine
    return any(hit.pronoun in ends.folded_feminine or hit.ends in doubtful for hit in hits)


def made(
    roles: int,
    hits: Sequence[Hit],
    kind: str | None,
    jussive: Sequence[Hit] = (),
    owned: str | None = None,
    near: Sequence[Hit] = (),
) -> Word:
    """Make a word, with the roles derived from what it can be; a noun of the lexicon is read as a noun first."""
    for hit in hits if kind is None else ():
        role = PART_ROLES.get(hit.part, 0)
        roles |= role & ~Role.describes if hit.lead else role
    careful = bool(hits) and _careful(hits)
    finite = any(hit.part in ("perfect", "imperfect", "passive") for hit in hits)
    reports, turns = bool(hits or jussive or near), bool(hits or roles & CLAUSE)
    return Word(roles, tuple(hits), kind, tuple(jussive), owned, careful, finite, reports, tuple(near), turns)
