"""Each claim and source as what its card on the front page says, in the language of the page. Texts are safe HTML."""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import markupsafe

from helpers import __version__
from helpers.lexicon.entries import Actors, Cue
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import CREDIBILITY, RELIABILITY, Source
from helpers.report import highlighting, messages
from helpers.text import invisible, orthography
from helpers.text.articles import Article

Arabic = Callable[[str], str | None]  # what an English text is in Arabic, where that is known (see `phrasebook`)


class Markup(markupsafe.Markup):
    """HTML in which every text that is put into it shows invisible characters (see `invisible.escape`)."""

    @classmethod
    def escape(cls, text: object) -> "Markup":
        return cls(text.__html__() if hasattr(text, "__html__") else invisible.escape(str(text)))


def put(said: messages.Interface, arabic: Arabic, english: str) -> Markup:
    """An English text in the language of the page; where it has no Arabic it says that it is English."""
    if said.lang == "en":
        return Markup(invisible.escape(english))
    known = arabic(english)
    if known is not None:
        return Markup(invisible.apart_as_elements(html.escape(known)))
    return Markup('<span lang="en" dir="ltr">{}</span>').format(Markup(invisible.escape(english)))


def raters(reading: Reading, said: messages.Interface, arabic: Arabic) -> Markup:
    """Who read and graded the claims of a reading, and when."""
    found = dict.fromkeys((claim.rater, claim.rated_on) for claim in reading.claims if claim.rater)
    named = [Markup("{}{}<bdi>{}</bdi>").format(put(said, arabic, who), said.comma, on) for who, on in found]
    return Markup(said.semicolon).join(named)


@dataclass(frozen=True)
class Desk:
    """What every card is written from: the reading, the lexicons, the words of the page."""

    reading: Reading
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    said: messages.Interface
    arabic: Arabic

    @property
    def actors(self) -> Actors:
        """The actors of the lexicons."""
        return self.reading.actors

    def put(self, english: str) -> Markup:
        """What people wrote in English, in the language of the page (see `put`)."""
        return put(self.said, self.arabic, english)

    def kept(self, text: str) -> Markup:
        """A name, a date, an address: as it is in any language."""
        return Markup(invisible.escape(text))

    def actor(self, actor_id: str) -> Markup:
        """An actor's name in the language of the page."""
        actor = self.actors.by_id[actor_id]
        return Markup(invisible.escape(actor.name_en if self.said.lang == "en" else actor.name_ar))

    def listed(self, actor_ids: Iterable[str]) -> Markup:
        """Actors' names as a list in the language of the page."""
        return Markup(self.said.comma).join(map(self.actor, actor_ids))


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: its label and what it says."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as its card says it.

    who, content   as HTML; `content` is English where somebody translated the claim, else as printed
    data           what filters look for: the source's id, and the actors that it is by or about
    """

    claim: Claim
    number: str
    who: Markup
    content: Markup
    note: Markup
    facts: tuple[Fact, ...]
    exact: str
    offsets: str
    citation: Markup
    reference: str
    basis: Basis
    source_id: str
    actor_ids: tuple[str, ...]


def title(source: Source, vocabulary: Vocabulary, actors: Actors) -> str:
    """What a machine's source is in English, as far as the lexicons know: its noun, and whom it belongs to."""
    words = " ".join(filter(None, [source.name, source.justification and source.justification.exact]))
    from_title = [vocabulary.english(word) for word in orthography.WORD.findall(orthography.fold(words).text)]
    noun = next(filter(None, from_title), "")
    belongs = [actors.by_id[actor].name_en for actor in (*source.actor_ids, *source.affiliation_ids)]
    return " · ".join(filter(None, [noun, *belongs]))


def who(desk: Desk, claim: Claim, source: Source | None) -> Markup:
    """Who says a claim: in English where that is known, then as printed."""
    said = desk.said
    if not claim.attributed:
        return Markup("<b class=isnad-outlet>{}</b>").format(said("who.outlet"))
    if source is None:
        return Markup("<b>{}</b>").format(said("it_is_said" if claim.act == "hearsay" else "who.not_identified"))
    return Markup("<b>{}</b>").format(name(desk, source))


def name(desk: Desk, source: Source) -> Markup:
    """A source's name: as printed, in an English page with English before it where the lexicons have it."""
    called = Markup(highlighting.arabic(source.name))
    if desk.said.lang == "ar":
        return called
    english = source.name_en or (title(source, desk.vocabulary, desk.actors) if source.made_by == "machine" else "")
    return Markup("{} {}").format(Markup(invisible.escape(english)), called) if english else called


def cards(desk: Desk) -> list[Card]:
    """The card of every claim, in the order of the text."""
    by_claim = {claim.claim_id: claim for claim in desk.reading.claims}
    return [_card(desk, claim, by_claim) for claim in desk.reading.claims]


def _card(desk: Desk, claim: Claim, by_claim: dict[str, Claim]) -> Card:
    said, article, source = desk.said, desk.reading.article, desk.reading.source_of(claim)
    spoken = claim.attributed
    own = (*source.actor_ids, *source.affiliation_ids) if source else ()
    outer = by_claim.get(claim.within or "")
    inherited = claim.source_via == "inherited"
    return Card(
        claim=claim,
        number=highlighting.number(claim),
        who=who(desk, claim, source),
        content=_content(desk, claim),
        note=Markup("{}").format(said("named_before")) if inherited else Markup(""),
        facts=tuple(_facts(desk, claim, source, outer)) if spoken else tuple(_graded(desk, claim, None)),
        exact=claim.content_text,
        offsets=said.comma.join(said("offsets", start=f"{s.start:,}", end=f"{s.end:,}") for s in claim.content),
        citation=cited(desk, claim),
        reference=reference(article, claim),
        basis=desk.reading.basis_of(claim),
        source_id=claim.source_id or "",
        actor_ids=tuple(dict.fromkeys((*own, *claim.about))),
    )


