"""Who is quoted in many articles, and how often: one row per person, organisation or group, from any kind of input.

What an article or a corpus quotes of one source is a Part; parts are added up by a Tally, which applies what a person decided
about names (`name_decisions`) and gives the rows. A statement that ten articles print in the same sentence, such as one of an
agency's report, is one text of ten (`sentence_hashes`): rows count both. Nothing here needs pandas.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from msgspec import Struct

from helpers.analysis import identities, name_decisions
from helpers.analysis.name_decisions import Decisions, Node
from helpers.lexicon import countries, romanisation
from helpers.records.claims import Claim
from helpers.records.sources import SOURCE_KINDS
from helpers.text import invisible, orthography

VIEW = "cognition"  # the act of who thinks, and does not speak
EXAMPLES = 3
EXAMPLE_WORDS = 40  # of a content, in an example
NOT_JOINED = "unknown"  # the kind of a source that is not identified
# By which examples are in order: statements first, of each article the first of them, then the second; day, article, place.
Place = tuple[bool, int, date, int, int]
# Where a text is first: the day (`date.max` for none) and the number of its article; whether it is a statement, and direct.
Said = tuple[date, int, bool, bool]


class Example(Struct, frozen=True):
    """A statement, or a view where there is none: where it stands, and its words, the first 40 of a longer one."""

    article_id: str
    paragraph: int
    sentence: int
    words: str


class Quoted(Struct, frozen=True):
    """One row of the table. Fields as in `data/README.md`; `months` counts the distinct statements of each month, in that of
    the first article, and is in no file."""

    name: str
    name_en: str
    kind: str
    titles: tuple[str, ...]
    outlets: tuple[str, ...]
    articles: int
    statements: int
    distinct_statements: int
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
    kinds, outlets   of claims; titles, of articles
    articles     the numbers of the articles
    statements   as often as they are printed
    said         each text once, by a key that is the same in all articles (`quoted_articles.key_of`)
    examples     with the keys of their texts
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
    articles: set[int] = field(default_factory=set)
    statements: int = 0
    said: dict[int, Said] = field(default_factory=dict)
    days: tuple[date, ...] = ()
    examples: list[tuple[Place, int, Example]] = field(default_factory=list)

    def count(self, claim: Claim, kind: str, outlet: str | None, key: int, said: Said) -> None:
        """Count one claim of its source."""
        self.kinds[kind] += 1
        self.statements += claim.reported
        if outlet:
            self.outlets[outlet] += 1
        self.add(key, said)

    def add(self, key: int, said: Said) -> None:
        """Count a text, where it is first."""
        self.said[key] = min(self.said.get(key, said), said)


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
        """The rows, those with most distinct statements first, unnamed sources at the end, by kind; and decided names that are in no article.

        Raises    InputError, one line, for decisions that contradict each other in these articles.
        """
        ends, missing = self.decisions.applied(self._parts)
        groups: dict[str, list[Node]] = {}
        for node, end in ends.items():
            groups.setdefault(end, []).append(node)
        wholes = {end: self._whole(end, nodes) for end, nodes in groups.items()}
        _count_once(wholes.values())
        rows = [self._row(wholes[end], nodes) for end, nodes in groups.items()]
        return sorted(rows, key=_order), missing

    def _whole(self, end: str, nodes: list[Node]) -> Part:
        """What belongs to a row, as one part."""
        parts = [part for node in nodes for part in self._parts[node].values()]
        decided = any(node.entity != end for node in nodes)
        whole = Part(end, name_decisions.BY if decided else parts[0].by, "")
        for part in parts:
            _add(whole, part)
        return whole

    def _row(self, whole: Part, nodes: list[Node]) -> Quoted:
        end, parts = whole.entity, [part for node in nodes for part in self._parts[node].values()]
        kind = min(whole.kinds, key=lambda each: (-whole.kinds[each], SOURCE_KINDS.index(each)))
        name, english = _called(parts, end)
        if name and not english:
            english = romanisation.marked(name, kind != "named person")
        statements = [each for each in whole.said.values() if each[2]]
        months = Counter(f"{day:%Y-%m}" for day, *_ in statements if day < date.max)
        return Quoted(
            name,
            english,
            kind,
            _by_count(whole.titles),
            _by_count(whole.outlets),
            len(whole.articles),
            whole.statements,
            len(statements),
            sum(direct for *_, direct in statements),
            len(whole.said) - len(statements),
            min(whole.days, default=None),
            max(whole.days, default=None),
            tuple(example for *_, example in whole.examples),
            whole.by,
            dict(sorted(months.items())),
        )


def _count_once(rows: Collection[Part]) -> None:
    """Leave each text to one row: copies may differ in who its speaker is taken for (الوزير, who is named in another lead).

    It is that of a name that is joined across articles, then of one that holds in its article; there, of the first article.
    """
    owners: dict[int, tuple[int, Said]] = {}
    for row in rows:
        rank = _rank(row)
        for key, said in row.said.items():
            owners[key] = min(owners.get(key, (rank, said)), (rank, said))
    for row in rows:
        rank = _rank(row)
        row.said = {key: said for key, said in row.said.items() if owners[key] == (rank, said)}


def _rank(row: Part) -> int:
    return 2 if not row.by else int(row.by == identities.BY[-1])


def unnamed(kind: str) -> str:
    """The entity of all sources of a kind that cannot be joined."""
    return f"kind:{kind}"


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
    ):
        counts.update(more)
    whole.articles |= part.articles
    whole.statements += part.statements
    for key, said in part.said.items():
        whole.add(key, said)
    days = (*whole.days, *part.days)
    whole.days = (min(days), max(days)) if days else ()
    whole.english = whole.english or part.english
    once: dict[int, tuple[Place, int, Example]] = {}
    for example in sorted((*whole.examples, *part.examples), key=itemgetter(0)):
        once.setdefault(example[1], example)
    whole.examples = list(once.values())[:EXAMPLES]


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
    return (
        rank,
        -row.distinct_statements,
        -row.statements,
        -row.views,
        -row.articles,
        row.name,
        row.first_date or date.max,
        place,
    )


def added(parts: Iterable[Part], decisions: Decisions | None = None) -> tuple[list[Quoted], list[str]]:
    """The rows of some parts, as `Tally.rows` gives them."""
    tally = Tally(decisions)
    for part in parts:
        tally.add(part)
    return tally.rows()
