"""Tables of a reading, as pandas DataFrames: its records, counts, dispersion, co-occurrence.

Tables are sorted by what they show, and ties by id, so that the order of a stored table never changes. Actors have
their Arabic and English names next to the id.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from typing import Any

import pandas as pd
from msgspec import Struct

from helpers.extraction.times import Time
from helpers.records import fields
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.messages import Message, Name, Value, message, to_json
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import orthography
from helpers.text.articles import Span

STRETCHES = 40  # most columns of a table over the paragraphs of an article
WHO = ["actor_id", "name_ar", "name_en", "found_by"]  # columns of every table of actors
PERHAPS = ("name_ar", "name_en", "type", "mentions", "forms", "score", "why")
VOICES = ("speaks", "ascribed", "spoken_for", "spoken_about", "in_outlets_voice")


def sentences(reading: Reading) -> pd.DataFrame:
    """One row per sentence: sentence, paragraph, start, end, words, text."""
    text = reading.article.text
    found = [
        (s.number, s.paragraph, s.start, s.end, len(orthography.words(text[s.start : s.end])), text[s.start : s.end])
        for s in reading.article.sentences
    ]
    return pd.DataFrame(found, columns=["sentence", "paragraph", "start", "end", "words", "text"])


def oddities(reading: Reading) -> pd.DataFrame:
    """One row per irregularity of the text as received: paragraph, start, end, exact, kind, note."""
    found = [(o.paragraph, o.span.start, o.span.end, o.span.exact, o.kind, o.note) for o in reading.oddities]
    return pd.DataFrame(found, columns=["paragraph", "start", "end", "exact", "kind", "note"])


def _table(records: Sequence[Struct], record: type[Struct], **other: Callable[[Any], object]) -> pd.DataFrame:
    """One row per record: spans as printed, ids joined by spaces, None as an empty text.

    other    by column, a function from a record to its value, for columns that are not its fields or differ from them
    """
    names, values = fields.names(record, Written.TABLE), fields.values(record, Written.TABLE)
    rows = [
        dict(zip(names, map(_cell, values(each)), strict=True)) | {name: of(each) for name, of in other.items()}
        for each in records
    ]
    return pd.DataFrame(rows, columns=list(dict.fromkeys((*names, *other))))


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return (" … " if value and isinstance(value[0], Span) else " ").join(str(_cell(each)) for each in value)
    return "" if value is None else value.exact if isinstance(value, Span) else value


def mentions(reading: Reading) -> pd.DataFrame:
    """One row per mention, in the order of the text: place, actor, offsets, `exact`, `via`, `made_by`, `found_by`, `score`."""
    actors = reading.actors.by_id
    table = _table(
        reading.mentions,
        Mention,
        name_ar=lambda mention: actors[mention.actor_id].name_ar,
        name_en=lambda mention: actors[mention.actor_id].name_en,
        score=lambda mention: _two_places(mention.score),
    )
    return _moved(table, 4, "name_ar", "name_en")


def perhaps(reading: Reading) -> pd.DataFrame:
    """One row per possible actor, the highest score first: name_ar, name_en, type, mentions, forms, score, why.

    These are in no other table.
    """
    found = sorted(reading.perhaps_named, key=lambda one: -(one.score or 0))
    rows = [
        (
            one.name_ar,
            one.name_en,
            one.type,
            one.mentions,
            " · ".join(one.forms),
            _two_places(one.score),
            ", ".join(one.why),
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=list(PERHAPS))


def _two_places(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def claims(reading: Reading) -> pd.DataFrame:
    """One row per claim, asserted or not, in order: kind, source, cue and content as texts, chain, modality, gloss, grade.

    Claims of the machine have its rule and confidence instead of a grade.
    """
    table = _table(
        reading.claims,
        Claim,
        confidence=lambda claim: _two_places(claim.confidence),
    )
    return _moved(table, 4, "source_id")


def sources(reading: Reading) -> pd.DataFrame:
    """One row per source, most claims first: who it is, its justification, its number of asserted claims, its grade
    with the reason."""
    said = Counter(claim.source_id for claim in reading.asserted)
    table = _table(
        reading.listed,
        Source,
        claims=lambda source: said[source.source_id],
    )
    table = _moved(table, 4, "claims", "justification")
    table = table.rename(columns={"actor_ids": "actors", "affiliation_ids": "speaks_for"})
    return table.sort_values(["claims", "source_id"], ascending=[False, True], ignore_index=True)


def _moved(table: pd.DataFrame, at: int, *columns: str) -> pd.DataFrame:
    """The table with these columns moved to position `at`."""
    others = [name for name in table.columns if name not in columns]
    return table[[*others[:at], *columns, *others[at:]]]


def times(found: Sequence[Time]) -> pd.DataFrame:
    """One row per time expression: paragraph, start, end, exact, kind, earliest, latest (ISO or empty), basis."""
    rows_ = [
        (t.paragraph, t.span.start, t.span.end, t.span.exact, t.kind, *_days(t.earliest, t.latest), t.basis)
        for t in found
    ]
    table = pd.DataFrame(rows_, columns=["paragraph", "start", "end", "exact", "kind", "earliest", "latest", "basis"])
    return worded(table, basis=[(t.basis, t.why) for t in found])


def worded(table: pd.DataFrame, **columns: Iterable[tuple[str, Value]]) -> pd.DataFrame:
    """The table with messages for its English cells, so that they can be shown in another language (`attrs["messages"]`).

    columns    per column, (cell, message) of all cells; sorting and selecting rows keeps them. A cell that stands for
               two different messages has none.
    """
    for name, cells in columns.items():
        said: dict[str, list[Value]] = {}
        for cell, value in cells:
            if value not in said.setdefault(cell, []):
                said[cell].append(value)
        one = {cell: to_json(values[0]) for cell, values in said.items() if len(values) == 1}
        table.attrs["messages"] = {**table.attrs.get("messages", {}), name: one}
    return table


def _days(*days: date | None) -> list[str]:
    return [day.isoformat() if day else "" for day in days]


def _undated(time: Span | None) -> tuple[str, Message]:
    if time is None:
        return "the text gives no date", message("time.undated")
    return "its wording could not be read as a time", message("time.unread")


def _who(reading: Reading, claim: Claim) -> tuple[str, Value]:
    """The source of a claim: in English, if known, and as a message."""
    if source := reading.source_of(claim):
        return source.name_en or source.name, Name(source.name_en or "", source.name)
    if claim.attributed:
        return "speaker not identified", message("basis.not_identified")
    by_people = reading.claims_from == "people"
    return "the outlet's own voice" if by_people else "no source found by machine", message("basis.outlet")


def events(reading: Reading, found: Sequence[Time]) -> pd.DataFrame:
    """One row per event that an asserted claim reports, dated ones first, sorted by latest and earliest day.

    The days and their basis are those of its time expression.

    found     time expressions, as returned by `times.find`.
    Returns   event_id, label_ar, label_en, exact (the time expression), earliest, latest (ISO, empty where the text
              gives no bound), basis, claims, sources (in English), note.
    """
    by_span = {(t.span.start, t.span.end): t for t in found}
    who = {claim.claim_id: _who(reading, claim) for claim in reading.asserted}
    rows_ = []
    bases: list[tuple[str, Value]] = [(t.basis, t.why) for t in found]
    speakers: list[tuple[str, Value]] = []
    for event in reading.events:
        time = by_span.get((event.time.start, event.time.end)) if event.time else None
        days = _days(time.earliest, time.latest) if time else ["", ""]
        ids = [claim_id for claim_id in event.claim_ids if claim_id in who]
        if not ids:
            continue
        said = {who[claim_id][0]: who[claim_id][1] for claim_id in sorted(ids, key=lambda one: who[one][0])}
        undated, why = _undated(event.time)
        bases += [] if time else [(undated, why)]
        names = ", ".join(said)
        speakers.append((names, tuple(said.values())))
        exact, basis = event.time.exact if event.time else "", time.basis if time else undated
        names_and_note = (" ".join(ids), names, event.note)
        rows_.append((event.event_id, event.label_ar, event.label_en, exact, *days, basis, *names_and_note))
    columns = ["event_id", "label_ar", "label_en", "exact", "earliest", "latest", "basis", "claims", "sources", "note"]
    table = pd.DataFrame(rows_, columns=columns)
    order = table.assign(undated=table["latest"] == "", open=table["earliest"] == "")
    kept = order.sort_values(["undated", "open", "latest", "earliest", "event_id"], ignore_index=True)
    return worded(kept.drop(columns=["undated", "open"]), basis=bases, sources=speakers)


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Count mentions per actor, most named first.

    table     one row per mention, as returned by `mentions`.
    Returns   actor_id, name_ar, name_en, found_by, `names` (found by name), `descriptions` (resolved by people),
              `mentions` (their sum, never 0), `share` of all mentions (0..1).
    """
    by_actor = table.groupby(WHO)["via"]
    counted = by_actor.agg(
        names=lambda via: int((via != "description").sum()), descriptions=lambda via: int((via == "description").sum())
    ).reset_index()
    counted[["names", "descriptions"]] = counted[["names", "descriptions"]].astype("int64")
    counted["mentions"] = counted["names"] + counted["descriptions"]
    counted["share"] = (counted["mentions"] / max(len(table), 1)).round(3)
    return counted.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)


