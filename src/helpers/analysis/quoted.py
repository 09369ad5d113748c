"""Who is quoted in many articles, and how often: one row per person, organisation or group, from any kind of input.

What an article or a corpus quotes of one source is a Part; parts are added up by a Tally, which applies what a person decided
about names (`name_decisions`) and gives the rows. Nothing here needs pandas.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from msgspec import Struct

from helpers.analysis import identities, name_decisions
from helpers.analysis.name_decisions import Decisions, Node
from helpers.lexicon import countries, romanisation
from helpers.lexicon.entries import Actor
from helpers.readings import Known
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import SOURCE_KINDS, Source
from helpers.text import invisible, metadata, orthography

VIEW = "cognition"  # the act of who thinks, and does not speak
EXAMPLES = 3
EXAMPLE_WORDS = 40  # of a content, in an example
NOT_JOINED = "unknown"  # the kind of a source that is not identified
# By which examples are in order: statements first, of each article the first of them, then the second; day, article, place.
Place = tuple[bool, int, date, int, int]


class Example(Struct, frozen=True):
    """A statement, or a view where there is none: where it stands, and its words, the first 40 of a longer one."""

    article_id: str
    paragraph: int
    sentence: int
    words: str


class Quoted(Struct, frozen=True):
    """One row of the table. Fields as in `data/README.md`; `months` counts the statements of each month, and is in no file."""

    name: str
    name_en: str
    kind: str
    titles: tuple[str, ...]
    outlets: tuple[str, ...]
    articles: int
    statements: int
    direct: int
    views: int
    first_date: date | None
    last_date: date | None
    examples: tuple[Example, ...]
    joined: str
    months: dict[str, int] = {}


@dataclass(slots=True)
class Part:
    """What is quoted of sources that are one by the rule and have one name; of unnamed ones, of those of one kind.

    entity, by   as `identities` gives them
    name         as printed; empty for unnamed sources
    english      the English of the name, where there is one
    lexicon      the names of the lexicon's actor that it is, in Arabic and in English
    article      the article's id where `Decisions.needs_article`
    kinds, outlets   of claims; titles, of articles; months, of statements
    articles     the numbers of the articles
    """

    entity: str
    by: str
    name: str
    english: str = ""
    lexicon: tuple[str, str] = ("", "")
    article: str = ""
    kinds: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    statements: int = 0
    direct: int = 0
    views: int = 0
    days: tuple[date, ...] = ()
    examples: list[tuple[Place, Example]] = field(default_factory=list)

    def count(self, claim: Claim, kind: str, outlet: str | None, day: date | None) -> None:
        """Count one claim of its source."""
        self.kinds[kind] += 1
        if claim.reported:
            self.statements += 1
            self.direct += claim.kind == "direct"
        else:
            self.views += 1
        if outlet:
            self.outlets[outlet] += 1
        if day and claim.reported:
            self.months[f"{day:%Y-%m}"] += 1


class Tally:
    """Parts added up, by the name and what the rule joined it to.

    decisions   what a person decided about names
    """

    def __init__(self, decisions: Decisions | None = None) -> None:
        self.decisions = decisions or Decisions()
        self._parts: dict[Node, dict[str, Part]] = {}

    def add(self, part: Part) -> None:
        """Add what is quoted of one source, or of several that are one."""
        part.name = label(part.name)
        node = Node(part.entity, countries.key(part.name), countries.key(part.lexicon[0]), part.article)
        known = self._parts.setdefault(node, {})
        if part.name in known:
            _add(known[part.name], part)
        else:
            known[part.name] = part

    def rows(self) -> tuple[list[Quoted], list[str]]:
        """The rows, those quoted most often first, unnamed sources at the end, by kind; and decided names that are in no article.

        Raises    InputError, one line, for decisions that contradict each other in these articles.
        """
        ends, missing = self.decisions.applied(self._parts)
        groups: dict[str, list[Node]] = {}
        for node, end in ends.items():
            groups.setdefault(end, []).append(node)
        rows = [self._row(end, nodes) for end, nodes in groups.items()]
        return sorted(rows, key=_order), missing

    def _row(self, end: str, nodes: list[Node]) -> Quoted:
        parts = [part for node in nodes for part in self._parts[node].values()]
        whole = Part(end, parts[0].by, "")
        for part in parts:
            _add(whole, part)
        decided = any(node.entity != end for node in nodes)
        kind = min(whole.kinds, key=lambda each: (-whole.kinds[each], SOURCE_KINDS.index(each)))
        name, english = _called(parts, end)
        if name and not english:
            english = romanisation.marked(name, kind != "named person")
        return Quoted(
            name,
            english,
            kind,
            _by_count(whole.titles),
            _by_count(whole.outlets),
            len(whole.articles),
            whole.statements,
            whole.direct,
            whole.views,
            min(whole.days, default=None),
            max(whole.days, default=None),
            tuple(example for _, example in whole.examples),
            name_decisions.BY if decided else whole.by,
            dict(sorted(whole.months.items())),
        )


class Told(Struct, frozen=True):
    """What is asked of one article: its claims that were made, with its sources and actors by id.

    article_id   as the input has it
    day          of publication
    """

    article_id: str
    outlet: str
    day: date | None
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]


def told(reading: Reading) -> Told:
    """What a reading says of who is quoted."""
    article = reading.article
    given = article.given_id
    return Told(
        invisible.writable(str(article.article_id if given is None else given)),
        str(article.about.get("outlet") or ""),
        metadata.day(article.about.get("date") or article.about.get("published")),
        reading.asserted,
        {source.source_id: source for source in reading.sources},
        reading.actors.by_id,
    )


def parts_of(article: Told, number: int, known: Known, decisions: Decisions) -> Iterator[Part]:
    """What one article quotes, a part per source; unnamed ones by kind.

    number   of the article among all that are added up
    """
    parts: dict[str, Part] = {}
    said: dict[str, list[Claim]] = {}
    outlet, day = label(article.outlet), article.day
    for claim in article.claims:
        if not (claim.attributed and claim.within is None and (claim.reported or claim.act == VIEW)):
            continue
        source = article.sources[claim.source_id] if claim.source_id else None
        kind = source.kind if source else NOT_JOINED
        if source and kind in identities.TYPES:
            key = source.source_id
            if key not in parts:
                parts[key] = _begun(article, source, number, known)
        else:
            key = unnamed(kind)
            parts.setdefault(key, Part(key, "", ""))
        part = parts[key]
        part.count(claim, kind, outlet, day)
        said.setdefault(key, []).append(claim)
    for key, part in parts.items():
        part.articles.add(number)
        part.days = (day,) if day else ()
        part.article = needed(decisions, part.name, part.lexicon[0], article.article_id)
        first = heapq.nsmallest(EXAMPLES, said[key], key=lambda claim: (not claim.reported, claim.order))
        part.examples = [
            ((not claim.reported, nth, day or date.max, number, claim.order), _example(article, claim))
            for nth, claim in enumerate(first, 1)
        ]
        yield part


def _example(article: Told, claim: Claim) -> Example:
    return Example(article.article_id, claim.paragraph, claim.sentence, shortened(claim.content_text))


def _begun(article: Told, source: Source, number: int, known: Known) -> Part:
    """The part of a source that can be joined, before its claims are counted."""
    entity, by = identities.of_source(source, article.actors, number, known)
    actor = article.actors.get(entity) if by in ("lexicon", "own") else None
    part = Part(entity, by, source.name, source.name_en or "", (actor.name_ar, actor.name_en) if actor else ("", ""))
    if found := title(source.name, source.kind, source.justification.exact if source.justification else None):
        part.titles[found] += 1
    return part


def unnamed(kind: str) -> str:
    """The entity of all sources of a kind that cannot be joined."""
    return f"kind:{kind}"


def needed(decisions: Decisions, name: str, lexicon: str, article_id: str) -> str:
    """The article's id where a decision about the name depends on it; else empty."""
    return (
        article_id if any(decisions.needs_article(countries.key(each), article_id) for each in (name, lexicon)) else ""
    )


