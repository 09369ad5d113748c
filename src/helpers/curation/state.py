"""The claims, sources and mentions of an article while people decide on them, and the changes that their decisions make.

A record is a dict as JSON has it, with the keys of its class (`records.claims.Claim`, `records.sources.Source`) less
those that follow from the text and from the other records (DERIVED). A mention is flat: `mention_id`, `start`, `end`,
`exact`, `actor_id`, `via`, `status`, `annotator`, `note`. A record in a state is never changed, only replaced.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from msgspec import NODEFAULT, Struct, json, structs

from helpers.curation.arguments import shown
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.records.codec import DERIVED
from helpers.records.sources import Source

Record = dict[str, Any]
Values = dict[str, dict[str, Record | None]]  # by table and id; None where there is no such record
TABLES = ("claims", "sources", "mentions", "unanchored")
ONE_OF = {"claims": "claim", "sources": "source", "mentions": "mention", "unanchored": "unanchored span"}
ROLES = ("source", "cue", "content", "antecedent")
MENTION = ("mention_id", "start", "end", "exact", "actor_id", "via", "status", "annotator", "note")


class Change(Struct, frozen=True):
    """What an operation does: the records that it sets, and what they were before."""

    set: Values
    was: Values

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not any(self.set.values())


class State:
    """The records of one article by table and id. `unanchored` are spans that are not found in the text any more."""

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
        """Another state with the same records."""
        return State(self.tables)

    def put(self, values: Values) -> None:
        """Set records, and take out those that are None; to do it twice is to do it once."""
        for table, records in values.items():
            for key, record in records.items():
                if record is None:
                    self.tables[table].pop(key, None)
                else:
                    self.tables[table][key] = record

    def in_order(self) -> list[Record]:
        """The claims in the order of the text, an inner one after its outer one (as `annotation.claim_rows.in_order`)."""
        placed: dict[str, Record] = {}
        for claim in sorted(self.claims.values(), key=lambda one: (*extent(one), one["claim_id"])):
            for each in reversed([*self.outward(claim)]):
                placed.setdefault(each["claim_id"], each)
        return list(placed.values())

    def outward(self, claim: Record) -> Iterator[Record]:
        """A claim, the claim that it is reported within, and so on."""
        seen: set[str] = set()
        at: Record | None = claim
        while at is not None and at["claim_id"] not in seen:
            seen.add(at["claim_id"])
            yield at
            at = self.claims.get(at["within"] or "")


class Edit:
    """Records of a state under change; the state itself stays as it is."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._new: Values = {table: {} for table in TABLES}

    def find(self, table: str, key: str) -> Record | None:
        """A record as it now is, to be changed in place; None where there is none."""
        mine = self._new[table]
        if key not in mine:
            there = self.state.tables[table].get(key)
            if there is None:
                return None
            mine[key] = deepcopy(there)
        return mine[key]

    def get(self, table: str, key: str) -> Record:
        """The same. Raises InputError where there is none."""
        found = self.find(table, key)
        if found is None:
            raise InputError(f"there is no {ONE_OF[table]} {shown(key)} here; reload the article")
        return found

    def keys(self, table: str) -> list[str]:
        """The ids of a table as it now is."""
        return [key for key in self.state.tables[table] | self._new[table] if self._is(table, key)]

    def _is(self, table: str, key: str) -> bool:
        return self._new[table].get(key, self.state.tables[table].get(key)) is not None

    def all(self, table: str) -> list[Record]:
        """The records of a table as they now are, to be read only."""
        known, mine = self.state.tables[table], self._new[table]
        return [record for key in known | mine if (record := mine.get(key, known.get(key))) is not None]

    def put(self, table: str, key: str, record: Record) -> None:
        """Add a record."""
        self._new[table][key] = record

    def drop(self, table: str, key: str) -> None:
        """Take a record out."""
        self._new[table][key] = None

    def change(self) -> Change:
        """What has become another."""
        return changed(self.state, self._new)


def changed(state: State, values: Values) -> Change:
    """The change that sets these values, without those that a state has already."""
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
    """Source, cue and content of a claim: its words in its own clause."""
    return [*([claim["source"]] if claim["source"] else []), *claim["cue"], *claim["content"]]


def extent(claim: Record) -> tuple[int, int]:
    """Where a claim begins, and its end as a negative number, so that an outer one comes first."""
    own = spans(claim) or ([claim["antecedent"]] if claim["antecedent"] else [])
    return min((span["start"] for span in own), default=0), -max((span["end"] for span in own), default=0)


def blank(of: type[Claim] | type[Source]) -> Record:
    """Such a record with nothing in it yet: what its class says where nobody says anything, else None."""
    given = {field.name: None if field.default is NODEFAULT else field.default for field in structs.fields(of)}
    made: Record = json.decode(json.encode(given))
    return {key: value for key, value in made.items() if key not in DERIVED}


def new_id(edit: Edit, table: str, operation_id: str) -> str:
    """An id that no other record of the article ever has: it is made of the operation's own."""
    whole, taken = hashlib.sha256(operation_id.encode()).hexdigest(), set(edit.keys(table))
    return next(found for n in range(6, 65) if (found := f"{table[0]}-{whole[:n]}") not in taken)


def lost_spans(edit: Edit, claim: Record) -> list[Record]:
    """The spans of a claim that are not found in the text any more, in the order of their parts."""
    found = [one for one in edit.all("unanchored") if (one["table"], one["record_id"]) == ("claims", claim["claim_id"])]
    return sorted(found, key=lambda one: (one["role"], one["part"]))
