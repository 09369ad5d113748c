"""How well an article is sourced: claims by source, what rests on whom, what to check first.

Records of a reading in, pandas DataFrames out. Grades are listed with their rationales, never averaged or ranked.
"""

import pandas as pd

from helpers import shares
from helpers.claims import Claim
from helpers.readings import Reading
from helpers.sources import Source
from helpers.tallies import NO_SOURCE

UNSURE = 0.6  # a machine's claim below this was wrong about every other time


def attributed(reading: Reading) -> list[Claim]:
    """The claims that the article attributes to somebody."""
    return [claim for claim in reading.claims if claim.kind != NO_SOURCE]


def by_source(reading: Reading) -> pd.DataFrame:
    """One row a source, most claims first: claims by kind, whether a statement is reported, stances, words.

    Returns   source_id, name, name_en, named (bool), claims, direct, mixed, indirect, reported, ascribed, stances (as
              «neutral 2»), words (of the article, at their innermost claim).
    """
    words = shares.words_by_claim(reading)["claim_id"].value_counts()
    rows = []
    for source in reading.sources:
        made = [claim for claim in attributed(reading) if claim.source_id == source.source_id]
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
    """Attributed claims by kind, act, cue form and stance: attribute, value, claims, words; each attribute adds up."""
    words = shares.words_by_claim(reading)["claim_id"].value_counts()
    rows = []
    for attribute in ("kind", "act", "cue_form", "stance"):
        values = pd.Series({c.claim_id: getattr(c, attribute) for c in attributed(reading)}, dtype="str")
        for value, claims in values.value_counts().sort_index().items():
            inside = int(sum(words.get(claim_id, 0) for claim_id in values.index[values == value]))
            rows.append((attribute, value, int(claims), inside))
    return pd.DataFrame(rows, columns=["attribute", "value", "claims", "words"])


def chain(reading: Reading) -> pd.DataFrame:
    """The chain of attribution as edges, in the order of the text: from, to, relation.

    relation    `says` (source → claim), `tells` (outer claim → the source of the claim inside it), `about`
                (claim → actor). Sources, claims and actors are told apart by the prefixes `source:`, `claim:`, `actor:`.
    """
    edges = []
    for claim in attributed(reading):
        node = f"claim:{claim.claim_id}"
        source = f"source:{claim.source_id or 'not told'}"
        if claim.within:
            edges.append((f"claim:{claim.within}", source, "tells"))
        edges.append((source, node, "says"))
        edges += [(node, f"actor:{actor}", "about") for actor in claim.about]
    return pd.DataFrame(edges, columns=["from", "to", "relation"])


def heard(reading: Reading) -> pd.DataFrame:
    """How each actor is heard: quoted, reported, told of, through its people, or only spoken about.

    Returns   actor_id, name_ar, name_en, heard (the first that applies), claims (how many of that sort).
    """
    order = ["quoted", "reported", "told of", "through its people", "only spoken about"]
    found: dict[str, dict[str, int]] = {}
    by_id = {source.source_id: source for source in reading.sources}
    for claim in attributed(reading):
        source = by_id.get(claim.source_id or "")
        how = "quoted" if claim.kind in ("direct", "mixed") else "reported" if claim.reported else "told of"
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
        rows.append((actor, named[actor].name_ar, named[actor].name_en, first, counts[first]))
    table = pd.DataFrame(rows, columns=["actor_id", "name_ar", "name_en", "heard", "claims"])
    rank = table["heard"].map({sort: n for n, sort in enumerate(order)})
    ordered = table.assign(rank=rank).sort_values(["rank", "claims", "actor_id"], ascending=[True, False, True])
    return ordered.drop(columns="rank").reset_index(drop=True)


def on_one_unnamed(reading: Reading) -> pd.DataFrame:
    """The claims that rest on one source without a name, and on nobody else: claim_id, source, gloss_en, about.

    A claim that another source agrees with (credibility 3 or better) does not rest on one alone.
    """
    rows = []
    for claim in attributed(reading):
        source = reading.source(claim.source_id) if claim.source_id else None
        if source and not source.named and claim.credibility > 3:
            rows.append(
                (claim.claim_id, source.name, source.name_en or "", claim.gloss_en or "", " ".join(claim.about))
            )
    return pd.DataFrame(rows, columns=["claim_id", "source", "source_en", "gloss_en", "about"])


def check_first(reading: Reading) -> pd.DataFrame:
    """What an editor would check first, with the reason: claim_id, source_en, gloss_en, reason; most pressing first.

    The order is of kinds of reason, not of grades: what the article itself contradicts; what is told on the word of
    somebody whom nobody can find; what the outlet says of a named person without a source; names and speakers to make
    sure of. A claim stands here once, with all its reasons.
    """
    rows = []
    for claim in reading.claims:
        source = reading.source(claim.source_id) if claim.source_id else None
        reasons = sorted(_reasons(reading, claim, source))
        if reasons:
            who = (source.name_en or source.name) if source else "no source" if claim.kind == NO_SOURCE else "not told"
            rows.append(
                (
                    reasons[0][0],
                    claim.order,
                    claim.claim_id,
                    who,
                    claim.gloss_en or " … ".join(span.exact for span in claim.content),
                    "; ".join(r for _, r in reasons),
                )
            )
    table = pd.DataFrame(rows, columns=["rank", "order", "claim_id", "source_en", "gloss_en", "reason"])
    return table.sort_values(["rank", "order"], ignore_index=True).drop(columns=["rank", "order"])


def _reasons(reading: Reading, claim: Claim, source: Source | None) -> list[tuple[int, str]]:
    persons = [reading.actors.by_id[a].name_en for a in claim.about if reading.actors.by_id[a].type == "person"]
    found = []
    if claim.credibility in (4, 5):
        found.append((1, "the article itself contradicts what is said, in whole or part"))
    if source and claim.reported and source.reliability == "F" and not source.actor_ids and not source.named:
        found.append((2, "rests on people without a name"))
    if source and claim.reported and source.kind == "organisation" and source.reliability == "F":
        found.append((2, "an institution says so, with no person, document or date"))
    if claim.kind == NO_SOURCE and persons:
        found.append((3, f"no source, of a person by name: {', '.join(persons)}"))
    if claim.made_by == "machine" and claim.confidence is not None and claim.confidence < UNSURE:
        found.append((2, f"the machine is unsure of it (confidence {claim.confidence:.2f})"))
    if source and claim.reported and claim.source_via == "inherited" and claim.kind == "indirect":
        found.append((4, "whose it is, is read from the sentence before"))
    if source and source.outside_note and claim.source_via == "stated":
        found.append((5, "the source's name may be misspelt: see its note"))
    return found
