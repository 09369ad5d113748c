"""What we know before reading: the CSV lexicons, read, checked, and compiled for look-up.

An error names file and row. Two spellings are one when they fold alike (see `arabic.fold`).
"""

from dataclasses import dataclass
from pathlib import Path

from helpers import arabic, paths, rows

TYPES = ("group", "state", "states", "person", "institution")
VIA = ("name", "short name", "demonym", "acronym")
ACTS = ("speech", "cognition", "evidence", "hearsay")
STANCES = ("neutral", "assertive", "factive", "distancing", "negative")
ACTOR_COLUMNS = ("actor_id", "alias", "lang", "type", "via", "name_ar", "name_en", "source")
CUE_COLUMNS = ("lemma", "gloss_en", "act", "stance", "takes", "source")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom articles name: a group, a state or several, a person, an institution."""

    actor_id: str
    type: str
    name_ar: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of an actor: its folded words after the first, and how it names the actor (`via`)."""

    actor_id: str
    alias: str
    via: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Actors:
    """The actors by id, and for each folded first word (proclitics and all) what may begin there.

    `beginning` maps that word to (length of its proclitics, alias), longest alias first.
    """

    by_id: dict[str, Actor]
    beginning: dict[str, tuple[tuple[int, Alias], ...]]

    def known(self, actor_id: str, row: rows.Row) -> str:
        """The id when the lexicon has it; else the row's InputError."""
        if actor_id not in self.by_id:
            raise row.error(f"actor {actor_id!r} is not in data/lexicon/actors.csv; add it there or mend the id")
        return actor_id


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue by its lemma: what kind of act it reports, and the stance that it takes to the content."""

    lemma: str
    gloss_en: str
    act: str
    stance: str


def actors(path: Path | None = None) -> Actors:
    """Read `actors.csv` (or another file with its columns) and compile it.

    Raises    InputError for a spelling given to two actors, an actor described in two ways, a spelling twice.
    """
    by_id: dict[str, Actor] = {}
    owner: dict[tuple[str, ...], rows.Row] = {}
    beginning: dict[str, list[tuple[int, Alias]]] = {}
    for row in rows.read(path or paths.lexicon("actors.csv"), ACTOR_COLUMNS):
        actor = Actor(row["actor_id"], row.one_of("type", TYPES), row["name_ar"], row["name_en"])
        row.one_of("via", VIA)
        if not all((actor.actor_id, actor.name_ar, actor.name_en, row["source"])):
            raise row.error("actor_id, name_ar, name_en and source must not be empty")
        if by_id.setdefault(actor.actor_id, actor) != actor:
            raise row.error(f"{actor.actor_id} has another type or name above; write the same in each of its rows")
        folded = arabic.fold(row["alias"]).text
        words = tuple(arabic.WORD.findall(folded))
        if not words:
            raise row.error(f"alias {row['alias']!r} has no word")
        other = owner.setdefault(words, row)
        if other is not row:
            whose = f"alias of {other['actor_id']} in row {other.number}"
            raise row.error(f"{row['alias']!r} is already an {whose}; keep one of the two")
        alias = Alias(actor.actor_id, row["alias"], row["via"], words[1:])
        demonym = row["via"] == "demonym" and len(words) == 1
        first = row["alias"][slice(*arabic.words(row["alias"])[0])]  # as written: ألمانيا has no article
        for form, length in arabic.with_proclitics(first, adjective=demonym):
            beginning.setdefault(form, []).append((length, alias))
    return Actors(by_id, {form: tuple(sorted(found, key=_longest)) for form, found in beginning.items()})


def _longest(entry: tuple[int, Alias]) -> tuple[int, int]:
    """More words first; of equals, the word that needs fewer proclitics taken off."""
    return -len(entry[1].rest), entry[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which people grade: its name, the grade (`C`, `3`), and what it is given to."""

    rule: str
    grade: str
    text: str


def grades(path: Path | None = None) -> list[Rule]:
    """Read `grades.csv`: the rules of grading, in their order."""
    found = rows.read(path or paths.lexicon("grades.csv"), ("rule", "grade", "text"))
    return [Rule(row["rule"], row["grade"], row["text"]) for row in found]


def cues(path: Path | None = None) -> dict[str, Cue]:
    """Read `cues.csv`: the reporting cues by lemma. Raises InputError for a lemma given twice."""
    found: dict[str, Cue] = {}
    for row in rows.read(path or paths.lexicon("cues.csv"), CUE_COLUMNS):
        cue = Cue(row["lemma"], row["gloss_en"], row.one_of("act", ACTS), row.one_of("stance", STANCES))
        if not cue.lemma or not cue.gloss_en:
            raise row.error("lemma and gloss_en must not be empty")
        if found.setdefault(cue.lemma, cue) is not cue:
            raise row.error(f"lemma {cue.lemma!r} stands above already; keep one of the two")
    return found
