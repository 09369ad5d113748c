"""A session of one person working on the annotations of one article, for the widget, the local page and `--apply`.

A session locks its folder for one process. Every decision is in the journal, on the disk, before it is acknowledged;
the tables are written from time to time, and when the session is closed.
"""

import secrets
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from helpers import readings
from helpers.annotation import draft
from helpers.annotation import folder as folders
from helpers.annotation.load import Annotations
from helpers.curation import folder_lock, messages, operations, own_lexicon, tables
from helpers.curation.arguments import LONGEST_ID, Operation, check, line, shown
from helpers.curation.compaction import OFTEN, Compaction
from helpers.curation.context import Context
from helpers.curation.history import History, Key
from helpers.curation.journal import NAME as JOURNAL
from helpers.curation.journal import Entry, Journal
from helpers.curation.state import Change, State
from helpers.extraction.known import Known
from helpers.files.errors import InputError
from helpers.records.readings import Reading
from helpers.text import invisible
from helpers.text.articles import Article

TOGETHER = 1_000  # most operations in one request
NAMED = {"claim": "claims", "source": "sources", "mention": "mentions", "unanchored": "unanchored"}
Reply = dict[str, Any]


class Session:
    """A session, made by `open`. Its methods can be called from several threads at once."""

    def __init__(self, folder: Path, lock: FileLock, reading: Reading, known: Known, annotator: str) -> None:
        self.folder, self.annotator, self.token = folder, annotator, secrets.token_hex(8)
        self.notices: list[str] = []
        self._reading, self._lock, self._one_at_a_time = reading, lock, threading.RLock()
        article = reading.article
        stamps = tables.stamps(folder)
        state = tables.state(folder, article, known)
        self._journal = Journal(folder / JOURNAL)
        if self._journal.cut:
            kept = self._journal.kept
            self.notices.append(
                f"{self._journal.path}: its last line was cut off and never acknowledged; it is removed"
                f"{f', and kept in {kept.name}' if kept else ''}"
            )
        try:
            self._state = tables.replayed(state, self._journal)
        except InputError:
            self._journal.close()
            raise
        self._history = History(self._journal.entries)
        self._compaction = Compaction(folder, self._journal, stamps, self._when_idle)
        given = {mention["actor_id"] for mention in state.mentions.values()}
        given |= {key for one in state.sources.values() for key in (*one["actor_ids"], *one["affiliation_ids"])}
        actors = frozenset(given | reading.actors.by_id.keys())
        self._context = Context(article, known.cues, actors, known.vocabulary, reading)
        self._closed = False

    @classmethod
    def open(
        cls,
        article: Article,
        annotator: str,
        known: Known | None = None,
        create: bool = True,
        empty: bool = False,
    ) -> "Session":
        """Take the annotations of an article for one process; where there are none, begin them with a machine's draft.

        create    begin them where there are none; else that is an error
        empty     begin them without candidates of the machine
        Raises    InputError, one line: another session has them (it says whose), they do not hold, or the text is another.
        """
        known = known or readings.known()
        if not line(annotator) or len(annotator) > LONGEST_ID:
            raise InputError(
                f"annotator is {shown(annotator)}; write a name in one line, of at most {LONGEST_ID} characters"
            )
        folder = folders.of(article)
        if not folders.annotated(folder):
            if not create:
                raise InputError(f"{folder}: this article has no annotations; make a draft with isnad draft")
            folder = folders.begun(article)
        folders.no_file(folder)
        folder.mkdir(parents=True, exist_ok=True)
        lock = folder_lock.held(folder)
        try:
            tables.finish(folder)
            machine = readings.read(article, known, machine=True)
            if not folders.annotated(folder):
                begun = Annotations((), (), ()) if empty else draft.of(machine)
                tables.whole(folder, lambda beside: draft.new(beside, article, begun, False))
            made = cls(folder, lock, machine, known, annotator)
            with suppress(OSError):  # only for the message to a second session
                folder_lock.write_holder(folder, annotator)
        except BaseException:
            lock.release()
            raise
        return made

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def article(self) -> Article:
        """The article whose annotations these are."""
        return self._reading.article

    @property
    def context(self) -> Context:
        """What operations are held to."""
        return self._context

    def records(self) -> State:
        """The records as they now are; a copy, which stays as it is."""
        with self._one_at_a_time:
            return self._state.copy()

    @property
    def version(self) -> int:
        """The number of all operations ever done."""
        return self._history.version

    def answer(self, request: Mapping[str, Any]) -> Reply:
        """The reply to a request (`open`, `do`, `poll`, `lexicon`), the protocol of widget and page. Raises InputError."""
        kind = request.get("kind") if isinstance(request, Mapping) else None
        since = request.get("since") if isinstance(request, Mapping) else None
        if since is not None and (not isinstance(since, int) or isinstance(since, bool)):
            raise InputError("since is not a version; send the number that the last reply had")
        if kind == "open":
            return self.state()
        if kind == "poll":
            return self.poll(since or 0)
        if kind == "lexicon":
            with self._one_at_a_time:
                return {"kind": "lexicon", "done": own_lexicon.confirm(self._reading, request.get("actor_id"))}
        if kind == "do" and isinstance(request.get("operations"), Sequence):
            return self.do(request["operations"], since)
        raise InputError("kind is not open, do (with operations), poll or lexicon; reload the page")

    def state(self) -> Reply:
        """All data that a page needs when it opens."""
        with self._one_at_a_time:
            told = messages.state(self._state, self._reading, self.annotator)
            return {"kind": "state", "folder": _readable(self.folder), **self._common(), **told}

    def poll(self, since: int) -> Reply:
        """The records changed after a version."""
        with self._one_at_a_time:
            return {"kind": "done", **self._common(), "acks": [], "refused": [], "set": self._set_since(since)}

    def do(self, given: Sequence[Any], since: int | None = None) -> Reply:
        """Do operations one after the other; one that cannot be done is refused with a reason, and the others are done.

        An operation that was done before is acknowledged, but not done again. `by` and `at` are filled in.

        since      the version that the caller has; the reply has all records changed after it
        Raises     InputError if the session is closed; OSError if the journal cannot be written; then nothing is done.
        """
        with self._one_at_a_time:
            if self._closed:
                raise InputError(f"{self.folder}: the session is closed; open it again")
            if len(given) > TOGETHER:
                raise InputError(f"{len(given):,} operations at once; send at most {TOGETHER:,}")
            before = self.version
            acks, refused = self._do(given)
            reply = {"kind": "done", **self._common(), "acks": acks, "refused": refused}
            reply["set"] = self._set_since(before if since is None else since)
            self._compact_in_time(self.version - before)
            return reply

    def do_all(self, given: Sequence[Operation]) -> None:
        """Do operations, however many, all of them or none.

        Raises     InputError for one that cannot be done, or if the session is closed; OSError as `do`.
        """
        with self._one_at_a_time:
            if self._closed:
                raise InputError(f"{self.folder}: the session is closed; open it again")
            before = self.version
            self._do(given, whole=True)
            self._compact_in_time(self.version - before)

    def _do(self, given: Sequence[Any], whole: bool = False) -> tuple[list[str], list[Reply]]:
        """Do operations and write them to the journal; if that fails, state and history are restored.

        whole      do none of them where one cannot be done: that is raised
        """
        acks: list[str] = []
        refused: list[Reply] = []
        entries: list[Entry] = []
        try:
            for at, each in enumerate(given):
                operation = self._filled(each)
                name = operation.get("id") if isinstance(operation, Mapping) else None
                if isinstance(name, str) and name in self._history.ids:
                    acks.append(name)
                    continue
                try:
                    entry = self._entry(operation)
                except InputError as e:
                    if whole:
                        raise
                    refused.append({"id": name if _sendable(name) else None, "at": at, "why": str(e)})
                    continue
                self._state.put(entry.change.set)
                self._history.take(entry)
                entries.append(entry)
                acks.append(operation["id"])
            if entries:
                self._journal.append(entries)
        except BaseException:
            for entry in reversed(entries):
                self._state.put(entry.change.was)
            self._history = History(self._journal.entries)
            raise
        return acks, refused

    def _filled(self, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {"by": self.annotator, "at": datetime.now(UTC).isoformat(timespec="seconds"), **given}

    def _entry(self, operation: Operation) -> Entry:
        state, history = self._state, self._history
        check(operation)
        noted = {"id": operation["id"], "op": operation["op"], **operation}
        change: Change
        if operation["op"] in ("undo", "redo"):
            change, noted["of"] = history.back(state, operation["op"], operation["by"])
            named = [(table, key) for table, records in change.set.items() for key in records]
        else:
            change = operations.apply(state, self._context, operation)
            named = _named(operation)
        seen = operation.get("seen")
        if seen is not None and (other := history.by_others(named, seen, operation.get("window"))):
            raise InputError(
                f"{operation['op']}: {named[0][1]} was changed in another window since ({other['op']}, {other['by']}); "
                "look at it again"
            )
        return Entry(noted, change)

    def _common(self) -> Reply:
        return {
            "version": self.version,
            "session": self.token,
            "progress": messages.progress(self._state),
            "can_undo": self._history.can("undo", self.annotator),
            "can_redo": self._history.can("redo", self.annotator),
        }

    def _set_since(self, version: int) -> Reply:
        return messages.records(self._state, self._reading.article, self._history.since(version))

    def progress(self) -> Reply:
        """How many claims are decided on, of how many, and by whom."""
        with self._one_at_a_time:
            return messages.progress(self._state)

    def compact(self) -> None:
        """Write the tables, if the journal has operations that they do not include.

        Raises    OSError or InputError if that fails; nothing is lost, since the journal has all operations.
        """
        with self._one_at_a_time:
            if self._closed:
                self._compaction.stop()
            else:
                self._compaction.write(self._state, self.notices)

    def _compact_in_time(self, done: int) -> None:
        """Compact now if much was done, or else after a while; a failure is retried, and noted at the end."""
        if done and self._compaction.missing >= OFTEN:
            self._when_idle()
        elif done:
            self._compaction.later()

    def _when_idle(self) -> None:
        with suppress(OSError, InputError):
            self.compact()

    def close(self) -> None:
        """Write the tables and release the folder. Raises OSError if that fails; all decisions are in the journal."""
        with self._one_at_a_time:
            if self._closed:
                return
            try:
                self.compact()
            finally:
                self._closed = True
                self._journal.close()
                (self.folder / folder_lock.HOLDER).unlink(missing_ok=True)
                self._lock.release()


def _sendable(name: Any) -> bool:
    """Whether an id can be sent back: a text without surrogates."""
    return isinstance(name, str) and not invisible.SURROGATES.search(name)


def _readable(path: Path) -> str:
    """A path as valid text for JSON, since a name on the disk may have bytes that are not text."""
    return str(path).encode("utf-8", "replace").decode()


def _named(operation: Operation) -> list[Key]:
    """The keys of the record to which an operation refers."""
    return [(table, operation[key]) for key, table in NAMED.items() if isinstance(operation.get(key), str)]
