"""The claims of a document after an annotation of Label Studio: what a person left of them, changed of them, added."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from helpers.exchange import label_studio_results
from helpers.exchange.documents import Document
from helpers.exchange.label_studio_regions import CHOICES, GLOSS, NOTE, OF_CLAIM, Key
from helpers.exchange.label_studio_results import Group, Left, Region
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import ACCEPTED, ADDED, CHANGED, CLAIM_KINDS, CUE_FORMS, REJECTED, UNREVIEWED, Claim
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text import orthography
from helpers.text.articles import Span

OWN_VOICE, INDIRECT = "unattributed", "indirect"
ID_DIGITS = 8  # of the sum of a region's id, in the id of what was added by it


class Decision(Struct, frozen=True):
    """Who decided, and when; None where nothing says so."""

    by: str | None
    at: str | None


def after(
    document: Document,
    left: Left,
    decision: Decision,
    keys: Mapping[str, Key],
    base: Collection[str],
    passed_over: Counter[str],
) -> Document:
    """A document after what a person left: claims of the base without a content there are deleted, new ones come last.

    keys            what the regions that were exported are
    base            the claims that the annotation began with
    passed_over     is given what is in no claim
    """
    people = _Speakers(document, keys)
    groups = label_studio_results.groups(left, keys)
    by_region, ids = _ids(groups, document.claims, keys)
    kept = [was for was in document.claims if was.claim_id in ids or was.claim_id not in base or not was.content]
    known = {was.claim_id: was for was in _hung(document.claims, {was.claim_id for was in kept})}
    known |= {claim_id: _new(claim_id) for claim_id in ids if claim_id not in known}
    joined = {by_region[inner]: by_region[outer] for inner, outer in label_studio_results.nested(left)}
    related = _related(document.claims)
    found: list[Claim] = []
    for claim_id, was in known.items():
        if claim_id in ids:
            outer = joined.get(claim_id, None if related.get(claim_id) in ids else was.within)
            now = _with_words(structs.replace(was, within=outer), groups[ids[claim_id]], people, document.text or "")
            found.append(_decided(was, now, groups[ids[claim_id]], decision))
        else:
            found.append(was)
    used = {region.region_id for group in groups for regions in group.others.values() for region in regions}
    of_claims = (region for region in left.regions.values() if region.role in OF_CLAIM)
    passed_over["regions without a content"] += sum(region.region_id not in used for region in of_claims)
    claims = tuple(_chained(found, passed_over))
    return structs.replace(document, claims=claims, sources=(*document.sources, *people.new.values()))


def _related(claims: Iterable[Claim]) -> dict[str, str]:
    """The claims that were exported with a relation to the one that they are within: with it, decided on or not."""
    decided = {claim.claim_id: claim.decided for claim in claims}
    return {
        claim.claim_id: claim.within
        for claim in claims
        if claim.within is not None and decided.get(claim.within) == claim.decided
    }


def _hung(claims: Iterable[Claim], kept: Collection[str]) -> Iterator[Claim]:
    """The claims that are kept, each within what is kept of those around it."""
    within = {claim.claim_id: claim.within for claim in claims}
    for claim in claims:
        outer, seen = claim.within, {claim.claim_id}
        while outer is not None and outer not in kept and outer not in seen:
            seen.add(outer)
            outer = within.get(outer)
        if claim.claim_id in kept:
            yield claim if outer == claim.within else structs.replace(claim, within=outer)


def _chained(claims: Sequence[Claim], passed_over: Counter[str]) -> Iterator[Claim]:
    """Claims, none of which is within itself or within the outlet's own voice."""
    outer = {claim.claim_id: claim.within for claim in claims}
    voiced = {claim.claim_id for claim in claims if not claim.attributed}
    for claim in claims:
        seen, at = {claim.claim_id}, claim.within
        while at is not None and at not in seen:
            seen.add(at)
            at = outer.get(at)
        if claim.within is not None and (at == claim.claim_id or claim.within in voiced):
            passed_over["relations that lead back, or to no source"] += 1
            outer[claim.claim_id] = None
        yield structs.replace(claim, within=outer[claim.claim_id])


