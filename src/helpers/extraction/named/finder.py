"""A stand-in for the finder of named actors: what was suggested so far."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from helpers.extraction import chunks, phrase_ends, texts
from helpers.extraction import sources as who
from helpers.extraction.known import Known
from helpers.extraction.source_names import SMALL, read
from helpers.lexicon import countries
from helpers.lexicon.vocabulary import Role
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.text import orthography
from helpers.text.articles import Article, Span

THRESHOLD = 0.5
TYPES = {"named person": "person", "organisation": "institution", "named group": "group"}
ALIKE = 0.86
LONGEST = 6
MOST = 500


@dataclass(frozen=True, slots=True)
class FoundActor:
    actor_id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    score: float
    why: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    actors: tuple[FoundActor, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    name: str
    type: str
    why: tuple[str, ...]
    spellings: dict[str, tuple[Span, ...]]

    @property
    def first(self) -> Span:
        return min((span for spans in self.spellings.values() for span in spans), key=lambda span: span.start)


def find(
    article: Article,
    known: Known,
    mentions: Sequence[Mention],
    sources: Sequence[object] = (),
    claims: Sequence[Claim] = (),
    text: texts.Text | None = None,
) -> Named:
    _, register = who.identify(article, claims, mentions, known.actors, known.vocabulary)
    reading = Reading(article, known.actors, tuple(mentions), tuple(claims), tuple(register), (), (), "machine")
    actors, theirs = [], list(mentions)
    for n, one in enumerate(sorted(suggested(reading, known), key=lambda one: one.first.start), 1):
        score = {"a source of claims": 0.9, "after a title": 0.8, "a body": 0.6}
        best = max(score.get(why, 0.3) for why in one.why)
        joined = ("short name",) if len(one.spellings) > 1 else ()
        actor = FoundActor(f"machine:{n}", one.name, one.type or "group", tuple(one.spellings), best, one.why, joined)
        actors.append(actor)
        for spelling, spans in one.spellings.items():
            for span in spans:
                place = article.place(span.start)
                via = "name" if spelling == one.name else "short name"
                theirs.append(
                    Mention("m", place.paragraph, place.number, actor.actor_id, span, via, "machine", "machine", best)
                )
    theirs.sort(key=lambda m: (m.span.start, -m.span.end))
    kept, past = [], 0
    for m in theirs:
        if m.span.start >= past:
            kept.append(m)
            past = m.span.end
    return Named(tuple(actors), tuple(kept))


def suggested(reading: Reading, known: Known) -> list[Candidate]:
    """The candidates of an article, most named first; what a lexicon lists already is none.

    reading   the machine's reading of the article
    """
    told: dict[str, tuple[str, Counter[str], set[str]]] = {}
    listed = {countries.key(exact) for exact in {mention.span.exact for mention in reading.mentions}}
    groups: dict[str, str] = {}
    spelled: dict[str, _Spelled] = {}
    left_out: set[str] = set()
    for found_name, kind, why in (*_sources(reading), *_titled(reading, known), *_recurring(reading, known)):
        name = _trimmed(found_name)
        # Whether the lexicon has the name, or all of it but a title.
        if not _is_name(name, kind, known) or countries.key(name) in listed:
            continue
        if name not in groups and len(groups) == MOST:
            left_out.add(name)
            continue
        if name not in groups:
            groups[name] = _group(name, spelled)
            spelled.setdefault(groups[name], _Spelled(countries.key(name)))
        key = groups[name]
        earlier, names, reasons = told.get(key, ("", Counter(), set()))
        told[key] = (earlier or kind, names, reasons)
        names[name] += 1
        reasons.add(why)
    found: list[Candidate] = []
    where: dict[str, list[int]] = {}
    for at, word in enumerate(reading.article.tokens.words):
        where.setdefault(word, []).append(at)
    for type_, names, reasons in told.values():
        places = _places(reading, where, sorted(names, key=lambda name: -len(name)), type_)
        if places:
            best = max(places, key=lambda name: (len(name.split()) > 1, len(places[name]), len(name)))
            found.append(Candidate(best, type_, tuple(sorted(reasons)), places))
    return found


def _sources(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for source in reading.sources:
        if source.kind in TYPES and not source.actor_ids:
            yield source.name, TYPES[source.kind], "a source of claims"


def _titled(reading: Reading, known: Known) -> Iterator[tuple[str, str, str]]:
    """Names after titles (الوزير فلان) and after the nouns of bodies (حركة النهضة)."""
    text = texts.read(reading.article, known.vocabulary)
    starts = [mention.span.start for mention in reading.mentions]
    for first, end in text.sentences:
        past = first
        for at in range(first, end):
            kind = text.kinds[at].kind
            if at < past or kind not in ("person", "organisation") or not phrase_ends.begins(text, at):
                continue
            lead = known.vocabulary.lead(text.words[at])
            last = chunks.phrase(text, at, end, True)[1]
            past = last if kind == "person" else at + 1
            span = reading.article.span(text.letter(at, lead), text.ends[last - 1])
            phrase = read(text, span, reading.mentions, reading.actors, starts)
            if phrase.kind == "named person" and len(phrase.name) > 1:
                yield phrase.text, "person", "after a title"
            elif kind == "organisation" and (body := _body(text, at, last)):
                yield reading.article.text[span.start : text.ends[body - 1]], "institution", "a body"


def _body(text: texts.Text, at: int, last: int) -> int | None:
    """Where the name of a body ends: its noun, what it is of, and their adjectives; None for a noun alone."""
    end = at + 1
    while end < min(last, at + LONGEST) and not text.role(end, Role.preposition | Role.relative | Role.joined):
        if text.gaps[end] and end not in text.opens:
            break
        if end in text.opens:
            return text.opens[end] if text.opens[end] - end <= 3 else None
        if not text.words[end].startswith("ال") and end > at + 1:
            break
        end += 1
    definite = any(text.words[k].startswith("ال") for k in range(at + 1, end))
    return end if end > at + 1 and definite and not text.words[at].startswith(("ال", "لل")) else None


def _recurring(reading: Reading, known: Known) -> Iterator[tuple[str, str, str]]:
    """Two or three words that no list knows, one after the other, in two places or more."""
    text = texts.read(reading.article, known.vocabulary)
    unknown = [_unknown(text, at) for at in range(len(text.words))]
    seen: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(text.words) - 1):
        if unknown[at] and unknown[at + 1] and not text.gaps[at + 1] and not text.words[at].startswith("ال"):
            seen.setdefault(tuple(text.words[at : at + 2]), []).append(at)
    for places in seen.values():
        if len(places) > 1:
            at = places[0]
            yield reading.article.text[text.starts[at] : text.ends[at + 1]], "", "recurs"


def _unknown(text: texts.Text, at: int) -> bool:
    word = text.kinds[at]
    return (
        not word.roles & ~(Role.given | Role.feminine | Role.name_part | Role.letter)
        and not word.hits
        and word.kind is None
        and len(text.words[at]) > 2
        and text.words[at].isalpha()
    )


def _trimmed(name: str) -> str:
    """A name in one line, without marks at its ends but those that close a quotation in it."""
    name = " ".join(re.sub(r"^[\W_]+|[\W_]+$", "", name).split())
    return name + "»" if name.count("«") > name.count("»") else name


def _is_name(name: str, kind: str, known: Known) -> bool:
    """Whether it can be somebody's name: of few words, no common noun alone (الوزارة), of a person without small words."""
    words = [known.vocabulary[word] for word in countries.key(name)]
    if not words or len(words) > (4 if kind == "person" else LONGEST) or words[0].roles & Role.verb:
        return False
    if len(words) == 1:
        return words[0].kind is None and kind != "person"
    return kind != "person" or not any(word.roles & SMALL for word in words[:1] + words[2:])


