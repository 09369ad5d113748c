"""A reading as HTML: the article right to left with claims and mentions marked, tables, key figures.

Every function returns a string of HTML without style or script: classes begin with `isnad-`, and the report and
JupyterLab bring the style. All text is escaped. An Arabic passage says so (`lang`, `dir`), so it reads right anywhere.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from helpers.articles import Article, Span
from helpers.claims import Claim
from helpers.lexicons import Cue, Rule
from helpers.readings import Reading
from helpers.sources import CREDIBILITY, RELIABILITY, Source

KINDS = {
    "direct": "direct: a quotation",
    "mixed": "mixed: a quotation inside indirect speech",
    "indirect": "indirect: told, not quoted",
    "unattributed": "no source: the outlet's own voice",
}
KNOWN_AS = {
    "title": "headline",
    "outlet": "outlet",
    "author": "author",
    "published": "published",
    "published_earliest": "published, at the earliest",
    "published_latest": "published, at the latest",
    "published_basis": "basis of the dates",
    "url": "address",
    "language": "language",
    "note": "note",
}


def arabic(text: str, tag: str = "bdi") -> str:
    """A piece of the article as an element that says its language and direction."""
    return f'<{tag} lang="ar" dir="rtl">{escape(text)}</{tag}>'


def number(claim: Claim) -> str:
    """A claim's number as readers see it: its id without letter and zeros."""
    return claim.claim_id.lstrip("cu").lstrip("0") or claim.claim_id


def provenance(article: Article) -> str:
    """What is known of an article and what is not, as a definition list."""
    known = [(label, article.about.get(key, "not known")) for key, label in KNOWN_AS.items() if key in article.about]
    missing = [KNOWN_AS[key] for key in ("title", "outlet", "author", "published") if key not in article.about]
    items = [
        ("article", article.article_id),
        *known,
        *([("not known", ", ".join(missing))] if missing else []),
        ("text", f"words: {len(article.words):,}; paragraphs: {len(article.paragraphs):,}"),
        ("sha256", article.sha256),
    ]
    rows = "".join(f'<div><dt>{escape(k)}</dt><dd dir="auto">{escape(v)}</dd></div>' for k, v in items)
    return f'<dl class="isnad-provenance">{rows}</dl>'


def figures(items: Iterable[tuple[object, str]]) -> str:
    """Key figures: a number each, with the sentence that says what it counts."""
    tiles = "".join(f"<li><strong>{escape(str(n))}</strong> <span>{escape(said)}</span></li>" for n, said in items)
    return f'<ul class="isnad-figures">{tiles}</ul>'


def article(reading: Reading, cues: dict[str, Cue]) -> str:
    """The article, a row a paragraph: the text with its claims and mentions marked, and beside it who says what."""
    layers, rows = _layers(reading), []
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in reading.claims or ():
        by_paragraph.setdefault(claim.paragraph, []).append(claim)
    for place in reading.article.paragraphs:
        here = by_paragraph.get(place.number, [])
        marked = _marked(reading, here, layers.get(place.number, []), place.start, place.end)
        said = "".join(_said(reading, claim, cues) for claim in here)
        rows.append(
            f'<section class="isnad-paragraph" aria-label="paragraph {place.number}">'
            f'<p class="isnad-place">paragraph {place.number}</p>'
            f'<p lang="ar" dir="rtl">{marked}</p>'
            f'<ol class="isnad-said">{said}</ol></section>'
        )
    return f'<div class="isnad-article">{legend(reading)}{"".join(rows)}</div>'


def legend(reading: Reading) -> str:
    """What the marks mean; or, of an article that nobody annotated, that there are none."""
    if reading.claims is None:
        return '<p class="isnad-note">Nobody has annotated this article: it shows where actors are named, and no claims.</p>'
    keys = [
        f'<mark class="isnad-{kind}">{escape(text)}</mark>' for kind, text in KINDS.items() if kind != "unattributed"
    ]
    keys += [
        '<strong class="isnad-source">source</strong>',
        '<em class="isnad-cue">cue</em>',
        '<b class="isnad-mention">actor</b>',
        '<u class="isnad-odd">odd in the text as received</u>',
        "<span>unmarked and without a number: the outlet's own voice</span>",
    ]
    return f'<p class="isnad-legend">{" ".join(keys)}</p>'


_Layer = tuple[Span, str, str, str]  # span, element, class, title


