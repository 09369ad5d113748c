"""Findings about how well an article is sourced (notebook 04)."""

from collections import Counter

import pandas as pd

from helpers.analysis import audit
from helpers.analysis.findings.wording import as_read, count, items, leading, listed, of_them, source_name
from helpers.records.messages import Message, Share, Value, message
from helpers.records.readings import Reading

FEW = 3  # at most so many sources dominate an article if they make half of its claims


def check_first(reading: Reading) -> list[Message]:
    """How many claims should be checked first, and for which reasons; each claim counts for its most important one."""
    checks = audit.reasons(reading)
    if not reading.asserted:
        return as_read(reading, [message("finding.claims.none")])
    reasons = Counter(check.reasons[0].key for check in checks)
    why = items((message(f"finding.reason.{key}"), n) for key, n in reasons.items())
    return as_read(reading, [of_them("finding.check", "claims", len(checks), len(reading.asserted), why=why)])


def by_source(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """Whether a few sources make most of the attributed claims. `table` as returned by `audit.by_source`."""
    if table.empty:
        return as_read(reading, [message("finding.sources.nobody")])
    every, most = int(table["claims"].sum()), int(table["claims"].iloc[0])
    few = leading(list(table["claims"]), FEW)
    if len(table) == 1:
        [source] = reading.speaking
        said = message("finding.source.single", who=source_name(source), claims=count("claims", every))
    elif most == 1:
        said = message("finding.source.each", n=len(table))
    elif few:
        rows = table.head(few)
        who = items((source_name(reading.source(str(row.source_id))), int(row.claims)) for row in rows.itertuples())
        said = message("finding.source.leading", n=few, share=Share(float(rows["claims"].sum() / every)), who=who)
    else:
        said = message("finding.source.spread", n=most, of=count("claims", every))
    return as_read(reading, [said])


def by_form(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """How many cues are not neutral. `table` as returned by `audit.by_form`."""
    stances = table[table["attribute"] == "stance"]
    if stances.empty:
        return as_read(reading, [message("finding.attributed.none")])
    other = stances[~stances["value"].isin(["neutral", "none"])].sort_values("claims", ascending=False, kind="stable")
    how = items((message(f"finding.stance.{row.value}"), int(row.claims)) for row in other.itertuples())
    n, of = int(other["claims"].sum()), int(stances["claims"].sum())
    return as_read(reading, [of_them("finding.stances", "attributed", n, of, how=how)])


def chain(reading: Reading) -> list[Message]:
    """How many attributed claims reach the reader through another source."""
    made = audit.attributed(reading)
    if not made:
        return as_read(reading, [message("finding.attributed.none")])
    by_id = {claim.claim_id for claim in made}
    relayed = sum(claim.within in by_id for claim in made)
    return as_read(reading, [of_them("finding.relayed", "attributed", relayed, len(made))])


def heard(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """How many actors are quoted, and how many are only spoken about. `table` as returned by `audit.heard`."""
    if table.empty:
        return as_read(reading, [message("finding.heard.nobody")])
    how = table["heard"].value_counts()
    said = [of_them("finding.heard", "actors", int(how.get("quoted", 0)), len(table))]
    if silent := int(how.get("only spoken about", 0)):
        said.append(message("finding.silent", n=silent))
    return as_read(reading, said)


def on_one_unnamed(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """The claims that rest on a single unnamed source, and on which. `table` as returned by `audit.on_one_unnamed`."""
    made = audit.attributed(reading)
    if not made:
        return as_read(reading, [message("finding.attributed.none")])
    ids = dict.fromkeys(reading.claim(str(claim_id)).source_id for claim_id in table["claim_id"])
    who: list[Value] = [source_name(reading.source(each)) for each in ids if each]
    said = [of_them("finding.on_one", "attributed", len(table), len(made), who=listed(who))]
    if about := int((table["about"] != "").sum()):
        said.append(message("finding.on_one.about", n=about))
    return as_read(reading, said)
