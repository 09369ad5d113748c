"""Which of the outlet's own sentences state nothing that would need a source: headings, bylines, questions."""

import unicodedata

from helpers.records.claims import Claim
from helpers.text import punctuation
from helpers.text.articles import Article, Place

LAST = 20  # characters in which a line's last letter or mark stands


def states_nothing(article: Article, claim: Claim) -> bool:
    """Whether an unattributed claim is a line that is no sentence (a headline, a byline), or a question."""
    if claim.attributed:
        return False
    line, sentence = article.paragraphs[claim.paragraph - 1], article.sentences[claim.sentence - 1]
    return _last(article, line).isalnum() or _last(article, sentence) in punctuation.marks().questions


def _last(article: Article, place: Place) -> str:
    """The last letter or mark of a line or sentence, behind which vowels, brackets and quotation marks may stand."""
    marks = punctuation.marks()
    for char in reversed(article.text[max(place.start, place.end - LAST) : place.end]):
        if char not in marks.closers and char not in marks.families and unicodedata.category(char) != "Mn":
            return char
    return ""
