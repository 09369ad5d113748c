"""Which record of an article a record of a file is, so that the file's records get the ids that they have here.

A record is the one of its words; where several have those, or none has, the one of its id, if the two share words.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Container, Hashable, Mapping
from itertools import count

from helpers.curation.state import Record, State, spans
from helpers.text import orthography


def as_here(theirs: State, here: State) -> tuple[State, dict[str, str]]:
    """A state whose records have the ids of those here that they are, else ids that nothing here has; those of claims by theirs."""
    claims = _same(theirs.claims, here.claims, _words, _shared_words)
    linked = {
        (theirs.claims[ours]["source_id"], here.claims[there]["source_id"])
        for ours, there in claims.items()
        if there in here.claims
    }
    sources = _same(
        theirs.sources, here.sources, _called, lambda one, other: (one["source_id"], other["source_id"]) in linked
    )
    mentions = _same(theirs.mentions, here.mentions, _names, lambda one, other: False)
    named = {"claims": claims, "sources": sources, "mentions": mentions}
    found = State()
    for key, claim in theirs.claims.items():
        within, source_id = claim["within"], claim["source_id"]
        ids = {"claim_id": claims[key], "within": claims.get(within, within)}
        found.claims[claims[key]] = claim | ids | {"source_id": sources.get(source_id, source_id)}
    for key, source in theirs.sources.items():
        found.sources[sources[key]] = source | {"source_id": sources[key]}
    for key, mention in theirs.mentions.items():
        found.mentions[mentions[key]] = mention | {"mention_id": mentions[key]}
    for key, lost in theirs.unanchored.items():
        record_id = named[lost["table"]].get(lost["record_id"], lost["record_id"])
        found.unanchored[key] = lost | {"record_id": record_id}
    return found, claims


def _same(
    theirs: Mapping[str, Record],
    here: Mapping[str, Record],
    words: Callable[[Record], Hashable],
    by_id: Callable[[Record, Record], bool],
) -> dict[str, str]:
    """For each id of theirs the id of the record here that it is, or one that is free.

    A record is the one of its words, of several such the one of its id; else the one of its id.
    words    what two records that are one have both; None or nothing where that is not known
    by_id    whether two records of one id are one though that differs
    """
    found = {
        key: key for key, each in theirs.items() if key in here and words(each) == words(here[key]) and words(each)
    }
    left: dict[Hashable, deque[str]] = defaultdict(deque)
    for key, each in here.items():
        if key not in found and (known := words(each)):
            left[known].append(key)
    used = set(found)
    for key, each in theirs.items():
        if key not in found and (twins := left.get(words(each))):
            found[key] = twins.popleft()
            used.add(found[key])
    for key, each in theirs.items():
        if key not in found and key in here and key not in used and by_id(each, here[key]):
            found[key] = key
            used.add(key)
    for key in theirs:
        if key not in found:
            found[key] = key if key not in here and key not in used else free(key, here, theirs, used)
            used.add(found[key])
    return found


def free(key: str, *taken: Container[str]) -> str:
    """A name like `key` that is in none of these."""
    return next(name for n in count(2) if not any((name := f"{key}-{n}") in each for each in taken))


def _shared_words(one: Record, other: Record) -> bool:
    """Whether two claims have words in common, or one has lost all its words."""
    ours, theirs = spans(one), spans(other)
    shared = any(a["start"] < b["end"] and b["start"] < a["end"] for a in ours for b in theirs)
    return shared or not ours or not theirs


def _words(claim: Record) -> Hashable:
    return tuple((span["start"], span["end"], span["exact"]) for span in spans(claim))


def _called(source: Record) -> str:
    return " ".join(orthography.fold(source["name"]).text.split())


def _names(mention: Record) -> Hashable:
    return mention["start"], mention["end"], mention["actor_id"]
