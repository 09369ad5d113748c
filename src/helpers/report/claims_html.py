"""A reading as HTML: the article right to left with claims and mentions marked, tables, key figures.

Every function returns a string of HTML without style or script: classes begin with `isnad-`, and the report and
JupyterLab bring the style. All text is escaped. An Arabic passage says so (`lang`, `dir`), so it reads right anywhere.
"""

from collections.abc import Iterable, Sequence

from helpers.lexicon.entries import Cue, Rule
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import CREDIBILITY, RELIABILITY, Source
from helpers.report import highlighting
from helpers.report.highlighting import arabic, number
from helpers.report.html_tables import grid
from helpers.text.articles import Article
from helpers.text.invisible import escape, in_attribute

# What no translation is to touch: ids and sums, which are in no language (zxx); what names the article.
KEPT = dict.fromkeys(("article", "sha256", "address"), ' lang="zxx" translate="no"')
KEPT |= dict.fromkeys(("headline", "outlet", "author"), ' translate="no"')
AID = ' class="isnad-aid"'
MACHINE = (
    "Claims and sources on this page were found by machine; nobody has reviewed, translated or graded them. "
    "Of ten claims with confidence 0.9, about nine have the right source and content; this says nothing about whether they are true."
)
KINDS = {
    "direct": "direct: quoted word for word",
    "mixed": "mixed: a quotation within indirect speech",
    "indirect": "indirect: reported, not quoted",
    "unattributed": "the outlet's own voice",
}
KNOWN_AS = {
    "title": "headline",
    "outlet": "outlet",
    "author": "author",
    "published": "published",
    "published_earliest": "published, earliest",
    "published_latest": "published, latest",
    "published_basis": "basis of the dates",
    "url": "address",
    "language": "language",
    "note": "note",
}


def provenance(article: Article) -> str:
    """What is known of an article and what is not, as a definition list."""
    known = [(label, article.about.get(key, "not known")) for key, label in KNOWN_AS.items() if key in article.about]
    missing = [KNOWN_AS[key] for key in ("title", "outlet", "author", "published") if key not in article.about]
    items = [
        ("article", article.article_id),
        *known,
        *(("warning", warning) for warning in article.warnings),
        *([("not known", ", ".join(missing))] if missing else []),
        ("text", f"words: {len(article.words):,}; paragraphs: {len(article.paragraphs):,}"),
        ("sha256", article.sha256),
    ]
    rows = "".join(f'<div><dt>{escape(k)}</dt><dd dir="auto"{KEPT.get(k, "")}>{escape(v)}</dd></div>' for k, v in items)
    return f'<dl class="isnad-provenance">{rows}</dl>'


def figures(items: Iterable[tuple[object, str]]) -> str:
    """Key figures: a number each, with the sentence that says what it counts."""
    tiles = "".join(f"<li><strong>{escape(str(n))}</strong> <span>{escape(said)}</span></li>" for n, said in items)
    return f'<ul class="isnad-figures">{tiles}</ul>'


def article(reading: Reading, cues: dict[str, Cue]) -> str:
    """The article, a row a paragraph: the text with its claims and mentions marked, and beside it who says what."""
    layers, rows = highlighting.layers(reading), []
    by_id = {claim.claim_id: claim for claim in reading.claims}
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in reading.claims:
        by_paragraph.setdefault(claim.paragraph, []).append(claim)
    for place in reading.article.paragraphs:
        here = by_paragraph.get(place.number, [])
        marked = highlighting.marked(reading, here, layers.get(place.number, []), place.start, place.end)
        said = "".join(_said(reading, claim, cues, by_id) for claim in here)
        rows.append(
            f'<section class="isnad-paragraph" aria-label="paragraph {place.number}">'
            f'<p class="isnad-place">paragraph {place.number}</p>'
            f'<p lang="ar" dir="rtl">{marked}</p>'
            f'<ol class="isnad-said">{said}</ol></section>'
        )
    return f'<div class="isnad-article">{legend(reading)}{"".join(rows)}</div>'


