"""Counts, shares and chains: the records of a reading in, pandas DataFrames out.

Tables are ordered by what they show, ties by id, so that a stored table never reorders. Actors come with their Arabic
and English names beside the id.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product

import pandas as pd

from helpers.extraction.times import Time
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.text import orthography
from helpers.text.articles import Span

STRETCHES = 40  # columns of a table over the article
MENTIONS = [
    "mention_id",
    "paragraph",
    "sentence",
    "actor_id",
    "name_ar",
    "name_en",
    "start",
    "end",
    "exact",
    "via",
    "made_by",
]
CLAIMS = [
    "claim_id",
    "paragraph",
    "kind",
    "act",
    "source_id",
    "source",
    "source_via",
    "cue",
    "content",
    "about",
    "within",
    "gloss_en",
    "credibility",
    "rationale",
    "made_by",
    "rule",
    "confidence",
]
SOURCES = [
    "source_id",
    "name",
    "name_en",
    "kind",
    "claims",
    "justification",
    "actors",
    "speaks_for",
    "reliability",
    "rationale",
    "outside_note",
    "made_by",
    "rule",
]
VOICES = ("speaks", "ascribed", "spoken_for", "spoken_about", "in_outlets_voice")


def sentences(reading: Reading) -> pd.DataFrame:
    """One row a sentence: sentence, paragraph, start, end, words, text."""
    text = reading.article.text
    found = [
        (s.number, s.paragraph, s.start, s.end, len(orthography.words(text[s.start : s.end])), text[s.start : s.end])
        for s in reading.article.sentences
    ]
    return pd.DataFrame(found, columns=["sentence", "paragraph", "start", "end", "words", "text"])


def oddities(reading: Reading) -> pd.DataFrame:
    """One row for each thing that is odd in the text as received: paragraph, start, end, exact, kind, note."""
    found = [(o.paragraph, o.span.start, o.span.end, o.span.exact, o.kind, o.note) for o in reading.oddities]
    return pd.DataFrame(found, columns=["paragraph", "start", "end", "exact", "kind", "note"])


def mentions(reading: Reading) -> pd.DataFrame:
    """One row a mention, in the order of the text: place, actor, offsets, `exact`, `via`, `made_by`."""
    found = [
        (
            m.mention_id,
            m.paragraph,
            m.sentence,
            m.actor_id,
            reading.actors.by_id[m.actor_id].name_ar,
            reading.actors.by_id[m.actor_id].name_en,
            m.span.start,
            m.span.end,
            m.span.exact,
            m.via,
            m.made_by,
        )
        for m in reading.mentions
    ]
    return pd.DataFrame(found, columns=MENTIONS)


def claims(reading: Reading) -> pd.DataFrame:
    """One row a claim, in order: kind, source, cue, content as texts, chain, gloss, grade; of the machine's, which nobody graded, the rule and its confidence."""
    found = [
        (
            c.claim_id,
            c.paragraph,
            c.kind,
            c.act or "",
            c.source_id or "",
            c.source.exact if c.source else "",
            c.source_via or "",
            c.cue_text,
            c.content_text,
            " ".join(c.about),
            c.within or "",
            c.gloss_en or "",
            c.credibility if c.made_by == "people" else "",
            c.rationale,
            c.made_by,
            c.rule or "",
            "" if c.confidence is None else f"{c.confidence:.2f}",
        )
        for c in reading.claims
    ]
    return pd.DataFrame(found, columns=CLAIMS)


def sources(reading: Reading) -> pd.DataFrame:
    """One row a source, most claims first: who it is, why it should know, how many claims, its grade with the reason."""
    said = pd.Series([c.source_id for c in reading.claims if c.source_id], dtype="str").value_counts()
    found = [
        (
            s.source_id,
            s.name,
            s.name_en or "",
            s.kind,
            int(said.get(s.source_id, 0)),
            s.justification.exact if s.justification else "",
            " ".join(s.actor_ids),
            " ".join(s.affiliation_ids),
            s.reliability if s.made_by == "people" else "",
            s.rationale,
            s.outside_note,
            s.made_by,
            s.rule or "",
        )
        for s in reading.sources
    ]
    table = pd.DataFrame(found, columns=SOURCES)
    return table.sort_values(["claims", "source_id"], ascending=[False, True], ignore_index=True)


def times(found: Sequence[Time]) -> pd.DataFrame:
    """One row a time expression: paragraph, start, end, exact, kind, earliest, latest (ISO or empty), basis."""
    rows_ = [
        (t.paragraph, t.span.start, t.span.end, t.span.exact, t.kind, *_days(t.earliest, t.latest), t.basis)
        for t in found
    ]
    return pd.DataFrame(rows_, columns=["paragraph", "start", "end", "exact", "kind", "earliest", "latest", "basis"])


def _days(*days: date | None) -> list[str]:
    return [day.isoformat() if day else "" for day in days]


def _undated(time: Span | None) -> str:
    return "the text gives no date" if time is None else "its words are not read as a time"


def _who(reading: Reading, claim: Claim) -> str:
    """Who says a claim, in English where that is known."""
    if source := reading.source_of(claim):
        return source.name_en or source.name
    return "speaker not identified" if claim.attributed else "the outlet's own voice"


