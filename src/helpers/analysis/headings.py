"""Which sentences in the outlet's own voice need no source: headings, bylines, questions, lines that lead to other articles."""

import unicodedata
from bisect import bisect_right
from operator import itemgetter

from helpers.records.claims import Claim
from helpers.text import punctuation
from helpers.text.articles import Article, Place

LAST = 20  # characters at the end of a line that are searched for its last letter or mark


def states_nothing(article: Article, claim: Claim) -> bool:
    """Whether an unattributed claim is a line that is not a sentence (a headline, a byline), leads to another article, or is a question."""
    if claim.attributed:
        return False
    line, sentence = article.paragraphs[claim.paragraph - 1], article.sentences[claim.sentence - 1]
    at = bisect_right(article.related, line.start, key=itemgetter(0)) - 1
    if at >= 0 and line.start < article.related[at][1]:
        return True
    return _last(article, line).isalnum() or _last(article, sentence) in punctuation.marks().questions


def _last(article: Article, place: Place) -> str:
    """The last letter or mark of a line or sentence, before any vowel marks, brackets and quotation marks."""
    marks = punctuation.marks()
    for char in reversed(article.text[max(place.start, place.end - LAST) : place.end]):
        if char not in marks.closers and char not in marks.families and unicodedata.category(char) != "Mn":
            return char
    return ""
