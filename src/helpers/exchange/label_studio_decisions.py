"""What people decided in Label Studio: a document as it was exported, and after it the annotations of its task.

An annotation says which claims it began with: those that people had decided on, where it is the one that was exported, the
others, where it was copied from the prediction, none where a person began anew. What it began with and has no content of any
more is deleted; what it has is decided, as it is there, by whoever completed it. A claim that people had decided on, and
that is as it was, keeps who decided on it and when.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, structs

from helpers.exchange import json_files, label_studio_claims, label_studio_regions, label_studio_results
from helpers.exchange.documents import Document
from helpers.exchange.label_studio_claims import Decision
from helpers.exchange.label_studio_regions import ACTOR, DECIDED, NOTE, PROPOSED, Key
from helpers.exchange.label_studio_results import Left, Region
from helpers.records.claims import ACCEPTED, ADDED, CHANGED, REJECTED, UNREVIEWED
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Span


class Annotation(Struct, frozen=True):
    """An annotation of a task: what a person left, and who decided it when.

    began    whether it began with the claims and mentions that people had decided on (True), with the others (False)
    """

    left: Left
    decision: Decision
    began: frozenset[bool]


def decided(document: Document, given: Any, where: object) -> Document:
    """A document after the annotations of its task: the last one that began with decided claims, the last of the others.

    given     the annotations, as the server has them
    Raises    InputError, one line, for a region that is not of the text.
    """
    annotations = json_files.listed(given)
    kept = [each for each in annotations if not each.get("was_cancelled")]
    kept.sort(key=_when)  # those of the same time, and of a file that has none, in their order
    before = _Exported(document)
    read = [_annotation(before, each, where) for each in kept]
    last = {True in each.began: n for n, each in enumerate(read)}
    passed_over = Counter(document.passed_over)
    passed_over["annotations that were cancelled"] += len(annotations) - len(kept)
    passed_over["annotations before the last"] += len(kept) - len(last)
    for n in sorted(last.values()):
        passed_over += read[n].left.passed_over
        document = _after(document, before, read[n], passed_over)
    reopened = (claim.claim_id for claim in document.claims if before.claims.get(claim.claim_id) and not claim.decided)
    return structs.replace(document, reopened=frozenset(reopened), passed_over=dict(+passed_over))


class _Exported:
    """A document as it was exported.

    keys    what its regions are, by their ids
    had     whether people had decided on a claim or a mention, by its id
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text or ""
        found = [key for claim in document.claims for key in label_studio_regions.of_claim(claim)]
        found += [key for source in document.sources for key in label_studio_regions.of_source(source)]
        found += [key for mention in document.mentions for key in label_studio_regions.of_mention(mention)]
        self.keys = {key.region_id: key for key in found}
        self.claims = {claim.claim_id: claim.decided for claim in document.claims}
        spoken = {claim.source_id for claim in document.claims if claim.decided}
        self.sources = {each.source_id: each.source_id in spoken for each in document.sources}
        self.mentions = {each.mention_id: each.status not in (None, UNREVIEWED) for each in document.mentions}

    def had(self, key: Key) -> bool:
        """Whether a region was exported with what people had decided on."""
        of = {"mention": self.mentions, "justification": self.sources}.get(key.role, self.claims)
        return of[key.record_id]


def _annotation(before: _Exported, given: Mapping[str, Any], where: object) -> Annotation:
    left = label_studio_results.left(given.get("result"), before.text, where)
    began = set[bool]()
    if DECIDED in left.began or any(before.had(before.keys[key]) for key in left.regions.keys() & before.keys.keys()):
        began.add(True)
    if PROPOSED in left.began or given.get("parent_prediction") is not None:
        began.add(False)
    return Annotation(left, Decision(_who(given), _time(given)), frozenset(began))


def _when(annotation: Mapping[str, Any]) -> str:
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


