"""A source's phrase taken apart: its head noun, the name in it, the title or apposition that says why it should know."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from helpers.articles import Article, Span
from helpers.lexicons import Actors
from helpers.mentions import Mention
from helpers.vocabulary import Role, Vocabulary

SMALL = Role.preposition | Role.relative | Role.governs | Role.pronoun | Role.adjunct | Role.auxiliary | Role.negation
ASIDE = frozenset("،,(")
NISBA = ("ي", "يه", "يون", "يين", "يتين", "يان")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that name a source in one place, taken apart; words are folded.

    head        its first noun without the article; definite: whether it has it
    name        the words that name somebody, without titles
    core        how many words stand before an apposition or a describing clause
    kind, rule  what it is, and what told
    """

    span: Span
    text: str
    words: tuple[str, ...]
    head: str
    definite: bool
    name: tuple[str, ...]
    core: int
    kind: str
    rule: str
    actor_ids: tuple[str, ...]
    affiliation_ids: tuple[str, ...]
    justification: Span | None

    @property
    def adjectives(self) -> set[str]:
        """What is said of a head without a name (الوزير الكوري), without the article."""
        return {_bare(word) for word in self.words[1 : self.core] if word.endswith(NISBA)}

    @property
    def called(self) -> tuple[str, ...]:
        """The name; of a lone word with the article that no list has (الكاظمي), that word, which may be one."""
        return self.name or self.words[: self.core == 1 and self.definite and self.kind == "unknown"]

    @property
    def bare(self) -> set[str]:
        """Every word, without the article."""
        return set(map(_bare, self.words))


def read(article: Article, span: Span, mentions: Sequence[Mention], actors: Actors, vocabulary: Vocabulary) -> Phrase:
    """Take the phrase of a source apart. Kinds and roles of words are from the lexicon; names are what is left."""
    split = article.tokens
    first, last = bisect_right(split.ends, span.start), bisect_left(split.starts, span.end)
    spans = list(zip(split.starts[first:last], split.ends[first:last], strict=True))
    words = split.words[first:last]
    spans[0], words[0] = (span.start, spans[0][1]), words[0][span.start - spans[0][0] :]  # less a proclitic
    core = _core(split.between[first + 1 : last], words, vocabulary)
    kinds = [vocabulary[word].kind for word in words]
    written = [article.text[start:end] for start, end in spans[:core]]
    named = _name(words[:core], written, kinds, vocabulary)
    first = bisect_left(mentions, span.start, key=lambda m: m.span.start)
    inside = list(takewhile(lambda m: m.span.end <= span.end, islice(mentions, first, None)))
    is_it, of_it = _actors(inside, spans, named, core)
    several = sum(m.via != "demonym" for m in inside) > 1
    kind, rule = _kind(words, kinds, named, is_it, several, actors)
    apposition = _apposition(article, spans, core)
    title = article.span(spans[0][0], spans[named[0] - 1][1]) if kind == "named person" and named[0] > 0 else None
    return Phrase(
        span=span,
        text=_text(article, span, spans, named, kind, core),
        words=tuple(words),
        head=_bare(words[0]),
        definite=_definite(words[0]),
        name=tuple(words[at] for at in named),
        core=core,
        kind=kind,
        rule=rule,
        actor_ids=is_it,
        affiliation_ids=of_it,
        justification=apposition or title,
    )


def _bare(word: str) -> str:
    return word.removeprefix("لل").removeprefix("ال") if len(word) > 4 else word


def _definite(word: str) -> bool:
    return word.startswith(("ال", "لل")) and len(word) > 4


def _core(between: list[str], words: list[str], vocabulary: Vocabulary) -> int:
    """How many words stand before an apposition, a bracket, a relative clause or a describing verb."""
    for at, gap in enumerate(between, 1):
        ends = vocabulary[words[at]].roles & (Role.relative | Role.describes | Role.verb)
        if ends or (gap != " " and not ASIDE.isdisjoint(gap)):
            return at
    return len(words)


def _name(words: list[str], written: list[str], kinds: list[str | None], vocabulary: Vocabulary) -> list[int]:
    """The places of the words that can be a name: no noun of the lexicon, no adjective of the word before it.

    The word after a preposition, or after the noun of a body (حركة حماس), names a place or the body; a source that is
    called مصدر or شاهد has no name.
    """
    found: list[int] = []
    if vocabulary[words[0]].roles & Role.anonymous:
        return found
    for at, word in enumerate(words):
        roles = vocabulary[word].roles
        after_name = bool(found) and found[-1] == at - 1
        if (_definite(word) and not after_name) or kinds[at] is not None or word[0].isdigit():
            continue
        given = after_name and written[at] == "علي"
        if roles & (SMALL | Role.time | Role.adverb | Role.object_head) and not given:
            continue
        before = at > 0 and not after_name
        if before and (vocabulary[words[at - 1]].roles & Role.preposition or _adjective(words, written, at)):
            continue
        if before and kinds[at - 1] == "organisation" and not _definite(words[at - 1]):
            continue
        found.append(at)
    return found


def _adjective(words: list[str], written: list[str], at: int) -> bool:
    """Whether a word is an adjective in ـي of the word before it: both with the article, or both without."""
    nisba = words[at].endswith(NISBA) and not written[at].endswith("ى")
    return nisba and _definite(words[at]) == _definite(words[at - 1])


def _actors(
    inside: list[Mention], spans: list[tuple[int, int]], named: list[int], core: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actors that the phrase is, and those that it speaks for: it is one whose name heads it or is its name."""
    heads = {spans[0][0], *((spans[named[0]][0],) if named else ())}
    is_it = [
        m.actor_id for m in inside if m.span.start in heads and m.via != "demonym" and m.span.start < spans[core - 1][1]
    ]
    of_it = [m.actor_id for m in inside if m.actor_id not in is_it]
    return tuple(dict.fromkeys(is_it)), tuple(dict.fromkeys(of_it))


def _kind(
    words: list[str], kinds: list[str | None], named: list[int], is_it: tuple[str, ...], several: bool, actors: Actors
) -> tuple[str, str]:
    if is_it:
        by_type = {"person": "named person", "group": "named group"}
        return by_type.get(actors.by_id[is_it[0]].type, "organisation"), "actor"
    head = kinds[0]
    if head == "person":
        return ("named person", "title and name") if named else ("unnamed person", "noun")
    if head == "group":
        return ("named group", "members by name") if several else ("unnamed group", "noun")
    if head in ("organisation", "document"):
        return head, "noun"
    if named and named[0] == 0 and len(named) > 1:
        return "named person", "name"
    return "unknown", "unknown"


def _apposition(article: Article, spans: list[tuple[int, int]], core: int) -> Span | None:
    if core >= len(spans) or core == 0:
        return None
    between = article.text[spans[core - 1][1] : spans[core][0]]
    if not any(sign in between for sign in "،,") or article.text[spans[core][0]].isdigit():
        return None
    return article.span(spans[core][0], spans[-1][1])


def _text(article: Article, span: Span, spans: list[tuple[int, int]], named: list[int], kind: str, core: int) -> str:
    """The name as printed: of a named person the name alone, else the phrase up to its apposition."""
    if kind == "named person" and named:
        return article.text[spans[named[0]][0] : spans[named[-1]][1]]
    text = article.text[span.start : spans[core - 1][1]]
    return "ا" + text if article.text[span.start - 1 : span.start + 1] == "لل" else text
