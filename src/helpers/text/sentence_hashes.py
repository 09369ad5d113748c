"""The hash of each sentence, by which the same text is recognised in several articles, however it is spelt and punctuated.

What is hashed are the folded words (`orthography`) without what stands between them, so that a bare alef, other quotation
marks or other digits make no difference. A sentence of few words (وأضاف قائلاً:) is in too many articles to say anything by
itself: it is hashed together with the words before it, six in all, at the head of an article with those behind it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from msgspec import Struct

from helpers.text import orthography
from helpers.text.articles import Article

FEWEST_WORDS = 6  # that are hashed, where an article has so many
BYTES = 8  # of a hash


class Hashed(Struct, frozen=True):
    """The sentences of an article, in order.

    hashes   of each a whole number of 64 bits, with sign
    words    the number of its own words
    """

    hashes: tuple[int, ...]
    words: tuple[int, ...]


def of_article(article: Article) -> Hashed:
    """The sentences of an article."""
    starts = article.tokens.starts
    edges = [(bisect_left(starts, each.start), bisect_left(starts, each.end)) for each in article.sentences]
    return _hashed(article.tokens.words, edges)


def of_texts(sentences: Iterable[str]) -> Hashed:
    """The same of sentences as texts, such as those in the tables of a report.

    >>> of_texts(["قالَ الوزير إنّ الطريق إلى المرفأ مفتوح."]) == of_texts(["قال الوزير: ان الطريق الى المرفأ مفتوح"])
    True
    """
    words: list[str] = []
    edges: list[tuple[int, int]] = []
    for text in sentences:
        first = len(words)
        words += orthography.tokens(orthography.fold(text)).words
        edges.append((first, len(words)))
    return _hashed(words, edges)


def _hashed(words: Sequence[str], edges: Sequence[tuple[int, int]]) -> Hashed:
    """edges   of each sentence the indices of its first word and behind its last one"""
    hashes = []
    for first, end in edges:
        begin = max(0, min(first, end - FEWEST_WORDS))
        text = " ".join(words[begin : max(end, FEWEST_WORDS)])
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=BYTES).digest()
        hashes.append(int.from_bytes(digest, "big", signed=True))
    return Hashed(tuple(hashes), tuple(end - first for first, end in edges))
