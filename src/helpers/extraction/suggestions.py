"""Names that a machine found in one article, for the user to confirm, rename, join or reject permanently.

Confirmed names are added to the user's own lexicon (`paths.own_actors`), which later runs use and reports name as the
origin; rejected names are added to a table beside it (`paths.rejected_names`) and are no longer found in any article.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.files import atomic, csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import countries, entries, romanisation
from helpers.lexicon.entries import Actor, Actors
from helpers.records.actors import NamedActor, form
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.text import articles, invisible
from helpers.text.articles import Span

CONTEXT = 40  # characters of context shown on each side
CONFIRMED = "found by machine, confirmed by the user"
NUMBER = r"\d{1,6}"
FORMS = {
    "confirm": "a number, as 3, 3:TYPE or 3:TYPE=ENGLISH NAME",
    "rename": "a number and the Arabic name, as 3=NAME",
    "join": "two numbers, as 3+5, or a number and an actor that a lexicon has, as 3+taliban",
    "reject": "a number, as 3",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name to decide on, with the number of times that the article has each form, and its first place.

    sure   whether it counts as an actor of the article, and not only as a possible one
    """

    actor: NamedActor
    counts: tuple[tuple[str, int], ...]
    first: Span
    sure: bool


def candidates(reading: Reading) -> list[Candidate]:
    """The names found by machine and in no lexicon: actors, the most mentioned first, then possible actors."""
    places: dict[str, list[Mention]] = {}
    for mention in (*reading.mentions, *(m for one in reading.perhaps for m in one.mentions)):
        places.setdefault(mention.actor_id, []).append(mention)
    sure, perhaps = (
        [actor for actor in group if actor.found_by == "machine"] for group in (reading.named, reading.perhaps_named)
    )
    return [
        _candidate(reading, actor, places[actor.actor_id], group is sure)
        for group in (sure, perhaps)
        for actor in sorted(group, key=lambda one: -one.mentions)
    ]


def _candidate(reading: Reading, actor: NamedActor, places: Sequence[Mention], sure: bool) -> Candidate:
    forms = [form(mention, actor, reading.actors, reading.article.text) for mention in places]
    return Candidate(actor, tuple((each, forms.count(each)) for each in actor.forms), places[0].span, sure)


def context(reading: Reading, span: Span) -> tuple[str, str, str]:
    """A span with its context in the paragraph: (text before, text of the span, text after)."""
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


def as_text(reading: Reading, found: Sequence[Candidate]) -> str:
    """The candidates as text for a terminal: number, name, type, count, score, evidence, forms, and first place."""
    lines: list[str] = []
    for title, sure in (("Named in the article", True), ("Perhaps named: in no chart and no count", False)):
        shown = [(n, one) for n, one in enumerate(found, 1) if one.sure is sure]
        lines += [title, "", *(line for n, one in shown for line in _lines(reading, n, one))] if shown else []
    said = "no candidates: the lexicons have every name that was found"
    return invisible.shown("\n".join(lines).rstrip()) if lines else said


def _lines(reading: Reading, number: int, one: Candidate) -> list[str]:
    actor = one.actor
    times = f"{actor.mentions} time{'s' * (actor.mentions > 1)}"
    facts = (
        f"{number}. {actor.name_ar}",
        actor.name_en,
        actor.type,
        times,
        f"{actor.score or 0:.2f}",
        ", ".join(actor.why),
    )
    lines = ["  ·  ".join(filter(None, facts))]
    if len(one.counts) > 1:
        forms = ", ".join(f"{form} ({n})" for form, n in one.counts)
        lines.append(f"   as {forms}" + (f"; joined by {', '.join(actor.joined)}" if actor.joined else ""))
    before, exact, after = (" ".join(part.split()) for part in context(reading, one.first))
    return [*lines, f"   … {before} [{exact}] {after} …", ""]


