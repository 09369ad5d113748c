"""A source's phrase taken apart: its head noun, the name in it, the title or apposition that says why it should know."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import Role, Vocabulary
from helpers.records.mentions import Mention
from helpers.text.articles import Article, Span

SMALL = (
    Role.preposition
    | Role.relative
    | Role.governs
    | Role.pronoun
    | Role.adjunct
    | Role.auxiliary
    | Role.negation
    | Role.resumptive
)
ASIDE = frozenset("،,(")
TELLS = Role.describes | Role.verb | Role.withheld | Role.occasion
CLAUSE = Role.relative | Role.describes | Role.verb
NISBA = ("ي", "يه", "يون", "يين", "يتين", "يان", "يا")
OWN = ("ها", "هم", "ه", "نا")  # زوجها سمير
PLURAL = ("ون", "ين")


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

    def as_named(self, full: dict[str, tuple[Span, tuple[str, ...]]]) -> "Phrase":
        """The phrase as a person by name, where it is a lone word that the article has as somebody's last name elsewhere."""
        if self.kind != "unknown" or self.core != 1 or self.words[0] not in full:
            return self
        span, name = full[self.words[0]]
        return replace(self, name=name, text=span.exact, kind="named person", rule="named elsewhere")

    @property
    def bare(self) -> set[str]:
        """Every word, without the article."""
        return set(map(_bare, self.words))


def read(
    article: Article,
    span: Span,
    mentions: Sequence[Mention],
    actors: Actors,
    vocabulary: Vocabulary,
    starts: Sequence[int] | None = None,
) -> Phrase:
    """Take the phrase of a source apart. Kinds and roles of words are from the lexicon; names are what is left.

    starts   where each mention starts, for a caller with many phrases
    """
    split = article.tokens
    first, last = bisect_right(split.ends, span.start), bisect_left(split.starts, span.end)
    spans = list(zip(split.starts[first:last], split.ends[first:last], strict=True))
    words, gaps = split.words[first:last], split.between[first:last]
    spans[0], words[0] = (span.start, spans[0][1]), words[0][span.start - spans[0][0] :]  # less a proclitic
    looked = [vocabulary[word] for word in words]
    kinds, roles = [word.kind for word in looked], [word.roles for word in looked]
    core = _core(gaps, roles)
    written = [article.text[start:end] for start, end in spans[:core]]
    named = _last_run(_name(words[:core], written, kinds, roles), gaps)
    goes_on = core < len(words)
    if not named and goes_on and _apposed(gaps, words, kinds, roles, core):  # رئيس الدائرة، السيد كمال بن ناصر
        end = core + _core(gaps[core:], roles[core:])
        aside = [article.text[s:e] for s, e in spans[core:end]]
        named = _last_run([core + at for at in _name(words[core:end], aside, kinds[core:end], roles[core:end])], gaps)
    starts = [m.span.start for m in mentions] if starts is None else starts
    inside = []
    for at in range(bisect_left(starts, span.start), len(starts)):
        if mentions[at].span.end > span.end:
            break
        inside.append(mentions[at])
    told = inside
    if inside and goes_on:  # not من تونس of «دبلوماسي يتابع الملف من تونس»
        clause = next((at for at in range(1, len(words)) if roles[at] & CLAUSE), len(words))
        told = [m for m in inside if m.span.start < spans[clause - 1][1]]
    named = named or _listed(told, spans[:core], words, kinds, actors)
    is_it, of_it = _actors(told, spans, named, core)
    several = sum(m.via != "demonym" for m in inside) > 1
    kind, rule = _kind(words, kinds, named, is_it, several, actors)
    if kind == "unknown" and goes_on and _introduced(article, spans, core, roles):
        named, kind, rule = [0], "named person", "age or apposition"
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


def full_names(
    article: Article, phrases: Iterable[Phrase], vocabulary: Vocabulary
) -> dict[str, tuple[Span, tuple[str, ...]]]:
    """The full names of lone words that may be names: where another word that no list has stands before one elsewhere.

    Returns   by the lone word the span of the full name and its words. Linear in the length of the article.
    """
    lone = {phrase.words[0] for phrase in phrases if phrase.kind == "unknown" and phrase.core == 1}
    split, found = article.tokens, {}
    for at in [at for at, word in enumerate(split.words) if word in lone] if lone else ():
        word = split.words[at]
        if at and word not in found and split.between[at] == " ":
            before = split.words[at - 1]
            kind = vocabulary[before]
            if not kind.roles and not kind.hits and kind.kind is None and not _definite(before) and len(before) > 2:
                span = article.span(split.starts[at - 1], split.ends[at])
                found[word] = (span, (before, word))
    return found


def _introduced(article: Article, spans: list[tuple[int, int]], core: int, roles: list[int]) -> bool:
    """Whether an age in brackets or a clause with a pronoun tells of a lone word that it is a person: أحمدو (43 عاما)."""
    if core != 1 or len(spans) < 2 or article.text[spans[0][0]] == "«":
        return False
    between, word = article.text[spans[0][1] : spans[1][0]], article.text[slice(*spans[1])]
    return ("(" in between and word.isdigit()) or ("،" in between and bool(roles[1] & Role.pronoun))


