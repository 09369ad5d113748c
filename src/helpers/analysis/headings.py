"""Which of the outlet's own sentences state nothing that would need a source: headings, bylines, questions."""

from helpers.records.claims import Claim
from helpers.text.articles import Article, Place

CLOSING = "»”\"')]\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"  # marks and vowels behind the last letter of a line
LAST = 20  # characters in which a line's last letter or mark stands
QUESTION = ("?", "؟")


def states_nothing(article: Article, claim: Claim) -> bool:
    """Whether an unattributed claim is a line that is no sentence (a headline, a byline), or a question."""
    if claim.attributed:
        return False
    line, sentence = article.paragraphs[claim.paragraph - 1], article.sentences[claim.sentence - 1]
    return _last(article, line).isalnum() or _last(article, sentence) in QUESTION


def _last(article: Article, place: Place) -> str:
    return article.text[max(place.start, place.end - LAST) : place.end].rstrip(CLOSING)[-1:]