def legend(reading: Reading) -> str:
    """What the marks mean, and of the machine's claims that nobody has read them."""
    keys = [
        f'<mark class="isnad-{kind}">{escape(text)}</mark>' for kind, text in KINDS.items() if kind != "unattributed"
    ]
    keys += [
        '<strong class="isnad-source">source</strong>',
        '<em class="isnad-cue">cue</em>',
        '<b class="isnad-mention">actor</b>',
        '<u class="isnad-odd">irregularity in the text as received</u>',
        "<span>unmarked and unnumbered: the outlet's own voice</span>",
    ]
    machine = f'<p class="isnad-note">{MACHINE}</p>' if reading.claims_from == "machine" else ""
    return f'{machine}<p class="isnad-legend">{" ".join(keys)}</p>'


def _who(reading: Reading, claim: Claim) -> str:
    """The source in English, then as printed; and how it is known when the claim's own clause does not state it."""
    if not claim.attributed:
        return '<b class="isnad-outlet">The outlet\'s own voice</b>'
    if claim.source_id is None:
        return "<b>Speaker not identified</b>"
    source = reading.source(claim.source_id)
    who = f"{_aid(source.name_en, 'b')} {arabic(source.name)}" if source.name_en else f"<b>{arabic(source.name)}</b>"
    return who + (" <small>(named earlier; not named here)</small>" if claim.source_via == "inherited" else "")


def _aid(text: str, tag: str = "span") -> str:
    """English beside the Arabic that it stands for: a page in Arabic does without."""
    return f'<{tag} class="isnad-aid">{escape(text)}</{tag}>'


def _gloss(claim: Claim, cues: dict[str, Cue]) -> str:
    """What the claim's cue means, in English; nothing for a claim without one."""
    return cues[claim.cue_lemma].gloss_en if claim.cue_lemma in cues else ""


def _said(reading: Reading, claim: Claim, cues: dict[str, Cue], by_id: dict[str, Claim]) -> str:
    """One claim in English for the reader who has no Arabic: who, by which word, what, in which form, how graded."""
    notes = []
    if claim.attributed:
        notes.append(f"<span>{claim.kind}</span>")
        gloss = _aid(f" “{_gloss(claim, cues)}”")
        notes.append(f"<span>cue</span> {arabic(' … '.join(span.exact for span in claim.cue))}{gloss}")
        if claim.source_id and claim.made_by == "people":
            reliability = reading.source(claim.source_id).reliability
            notes.append(f"<span>reliability {reliability}, {RELIABILITY[reliability]}</span>")
    if claim.made_by == "people":
        grade = f"{claim.credibility}, {CREDIBILITY[claim.credibility]}"
        notes.append(f"<span>credibility of the claim {grade}</span>")
    elif claim.confidence is not None:
        notes.append(f"<span>found by machine, confidence {claim.confidence:.2f}</span>{_aid(', not translated')}")
    if claim.within:
        notes.append(f"<span>within claim {number(by_id[claim.within])}</span>")
    return (
        f'<li id="claim-{in_attribute(claim.claim_id)}" class="isnad-{claim.kind}" value="{number(claim)}">'
        f"{_who(reading, claim)}: {_content(claim)} "
        f"{'<small>' + '; '.join(notes) + '.</small>' if notes else ''}</li>"
    )


def _content(claim: Claim) -> str:
    """What is said, in English; as printed where nobody translated it."""
    if claim.made_by == "people":
        return f'<span lang="en" dir="ltr">{escape(claim.gloss_en or "")}</span>'
    return arabic(claim.content_text, "p")


def _grade(claim: Claim) -> str:
    """The grade with its reason; of a machine's claim the rule that found it, and how often that rule is right."""
    if claim.made_by == "people":
        grade = f"<b>{claim.credibility}</b> {escape(CREDIBILITY[claim.credibility])}"
        return f"{grade}<br><small>{escape(claim.rationale)}</small>"
    sure = "" if claim.confidence is None else f"<br><small>confidence {claim.confidence:.2f}</small>"
    return f"<span>not graded; rule</span> <code>{escape(claim.rule or '')}</code>{sure}"


