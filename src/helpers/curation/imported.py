"""Records of another tool, taken into the annotations of an article: the operation `import`.

Its arguments `sources`, `claims`, `mentions` and `unanchored` are lists of whole records, as a state has them. What is
there of the same id is replaced; so an import can be undone as any other decision.
"""

from collections.abc import Mapping
from typing import Any

from helpers.curation.arguments import Operation, shown
from helpers.curation.context import Context
from helpers.curation.state import MENTION, ROLES, TABLES, Edit, Record, blank
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.records.claims import STATUSES, Claim
from helpers.records.sources import Source

KEYS = {"claims": "claim_id", "sources": "source_id", "mentions": "mention_id", "unanchored": "unanchored_id"}


def take(edit: Edit, context: Context, operation: Operation) -> None:
    """Put the records of an operation among those of the article.

    Raises    InputError, one line, for what is no such record, does not stand in the text so, or needs what is not there.
    """
    for table in ("sources", *(name for name in TABLES if name != "sources")):
        given = operation.get(table, ())
        if not isinstance(given, list | tuple):
            raise InputError(f"{table} is {shown(given)}; write a list of records")
        for each in given:
            key = each.get(KEYS[table]) if isinstance(each, Mapping) else None
            if not isinstance(key, str) or not key:
                raise InputError(f"{table}: a record has no {KEYS[table]}; export it again")
            edit.put(table, key, _record(table, dict(each), context))
    for claim in operation.get("claims", ()):
        _holds_together(edit, claim)


def _record(table: str, given: Record, context: Context) -> Record:
    """A record with all keys of its kind, and no other."""
    if table == "unanchored":
        return given
    keys = MENTION if table == "mentions" else blank(Claim if table == "claims" else Source)
    found: Record = {key: given.get(key) for key in keys}
    if table == "claims":
        codec.from_whole(Claim, found)
        for role in ROLES:
            for span in found[role] if isinstance(found[role], list) else [found[role]] if found[role] else []:
                _there(span, context, f"{role} of {found['claim_id']}")
    elif table == "sources":
        codec.from_whole(Source, found)
        if found["justification"]:
            _there(found["justification"], context, f"justification of {found['source_id']}")
    else:
        _there(found, context, f"mention {found['mention_id']}")
    if table != "sources" and found["status"] not in STATUSES:
        raise InputError(f"status is {shown(found['status'])}; write one of: {', '.join(STATUSES)}")
    return found


def _there(span: Mapping[str, Any], context: Context, what: str) -> None:
    """Raises InputError for a span whose words are not those of the text at its offsets."""
    start, end, text = span.get("start"), span.get("end"), context.article.text
    if type(start) is not int or type(end) is not int or not 0 <= start < end or text[start:end] != span.get("exact"):
        raise InputError(f"{what} is {shown(span.get('exact'))} at {shown(start)}, which is not in the text there")


def _holds_together(edit: Edit, claim: Record) -> None:
    """Raises InputError for a claim whose source is not there, or that is reported within none, or within itself."""
    source_id, at = claim.get("source_id"), claim.get("within")
    if source_id and edit.find("sources", source_id) is None:
        raise InputError(f"claim {claim['claim_id']} needs the source {shown(source_id)}, which is not here")
    chain = {claim["claim_id"]}
    while at:
        outer = edit.find("claims", at)
        if outer is None or at in chain:
            said = "which is not here" if outer is None else "which is within it"
            raise InputError(f"claim {claim['claim_id']} is reported within {shown(at)}, {said}")
        chain.add(at)
        at = outer["within"]
