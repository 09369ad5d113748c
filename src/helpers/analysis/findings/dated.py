"""Findings about the times and events of an article (notebook 05)."""

from collections.abc import Sequence

import pandas as pd

from helpers.analysis.findings.wording import of_them
from helpers.extraction.times import Time
from helpers.records.messages import Message, message
from helpers.records.readings import Reading


def times(reading: Reading, found: Sequence[Time]) -> list[Message]:
    """How many time expressions give a first and a last day, and how many depend on the day of publication."""
    if not found:
        return [message("finding.times.nothing")]
    closed = sum(time.earliest is not None and time.latest is not None for time in found)
    said = [of_them("finding.times", "expressions", closed, len(found))]
    counted = sum(time.of_article for time in found)
    if counted and "published" not in reading.article.about:
        said.append(message("finding.times.counted", n=counted))
    return said


def timeline(reading: Reading, events: pd.DataFrame) -> list[Message]:
    """How many events the article dates, their first and last day, and how many it does not date. `events` as returned
    by `frames.events`."""
    if events.empty:
        return [message("finding.events.unread" if reading.curated is None else "finding.events.nothing")]
    undated = int(((events["earliest"] == "") & (events["latest"] == "")).sum())
    if undated == len(events):
        return [message("finding.events.undated.all")]
    dated = events[(events["earliest"] != "") & (events["latest"] != "")]
    said = [of_them("finding.events", "events", len(dated), len(events))]
    if len(dated):
        said.append(
            message("finding.events.reach", n=len(dated), first=dated["earliest"].min(), last=dated["latest"].max())
        )
    return said + ([message("finding.events.undated", n=undated)] if undated else [])
