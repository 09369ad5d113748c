"""An article's text as HTML with claims, sources, cues and mentions highlighted; the text itself is unchanged."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.report import interface
from helpers.text import invisible
from helpers.text.articles import Article, Span
from helpers.text.invisible import escape, in_attribute

UNSAID = "isnad-unsaid"  # the class of claims that are not asserted
NUMBERED = re.compile(r"c0*([1-9][0-9]*)")  # the ids of claims by machine
QUOTES = (("«", "»"), ("“", "”"), ("‹", "›"))


def arabic(text: str, tag: str = "bdi") -> str:
    """A piece of the article as an element with its language and direction."""
    return f'<{tag} lang="ar" dir="rtl">{escape(text)}</{tag}>'


def number(claim: Claim) -> str:
    """The number of a claim that readers see, the same on every page: that of its id, or all of an id of another form."""
    found = NUMBERED.fullmatch(claim.claim_id)
    return found[1] if found else claim.claim_id


def printed(article: Article, claim: Claim) -> str:
    """A claim's content as printed, including the partner of an unpaired quotation mark in it."""
    parts = []
    for span in claim.content:
        start, end = span.start, span.end
        for opening, closing in QUOTES:
            inside = article.text[start:end]
            if inside.count(opening) > inside.count(closing) and article.text[end : end + 1] == closing:
                end += 1
            if inside.count(closing) > inside.count(opening) and article.text[start - 1 : start] == opening:
                start -= 1
        parts.append(article.text[start:end])
    return " … ".join(parts)


@dataclass(frozen=True, slots=True)
class Layer:
    """One highlight: the span that it covers, its element and class, its tooltip, and its claim."""

    span: Span
    tag: str
    kind: str
    title: str = ""
    claim_id: str = ""


def layers(reading: Reading, lang: str, in_arabic: Callable[[str], str | None]) -> dict[int, list[Layer]]:
    """The highlights of an article by paragraph, with tooltips in language `lang`.

    in_arabic   translates an English text to Arabic, or returns None
    """
    made: list[Layer] = []
    for claim in reading.claims:
        if claim.attributed:
            tag, look = ("mark", f"isnad-{claim.kind}") if claim.asserted else ("span", UNSAID)
            made += [Layer(span, tag, look, "", claim.claim_id) for span in claim.content]
            made += [Layer(span, "em", "isnad-cue", "", claim.claim_id) for span in claim.cue]
            made += [Layer(claim.source, "strong", "isnad-source", "", claim.claim_id)] if claim.source else []
    who: dict[Span, list[str]] = {}
    for mention in reading.mentions:  # a description can refer to two actors: one highlight names both
        actor = reading.actors.by_id[mention.actor_id]
        who.setdefault(mention.span, []).append(actor.name_en if lang == "en" else actor.name_ar)
    both = " and " if lang == "en" else " و"
    made += [Layer(span, "b", "isnad-mention", both.join(names)) for span, names in who.items()]
    for odd in reading.oddities:
        note = (lang == "ar" and in_arabic(odd.note)) or odd.note
        title = ": ".join(filter(None, (interface.load(lang)(f"word.odd.{odd.kind}"), note)))
        made.append(Layer(odd.span, "u", "isnad-odd", invisible.apart_not(title)))
    found: dict[int, list[Layer]] = {}
    for layer in made:
        first, last = (reading.article.place(at).paragraph for at in (layer.span.start, layer.span.end - 1))
        for paragraph in range(first, last + 1):
            found.setdefault(paragraph, []).append(layer)
    return found


def _whole_word(article: Article, at: int) -> int:
    """The beginning of the word that contains an offset: a claim's number inside it would separate joined letters."""
    found = bisect_right(article.words, (at, -1)) - 1
    return article.words[found][0] if found >= 0 and at < article.words[found][1] else at


def marked(
    reading: Reading,
    claims: list[Claim],
    layers: list[Layer],
    start: int,
    end: int,
    label: str,
    claim_ids: bool,
) -> str:
    """text[start:end] as HTML, cut at the edges of highlights, each piece inside the elements of those that cover it.

    label       the accessible label of the link of a claim's number
    claim_ids   give each highlight an attribute `data-claim` with the id of its claim
    """
    badges: dict[int, str] = {}
    for claim in claims:
        at = claim.content[0].start
        if claim.attributed and start <= at < end:
            n, to = number(claim), in_attribute(claim.claim_id)
            said = in_attribute(label.format(n=n))
            place = f' id="ref-{to}"' if claim_ids else ""
            badge = f'<sup class="isnad-ref"><a{place} href="#claim-{to}" aria-label="{said}">{n}</a></sup>'
            at = max(start, _whole_word(reading.article, at))
            badges[at] = badges.get(at, "") + badge
    here = sorted((x for x in layers if x.span.start < end and start < x.span.end), key=lambda x: x.span.start)
    edges = sorted({start, end, *badges, *(at for x in here for at in (x.span.start, x.span.end) if start < at < end)})
    pieces, over, following = [], [], 0
    for left, right in itertools.pairwise(edges):
        while following < len(here) and here[following].span.start <= left:
            over.append(here[following])
            following += 1
        over = [layer for layer in over if right <= layer.span.end]
        piece = escape(reading.article.text[left:right])
        seen: set[str] = set()
        longest_first = sorted(over, key=lambda layer: layer.span.start - layer.span.end)
        for layer in longest_first[::-1]:
            if layer.tag in seen:  # an actor inside a longer description: the inner highlight is enough
                continue
            seen.add(layer.tag)
            said = f' title="{in_attribute(layer.title)}"' if layer.title else ""
            of = f' data-claim="{in_attribute(layer.claim_id)}"' if claim_ids and layer.claim_id else ""
            piece = f'<{layer.tag} class="{layer.kind}"{said}{of}>{piece}</{layer.tag}>'
        pieces.append(badges.get(left, "") + piece)
    return "".join(pieces)
