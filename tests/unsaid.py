"""The reading of an invented article with a claim of each modality."""

from dataclasses import replace
from pathlib import Path

from helpers import readings
from helpers.records.claims import Claim
from helpers.records.modality import Modality
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import articles
from helpers.text.articles import Article, Span

# A claim: source, cue, its lemma, content, the number of its outer claim, modality.
Told = tuple[str, str, str, str, int | None, Modality]
TEXT = (
    "قال الوزير سالم النجار إن الطريق الساحلي مفتوح.\n"
    "لم يقل المدير كريم سابا إن الجسر القديم سيغلق.\n"
    "هل قال الناطق وائل منصور إن روسيا أغلقت الميناء؟\n"
    "إذا أعلنت المديرة ندى العلي أن الضرائب سترتفع، فسيحتج التجار.\n"
    "سيعلن رئيس البلدية غدا أن السوق ستنتقل إلى حي آخر.\n"
    "وأكدت المتحدثة هدى رمضان أن النائب لم يقل إن المدرسة مغلقة."
)
TOLD: tuple[Told, ...] = (
    ("الوزير سالم النجار", "قال", "قال", "الطريق الساحلي مفتوح", None, Modality.ASSERTED),
    ("المدير كريم سابا", "يقل", "قال", "الجسر القديم سيغلق", None, Modality.NEGATED),
    ("الناطق وائل منصور", "قال", "قال", "روسيا أغلقت الميناء", None, Modality.QUESTIONED),
    ("المديرة ندى العلي", "أعلنت", "أعلن", "الضرائب سترتفع", None, Modality.CONDITIONAL),
    ("رئيس البلدية", "يعلن", "أعلن", "السوق ستنتقل إلى حي آخر", None, Modality.FUTURE),
    ("المتحدثة هدى رمضان", "أكدت", "أكد", "النائب لم يقل إن المدرسة مغلقة", None, Modality.ASSERTED),
    ("النائب", "يقل", "قال", "المدرسة مغلقة", 6, Modality.NEGATED),
)
SAID = ("c1", "c6")  # the asserted claims
UNSAID = ("c2", "c3", "c4", "c5", "c7")


def reading(all_asserted: bool = False) -> Reading:
    """A reading of the article as by machine; with `all_asserted`, as if all claims were asserted."""
    article = articles.in_arabic(
        articles.from_text(TEXT, "unsaid", Path("unsaid.txt"), about={"title": "الطريق والجسر"})
    )
    plain = readings.read(article, machine=True)
    claims, sources, at = [], [], 0
    for number, (who, cue, lemma, content, within, modality) in enumerate(TOLD, 1):
        if within is None:
            at = article.text.index("\n", at) + 1 if number > 1 else 0
        said = _span(article, content, at)
        place = article.place(said.start)
        claims.append(
            Claim(
                claim_id=f"c{number}",
                order=number,
                paragraph=place.paragraph,
                sentence=place.number,
                kind="indirect",
                cue_form="verb",
                act="speech",
                source=_span(article, who, at),
                source_id=f"s{number}",
                source_via="stated",
                antecedent=None,
                cue=(_span(article, cue, at if within is None else article.text.index("لم", at)),),
                cue_lemma=lemma,
                stance="neutral",
                content=(said,),
                about=tuple(m.actor_id for m in plain.mentions if said.start <= m.span.start < said.end),
                within=None if within is None else f"c{within}",
                modality=Modality.ASSERTED if all_asserted else modality,
                made_by="machine",
                rule="verb-source-that",
                confidence=0.3 if number in (1, 2) else 0.8,
            )
        )
        kind = "named person" if " " in who and who != "رئيس البلدية" else "unnamed person"
        sources.append(Source(f"s{number}", who, None, kind, (), (), None, None, made_by="machine", rule="title"))
    return replace(plain, claims=tuple(claims), sources=tuple(sources))


def _span(article: Article, words: str, at: int) -> Span:
    start = article.text.index(words, at)
    return article.span(start, start + len(words))
