"""Actors that no lexicon lists, suggested out of one article: who speaks, who has a title, which bodies are named, what recurs.

A machine suggests, a person picks: what is picked goes to the user's own lexicon (`paths.own_actors`), where later runs
find it and reports say where it is from.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from helpers.extraction import chunks, phrase_ends, texts
from helpers.extraction.known import Known
from helpers.extraction.source_names import SMALL, read
from helpers.files import atomic, csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import countries, entries
from helpers.lexicon.vocabulary import Role
from helpers.records.readings import Reading
from helpers.text import articles, invisible, orthography
from helpers.text.articles import Span

TYPES = {"named person": "person", "organisation": "institution", "named group": "group"}
ALIKE = 0.86  # share of letters that two spellings of one name have in common: سيرغي لافروف, سيرجي لافروف
LONGEST = 6  # words of a name
CONTEXT = 40  # characters shown to each side
MOST = 500  # names that are compared with each other: no article that a person picks from has as many
SOURCE = "suggested by machine, picked by the user"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an actor: its spellings with their places, its type where that is told, why it is suggested."""

    name: str
    type: str
    why: tuple[str, ...]
    spellings: dict[str, tuple[Span, ...]]

    @property
    def mentions(self) -> int:
        """How often it is named, in all spellings."""
        return sum(map(len, self.spellings.values()))

    @property
    def first(self) -> Span:
        """Where it first stands."""
        return min((span for spans in self.spellings.values() for span in spans), key=lambda span: span.start)


class Candidates(list[Candidate]):
    """The candidates of an article; `left_out` is how many names were found beyond those that are compared."""

    left_out: int = 0


def find(reading: Reading, known: Known) -> Candidates:
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
    found = Candidates()
    where: dict[str, list[int]] = {}
    for at, word in enumerate(reading.article.tokens.words):
        where.setdefault(word, []).append(at)
    for type_, names, reasons in told.values():
        places = _places(reading, where, sorted(names, key=lambda name: -len(name)), type_)
        if places:
            best = max(places, key=lambda name: (len(name.split()) > 1, len(places[name]), len(name)))
            found.append(Candidate(best, type_, tuple(sorted(reasons)), places))
    found.sort(key=lambda one: (-one.mentions, one.first.start))
    found.left_out = len(left_out)
    return found


def context(reading: Reading, span: Span) -> tuple[str, str, str]:
    """A place with what stands before and after it in its paragraph."""
    place = reading.article.paragraphs[reading.article.place(span.start).paragraph - 1]
    text = reading.article.text
    start, end = max(place.start, span.start - CONTEXT), min(place.end, span.end + CONTEXT)
    before = text[start : span.start]
    after = text[span.end : end]
    return (
        (before if start == place.start else before.partition(" ")[2]),
        span.exact,
        (after if end == place.end else after.rpartition(" ")[0]),
    )


def as_text(reading: Reading, candidates: Sequence[Candidate]) -> str:
    """The candidates to read in a terminal: number, name, type, count, why, spellings, and the first place of each."""
    lines = []
    for number, one in enumerate(candidates, 1):
        spellings = ", ".join(f"{spelling} ({len(spans)})" for spelling, spans in one.spellings.items())
        before, exact, after = (" ".join(part.split()) for part in context(reading, one.first))
        times = f"{one.mentions} time{'s' * (one.mentions > 1)}"
        lines.append(f"{number}. {one.name}  ·  {one.type or 'type not told'}  ·  {times}  ·  {', '.join(one.why)}")
        lines += [f"   as {spellings}"] if len(one.spellings) > 1 else []
        lines += [f"   … {before} [{exact}] {after} …", ""]
    if isinstance(candidates, Candidates) and candidates.left_out:
        lines.append(f"{candidates.left_out:,} more names are left out: an article is searched for {MOST}; split it")
    return invisible.shown("\n".join(lines)) if lines else "no candidates: the lexicons have all that was found"


@dataclass(frozen=True, slots=True)
class Pick:
    """What the user takes of the candidates: a number, and a type and an English name where they are given."""

    number: int
    type: str | None
    english: str | None

    @classmethod
    def read(cls, text: str) -> "Pick":
        """`3`, `3:person`, `3=Sundus Gharyani`, `3:person=Sundus Gharyani`. Raises InputError for anything else."""
        match = re.fullmatch(r"(\d{1,6})(?::([a-z]+))?(?:=\s*(\S.*?)\s*)?", text)
        if not match or (match[2] and match[2] not in entries.ACTOR_TYPES):
            types = ", ".join(entries.ACTOR_TYPES)
            raise InputError(f"--add {text}: write a number, as 3, 3:TYPE or 3:TYPE=ENGLISH NAME; types are {types}")
        if match[3] and invisible.shown(match[3]) != match[3]:
            raise InputError(f"--add {text}: the name has characters that are not seen, or are no text; type it anew")
        return cls(int(match[1]), match[2], match[3])


def add(picks: Sequence[Pick], candidates: Sequence[Candidate], article_id: str) -> list[str]:
    """Write picked candidates to the user's own lexicon, all of them or none.

    Returns   their names.
    Raises    InputError for a number that is none, a type that is not known, a name that is listed, no place to write to.
    """
    path = paths.own_actors()
    if path is None:
        raise InputError("ISNAD_ACTORS is empty, so there is no lexicon of your own; name a file or unset it")
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: not a file; name a lexicon of your own by ISNAD_ACTORS")
    with atomic.locked(path):
        return _added(path, picks, candidates, article_id)


def _added(path: Path, picks: Sequence[Pick], candidates: Sequence[Candidate], article_id: str) -> list[str]:
    columns = entries.ACTOR_COLUMNS
    there = [tuple(row[c] for c in columns) for row in csv_rows.read(path, columns)] if path.is_file() else []
    spelled, ids = {countries.key(row[1]) for row in there}, set(entries.actors().by_id)
    made, names = [], []
    for pick in picks:
        if not 1 <= pick.number <= len(candidates):
            raise InputError(f"--add {pick.number}: there is no candidate of that number; take one of the list")
        one = candidates[pick.number - 1]
        if not (kind := pick.type or one.type):
            raise InputError(f"--add {pick.number}: say what {one.name} is, as {pick.number}:person")
        actor_id = articles.slug(pick.english or one.name).lower().replace("-", "_")
        if actor_id in ids:
            raise InputError(f"--add {pick.number}: an actor {actor_id} is listed already; give another English name")
        ids.add(actor_id)
        if not {countries.key(spelling) for spelling in one.spellings} - spelled:
            raise InputError(f"--add {pick.number}: {one.name} is listed by now; see {path}")
        names.append(one.name)
        for spelling in one.spellings:
            via = "short name" if len(countries.key(spelling)) < len(countries.key(one.name)) else "name"
            if countries.key(spelling) not in spelled:
                spelled.add(countries.key(spelling))
                who = (kind, via, one.name, pick.english or one.name, f"{SOURCE}; {article_id}")
                made.append((actor_id, spelling, "ar", *who))
    csv_rows.write(path, columns, [*there, *made], as_it_was=True)
    return names


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