def _layers(reading: Reading) -> dict[int, list[_Layer]]:
    """The marks of an article by the paragraph that they touch."""
    layers: list[_Layer] = []
    for claim in reading.claims or ():
        if claim.kind != "unattributed":
            layers += [(span, "mark", f"isnad-{claim.kind}", "") for span in claim.content]
            layers += [(span, "em", "isnad-cue", "") for span in claim.cue]
            layers += [(claim.source, "strong", "isnad-source", "")] if claim.source else []
    who: dict[Span, list[str]] = {}
    for mention in reading.mentions:  # a description may stand for two actors: one mark names both
        who.setdefault(mention.span, []).append(reading.actors.by_id[mention.actor_id].name_en)
    layers += [(span, "b", "isnad-mention", " and ".join(names)) for span, names in who.items()]
    layers += [(odd.span, "u", "isnad-odd", f"{odd.kind}: {odd.note}") for odd in reading.oddities]
    found: dict[int, list[_Layer]] = {}
    for layer in layers:
        first, last = (reading.article.place(at).paragraph for at in (layer[0].start, layer[0].end - 1))
        for paragraph in range(first, last + 1):
            found.setdefault(paragraph, []).append(layer)
    return found


def _marked(reading: Reading, claims: list[Claim], layers: list[_Layer], start: int, end: int) -> str:
    """text[start:end] cut at the edge of every mark, each piece inside the elements of the marks that cover it."""
    badges: dict[int, str] = {}
    for claim in claims:
        at = claim.content[0].start
        if claim.kind != "unattributed" and start <= at < end:
            n = number(claim)
            badge = (
                f'<sup class="isnad-ref"><a href="#claim-{escape(claim.claim_id)}" aria-label="claim {n}">{n}</a></sup>'
            )
            badges[at] = badges.get(at, "") + badge
    here = [layer for layer in layers if layer[0].start < end and start < layer[0].end]
    edges = sorted({start, end, *(at for span, *_ in here for at in (span.start, span.end) if start < at < end)})
    pieces = []
    for left, right in itertools.pairwise(edges):
        over = [layer for layer in here if layer[0].start <= left and right <= layer[0].end]
        over.sort(key=lambda layer: -(layer[0].end - layer[0].start))
        piece = escape(reading.article.text[left:right])
        seen: set[str] = set()
        for _, tag, kind, title in reversed(over):
            if tag in seen:  # an actor inside a longer description: the inner mark is enough
                continue
            seen.add(tag)
            said = f' title="{escape(title)}"' if title else ""
            piece = f'<{tag} class="{kind}"{said}>{piece}</{tag}>'
        pieces.append(badges.get(left, "") + piece)
    return "".join(pieces)


def _who(reading: Reading, claim: Claim) -> str:
    """The source in English, then as printed; and how it is known when the claim's own clause does not state it."""
    if claim.kind == "unattributed":
        return '<b class="isnad-none">No source</b>'
    if claim.source_id is None:
        return "<b>Source not told</b>"
    source = reading.source(claim.source_id)
    who = f"<b>{escape(source.name_en or '')}</b> {arabic(source.name)}"
    return who + (" (named before; not named again here)" if claim.source_via == "inherited" else "")


def _gloss(claim: Claim, cues: dict[str, Cue]) -> str:
    """What the claim's cue means, in English; nothing for a claim without one."""
    return cues[claim.cue_lemma].gloss_en if claim.cue_lemma in cues else ""


def _said(reading: Reading, claim: Claim, cues: dict[str, Cue]) -> str:
    """One claim in English for the reader who has no Arabic: who, by which word, what, in which form, how graded."""
    notes = []
    if claim.kind != "unattributed":
        words = f"{arabic(' … '.join(span.exact for span in claim.cue))} “{escape(_gloss(claim, cues))}”"
        notes += [f"{claim.kind}, by {words}"]
        if claim.source_id:
            reliability = reading.source(claim.source_id).reliability
            notes.append(f"reliability {reliability}, {RELIABILITY[reliability]}")
    notes.append(f"credibility of what is said {claim.credibility}, {CREDIBILITY[claim.credibility]}")
    if claim.within:
        outer = next(c for c in reading.claims or () if c.claim_id == claim.within)
        notes.append(f"inside claim {number(outer)}")
    return (
        f'<li id="claim-{escape(claim.claim_id)}" class="isnad-{claim.kind}" value="{number(claim)}">'
        f"{_who(reading, claim)}: {escape(claim.gloss_en or '')} "
        f"<small>{'; '.join(notes)}.</small></li>"
    )


