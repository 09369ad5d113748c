"""The names that were found in an article, each as its words: where it begins behind proclitics, where it ends, what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.extraction.named.decoder import Found
from helpers.extraction.named.words import LEADS, Seen
from helpers.extraction.texts import Text
from helpers.lexicon.vocabulary import Role

SMALL = Role.preposition | Role.relative | Role.that | Role.that_pronoun | Role.pronoun | Role.adjunct
NAMED = ("given", "surname", "name part", "letters")
TYPES = {"P": "person", "O": "institution", "G": "group"}


@dataclass(frozen=True, slots=True)
class Form:
    """One place of a name.

    first, end   its words, as a range
    lead         letters of proclitics before it in its first word
    words        its words, folded, without those proclitics
    kind         P, O or G
    gain         by how much it is likelier than no name, in logits
    why          codes of what told
    """

    first: int
    end: int
    lead: int
    words: tuple[str, ...]
    kind: str
    gain: float
    why: tuple[str, ...] = ()


def trimmed(text: Text, seen: Sequence[Seen], found: Found) -> Found | None:
    """A name without the small words at its ends; None where nothing is left but a number, or a noun that something is of."""
    first, end = found.first, found.end
    while first < end and text.kinds[first].roles & SMALL and seen[first].shape not in NAMED:
        first += 1
    while end > first and text.kinds[end - 1].roles & SMALL and seen[end - 1].shape not in NAMED:
        end -= 1
    if first == end:
        return None
    alone = end - first == 1
    if alone and (seen[first].shape == "number" or (seen[first].head and not seen[first].definite)):
        return None
    return Found(first, end, found.kind, found.gain)


def whole(text: Text, found: Sequence[Form]) -> list[Form]:
    """Names of persons of which one stands right behind the other, put together: أحمد, جاسم."""
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


def form(text: Text, seen: Sequence[Seen], found: Found, bare: frozenset[str] | set[str]) -> Form:
    """A name as it stands.

    bare   the words of the article that stand somewhere without proclitics, as far as they can be names
    """
    word, first = text.words[found.first], seen[found.first]
    lead = first.lead or _lead(word, bare, first)
    head = (
        "ال" + word[lead + 1 :]
        if lead and word[lead - 1 : lead + 1] == "لل" and first.stem.startswith("ال")
        else word[lead:]
    )
    words = (head, *text.words[found.first + 1 : found.end])
    return Form(found.first, found.end, lead, words, found.kind, found.gain)


def _lead(word: str, bare: frozenset[str] | set[str], seen: Seen) -> int:
    """How many letters of proclitics a word has that no list knows: those without which it stands elsewhere in the article."""
    if not seen.unknown:
        return 0
    latin = next((at for at, letter in enumerate(word) if letter.isascii()), 0)
    if 0 < latin < 3:
        return latin
    for lead in LEADS:
        if word.startswith(lead) and len(word) > len(lead) + 2 and word[len(lead) :] in bare and word not in bare:
            return len(lead)
    return 0
