"""What we know before reading: the CSV lexicons, read, checked, and compiled for look-up.

An error names file and row. Two spellings are one when they fold alike (see `orthography.fold`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import countries, morphology, organisations
from helpers.lexicon.aliases import Alias, Beginnings, Entries
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
    "near",
    "source",
)
ACTOR_ROWS = 20_000  # of a lexicon of actors
PAIRS = 100_000  # pairs of words of which it is remembered what can begin there: a corpus has no end of them
SAME_BEGINNING = 500  # spellings that begin with one word: each is tried wherever it stands
ALL = "*"  # in `near`: every form of the verb
CUE_POS = ("verb", "noun", "particle", "phrase", "punctuation")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom articles name: a group, a state or several, a person, an institution.

    found_by   one of FOUND_BY: the project's lexicons have it, the user's own lexicon, or a machine found it in the article
               itself, where its id holds in that article alone and its English name is marked as romanised
    organ_of   the state that speaks when this organ of it does: a ministry, an army, a parliament; empty for others
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
    organ_of: str = ""


@dataclass(frozen=True)
class Actors:
    """The actors by id, and what may begin at each word."""

    by_id: dict[str, Actor]
    begin: Beginnings
    _pairs: dict[tuple[str, str], Entries] = field(default_factory=dict, repr=False, compare=False)

    def candidates(self, first: str, following: str) -> Entries:
        """What may begin at a word that something begins with, by the word after it; longest alias first."""
        found = self._pairs.get((first, following))
        if found is None:
            found = tuple(each for each in self.begin[first] if not each[1].rest or each[1].rest[0] == following)
            if len(self._pairs) < PAIRS:
                self._pairs[first, following] = found
        return found

    def known(self, actor_id: str, row: csv_rows.Row) -> str:
        """The id when the lexicon has it; else the row's InputError."""
        if actor_id not in self.by_id:
            raise row.error(f"actor {actor_id!r} is not in data/lexicon/actors.csv; add it there or fix the id")
        return actor_id


class Cue(Struct, frozen=True, gc=False):
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


class _Spelling(NamedTuple):
    """A spelling as a row of a lexicon has it; of `actor` None where it names nobody."""

    row: csv_rows.Row
    actor: Actor | None
    written: str
    via: str
    enclosed: bool = False


def actors(path: Path | None = None) -> Actors:
    """Compile the actors: those of `actors.csv`, all countries, the world's organisations, then the user's own.

    The files are `actors.csv`, `countries.csv`, `organisations.csv` and `paths.own_actors`; a spelling that stands in two
    of them is of the first.

    path      read and compile this file alone
    Raises    InputError for a spelling given to two actors of one file, an actor described in two ways.
    """
    own = None if path else paths.own_actors()
    if own and own.exists() and not own.is_file():
        raise InputError(f"{own}: not a file; name a lexicon of your own with ISNAD_ACTORS, or unset it")
    found = _spellings(path or paths.lexicon("actors.csv"))
    if not path:
        found += _spellings(paths.lexicon("countries.csv"))
        states = {each.actor.actor_id for each in found if each.actor and each.actor.type == "state"}
        found += _of_organisations(paths.lexicon("organisations.csv"), states)
    if own and own.is_file():
        found += _spellings(own, "own")
    by_id: dict[str, Actor] = {}
    owner: dict[tuple[str, ...], _Spelling] = {}
    begins: dict[tuple[str, bool], list[Alias]] = {}  # by their first word as written, and whether it is a demonym
    keys = orthography.fold("\n".join(each.written.replace("\n", " ") for each in found)).text.split("\n")
    for each, key in zip(found, keys, strict=True):
        row, actor = each.row, each.actor
        words = orthography.WORD.findall(key)
        if not words:
            raise row.error(f"alias {each.written!r} has no word")
        other = owner.setdefault(tuple(words), each)
        if other.row.path is not row.path:
            continue
        if other is not each:
            whose = f"alias of {other.row['actor_id']} in row {other.row.number}"
            raise row.error(f"{each.written!r} is already an {whose}; keep one of the two")
        known = by_id.setdefault(actor.actor_id, actor) if actor else None
        if actor and known is not actor and known and _described(actor) != _described(known):
            raise row.error(f"{actor.actor_id} has another type or name above; write the same in each of its rows")
        alias = Alias(actor.actor_id if actor else "", each.written, each.via, words[1:], each.enclosed)
        if len(key) == len(each.written):  # folding took nothing out: the word stands where it stands folded
            start = key.index(words[0])
            end = start + len(words[0])
        else:
            start, end = orthography.words(each.written)[0]
        first = each.written[start:end]  # as written: ألمانيا has no article
        beginning = begins.setdefault((first, each.via == "demonym" and len(words) == 1), [])
        beginning.append(alias)
        if len(beginning) > SAME_BEGINNING:
            raise row.error(f"over {SAME_BEGINNING} spellings begin with the same word; keep those that articles use")
    return Actors(by_id, Beginnings(begins))


