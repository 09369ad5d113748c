"""The entries of a journal in memory: who did what, and what can be undone and redone.

Each annotator undoes his or her own last operation. An entry that undoes (`op` is `undo`) or redoes (`redo`) another
names it by `of`, and is itself an entry: what is undone remains in the journal.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from helpers.curation.journal import Entry
from helpers.curation.state import ONE_OF, Change, Record, State, Values, changed
from helpers.files.errors import InputError

Key = tuple[str, str]  # a table and an id


class History:
    """The entries of a journal, indexed for undo, redo and polling. `version` is their number."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self.ids: set[str] = set()
        self._done: dict[str, list[int]] = defaultdict(list)
        self._undone: dict[str, list[int]] = defaultdict(list)
        self._by_id: dict[str, int] = {}
        self._last: dict[Key, list[int]] = defaultdict(list)  # the entries that changed a record
        for entry in entries:
            self.take(entry)

    @property
    def version(self) -> int:
        return len(self.entries)

    def take(self, entry: Entry) -> None:
        """Add an entry."""
        at, operation = len(self.entries), entry.operation
        self.entries.append(entry)
        self.ids.add(operation["id"])
        self._by_id[operation["id"]] = at
        done, undone = self._done[operation["by"]], self._undone[operation["by"]]
        if operation["op"] == "undo":
            _move(self._by_id.get(operation.get("of", "")), done, undone)
        elif operation["op"] == "redo":
            _move(self._by_id.get(operation.get("of", "")), undone, done)
        elif not entry.change.empty:
            done.append(at)
            undone.clear()
        for table, records in entry.change.set.items():
            for key in records:
                self._last[table, key].append(at)

    def can(self, what: str, by: str) -> bool:
        """Whether an annotator has something to `undo` or `redo`."""
        return bool((self._done if what == "undo" else self._undone)[by])

    def back(self, state: State, what: str, by: str) -> tuple[Change, str]:
        """(the change that undoes an annotator's last operation, or redoes the last one undone; the id of that entry).

        Only the values that the entry changed are restored; other values that were changed since are kept.
        Raises    InputError if there is nothing to undo or redo, or if the same values were changed since.
        """
        stack = (self._done if what == "undo" else self._undone)[by]
        if not stack:
            raise InputError(f"{what}: {by} has nothing to {what} here")
        entry = self.entries[stack[-1]]
        before, after = entry.change.set, entry.change.was
        if what == "redo":
            before, after = after, before
        values: Values = {table: {} for table in after}
        for table, records in after.items():
            for key, wanted in records.items():
                values[table][key] = _back(state.tables[table].get(key), before[table][key], wanted, what, (table, key))
        change = changed(state, values)
        _holds_together(state, change, what)
        return change, entry.operation["id"]

    def since(self, version: int) -> list[Key]:
        """The keys of records changed after a version."""
        changes = (entry.change.set for entry in self.entries[max(version, 0) :])
        return list(
            dict.fromkeys((table, key) for each in changes for table, records in each.items() for key in records)
        )

    def by_others(self, keys: Iterable[Key], seen: int, window: str | None) -> dict[str, Any] | None:
        """The last operation from another window that changed one of these records after version `seen`, or None."""
        later = [
            at
            for key in keys
            for at in self._last.get(key, ())
            if at >= seen and (window is None or self.entries[at].operation.get("window") != window)
        ]
        return self.entries[max(later)].operation if later else None


def _holds_together(state: State, change: Change, what: str) -> None:
    """Check that no claim lacks a record that it needs after a change. Raises InputError if one does."""
    after = state.copy()
    after.put(change.set)
    for claim in after.claims.values():
        for table, key in (("sources", claim["source_id"]), ("claims", claim["within"])):
            if key and key not in after.tables[table]:
                raise InputError(
                    f"{what}: claim {claim['claim_id']} needs the {ONE_OF[table]} {key}; change that first"
                )
    for key in change.set.get("claims", {}):
        if key in after.claims and (around := _around_itself(after, key)):
            raise InputError(f"{what}: claim {key} is reported within {around}, which is within it; change that first")


def _around_itself(state: State, key: str) -> str | None:
    """The outer claim of a claim that would be reported within itself; None if it would not."""
    outward = [claim["claim_id"] for claim in state.outward(state.claims[key])]
    last = state.claims[outward[-1]]["within"]
    return str(state.claims[key]["within"]) if last in outward else None


def _move(at: int | None, from_: list[int], to: list[int]) -> None:
    if at in from_:
        from_.remove(at)
        to.append(at)


def _back(now: Record | None, before: Record | None, wanted: Record | None, what: str, key: Key) -> Record | None:
    """The record `now` with the differences between `before` and `wanted` reverted to `wanted`."""
    if now == before:
        return wanted
    table, name = key
    if now is None or before is None or wanted is None:
        raise InputError(f"{what}: {ONE_OF[table]} {name} was changed since; undo that first, or change it by hand")
    both = before.keys() | wanted.keys()
    differ = [field for field in both if before.get(field) != wanted.get(field)]
    if any(now.get(field) != before.get(field) for field in differ):
        raise InputError(f"{what}: {ONE_OF[table]} {name} was changed since; undo that first, or change it by hand")
    return now | {field: wanted.get(field) for field in differ}
