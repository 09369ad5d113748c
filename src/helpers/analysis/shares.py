"""The words of an article by the basis of their claims, each word counted once.

Functions take a reading and return pandas DataFrames.
"""

import pandas as pd

from helpers.records import claims
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, Share, Value, message
from helpers.records.readings import Reading


def words_by_claim(reading: Reading) -> pd.DataFrame:
    """One row per word of the article, with its innermost asserted claim: start, end, claim_id, basis.

    For a word in no claim, claim_id is empty and basis `unclaimed`; for one that is only in claims that are not
    asserted, claim_id is empty and basis `outlet`.
    """
    owned = {at: (claim.claim_id, str(reading.basis_of(claim))) for at, claim in enumerate(reading.claims)}
    owned |= {claims.NO_CLAIM: ("", UNCLAIMED), claims.UNSAID: ("", str(Basis.OUTLET))}
    found = [owned[at] for at in claims.innermost(reading.article, reading.claims)]
    table = pd.DataFrame(list(reading.article.words), columns=["start", "end"])
    return table.assign(claim_id=[claim_id for claim_id, _ in found], basis=[basis for _, basis in found])


def by_basis(reading: Reading) -> pd.DataFrame:
    """Asserted claims and words by basis, including the outlet's own voice.

    Returns   basis, claims, share_of_claims, words, share (of the article's words); both shares add up to 1. Words in
              no claim (a time, a conjunction) have a row `unclaimed`. Its attribute `machine` (`attrs`) is whether
              a machine made the reading: then claims without a source may be somebody's, for all that it knows.
    """
    bases = [str(reading.basis_of(claim)) for claim in reading.asserted]
    words = words_by_claim(reading)["basis"]
    table = pd.DataFrame({"basis": [*map(str, Basis), UNCLAIMED]})
    table["claims"] = table["basis"].map(pd.Series(bases, dtype="str").value_counts())
    table["words"] = table["basis"].map(words.value_counts())
    table[["claims", "words"]] = table[["claims", "words"]].fillna(0).astype("int64")
    table["share"] = (table["words"] / max(len(words), 1)).round(4)
    table.insert(2, "share_of_claims", (table["claims"] / max(len(bases), 1)).round(4))
    table.attrs["machine"] = reading.claims_from != "people"
    return table


def in_no_claim(reading: Reading) -> pd.DataFrame:
    """The words that belong to no claim (times, conjunctions, auxiliaries), by sentence: sentence, words, exact."""
    left = words_by_claim(reading)
    left = left[left["basis"] == UNCLAIMED]
    found = [
        (reading.article.place(s).number, reading.article.text[s:e])
        for s, e in zip(left["start"], left["end"], strict=True)
    ]
    table = pd.DataFrame(found, columns=["sentence", "exact"])
    return table.groupby("sentence")["exact"].agg(words="size", exact=" · ".join).reset_index()


def headlines(reading: Reading) -> list[tuple[Value, Message]]:
    """The main figures, each with what it counts."""
    attributed = [claim for claim in reading.asserted if claim.attributed]
    named = sum(source.named for source in reading.speaking)
    persons = sum(source.kind == "named person" for source in reading.speaking)
    reasons = sum(source.justification is not None for source in reading.speaking)
    share = by_basis(reading).set_index("basis")["share"]
    everyone = len(reading.speaking)
    return [
        (len(attributed), message("figure.attributed", direct=sum(c.kind == "direct" for c in attributed))),
        *(
            (Share(float(share[each])), message(f"figure.{each}"))
            for each in (Basis.NAMED, Basis.UNNAMED, Basis.OUTLET)
        ),
        (message("figure.of", n=named, all=everyone), message("figure.sources", persons=persons)),
        (message("figure.of", n=reasons, all=everyone), message("figure.reasons")),
    ]
