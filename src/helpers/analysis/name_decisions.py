"""Which names a person says are one, or are not, across articles: the rows of `names.csv`, applied to what `identities` joined.

A row says of a name that it is the same as another, or that it is not. `same-as` joins all that either row of the table is,
also by way of a third; `not-same-as` takes the first name out of what the rule joins to the second. A name that is the
same as itself is one person's, in all articles; one that is not is that of many, and joined in no two of them. With an article's id in brackets behind it, a name is
that of this article alone: «الشمري (a12)».
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.files.csv_rows import Row
from helpers.lexicon import countries

COLUMNS = ("name", "relation", "other", "note")
SAME, NOT_SAME = "same-as", "not-same-as"
BY = "names.csv"  # by what such names were joined, or kept apart
APART = "apart:"  # what a name is joined to that a person took out of what the rule joins
IN_ARTICLE = re.compile(r"(?P<name>.*\S)\s*\((?P<article>[^()]+)\)\s*\Z", re.DOTALL)
Words = tuple[str, ...]
T = TypeVar("T")


class Reference(NamedTuple):
    """A name as a row of the file has it.

    words     its words, folded
    article   the one article in which it is meant, None for all
    whole     all words, with those in brackets: an article may print such a name
    """

    words: Words
    article: str | None = None
    whole: Words = ()


class Node(Struct, frozen=True):
    """Sources that are one by the rule and have one name: what a decision is about.

    entity    what the rule joined them to (see `identities`)
    words     their name, folded
    lexicon   the name of a lexicon's actor, folded, where they are one; else empty
    article   the article's id, where a decision needs to know it (`Decisions.needs_article`); else empty
    """

    entity: str
    words: Words
    lexicon: Words = ()
    article: str = ""


class Decision(NamedTuple):
    """One row of the file."""

    row: Row
    name: Reference
    same: bool
    other: Reference

    @property
    def names(self) -> tuple[tuple[Reference, str], ...]:
        """Both names, each with how it is written."""
        return (self.name, self.row["name"]), (self.other, self.row["other"])

    @property
    def of_many(self) -> bool:
        """Whether it says that a name is that of many: it is joined in no two articles."""
        return not self.same and self.name == self.other


class Decisions(Struct, frozen=True):
    """The rows of a file, which do not contradict each other.

    many        the names that are joined in no two articles
    in_article  the names that are meant in one article alone
    """

    rows: tuple[Decision, ...] = ()
    many: frozenset[Words] = frozenset()
    in_article: frozenset[tuple[Words, str]] = frozenset()

    def needs_article(self, words: Words, article: str) -> bool:
        """Whether what is decided about a name depends on the article that it stands in."""
        return words in self.many or (words, article) in self.in_article

    def applied(self, nodes: Iterable[Node]) -> tuple[dict[Node, str], list[str]]:
        """What each node is joined to in the end, and the names that are in no article, as they are written.

        Raises    InputError, naming file and row, where names that are kept apart are joined by way of a third.
        """
        nodes = list(nodes)
        index = _Index(nodes)
        ends = {node: node.entity for node in nodes}
        kept_apart = [decision for decision in self.rows if not decision.same and not decision.of_many]
        for decision in self.rows:
            if decision.of_many:
                ends |= {node: f"{node.article}::{' '.join(node.words)}" for node in index.of(decision.name)}
        for decision in kept_apart:
            name, other = index.apart(decision)
            beside = {node.entity for node in other}
            ends |= {node: f"{APART}{decision.name}" for node in name if node.entity in beside}
        joined = _Joined[str]()
        for decision in self.rows:
            if decision.same:
                joined.all(ends[node] for each in (decision.name, decision.other) for node in index.of(each))
        ends = {node: joined.root(entity) for node, entity in ends.items()}
        for decision in kept_apart:
            first, second = ({ends[node] for node in each} for each in index.apart(decision))
            if first & second:
                raise decision.row.error(
                    f"{_said(decision)}, but other rows join them by way of a third name; remove one of these rows"
                )
        every = {each: said for decision in self.rows for each, said in decision.names}
        return ends, sorted(said for each, said in every.items() if not index.of(each))


def reference(text: str) -> Reference:
    """A name as somebody writes it, with or without an article.

    >>> reference("سامي الحلبي"), reference("الحلبي (a12)")
    (Reference(words=('سامي', 'الحلبي'), article=None, whole=()), Reference(words=('الحلبي',), article='a12', whole=('الحلبي', 'a', '12')))
    """
    found = IN_ARTICLE.match(text)
    if found:
        return Reference(countries.key(found["name"]), found["article"].strip(), countries.key(text))
    return Reference(countries.key(text))


def read(path: Path) -> Decisions:
    """The decisions in a file. Raises InputError, naming file and row, for what cannot be, and for rows that contradict each other."""
    found = []
    for row in csv_rows.read(path, COLUMNS, optional=("note",)):
        name, other = (_reference(row, column) for column in ("name", "other"))
        same = row.one_of("relation", (SAME, NOT_SAME)) == SAME
        if name == other and name.article is not None:
            raise row.error(f"name and other are both {row['name']!r}; write two names")
        found.append(Decision(row, name, same, other))
    _consistent(found)
    every = {each for decision in found for each in (decision.name, decision.other)}
    many = frozenset(decision.name.words for decision in found if decision.of_many)
    return Decisions(tuple(found), many, frozenset((n.words, n.article) for n in every if n.article is not None))


def own() -> Decisions:
    """The user's own decisions, none where there is no such file. Raises InputError as `read` does."""
    path = paths.names()
    return read(path) if path and path.exists() else Decisions()


