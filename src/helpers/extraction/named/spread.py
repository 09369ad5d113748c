"""Finds a name in all its places: the same words again, a surname alone, an organisation without its head noun."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from helpers.extraction.named.forms import Form
from helpers.extraction.named.joining import CLOSE, alike
from helpers.extraction.named.words import Seen, Words
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

AGAIN = "named elsewhere in full"
SURNAME = "surname of one who is named"
SPELLED = "written nearly as the surname of one who is named"
BARE = "named elsewhere with its noun"
TAIL = 3  # last letters of a word, which do not change with proclitics
BREAKS = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.closing
PLAIN = ("unknown", "surname", "given", "definite", "definite adjective", "capital", "capitals", "name part")
SMALL = Role.preposition | Role.relative | Role.that | Role.pronoun | Role.time


def spread(text: Text, seen: Sequence[Seen], sure: Iterable[Form], taken: set[int], lists: Words) -> list[Form]:
    """The other places of names that were found.

    taken   indices of words that are in a name already; those of the new places are added
    """
    names: dict[tuple[str, ...], Form] = {}
    shorter: dict[tuple[str, ...], tuple[Form, str]] = {}
    for one in sure:
        names.setdefault(one.words, one)
    for one in names.values():
        for words, why in _shorter(one, lists.heads):
            shorter.setdefault(words, (one, why))
    wanted = {words: (one, AGAIN) for words, one in names.items() if len(words) > 1 or _alone(words[0], one.kind)}
    wanted = {
        words: found for words, found in shorter.items() if _alone(words[0], found[0].kind) or len(words) > 1
    } | wanted
    _misspelled(seen, names.values(), wanted)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(wanted, key=len, reverse=True):
        by_first.setdefault(words[0], []).append(words)
    found = []
    for at in _beginnings(text.words, by_first):
        if at in taken:
            continue
        for lead, words in _candidates(text.words[at], by_first, lists):
            if not _stands(text, at, words, taken):
                continue
            one, why = wanted[words]
            if (len(words) > 1 or _plain(text, seen, at, why)) and not (why == SURNAME and _of_another(text, seen, at)):
                found.append(Form(at, at + len(words), lead, words, one.kind, one.gain, (why,)))
                taken.update(range(at, at + len(words)))
                break
    return found


def _misspelled(seen: Sequence[Seen], names: Iterable[Form], wanted: dict[tuple[str, ...], tuple[Form, str]]) -> None:
    """Add to `wanted` unlisted words that are almost spelled like a person's last name: فريدمات, فريدمان."""
    surnames: dict[str, list[Form]] = {}
    for one in names:
        if one.kind == "P" and len(one.words[-1]) > CLOSE:
            surnames.setdefault(one.words[-1][:2], []).append(one)
    if not surnames:
        return
    for word in {word.stem for word in seen if word.shape == "unknown" and word.stem[:2] in surnames}:
        if (word,) not in wanted and len(word) > CLOSE:
            for one in surnames[word[:2]]:
                if word != one.words[-1] and alike(word, one.words[-1]):
                    wanted[(word,)] = (one, SPELLED)


def _beginnings(words: Sequence[str], wanted: Collection[str]) -> list[int]:
    """The indices of words that end like the first word of a name, and so can be it with proclitics."""
    size = min([TAIL, *map(len, wanted)])
    tails = {word[-size:] for word in wanted}
    return [at for at, word in enumerate(words) if word[-size:] in tails]


def _candidates(
    word: str, by_first: Mapping[str, Sequence[tuple[str, ...]]], lists: Words
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(number of letters of proclitics, name) of each name that can begin with a word."""
    yield from ((0, words) for words in by_first.get(word, ()))
    if word[0] in lists.leading:
        for lead, rest in lists.without_leads(word):
            yield from ((lead, words) for words in by_first.get(rest, ()))


def _stands(text: Text, at: int, words: tuple[str, ...], taken: set[int]) -> bool:
    """Whether the words of a name are at a place, one after the other."""
    end = at + len(words)
    if end > len(text.words) or (len(words) > 1 and tuple(text.words[at + 1 : end]) != words[1:]):
        return False
    return not any(k in taken or text.gaps[k] & BREAKS for k in range(at + 1, end))


def _shorter(one: Form, heads: dict[str, str]) -> Iterable[tuple[tuple[str, ...], str]]:
    words = one.words
    if len(words) < 2:
        return
    if one.kind == "P":
        yield words[-1:], SURNAME
        if len(words) > 2:
            yield words[-2:], SURNAME
        without = words[-1].removeprefix(letters().article[0])
        yield (without if without != words[-1] else letters().article[0] + without,), SURNAME
    elif words[0] in heads and not words[1].startswith(letters().article):
        yield words[1:], BARE


def _alone(word: str, kind: str) -> bool:
    return len(word) > 2


def _plain(text: Text, seen: Sequence[Seen], at: int, why: str) -> bool:
    """Whether a word can be a name by itself: it is not a function word, and, if it is only part of a name, neither a
    common word (with exceptions such as الزيتوني) nor a noun of the lexicon."""
    if text.role(at, SMALL):
        return False
    nisba = seen[at].shape == "common definite" and text.words[at].endswith(letters().nisba)
    return why == AGAIN or seen[at].shape in PLAIN or nisba


def _of_another(text: Text, seen: Sequence[Seen], at: int) -> bool:
    """Whether another given name precedes a surname, which is then that of another person."""
    return bool(at) and not text.gaps[at] and seen[at - 1].shape in ("given", "name part")
