"""A reading as HTML for notebooks and their pages: the article with its claims beside it, tables of claims and sources.

Every function takes a `Writer`, which has the language of the page, and returns a string of HTML without style or
script: classes begin with `isnad-`, and the report or JupyterLab has the style sheet. `writer` decides how a claim or a
source is written.
"""

from collections import Counter
from collections.abc import Iterable

from helpers.lexicon import entries
from helpers.records.claims import Claim
from helpers.records.sources import Source
from helpers.report import accuracy, writer
from helpers.report.highlighting import number
from helpers.report.html_tables import grid
from helpers.report.source_writer import AID, Markup
from helpers.report.writer import Writer
from helpers.text.invisible import escape, in_attribute


def provenance(write: Writer) -> str:
    """The metadata of an article, known and missing, as a definition list."""
    return str(write.provenance())


def article(write: Writer) -> str:
    """The article with one row per paragraph: the text with claims and mentions highlighted, and the claims beside it."""
    rows = []
    for n, text, claims in write.paragraphs():
        said, place = "".join(_said(write, claim) for claim in claims), write.phrase("paragraph", n=n)
        rows.append(
            f'<section class="isnad-paragraph" aria-label="{place}"><p class="isnad-place">{place}</p>'
            f'<p lang="ar" dir="rtl">{text}</p><ol class="isnad-said">{said}</ol></section>'
        )
    measured = "" if write.reading.claims_from == "people" else f" <span>{escape(accuracy.measured(write.said))}</span>"
    note = "" if write.in_one else f'<p class="isnad-note">{write.made_note()}{measured}</p>'
    legend = f'<p class="isnad-legend">{write.legend()}</p>'
    return f'<div class="isnad-article">{note}{legend}{"".join(rows)}</div>'


def _said(write: Writer, claim: Claim) -> str:
    """One claim: source, cue, content, form, grade; for a reader who knows no Arabic, the cue as printed beside its meaning."""
    notes = []
    source = write.reading.source_of(claim)
    if claim.attributed:
        notes.append(f"<span>{write.phrase(f'word.kind.{claim.kind}')}</span>")
        notes += [f"<span>{write.phrase('table.cue')}</span> {write.cue(claim)}"] if claim.cue and write.english else []
    if claim.made_by == "people":
        if source and write.graded:
            notes.append(f"<span>{write.said('reliability')}</span> <span>{write.letter(source)}</span>")
        if write.graded:
            notes.append(f"<span>{write.said('grade')}</span> <span>{write.credibility(claim)}</span>")
    elif claim.confidence is not None:
        notes.append(write.made(claim))
    if claim.within:
        notes.append(f"<span>{_within(write, claim.within)}</span>")
    return Markup('<li id="claim-{}" class="isnad-{}" {}>{}{}{}: {} {}</li>').format(
        Markup(in_attribute(claim.claim_id)),
        claim.kind,
        write.numbered(claim),
        write.unsaid(claim),
        write.attribution(claim),
        write.named_before(claim),
        write.content(claim),
        Markup(f"<small>{escape(write.said.semicolon).join(notes)}.</small>" if notes else ""),
    )


def _ids(ids: Iterable[str]) -> str:
    return f"<bdi{writer.ID}>{escape(' '.join(ids))}</bdi>"


def _within(write: Writer, claim_id: str) -> Markup:
    return write.phrase("table.within", n=number(write.reading.claim(claim_id)))


