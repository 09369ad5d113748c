"""A reading as a notebook shows it, in English: the article with its claims beside it, tables, key figures.

Every function returns a string of HTML without style or script: classes begin with `isnad-`, and the report and
JupyterLab bring the style. How a claim or a source is written stands in `writer`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from helpers.lexicon.entries import Cue, Rule
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.report import interface, writer
from helpers.report.highlighting import number
from helpers.report.html_tables import grid
from helpers.report.writer import Markup, Writer
from helpers.text.invisible import escape, in_attribute


def _writer(reading: Reading, cues: Mapping[str, Cue] | None = None) -> Writer:
    return Writer(reading, interface.load("en"), cues or {})


def provenance(reading: Reading) -> str:
    """What is known of an article and what is not, as a definition list."""
    return str(_writer(reading).provenance())


def figures(items: Iterable[tuple[object, str]]) -> str:
    """Key figures: a number each, with the sentence that says what it counts."""
    tiles = "".join(f"<li><strong>{escape(str(n))}</strong> <span>{escape(said)}</span></li>" for n, said in items)
    return f'<ul class="isnad-figures">{tiles}</ul>'


def article(reading: Reading, cues: Mapping[str, Cue]) -> str:
    """The article, a row a paragraph: the text with its claims and mentions marked, and beside it who says what."""
    write, rows = _writer(reading, cues), []
    for n, text, claims in write.paragraphs():
        said, place = "".join(_said(write, claim) for claim in claims), write.phrase("paragraph", n=n)
        rows.append(
            f'<section class="isnad-paragraph" aria-label="{place}"><p class="isnad-place">{place}</p>'
            f'<p lang="ar" dir="rtl">{text}</p><ol class="isnad-said">{said}</ol></section>'
        )
    measured = "" if reading.claims_from == "people" else f" <span>{escape(writer.measured(write.said))}</span>"
    note = "" if write.in_one else f'<p class="isnad-note">{write.made_note()}{measured}</p>'
    legend = f'<p class="isnad-legend">{write.legend()}</p>'
    return f'<div class="isnad-article">{note}{legend}{"".join(rows)}</div>'


def _said(write: Writer, claim: Claim) -> str:
    """One claim in English for the reader who has no Arabic: who, by which word, what, in which form, how graded."""
    notes = []
    source = write.reading.source_of(claim)
    if claim.attributed:
        notes += [f"<span>{claim.kind}</span>", *([f"<span>cue</span> {write.cue(claim)}"] if claim.cue else [])]
    if claim.made_by == "people":
        if source and write.graded:
            notes.append(f"<span>{write.said('reliability')}</span> <span>{write.letter(source)}</span>")
        if write.graded:
            notes.append(f"<span>{write.said('grade')}</span> <span>{write.credibility(claim)}</span>")
    elif claim.confidence is not None:
        notes.append(write.made(claim))
    if claim.within:
        notes.append(f"<span>within claim {number(write.reading.claim(claim.within))}</span>")
    return Markup('<li id="claim-{}" class="isnad-{}" value="{}">{}{}{}: {} {}</li>').format(
        Markup(in_attribute(claim.claim_id)),
        claim.kind,
        number(claim),
        write.unsaid(claim),
        write.who(claim),
        write.named_before(claim),
        write.content(claim),
        Markup(f"<small>{'; '.join(notes)}.</small>" if notes else ""),
    )


def claims(reading: Reading, cues: Mapping[str, Cue]) -> str:
    """Every claim with its source, cue and content as printed, its gloss and its grade with the reason."""
    write, rows = _writer(reading, cues), []
    last = "credibility, and reason" if write.graded or reading.curated is None else "decision"
    columns = ("claim", "who", "cue", "what is said", "form", last)
    for claim in reading.claims:
        about = f'<p lang="en" dir="ltr"><small>About: {write.actors(claim.about)}</small></p>' if claim.about else ""
        gloss = f'<p lang="en" dir="ltr" class="{writer.AID}">{write.gloss(claim)}</p>' if claim.gloss_en else ""
        form = [claim.kind, claim.act, claim.source_via, claim.within and f"within {claim.within}"]
        rows.append(
            (
                claim.claim_id,
                write.unsaid(claim) + write.who(claim) + write.named_before(claim),
                write.cue(claim),
                f"{write.printed(claim)}{gloss}{about}",
                "<br>".join(escape(part) for part in form if part),
                _grade(write, claim),
            )
        )
    return grid(columns, rows, _raters(write, reading.claims))


def _grade(write: Writer, claim: Claim) -> str:
    """The grade with its reason; of a machine's claim the rule that found it, and how often that rule is right."""
    if claim.made_by == "people":
        parts: list[str] = [write.decision(claim)]
        parts += [write.credibility(claim), f"<small>{write.put(claim.rationale)}</small>"] if write.graded else []
        return "<br>".join(filter(None, parts))
    return f"<span>not graded; rule</span> {write.rule(claim)}<br><small>{write.confidence(claim)}</small>"