class _Spelled:
    """A name as its folded words, made ready to be compared with many others."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._matcher = SequenceMatcher(None, "", " ".join(words))

    def is_of(self, words: tuple[str, ...]) -> bool:
        """Whether these words are another spelling of the name, or one of the two is the end of the other."""
        if words == self.words[-len(words) :] or self.words == words[-len(self.words) :]:
            return True
        if not len(words) == len(self.words) > 1:
            return False
        self._matcher.set_seq1(" ".join(words))
        # The quick bounds are never below the share itself.
        bounds = (self._matcher.real_quick_ratio, self._matcher.quick_ratio, self._matcher.ratio)
        return all(share() >= ALIKE for share in bounds)


def _group(name: str, told: Mapping[str, _Spelled]) -> str:
    """The name of an earlier candidate that this one is a spelling or a short form of, else the name itself."""
    words = countries.key(name)
    return next((other for other, spelled in told.items() if spelled.is_of(words)), name)


def _places(
    reading: Reading, where: dict[str, list[int]], names: Sequence[str], kind: str
) -> dict[str, tuple[Span, ...]]:
    """Where each spelling stands; of a person also the last name alone. Each place counts for the longest spelling.

    where   the places of each folded word of the article
    """
    spellings = list(names)
    if kind == "person":
        spellings += [last for name in names if len(name.split()) > 1 and len(last := name.split()[-1]) > 3]
    split, taken, found = reading.article.tokens, set(), {}
    for spelling in dict.fromkeys(spellings):
        words = list(countries.key(spelling))
        first = spelling.split()[0] if words else ""
        forms = dict(orthography.with_proclitics(first)) if words else {}
        spans = []
        for at in _beginnings(split, where, forms, words):
            length = forms[split.words[at]]
            if at in taken or split.words[at + 1 : at + len(words)] != words[1:]:
                continue
            taken.update(range(at, at + len(words)))
            last = split.folds[at + len(words) - 1] + len(split.words[at + len(words) - 1])
            spans.append(reading.article.span(*reading.article.folded.span(split.folds[at] + length, last)))
        if spans:
            found[spelling] = tuple(spans)
    return found


def _beginnings(
    split: orthography.Tokens, where: dict[str, list[int]], forms: Iterable[str], words: Sequence[str]
) -> list[int]:
    """Where a name can begin, by the rarest of its words. `forms` are those of its first word."""
    first = [where.get(form, []) for form in forms]
    others = ((number, where.get(word, [])) for number, word in enumerate(words) if number)
    number, rarest = min(others, key=lambda other: len(other[1]), default=(0, None))
    if rarest is None or len(rarest) > sum(map(len, first)):
        return sorted(place for places in first for place in places)
    return [place - number for place in rarest if place >= number and split.words[place - number] in forms]