def title(name: str, kind: str, justification: str | None) -> str:
    """The title under which a person is quoted: the words that say why they should know, less their name; empty for what is none.

    >>> title("سامي الحلبي", "named person", "المدير سامي الحلبي"), title("سامي الحلبي", "named person", "الذي حضر")
    ('المدير', '')
    """
    if kind != "named person" or not justification:
        return ""
    split, named = orthography.tokens(orthography.fold(justification)), set(countries.key(name))
    kept = len(split.words)
    while kept and split.words[kept - 1] in named:
        kept -= 1
    if not kept or split.words[0] in orthography.by_role()["relative"]:
        return ""
    return label(justification if kept == len(split.words) else justification[: split.ends[kept - 1]])


def label(text: str) -> str:
    """A text as a table shows it: in one line, without invisible characters."""
    return " ".join(invisible.taken_out(text).split())


def shortened(text: str) -> str:
    """The words of an example: the first of a long content."""
    words = label(text).split(" ")
    return " ".join(words if len(words) <= EXAMPLE_WORDS else [*words[:EXAMPLE_WORDS], "…"])


def _add(whole: Part, part: Part) -> None:
    """Add a part to another."""
    for counts, more in (
        (whole.kinds, part.kinds),
        (whole.titles, part.titles),
        (whole.outlets, part.outlets),
        (whole.months, part.months),
    ):
        counts.update(more)
    whole.articles |= part.articles
    whole.statements += part.statements
    whole.direct += part.direct
    whole.views += part.views
    days = (*whole.days, *part.days)
    whole.days = (min(days), max(days)) if days else ()
    whole.english = whole.english or part.english
    examples = (*whole.examples, *part.examples)
    whole.examples = heapq.nsmallest(EXAMPLES, examples, key=itemgetter(0))


def _called(parts: list[Part], end: str) -> tuple[str, str]:
    """The name of a row in Arabic and in English: that of a lexicon, else the fullest form that articles have, the commonest."""
    known = [part.lexicon for part in parts if part.lexicon[0] and not end.startswith(name_decisions.APART)]
    if known:
        return min(known)
    counts: Counter[str] = Counter()
    for part in parts:
        counts[part.name] += len(part.articles)
    name = min(counts, key=lambda each: (-len(countries.key(each)), -counts[each], each))
    return name, next((part.english for part in parts if part.name == name and part.english), "")


def _by_count(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda each: (-counts[each], each)))


def _order(row: Quoted) -> tuple[object, ...]:
    rank = 0 if row.kind in identities.TYPES else 1 + SOURCE_KINDS.index(row.kind)
    first = row.examples[0] if row.examples else Example("", 0, 0, "")
    place = (first.article_id, first.paragraph, first.sentence, first.words)
    return rank, -row.statements, -row.views, -row.articles, row.name, row.first_date or date.max, place


def added(parts: Iterable[Part], decisions: Decisions | None = None) -> tuple[list[Quoted], list[str]]:
    """The rows of some parts, as `Tally.rows` gives them."""
    tally = Tally(decisions)
    for part in parts:
        tally.add(part)
    return tally.rows()
