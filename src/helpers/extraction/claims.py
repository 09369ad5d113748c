"""Finds claims by machine, by running the stages of the finder.

A claim of low confidence is only a possible claim: it is kept apart and never counted.
"""

from collections.abc import Callable, Iterable

from msgspec import structs

from helpers.extraction import finder, finished_claims, texts
from helpers.extraction.known import Fitted
from helpers.extraction.texts import Text
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import Claim
from helpers.text.articles import Article


def find(article: Article, vocabulary: Vocabulary, fitted: Fitted, text: Text | None = None) -> list[Claim]:
    """Find the claims of an unannotated article, including those in the outlet's own voice.

    Possible claims are left out; their words count as the outlet's own, or as those of the claim around them.

    text      the words of the article, if the caller has them
    Returns   claims in the order of the text, an inner one after its outer one; `source_id` and `about` are filled
              later, by `sources.identify` and `readings.read`.
    Cost      linear in the length of the text.
    """
    least = fitted.thresholds.attributed
    made, _ = apart(found(article, vocabulary, fitted, text), lambda claim: perhaps(claim, least))
    return list(made)


def found(article: Article, vocabulary: Vocabulary, fitted: Fitted, text: Text | None = None) -> list[Claim]:
    """Like `find`, with possible claims included, which `apart` can separate."""
    text = text or texts.read(article, vocabulary)
    drafts = finder.drafts(text, vocabulary.colon, fitted.antecedents)
    return finished_claims.claims(text, drafts, fitted.confidence, fitted.thresholds.attributed)


def perhaps(claim: Claim, least: float) -> bool:
    """Whether a claim was found by machine with a confidence below `least`."""
    return claim.confidence is not None and claim.confidence < least


def apart(claims: Iterable[Claim], aside: Callable[[Claim], bool]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """(claims that are counted, claims for which `aside` is true), each numbered again; `within` of a counted claim
    refers to a counted one."""
    all_ = tuple(claims)
    out: dict[str, str | None] = {}  # claims aside, with the nearest counted claim around each
    for claim in filter(aside, all_):
        out[claim.claim_id] = out.get(claim.within, claim.within) if claim.within else None
    if not out:
        return all_, ()
    counted: list[Claim] = []
    for claim in all_:
        if claim.claim_id in out:
            continue
        outer = claim.within
        while outer in out:
            outer = out[outer]
        counted.append(structs.replace(claim, order=len(counted) + 1, within=outer))
    kept_aside = (claim for claim in all_ if claim.claim_id in out)
    return tuple(counted), tuple(structs.replace(claim, order=number) for number, claim in enumerate(kept_aside, 1))