def claims(write: Writer) -> str:
    """A table of all claims: source, cue and content as printed, gloss, and grade with the reason."""
    rows = []
    last = "table.credibility" if write.graded or write.reading.curated is None else "decision"
    keys = ("table.claim", "table.who", "table.cue", "table.said", "table.form", last)
    for claim in write.reading.claims:
        gloss = write.gloss(claim) if write.english else ""
        aid = f'<p class="{AID}">{gloss}</p>' if gloss else ""
        about = f"{write.phrase('about')}: {write.actors(claim.about)}" if claim.about else ""
        form = [write.phrase(f"word.kind.{claim.kind}")]
        form += [write.phrase(f"word.act.{claim.act}")] if claim.act else []
        form += [write.phrase(f"word.source_via.{claim.source_via}")] if claim.source_via else []
        form += [_within(write, claim.within)] if claim.within else []
        rows.append(
            (
                _ids([claim.claim_id]),
                write.unsaid(claim) + write.who(claim) + write.named_before(claim),
                write.cue(claim),
                f"{write.printed(claim)}{aid}" + (f"<p><small>{about}</small></p>" if about else ""),
                "<br>".join(form),
                _grade(write, claim),
            )
        )
    return grid(list(map(write.said, keys)), rows, _raters(write, write.reading.claims), write.said)


def _grade(write: Writer, claim: Claim) -> str:
    """The grade with its reason; for a machine's claim the rule that found it, and its confidence."""
    if claim.made_by == "people":
        parts: list[str] = [write.decision(claim)]
        if write.graded:
            why = f"<small>{write.put(claim.rationale)}</small>" if claim.rationale else ""
            parts += [write.credibility(claim), why]
        return "<br>".join(filter(None, parts))
    ungraded = write.phrase("table.ungraded_rule")
    return f"<span>{ungraded}</span> {write.rule(claim)}<br><small>{write.confidence(claim)}</small>"


def sources(write: Writer) -> str:
    """The register of sources: name, kind, justification, and grade with the reason."""
    reading = write.reading
    last = "table.reliability" if write.graded or reading.curated is None else "table.identified"
    keys = ("table.who", "source.kind", "table.knows", "table.affiliation", "table.claims", last)
    rows = [
        (
            f"<b>{write.name(source)}</b>",
            write.phrase(f"sourcekind.{source.kind}"),
            write.justification(source),
            write.actors(source.affiliation_ids),
            _ids(claim.claim_id for claim in reading.claims_of(source) if claim.asserted),
            write.reliability(source) or _identified(write, source),
        )
        for source in reading.listed
    ]
    return grid(list(map(write.said, keys)), rows, _raters(write, reading.sources), write.said)


def _identified(write: Writer, source: Source) -> str:
    """The machine's rule by which an ungraded source was identified; empty for a source by people."""
    if not write.graded and write.reading.curated is not None:
        return str(write.rule(source)) if source.rule else ""
    if source.made_by == "people":
        return str(write.letter(source))
    return f"<span>{write.phrase('table.ungraded_identified')}</span> {write.rule(source)}"


def found_by(write: Writer) -> str:
    """A note on how the actors are known: from the project's lexicons, the user's own, or by machine in the article."""
    counts = Counter(actor.found_by for actor in write.reading.named)
    own = [actor for actor in write.reading.named if actor.found_by == "own"]
    parts = [f"<span>{write.phrase('found_by.lexicon_n', n=counts['lexicon'])}</span>"]
    if counts["machine"]:
        parts.append(f"<span>{write.phrase('found_by.machine_n', n=counts['machine'])}</span>")
    if own:
        names = escape(write.said.comma).join(write.beside(one.name_en, one.name_ar) for one in own)
        parts.append(f"<span>{write.phrase('found_by.own_names')}</span> {names}.")
    return f'<p class="isnad-note">{" ".join(parts)}</p>'


def _raters(write: Writer, records: Iterable[Claim | Source]) -> str:
    """Who decided on and graded claims or sources, as the caption of their table; empty if there are none."""
    found = list(records)
    if write.in_one:
        named = write.raters(found).striptags()
        return write.said("table.graded_by", who=named) if named else ""
    return str(write.made_note().striptags()) if found else ""


def grades(write: Writer) -> str:
    """The rules for grading, and the meaning of the scales."""
    rows = [(f"<b>{escape(r.rule)}</b>", escape(r.grade), str(write.put(r.text))) for r in entries.grades()]
    keys = ("table.rule", "table.grade", "table.given_to")
    return grid(list(map(write.said, keys)), rows, write.said("table.first_rule"), write.said)