def new_id(letter: str, region: Region, taken: Collection[str]) -> str:
    """An id for what was added by a region; the same for the same region."""
    whole = hashlib.sha256(region.region_id.encode()).hexdigest()
    return next(made for n in range(ID_DIGITS, 65) if (made := f"{letter}-{whole[:n]}") not in taken)


def _ids(
    groups: Sequence[Group], claims: Iterable[Claim], keys: Mapping[str, Key]
) -> tuple[dict[str, str], dict[str, int]]:
    """The claims of contents by their regions, and the groups by their claims: new ids where no claim is left for one."""
    taken = {claim.claim_id for claim in claims}
    found: dict[str, int] = {}
    parts = sorted(
        (key.part, n, key.record_id)
        for n, group in enumerate(groups)
        for region in group.contents
        if (key := keys.get(region.region_id))
    )
    known: dict[int, str] = {}
    for _, n, claim_id in parts:
        if n not in known and claim_id not in found:
            known[n], found[claim_id] = claim_id, n
    for n, group in enumerate(groups):
        if n not in known:
            known[n] = new_id("c", group.contents[0], taken)
            taken.add(known[n])
            found[known[n]] = n
    return {region.region_id: known[n] for n, group in enumerate(groups) for region in group.contents}, found


def _new(claim_id: str) -> Claim:
    """A claim of which nothing is known yet."""
    nothing: dict[str, Any] = dict.fromkeys(("cue_form", "act", "source", "source_id", "source_via", "antecedent"))
    nothing |= dict.fromkeys(("cue_lemma", "stance", "within"))
    return Claim(
        claim_id, order=0, paragraph=0, sentence=0, kind="", cue=(), content=(), about=(), status=ADDED, **nothing
    )


class _Speakers:
    """Whose words are a source: a source of the document, or a new one of unknown kind."""

    def __init__(self, document: Document, keys: Mapping[str, Key]) -> None:
        by_id = {claim.claim_id: claim for claim in document.claims}
        self.of_region = {
            region_id: by_id[key.record_id].source_id
            for region_id, key in keys.items()
            if key.role in ("source", "antecedent") and key.record_id in by_id
        }
        self.new: dict[str, Source] = {}
        self._taken = {source.source_id for source in document.sources}
        self._by_words: dict[str, str] = {}
        for claim in document.claims:
            if claim.source_id and (words := claim.source or claim.antecedent):
                self._by_words.setdefault(_folded(words.exact), claim.source_id)
        self._by_words |= {_folded(source.name): source.source_id for source in document.sources}

    def source_id(self, region: Region) -> str:
        """The source that a region names: the one that it named before, or the one that its words name elsewhere."""
        if known := self.of_region.get(region.region_id):
            return known
        words = _folded(region.span.exact)
        if words not in self._by_words:
            source_id = new_id("s", region, self._taken)
            self._taken.add(source_id)
            name = " ".join(region.span.exact.split()) or region.span.exact
            self.new[source_id] = Source(source_id, name, None, "unknown", (), (), None)
            self._by_words[words] = source_id
        return self._by_words[words]


def _folded(words: str) -> str:
    return " ".join(orthography.fold(words).text.split()) or words


