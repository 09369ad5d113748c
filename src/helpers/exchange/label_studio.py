"""Label Studio: a list of tasks, one for an article, to be imported there, and as its server exports them (as JSON).

The data of a task are the text, its id and sha256, and, under `isnad`, all records as they were exported, so that nothing
is lost that Label Studio cannot show, and what a person did there can be told. Its prediction holds the claims and mentions
that nobody has decided on, its annotation those that people decided on; what can be changed in both is in
`label_studio_regions`, how they are read in `label_studio_decisions`. Offsets are code points there too.

The labelling configuration (`data/schema/label-studio.xml`, which sets the text from right to left) is written beside the
tasks as `NAME.labelling.xml`, to be pasted into the settings of a project.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.exchange import documents, json_files, label_studio_decisions, label_studio_regions
from helpers.exchange.documents import Document
from helpers.files import atomic, paths
from helpers.files.errors import InputError
from helpers.records.claims import UNREVIEWED

OURS = "isnad"  # the key of the records, and who made a prediction
BEGINS = re.compile(rb'\s*\[\s*\{[^{}\[\]]*"(?:annotations|predictions|drafts)"\s*:\s*\[')
AGAIN = "export it again"


def save(given: Sequence[Document], out: Path) -> None:
    """Write documents as tasks to a file, and the labelling configuration beside it."""
    configuration = paths.resolve("data/schema/label-studio.xml").read_bytes()
    with atomic.written_whole(out.with_suffix(".labelling.xml")) as beside:
        beside.write_bytes(configuration)
        json_files.write([_task(document) for document in given], out)


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is a list of tasks."""
    return bool(BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")))


def _task(document: Document) -> dict[str, Any]:
    done, proposed = _results(document, decided=True), _results(document, decided=False)
    return {
        "annotations": [{"result": done}] if done else [],
        "predictions": [{"model_version": OURS, "result": proposed}] if proposed else [],
        "data": {
            "id": document.article_id,
            "sha256": document.sha256,
            "text": document.text,
            OURS: documents.whole(document),
        },
    }


def _results(document: Document, decided: bool) -> list[dict[str, Any]]:
    """What people decided on, or what nobody did; a source is where a claim of it is."""
    spoken = {claim.source_id for claim in document.claims if claim.decided}
    return label_studio_regions.results(
        [claim for claim in document.claims if claim.decided == decided],
        [source for source in document.sources if (source.source_id in spoken) == decided],
        [mention for mention in document.mentions if (mention.status not in (None, UNREVIEWED)) == decided],
        decided,
    )


def load(path: Path) -> list[Document]:
    """The documents of a file of tasks, as their annotations have them; of another project too, where the labels are ours.

    Raises    InputError, one line, for what is no list of tasks, and for a task that was changed or is damaged.
    """
    given = json_files.read(path, AGAIN)
    if not isinstance(given, list) or not all(isinstance(task, dict) for task in given):
        raise InputError(f"{path}: not a list of tasks; export it as JSON")
    return [_document(task, f"{path}: task {number}") for number, task in enumerate(given, 1)]


def _document(task: Mapping[str, Any], where: str) -> Document:
    data = task.get("data")
    text = data.get(label_studio_regions.TEXT) if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(text, str):
        raise InputError(f"{where}: it has no text; {AGAIN} as JSON")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if data.get("sha256", sha256) != sha256:
        raise InputError(f"{where}: its text is not the one that was exported; {AGAIN}")
    ours = data.get(OURS)
    if not isinstance(ours, Mapping | None):
        raise InputError(f"{where}: {OURS} is not an object; {AGAIN}")
    records = documents.from_whole(ours or {}, where)
    document = Document(
        str(data.get("id") or task.get("id") or ""),
        sha256,
        text,
        exported=None if ours is None else frozenset(claim.claim_id for claim in records["claims"]),
        passed_over={} if ours else _not_ours(task),
        **records,
    )
    found = label_studio_decisions.decided(documents.checked(document, where), task.get("annotations"), where)
    return documents.checked(found, where)


def _not_ours(task: Mapping[str, Any]) -> dict[str, int]:
    """What is proposed in a task that we did not write, which nobody decided on."""
    return {"predictions": len(task["predictions"])} if task.get("predictions") else {}
