"""Spellings of actors, looked up by their first word, with or without proclitics."""

from collections.abc import Mapping

from msgspec import Struct

from helpers.text import orthography

REMEMBERED = 200_000  # words in the cache before it is emptied: a corpus has no limit


class Alias(Struct, frozen=True, gc=False):
    """One spelling of an actor.

    actor_id   empty if the words are not an actor's name but something else (مجلس الأمن القومي)
    alias      the spelling
    via        how it names the actor
    rest       its folded words after the first
    enclosed   whether the words are a name only in quotation marks or brackets
    ordinary   how often the words are ordinary words (`entries.ORDINARY`); empty if they never are
    """

    actor_id: str
    alias: str
    via: str
    rest: list[str]
    enclosed: bool = False
    ordinary: str = ""


Entries = tuple[tuple[int, Alias], ...]


class Beginnings(dict[str, Entries]):
    """The aliases that can begin with a folded word, as (length of its proclitics, alias), longest alias first.

    Look them up by `[word]`; the result is cached, and for most words empty. Proclitics are removed from the word in
    the article, since the spellings of all aliases with all proclitics would be a dozen times as many.
    """

    def __init__(self, begins: Mapping[tuple[str, bool], list[Alias]]) -> None:
        """
        begins    aliases by (first word as written, whether it is a demonym, which takes fewer proclitics)
        """
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
    """A sort key: aliases of more words first; of equals, the one with fewer letters of proclitics removed."""
    return -len(entry[1].rest), entry[0]
