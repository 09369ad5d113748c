"""A name that is sure in one place is found in all the article: the same words again, a surname alone, a body without its noun."""

from collections.abc import Iterable, Sequence

from helpers.extraction.named.forms import Form
from helpers.extraction.named.words import Seen
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.vocabulary import Role
from helpers.text import orthography

AGAIN = "named elsewhere in full"
SURNAME = "surname of one who is named"
BARE = "named elsewhere with its noun"
BREAKS = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.closing
PLAIN = ("unknown", "surname", "given", "definite", "definite ي", "capital", "capitals", "name part")
SMALL = Role.preposition | Role.relative | Role.that | Role.pronoun | Role.time


def spread(
    text: Text, seen: Sequence[Seen], sure: Iterable[Form], taken: set[int], heads: dict[str, str]
) -> list[Form]:
    """The places of names beside those where they were found.

    taken   the words that are in a name already; those of what is found are added
    """
    names: dict[tuple[str, ...], Form] = {}
    shorter: dict[tuple[str, ...], tuple[Form, str]] = {}
    for one in sure:
        names.setdefault(one.words, one)
    for one in names.values():
        for words, why in _shorter(one, heads):
            shorter.setdefault(words, (one, why))
    wanted = {words: (one, AGAIN) for words, one in names.items() if len(words) > 1 or _alone(words[0], one.kind)}
    wanted = {
        words: found for words, found in shorter.items() if _alone(words[0], found[0].kind) or len(words) > 1
    } | wanted
    surfaces: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for words in sorted(wanted, key=len, reverse=True):
        for surface, lead in orthography.with_proclitics(words[0]):
            surfaces.setdefault(surface, []).append((lead, words))
    found = []
    for at in [at for at, word in enumerate(text.words) if word in surfaces]:
        if at in taken:
            continue
        for lead, words in surfaces[text.words[at]]:
            if not _stands(text, at, words, taken):
                continue
            one, why = wanted[words]
            if len(words) > 1 or _plain(text, seen, at, why):
                found.append(Form(at, at + len(words), lead, words, one.kind, one.gain, (why,)))
                taken.update(range(at, at + len(words)))
                break
    return found


def _stands(text: Text, at: int, words: tuple[str, ...], taken: set[int]) -> bool:
    """Whether the words of a name stand at a place, one after the other."""
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
        if words[-1].startswith("ال"):
            yield (words[-1][2:],), SURNAME
        else:
            yield ("ال" + words[-1],), SURNAME
    elif words[0] in heads and not words[1].startswith("ال"):
        yield words[1:], BARE


def _alone(word: str, kind: str) -> bool:
    return len(word) > 2


def _plain(text: Text, seen: Sequence[Seen], at: int, why: str) -> bool:
    """Whether a word can be a name by itself: no small word, and of a part of a name no common word and no noun of the lexicon."""
    if text.role(at, SMALL):
        return False
    return why == AGAIN or seen[at].shape in PLAIN
