"""The record of a source: who it is, and how it is graded."""

from typing import Annotated

from msgspec import Struct

from helpers.records.fields import DECIDED, Written
from helpers.text.articles import Span

SOURCE_KINDS = (
    "named person",
    "unnamed person",
    "named group",
    "unnamed group",
    "organisation",
    "document",
    "unknown",
)


# Admiralty code (NATO AJP-2.1, STANAG 2511): reliability of a source, credibility of information.
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}


CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


class Source(Struct, frozen=True, gc=False):
    """One source of an article. Fields as in `data/README.md`.

    source_id         the key by which claims refer to it
    name, name_en     the fullest form of its name in the article, as printed, and in English, if known
    kind              named or unnamed person, named or unnamed group, organisation, document, unknown
    actor_ids         the actors that are this source
    affiliation_ids   the actors for which it speaks
    justification     the span that says why it is in a position to know
    justification_en  that span in English
    reliability       A to F; None if nobody graded it
    rationale, outside_note, rater, rated_on   of the grade, as in a claim
    made_by           who found it: `machine` or `people`
    rule              the rule by which a machine took two phrases for one source, or determined its kind
    note              where two annotators disagree on it
    """

    source_id: str
    name: str
    name_en: Annotated[str | None, ~Written.JSON]
    kind: str
    actor_ids: tuple[str, ...]
    affiliation_ids: tuple[str, ...]
    justification: Annotated[Span | None, ~Written.ANNOTATION]
    justification_en: Annotated[str | None, Written.ANNOTATION] = None
    reliability: Annotated[str | None, DECIDED] = None
    rationale: Annotated[str, DECIDED] = ""
    outside_note: Annotated[str, DECIDED] = ""
    rater: Annotated[str, Written.ANNOTATION] = ""
    rated_on: Annotated[str, Written.ANNOTATION] = ""
    made_by: Annotated[str, ~Written.ANNOTATION] = "people"
    rule: str | None = None
    note: Annotated[str, Written.ANNOTATION] = ""

    @property
    def named(self) -> bool:
        """Whether the article names it: a person, a group or an organisation by name, or a document."""
        return self.kind in ("named person", "named group", "organisation", "document")

    @property
    def identified(self) -> bool:
        """Whether it is known who or what it is; a machine cannot identify every source."""
        return self.kind != "unknown"