@dataclass(frozen=True, slots=True)
class Decision:
    """The user's decision on one candidate, by its number in the list.

    type, english, arabic   the type of actor and its names, if given
    others                  the numbers of candidates that are the same actor
    listed                  the id of the lexicon's actor that it is, if any
    """

    number: int
    type: str | None = None
    english: str | None = None
    arabic: str | None = None
    others: tuple[int, ...] = ()
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """The user's decisions to confirm, and the numbers of rejected candidates."""

    confirmed: tuple[Decision, ...] = ()
    rejected: tuple[int, ...] = ()

    @classmethod
    def read(
        cls,
        confirm: Iterable[str] = (),
        rename: Iterable[str] = (),
        join: Iterable[str] = (),
        reject: Iterable[str] = (),
    ) -> "Decisions":
        """Parse the values of the options (see FORMS). Raises InputError for an invalid value, and for a contradiction."""
        made: dict[int, Decision] = {}
        for text in confirm:
            number, kind, english = _parts("confirm", text, rf"({NUMBER})(?::([a-z]+))?(?:=\s*(\S.*?)\s*)?")
            if kind and kind not in entries.ACTOR_TYPES:
                raise InputError(f"--confirm {text}: types are {', '.join(entries.ACTOR_TYPES)}")
            _add(made, f"--confirm {text}", Decision(int(number), kind or None, english or None))
        for text in rename:
            number, arabic = _parts("rename", text, rf"({NUMBER})=\s*(\S.*?)\s*")
            _add(made, f"--rename {text}", Decision(int(number), arabic=arabic))
        for text in join:
            number, other = _parts("join", text, rf"({NUMBER})\+(\w+)")
            joined = {"others": (int(other),)} if re.fullmatch(NUMBER, other) else {"listed": other}
            _add(made, f"--join {text}", Decision(int(number), **joined))
        rejected = tuple(int(_parts("reject", text, f"({NUMBER})")[0]) for text in reject)
        taken = [n for one in made.values() for n in (one.number, *one.others)] + list(rejected)
        if twice := next((n for n in taken if taken.count(n) > 1), None):
            raise InputError(
                f"{twice} is decided on twice; name each number once, and join to the first all that are the same actor"
            )
        return cls(tuple(made.values()), rejected)


def _parts(option: str, text: str, pattern: str) -> tuple[str, ...]:
    match = re.fullmatch(pattern, text)
    if not match:
        raise InputError(f"--{option} {text}: write {FORMS[option]}")
    if any(part and invisible.shown(part) != part for part in match.groups()):
        raise InputError(f"--{option} {text}: the name has invisible or damaged characters; type it anew")
    return tuple(part or "" for part in match.groups())


def _add(made: dict[int, Decision], said: str, one: Decision) -> None:
    """Merge a decision from one option with those from others on the same number."""
    before = made.get(one.number, Decision(one.number))
    for name in ("type", "english", "arabic", "listed"):
        if (value := getattr(one, name)) and getattr(before, name) not in (None, value):
            raise InputError(f"{said}: {one.number} has another one already; name it once")
        before = replace(before, **{name: value}) if value else before
    made[one.number] = replace(before, others=before.others + one.others)
    if made[one.number].listed and (made[one.number].type or made[one.number].english or made[one.number].arabic):
        raise InputError(
            f"{said}: {one.number} joins an actor in a lexicon, whose type and names cannot be changed here"
        )