def claims(reading: Reading, cues: dict[str, Cue]) -> str:
    """Every claim with its source, cue and content as printed, its gloss and its grade with the reason."""
    columns = ("claim", "who", "cue", "what is said", "form", "credibility, and reason")
    rows = []
    for claim in reading.claims:
        content = "".join(arabic(span.exact, "p") for span in claim.content)
        about = ", ".join(reading.actors.by_id[actor].name_en for actor in claim.about)
        form = [claim.kind, claim.act, claim.source_via, claim.within and f"within {claim.within}"]
        rows.append(
            (
                claim.claim_id,
                _who(reading, claim),
                arabic(claim.cue_text) + _english(_gloss(claim, cues), "small", AID),
                content
                + _english(claim.gloss_en or "", aid=AID)
                + (_english(f"About: {about}", "small") if about else ""),
                "<br>".join(escape(part) for part in form if part),
                _grade(claim),
            )
        )
    return grid(columns, rows, raters(reading.claims))


def _english(text: str, tag: str = "span", aid: str = "") -> str:
    """A paragraph of English inside a cell that is set from right to left."""
    return f'<p lang="en" dir="ltr"{aid}><{tag}>{escape(text)}</{tag}></p>' if text else ""


def sources(reading: Reading) -> str:
    """The register of sources: who, of what kind, why they should know, and the grade with the reason."""
    columns = ("who", "kind", "why they should know", "affiliation", "claims", "reliability, and reason")
    rows, by_source = [], {}
    for claim in reading.claims:
        by_source.setdefault(claim.source_id, []).append(claim.claim_id)
    for source in reading.sources:
        note = f"<p><small>{escape(source.outside_note)}</small></p>" if source.outside_note else ""
        rows.append(
            (
                f"<b{AID}>{escape(source.name_en or '')}<br></b>{arabic(source.name)}",
                escape(source.kind),
                _why(source),
                escape(", ".join(reading.actors.by_id[actor].name_en for actor in source.affiliation_ids)),
                " ".join(by_source.get(source.source_id, ())),
                _reliability(source) + note,
            )
        )
    return grid(columns, rows, raters(reading.sources))


def _reliability(source: Source) -> str:
    if source.made_by == "machine":
        return f"<span>not graded; identified by</span> <code>{escape(source.rule or '')}</code>"
    return f"<b>{source.reliability}</b> {escape(RELIABILITY[source.reliability])}<br><small>{escape(source.rationale)}</small>"


def _why(source: Source) -> str:
    why, english = source.justification, source.justification_en
    return f"{arabic(why.exact)}{_english(english or '', aid=AID)}" if why else "<small>not stated</small>"


def suggested(reading: Reading) -> str:
    """Which of the actors named here a machine suggested, as a note."""
    named = dict.fromkeys(mention.actor_id for mention in reading.mentions)
    own = [reading.actors.by_id[actor] for actor in named if reading.actors.by_id[actor].own]
    if not own:
        return '<p class="isnad-note">Every actor named here is in the project\'s lexicons.</p>'
    names = ", ".join(f"{arabic(one.name_ar)}{_aid(f' ({one.name_en})')}" for one in own)
    return f'<p class="isnad-note"><span>Suggested by machine, selected by a user of this report:</span> {names}.</p>'


def raters(records) -> str:
    """Who read and graded claims or sources, and when; empty when nobody did."""
    if any(r.made_by == "machine" for r in records):
        return MACHINE
    found = sorted({f"{record.rater}, {record.rated_on}" for record in records})
    return f"Annotated and graded by {'; '.join(found)}." if found else ""


def grades(rules: Sequence[Rule]) -> str:
    """The rules by which grades are given, and what the scales mean."""
    rows = [(f"<b>{escape(rule.rule)}</b>", escape(rule.grade), escape(rule.text)) for rule in rules]
    return grid(("rule", "grade", "given to"), rows, "The grade is given by the first rule that applies.")
