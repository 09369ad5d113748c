"""The claims, sources and mentions of an article while people decide on them, and the changes that they make.

A record is a JSON object as a dict, with the keys of its class (`records.claims.Claim`, `records.sources.Source`)
without those that follow from the text or other records (DERIVED). A mention is flat: `mention_id`, `start`, `end`,
`exact`, `actor_id`, `via`, `status`, `annotator`, `note`. A record in a state is never changed, only replaced.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct, json, structs

from helpers.curation.arguments import shown
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.records.codec import DERIVED
from helpers.records.sources import Source

Record = dict[str, Any]
Values = dict[str, dict[str, Record | None]]  # by table and id; None if there is no such record
TABLES = ("claims", "sources", "mentions", "unanchored")
ONE_OF = {"claims": "claim", "sources": "source", "mentions": "mention", "unanchored": "unanchored span"}
ROLES = ("source", "cue", "content", "antecedent")
MENTION = ("mention_id", "start", "end", "exact", "actor_id", "via", "status", "annotator", "note")


class Change(Struct, frozen=True):
    """The effect of an operation: the records that it sets, and their earlier versions."""

    set: Values
    was: Values

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not any(self.set.values())


class State:
    """The records of one article by table and id. `unanchored` are spans that are no longer found in the text."""

    def __init__(self, values: Mapping[str, Mapping[str, Record]] | None = None) -> None:
        given = values or {}
        self.tables: dict[str, dict[str, Record]] = {table: dict(given.get(table, {})) for table in TABLES}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self.tables == other.tables

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"State({', '.join(f'{len(records)} {table}' for table, records in self.tables.items())})"

    @property
    def claims(self) -> dict[str, Record]:
        return self.tables["claims"]

    @property
    def sources(self) -> dict[str, Record]:
        return self.tables["sources"]

    @property
    def mentions(self) -> dict[str, Record]:
        return self.tables["mentions"]

    @property
    def unanchored(self) -> dict[str, Record]:
        return self.tables["unanchored"]

    def copy(self) -> "State":
        """A new state with the same records."""
        return State(self.tables)

    def put(self, values: Values) -> None:
        """Set records, and remove those that are None; repeating it has no further effect."""
        for table, records in values.items():
            for key, record in records.items():
                if record is None:
                    self.tables[table].pop(key, None)
                else:
                    self.tables[table][key] = record

    def in_order(self) -> list[Record]:
        """The claims in the order of the text, an inner one after its outer one (like `annotation.claim_rows.in_order`)."""
        placed: dict[str, Record] = {}
        for claim in sorted(self.claims.values(), key=lambda one: (*extent(one), one["claim_id"])):
            for each in reversed([*self.outward(claim)]):
                placed.setdefault(each["claim_id"], each)
        return list(placed.values())

    def outward(self, claim: Record) -> Iterator[Record]:
        """A claim, the claim within which it is reported, and so on."""
        seen: set[str] = set()
        at: Record | None = claim
        while at is not None and at["claim_id"] not in seen:
            seen.add(at["claim_id"])
            yield at
            at = self.claims.get(at["within"] or "")


class Edit:
    """Changes to the records of a state while they are made; the state itself is not changed."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._new: Values = {table: {} for table in TABLES}

    def find(self, table: str, key: str) -> Record | None:
        """The current version of a record, to be changed in place; None if there is none."""
        mine = self._new[table]
        if key not in mine:
            there = self.state.tables[table].get(key)
            if there is None:
                return None
            mine[key] = deepcopy(there)
        return mine[key]

    def get(self, table: str, key: str) -> Record:
        """Like `find`. Raises InputError if there is none."""
        found = self.find(table, key)
        if found is None:
            raise InputError(f"there is no {ONE_OF[table]} {shown(key)} here; reload the article")
        return found

    def keys(self, table: str) -> list[str]:
        """The current ids of a table."""
        return [key for key in self.state.tables[table] | self._new[table] if self._is(table, key)]

    def _is(self, table: str, key: str) -> bool:
        return self._new[table].get(key, self.state.tables[table].get(key)) is not None

    def all(self, table: str) -> list[Record]:
        """The current records of a table, which must not be changed."""
        known, mine = self.state.tables[table], self._new[table]
        return [record for key in known | mine if (record := mine.get(key, known.get(key))) is not None]

    def put(self, table: str, key: str, record: Record) -> None:
        """Add a record."""
        self._new[table][key] = record

    def drop(self, table: str, key: str) -> None:
        """Remove a record."""
        self._new[table][key] = None

    def change(self) -> Change:
        """The change from the state to the current records."""
        return changed(self.state, self._new)


def changed(state: State, values: Values) -> Change:
    """The change that sets these values, without those that the state has already."""
    new: Values = {}
    old: Values = {}
    for table, records in values.items():
        for key, record in records.items():
            before = state.tables[table].get(key)
            if record != before:
                new.setdefault(table, {})[key] = record
                old.setdefault(table, {})[key] = before
    return Change(new, old)


def spans(claim: Record) -> list[Record]:
    """The spans of source, cue and content in a claim's own clause."""
    return [*([claim["source"]] if claim["source"] else []), *claim["cue"], *claim["content"]]


def extent(claim: Record) -> tuple[int, int]:
    """A sort key: start and negative end, so that an outer claim comes before an inner one."""
    own = spans(claim) or ([claim["antecedent"]] if claim["antecedent"] else [])
    return min((span["start"] for span in own), default=0), -max((span["end"] for span in own), default=0)


def blank(of: type[Claim] | type[Source]) -> Record:
    """An empty record: the defaults of its class, else None."""
    made: Record = json.decode(_blank(of))
    return made


@cache
def _blank(of: type[Claim] | type[Source]) -> bytes:
    given = {field.name: None if field.default is NODEFAULT else field.default for field in structs.fields(of)}
    return json.encode({key: value for key, value in given.items() if key not in DERIVED})


def new_id(edit: Edit, table: str, operation_id: str) -> str:
    """An id that no other record of the article will have, made from the id of the operation."""
    whole, taken = hashlib.sha256(operation_id.encode()).hexdigest(), set(edit.keys(table))
    return next(found for n in range(6, 65) if (found := f"{table[0]}-{whole[:n]}") not in taken)


def lost_spans(edit: Edit, claim: Record) -> list[Record]:
    """The spans of a claim that are no longer found in the text, in the order of their parts."""
    found = [one for one in edit.all("unanchored") if (one["table"], one["record_id"]) == ("claims", claim["claim_id"])]
    return sorted(found, key=lambda one: (one["role"], one["part"]))