def _described(actor: Actor) -> tuple[str, str, str]:
    """What the rows of one actor must have in common."""
    return actor.type, actor.name_ar, actor.name_en


def _spellings(path: Path, found_by: str = "lexicon") -> list[_Spelling]:
    """The spellings of a lexicon that has one in a row."""
    rows = csv_rows.read(path, ACTOR_COLUMNS)
    if len(rows) > ACTOR_ROWS:
        raise InputError(f"{path}: over {ACTOR_ROWS:,} rows; remove the actors that your articles do not name")
    return [_Spelling(row, _actor(row, found_by), row["alias"], row.one_of("via", ALIAS_VIA)) for row in rows]


def _of_organisations(path: Path, states: set[str]) -> list[_Spelling]:
    """The spellings of `organisations.csv`, which has a row for each body. Its country is one of the states, or empty."""
    found = []
    for row in organisations.rows(path):
        if row["country"] and row["country"] not in states:
            raise row.error(f"country is {row['country']!r}; write the actor_id of a state, or leave it empty")
        actor = _actor(row)
        if row["body"] in organisations.STATE_ORGANS:
            actor = replace(actor, organ_of=row["country"])
        found += [
            _Spelling(row, actor if via else None, spelling, via, not spelling[:1].isalnum())
            for spelling, via in organisations.spellings(row)
        ]
    return found


REJECTED_COLUMNS = ("name", "source")


def rejected() -> frozenset[tuple[str, ...]]:
    """The names that the user says are nobody's (`paths.rejected_names`), as folded words. Raises InputError."""
    path = paths.rejected_names()
    rows = csv_rows.read(path, REJECTED_COLUMNS) if path and path.is_file() else []
    return frozenset(words for row in rows if (words := countries.key(row["name"])))


def _actor(row: csv_rows.Row, found_by: str = "lexicon") -> Actor:
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


class Rule(Struct, frozen=True, gc=False):
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
    first form is skipped. Those of `near` are marked. `isnad forms` writes them to `cue_forms.csv`, to be read and compared.
    """
    found: list[tuple[str, str, str, str]] = []
    for row in csv_rows.read(path or paths.lexicon("cues.csv"), CUE_COLUMNS):
        if row["pos"] not in ("verb", "noun"):
            found += [(row["lemma"], form, row["pos"], "") for form in row["forms"].split("|")]
            continue
        skip, near = ({orthography.fold(form).text for form in row[column].split("|")} for column in ("skip", "near"))
        first = {part: row[part].partition("|")[0] for part in ("participle", "masdar")}
        whole, marked = (
            {part for part, form in first.items() if form and orthography.fold(form).text in some}
            for some in (skip, near)
        )
        for form, part, agreement in dict.fromkeys(_made(row)):
            folded = orthography.fold(form).text
            if part not in whole and folded not in skip:
                mark = morphology.NEAR if part in marked or folded in near or row["near"] == ALL else ""
                found.append((row["lemma"], form, part, agreement + mark))
    return found


def _made(row: csv_rows.Row) -> Iterator[tuple[str, str, str]]:
    """The forms of a verb, or of a noun that reports, by the rules."""
    if row["pos"] == "noun":
        several = [each + accusative for each in row["masdar"].split("|") for accusative in ("", "ا")]
        return morphology.nouns("|".join(each for each in several if not each.endswith(("ةا", "اتا"))))
    return morphology.forms(
        morphology.Parts(row["lemma"], row["imperfect"], row["participle"], row["masdar"], row["passive"])
    )


def check_forms() -> None:
    """Compare `cue_forms.csv` with what the rules make of `cues.csv`. Raises InputError when the two differ."""
    path = paths.lexicon("cue_forms.csv")
    stored = [tuple(row[column] for column in FORM_COLUMNS) for row in csv_rows.read(path, FORM_COLUMNS)]
    if stored != forms():
        raise InputError(
            f"{path}: not the forms that the rules make of cues.csv; run `isnad forms` and read the change"
        )
