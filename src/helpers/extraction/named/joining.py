"""Links the names of one actor in an article: full and short forms, acronyms, spellings.

Ambiguous names remain separate: a surname that two persons have is linked to neither, and the two are never linked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from helpers.extraction.named.forms import Form
from helpers.lexicon.letters import letters

Name = tuple[str, ...]
GROUPS = ("movement", "people")  # nouns of these kinds head the name of a group
COMPARED_NAMES = 100  # most names of one length and first letter that are compared
KEPT = 8192  # words whose stem is cached, since names recur within an article and between articles
CLOSE = 5  # fewest letters of a word in which one letter can differ


@dataclass
class Actor:
    """An actor while its names are collected: its forms by their words, and why they were linked."""

    kind: str
    forms: dict[Name, list[Form]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)

    @property
    def places(self) -> int:
        """The number of places in which it is named."""
        return sum(map(len, self.forms.values()))


def join(forms: Iterable[Form], heads: dict[str, str], bracketed: Iterable[tuple[Name, Name]] = ()) -> list[Actor]:
    """The actors that forms name.

    heads       the folded nouns that head names of organisations, with the kind that they head
    bracketed   pairs of names, the second in brackets or quotation marks directly after the first
    """
    by_name: dict[Name, list[Form]] = {}
    for one in forms:
        by_name.setdefault(one.words, []).append(one)
    actors: dict[Name, Actor] = {}
    for words, places in by_name.items():
        kinds = [place.kind for place in places]
        several = kinds.count(kinds[0]) < len(kinds)
        kind = max(set(kinds), key=lambda kind: (kinds.count(kind), kind)) if several else kinds[0]
        actors[words] = Actor(kind, {words: places})
    register = _Register(actors)
    for name, behind in bracketed:
        if name in actors and behind in actors:
            register.merge(name, behind, "in brackets")
    names = sorted(actors, key=lambda name: (-len(name), name))
    _same(names, register)
    _headed(names, heads, register)
    _persons([name for name in names if actors[name].kind == "P"], register)
    _bodies([name for name in names if actors[name].kind != "P"], heads, register)
    found = register.actors()
    for actor in found:
        longest = max(actor.forms, key=len)
        if len(longest) > 1 and (head := heads.get(bare(longest[0]))):
            actor.kind = "G" if head in GROUPS else "O" if actor.kind == "P" else actor.kind
    return found


class _Register:
    """Records which names belong to the same actor."""

    def __init__(self, actors: dict[Name, Actor]) -> None:
        self._actors = actors
        self._under: dict[Name, Name] = {}
        self._codes: dict[Name, set[str]] = {}

    def root(self, name: Name) -> Name:
        while above := self._under.get(name):
            name = above
        return name

    def merge(self, one: Name, other: Name, code: str) -> None:
        a, b = self.root(one), self.root(other)
        if a == b:
            return
        self._under[b] = a
        self._codes[a] = self._codes.get(a, set()) | self._codes.get(b, set()) | {code}

    def kind(self, name: Name) -> str:
        return self._actors[name].kind

    def actors(self) -> list[Actor]:
        """The actors in order of first mention."""
        found: dict[Name, Actor] = {}
        several: dict[Name, Actor] = {}
        for name, actor in self._actors.items():
            root = self.root(name)
            whole = found.get(root)
            if whole is None:
                found[root] = Actor(self._actors[root].kind, actor.forms, self._codes.get(root, set()))
            else:
                several[root] = whole
                whole.forms = whole.forms | actor.forms
        for whole in several.values():
            counts: dict[str, int] = {}
            for name, places in whole.forms.items():
                counts[self._actors[name].kind] = counts.get(self._actors[name].kind, 0) + len(places)
            fullest = self._actors[max(whole.forms, key=len)].kind
            whole.kind = max(counts, key=lambda kind: (counts[kind], kind == fullest))
        return sorted(found.values(), key=lambda actor: min([f.first for fs in actor.forms.values() for f in fs]))


@lru_cache(maxsize=KEPT)
def bare(word: str) -> str:
    """A word without the article."""
    return word[2:] if len(word) > 4 and word.startswith(letters().article) else word


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """A word without the article and plural ending: حوثي for الحوثيون, الحوثيين."""
    found = bare(word)
    many = len(found) > 5 and found.endswith(letters().plural) and found[:-2].endswith(letters().nisba)
    return found[:-2] if many else found


def alike(one: str, other: str) -> bool:
    """Whether two words can be spellings of one: they differ in one letter, or two adjacent letters are swapped.

    >>> alike("مارينييلو", "مارينيلو"), alike("سيرغي", "سيرجي"), alike("سالم", "سليم")
    (True, True, False)
    """
    if one == other:
        return True
    one, other = bare(one), bare(other)
    if one[0] != other[0]:
        return False
    if one == other:
        return True
    if len(one) < CLOSE or len(other) < CLOSE or not -2 < len(one) - len(other) < 2:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if a[1:] == b[1:] or a[1:] == b or b[1:] == a:
        return True
    return len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]


def _same(names: Sequence[Name], register: _Register) -> None:
    """Link names that differ only in articles, endings or one letter."""
    seen: dict[tuple[str, ...], Name] = {}
    for name in names:
        key = tuple([stem(word) for word in "_".join(name).split("_") if word])
        if key in seen:
            register.merge(seen[key], name, "spelling")
        else:
            seen[key] = name
    by_beginning: dict[tuple[int, str], list[Name]] = {}
    for name in names:
        by_beginning.setdefault((len(name), bare(name[0])[:1]), []).append(name)
    for same in by_beginning.values():
        for n, one in enumerate(same[: COMPARED_NAMES - 1]):
            for other in same[n + 1 : COMPARED_NAMES]:
                if (
                    alike(one[0], other[0])
                    and register.kind(one) == register.kind(other)
                    and all(map(alike, one, other))
                ):
                    register.merge(one, other, "spelling")


def _headed(names: Sequence[Name], heads: dict[str, str], register: _Register) -> None:
    """Link a name that has a head noun with the name alone: حركة حماس, حماس; وكالة رويترز للأنباء, رويترز."""
    known = set(names)
    for name in names:
        if len(name) < 2 or bare(name[0]) not in heads:
            continue
        for end in range(len(name), 1, -1):
            if (rest := name[1:end]) in known and (len(rest) > 1 or bare(rest[0]) not in heads):
                register.merge(name, rest, "with its noun")
                break


def _persons(names: Sequence[Name], register: _Register) -> None:
    """Link short names of persons with the full name of which they are a part, if there is only one."""
    full = [name for name in names if len(name) > 1]
    for n, name in enumerate(full):
        longer = {register.root(one) for one in full[:n] if len(one) > len(name) and _within(name, one)}
        if len(longer) == 1:
            register.merge(longer.pop(), name, "short name")
    for name in names:
        if len(name) > 1:
            continue
        bearers = {register.root(one) for one in full if alike(one[-1], name[0])}
        if not bearers:
            bearers = {register.root(one) for one in full if one[0] == name[0] or bare(one[0]) == bare(name[0])}
        if len(bearers) == 1:
            register.merge(bearers.pop(), name, "surname")


def _within(short: Name, long: Name) -> bool:
    """Whether a name of several words is part of a longer one: its end, its beginning and end, or its beginning."""
    if all(map(alike, short, long[-len(short) :])) or all(map(alike, short, long[: len(short)])):
        return True
    if not (alike(short[0], long[0]) and alike(short[-1], long[-1])):
        return False
    rest = iter(long)
    return all(any(alike(word, other) for other in rest) for word in short)


def _bodies(names: Sequence[Name], heads: dict[str, str], register: _Register) -> None:
    """Link the beginning of an organisation's name with the only full name that begins so: وزارة الدفاع [الروسية]."""
    by_first: dict[str, list[Name]] = {}
    for name in names:
        by_first.setdefault(stem(name[0]), []).append(name)
    for name in names:
        alike_first = by_first[stem(name[0])]
        if len(alike_first) == 1:
            continue
        longer = [one for one in alike_first if len(one) > len(name) and all(map(_equal, one, name))]
        whole = {register.root(one) for one in longer}
        if len(whole) == 1 and (len(name) > 1 or name[0].startswith(letters().article)):
            register.merge(whole.pop(), name, "short name")


def _equal(one: str, other: str) -> bool:
    return one == other or stem(one) == stem(other)
