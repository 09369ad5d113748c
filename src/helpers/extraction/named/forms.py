"""The places of names in an article: which words they are, without proclitics, and what kind of actor they name."""

from collections.abc import Container, Sequence

from msgspec import Struct
from msgspec.structs import replace

from helpers.extraction.named.decoder import Found
from helpers.extraction.named.words import Seen, Words
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.roles import Role

SMALL = Role.preposition | Role.relative | Role.that | Role.that_pronoun | Role.pronoun | Role.adjunct
ACRONYM = 4  # most words in brackets that can be an acronym
ACRONYMS = ("unknown", "capital", "capitals", "letters")
IN_BRACKETS = "in brackets behind its name"
NAMED = ("given", "surname", "name part", "letters")
TYPES = {"P": "person", "O": "institution", "G": "group"}


class Form(Struct, frozen=True, gc=False):
    """One place of a name.

    first, end   the range of its words
    lead         the number of letters of proclitics in its first word
    words        its words, folded, without those proclitics
    kind         P (person), O (institution) or G (group)
    gain         how much more likely it is than no name, in logits
    why          codes of the evidence
    quoted       whether it is in quotation marks or brackets directly after the noun of an organisation
    """

    first: int
    end: int
    lead: int
    words: tuple[str, ...]
    kind: str
    gain: float
    why: tuple[str, ...] = ()
    quoted: bool = False


def trimmed(text: Text, seen: Sequence[Seen], found: Found) -> Found | None:
    """A name without function words at its ends; None if only a number is left, or a noun that needs another after it."""
    first, end, roles = found.first, found.end, text.roles
    while first < end and roles[first] & SMALL and seen[first].shape not in NAMED:
        first += 1
    while end > first and roles[end - 1] & SMALL and seen[end - 1].shape not in NAMED:
        end -= 1
    if first == end:
        return None
    if found.kind == "P" and first and not text.gaps[first] and seen[first - 1].shape == "name part":
        first -= 1  # أبو حمزة
    parted = end - first > 1 and end < len(seen) and not text.gaps[end] and not roles[end] & SMALL
    if found.kind == "P" and parted and seen[end - 1].shape == "name part" and not seen[end - 1].definite:
        end += 1  # أعاد بن نافع
    alone = end - first == 1
    if alone and (seen[first].shape == "number" or (seen[first].head and not seen[first].definite)):
        return None
    same = first == found.first and end == found.end
    return found if same else Found(first, end, found.kind, found.gain)


def whole(text: Text, found: Sequence[Form]) -> list[Form]:
    """The names, with adjacent names of persons joined to one: أحمد, جاسم."""
    made: list[Form] = []
    for one in found:
        last = made[-1] if made else None
        if (
            last
            and last.end == one.first
            and last.kind == one.kind == "P"
            and not (one.lead or text.gaps[one.first] or text.role(one.first, Role.joined))
        ):
            made[-1] = replace(
                last, end=one.end, words=last.words + one.words, gain=max(last.gain, one.gain), why=last.why
            )
        else:
            made.append(one)
    return made


def surnames_alone(seen: Sequence[Seen], found: Sequence[Form], leading: Container[str]) -> list[Form]:
    """The names; one whose first word begins with و is cut to the end of a likelier name: وبقي الحداد, وأعاد بن نافل."""
    full: dict[tuple[str, ...], float] = {}
    for one in found:
        if one.kind == "P":
            for at in range(1, len(one.words)):
                rest = one.words[at:]
                full[rest] = max(full.get(rest, one.gain), one.gain)
    made = []
    for one in found:
        first = seen[one.first]
        joined = len(one.words) > 1 and first.shape == "unknown" and one.words[0][0] in leading and not one.lead
        parted = len(one.words) > 2 and seen[one.first + 1].shape == "name part"  # وأعاد بن نافل: no given name in و
        if one.kind == "P" and joined and (parted or full[one.words[1:]] > one.gain):
            made.append(replace(one, first=one.first + 1, words=one.words[1:]))
        else:
            made.append(one)
    return made


def bracketed(text: Text, seen: Sequence[Seen], found: Sequence[Form]) -> list[Form]:
    """The acronym or Latin name that is alone in brackets directly after the name of an organisation (واس، FAO)."""
    taken = {at for one in found for at in range(one.first, one.end)}
    made = []
    for one in found:
        first = end = one.end
        if one.kind == "P" or len(one.words) < 2 or first >= len(text.words) or not text.gaps[first] & Gap.bracket:
            continue
        while end < len(text.words) and end - first < ACRONYM and seen[end].shape in ACRONYMS and end not in taken:
            end += 1
            if text.gaps[end]:
                break
        if end > first and text.gaps[end] & Gap.closing:
            words = (seen[first].stem or text.words[first], *text.words[first + 1 : end])
            made.append(Form(first, end, seen[first].lead, words, one.kind, one.gain, (IN_BRACKETS,)))
    return made


def form(text: Text, seen: Sequence[Seen], found: Found, words: Words, bare: set[str]) -> Form:
    """The place of a found name.

    bare   the words of the article, to find a word that has proclitics here and none elsewhere
    """
    first, end = found.first, found.end
    lead, head = _head(text.words[first], seen[first], words, bare)
    return Form(first, end, lead, (head, *text.words[first + 1 : end]), found.kind, found.gain)


def _head(word: str, seen: Seen, words: Words, bare: set[str]) -> tuple[int, str]:
    """(number of letters of proclitics, the word without them). An unlisted word has some if `bare` has the rest."""
    if seen.lead or not seen.unknown:
        return seen.lead, seen.stem if seen.lead else word
    if word[0] in words.leading:
        for lead, rest in words.without_leads(word):
            if rest in bare:
                return lead, rest
    return 0, word