def events(reading: Reading, found: Sequence[Time]) -> pd.DataFrame:
    """One row an event, dated ones first, by their latest and earliest day; the days and their basis are those of its
    time expression.

    found     as `times.find` gives them.
    Returns   event_id, label_ar, label_en, exact (the time expression), earliest, latest (ISO, empty where the text
              gives no bound), basis, claims, sources (in English), note.
    """
    by_span = {(t.span.start, t.span.end): t for t in found}
    who = {claim.claim_id: _who(reading, claim) for claim in reading.claims}
    rows_ = []
    for event in reading.events:
        time = by_span.get((event.time.start, event.time.end)) if event.time else None
        days = _days(time.earliest, time.latest) if time else ["", ""]
        names = sorted({who[claim_id] for claim_id in event.claim_ids})
        exact, basis = event.time.exact if event.time else "", time.basis if time else _undated(event.time)
        told = (" ".join(event.claim_ids), ", ".join(names), event.note)
        rows_.append((event.event_id, event.label_ar, event.label_en, exact, *days, basis, *told))
    columns = ["event_id", "label_ar", "label_en", "exact", "earliest", "latest", "basis", "claims", "sources", "note"]
    table = pd.DataFrame(rows_, columns=columns)
    order = table.assign(undated=table["latest"] == "", open=table["earliest"] == "")
    kept = order.sort_values(["undated", "open", "latest", "earliest", "event_id"], ignore_index=True)
    return kept.drop(columns=["undated", "open"])


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Count mentions per actor, most named first.

    table     one row a mention, as `mentions` gives it.
    Returns   actor_id, name_ar, name_en, `names` (found by name), `descriptions` (resolved by people), `mentions`
              (their sum, never 0), `share` of all mentions (0..1).
    """
    by_actor = table.groupby(["actor_id", "name_ar", "name_en"])["via"]
    counted = by_actor.agg(
        names=lambda via: int((via != "description").sum()), descriptions=lambda via: int((via == "description").sum())
    ).reset_index()
    counted[["names", "descriptions"]] = counted[["names", "descriptions"]].astype("int64")
    counted["mentions"] = counted["names"] + counted["descriptions"]
    counted["share"] = (counted["mentions"] / max(len(table), 1)).round(3)
    return counted.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)


def spellings(table: pd.DataFrame) -> pd.DataFrame:
    """How often each actor is named in which words: actor_id, exact, via, mentions; most named actor first."""
    counted = table.groupby(["actor_id", "exact", "via"]).size().rename("mentions").reset_index()
    total = counted.groupby("actor_id")["mentions"].transform("sum")
    ordered = counted.assign(total=total).sort_values(
        ["total", "actor_id", "mentions", "exact"], ascending=[False, True, False, True], ignore_index=True
    )
    return ordered.drop(columns="total")


def dispersion(table: pd.DataFrame, paragraphs: int) -> pd.DataFrame:
    """Mentions of each actor in each paragraph: one row an actor (most named first), one column a paragraph, 1 to N.

    Of more than 40 paragraphs each column is a stretch of them, such as 1–52.
    """
    order = counts(table)["actor_id"]
    wide = -(-paragraphs // STRETCHES)
    starts = range(1, paragraphs + 1, wide)
    crossed = pd.crosstab(table["actor_id"], (table["paragraph"] - 1) // wide * wide + 1)
    crossed = crossed.reindex(index=order, columns=starts, fill_value=0)
    return crossed if wide == 1 else crossed.rename(columns=lambda at: f"{at}–{min(at + wide - 1, paragraphs)}")


def together(table: pd.DataFrame, at_least: int = 2) -> pd.DataFrame:
    """In how many sentences two actors are named together: a symmetric matrix, most named actor first.

    at_least   leave out actors that stand in fewer sentences. The diagonal counts the sentences that name the actor.
    """
    named = table[["sentence", "actor_id"]].drop_duplicates()
    often = named["actor_id"].value_counts()
    order = [actor for actor in counts(table)["actor_id"] if often[actor] >= at_least]
    pairs = Counter()
    for _, ids in named.groupby("sentence")["actor_id"]:
        pairs.update(product(ids, repeat=2))
    cells = [[pairs[a, b] for b in order] for a in order]
    return pd.DataFrame(cells, index=pd.Index(order, name="actor_id"), columns=order, dtype="int64")


def voices(reading: Reading) -> pd.DataFrame:
    """Who speaks, and who is spoken about: one row an actor that does either.

    Returns   actor_id, name_ar, name_en, `speaks` (claims whose source it is and that report a statement), `ascribed`
              (views and acts that are ascribed to it: `Claim.reported`), `spoken_for` (claims whose source belongs to it:
              an official, a professor), `spoken_about` (attributed claims of others whose content names
              it), `in_outlets_voice` (unattributed claims that name it); most heard first, then most spoken about.
    """
    tally: dict[str, list[int]] = {}
    for claim in reading.claims:
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
    columns = ["actor_id", "name_ar", "name_en", *VOICES]
    table = pd.DataFrame([(a, named[a].name_ar, named[a].name_en, *n) for a, n in tally.items()], columns=columns)
    heard = table.assign(heard=table["speaks"] + table["ascribed"] + table["spoken_for"])
    ordered = heard.sort_values(
        ["heard", "spoken_about", "in_outlets_voice", "actor_id"], ascending=[False, False, False, True]
    )
    return ordered.drop(columns="heard").reset_index(drop=True)
