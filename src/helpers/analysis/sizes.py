"""Messages about the size of what a notebook has loaded."""

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import audit
from helpers.records.messages import Message, Name, message
from helpers.records.readings import Reading
from helpers.text.articles import Article


def article(of: Article) -> Message:
    """The length of an article."""
    parts = {"words": of.words, "paragraphs": of.paragraphs, "sentences": of.sentences}
    return message("size.article", characters=len(of.text), **{name: len(each) for name, each in parts.items()})


def folded(of: Article, words: int = 12) -> list[Message]:
    """The first words of an article as received, and folded."""
    (start, _), (_, end) = of.words[0], of.words[:words][-1]
    texts = {"size.received": of.text[start:end], "size.folded": of.folded.text[start:end]}
    return [message(key, text=Name("", text)) for key, text in texts.items()]


def claims(reading: Reading) -> Message:
    """The numbers of claims, sources and mentions of a reading."""
    counted = {"claims": len(reading.asserted), "sources": len(reading.speaking), "mentions": len(reading.mentions)}
    return message("size.claims", **counted)


def attributed(reading: Reading) -> Message:
    """The number of attributed claims, and of their sources."""
    counted = {"attributed": len(audit.attributed(reading)), "all": len(reading.asserted)}
    return message("size.attributed", **counted, sources=len(reading.speaking))


def mentions(table: pd.DataFrame) -> Message:
    """The numbers of mentions and actors in a table of `frames.mentions`."""
    return message("size.mentions", mentions=len(table), actors=int(table["actor_id"].nunique()))


def corpus(counts: Mapping[str, int]) -> Message:
    """The size of a corpus, from `questions.counts`."""
    return message("size.corpus", **counts)
