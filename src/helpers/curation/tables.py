"""Reads a folder of annotations as a state, and writes a state as its tables, all of them or none.

New tables are first written to a folder beside the old ones. They are valid from the moment at which that folder is
renamed to COMPACTED: if they were not moved to their places, the next program that opens the annotations does so.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import ValidationError, convert

from helpers.annotation import load, unanchored_rows, write
from helpers.annotation.folder import CLAIMS, COMPACTED, MENTIONS, SOURCES, SPANS, UNANCHORED
from helpers.annotation.load import Annotations
from helpers.curation.journal import Journal, free, synced
from helpers.curation.state import MENTION, Record, State
from helpers.extraction.known import Known
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article, Span

COMPACTING = ".compacting"
TABLES = (SPANS, SOURCES, MENTIONS, CLAIMS, UNANCHORED)
PLACE = {"paragraph": 0, "sentence": 0, "about": []}  # values that follow from the text and are not written


def state(folder: Path, article: Article, known: Known) -> State:
    """The state in the tables of a folder. Raises InputError for the first error in them."""
    finish(folder)
    found = load.annotations(article, known.actors, known.cues)
    if found is None:
        raise InputError(f"{folder}: there are no annotations; make a draft with isnad draft")
    return State(
        {
            "claims": {claim.claim_id: codec.whole(claim) for claim in found.claims},
            "sources": {source.source_id: codec.whole(source) for source in found.sources},
            "mentions": {mention.mention_id: mention_record(mention) for mention in found.mentions},
            "unanchored": {one["unanchored_id"]: one for one in unanchored_rows.read(folder / UNANCHORED)},
        }
    )


def replayed(state: State, journal: Journal) -> State:
    """The state with the operations of the journal that the tables do not include. Raises InputError if they conflict."""
    later = journal.entries[journal.compacted :]
    for entry in later:
        state.put(entry.change.set)
    try:
        annotations(state if later else State())
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError):
        raise InputError(
            f"{journal.path}: it contains something that is not a claim, source or mention; restore the journal "
            "from a copy, or rename it: the tables hold what was decided before it was last compacted"
        ) from None
    return state


def stamps(folder: Path) -> dict[str, str]:
    """Stamps of a folder's tables, by name; the stamp changes if another program writes the table."""
    there = (name for name in TABLES if (folder / name).is_file())
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in there}


def kept(folder: Path, before: Mapping[str, str]) -> list[Path]:
    """Copy the tables that another program, such as a spreadsheet, has written since. Returns the copies."""
    made = []
    for name, stamp in stamps(folder).items():
        if before.get(name) != stamp:
            made.append(free(folder / f"{Path(name).stem}-by-hand.csv"))
            shutil.copy(folder / name, made[-1])
    return made


def mention_record(of: Mention) -> Record:
    """A mention as a record of a state."""
    values = {name: getattr(of, name) for name in MENTION if name not in ("start", "end", "exact")}
    spans = {"start": of.span.start, "end": of.span.end, "exact": of.span.exact}
    return {name: spans.get(name, values.get(name)) for name in MENTION}


def save(folder: Path, state: State) -> None:
    """Write the tables of a folder, all of them or none. Raises OSError if that fails; the old ones are then kept."""
    whole(folder, lambda beside: written(folder, beside, state))


def written(folder: Path, beside: Path, state: State) -> None:
    """Write the tables of a state to another folder, with the format and the permissions of the existing ones."""
    for name in TABLES:
        if (folder / name).is_file():
            shutil.copy(folder / name, beside / name)
    write.tables(beside, annotations(state))
    if state.unanchored or (beside / UNANCHORED).is_file():
        unanchored_rows.write(beside / UNANCHORED, state.unanchored.values())


def whole(folder: Path, do: Callable[[Path], object]) -> None:
    """Write files of a folder, all of them or none: `do` writes them to the temporary folder that it is given."""
    beside = folder / COMPACTING
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir()
        do(beside)
        for path in beside.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        synced(beside)
        beside.rename(folder / COMPACTED)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    synced(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Move complete new tables to their places, and remove incomplete ones; the caller must hold the lock."""
    shutil.rmtree(folder / COMPACTING, ignore_errors=True)
    done = folder / COMPACTED
    if done.is_symlink():
        raise InputError(f"{done}: a symbolic link, where Isnad makes a folder; remove it")
    if done.is_dir():
        for path in sorted(done.iterdir()):
            path.replace(folder / path.name)
        synced(folder)
        done.rmdir()


def annotations(state: State) -> Annotations:
    """The records of a state as annotations: sources in the order in which they first speak, mentions in text order."""
    ordered = state.in_order()
    first = {claim["source_id"]: at for at, claim in reversed([*enumerate(ordered)])}
    sources = sorted(
        state.sources.values(), key=lambda one: (first.get(one["source_id"], len(first)), one["source_id"])
    )
    mentions = sorted(state.mentions.values(), key=lambda one: (one["start"], one["end"], one["mention_id"]))
    return Annotations(
        tuple(convert({**claim, **PLACE, "order": n}, Claim) for n, claim in enumerate(ordered, 1)),
        tuple(convert(source, Source) for source in sources),
        tuple(_as_mention(mention) for mention in mentions),
    )


def _as_mention(of: Record) -> Mention:
    span = Span(of["start"], of["end"], of["exact"])
    rest: dict[str, Any] = {name: of[name] for name in MENTION if name not in ("start", "end", "exact")}
    return Mention(paragraph=0, sentence=0, span=span, made_by="people", **rest)
