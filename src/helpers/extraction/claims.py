"""Who says what, found by machine: the stages of the finder, one after the other.

A claim of which the machine is not sure enough is only perhaps attributed: it is kept apart, and counted nowhere.
"""

from collections.abc import Callable, Iterable

from msgspec import structs

from helpers.extraction import finder, texts, written
from helpers.extraction.known import Fitted
from helpers.extraction.texts import Text
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import Claim
from helpers.text.articles import Article


def find(article: Article, vocabulary: Vocabulary, fitted: Fitted, text: Text | None = None) -> list[Claim]:
    """Find the claims of an article that nobody has annotated, the outlet's own voice among them.

    What is only perhaps attributed is not among them, and its words are the outlet's own or of the claim around them.

    text      the article's words, for a caller that has read them

    Returns   claims in the order of the text, an inner one after its outer one; `source_id` and `about` are for
              `sources.identify` and `readings.read` to fill.
    Cost      linear in the length of the text.
    """
    least = fitted.thresholds.attributed
    made, _ = apart(found(article, vocabulary, fitted, text), lambda claim: perhaps(claim, least))
    return list(made)


def found(article: Article, vocabulary: Vocabulary, fitted: Fitted, text: Text | None = None) -> list[Claim]:
    """The same claims, and those that are only perhaps attributed, which `apart` keeps apart."""
    text = text or texts.read(article, vocabulary)
    drafts = finder.drafts(text, vocabulary.colon, fitted.antecedents)
    return written.claims(text, drafts, fitted.confidence, fitted.thresholds.attributed)


def perhaps(claim: Claim, least: float) -> bool:
    """Whether a claim that a machine found is only perhaps attributed, for its confidence is under the least; not so of others."""
    return claim.confidence is not None and claim.confidence < least


def apart(claims: Iterable[Claim], aside: Callable[[Claim], bool]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Claims in two, each numbered anew: those that are counted, `within` leading to such, and those to be kept aside."""
    all_ = tuple(claims)
    out: dict[str, str | None] = {}  # and within which that is not out, where that stands before it
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
