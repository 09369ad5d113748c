"""Findings about an article as received: its origin, its spelling (notebook 01)."""

from collections import Counter

import pandas as pd

from helpers.analysis.findings.wording import count, items, listed
from helpers.records.messages import Message, Name, message
from helpers.records.readings import Reading
from helpers.text import orthography
from helpers.text.articles import Article

ASKED = ("outlet", "author", "url")  # metadata that readers need besides the date


def provenance(reading: Reading) -> list[Message]:
    """When the article was published, which metadata is missing, and whether its text is in doubt."""
    article = reading.article
    missing = tuple(message(f"known.{key}") for key in ASKED if not article.about.get(key))
    known = message("finding.provenance.missing", what=missing) if missing else message("finding.provenance.known")
    doubts = len(article.warnings) + ("warning" in article.about)
    return [published(article), known, *([message("finding.provenance.doubts", n=doubts)] if doubts else [])]


def published(article: Article) -> Message:
    """When the article was published, as far as that is known."""
    about = article.about
    if day := about.get("published"):
        return message("finding.published.on", day=day)
    first, last = about.get("published_earliest"), about.get("published_latest")
    if first and last:
        return message("finding.published.between", first=first, last=last)
    if first or last:
        return message("finding.published.from" if first else "finding.published.until", day=first or last or "")
    return message("finding.published.unknown")


def sentences(table: pd.DataFrame) -> list[Message]:
    """The length of sentences. `table` as returned by `frames.sentences`."""
    if table.empty:
        return [message("finding.sentences.none")]
    longest = table.loc[table["words"].idxmax()]
    words = count("words", int(longest["words"]))
    if len(table) == 1:
        return [message("finding.sentences.single", words=words)]
    half = count("words", int(table["words"].quantile(interpolation="lower")))
    return [message("finding.sentences", words=words, paragraph=int(longest["paragraph"]), half=half)]


def folded(reading: Reading) -> list[Message]:
    """The words that the article spells in several ways that folding unites, the most frequent first."""
    spelled: dict[str, Counter[str]] = {}
    for start, end in reading.article.words:
        word = reading.article.text[start:end]
        spelled.setdefault(orthography.fold(word).text, Counter())[word] += 1
    several = sorted((ways for ways in spelled.values() if len(ways) > 1), key=lambda ways: -ways.total())
    if not several:
        return [message("finding.folded.none")]
    examples = listed([Name("", " / ".join(word for word, _ in ways.most_common())) for ways in several])
    return [message("finding.folded", n=len(several), words=examples)]


def oddities(reading: Reading) -> list[Message]:
    """How many irregularities were noted, and of which kinds; or that nobody looked for any."""
    if not reading.oddities:
        return [message("finding.oddities.unread" if reading.curated is None else "finding.oddities.none")]
    kinds = Counter(oddity.kind for oddity in reading.oddities).most_common()
    what = items((message(f"finding.odd.{kind}"), n) for kind, n in kinds)
    return [message("finding.oddities", n=len(reading.oddities), what=what)]
