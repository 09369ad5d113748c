"""Claims of another tool or corpus completed by what the lexicon and the article tell: what a cue is, who a source is."""

from collections.abc import Mapping

from helpers.curation.context import Context
from helpers.curation.state import Record, State, blank
from helpers.lexicon.entries import Cue
from helpers.records.claims import ADDED, UNREVIEWED
from helpers.records.sources import Source

SPEECH, NEUTRAL = "speech", "neutral"  # the act and the stance of a cue that no lexicon has
UNKNOWN = "unknown"


class Completing:
    """Completes the records of a state in place: what they say stays, and only what they leave open is filled in.

    here         what there is of the article already
    annotator    who added claims that say nothing of a decision, and `now` when, as UTC
    """

    def __init__(self, context: Context, here: State, annotator: str, now: str) -> None:
        self._context, self._here, self._annotator, self._now = context, here, annotator, now

    def complete(self, state: State) -> None:
        """Complete claims and their sources. One in the outlet's own voice has nothing to complete but its decision."""
        for claim in state.claims.values():
            if not claim["status"]:
                claim |= {"status": ADDED, "annotator": claim["annotator"] or self._annotator}
                claim["decided_at"] = claim["decided_at"] or self._now
            elif claim["status"] != UNREVIEWED and not claim["annotator"]:
                self._nameless(claim)
            if claim["kind"] != "unattributed":
                self._cue(claim)
                self._source(claim, state)

    def _nameless(self, claim: Record) -> None:
        """A decision without a name is the one that is here, or else, where the claim is here, of whoever imports it."""
        here = self._here.claims.get(claim["claim_id"])
        if here and here["status"] == claim["status"]:
            claim |= {key: here[key] for key in ("annotator", "decided_at")}
        elif here:
            claim |= {"annotator": self._annotator, "decided_at": claim["decided_at"] or self._now}

    def _cue(self, claim: Record) -> None:
        found = self._context.reads(claim["cue"]) if not claim["cue_lemma"] else None
        cue, form = found or (self._context.cues.get(claim["cue_lemma"] or ""), "verb" if claim["cue"] else None)
        if claim["cue"] and not claim["cue_lemma"]:
            claim["cue_lemma"] = cue.lemma if cue else " ".join(claim["cue"][0]["exact"].split())
        claim["cue_form"] = claim["cue_form"] or form
        claim |= {key: claim[key] or value for key, value in _reported(cue).items()}

    def _source(self, claim: Record, state: State) -> None:
        words = claim["source"] or claim["antecedent"]
        if not claim["source_via"]:
            claim["source_via"] = "stated" if claim["source"] else "inherited" if words else "unresolved"
        if words and not claim["source_id"]:
            name = " ".join(words["exact"].split())
            source_id = f"s-{claim['claim_id']}"
            claim["source_id"] = source_id
            state.sources[source_id] = _only_named(source_id, name)
        source = state.sources.get(claim["source_id"] or "")
        here = self._here.sources.get(claim["source_id"] or "")
        if source and here and source == _only_named(source["source_id"], here["name"]):
            state.sources[source["source_id"]] = dict(here)  # as it was completed before, or by a person since
        elif source and words and source["kind"] == UNKNOWN and not here:
            told = self._context.who(words)
            source["kind"] = told.get("kind") or UNKNOWN
            for ids in ("actor_ids", "affiliation_ids"):
                source[ids] = source[ids] or told.get(ids, [])


def _only_named(source_id: str, name: str) -> Record:
    """A source of which nothing is said but its name."""
    said = {"source_id": source_id, "name": name, "kind": UNKNOWN, "actor_ids": [], "affiliation_ids": []}
    return blank(Source) | said


def _reported(cue: Cue | None) -> Mapping[str, str]:
    """What a cue reports, and what it suggests."""
    return {"act": cue.act if cue else SPEECH, "stance": cue.stance if cue else NEUTRAL}