def cited(desk: Desk, claim: Claim) -> Markup:
    """A claim as a reader would cite it: headline or file name, outlet, date, number, who found it."""
    about, said = desk.reading.article.about, desk.said
    made = said("made.people" if claim.made_by == "people" else "made.machine")
    held = {
        "title": _apart(about.get("title", desk.reading.article.article_id)),
        "outlet": _apart(about["outlet"]) if "outlet" in about else said("outlet.unknown"),
        "date": _apart(about["published"]) if "published" in about else said("date.unknown"),
        "made": Markup("{}{}{}").format(made.lower(), said.comma if claim.rated_on else "", _apart(claim.rated_on)),
        "n": highlighting.number(claim),
        "version": __version__,
    }
    return Markup(invisible.escape(said("cited", **{key: f"{{{key}}}" for key in held}))).format(**held)


def _apart(text: str) -> Markup:
    """A text of either direction inside a line, its order its own."""
    return Markup("<bdi>{}</bdi>").format(Markup(invisible.escape(text))) if text else Markup("")


def reference(article: Article, claim: Claim) -> str:
    """A claim as one line that says of which text it is: article, claim, offsets, sha256, version."""
    places = "+".join(f"{span.start}-{span.end}" for span in claim.content)
    return f"{article.article_id} · {claim.claim_id} · {places} · sha256 {article.sha256} · Isnad {__version__}"


def _content(desk: Desk, claim: Claim) -> Markup:
    if claim.gloss_en and desk.said.lang == "en":
        return Markup("<p>{}</p>").format(claim.gloss_en)
    return Markup(highlighting.arabic(highlighting.printed(desk.reading.article, claim), "p"))


def _facts(desk: Desk, claim: Claim, source: Source | None, outer: Claim | None) -> Iterable[Fact]:
    said = desk.said
    gloss = desk.cues[claim.cue_lemma].gloss_en if claim.cue_lemma in desk.cues else ""
    cue = Markup(highlighting.arabic(claim.cue_text))
    yield Fact(said("key.cue"), Markup("{} {}").format(cue, f"“{gloss}”" if said.lang == "en" and gloss else ""))
    yield Fact(said("source.kind"), Markup("{}").format(said(f"kind.{claim.kind}")))
    if claim.act:
        yield Fact(said("act"), Markup("{}").format(said(f"act.{claim.act}")))
    if claim.stance:
        yield Fact(said("stance"), Markup("{}").format(said(f"stance.{claim.stance}")))
    if outer:
        teller = desk.reading.source_of(outer)
        link = Markup('<a href="#claim-{}">{}</a>').format(outer.claim_id, said("claim", n=highlighting.number(outer)))
        inside = invisible.escape(said("chain.inside", claim="{claim}", who="{who}"))
        yield Fact(said("chain"), Markup(inside.replace("{claim}", link).replace("{who}", who(desk, outer, teller))))
    else:
        yield Fact(said("chain"), Markup("{}").format(said("chain.none")))
    if claim.antecedent:
        yield Fact(said("named_before"), Markup(highlighting.arabic(claim.antecedent.exact)))
    if claim.about:
        yield Fact(said("about"), desk.listed(claim.about))
    yield from _graded(desk, claim, source)


def _graded(desk: Desk, claim: Claim, source: Source | None) -> Iterable[Fact]:
    """What people decided of a claim, or how a machine found it."""
    said = desk.said
    if claim.made_by == "people":
        if source:
            yield Fact(said("reliability"), desk.put(f"{source.reliability}, {RELIABILITY[source.reliability]}"))
        yield Fact(said("grade"), desk.put(f"{claim.credibility}, {CREDIBILITY[claim.credibility]}"))
        if claim.rationale:
            yield Fact(said("rationale"), desk.put(claim.rationale))
    elif claim.confidence is not None:
        sure = f"{claim.confidence:.2f}"
        yield Fact(
            said("confidence"),
            Markup("{}").format(said("confidence.says", confidence=sure, ten=round(claim.confidence * 10))),
        )
        yield Fact(said("rule"), Markup('<code dir="ltr">{}</code>').format(claim.rule))


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as the register says it, with the claims that it makes."""

    source: Source
    name: Markup
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]


def register(desk: Desk) -> list[Entry]:
    """The sources in the order in which they first speak."""
    said, made = desk.said, {}
    for claim in desk.reading.claims:
        made.setdefault(claim.source_id, []).append(claim)
    found = []
    for source in desk.reading.sources:
        facts = [Fact(said("source.kind"), Markup("{}").format(said(f"sourcekind.{source.kind}")))]
        facts.append(Fact(said("source.knows"), _knows(desk, source)))
        if source.affiliation_ids:
            facts.append(Fact(said("source.speaks_for"), desk.listed(source.affiliation_ids)))
        if source.made_by == "people":
            graded = (f"{source.reliability}, {RELIABILITY[source.reliability]}", source.rationale, source.outside_note)
            parts = [desk.put(f"{part.rstrip('.')}.") for part in graded if part]
            facts.append(Fact(said("reliability"), Markup(" ").join(parts)))
        found.append(Entry(source, name(desk, source), tuple(facts), tuple(made.get(source.source_id, ()))))
    return found


def _knows(desk: Desk, source: Source) -> Markup:
    if source.justification is None:
        return Markup("{}").format(desk.said("source.not_said"))
    why = Markup(highlighting.arabic(source.justification.exact))
    if source.justification_en and desk.said.lang == "en":
        return Markup("{} {}").format(source.justification_en, why)
    return why