def _who(annotation: Mapping[str, Any]) -> str | None:
    """Who completed an annotation: by their address or name, else by the number that Label Studio knows them by."""
    who = annotation.get("completed_by")
    if isinstance(who, Mapping):
        who = who.get("email") or who.get("username") or who.get("id")
    return None if who is None else str(who)


def _time(annotation: Mapping[str, Any]) -> str | None:
    """When an annotation was last changed, to the second, in UTC."""
    try:
        return datetime.fromisoformat(_when(annotation)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def _after(document: Document, before: _Exported, annotation: Annotation, passed_over: Counter[str]) -> Document:
    """A document after an annotation."""
    left, decision, keys = annotation.left, annotation.decision, before.keys
    claims, sources, mentions = (
        frozenset(record_id for record_id, had in table.items() if had in annotation.began)
        for table in (before.claims, before.sources, before.mentions)
    )
    document = label_studio_claims.after(document, left, decision, keys, claims, passed_over)
    document = structs.replace(document, sources=_justified(document, left, sources, passed_over))
    return structs.replace(document, mentions=_mentions(document, left, decision, mentions, passed_over))


def _justified(document: Document, left: Left, base: frozenset[str], passed_over: Counter[str]) -> tuple[Source, ...]:
    """The sources with the justifications that a person left; a new one is joined to the words of its source."""
    found = {source.source_id: source for source in document.sources}
    regions = {key: region for key, region in left.regions.items() if region.role == "justification"}
    for source in document.sources:
        region = regions.pop(Key(source.source_id, "justification").region_id, None)
        if region or source.source_id in base:
            found[source.source_id] = _because(source, region.span if region else None)
    whose = {claim.source: claim.source_id for claim in document.claims if claim.source}
    for relation in left.relations:
        for region, words in ((relation.one, relation.other), (relation.other, relation.one)):
            source_id = whose.get(words.span) if words.role == "source" else None
            if source_id and source_id in found and regions.pop(region.region_id, None) is not None:
                found[source_id] = _because(found[source_id], region.span)
    passed_over["justifications without a source"] += len(regions)
    return tuple(found.values())


def _because(source: Source, span: Span | None) -> Source:
    """A source with another justification: it is the machine's no more."""
    return source if span == source.justification else structs.replace(source, justification=span, rule=None)


def _mentions(
    document: Document, left: Left, decision: Decision, base: frozenset[str], passed_over: Counter[str]
) -> tuple[Mention, ...]:
    """The mentions that a person left. A new one says which actor it names."""
    found: dict[str, Mention] = {}
    by_id = {Key(each.mention_id, "mention").region_id: each for each in document.mentions}
    regions = {key: region for key, region in left.regions.items() if region.role == "mention"}
    for region_id, was in by_id.items():
        if region := regions.pop(region_id, None):
            found[was.mention_id] = _mention(was, region, decision)
        elif was.mention_id not in base:
            found[was.mention_id] = was
    for region in regions.values():
        if actor := region.said.get(ACTOR, "").strip():
            mention_id = label_studio_claims.new_id("m", region, found)
            who = decision.by or ""
            found[mention_id] = Mention(
                mention_id,
                0,
                0,
                actor,
                region.span,
                "name",
                "people",
                status=ADDED,
                annotator=who,
                note=region.said.get(NOTE, ""),
            )
        else:
            passed_over["mentions without an actor"] += 1
    return tuple(found.values())


def _mention(was: Mention, region: Region, decision: Decision) -> Mention:
    actor, note = region.said.get(ACTOR, was.actor_id), region.said.get(NOTE, "")
    now = structs.replace(was, span=region.span, actor_id=actor, note=note)
    changed = (now.span, now.actor_id) != (was.span, was.actor_id)
    if was.status in (None, UNREVIEWED) or changed:
        status = was.status if was.status in (ADDED, REJECTED) else CHANGED if changed else ACCEPTED
        return structs.replace(now, status=status, annotator=decision.by or "")
    return now
