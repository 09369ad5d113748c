"""The same claim in several outlets: contents of nearly the same words, found by MinHash (datasketch).

The similarity of two sets is the size of their intersection divided by that of their union (Broder 1997, "On the
resemblance of documents and the containment of them"). Candidates come from locality-sensitive hashing; then their
words are compared, so that no claims are grouped by chance. Words are folded, without function words (`words.csv`) and
single letters.
"""

from functools import cache

import duckdb
import pandas as pd
from datasketch import MinHash, MinHashLSH

from helpers.records.basis import Basis
from helpers.text import orthography

FEWEST_WORDS = 6  # content words of a claim: shorter ones are not distinctive
ALIKE = 0.6  # least similarity of the words of two contents
PERMUTATIONS = 128  # of MinHash; with another number, other similar contents are missed
ORDER = tuple(map(str, Basis))


def words(text: str) -> frozenset[str]:
    """The content words of a text, folded.

    >>> sorted(words("إنّ الشركة أنهت التوسعة"))
    ['التوسعه', 'الشركه', 'انهت']
    """
    return frozenset(word for word in orthography.tokens(orthography.fold(text)).words if len(word) > 1) - _building()


@cache
def _building() -> frozenset[str]:
    return frozenset().union(*orthography.by_role().values())


def groups(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Claims that are in more than one outlet: one row per article with the claim, sorted by group and day.

    An article with two claims of a group counts once, with the best attribution (named before unnamed before none).
    Memory    about 2 kB per claim of six content words or more.
    Returns   group (1, 2, … by size, then first day), place in the group, outlet, date, basis, phrase (the source as
              printed), stance, content, alike (similarity to the first, 0..1), article_id, claim_id, number.
    """
    found = db.sql(
        """select number, article_id, claim_id, outlet, coalesce(date::varchar, '') as date, basis,
                  coalesce(phrase, '') as phrase, coalesce(speaker, '') as speaker, coalesce(stance, '') as stance, content
           from sourced order by number, claim_id"""
    ).df()
    found["words"] = [words(text) for text in found["content"]]
    found = found[found["words"].map(len) >= FEWEST_WORDS].reset_index(drop=True)
    found["group"] = _joined(found["words"].tolist())
    found["rank"] = found["basis"].map(ORDER.index)
    found = found.sort_values(["rank", "number", "claim_id"], kind="stable").drop_duplicates(["group", "number"])
    size = found.groupby("group")["outlet"].transform("nunique")
    found = found.assign(size=size, undated=found["date"] == "")
    found = found[found["size"] > 1].sort_values(["undated", "date", "number"], kind="stable")
    found["begun"] = found.groupby("group")["date"].transform("first")
    found = found.sort_values(["size", "begun", "group"], ascending=[False, True, True], kind="stable")
    found["group"] = found.groupby("group", sort=False).ngroup() + 1
    found["place"] = found.groupby("group").cumcount() + 1
    first = found.groupby("group")["words"].transform("first")
    found["alike"] = [round(_alike(a, b), 2) for a, b in zip(first, found["words"], strict=True)]
    columns = ["group", "place", "outlet", "date", "basis", "phrase", "speaker", "stance", "content", "alike"]
    return found[[*columns, "article_id", "claim_id", "number"]].reset_index(drop=True)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _joined(contents: list[frozenset[str]]) -> list[int]:
    """For each content, the index of the first one in its group: similar to it, or through a chain of similar ones."""
    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    parents = list(range(len(contents)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    sketches = MinHash.generator([[w.encode() for w in sorted(c)] for c in contents], num_perm=PERMUTATIONS)
    for at, sketch in enumerate(sketches):
        for other in sorted(index.query(sketch)):
            if root(other) != root(at) and _alike(contents[other], contents[at]) >= ALIKE:
                low, high = sorted((root(other), root(at)))
                parents[high] = low
        index.insert(at, sketch)
    return [root(at) for at in range(len(contents))]


def routes(found: pd.DataFrame) -> pd.DataFrame:
    """One row per group: who had it first, and how its attribution changes from outlet to outlet. `found` as returned
    by `groups`."""
    made = []
    for group, rows_ in found.groupby("group"):
        steps = list(rows_["basis"])
        first = rows_.iloc[0]
        kept = [step for at, step in enumerate(steps) if at == 0 or step != steps[at - 1]]
        made.append(
            {
                "group": group,
                "content": first["content"],
                "outlets": rows_["outlet"].nunique(),
                "first_outlet": first["outlet"] if first["date"] else "(unknown: no date)",
                "first_day": first["date"],
                "last_day": max(rows_["date"]),
                "attribution": " → ".join(kept),
                "change": _change(steps),
            }
        )
    columns = ["group", "content", "outlets", "first_outlet", "first_day", "last_day", "attribution", "change"]
    return pd.DataFrame(made, columns=columns)


def _change(steps: list[str]) -> str:
    """The last attribution compared with the first: weaker, better, the same after a change, or the same throughout."""
    ranks = [ORDER.index(step) for step in steps]
    if len(set(ranks)) == 1:
        return "stays"
    return "weaker" if ranks[-1] > ranks[0] else "better" if ranks[-1] < ranks[0] else "comes back"


def on_one_unnamed(found: pd.DataFrame) -> pd.DataFrame:
    """The groups in which no outlet names a source, so that it may be the same unnamed one. `found` as returned by `groups`.

    Returns   group, content, outlets, articles, phrases (each outlet's words for the source).
    """
    unnamed = found.groupby("group")["basis"].transform(lambda bases: (bases == Basis.UNNAMED).all())
    made = [
        {
            "group": group,
            "content": rows_["content"].iloc[0],
            "outlets": rows_["outlet"].nunique(),
            "articles": len(rows_),
            "phrases": "؛ ".join(f"{row.outlet}: {row.phrase}" for row in rows_.itertuples()),
        }
        for group, rows_ in found[unnamed.astype(bool)].groupby("group")
    ]
    return pd.DataFrame(made, columns=["group", "content", "outlets", "articles", "phrases"])
