"""The list of all reports in a folder, in English and in Arabic, made from the summary of each report."""

import json
import re
from pathlib import Path
from typing import Any

from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.records.basis import Basis
from helpers.report import interface
from helpers.report.front_page import framed, page, sheet
from helpers.text.articles import slug

OURS, HEAD = b'name="generator" content="Isnad', 2000  # marks a page made by Isnad, within its first HEAD bytes
DAY = r"\d{4}-\d\d-\d\d"
SHARES = tuple(map(str, Basis))
BEFORE = {"not_identified": "not_told", "outlet": "none"}  # names of shares in reports of schema 1


def write(folder: Path) -> None:
    """Write index.html and ar.html of a folder of reports; folders without `report.json` are skipped."""
    with atomic.locked(folder / "index.html"):
        _write(folder)


def _write(folder: Path) -> None:
    for name in interface.FILES.values():
        if (folder / name).exists() and OURS not in (folder / name).read_bytes()[:HEAD]:
            said = "not a list of reports, and left unchanged (the report itself is made)"
            raise InputError(f"{folder / name}: {said}; name another folder for reports with ISNAD_REPORTS")
    found = [one for path in sorted(folder.glob("*/report.json")) if (one := summary(path))]
    for each in found:
        each["sorted"] = each["published"] or next(iter(each["inferred"]), "")
    found.sort(key=lambda each: (each["sorted"], each["article_id"]), reverse=True)
    style, script = sheet("style.css", "dark.css", "front.css"), sheet("list.js")
    for lang in interface.LANGS:
        frame = framed(interface.load(lang), style, script)
        html = page("list.html.j2", **frame, reports=found, shares=SHARES)
        with atomic.written_whole(folder / interface.FILES[lang]) as beside:
            Path(beside).write_text(html, encoding="utf-8")


def ours(path: Path) -> bool:
    """Whether a `report.json` was written by Isnad, since other programs have files of this name, too."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and {"schema", "article_id"} <= found.keys()


def summary(path: Path) -> dict[str, Any] | None:
    """The summary of a report; None for an unfinished folder, or one from another program."""
    name = path.parent.name
    if name != slug(name):
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        names = BEFORE if found.get("schema", 1) == 1 else {}
        shares = {key: float(found["shares"][names.get(key, key)]) for key in SHARES}
        counts = {key: int(found[key]) for key in ("sources", "claims")}
        texts = {key: str(found[key]) for key in ("article_id", "title", "outlet", "published", "made_by")}
        inferred = [str(day) for day in found["inferred"]][:2]
        "".join((*inferred, *texts.values())).encode()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    days = [day for day in (texts["published"], *inferred) if day]
    if not all(0 <= share <= 1 for share in shares.values()) or not all(re.fullmatch(DAY, day) for day in days):
        return None
    return (
        {**texts, **counts, "inferred": inferred, "folder": name, "shares": shares}
        if min(counts.values()) >= 0
        else None
    )
