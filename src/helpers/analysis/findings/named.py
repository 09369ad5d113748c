"""Findings about the actors that an article names (notebook 03)."""

import pandas as pd

from helpers.analysis.findings.wording import actor_name, as_read, count, item, items, leading, listed, of_them
from helpers.records.messages import Message, Name, Share, Value, message
from helpers.records.readings import Reading

FEW = 4  # at most so many actors dominate an article if they have half of its mentions


def _who(reading: Reading, actor_id: object) -> Name:
    return actor_name(reading.actors.by_id[str(actor_id)])


def named_most(reading: Reading, counts: pd.DataFrame) -> list[Message]:
    """Whether a few actors have most of the mentions, and how many actors a machine found. `counts` as returned by
    `frames.counts`."""
    if counts.empty:
        return [message("finding.named.none")]
    every = int(counts["mentions"].sum())
    if len(counts) == 1:
        said = message(
            "finding.named.single", who=_who(reading, counts["actor_id"].iloc[0]), times=count("times", every)
        )
    else:
        few = leading(list(counts["mentions"]), FEW)
        most = counts.head(few or 1)
        who = items((_who(reading, row.actor_id), int(row.mentions)) for row in most.itertuples())
        share = Share(float(most["mentions"].sum() / every))
        said = message("finding.named" if few else "finding.named.spread", n=few, who=who, share=share)
    found = int((counts["found_by"] == "machine").sum())
    return [said, *([of_them("finding.named.machine", "actors", found, len(counts))] if found else [])]


def perhaps(table: pd.DataFrame) -> list[Message]:
    """The possible actors, the highest score first. `table` as returned by `frames.perhaps`."""
    if table.empty:
        return [message("finding.perhaps.none")]
    names: list[Value] = [Name(str(row.name_en), str(row.name_ar)) for row in table.itertuples()]
    return [message("finding.perhaps", n=len(table), who=listed(names))]


def spellings(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """The actor with the most forms, and the number of descriptions. `table` as returned by `frames.spellings`."""
    if table.empty:
        return [message("finding.named.none")]
    by_name = table[table["via"] != "description"]
    forms = by_name.groupby("actor_id", sort=False)["exact"].nunique()
    said = message("finding.forms.single")
    if (most := int(forms.max()) if len(forms) else 0) > 1:
        first = forms[forms == most]
        alone = {"who": _who(reading, first.index[0])} if len(first) == 1 else {}
        said = message("finding.forms" if alone else "finding.forms.several", forms=count("forms", most), **alone)
    described, every = int(table.loc[table["via"] == "description", "mentions"].sum()), int(table["mentions"].sum())
    return [said, *([of_them("finding.described", "mentions", described, every)] if described else [])]


def dispersion(reading: Reading, mentions: pd.DataFrame) -> list[Message]:
    """The actor named in the most paragraphs, and the number named in only one. `mentions` as from `frames.mentions`."""
    if mentions.empty:
        return [message("finding.named.none")]
    every = len(reading.article.paragraphs)
    spread = mentions.groupby("actor_id", sort=False)["paragraph"].nunique()
    who = _who(reading, spread.idxmax())
    said = [of_them("finding.spread", "paragraphs", int(spread.max()), every, who=who)]
    if every > 1 and (once := int((spread == 1).sum())):
        said.append(of_them("finding.in_one", "actors", once, len(spread)))
    return said


def together(reading: Reading, table: pd.DataFrame) -> list[Message]:
    """The two actors named together most often. `table` as returned by `frames.together`."""
    actors = list(table.columns)
    pairs = [(-int(table.loc[a, b]), i, j) for i, a in enumerate(actors) for j, b in enumerate(actors) if i < j]
    sentences, i, j = min(pairs, default=(0, 0, 0))
    if not sentences:
        return [message("finding.together.none")]
    who = {"a": _who(reading, actors[i]), "b": _who(reading, actors[j])}
    return [message("finding.together", sentences=count("sentences", -sentences), **who)]


def spoken_about(reading: Reading, voices: pd.DataFrame) -> list[Message]:
    """How many actors that are spoken about are not heard themselves. `voices` as returned by `frames.voices`."""
    about = voices[voices["spoken_about"] > 0]
    if about.empty:
        return as_read(reading, [message("finding.spoken_about.nobody")])
    silent = about[about["speaks"] + about["spoken_for"] == 0].sort_values(
        "spoken_about", ascending=False, kind="stable"
    )
    said = [of_them("finding.spoken_about", "actors", len(silent), len(about))]
    if len(silent):
        first = silent.iloc[0]
        said.append(
            message(
                "finding.most_about",
                n=len(silent),
                who=item(_who(reading, first["actor_id"]), int(first["spoken_about"])),
            )
        )
    return as_read(reading, said)
