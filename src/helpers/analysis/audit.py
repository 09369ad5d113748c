"""How well an article is sourced: claims by source, the chain of attribution, which claims to check first.

Functions take a reading and return pandas DataFrames. Grades are listed with their rationales, never averaged or
ranked.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.analysis import headings, shares
from helpers.analysis.frames import WHO
from helpers.files import paths
from helpers.lexicon import entries
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import Source

UNSURE = 0.6  # about half of a machine's claims with a confidence below this were wrong

AGREED, CONTRADICTED = (
    (1, 2, 3),
    (4, 5),
)  # credibility of claims with which another source agrees, of those that the article contradicts
UNJUDGED = ("F", None)  # reliability of a source that cannot be judged, or was not graded


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why a claim should be checked: a key of the interface, the values of its phrase, and a rank (lower comes first)."""

    rank: int
    key: str
    actor_ids: tuple[str, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """A claim to check, with its reasons, the most important first."""

    claim: Claim
    reasons: tuple[Reason, ...]


def attributed(reading: Reading) -> list[Claim]:
    """The asserted claims that the article attributes to somebody."""
    return [claim for claim in reading.asserted if claim.attributed]


def by_source(reading: Reading) -> pd.DataFrame:
    """One row per source, most claims first: numbers of claims by kind and by whether they are reported, stances, words.

    Returns   source_id, name, name_en, named (bool), claims, direct, mixed, indirect, reported, ascribed, stances (as
              «neutral 2»), words (each word of the article counted at its innermost claim).
    """
    words = shares.words_by_claim(reading)["claim_id"].value_counts()
    rows: list[tuple[object, ...]] = []
    for source in reading.speaking:
        made = [claim for claim in reading.claims_of(source) if claim.asserted]
        kinds = [sum(claim.kind == kind for claim in made) for kind in ("direct", "mixed", "indirect")]
        stances = pd.Series([claim.stance for claim in made], dtype="str").value_counts()
        rows.append(
            (
                source.source_id,
                source.name,
                source.name_en or "",
                source.named,
                len(made),
                *kinds,
                sum(claim.reported for claim in made),
                sum(not claim.reported for claim in made),
                ", ".join(f"{stance} {n}" for stance, n in sorted(stances.items())),
                int(sum(words.get(claim.claim_id, 0) for claim in made)),
            )
        )
    columns = ["source_id", "name", "name_en", "named", "claims", "direct", "mixed", "indirect"]
    table = pd.DataFrame(rows, columns=[*columns, "reported", "ascribed", "stances", "words"])
    return table.sort_values(["claims", "words", "source_id"], ascending=[False, False, True], ignore_index=True)


def by_form(reading: Reading) -> pd.DataFrame:
    """Attributed claims by kind, act, cue form and stance, in the columns attribute, value, claims, words.

    The rows of each attribute cover all attributed claims. The cue form is «none» if people marked no cue.
    """
    words = shares.words_by_claim(reading)["claim_id"].value_counts()
    rows = []
    for attribute in ("kind", "act", "cue_form", "stance"):
        values = pd.Series({c.claim_id: getattr(c, attribute) or "none" for c in attributed(reading)}, dtype="str")
        for value, claims in values.value_counts().sort_index().items():
            inside = int(sum(words.get(claim_id, 0) for claim_id in values.index[values == value]))
            rows.append((attribute, value, int(claims), inside))
    return pd.DataFrame(rows, columns=["attribute", "value", "claims", "words"])


def chain(reading: Reading) -> pd.DataFrame:
    """The chain of attribution as edges, in the order of the text: from, to, relation.

    relation    `says` (source → claim), `relays` (outer claim → the source of the claim within it), `about`
                (claim → actor). Sources, claims and actors are distinguished by the prefixes `source:`, `claim:`, `actor:`.
    """
    edges, made = [], {claim.claim_id for claim in attributed(reading)}
    for claim in attributed(reading):
        node = f"claim:{claim.claim_id}"
        source = f"source:{claim.source_id}" if claim.source_id else "source:not_identified"
        if claim.within in made:
            edges.append((f"claim:{claim.within}", source, "relays"))
        edges.append((source, node, "says"))
        edges += [(node, f"actor:{actor}", "about") for actor in claim.about]
    return pd.DataFrame(edges, columns=["from", "to", "relation"])


def heard(reading: Reading) -> pd.DataFrame:
    """How each actor is heard: quoted, reported, ascribed a view or an act, through its people, or only spoken about.

    Returns   actor_id, name_ar, name_en, found_by, heard (the first of these that applies), claims (the number of
              claims of this sort).
    """
    order = ["quoted", "reported", "ascribed", "through its people", "only spoken about"]
    found: dict[str, dict[str, int]] = {}
    for claim in attributed(reading):
        source = reading.source_of(claim)
        how = "quoted" if claim.kind in ("direct", "mixed") else "reported" if claim.reported else "ascribed"
        said = [(actor, how) for actor in source.actor_ids] if source else []
        said += [(actor, "through its people") for actor in source.affiliation_ids] if source else []
        said += [(actor, "only spoken about") for actor in claim.about]
        for actor, sort in said:
            counts = found.setdefault(actor, {})
            counts[sort] = counts.get(sort, 0) + 1
    named = reading.actors.by_id
    rows = []
    for actor, counts in found.items():
        first = next(sort for sort in order if sort in counts)
        who = named[actor]
        rows.append((actor, who.name_ar, who.name_en, who.found_by, first, counts[first]))
    table = pd.DataFrame(rows, columns=[*WHO, "heard", "claims"])
    rank = table["heard"].map({sort: n for n, sort in enumerate(order)})
    ordered = table.assign(rank=rank).sort_values(["rank", "claims", "actor_id"], ascending=[True, False, True])
    return ordered.drop(columns="rank").reset_index(drop=True)


def on_one_unnamed(reading: Reading) -> pd.DataFrame:
    """The claims that rest on a single unnamed source: claim_id, source, source_en, cue, cue_en, gloss_en, about.

    Claims with which another source agrees (credibility 3 or better) are left out.
    """
    rows = []
    for claim in attributed(reading):
        source = reading.source(claim.source_id) if claim.source_id else None
        if source and not source.named and claim.credibility not in AGREED:
            about = " ".join(claim.about)
            cue = (claim.cue_text, cue_in_english(claim))
            rows.append((claim.claim_id, source.name, source.name_en or "", *cue, in_english(claim), about))
    return pd.DataFrame(rows, columns=["claim_id", "source", "source_en", "cue", "cue_en", "gloss_en", "about"])


def in_english(claim: Claim) -> str:
    """The content of a claim in English; as printed if it was not translated."""
    return claim.gloss_en or claim.content_text


def cue_in_english(claim: Claim) -> str:
    """The meaning of a claim's cue, and that it is negative: «to deny (negative)»; empty if its lemma is not known."""
    cue = _cues_in(paths.lexicon("cues.csv")).get(claim.cue_lemma or "") if claim.cue else None
    negative = " (negative)" if claim.stance == "negative" else ""
    return f"{cue.gloss_en}{negative}" if cue and cue.gloss_en else ""


@cache
def _cues_in(path: Path) -> dict[str, entries.Cue]:
    return entries.cues(path)


def reasons(reading: Reading) -> list[Check]:
    """The claims to check first, with their reasons, by the most important reason and then in the order of the text.

    Reasons are ordered by kind, not by grade: claims that the article itself contradicts; claims of an unnamed source;
    claims about a named person in the outlet's own voice; names and speakers to verify.
    """
    found = []
    for claim in reading.asserted:
        if why := sorted(_reasons(reading, claim, reading.source_of(claim))):
            found.append(Check(claim, tuple(why)))
    return sorted(found, key=lambda each: (each.reasons[0].rank, each.claim.order))


def _reasons(reading: Reading, claim: Claim, source: Source | None) -> list[Reason]:
    persons = tuple(a for a in claim.about if reading.actors.by_id[a].type == "person")
    found = []
    if claim.credibility in CONTRADICTED:
        found.append(Reason(1, "contradicted"))
    if source and claim.reported and source.reliability in UNJUDGED and not source.actor_ids and not source.named:
        found.append(Reason(2, "no_name") if source.identified else Reason(3, Basis.NOT_IDENTIFIED))
    if source is None and claim.attributed and claim.about:
        found.append(Reason(3, Basis.NOT_IDENTIFIED))
    if source and claim.reported and source.kind == "organisation" and source.reliability in UNJUDGED:
        found.append(Reason(4, "organisation"))
    if not claim.attributed and persons and not headings.states_nothing(reading.article, claim):
        found.append(Reason(3, "person", persons))
    if claim.made_by == "machine" and claim.confidence is not None and claim.confidence < UNSURE:
        found.append(Reason(5, "unsure", confidence=claim.confidence))
    if source and claim.reported and claim.source_via == "inherited" and claim.kind == "indirect":
        found.append(Reason(6, "inherited"))
    if source and source.outside_note and claim.source_via == "stated":
        found.append(Reason(7, "misspelt"))
    return found
