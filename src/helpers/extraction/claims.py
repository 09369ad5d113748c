"""Who says what: the record of a claim, and the finder.

A claim is an attribution in the sense of PARC (Pareti 2016, "PARC 3.0: A Corpus of Attribution Relations"): a source,
a cue and a content; here with the outlet's own voice (`unattributed`) beside it, so that a text is accounted for whole.
"""

from helpers.extraction import finder, texts, written
from helpers.extraction.confidence import Confidence
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import CUE_FORMS, KINDS, SOURCE_VIA, Claim, remainders
from helpers.text.articles import Article

__all__ = ["CUE_FORMS", "KINDS", "SOURCE_VIA", "Claim", "find", "remainders"]


def find(article: Article, vocabulary: Vocabulary, confidence: Confidence) -> list[Claim]:
    """Find the claims of an article that nobody has annotated, the outlet's own voice among them.

    Returns   claims in the order of the text, an inner one after its outer one; `source_id` and `about` are for
              `sources.identify` and `readings.read` to fill.
    Cost      linear in the length of the text.
    """
    text = texts.read(article, vocabulary)
    return written.claims(text, finder.drafts(text, vocabulary.colon), confidence)
