"""Why claims are to be checked, in words of a language."""

import pandas as pd

from helpers.analysis import audit
from helpers.analysis.audit import Reason
from helpers.records.readings import Reading
from helpers.report import interface


def in_words(reason: Reason, reading: Reading, said: interface.Interface) -> str:
    """A reason in words of a language."""
    actors = [reading.actors.by_id[actor] for actor in reason.actor_ids]
    names = [actor.name_en if said.lang == "en" else actor.name_ar for actor in actors]
    return said(f"reason.{reason.key}", who=said.comma.join(names), confidence=f"{reason.confidence:.2f}")


def check_first(reading: Reading) -> pd.DataFrame:
    """What an editor would check first, in English: claim_id, source_en, gloss_en, reason; most pressing first.

    A claim stands here once, with all its reasons, in the order of `audit.reasons`.
    """
    said = interface.load("en")
    rows = []
    for check in audit.reasons(reading):
        claim = check.claim
        source = reading.source_of(claim)
        who = (source.name_en or source.name) if source else said(f"basis.{reading.basis_of(claim)}")
        why = "; ".join(in_words(reason, reading, said) for reason in check.reasons)
        rows.append((claim.claim_id, who, audit.in_english(claim), why))
    return pd.DataFrame(rows, columns=["claim_id", "source_en", "gloss_en", "reason"])
