"""The types of a document as a UIMA CAS: layers that INCEpTION shows and edits, and the sentences and words that it needs.

Whatever has a place in the text is a span layer, a direct subtype of `uima.tcas.Annotation`: INCEpTION takes no other type
of a type system for a layer, and drops from an article what is of no layer. So sources and what is known of the article
are spans too. A claim points at its segments by a link feature, whose elements have a `role` and a `target`.

Features are the fields of the records, in Java's spelling (`claim_id` is `claimId`): a new field becomes a feature.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from msgspec import Struct, structs

from helpers.lexicon.entries import ACTS, STANCES
from helpers.records import fields
from helpers.records.claims import CLAIM_KINDS, CUE_FORMS, SOURCE_VIA, STATUSES, Claim
from helpers.records.codec import DERIVED
from helpers.records.fields import Field, Written
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import RELIABILITY, SOURCE_KINDS, Source

if TYPE_CHECKING:
    from cassis import TypeSystem

ARTICLE, CLAIM, SEGMENT = "isnad.Article", "isnad.Claim", "isnad.Segment"
SOURCE, MENTION, LINK = "isnad.Source", "isnad.Mention", "isnad.ClaimSegmentsLink"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
DOCUMENT = "uima.tcas.DocumentAnnotation"
ANNOTATION, TOP, SOFA = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.Sofa"
STRING, INTEGER, STRINGS, ARRAY = "uima.cas.String", "uima.cas.Integer", "uima.cas.StringArray", "uima.cas.FSArray"
PLACE = ("begin", "end")  # of an annotation
ROLES = ("source", "cue", "content", "antecedent")  # of the segments of a claim
JUSTIFICATION = "justification"  # of a segment of a source
RECORDS: dict[str, type[Struct]] = {CLAIM: Claim, SOURCE: Source, MENTION: Mention}
# A float of Java has seven digits, and none that is not there: numbers that nobody edits are written as they are read.
RANGES: dict[Any, str] = {str: STRING, Modality: STRING, int: INTEGER, float: STRING, tuple[str, ...]: STRINGS}
SAYS = {
    ARTICLE: "What is known of the article; stands at its first sentence, without words.",
    CLAIM: "Who says what: stands at the first part of its content. Its segments say which words are which.",
    SEGMENT: "Words of a claim, linked from it, or those that say why a source should know. Move these, not the claim.",
    SOURCE: "Who a source is and how it is graded: stands where it is first named.",
    MENTION: "Words that name an actor.",
    LINK: "A segment of a claim, and what its words are to the claim.",
}
VALUES: dict[type[Struct], dict[str, Any]] = {
    Claim: {
        "kind": CLAIM_KINDS,
        "cue_form": CUE_FORMS,
        "act": ACTS,
        "source_via": SOURCE_VIA,
        "stance": STANCES,
        "modality": Modality,
        "status": STATUSES,
        "credibility": range(1, 7),
    },
    Source: {"kind": SOURCE_KINDS, "reliability": RELIABILITY},
    Mention: {"status": STATUSES},
}


class Feature(NamedTuple):
    """A feature of a type: the name of its range, and what a person should know of it."""

    range: str
    says: str = ""


@cache
def record_fields(record: type[Struct]) -> Mapping[str, Field]:
    """The fields of a record that are features, by the names of these; its spans are annotations of their own."""
    written = {field.name: field for where in Written for field in fields.of(record, where)}
    names = (field.name for field in structs.fields(record) if field.name not in DERIVED)
    return {_java(name): written[name] for name in names if name in written and written[name].type in RANGES}


@cache
def features() -> Mapping[str, Mapping[str, Feature]]:
    """The features of the types that are read, by type and name; without the place and the text that annotations have."""
    found: dict[str, dict[str, Feature]] = {
        type_: {
            name: Feature(RANGES[field.type], _values(record, field.name))
            for name, field in record_fields(record).items()
        }
        for type_, record in RECORDS.items()
    }
    found[CLAIM]["segments"] = Feature(ARRAY, f"its words: {', '.join(ROLES)}")
    found[LINK] = {"role": Feature(STRING, f"one of: {', '.join(ROLES)}"), "target": Feature(SEGMENT)}
    found[SEGMENT] = {
        "role": Feature(STRING, f"one of: {', '.join((*ROLES, JUSTIFICATION))}"),
        "sourceId": Feature(STRING, f"of a {JUSTIFICATION}: the source that should know"),
    }
    found[ARTICLE] = {
        "articleId": Feature(STRING),
        "sha256": Feature(STRING, "of the text as UTF-8"),
        "exported": Feature(STRINGS, "the ids of the claims that it was exported with"),
        "incomplete": Feature(STRINGS, "those of them that had lost words when the text was corrected"),
    }
    found[METADATA] = {"documentTitle": Feature(STRING), "documentId": Feature(STRING)}
    return found


@cache
def built_in(type_: str) -> Sequence[str]:
    """The features that a type has beside."""
    of_annotation = ("sofa", *PLACE)
    return () if type_ == LINK else (*of_annotation, "language") if type_ == METADATA else of_annotation


@cache
def type_system() -> "TypeSystem":
    """The type system, as cassis has it; nobody changes it."""
    from cassis import TypeSystem  # of an extra: to recognise a file of another format needs none

    made = TypeSystem()
    for name in (LINK, ARTICLE, CLAIM, SEGMENT, SOURCE, MENTION, SENTENCE, TOKEN):
        made.create_type(name, TOP if name == LINK else ANNOTATION, SAYS.get(name))
    made.create_type(METADATA, DOCUMENT)
    for type_, own in features().items():
        for name, feature in own.items():
            linked = {"elementType": LINK, "multipleReferencesAllowed": False} if feature.range == ARRAY else {}
            made.create_feature(type_, name, feature.range, description=feature.says or None, **linked)
    return made


def type_system_xml() -> bytes:
    """The type system as an XML file, which INCEpTION imports as layers."""
    root = etree.fromstring(type_system().to_xml().encode(), etree.XMLParser(remove_blank_text=True))
    etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"


def _java(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _values(record: type[Struct], name: str) -> str:
    values = VALUES[record].get(name)
    return f"one of: {', '.join(map(str, values))}" if values else ""