def sources(reading: Reading) -> str:
    """The register of sources: who, of what kind, why they should know, and the grade with the reason."""
    write = _writer(reading)
    last = "reliability, and reason" if write.graded or reading.curated is None else "identified by"
    columns = ("who", "kind", "why they should know", "affiliation", "claims", last)
    rows = [
        (
            f"<b>{write.name(source)}</b>",
            write.phrase(f"sourcekind.{source.kind}"),
            write.justification(source),
            write.actors(source.affiliation_ids),
            " ".join(claim.claim_id for claim in reading.claims_of(source) if claim.asserted),
            write.reliability(source) or _identified(write, source),
        )
        for source in reading.listed
    ]
    return grid(columns, rows, _raters(write, reading.sources))


def _identified(write: Writer, source: Source) -> str:
    """How an ungraded source was identified: by which rule of the machine; nothing of one that people wrote."""
    if not write.graded and write.reading.curated is not None:
        return str(write.rule(source)) if source.rule else ""
    if source.made_by == "people":
        return str(write.letter(source))
    return f"<span>not graded; identified by</span> {write.rule(source)}"


def found_by(reading: Reading) -> str:
    """By what the actors named here are known, as a note: the project's lexicons, the user's own, a machine in the article."""
    write, counts = _writer(reading), Counter(actor.found_by for actor in reading.named)
    own = [actor for actor in reading.named if actor.found_by == "own"]
    parts = [f"<span>Actors in the project's lexicons: {counts['lexicon']}.</span>"]
    parts += [f"<span>Found by machine in the article itself: {counts['machine']}.</span>"] if counts["machine"] else []
    if own:
        names = ", ".join(write.beside(one.name_en, one.name_ar) for one in own)
        parts.append(f"<span>From the user's own lexicon:</span> {names}.")
    return f'<p class="isnad-note">{" ".join(parts)}</p>'


def perhaps_named(reading: Reading) -> str:
    """The names of which the machine is not sure that they are an actor's, with the evidence, the surest first."""
    write = _writer(reading)
    columns = ("name", "kind", "mentions", "confidence", "reasons")
    rows = [
        (
            write.perhaps(one),
            write.said(f"type.{one.type}"),
            str(one.mentions),
            f"{one.score or 0:.2f}",
            ", ".join(write.said(f"evidence.{why}") for why in one.why),
        )
        for one in sorted(reading.perhaps_named, key=lambda one: -(one.score or 0))
    ]
    return grid(columns, rows, "Perhaps named: in no chart and no other table")


def _raters(write: Writer, records: Iterable[Claim | Source]) -> str:
    """Who read and graded claims or sources, as the caption of their table; empty when there are none."""
    found = list(records)
    if write.in_one:
        named = write.raters(found).striptags()
        return f"Annotated and graded by {named}." if named else ""
    return write.made_note().striptags() if found else ""


def grades(rules: Sequence[Rule]) -> str:
    """The rules by which grades are given, and what the scales mean."""
    rows = [(f"<b>{escape(rule.rule)}</b>", escape(rule.grade), escape(rule.text)) for rule in rules]
    return grid(("rule", "grade", "given to"), rows, "The grade is given by the first rule that applies.")
