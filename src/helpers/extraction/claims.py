"""Who says what, found by machine: the stages of the finder, one after the other."""

from helpers.extraction import finder, texts, written
from helpers.extraction.known import Fitted
from helpers.extraction.texts import Text
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import Claim
from helpers.text.articles import Article


def find(article: Article, vocabulary: Vocabulary, fitted: Fitted, text: Text | None = None) -> list[Claim]:
    """Find the claims of an article that nobody has annotated, the outlet's own voice among them.

    text      the article's words, for a caller that has read them

    Returns   claims in the order of the text, an inner one after its outer one; `source_id` and `about` are for
              `sources.identify` and `readings.read` to fill.
    Cost      linear in the length of the text.
    """
    text = text or texts.read(article, vocabulary)
    return written.claims(text, finder.drafts(text, vocabulary.colon, fitted.antecedents), fitted.confidence)
