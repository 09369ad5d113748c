"""What we know before reading: the CSV lexicons, read, checked, and compiled for look-up.

An error names file and row. Two spellings are one when they fold alike (see `orthography.fold`).
"""

from dataclasses import dataclass, replace
from pathlib import Path

from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import countries, morphology
from helpers.text import orthography

ACTOR_TYPES = ("group", "state", "states", "person", "institution")
FOUND_BY = ("lexicon", "own", "machine")
ALIAS_VIA = ("name", "short name", "demonym", "acronym")
ACTS = ("speech", "cognition", "evidence", "hearsay")
STANCES = ("neutral", "assertive", "factive", "distancing", "negative")
ACTOR_COLUMNS = ("actor_id", "alias", "lang", "type", "via", "name_ar", "name_en", "source")
CUE_COLUMNS = (
    "lemma",
    "pos",
    "imperfect",
    "participle",
    "masdar",
    "passive",
    "forms",
    "gloss_en",
    "act",
    "stance",
    "takes",
    "otherwise",
    "skip",
    "source",
)
ACTOR_ROWS = 20_000  # of a lexicon of actors
SAME_BEGINNING = 500  # spellings that begin with one word: each is tried wherever it stands
CUE_POS = ("verb", "particle", "phrase", "punctuation")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom articles name: a group, a state or several, a person, an institution.

    found_by   one of FOUND_BY: the project's lexicons have it, the user's own lexicon, or a machine found it in the article
               itself, where its id holds in that article alone and its English name is marked as romanised
    score, why, joined   of a machine's: how sure it is, 0 to 1, by what evidence, and by what it joined the forms of the name
    """

    actor_id: str
    type: str
    name_ar: str
    name_en: str
    found_by: str = "lexicon"
    score: float | None = None
    why: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of an actor: its folded words after the first, and how it names the actor (`via`)."""

    actor_id: str
    alias: str
    via: str
    rest: list[str]


@dataclass(frozen=True)
class Actors:
    """The actors by id, and for each folded first word (proclitics and all) what may begin there.

    `beginning` maps that word to (length of its proclitics, alias), longest alias first.
    """

    by_id: dict[str, Actor]
    beginning: dict[str, tuple[tuple[int, Alias], ...]]

    def known(self, actor_id: str, row: csv_rows.Row) -> str:
        """The id when the lexicon has it; else the row's InputError."""
        if actor_id not in self.by_id:
            raise row.error(f"actor {actor_id!r} is not in data/lexicon/actors.csv; add it there or fix the id")
        return actor_id


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue by its lemma: what kind of act it reports, and the stance that it takes to the content.

    `takes` says how its content comes, by the values of `cues.csv` and by their names in `takes.csv`: that, quotation,
    object, by …; `prepositions` are those that bring it as words of their own, folded.
    """

    lemma: str
    pos: str
    gloss_en: str
    act: str
    stance: str
    takes: frozenset[str]
    masdar: str = ""
    prepositions: frozenset[str] = frozenset()


def actors(path: Path | None = None) -> Actors:
    """Compile the actors: `actors.csv`, then all countries (`countries.csv`), then the user's own (`paths.own_actors`).

    A spelling that stands in two of the three is of the first.

    path      read and compile this file alone
    Raises    InputError for a spelling given to two actors of one file, an actor described in two ways.
    """
    files = [path] if path else [paths.lexicon("actors.csv"), paths.lexicon("countries.csv")]
    own = None if path else paths.own_actors()
    by_id: dict[str, Actor] = {}
    owner: dict[tuple[str, ...], csv_rows.Row] = {}
    beginning: dict[str, list[tuple[int, Alias]]] = {}
    if own and own.exists() and not own.is_file():
        raise InputError(f"{own}: not a file; name a lexicon of your own with ISNAD_ACTORS, or unset it")
    for file in [*files, *([own] if own and own.is_file() else [])]:
        rows = csv_rows.read(file, ACTOR_COLUMNS)
        if len(rows) > ACTOR_ROWS:
            raise InputError(f"{file}: over {ACTOR_ROWS:,} rows; remove the actors that your articles do not name")
        for row in rows:
            actor = _actor(row, "own" if file == own else "lexicon")
            words = countries.key(row["alias"])
            if not words:
                raise row.error(f"alias {row['alias']!r} has no word")
            other = owner.setdefault(words, row)
            if other.path != row.path:
                continue
            if other is not row:
                whose = f"alias of {other['actor_id']} in row {other.number}"
                raise row.error(f"{row['alias']!r} is already an {whose}; keep one of the two")
            known = by_id.setdefault(actor.actor_id, actor)
            if replace(actor, found_by=known.found_by) != known:
                raise row.error(f"{actor.actor_id} has another type or name above; write the same in each of its rows")
            alias = Alias(actor.actor_id, row["alias"], row["via"], list(words[1:]))
            demonym = row["via"] == "demonym"
            first = row["alias"][slice(*orthography.words(row["alias"])[0])]  # as written: ألمانيا has no article
            for form, length in orthography.with_proclitics(first, adjective=demonym and len(words) == 1):
                beginning.setdefault(form, []).append((length, alias))
                if len(beginning[form]) > SAME_BEGINNING:
                    raise row.error(
                        f"over {SAME_BEGINNING} spellings begin with the same word; keep those that articles use"
                    )
    return Actors(by_id, {form: tuple(sorted(found, key=_longest)) for form, found in beginning.items()})


REJECTED_COLUMNS = ("name", "source")


def rejected() -> frozenset[tuple[str, ...]]:
    """The names that the user says are nobody's (`paths.rejected_names`), as folded words. Raises InputError."""
    path = paths.rejected_names()
    rows = csv_rows.read(path, REJECTED_COLUMNS) if path and path.is_file() else []
    return frozenset(words for row in rows if (words := countries.key(row["name"])))