def _bare(word: str) -> str:
    return word.removeprefix("لل").removeprefix("ال") if len(word) > 4 else word


def _definite(word: str, written: str = "ال") -> bool:
    """Whether a word has the article: الحق, المدير; not إلهام, which folding writes like it."""
    return word.startswith(("ال", "لل")) and len(word) > 3 and written[:2] in ("ال", "لل")


def _core(gaps: list[str], roles: list[int]) -> int:
    """How many words stand before an apposition, a bracket, a relative clause or a describing verb."""
    for at in range(1, len(roles)):
        gap = gaps[at]
        if roles[at] & CLAUSE or (gap != " " and not ASIDE.isdisjoint(gap)):
            return at
    return len(roles)


def _name(words: list[str], written: list[str], kinds: list[str | None], all_roles: list[int]) -> list[int]:
    """The places of the words that can be a name: no noun of the lexicon, no adjective of the word before it.

    The word after a preposition, or after the noun of a body (حركة حماس), names a place or the body; a source that is
    called مصدر or شاهد has no name.
    """
    found: list[int] = []
    if all_roles[0] & Role.anonymous:
        return found
    for at, word in enumerate(words):
        roles = all_roles[at]
        after_name = bool(found) and found[-1] == at - 1
        definite = _definite(word, written[at])
        surname = after_name and kinds[at] == "person" and not definite  # ليلى حداد
        if (definite and not after_name) or (kinds[at] and not surname) or word[0].isdigit() or word.startswith("وال"):
            continue
        given = written[at] == "علي" and (
            after_name or (at > 0 and at + 1 < len(words) and not _small(words, at + 1, all_roles))
        )
        if roles & (SMALL | Role.time | Role.adverb | Role.object_head | TELLS) and not given:
            continue
        before = at > 0 and not after_name
        if before and (all_roles[at - 1] & Role.preposition or _adjective(words, written, at)):
            continue
        if before and kinds[at - 1] == "organisation" and not _definite(words[at - 1]):
            continue
        found.append(at)
    return found


def _apposed(gaps: list[str], words: list[str], kinds: list[str | None], roles: list[int], core: int) -> bool:
    """Whether an apposition that may be a name stands after the core: after a comma, no clause, of one who may be a person."""
    if "،" not in gaps[core] and "," not in gaps[core]:
        return False
    who = kinds[0] == "person" or (kinds[0] is None and _definite(words[0]))
    return who and not roles[0] & Role.anonymous and not roles[core] & (SMALL | TELLS)


def _last_run(named: list[int], gaps: list[str]) -> list[int]:
    """The last of the words that stand together: a name comes after its title."""
    run = named[-1:]
    while len(run) < len(named) and named[-len(run) - 1] == run[0] - 1 and gaps[run[0]] == " ":
        run.insert(0, named[-len(run) - 1])
    return run


def _small(words: list[str], at: int, roles: list[int]) -> bool:
    """Whether a word cannot follow a given name."""
    return _definite(words[at]) or bool(roles[at] & (SMALL | Role.occasion | Role.time))


def _adjective(words: list[str], written: list[str], at: int) -> bool:
    """Whether a word is an adjective in ـي of the word before it: both with the article, or both without."""
    nisba = words[at].endswith(NISBA) and not written[at].endswith("ى")
    return nisba and _definite(words[at]) == _definite(words[at - 1])


def _listed(
    inside: list[Mention], spans: list[tuple[int, int]], words: list[str], kinds: list[str | None], actors: Actors
) -> list[int]:
    """The places of the words by which a lexicon knows the person that a phrase is: الخراساني, الوزير الدريدي.

    The name is the phrase's first, or stands after a definite title; مستشار الدريدي is somebody else.
    """
    for mention in inside:
        if actors.by_id[mention.actor_id].type != "person" or mention.via == "demonym":
            continue
        places = [at for at, (start, end) in enumerate(spans) if start < mention.span.end and mention.span.start < end]
        if places[:1] == [0] or (places and kinds[places[0] - 1] == "person" and _definite(words[places[0] - 1])):
            return places
    return []


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
        bare = named and named[0] == 1 and not _definite(words[0]) and not words[0].endswith(OWN)  # عمدة قرية: of what
        return ("named person", "title and name") if named and not bare else ("unnamed person", "noun")
    if head == "group":
        return ("named group", "members by name") if several else ("unnamed group", "noun")
    if head in ("organisation", "document"):
        return head, "noun"
    if named and named[0] > 0 and kinds[named[0] - 1] == "person":
        return "named person", "title and name"  # سعادة المهندس خلفان بن سالم
    if head == "standard":
        return "document", "noun"
    if named and len(named) > 1 and (named[0] == 0 or _definite(words[0])):
        return "named person", "name" if named[0] == 0 else "title and name"
    if words[0][0].isdigit() or (_definite(words[0]) and words[0].endswith(PLURAL) and len(words[0]) > 6):
        return "unnamed group", "plural"
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
    end = spans[core - 1][1]
    text = article.text[span.start : end]
    if text.count("«") > text.count("»") and article.text[end : end + 1] == "»":
        text += "»"  # the mark that closes a name
    return "ا" + text if article.text[span.start - 1 : span.start + 1] == "لل" else text
