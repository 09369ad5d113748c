"""`gold`: other corpora, as source, cue and content, in the form of `data/gold` (see `evaluation.gold_texts`).

Such a file names no claim and no source: claims are numbered in the order of the text, and the words for a source are
its name; who it is, and what a cue reports, is left to whoever imports it. `isnad draft --gold` writes such files.
"""

from collections.abc import Sequence
from pathlib import Path

from helpers.evaluation import gold_texts
from helpers.evaluation.gold_texts import Annotated, Attribution, Extent
from helpers.exchange.documents import Document
from helpers.files.errors import InputError
from helpers.lexicon.entries import ACTS
from helpers.records.claims import Claim
from helpers.records.sources import Source
from helpers.text import articles, orthography
from helpers.text.articles import Span

ATTRIBUTIONS = b'"attributions"'
DIRECT = "direct"
BORDERLINE = "marked as optional"


def save(given: Sequence[Document], out: Path) -> None:
    """Raises InputError: what people decided is written so by another command."""
    raise InputError("gold is written by isnad draft --gold FILE, of articles on all of whose claims people decided")


def load(path: Path) -> list[Document]:
    """The documents of a file. What has no content is passed over, and counted."""
    return [_document(each) for each in gold_texts.load(path)]


def _document(annotated: Annotated) -> Document:
    claims: list[Claim] = []
    sources: dict[str, Source] = {}
    ordered = sorted(annotated.attributions, key=_extent)
    for one in ordered:
        if one.content:
            claims.append(_claim(one, f"c{len(claims) + 1}", annotated.text, sources))
    without = sum(1 for one in ordered if not one.content)
    return Document(
        articles.slug(annotated.article_id),
        None,
        annotated.text,
        tuple(claims),
        tuple(sources.values()),
        id=annotated.article_id,
        passed_over={"attributions without a content": without} if without else {},
    )


def _extent(one: Attribution) -> tuple[int, int]:
    parts = [part for part in (one.source, one.cue, one.content) if part]
    return min((start for start, _ in parts), default=0), -max((end for _, end in parts), default=0)


def _claim(one: Attribution, claim_id: str, text: str, sources: dict[str, Source]) -> Claim:
    source = _span(one.source, text)
    antecedent = None if source else _span(one.antecedent or one.source_alt, text)
    who = source or antecedent
    cues = sorted(filter(None, {one.cue, *one.cue_alt}))
    apart = [cue for at, cue in enumerate(cues) if not at or cue[0] >= cues[at - 1][1]]
    content = _span(one.content, text)
    assert content  # those without are passed over
    return Claim(
        claim_id=claim_id,
        order=0,
        paragraph=0,
        sentence=0,
        kind=DIRECT if one.kind == DIRECT else "indirect",
        cue_form=None,
        act=one.act if one.act in ACTS else None,
        source=source,
        source_id=_source(who, sources) if who else None,
        source_via="stated" if source else "inherited" if antecedent else "unresolved",
        antecedent=antecedent,
        cue=tuple(span for cue in apart if (span := _span(cue, text))),
        cue_lemma=None,
        stance=None,
        content=(content,),
        about=(),
        within=None,
        note=BORDERLINE if one.optional else "",
    )


def _source(words: Span, sources: dict[str, Source]) -> str:
    """The id of the source that is called so, a new one where there is none."""
    name = " ".join(words.exact.split())
    key = " ".join(orthography.fold(name).text.split())
    if key not in sources:
        sources[key] = Source(f"s{len(sources) + 1}", name, None, "unknown", (), (), None)
    return sources[key].source_id


def _span(extent: Extent | None, text: str) -> Span | None:
    return Span(*extent, text[slice(*extent)]) if extent else None


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file begins with an object that has attributions, or has a text that is longer than what is looked at."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"{") and (ATTRIBUTIONS in head or (b'"text"' in head and b'"article"' not in head))
