"""Anchors the annotations of a corrected text again: each span is searched for by its words and their context.

The method is the text quote selector of the Web Annotation Data Model (W3C 2017): the exact words with a prefix and a
suffix. Among several occurrences of the words, the one with the most similar context is chosen. Words are not found if
their context is too different, or if the context is that of another occurrence in the earlier text. Spans that are not
found are kept for a person to place.
"""

from collections.abc import Iterable, Iterator

from helpers.curation.state import ROLES, Record, State, spans
from helpers.records.claims import REJECTED, UNREVIEWED
from helpers.text.articles import Article

CONTEXT = 32  # characters of a prefix and a suffix
ALIKE = 12  # characters of context that must be unchanged: with fewer, the words may be those of another sentence
FAR = 400  # characters of context on each side by which two occurrences are distinguished
LONG = 40  # characters: words of this length are the same in any context
EDGE = "\0"  # added before and after a text, and never part of one
Place = tuple[int, int]


def places(before: str, spans: Iterable[Place], after: str) -> dict[Place, Place | None]:
    """The spans of a text in another version of it: new (start, end) by old (start, end); None if not found."""
    found: dict[Place, Place | None] = {}
    framed, padded = EDGE + before + EDGE, EDGE + after + EDGE
    for start, end in spans:
        if (start, end) not in found:
            at = _place(framed, start + 1, end + 1, padded)
            found[start, end] = None if at is None else (at - 1, at - 1 + end - start)
    return found


def _place(before: str, start: int, end: int, after: str) -> int | None:
    """The offset of before[start:end] in the other text, or None; both texts have EDGE at their ends."""
    exact = before[start:end]
    prefix, suffix = before[max(start - CONTEXT, 0) : start], before[end : end + CONTEXT]
    if len(only := list(_all(prefix + exact + suffix, after))) == 1:
        return only[0] + len(prefix)
    best, second, where = -1, -1, -1
    for at in _all(exact, after):
        alike = -1 if _anothers(before, start, end, after, at) else _alike(before, start, end, after, at)
        if alike > best:
            best, second, where = alike, best, at
        else:
            second = max(second, alike)
    enough = best >= ALIKE or (best >= 0 > second and len(exact) >= LONG)
    return where if enough and best > second else None


def _anothers(before: str, start: int, end: int, after: str, at: int) -> bool:
    """Whether the words at `at` in the other text belong, by their context, to another occurrence in the earlier text."""
    around = after[max(at - CONTEXT, 0) : at + end - start + CONTEXT]
    return any(there + min(at, CONTEXT) != start for there in _all(around, before))


def _all(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _alike(before: str, start: int, end: int, after: str, at: int) -> int:
    """The number of characters of context, on both sides together, that are the same in both texts."""
    length, behind = end - start, 0
    left = 0
    while left < min(start, at, FAR) and before[start - 1 - left] == after[at - 1 - left]:
        left += 1
    most = min(len(before) - end, len(after) - at - length, FAR)
    while behind < most and before[end + behind] == after[at + length + behind]:
        behind += 1
    return left + behind


class Again:
    """The spans of a text's records in its corrected version, and those that are not found.

    before     the text to which the spans refer
    article    its corrected version
    lost       a row of `unanchored.csv` for each span that is not found, by id
    count      the number of spans that were found
    """

    def __init__(self, before: str, article: Article) -> None:
        self.lost: dict[str, Record] = {}
        self.count = 0
        self._before, self._article = before, article
        self._known: dict[Place, Place | None] = {}

    def look_for(self, spans: Iterable[Record]) -> None:
        """Search for several spans in one pass."""
        self._known |= places(self._before, ((span["start"], span["end"]) for span in spans), self._article.text)

    def found(self, span: Record) -> Record | None:
        """The span in the corrected text; None if it is not found, or is in no sentence there."""
        key = span["start"], span["end"]
        if key not in self._known:
            self.look_for([span])
        at = self._known[key]
        if at is None:
            return None
        try:
            self._article.place(at[0])
        except ValueError:
            return None
        self.count += 1
        return {"start": at[0], "end": at[1], "exact": self._article.text[at[0] : at[1]]}

    def lose(self, table: str, record_id: str, role: str, part: int, span: Record, row: Record | None = None) -> None:
        """Record a span that is not found, with the record and role to which it belongs."""
        start, end = span["start"], span["end"]
        prefix, suffix = self._before[max(start - CONTEXT, 0) : start], self._before[end : end + CONTEXT]
        key = "-".join(("u", record_id, *([role, str(part)] if role else [])))
        key = next(name for n in range(1, 1_000_000) if (name := key if n == 1 else f"{key}-{n}") not in self.lost)
        self.lost[key] = {
            "unanchored_id": key,
            "table": table,
            "record_id": record_id,
            "role": role,
            "part": part,
            "exact": span["exact"],
            "prefix": prefix.strip(),
            "suffix": suffix.strip(),
            "row": row,
        }


def again(state: State, looked: Again) -> State:
    """The records of a text with the offsets of its corrected version; lost spans are in its `unanchored`.

    Returns   a new state. A claim that has lost a span becomes unreviewed; one that was rejected remains so.
    """
    looked.lost |= state.unanchored
    looked.look_for(_spans(state))
    made = State()
    for key, claim in state.claims.items():
        made.claims[key] = _claim(claim, looked)
    for key, source in state.sources.items():
        made.sources[key] = dict(source)
        if reason := source["justification"]:
            made.sources[key]["justification"] = there = looked.found(reason)
            if there is None:
                looked.lose("sources", key, "justification", 1, reason)
    for key, mention in state.mentions.items():
        if there := looked.found(mention):
            made.mentions[key] = mention | there
        else:
            looked.lose("mentions", key, "", 1, mention, {k: v for k, v in mention.items() if k not in SPAN})
    made.tables["unanchored"] = dict(looked.lost)
    return made


SPAN = ("start", "end", "exact")


def _spans(state: State) -> Iterator[Record]:
    for claim in state.claims.values():
        yield from spans(claim)
        if claim["antecedent"]:
            yield claim["antecedent"]
    yield from (source["justification"] for source in state.sources.values() if source["justification"])
    yield from state.mentions.values()


def _claim(claim: Record, looked: Again) -> Record:
    made, lost = dict(claim), False
    for role in ROLES:
        held = claim[role]
        several = isinstance(held, list)
        kept: list[Record] = []
        for part, span in enumerate(held if several else [held] if held else [], 1):
            there = looked.found(span)
            if there and not any(one["start"] < there["end"] and there["start"] < one["end"] for one in kept):
                kept.append(there)
            else:
                looked.lose("claims", claim["claim_id"], role, part, span)
                lost = True
        kept.sort(key=lambda span: int(span["start"]))
        made[role] = kept if several else kept[0] if kept else None
    if lost and claim["status"] != REJECTED:
        made |= {"status": UNREVIEWED, "annotator": None, "decided_at": None}
    return made
