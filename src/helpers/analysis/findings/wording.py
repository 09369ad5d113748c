"""Building blocks of findings: counted nouns, parts of a whole, lists, and who read the article.

A number with its noun is a separate message, `finding.count.claims`, since in Arabic the noun depends on the number; it
is in the genitive, for use after «of», «in», «with». A part is `finding.part.claims`: it begins an English sentence; in
an Arabic one it is governed by a verb or a preposition and never the subject.
"""

from collections.abc import Iterable, Sequence

from helpers.lexicon.entries import Actor
from helpers.records.messages import Message, Name, Share, Value, message
from helpers.records.readings import Reading
from helpers.records.sources import Source

LISTED = 3  # most examples in a sentence


def count(noun: str, n: int) -> Message:
    """A number with its noun.

    >>> count("claims", 14)
    Message(key='finding.count.claims', values=mappingproxy({'n': 14}))
    """
    return message(f"finding.count.{noun}", n=n)


def part(noun: str, n: int, of: int) -> Message:
    """A part, or all, of a number of things: «12 of 14 claims», «both claims», «the only claim». `n` is at least 1.

    >>> part("claims", 2, 2).key, part("claims", 12, 14).key
    ('finding.both.claims', 'finding.part.claims')
    """
    the = message(f"finding.the.{noun}", n=of)
    if n < of:
        return message(f"finding.part.{noun}", n=n, of=count(noun, of), the=the)
    how = {1: "only", 2: "both"}.get(of, "all")
    return message(f"finding.{how}.{noun}", the=the)


def of_them(key: str, noun: str, n: int, of: int, /, **values: Value) -> Message:
    """A sentence about a part: `key` with `n` and `part`; `key.none` if `n` is 0."""
    return message(key, n=n, part=part(noun, n, of), **values) if n else message(f"{key}.none", **values)


def item(what: Value, n: int | Share) -> Message:
    """An item of a list, with its number in brackets."""
    return message("finding.item", what=what, count=n)


def items(found: Iterable[tuple[Value, int]]) -> tuple[Value, ...]:
    """A list of items with their numbers."""
    return tuple(item(what, n) for what, n in found)


def listed(values: Sequence[Value]) -> Value:
    """A list for a sentence: the first few items, and how many more there are."""
    left = len(values) - LISTED
    return tuple(values) if left <= 0 else (*values[:LISTED], message("finding.more", n=left))


def leading(numbers: Sequence[int], few: int) -> int:
    """How many of the first of `numbers`, sorted in descending order, make up half of their sum.

    They are at most `few`, and each must be larger than all that follow; 0 if there are no such numbers.

    >>> leading([5, 3, 1, 1], 2), leading([5, 1, 1, 1, 1, 1], 2), leading([2, 2, 1, 1, 1], 2), leading([1, 1, 1], 2)
    (1, 1, 2, 0)
    """
    for n in range(1, min(few, len(numbers)) + 1):
        if 2 * sum(numbers[:n]) >= sum(numbers) and (n == len(numbers) or numbers[n - 1] > numbers[n]):
            return n
    return 0


def actor_name(actor: Actor) -> Name:
    return Name(actor.name_en, actor.name_ar)


def source_name(source: Source) -> Name:
    return Name(source.name_en or "", source.name)


def as_read(reading: Reading, said: list[Message]) -> list[Message]:
    """Sentences about claims; unless people decided on all claims, the first sentence says who read the article."""
    if reading.claims_from == "people":
        return said
    if reading.curated is None or not reading.curated.decided:
        return by_machine(said)
    decided, of = reading.curated.decided, reading.curated.of
    return [message("finding.mixed", n=decided, of=count("claims", of), said=said[0]), *said[1:]]


def by_machine(said: list[Message]) -> list[Message]:
    """Sentences, the first of which says that a machine read the article."""
    return [message("finding.machine", said=said[0]), *said[1:]]
