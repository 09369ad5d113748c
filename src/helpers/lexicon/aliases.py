"""Spellings of actors, looked up by the word that they begin with, proclitics and all."""

from collections.abc import Mapping

from msgspec import Struct

from helpers.text import orthography

REMEMBERED = 200_000  # words of which it is remembered what can begin there: a corpus has no end of them


class Alias(Struct, frozen=True, gc=False):
    """One spelling of an actor: its folded words after the first, and how it names the actor (`via`).

    An `actor_id` that is empty: the words are something else (مجلس الأمن القومي), and name nobody. `enclosed`: they are
    a name only in quotation marks or brackets.
    """

    actor_id: str
    alias: str
    via: str
    rest: list[str]
    enclosed: bool = False


Entries = tuple[tuple[int, Alias], ...]


class Beginnings(dict[str, Entries]):
    """What may begin at each folded word, as (length of its proclitics, alias), longest alias first; mostly nothing.

    A word is looked at when it comes, and the answer kept: ask by `[word]`. Proclitics are taken off it, for with all that
    a word can take it has a dozen spellings, of which an article has none.
    """

    def __init__(self, begins: Mapping[tuple[str, bool], list[Alias]]) -> None:
        """The aliases by their first word as written, and whether that is a demonym, which takes fewer proclitics."""
        self._by_stem: dict[tuple[str, str], list[tuple[int, list[Alias]]]] = {}
        stems = orthography.stems(list(begins))
        for number, (ways, aliases) in enumerate(zip(stems, begins.values(), strict=True)):
            longest_first = sorted(aliases, key=_words, reverse=True)
            for way in ways:
                self._by_stem.setdefault(way, []).append((number, longest_first))

    def __missing__(self, word: str) -> Entries:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[word] = self._begin(word)
        return found

    def _begin(self, word: str) -> Entries:
        found: dict[tuple[int, int], list[Alias]] = {}
        for length, stem in orthography.without_proclitics(word):
            for number, aliases in self._by_stem.get(stem, ()):
                found[number, length] = aliases
        entries = [(length, alias) for (_, length), aliases in sorted(found.items(), key=_first) for alias in aliases]
        return tuple(sorted(entries, key=_longest) if len(found) > 1 else entries)


def _words(alias: Alias) -> int:
    return len(alias.rest)


def _first(found: tuple[tuple[int, int], list[Alias]]) -> tuple[int, int]:
    return found[0]


def _longest(entry: tuple[int, Alias]) -> tuple[int, int]:
    """More words first; of equals, the word that needs fewer proclitics taken off."""
    return -len(entry[1].rest), entry[0]