def _decided(was: Claim, now: Claim, group: Group, decision: Decision) -> Claim:
    """A claim with what was chosen and written at its contents, and with who decided on it.

    was     as it was exported; without content where it is new
    now     with the words that it has now
    """
    said: dict[str, str] = {}
    for region in reversed(group.contents):
        said |= region.said
    chosen = {name: said[name] for name, values in CHOICES.items() if said.get(name) in values and name != "status"}
    if chosen.get("kind", was.kind) == was.kind == OWN_VOICE and (now.source or now.antecedent or now.cue):
        chosen["kind"] = INDIRECT  # with the words of a source it is in the outlet's own voice no more
    modality = Modality(chosen.pop("modality", was.modality))
    now = structs.replace(now, modality=modality, **chosen)
    changed = now != was
    now = structs.replace(_settled(now) if changed else now, gloss_en=said.get(GLOSS) or None, note=said.get(NOTE, ""))
    status = _status(was, said.get("status"), changed)
    if was.content and status == was.status and not (changed and was.decided):
        return now
    if status == UNREVIEWED:
        return structs.replace(now, status=status, annotator=None if was.content else decision.by, decided_at=None)
    return structs.replace(now, status=status, annotator=decision.by, decided_at=decision.at)


def _status(was: Claim, chosen: str | None, changed: bool) -> str:
    """What a person decided: what they chose, where it is another status than before; else what their changes come to."""
    if not was.content:
        return chosen if chosen in (REJECTED, UNREVIEWED) else ADDED
    if chosen in CHOICES["status"] and chosen != was.status:
        return CHANGED if chosen == ACCEPTED and changed else chosen
    if chosen == UNREVIEWED:
        return UNREVIEWED
    if was.status in (ADDED, REJECTED):
        return was.status
    return CHANGED if changed else ACCEPTED if not was.decided else was.status or ACCEPTED


def _with_words(was: Claim, group: Group, people: _Speakers, text: str) -> Claim:
    """A claim with the spans of its regions, and what follows from those that are others than before."""
    source, antecedent = (_chosen(was, role, group) for role in ("source", "antecedent"))
    now = structs.replace(
        was,
        content=label_studio_results.apart(group.contents, text),
        cue=label_studio_results.apart(group.others["cue"], text),
        source=source and source.span,
        antecedent=antecedent and antecedent.span,
    )
    if (now.source, now.antecedent) != (was.source, was.antecedent):
        words = source or antecedent
        via = "stated" if source else "inherited" if antecedent else "unresolved"
        gone = {"antecedent": None} if source else {}
        now = structs.replace(now, source_id=words and people.source_id(words), source_via=via, **gone)
    if [span.exact for span in now.cue] != [span.exact for span in was.cue]:
        now = structs.replace(now, **_of_cue(was, now.cue))
    return now


def _chosen(was: Claim, role: str, group: Group) -> Region | None:
    """The words of a source, of which a claim has only one: those that a person joined to it, before its own."""
    own = Key(was.claim_id, role).region_id
    found = sorted(group.others[role], key=lambda each: (each.region_id == own, each.span.start))
    return found[0] if found else None


def _of_cue(was: Claim, cue: tuple[Span, ...]) -> dict[str, Any]:
    """Lemma and form of a cue: those that it had where an edge was moved; new words are their own lemma."""
    if not cue:
        return {"cue_lemma": None, "cue_form": None}
    if was.cue_lemma and any(one.start < other.end and other.start < one.end for one in cue for other in was.cue):
        return {}
    words = " ".join(span.exact for span in cue)
    return {"cue_lemma": " ".join(words.split()) or words, "cue_form": CUE_FORMS[0]}


def _settled(claim: Claim) -> Claim:
    """A claim that has what one of its kind has, and nothing else."""
    if claim.kind not in CLAIM_KINDS:
        claim = structs.replace(claim, kind=INDIRECT)
    if claim.kind != OWN_VOICE:
        via = claim.source_via or "unresolved"
        return structs.replace(claim, act=claim.act or ACTS[0], stance=claim.stance or STANCES[0], source_via=via)
    nothing: dict[str, Any] = dict.fromkeys(
        ("source", "source_id", "source_via", "antecedent", "cue_lemma", "cue_form")
    )
    nothing |= dict.fromkeys(("act", "stance", "within"))
    return structs.replace(claim, cue=(), modality=Modality.ASSERTED, **nothing)
