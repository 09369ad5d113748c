"""Links a title without a name to the person whom the article names with it: الوزير, وزير الصحة سالم حمد."""

from collections.abc import Iterable

from msgspec import Struct, structs

from helpers.extraction.drafts import Range
from helpers.extraction.person_names import bare, definite
from helpers.extraction.source_names import Phrase, as_printed
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

TITLE = 8  # most words of a title with its complement, before the name
NAME = 4  # most words of a name
PART = Role.given | Role.name_part | Role.feminine | Role.whole


class Bearer(Struct, frozen=True, gc=False):
    """A place where a person is named with a title: the beginning of the title, its words without the article, the name."""

    at: int
    title: frozenset[str]
    name: Range


def fits(one: Phrase, other: Phrase) -> bool:
    """Whether a title without a name refers to an earlier phrase that begins with it: الوزير, وزير الخارجية فلان."""
    if other.name or other.actor_ids:
        return False
    if not other.definite:
        return len(other.words) > 1 and other.kind != "unnamed group" and other.bare < one.bare and bool(one.name)
    return other.adjectives <= one.bare


def resolved(text: Text, phrases: Iterable[Phrase]) -> list[Phrase]:
    """The phrases; one that is only a title gets the person whom the article names with it, next to it or after a comma.

    All places with the title must name the same person: with two ministers, «الوزير» remains unresolved. A title of one
    word can only refer to a person named before.
    """
    phrases = list(phrases)
    heads = {phrase.head for phrase in phrases if _is_title(phrase)}
    if not heads:
        return phrases
    named: dict[str, list[Bearer]] = {}
    for at in text.nouns:
        if text.kinds[at].kind == "person":
            head = _head(text, at, text.words[at])
            if head in heads and (found := _bearer(text, at)):
                named.setdefault(head, []).append(found)
    return [_named(text, phrase, named.get(phrase.head, ())) if _is_title(phrase) else phrase for phrase in phrases]


def _is_title(phrase: Phrase) -> bool:
    """Whether a phrase is a title that only one person can have: it is definite, or has a complement."""
    if phrase.kind != "unnamed person" or phrase.name or phrase.rule != "noun":
        return False
    return phrase.definite or any(definite(word) for word in phrase.words[1 : phrase.core])


def _named(text: Text, phrase: Phrase, bearers: Iterable[Bearer]) -> Phrase:
    """A title as the person who has it; unchanged if nobody does, or several do."""
    said = {bare(word) for word in phrase.words[: phrase.core]}
    start = text.inside(phrase.span.start, phrase.span.end)[0]
    fitting = [one for one in bearers if said <= one.title and (len(said) > 1 or one.at < start)]
    names = {tuple(text.words[slice(*one.name)]): one for one in fitting}
    longest = max(names, key=len, default=())
    if not longest or any(longest[-len(name) :] != name for name in names):
        return phrase
    first, end = names[longest].name
    printed = as_printed(text.received[text.starts[first] : text.ends[end - 1]])
    return structs.replace(phrase, name=longest, text=printed, kind="named person", rule="title named elsewhere")


def _head(text: Text, at: int, word: str) -> str:
    return bare(word[1:] if text.role(at, Role.joined) and word.startswith(letters().conjunction) else word)


def _bearer(text: Text, at: int) -> Bearer | None:
    """The person named with the title that begins at a word, but not with that of a superior (نائب الوزير سالم حمد)."""
    joined = text.role(at, Role.joined)
    if at and not joined and not text.gaps[at] and text.kinds[at - 1].kind in ("person", "group"):
        return None
    end = at + 1
    while end < min(len(text.words), at + TITLE) and _goes_on(text, end):
        end += 1
    title = frozenset((_head(text, at, text.words[at]), *(bare(word) for word in text.words[at + 1 : end])))
    name = _name(text, end) or (_name_before(text, at) if text.gaps[at] & Gap.comma else None)
    return Bearer(at, title, name) if name else None


def _goes_on(text: Text, at: int) -> bool:
    """Whether a word continues a title: its complement, an adjective."""
    if text.gaps[at] or text.role(at, Role.given | Role.joined | Role.relative | Role.preposition | Role.pronoun):
        return False
    return bool(definite(text.words[at], text.written(at)) or text.kinds[at].kind or text.role(at, Role.general))


def _name(text: Text, first: int) -> Range | None:
    """The name that begins with a given name at a word: two words or more, up to the first that cannot be one."""
    if first >= len(text.words) or text.gaps[first] & ~Gap.comma or not _begins(text, first):
        return None
    end = first + 1
    while end < min(len(text.words), first + NAME) and _in_name(text, end):
        end += 1
    return (first, end) if end - first > 1 else None


def _name_before(text: Text, end: int) -> Range | None:
    """The name before a comma and a title: سالم حمد، وزير الصحة."""
    for first in range(max(0, end - NAME), end - 1):
        if _begins(text, first) and all(_in_name(text, at) for at in range(first + 1, end)):
            return first, end
    return None


def _begins(text: Text, at: int) -> bool:
    return text.role(at, Role.given | Role.name_part) and not text.role(at, Role.joined)


def _in_name(text: Text, at: int) -> bool:
    """Whether a word continues a name: it is in no list except that of given names, and has no attached preposition."""
    kind, word = text.kinds[at], text.words[at]
    if text.gaps[at] or kind.kind or kind.hits or kind.roles & ~PART or len(word) < 2 or text.adverbial(at):
        return False
    if kind.roles & (Role.given | Role.name_part):
        return True
    return not word.startswith((*letters().conjunction, *letters().by, *letters().to)) and not word.endswith(
        letters().third
    )