def claims(reading: Reading, cues: dict[str, Cue]) -> str:
    """Every claim with its source, cue and content as printed, its gloss and its grade with the reason."""
    columns = ("no.", "who", "cue", "what is said", "form", "credibility, and why")
    rows = []
    for claim in reading.claims or ():
        content = "".join(arabic(span.exact, "p") for span in claim.content)
        about = ", ".join(reading.actors.by_id[actor].name_en for actor in claim.about)
        form = [claim.kind, claim.act, claim.source_via, claim.within and f"inside {claim.within}"]
        rows.append(
            (
                claim.claim_id,
                _who(reading, claim),
                arabic(" … ".join(span.exact for span in claim.cue)) + _english(_gloss(claim, cues), "small"),
                content + _english(claim.gloss_en or "") + (_english(f"About: {about}", "small") if about else ""),
                "<br>".join(escape(part) for part in form if part),
                f"<b>{claim.credibility}</b> {escape(CREDIBILITY[claim.credibility])}<br><small>{escape(claim.rationale)}</small>",
            )
        )
    return _table(columns, rows, _raters(reading.claims or ()))


def _english(text: str, tag: str = "span") -> str:
    """A paragraph of English inside a cell that is set from right to left."""
    return f'<p lang="en" dir="ltr"><{tag}>{escape(text)}</{tag}></p>'


def sources(reading: Reading) -> str:
    """The register of sources: who, of what kind, why they should know, and the grade with the reason."""
    columns = ("who", "kind", "why they should know", "affiliation", "claims", "reliability, and why")
    rows = []
    for source in reading.sources or ():
        made = [claim.claim_id for claim in reading.claims or () if claim.source_id == source.source_id]
        note = f"<p><small>{escape(source.outside_note)}</small></p>" if source.outside_note else ""
        rows.append(
            (
                f"<b>{escape(source.name_en or '')}</b><br>{arabic(source.name)}",
                escape(source.kind),
                _why(source),
                escape(", ".join(reading.actors.by_id[actor].name_en for actor in source.affiliation_ids)),
                " ".join(made),
                f"<b>{source.reliability}</b> {escape(RELIABILITY[source.reliability])}<br><small>{escape(source.rationale)}</small>{note}",
            )
        )
    return _table(columns, rows, _raters(reading.sources or ()))


def _why(source: Source) -> str:
    if source.justification is None:
        return "<small>not said</small>"
    return f"{arabic(source.justification.exact)}{_english(source.justification_en or '')}"


def _raters(records) -> str:
    return raters(records) or "No claims: nobody has annotated this article."


def raters(records) -> str:
    """Who read and graded claims or sources, and when; empty when nobody did."""
    found = sorted({f"{record.rater}, {record.rated_on}" for record in records})
    return f"Read and graded by {'; '.join(found)}." if found else ""


def grades(rules: Sequence[Rule]) -> str:
    """The rules by which grades are given, and what the scales mean."""
    rows = [(f"<b>{escape(rule.rule)}</b>", escape(rule.grade), escape(rule.text)) for rule in rules]
    return _table(("rule", "grade", "given to"), rows, "The first rule that applies gives the grade.")


def table(frame: pd.DataFrame, caption: str) -> str:
    """A DataFrame as a table for readers: its index only when it has a name, Arabic columns from right to left."""
    if frame.index.name is not None:
        frame = frame.reset_index()
    columns = [str(column).replace("_", " ") for column in frame.columns]
    return _table(columns, [[_cell(value) for value in row] for row in frame.itertuples(index=False)], caption)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else escape(str(value))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """rows    cells that are HTML already. A column of numbers is set as such, one of Arabic from right to left."""
    kinds = [_kind([row[at] for row in rows]) for at in range(len(columns))]
    head = "".join(f'<th scope="col"{kind}>{escape(column)}</th>' for kind, column in zip(kinds, columns, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="isnad-scroll"><table class="isnad-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _kind(cells: Sequence[str]) -> str:
    """The attributes of a column, by what most of its cells begin with."""
    numbers = sum(cell.replace(".", "", 1).isdigit() for cell in cells)
    if cells and numbers == len(cells):
        return ' class="isnad-number"'
    if cells and all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", cell) for cell in cells):
        return ' class="isnad-day"'
    letters = [next((char for char in re.sub("<[^>]*>", "", cell) if char.isalpha()), "") for cell in cells]
    rtl = sum(unicodedata.bidirectional(char) in ("R", "AL") for char in letters if char)
    return ' dir="rtl"' if rtl * 2 > sum(map(bool, letters)) else ' dir="ltr"'