@dataclass
class _Writing:
    """The user's two tables while rows are added."""

    there: list[tuple[str, ...]]
    article_id: str
    known: Actors
    made: list[tuple[str, ...]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def decide(decisions: Decisions, found: Sequence[Candidate], article_id: str) -> list[str]:
    """Write the decisions to the user's own lexicon and the table of rejected names, either all or none.

    Returns   what was done, in one line each: the file and the name.
    Raises    InputError for an unknown number, an actor that is already in a lexicon or should be and is not, or if
              there is no file to write to.
    """
    path, rejected = paths.own_actors(), paths.rejected_names()
    if path is None or rejected is None:
        raise InputError("ISNAD_ACTORS is empty, so there is no lexicon of your own; name a file or unset it")
    if other := next((each for each in (path, rejected) if each.exists() and not each.is_file()), None):
        raise InputError(f"{other}: not a file; name your own lexicon with ISNAD_ACTORS")
    with atomic.locked(path):
        columns, there = _own(path)
        writing = _Writing(there, article_id, entries.actors())
        for decision in decisions.confirmed:
            _confirm(decision, found, writing)
        turned_down = [_one(number, found).actor.name_ar for number in decisions.rejected]
        if writing.made:
            made = [(*row, *[""] * (len(columns) - len(row))) for row in writing.made]
            csv_rows.write(path, columns, [*writing.there, *made], as_it_was=True)
        if turned_down:
            before = _rows(rejected, entries.REJECTED_COLUMNS)
            rows = [*before, *((name, article_id) for name in turned_down if name not in {row[0] for row in before})]
            csv_rows.write(rejected, entries.REJECTED_COLUMNS, rows, as_it_was=True)
    return [f"{path}: {name}" for name in writing.names] + [f"{rejected}: {name}" for name in turned_down]


def _own(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The columns and the rows of the user's own lexicon. The column that it may omit is kept if it says anything."""
    columns: tuple[str, ...] = (*entries.ACTOR_COLUMNS, entries.ORDINARY_COLUMN)
    rows = csv_rows.read(path, columns, optional=(entries.ORDINARY_COLUMN,)) if path.is_file() else []
    if not any(row[entries.ORDINARY_COLUMN] for row in rows):
        columns = entries.ACTOR_COLUMNS
    return columns, [tuple(row[column] for column in columns) for row in rows]


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in csv_rows.read(path, columns)] if path.is_file() else []


def _one(number: int, found: Sequence[Candidate]) -> Candidate:
    if not 1 <= number <= len(found):
        raise InputError(f"{number}: there is no candidate with that number; use one from the list")
    return found[number - 1]


def _confirm(decision: Decision, found: Sequence[Candidate], writing: _Writing) -> None:
    """Add the rows of one decision: one for each spelling that is not yet in the user's lexicon."""
    these = [_one(number, found) for number in (decision.number, *decision.others)]
    who = _listed(decision, writing) if decision.listed else _new(decision, these[0].actor, writing)
    full = len(countries.key(who.name_ar))
    spelled = {countries.key(row[1]) for row in (*writing.there, *writing.made)}
    forms = [form for one in these for form, _ in one.counts] + ([decision.arabic] if decision.arabic else [])
    before = len(writing.made)
    for spelling in forms:
        words = countries.key(spelling)
        if words in spelled:
            continue
        spelled.add(words)
        via = "short name" if len(words) < full else "name"
        rest = (who.type, via, who.name_ar, who.name_en, f"{CONFIRMED}; {writing.article_id}")
        writing.made.append((who.actor_id, spelling, "ar", *rest))
    if len(writing.made) == before:
        raise InputError(f"{decision.number}: {these[0].actor.name_ar} is listed meanwhile; see {paths.own_actors()}")
    writing.names.append(who.name_ar)


def _listed(decision: Decision, writing: _Writing) -> Actor:
    actor = writing.known.by_id.get(decision.listed or "")
    if actor is None:
        said = f"--join {decision.number}+{decision.listed}: no lexicon has an actor {decision.listed}"
        raise InputError(f"{said}; use an actor_id from actors.csv, countries.csv or your own lexicon")
    return actor


def _new(decision: Decision, actor: NamedActor, writing: _Writing) -> Actor:
    name, english = decision.arabic or actor.name_ar, decision.english or actor.name_en
    if decision.arabic and not decision.english:
        english = romanisation.marked(decision.arabic, (decision.type or actor.type) != "person")
    latin = romanisation.tables().of(english.removeprefix(romanisation.MARK).partition(" · ")[0].strip())
    actor_id = articles.slug(latin).lower().replace("-", "_")
    if actor_id in writing.known.by_id or any(row[0] == actor_id for row in writing.made):
        said = f"{decision.number}: an actor {actor_id} is listed already"
        raise InputError(f"{said}; join it, as --join {decision.number}+{actor_id}, or give another English name")
    return Actor(actor_id, decision.type or actor.type, name, english, "own")
