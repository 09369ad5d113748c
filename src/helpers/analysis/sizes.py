"""What a notebook has loaded, in one message: how much of what."""

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import audit
from helpers.records.messages import Message, Name, message
from helpers.records.readings import Reading
from helpers.text.articles import Article


def article(of: Article) -> Message:
    """How long an article is."""
    parts = {"words": of.words, "paragraphs": of.paragraphs, "sentences": of.sentences}
    return message("size.article", characters=len(of.text), **{name: len(each) for name, each in parts.items()})


def folded(of: Article, words: int = 12) -> list[Message]:
    """The first words of an article as received, and as they are looked up."""
    (start, _), (_, end) = of.words[0], of.words[:words][-1]
    texts = {"size.received": of.text[start:end], "size.folded": of.folded.text[start:end]}
    return [message(key, text=Name("", text)) for key, text in texts.items()]


def claims(reading: Reading) -> Message:
    """How many claims, sources and mentions a reading has."""
    counted = {"claims": len(reading.asserted), "sources": len(reading.speaking), "mentions": len(reading.mentions)}
    return message("size.claims", **counted)


def attributed(reading: Reading) -> Message:
    """How many of the claims are attributed, and to how many sources."""
    counted = {"attributed": len(audit.attributed(reading)), "all": len(reading.asserted)}
    return message("size.attributed", **counted, sources=len(reading.speaking))


def mentions(table: pd.DataFrame) -> Message:
    """How many mentions there are of how many actors, by the table of `frames.mentions`."""
    return message("size.mentions", mentions=len(table), actors=int(table["actor_id"].nunique()))


def corpus(counts: Mapping[str, int]) -> Message:
    """How much a corpus has, by `questions.counts`."""
    return message("size.corpus", **counts)