def spellings(table: pd.DataFrame) -> pd.DataFrame:
    """The number of mentions of each actor by spelling: actor_id, exact, via, mentions; most named actor first."""
    counted = table.groupby(["actor_id", "exact", "via"]).size().rename("mentions").reset_index()
    total = counted.groupby("actor_id")["mentions"].transform("sum")
    ordered = counted.assign(total=total).sort_values(
        ["total", "actor_id", "mentions", "exact"], ascending=[False, True, False, True], ignore_index=True
    )
    return ordered.drop(columns="total")


def dispersion(table: pd.DataFrame, paragraphs: int) -> pd.DataFrame:
    """Mentions of each actor in each paragraph: one row per actor (most named first), one column per paragraph, 1 to N.

    With more than 40 paragraphs, each column stands for several of them, such as 1–52.
    """
    order = counts(table)["actor_id"]
    wide = -(-paragraphs // STRETCHES)
    starts = range(1, paragraphs + 1, wide)
    crossed = pd.crosstab(table["actor_id"], (table["paragraph"] - 1) // wide * wide + 1)
    crossed = crossed.reindex(index=order, columns=starts, fill_value=0).rename_axis(columns="paragraph")
    return crossed if wide == 1 else crossed.rename(columns=lambda at: f"{at}–{min(at + wide - 1, paragraphs)}")


def together(table: pd.DataFrame, at_least: int = 2) -> pd.DataFrame:
    """The number of sentences in which two actors are named together: a symmetric matrix, most named actor first.

    The diagonal has the number of sentences that name the actor.

    at_least   leave out actors that are named in fewer sentences
    """
    named = table[["sentence", "actor_id"]].drop_duplicates()
    often = named["actor_id"].value_counts()
    order = [actor for actor in counts(table)["actor_id"] if often[actor] >= at_least]
    pairs: Counter[tuple[str, str]] = Counter()
    for _, ids in named.groupby("sentence")["actor_id"]:
        pairs.update(product(ids, repeat=2))
    cells = [[pairs[a, b] for b in order] for a in order]
    named_both = (pd.Index(order, name="actor_id") for _ in range(2))
    return pd.DataFrame(cells, *named_both, dtype="int64")


def voices(reading: Reading) -> pd.DataFrame:
    """Who speaks, and who is spoken about: one row per actor that does either, most heard first, then most spoken about.

    Returns   actor_id, name_ar, name_en, found_by, `speaks` (claims of which it is the source and that report a
              statement), `ascribed` (views and acts ascribed to it: `Claim.reported` is False), `spoken_for` (claims
              whose source speaks for it: an official, a professor), `spoken_about` (attributed claims of others whose
              content names it), `in_outlets_voice` (unattributed claims that name it).
    """
    tally: dict[str, list[int]] = {}
    for claim in reading.asserted:
        source = reading.source_of(claim)
        own = source.actor_ids if source else ()
        if source:
            for actor in own:
                tally.setdefault(actor, [0] * 5)[0 if claim.reported else 1] += 1
            for actor in source.affiliation_ids:
                tally.setdefault(actor, [0] * 5)[2] += 1
        for actor in claim.about:
            if actor not in own:
                tally.setdefault(actor, [0] * 5)[3 if claim.attributed else 4] += 1
    named = reading.actors.by_id
    rows = [(a, named[a].name_ar, named[a].name_en, named[a].found_by, *n) for a, n in tally.items()]
    table = pd.DataFrame(rows, columns=[*WHO, *VOICES])
    heard = table.assign(heard=table["speaks"] + table["ascribed"] + table["spoken_for"])
    ordered = heard.sort_values(
        ["heard", "spoken_about", "in_outlets_voice", "actor_id"], ascending=[False, False, False, True]
    )
    return ordered.drop(columns="heard").reset_index(drop=True)
