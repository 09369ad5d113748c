"""Reads and checks the CSV lexicons of actors, cues and grades, and compiles them for look-up.

An error names file and row. Two spellings are the same when they fold to the same text (see `orthography.fold`).
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
ORDINARY_COLUMN = "ordinary"  # of `actors.csv`; other lexicons of actors may omit it
ORDINARY = ("", "often", "rarely")
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
ACTOR_ROWS = 20_000  # most rows of a lexicon of actors
PAIRS = 100_000  # pairs of words in the cache before it is emptied: a corpus has no limit
SAME_BEGINNING = 500  # most spellings that begin with the same word: all are tried wherever the word occurs
ALL = "*"  # in the column `near`: every form of the verb
CUE_POS = ("verb", "noun", "particle", "phrase", "punctuation")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor in articles: a person, a group, an institution, or one or more states.

    found_by   one of FOUND_BY: in the project's lexicons, in the user's own lexicon, or found by machine in the
               article. The id of one found by machine is valid in that article only, and its English name is marked as
               romanised
    organ_of   for an organ of a state (a ministry, an army, a parliament), the state for which it speaks; else empty
    body       what kind of organisation it is (`organisations.BODIES`); empty if its lexicon does not say
    score, why, joined   of an actor found by machine: confidence, 0 to 1; the evidence for it; why the forms of its
               name were taken for one actor
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
    body: str = ""


@dataclass(frozen=True)
class Actors:
    """The actors by id, and their spellings by first word.

    ordinary   the ids of actors with a spelling that is also an ordinary word
    """

    by_id: dict[str, Actor]
    begin: Beginnings
    ordinary: frozenset[str] = frozenset()
    _pairs: dict[tuple[str, str], Entries] = field(default_factory=dict, repr=False, compare=False)

    def candidates(self, first: str, following: str) -> Entries:
        """The aliases that can begin with `first` when `following` comes after it, longest alias first."""
        found = self._pairs.get((first, following))
        if found is None:
            found = tuple(each for each in self.begin[first] if not each[1].rest or each[1].rest[0] == following)
            if len(self._pairs) < PAIRS:
                self._pairs[first, following] = found
        return found

    def known(self, actor_id: str, row: csv_rows.Row) -> str:
        """`actor_id`, if it is in the lexicon. Raises the row's InputError otherwise."""
        if actor_id not in self.by_id:
            raise row.error(f"actor {actor_id!r} is not in data/lexicon/actors.csv; add it there or fix the id")
        return actor_id


