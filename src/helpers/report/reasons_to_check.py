"""The reasons to check claims, as messages and in words."""

import pandas as pd

from helpers.analysis import audit
from helpers.analysis.audit import Reason
from helpers.analysis.frames import worded
from helpers.records.messages import Message, Name, Value, message
from helpers.records.readings import Reading
from helpers.report import interface


def told(reason: Reason, reading: Reading) -> Message:
    """A reason as a message."""
    actors = (reading.actors.by_id[actor] for actor in reason.actor_ids)
    names = tuple(Name(actor.name_en, actor.name_ar) for actor in actors)
    return message(f"reason.{reason.key}", who=names, confidence=f"{reason.confidence:.2f}")


def in_words(reason: Reason, reading: Reading, said: interface.Interface) -> str:
    """A reason in words of the language of `said`."""
    actors = [reading.actors.by_id[actor] for actor in reason.actor_ids]
    names = [actor.name_en if said.lang == "en" else actor.name_ar for actor in actors]
    return said(f"reason.{reason.key}", who=said.comma.join(names), confidence=f"{reason.confidence:.2f}")


def check_first(reading: Reading) -> pd.DataFrame:
    """The claims to check first, in English: claim_id, source_en, cue, cue_en, gloss_en, reason; the most important first.

    Each claim has one row with all its reasons, in the order of `audit.reasons`.
    """
    said = interface.load("en").of(reading.claims_from)
    rows, sources, reasons = [], list[tuple[str, Value]](), list[tuple[str, Value]]()
    for check in audit.reasons(reading):
        claim = check.claim
        source = reading.source_of(claim)
        who = (source.name_en or source.name) if source else said(f"basis.{reading.basis_of(claim)}")
        basis = message(f"basis.{reading.basis_of(claim)}")
        sources.append((who, Name(source.name_en or "", source.name) if source else basis))
        why = "; ".join(in_words(reason, reading, said) for reason in check.reasons)
        reasons.append((why, tuple(told(reason, reading) for reason in check.reasons)))
        cue = (claim.cue_text, audit.cue_in_english(claim))
        rows.append((claim.claim_id, who, *cue, audit.in_english(claim), why))
    table = pd.DataFrame(rows, columns=["claim_id", "source_en", "cue", "cue_en", "gloss_en", "reason"])
    return worded(table, source_en=sources, reason=reasons)
