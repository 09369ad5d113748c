"""The record of a claim, and the words of an article by claim.

A claim is an attribution as in PARC (Pareti 2016, "PARC 3.0: A Corpus of Attribution Relations"): a source, a cue and
a content. Unlike PARC, what the outlet says in its own voice is a claim as well (`unattributed`), so that claims cover
the whole text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Annotated

from msgspec import Struct

from helpers.records.fields import DECIDED, STATUS, Written
from helpers.records.modality import Modality
from helpers.text.articles import Article, Span

CLAIM_KINDS = ("direct", "mixed", "indirect", "unattributed")
CUE_FORMS = ("verb", "participle", "masdar", "noun", "particle", "punctuation")
SOURCE_VIA = ("stated", "inherited", "unresolved")
UNREVIEWED, ACCEPTED, CHANGED, REJECTED, ADDED = "unreviewed", "accepted", "changed", "rejected", "added"
STATUSES = (UNREVIEWED, ACCEPTED, CHANGED, REJECTED, ADDED)  # people's decisions on a claim
NO_CLAIM, UNSAID = -1, -2  # for a word: in no claim; only in claims that are not asserted


class Claim(Struct, frozen=True, gc=False):
    """One claim. Fields as in `data/README.md`; in an unattributed claim, all from `cue_form` to `stance` are None.

    source         the words that name the source in the claim's own clause; None if there are none
    antecedent     the words that name the source earlier, if its clause does not; else None
    cue            the words that report, one span per part, in the order of the text
    content        what is said, one span per part, in the order of the text
    about          ids of the actors that the content mentions
    credibility    1 to 6; None if nobody graded it
    made_by        who found it: `machine` or `people`
    status         one of STATUSES, in an article that people annotate; else None
    annotator      who decided on it; if nobody has, the person who proposed it, if it was a person
    note           remarks for whoever decides, such as where two annotators disagree
    """

    claim_id: str
    order: Annotated[int, ~Written.TABLE]
    paragraph: int
    sentence: Annotated[int, ~Written.TABLE]
    kind: str
    cue_form: Annotated[str | None, ~Written.TABLE]
    act: str | None
    source: Annotated[Span | None, ~Written.ANNOTATION]
    source_id: str | None
    source_via: str | None
    antecedent: Annotated[Span | None, Written.JSON | Written.CORPUS]
    cue: Annotated[tuple[Span, ...], ~Written.ANNOTATION]
    cue_lemma: Annotated[str | None, ~Written.TABLE]
    stance: Annotated[str | None, ~Written.TABLE]
    content: Annotated[tuple[Span, ...], ~Written.ANNOTATION]
    about: Annotated[tuple[str, ...], ~Written.ANNOTATION]
    within: str | None
    modality: Modality = Modality.ASSERTED
    gloss_en: Annotated[str | None, DECIDED] = None
    credibility: Annotated[int | None, DECIDED] = None
    rationale: Annotated[str, DECIDED] = ""
    outside_note: Annotated[str, Written.ANNOTATION] = ""
    rater: Annotated[str, Written.ANNOTATION] = ""
    rated_on: Annotated[str, Written.ANNOTATION] = ""
    made_by: Annotated[str, ~Written.ANNOTATION] = "people"
    rule: str | None = None
    confidence: float | None = None
    status: Annotated[str | None, STATUS] = None
    annotator: Annotated[str | None, STATUS] = None
    decided_at: Annotated[str | None, STATUS] = None
    note: Annotated[str, Written.ANNOTATION] = ""

    @property
    def decided(self) -> bool:
        """Whether somebody decided on it; False for a proposal, and for a machine's claim in an unannotated article."""
        return self.status not in (None, UNREVIEWED)

    @property
    def proposed(self) -> bool:
        """Whether an annotator proposed it and nobody has decided on it: two annotators disagree, or only one has it."""
        return self.status == UNREVIEWED and self.annotator is not None

    @property
    def undecided(self) -> bool:
        """Whether a machine proposed it in an article that people annotate, and nobody has decided on it yet."""
        return self.status == UNREVIEWED and self.annotator is None

    @property
    def rejected(self) -> bool:
        """Whether somebody decided that it is not a claim."""
        return self.status == REJECTED

    @property
    def attributed(self) -> bool:
        """Whether the article attributes it to somebody; False for the outlet's own voice."""
        return self.kind != "unattributed"

    @property
    def asserted(self) -> bool:
        """Whether the article reports it as said or thought; False if negated, questioned, conditional or future."""
        return self.modality == Modality.ASSERTED

    @property
    def cue_text(self) -> str:
        """The words of the cue as printed, parts joined by an ellipsis; empty if there is none."""
        return " … ".join(span.exact for span in self.cue)

    @property
    def content_text(self) -> str:
        """The words of the content as printed, parts joined by an ellipsis."""
        return " … ".join(span.exact for span in self.content)

    @property
    def reported(self) -> bool:
        """Whether it reports a statement of its source; False for an ascribed view or one that another source relays."""
        return self.act in ("speech", "evidence") and self.within is None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of source, cue and content in the claim's own clause."""
        return (*((self.source,) if self.source else ()), *self.cue, *self.content)


def innermost(article: Article, claims: Sequence[Claim]) -> list[int]:
    """For each word of the article, the index in `claims` of the innermost claim that contains it, or NO_CLAIM.

    The words of a claim that is not asserted belong to the claim around it. If there is none, they are UNSAID: the
    outlet says in its own voice that the claim was not made.
    """
    starts, ends = [start for start, _ in article.words], [end for _, end in article.words]
    owner = [NO_CLAIM] * len(starts)
    # Asserted claims overwrite others, and inner claims, which come later, overwrite outer ones.
    for at in sorted(range(len(claims)), key=lambda at: (claims[at].asserted, claims[at].order)):
        for span in claims[at].spans:
            first, past = bisect_right(ends, span.start), bisect_left(starts, span.end)
            owner[first:past] = [at if claims[at].asserted else UNSAID] * max(past - first, 0)
    return owner


def remainders(article: Article, claims: Iterable[Claim]) -> list[tuple[Span, ...]]:
    """The words of each sentence outside the spans of the outermost attributed claims.

    Returns   for each sentence its runs of remaining words, each as one span from its first to its last word. Whether
              such a run contains a clause, and so an unattributed claim, is not decided here.
    """
    starts, ends = [start for start, _ in article.words], [end for _, end in article.words]
    taken = bytearray(len(starts))
    for claim in claims:
        if claim.attributed and claim.within is None:
            for span in claim.spans:
                first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
                taken[first:last] = b"\1" * (last - first)
    found = []
    for sentence in article.sentences:
        at, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        runs = []
        while (begin := taken.find(0, at, last)) >= 0:
            at = taken.find(1, begin, last)
            at = last if at < 0 else at
            runs.append(article.span(starts[begin], ends[at - 1]))
        found.append(tuple(runs))
    return found
