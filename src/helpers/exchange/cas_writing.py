"""A document as a CAS. cassis counts offsets as Python does, and converts them to UTF-16 itself where it writes a file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.exchange import cas_types
from helpers.exchange.cas_types import JUSTIFICATION, ROLES
from helpers.exchange.documents import Document
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article, Span

if TYPE_CHECKING:
    from cassis import Cas

LANGUAGE = "ar"


def cas(document: Document) -> "Cas":
    """A document as a CAS. Raises InputError, one line, for one without its text."""
    from cassis import Cas

    if document.text is None:
        raise InputError(f"{document.article_id}: its text is not there, and a CAS holds one; export it with its text")
    made = Cas(cas_types.type_system(), sofa_string=document.text)
    article = Article(document.article_id, Path(document.article_id), document.text, document.sha256 or "")
    first = article.sentences[0].start if article.sentences else 0
    _Writer(made, first).write(document, article)
    return made


class _Writer:
    """Adds annotations to a CAS, in the order of the records, by which they are read back."""

    def __init__(self, made: "Cas", first: int) -> None:
        self.made, self.first = made, first

    def write(self, document: Document, article: Article) -> None:
        named = {"documentTitle": document.article_id, "documentId": document.article_id}
        self._add(cas_types.METADATA, (0, len(article.text)), named | {"language": LANGUAGE})
        for type_, places in (
            (cas_types.SENTENCE, [(each.start, each.end) for each in article.sentences]),
            (cas_types.TOKEN, article.words),
        ):
            for place in places:
                self._add(type_, place)
        exported = self._strings(claim.claim_id for claim in document.claims)
        incomplete = self._strings(claim.claim_id for claim in document.claims if _incomplete(claim))
        known = {"articleId": document.article_id, "sha256": document.sha256}
        known |= {"exported": exported, "incomplete": incomplete}
        self._add(cas_types.ARTICLE, (self.first, self.first), known)
        named_at: dict[str | None, Span] = {}
        for claim in document.claims:
            if words := claim.source or claim.antecedent:
                named_at.setdefault(claim.source_id, words)
        for source in document.sources:
            self._record(cas_types.SOURCE, source, self._place(named_at.get(source.source_id)))
            if source.justification:
                self._segment(source.justification, JUSTIFICATION, source.source_id)
        for claim in document.claims:
            self._claim(claim)
        for mention in document.mentions:
            self._record(cas_types.MENTION, mention, self._place(mention.span))

    def _claim(self, claim: Claim) -> None:
        link = self.made.typesystem.get_type(cas_types.LINK)
        links = [link(role=role, target=self._segment(span, role)) for role, span in _words(claim)]
        segments = self.made.typesystem.get_type(cas_types.ARRAY)(elements=links)
        self._record(cas_types.CLAIM, claim, self._place(*claim.content[:1]), segments=segments)

    def _segment(self, span: Span, role: str, source_id: str | None = None) -> Any:
        return self._add(cas_types.SEGMENT, (span.start, span.end), {"role": role, "sourceId": source_id})

    def _place(self, span: Span | None = None) -> tuple[int, int]:
        """The place of a span; what has no words in the text stands at its first sentence."""
        return (span.start, span.end) if span else (self.first, self.first)

    def _record(self, type_: str, record: Claim | Source | Mention, place: tuple[int, int], **others: Any) -> None:
        values = {}
        for name, field in cas_types.record_fields(type(record)).items():
            value = getattr(record, field.name)
            if isinstance(value, tuple):
                value = self._strings(value)
            values[name] = repr(value) if isinstance(value, float) else value
        self._add(type_, place, values | others)

    def _strings(self, values: Iterable[str]) -> Any:
        return self.made.typesystem.get_type(cas_types.STRINGS)(elements=list(values))

    def _add(self, type_: str, place: tuple[int, int], values: Mapping[str, Any] | None = None) -> Any:
        """An annotation; a value that is None or empty is left out."""
        given = {name: str(value) if isinstance(value, str) else value for name, value in (values or {}).items()}
        given = {name: value for name, value in given.items() if value not in (None, "")}
        made = self.made.typesystem.get_type(type_)(begin=place[0], end=place[1], **given)
        self.made.add(made)
        return made


def _incomplete(claim: Claim) -> bool:
    """Whether words of a claim are not in the text any more."""
    needed = {"stated": claim.source, "inherited": claim.antecedent}
    return not claim.content or needed.get(claim.source_via or "", claim) is None


def _words(claim: Claim) -> Iterator[tuple[str, Span]]:
    """The spans of a claim, each with its role."""
    for role in ROLES:
        held: Span | tuple[Span, ...] | None = getattr(claim, role)
        yield from ((role, span) for span in (held if isinstance(held, tuple) else (held,) if held else ()))
