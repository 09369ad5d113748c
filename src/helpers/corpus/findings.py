"""Findings about a corpus: messages made from the tables of `questions` and `repeated_claims`.

They are like those of `helpers.analysis.findings` for one article. All claims of a corpus are the machine's, and the
sentences say so.
"""

import pandas as pd

from helpers.analysis.findings.wording import by_machine, count, item, listed, of_them
from helpers.corpus.questions import NO_OUTLET, STANCES
from helpers.records.messages import Message, Name, Share, message


def _name(text: object) -> Name:
    """The name of an outlet or a speaker in an article, without translation."""
    return Name("", str(text))


def contents(outlets: pd.DataFrame) -> list[Message]:
    """The outlet with the most articles, and the number without one. `outlets` as returned by `questions.overview`."""
    every = int(outlets["articles"].sum())
    if every < 2:
        return [message("finding.corpus.single" if every else "finding.corpus.empty")]
    known = outlets[outlets["outlet"] != NO_OUTLET]
    said = []
    if len(known):
        first = known.iloc[0]
        who = item(_name(first["outlet"]), int(first["articles"]))
        said.append(message("finding.corpus.largest", who=who))
    missing = every - int(known["articles"].sum())
    return [*said, of_them("finding.corpus.outlet", "articles", missing, every)]


def shared_texts(outlets: pd.DataFrame, texts: pd.DataFrame) -> list[Message]:
    """How many articles are copies, in how many articles the widest text is, how many attributed claims are copies.

    outlets, texts   as returned by `questions.overview` and `questions.shared_texts`
    """
    every, own = int(outlets["articles"].sum()), int(outlets["distinct_articles"].sum())
    if every < 2:
        return [message("finding.corpus.single" if every else "finding.corpus.empty")]
    said = [of_them("finding.corpus.copied", "articles", every - own, every)]
    if len(texts):
        said.append(message("finding.corpus.widest_text", articles=count("articles", int(texts["articles"].max()))))
    claims, distinct = int(outlets["claims"].sum()), int(outlets["distinct_claims"].sum())
    return [*said, *by_machine([of_them("finding.corpus.copied_claims", "attributed", claims - distinct, claims)])]


def voices(table: pd.DataFrame) -> list[Message]:
    """How many names are spoken about but not heard, and who is heard in the most outlets in text of their own. `table` as
    returned by `questions.voices`."""
    if table.empty:
        return by_machine([message("finding.corpus.voices.nobody")])
    speaks = table.groupby("speaker", sort=False)["speaks"].sum()
    said = [of_them("finding.corpus.voices", "names", int((speaks == 0).sum()), len(speaks))]
    outlets = table[(table["distinct"] > 0) & (table["outlet"] != NO_OUTLET)].groupby("speaker", sort=False)["outlet"]
    widest = outlets.nunique()
    if len(widest) and (most := int(widest.max())) > 1:
        said.append(message("finding.corpus.widest_voice", who=_name(widest.idxmax()), outlets=count("outlets", most)))
    return by_machine(said)


def quoted(table: pd.DataFrame) -> list[Message]:
    """Who has most statements, and how many of all are direct quotations, each text once. `table` as `quoted_frames.named`
    gives it."""
    heard = table[table["distinct_statements"] > 0]
    if heard.empty:
        return by_machine([message("finding.corpus.quoted.nobody")])
    first = heard.loc[heard["distinct_statements"].idxmax()]
    said = message("finding.corpus.quoted", who=item(_name(first["name"]), int(first["distinct_statements"])))
    direct, every = int(heard["direct"].sum()), int(heard["distinct_statements"].sum())
    return by_machine([said, of_them("finding.corpus.direct", "claims", direct, every)])


def quoted_by_month(table: pd.DataFrame) -> list[Message]:
    """Who is quoted in most months. `table` as `quoted_frames.by_month` gives it."""
    if table.empty:
        return by_machine([message("finding.corpus.longest.undated")])
    months = table.groupby("name", sort=False)["month"].nunique()
    if (most := int(months.max())) < 2:
        return by_machine([message("finding.corpus.longest.none")])
    return by_machine([message("finding.corpus.longest", who=_name(months.idxmax()), months=count("months", most))])


def rests(table: pd.DataFrame) -> list[Message]:
    """The outlets with the largest and the smallest share of words from named sources. `table` as returned by
    `questions.rests`."""
    if table.empty:
        return [message("finding.corpus.empty")]
    named = (table["named_share"] * table["words"]).groupby(table["outlet"]).sum()
    share = named / table.groupby("outlet")["words"].sum()
    known = share.drop(NO_OUTLET, errors="ignore")
    if len(known) < 2:
        return by_machine(
            [message("finding.corpus.rests.single", share=Share(float(named.sum() / table["words"].sum())))]
        )
    ends = {"most": known.idxmax(), "least": known.idxmin()}
    said = {end: item(_name(outlet), Share(float(known[outlet]))) for end, outlet in ends.items()}
    return by_machine([message("finding.corpus.rests", **said)])


def stances(table: pd.DataFrame) -> list[Message]:
    """The speakers in several outlets that are reported in several stances. `table` as returned by `questions.stances`."""
    several = table[(table["outlets"] > 1) & ((table[list(STANCES)] > 0).sum(axis="columns") > 1)]
    if several.empty:
        return by_machine([message("finding.corpus.stances.none")])
    who = listed([_name(speaker) for speaker in several["speaker"]])
    return by_machine([message("finding.corpus.stances", n=len(several), who=who)])


def copies(found: pd.DataFrame) -> list[Message]:
    """How many claims are in several outlets, in how many at most, and which was first. `found` as returned by
    `repeated_claims.groups`."""
    if found.empty:
        return by_machine([message("finding.corpus.copies.none")])
    said = [message("finding.corpus.copies", n=int(found["group"].nunique()))]
    widest = found[found["group"] == 1]
    outlets = count("outlets", int(widest["outlet"].nunique()))
    said.append(message("finding.corpus.widest", n=int(found["group"].nunique()), outlets=outlets))
    first = widest.iloc[0]
    if first["date"] and first["outlet"] != NO_OUTLET:
        said.append(message("finding.corpus.first", who=_name(first["outlet"]), day=str(first["date"])))
    return by_machine(said)


def routes(table: pd.DataFrame) -> list[Message]:
    """How many claims lose precision in attribution from outlet to outlet. `table` as returned by
    `repeated_claims.routes`."""
    if table.empty:
        return by_machine([message("finding.corpus.copies.none")])
    weaker = int((table["change"] == "weaker").sum())
    return by_machine([of_them("finding.corpus.weaker", "claims", weaker, len(table))])


def unnamed(table: pd.DataFrame) -> list[Message]:
    """How many claims rest on unnamed sources in all outlets. `table` as returned by `repeated_claims.on_one_unnamed`."""
    if table.empty:
        return by_machine([message("finding.corpus.unnamed.none")])
    said = message("finding.corpus.unnamed", n=len(table))
    outlets = count("outlets", int(table["outlets"].max()))
    return by_machine([said, message("finding.corpus.widest", n=len(table), outlets=outlets)])