class Cue(Struct, frozen=True, gc=False):
    """A reporting cue by its lemma: the kind of act that it reports, and its stance towards the content.

    `takes` are the constructions in which it takes its content (that, quotation, object, by …), as values of `cues.csv`
    and as their names in `takes.csv`; `prepositions` are the separate words, folded, that can introduce the content.
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
    """A spelling in a row of a lexicon; `actor` is None if it names nobody."""

    row: csv_rows.Row
    actor: Actor | None
    written: str
    via: str
    enclosed: bool = False
    ordinary: str = ""


def actors(path: Path | None = None) -> Actors:
    """Compile the lexicons of actors: the project's, all countries, the world's organisations, and the user's own.

    The files are `actors.csv`, `countries.csv`, `organisations.csv` and `paths.own_actors`, in this order; a spelling
    in two files belongs to the actor in the first.

    path      read and compile only this file
    Raises    InputError for a spelling of two actors in one file, or two different descriptions of one actor.
    """
    own = None if path else paths.own_actors()
    if own and own.exists() and not own.is_file():
        raise InputError(f"{own}: not a file; name your own lexicon with ISNAD_ACTORS, or unset it")
    found = _spellings(path or paths.lexicon("actors.csv"))
    if not path:
        found += _spellings(paths.lexicon("countries.csv"))
        states = {each.actor.actor_id for each in found if each.actor and each.actor.type == "state"}
        found += _of_organisations(paths.lexicon("organisations.csv"), states)
    if own and own.is_file():
        found += _spellings(own, "own")
    by_id: dict[str, Actor] = {}
    owner: dict[tuple[str, ...], _Spelling] = {}
    begins: dict[tuple[str, bool], list[Alias]] = {}  # by first word as written, and whether it is a demonym
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
        alias = Alias(actor.actor_id if actor else "", each.written, each.via, words[1:], each.enclosed, each.ordinary)
        if len(key) == len(each.written):  # folding removed nothing: offsets are the same before and after
            start = key.index(words[0])
            end = start + len(words[0])
        else:
            start, end = orthography.words(each.written)[0]
        first = each.written[start:end]  # as written: ألمانيا has no article
        beginning = begins.setdefault((first, each.via == "demonym" and len(words) == 1), [])
        beginning.append(alias)
        if len(beginning) > SAME_BEGINNING:
            raise row.error(f"over {SAME_BEGINNING} spellings begin with the same word; keep those that articles use")
    ordinary = frozenset(each.actor.actor_id for each in found if each.actor and each.ordinary)
    return Actors(by_id, Beginnings(begins), ordinary)


def _described(actor: Actor) -> tuple[str, str, str]:
    """The values that must be the same in all rows of an actor."""
    return actor.type, actor.name_ar, actor.name_en


def _spellings(path: Path, found_by: str = "lexicon") -> list[_Spelling]:
    """The spellings of a lexicon with one spelling per row."""
    rows = csv_rows.read(path, (*ACTOR_COLUMNS, ORDINARY_COLUMN), optional=(ORDINARY_COLUMN,))
    if len(rows) > ACTOR_ROWS:
        raise InputError(f"{path}: over {ACTOR_ROWS:,} rows; remove the actors that your articles do not name")
    return [
        _Spelling(
            row,
            _actor(row, found_by),
            row["alias"],
            row.one_of("via", ALIAS_VIA),
            ordinary=row.one_of(ORDINARY_COLUMN, ORDINARY),
        )
        for row in rows
    ]


def _of_organisations(path: Path, states: set[str]) -> list[_Spelling]:
    """The spellings of `organisations.csv`, which has one row per organisation. Its country is in `states`, or empty."""
    found = []
    for row in organisations.rows(path):
        if row["country"] and row["country"] not in states:
            raise row.error(f"country is {row['country']!r}; write the actor_id of a state, or leave it empty")
        organ = row["body"] in organisations.STATE_ORGANS
        actor = replace(_actor(row), body=row["body"], organ_of=row["country"] if organ else "")
        found += [
            _Spelling(row, actor if via else None, spelling, via, not spelling[:1].isalnum())
            for spelling, via in organisations.spellings(row)
        ]
    return found


REJECTED_COLUMNS = ("name", "source")


def rejected() -> frozenset[tuple[str, ...]]:
    """The names that the user rejected as actors (`paths.rejected_names`), as folded words. Raises InputError."""
    path = paths.rejected_names()
    rows = csv_rows.read(path, REJECTED_COLUMNS) if path and path.is_file() else []
    return frozenset(words for row in rows if (words := countries.key(row["name"])))


def _actor(row: csv_rows.Row, found_by: str = "lexicon") -> Actor:
    actor = Actor(row["actor_id"], row.one_of("type", ACTOR_TYPES), row["name_ar"], row["name_en"], found_by)
    if not all((actor.actor_id, actor.name_ar, actor.name_en, row["source"])):
        raise row.error("actor_id, name_ar, name_en and source must not be empty")
    return actor


def country_rows() -> list[tuple[str, ...]]:
    """The rows of `countries.csv`, generated by rule (see `countries`). `isnad forms` writes them."""
    return list(
        countries.made(
            {
                countries.key(row["alias"]): row
                for row in csv_rows.read(paths.lexicon("actors.csv"), ACTOR_COLUMNS, True)
            }
        )
    )


class Rule(Struct, frozen=True, gc=False):
    """A rule by which people grade: its name, the grade (`C`, `3`), and to what it applies."""

    rule: str
    grade: str
    text: str


def grades(path: Path | None = None) -> list[Rule]:
    """Read `grades.csv`: the rules for grading, in order."""
    found = csv_rows.read(path or paths.lexicon("grades.csv"), ("rule", "grade", "text"))
    return [Rule(row["rule"], row["grade"], row["text"]) for row in found]


def cues(path: Path | None = None) -> dict[str, Cue]:
    """Read `cues.csv`: the reporting cues by lemma. Raises InputError for a repeated lemma."""
    found: dict[str, Cue] = {}
    names = {row["takes"]: row["name"] for row in csv_rows.read(paths.lexicon("takes.csv"), ("takes", "name", "note"))}
    for row in csv_rows.read(path or paths.lexicon("cues.csv"), CUE_COLUMNS):
        pos, takes = row.one_of("pos", CUE_POS), frozenset(row["takes"].split("|"))
        if unknown := takes - {*names, ""}:
            raise row.error(f"takes has {min(unknown)!r}; write a value of takes.csv, or add it there")
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
    """The forms of every cue of `cues.csv`, generated by rule (see `morphology`): lemma, form, part, agreement.

    Forms in the column `skip`, which are mostly other words, are left out; if the first form of a participle or a
    verbal noun is in it, all of them are. Forms in the column `near` are marked. `isnad forms` writes the result to
    `cue_forms.csv`, where people can read and compare it.
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
    """The forms of a verb or a reporting noun, generated by rule."""
    if row["pos"] == "noun":
        several = [each + accusative for each in row["masdar"].split("|") for accusative in ("", "ا")]
        return morphology.nouns("|".join(each for each in several if not each.endswith(("ةا", "اتا"))))
    return morphology.forms(
        morphology.Parts(row["lemma"], row["imperfect"], row["participle"], row["masdar"], row["passive"])
    )


def check_forms() -> None:
    """Compare `cue_forms.csv` with the forms generated from `cues.csv`. Raises InputError when they differ."""
    path = paths.lexicon("cue_forms.csv")
    stored = [tuple(row[column] for column in FORM_COLUMNS) for row in csv_rows.read(path, FORM_COLUMNS)]
    if stored != forms():
        raise InputError(
            f"{path}: not the forms that the rules make from cues.csv; run `isnad forms` and review the change"
        )