def _reference(row: Row, column: str) -> Reference:
    found = reference(row[column])
    if not found.words:
        raise row.error(f"{column} is {row[column]!r}; write a name")
    return found


def _said(decision: Decision) -> str:
    row = decision.row
    return f"{row['name']!r} {row['relation']} {row['other']!r}"


def _consistent(decisions: Iterable[Decision]) -> None:
    """Raises InputError for the first row that contradicts one before it."""
    decisions = list(decisions)
    every = _Joined[Reference]()
    for decision in decisions:
        if decision.same:
            every.all((decision.name, decision.other))
    joining_all = {each for decision in decisions if decision.same for each in (decision.name, decision.other)}
    if not any(_joins(decision, every, joining_all) for decision in decisions if not decision.same):
        return
    joined, apart, joining = _Joined[Reference](), list[Decision](), dict[Reference, int]()
    for decision in decisions:
        if decision.same:
            joined.all((decision.name, decision.other))
            joining |= dict.fromkeys((decision.name, decision.other), decision.row.number)
        else:
            apart.append(decision)
        for each in apart:
            if _joins(each, joined, joining):
                before = joining[each.name] if each is decision else each.row.number
                raise decision.row.error(f"{_said(decision)} contradicts row {before}; keep one of them")


def _joins(apart: Decision, joined: "_Joined[Reference]", joining: Container[Reference]) -> bool:
    """Whether other rows, which name these, join what a row keeps apart."""
    if apart.of_many:
        return apart.name in joining
    return joined.root(apart.name) == joined.root(apart.other)


class _Index:
    """The nodes that a reference is about: those that have its name in the table, as printed or as the lexicon's; where there
    are none, those that are printed with what stands in brackets."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._printed: dict[Words, list[Node]] = defaultdict(list)
        self._lexicon: dict[Words, list[Node]] = defaultdict(list)
        for node in nodes:
            self._printed[node.words].append(node)
            if node.lexicon:
                self._lexicon[node.lexicon].append(node)

    def of(self, name: Reference) -> list[Node]:
        called = dict.fromkeys(node for by in (self._printed, self._lexicon) for node in by.get(name.words, ()))
        if found := [node for node in called if name.article in (None, node.article)]:
            return found
        return self._printed.get(name.whole, []) if name.whole else []

    def apart(self, decision: Decision) -> tuple[list[Node], list[Node]]:
        """The nodes of the two names of a decision, none of which is in both: what is meant of one article is not of the rest."""
        name, other = self.of(decision.name), self.of(decision.other)
        if decision.name.article is None and decision.other.article is not None:
            return _without(name, other), other
        return name, _without(other, name)


def _without(nodes: Iterable[Node], others: Iterable[Node]) -> list[Node]:
    out = set(others)
    return [node for node in nodes if node not in out]


class _Joined(Generic[T]):
    """What is one, by way of any others (union-find)."""

    def __init__(self) -> None:
        self._under: dict[T, T] = {}

    def root(self, one: T) -> T:
        end = one
        while end in self._under:
            end = self._under[end]
        while one != end:
            self._under[one], one = end, self._under[one]
        return end

    def all(self, every: Iterable[T]) -> None:
        roots = list(dict.fromkeys(map(self.root, every)))
        for each in roots[1:]:
            self._under[each] = roots[0]
