"""Where a name ends, by form: at one half of a pair of brackets, at a verb, at the given name of another person."""

from collections.abc import Iterator, Sequence

from helpers.extraction.named.decoder import Found
from helpers.extraction.named.words import Seen, Words
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters

FULL = 2  # words of a name after which a word that looks like a verb is one; after one word it can be a surname
FUTURE = 6  # fewest letters of a verb in the future
IMPERFECT = 4  # fewest letters of an imperfect
NISBA = 6  # with so many letters, a word in ـي that begins like an imperfect can be a surname: يعقوبي
LISTED = ("given", "surname", "name part", "people", "letters")


def parts(text: Text, seen: Sequence[Seen], found: Found, words: Words) -> Iterator[Found]:
    """The names in the words that a model takes for one: none, that name, its beginning, or those of several persons."""
    first, end = found.first, _before_half(text, found)
    if _accusative(text, first) or _of_death(text, found.first) or _letter(text, found, end):
        return
    if found.kind != "P":
        yield found if end == found.end else Found(first, end, found.kind, found.gain)
        return
    at = first + 1
    while at < end and not _verb(text, seen, first, at, words):
        if _another(text, seen, at, words):
            yield Found(first, at, found.kind, found.gain)
            first = at
        at += 1
    yield found if (first, at) == (found.first, found.end) else Found(first, at, found.kind, found.gain)


def _before_half(text: Text, found: Found) -> int:
    """The end of a name before one half of a pair of brackets whose other half is outside it: «صلاح) هو»."""
    opened = 0
    for at in range(found.first + 1, found.end):
        gap = text.gaps[at]
        if gap & Gap.closing:
            if not opened:
                return at
            opened = 0
        if gap & Gap.bracket and not opened:
            opened = at
    return opened or found.end


def _accusative(text: Text, at: int) -> bool:
    """Whether a word is written with the ending of an indefinite accusative, which no name has: نهجًا."""
    return text.written(at).endswith(letters().accusative[1:])


def _letter(text: Text, found: Found, end: int) -> bool:
    """Whether a single letter is left of a name: «(485 م) فوَزَرَ»."""
    return end < found.end and end - found.first == 1 and len(text.words[found.first]) == 1


def _of_death(text: Text, at: int) -> bool:
    """Whether a letter and a year in brackets tell when somebody died: «(ت 485هـ)»."""
    year = at + 1 < len(text.words) and text.words[at + 1][0].isdigit()
    return bool(year and len(text.words[at]) == 1 and text.gaps[at] & Gap.bracket)


def _another(text: Text, seen: Sequence[Seen], at: int, words: Words) -> bool:
    """Whether the given name of another person is joined to a name: «حازم وأمير»; not وليد."""
    joined = text.words[at].startswith(letters().joining) and seen[at].lead == 1
    return joined and not text.gaps[at] and words.given(seen[at].stem)


def _verb(text: Text, seen: Sequence[Seen], first: int, at: int, words: Words) -> bool:
    """Whether an unlisted word after a person's name has the form of a verb: «سالم حمدان يهدي», «سالم أهدى», «سالم فاجأ»."""
    word, written = text.words[at], text.written(at)
    if seen[at].shape in LISTED or seen[at - 1].shape == "name part" or word in words.foreign or text.kinds[at].kind:
        return False
    ends = letters()
    if written.startswith(ends.hamza_above) and written.endswith(ends.maqsura):
        return True
    if written.endswith(ends.hamza_above) and len(word) > 2:
        return True
    if at - first < FULL or at + 1 >= len(text.words) or text.gaps[at + 1]:
        return False
    if word.startswith(ends.future) and len(word) >= FUTURE:
        return not written.endswith(ends.feminine)
    short = len(word) < NISBA if word.endswith(ends.nisba) else not written.endswith((*ends.plural, *ends.feminine))
    return word.startswith(ends.he) and len(word) >= IMPERFECT and short
