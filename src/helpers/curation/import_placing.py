"""Where the spans of a file that is imported are in an article's text, which may be another text than the file's."""

from collections.abc import Iterator
from typing import Any

from helpers.curation import anchoring_again
from helpers.curation.anchoring_again import Again
from helpers.curation.state import Record, State, spans
from helpers.exchange.documents import Document
from helpers.files.errors import InputError
from helpers.text.articles import Article

SPANS = ("source", "cue", "content", "antecedent", "justification")  # where claims and sources have spans
UNKNOWN = "\0"  # stands for what a file does not say of the text that its offsets are of; in no text


def trimmed(theirs: State) -> State:
    """A document's records without the spaces at the edges of spans, which a mouse takes along."""
    for record in (*theirs.claims.values(), *theirs.sources.values()):
        for key in SPANS:
            if key in record:
                record[key] = _bare(record[key])
    for key, mention in theirs.mentions.items():
        theirs.mentions[key] = mention | _bare({name: mention[name] for name in ("start", "end", "exact")})
    return theirs


def _bare(found: Any) -> Any:
    """A span, or several, without spaces at its edges; one of nothing but spaces stays, to be refused."""
    if not found:
        return found
    if isinstance(found, list):
        return [_bare(each) for each in found]
    words = found["exact"].strip()
    if not words:
        return found
    start = found["start"] + found["exact"].index(words)
    return found | {"start": start, "end": start + len(words), "exact": words}


def placed(theirs: State, document: Document, article: Article, where: object) -> tuple[State, bool]:
    """A document's records as they stand in an article's text, and whether that is another text than the document's.

    Raises    InputError where none of its words are found: it is of another article.
    """
    if article.sha256 == document.sha256 or article.text == document.text:
        return theirs, False
    before = document.text if document.text is not None else _quoted(theirs)
    looked = Again(before, article)
    again = anchoring_again.again(theirs, looked)
    if looked.lost and not looked.count:
        said = f"none of its {len(looked.lost):,} spans are found in {article.path}, so it is of another article"
        raise InputError(f"{where}: {document.article_id}: {said}; name its own with --article")
    return again, True


def _quoted(theirs: State) -> str:
    """What is known of a text by the words of spans in it."""
    known: dict[int, str] = {}
    for span in _all_spans(theirs):
        known |= enumerate(span["exact"], span["start"])
    return "".join(known.get(at, UNKNOWN) for at in range(max(known, default=-1) + 1))


def _all_spans(theirs: State) -> Iterator[Record]:
    for claim in theirs.claims.values():
        yield from spans(claim)
        if claim["antecedent"]:
            yield claim["antecedent"]
    yield from (each["justification"] for each in theirs.sources.values() if each["justification"])
    yield from theirs.mentions.values()