def _actor(row: csv_rows.Row, found_by: str) -> Actor:
    row.one_of("via", ALIAS_VIA)
    actor = Actor(row["actor_id"], row.one_of("type", ACTOR_TYPES), row["name_ar"], row["name_en"], found_by)
    if not all((actor.actor_id, actor.name_ar, actor.name_en, row["source"])):
        raise row.error("actor_id, name_ar, name_en and source must not be empty")
    return actor


def country_rows() -> list[tuple[str, ...]]:
    """The rows of `countries.csv`, made by rule (see `countries`). `isnad forms` writes them."""
    return list(
        countries.made(
            {countries.key(row["alias"]): row for row in csv_rows.read(paths.lexicon("actors.csv"), ACTOR_COLUMNS)}
        )
    )


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
    found = csv_rows.read(path or paths.lexicon("grades.csv"), ("rule", "grade", "text"))
    return [Rule(row["rule"], row["grade"], row["text"]) for row in found]


def cues(path: Path | None = None) -> dict[str, Cue]:
    """Read `cues.csv`: the reporting cues by lemma. Raises InputError for a lemma given twice."""
    found: dict[str, Cue] = {}
    names = {row["takes"]: row["name"] for row in csv_rows.read(paths.lexicon("takes.csv"), ("takes", "name", "note"))}
    for row in csv_rows.read(path or paths.lexicon("cues.csv"), CUE_COLUMNS):
        pos, takes = row.one_of("pos", CUE_POS), frozenset(row["takes"].split("|"))
        if unknown := takes - {*names, ""}:
            raise row.error(f"takes has {min(unknown)!r}; write what stands in takes.csv, or add it there")
        cue = Cue(
            row["lemma"],
            pos,
            row["gloss_en"],
            row.one_of("act", ACTS),
            row.one_of("stance", STANCES),
            takes | {names[each] for each in takes if each},
            orthography.fold(row["masdar"].partition("|")[0]).text,
            frozenset(orthography.fold(each).text for each in takes if each and names[each] == "preposition"),
        )
        if not cue.lemma or not cue.gloss_en:
            raise row.error("lemma and gloss_en must not be empty")
        if found.setdefault(cue.lemma, cue) is not cue:
            raise row.error(f"lemma {cue.lemma!r} is listed above already; keep one of the two")
    return found


FORM_COLUMNS = ("lemma", "form", "part", "agreement")


def forms(path: Path | None = None) -> list[tuple[str, str, str, str]]:
    """The forms of every cue of `cues.csv`, made by rule (see `morphology`): lemma, form, part, agreement.

    Left out are the forms of `skip`, which are mostly other words: all forms of a participle or a verbal noun whose
    first form is skipped. `isnad forms` writes them to `cue_forms.csv`, to be read and compared.
    """
    found: list[tuple[str, str, str, str]] = []
    for row in csv_rows.read(path or paths.lexicon("cues.csv"), CUE_COLUMNS):
        if row["pos"] != "verb":
            found += [(row["lemma"], form, row["pos"], "") for form in row["forms"].split("|")]
            continue
        skip = {orthography.fold(form).text for form in row["skip"].split("|")}
        parts = morphology.Parts(row["lemma"], row["imperfect"], row["participle"], row["masdar"], row["passive"])
        first = {part: row[part].partition("|")[0] for part in ("participle", "masdar")}
        whole = {part for part, form in first.items() if form and orthography.fold(form).text in skip}
        for form, part, agreement in dict.fromkeys(morphology.forms(parts)):
            if part not in whole and orthography.fold(form).text not in skip:
                found.append((row["lemma"], form, part, agreement))
    return found


def check_forms() -> None:
    """Compare `cue_forms.csv` with what the rules make of `cues.csv`. Raises InputError when the two differ."""
    path = paths.lexicon("cue_forms.csv")
    stored = [tuple(row[column] for column in FORM_COLUMNS) for row in csv_rows.read(path, FORM_COLUMNS)]
    if stored != forms():
        raise InputError(
            f"{path}: not the forms that the rules make of cues.csv; run `isnad forms` and read the change"
        )
