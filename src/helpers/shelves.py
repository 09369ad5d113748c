"""The list of all reports in a folder, in English and in Arabic, made anew from what each report says of itself."""

import json
from pathlib import Path

from helpers import interface, rows
from helpers.fronts import environment, framed, sheet

SHARES = ("named", "unnamed", "none")


def write(folder: Path) -> None:
    """Write index.html and ar.html of a folder of reports; a folder without `report.json` is passed over."""
    found = [summary for path in sorted(folder.glob("*/report.json")) if (summary := _read(path))]
    for each in found:
        each["sorted"] = each["published"] or next(iter(each["inferred"]), "")
    found.sort(key=lambda each: (each["sorted"], each["article_id"]), reverse=True)
    style, script = sheet("style.css", "front.css"), sheet("list.js")
    template = environment().get_template("list.html.j2")
    for lang in interface.LANGS:
        frame = framed(interface.load(lang), style, script)
        html = template.render(frame, reports=found, shares=SHARES)
        with rows.written_whole(folder / interface.FILES[lang]) as beside:
            Path(beside).write_text(html, encoding="utf-8")


def _read(path: Path) -> dict[str, object] | None:
    """What a report says of itself; nothing for a file that another program left there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        shares = {key: float(found["shares"][key]) for key in SHARES}
        texts = {key: str(found[key]) for key in ("article_id", "title", "outlet", "published", "made_by")}
        texts |= {"inferred": [str(day) for day in found["inferred"]][:2]}
        return {
            **texts,
            "folder": path.parent.name,
            "shares": shares,
            "sources": int(found["sources"]),
            "claims": int(found["claims"]),
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None
