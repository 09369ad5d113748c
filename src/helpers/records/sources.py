"""Who a source of an article is, and how it is graded."""

from msgspec import Struct

from helpers.text.articles import Span

KINDS = (
    "named person",
    "unnamed person",
    "named group",
    "unnamed group",
    "organisation",
    "document",
    "unknown",
)


# Admiralty code (NATO AJP-2.1, STANAG 2511): reliability of a source, credibility of a piece of information.
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

    `actor_ids` are the actors that it is; `affiliation_ids` those that it speaks for; `justification` is the span that
    says why it should know; `rule` is how a machine took two phrases for one source, or what determined its kind.
    """

    source_id: str
    name: str
    name_en: str | None
    kind: str
    actor_ids: tuple[str, ...]
    affiliation_ids: tuple[str, ...]
    justification: Span | None
    justification_en: str | None = None
    reliability: str = "F"
    rationale: str = ""
    outside_note: str = ""
    rater: str = ""
    rated_on: str = ""
    made_by: str = "people"
    rule: str | None = None

    @property
    def named(self) -> bool:
        """Whether the article says who it is: a person, a group or an organisation by name, or a document."""
        return self.kind in ("named person", "named group", "organisation", "document")

    @property
    def identified(self) -> bool:
        """Whether it is known who or what it is; a machine leaves some open."""
        return self.kind != "unknown"
