"""How each thing of a reading is written as HTML, in the language of a page: here, and in no other place.

The front page (`cards`) and the notebooks (`claims_html`) put these together, each in its way. Actors and sources are in
`source_writer`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers import __version__
from helpers.records.claims import Claim
from helpers.records.sources import Source
from helpers.report import highlighting
from helpers.report.source_writer import Markup, SourceWriter, arabic
from helpers.text import invisible, metadata, orthography
from helpers.text.articles import Article

ATTRIBUTED = ("direct", "mixed", "indirect")
EXPECTED = ("title", "outlet", "author", "published")  # what a reader wants to know of an article
WRITTEN = ("published_basis", "language", "note", "received")  # of a sidecar: in a language, other than names
ID = ' lang="zxx" translate="no"'  # in no language; a translation is to leave it
KEPT = {"url": ID, **dict.fromkeys(("title", "outlet", "author"), ' translate="no"')}


def reference(article: Article, claim: Claim) -> str:
    """A claim as one line that says of which text it is: article, claim, offsets, sha256, version."""
    places = "+".join(f"{span.start}-{span.end}" for span in claim.content)
    return f"{article.article_id} · {claim.claim_id} · {places} · sha256 {article.sha256} · Isnad {__version__}"


@dataclass(frozen=True)
class Writer(SourceWriter):
    """Writes what a page says of a reading: its claims and its article, and the actors and sources of `SourceWriter`."""

    def who(self, claim: Claim) -> Markup:
        """Who says a claim."""
        if not claim.attributed:
            return Markup('<b class="isnad-outlet">{}</b>').format(self.said("who.outlet"))
        source = self.reading.source_of(claim)
        if source is None:
            return Markup("<b>{}</b>").format(
                self.said("it_is_said" if claim.act == "hearsay" else "who.not_identified")
            )
        return Markup("<b>{}</b>").format(self.name(source))

    def unsaid(self, claim: Claim) -> Markup:
        """That a claim was not made, and how the article reports it; nothing of one that was."""
        if claim.asserted:
            return Markup()
        return Markup('<small class="{}">{}</small> ').format(
            highlighting.UNSAID, self.said(f"modality.{claim.modality}")
        )

    def named_before(self, claim: Claim) -> Markup:
        """That a claim's own clause does not name who says it; nothing where it does."""
        if claim.source_via != "inherited":
            return Markup()
        return Markup(" <small>(<span>{}</span>)</small>").format(self.said("named_before"))

    def cue(self, claim: Claim) -> Markup:
        """The word that reports, as printed, in an English page with what it means."""
        cue = self.cues.get(claim.cue_lemma or "")
        gloss = cue.gloss_en if cue else ""
        return Markup(" ").join(filter(None, (arabic(claim.cue_text), self.aid(f"“{gloss}”" if gloss else ""))))

    def content(self, claim: Claim, tag: str = "p") -> Markup:
        """What is said: in English where the page is and somebody translated it, else as printed, in an element of that tag."""
        return (self.english and self.gloss(claim)) or self.printed(claim, tag)

    def gloss(self, claim: Claim) -> Markup:
        """What is said, as somebody translated it; nothing where nobody did."""
        return Markup('<span lang="en" dir="ltr">{}</span>').format(claim.gloss_en) if claim.gloss_en else Markup()

    def printed(self, claim: Claim, tag: str = "p") -> Markup:
        """What is said, as printed, its quotation marks whole."""
        return arabic(highlighting.printed(self.reading.article, claim), tag)

    def made(self, claim: Claim) -> Markup:
        """That a machine found a claim, and how sure it is; nothing of what people read."""
        if claim.made_by != "machine":
            return Markup()
        found = Markup(" · ").join(filter(None, (self.said("made.machine"), self.confidence(claim))))
        key = "translated" if claim.gloss_en else "not_translated"
        return Markup("<span>{}{}</span>").format(found, self.aid(f" · {self.said(key)}"))

    def confidence(self, claim: Claim) -> str:
        """How sure the machine is of a claim, 0 to 1; nothing where it does not say."""
        return "" if claim.confidence is None else self.said("confidence.n", n=f"{claim.confidence:.2f}")

    def rule(self, record: Claim | Source) -> Markup:
        """By which rule a machine found a claim, or what determined the kind of a source."""
        return Markup('<code dir="ltr">{}</code>').format(record.rule or "")

    @cached_property
    def graded(self) -> bool:
        """Whether anybody graded a claim or a source of the article: where nobody did, no page speaks of grades."""
        reading = self.reading
        return any(c.credibility for c in reading.claims) or any(s.reliability for s in reading.sources)

    def credibility(self, claim: Claim) -> Markup:
        """The grade that people gave to what is said; that nobody graded it."""
        if claim.credibility is None:
            return self.phrase("not_graded")
        return self.graded_as("credibility", claim.credibility)

    def decision(self, claim: Claim) -> Markup:
        """What was decided on a claim, by whom and when; nothing where nobody is named for it."""
        if claim.proposed:
            return self._told("proposed", who=self.annotator(claim.annotator or ""))
        if not claim.decided or not claim.annotator:
            return Markup()
        day = (claim.decided_at or "").partition("T")[0]
        parts = (self.phrase(f"status.{claim.status}"), self.annotator(claim.annotator), _apart(day))
        return Markup(self.said.comma).join(filter(None, parts))

    def cited(self, claim: Claim) -> Markup:
        """A claim as a reader would cite it: headline or file name, outlet, date, number, who found it."""
        about, said = self.reading.article.about, self.said
        by_people = "made.proposed" if claim.proposed else "made.people" if claim.rater else "made.reviewed"
        made = said("made.machine" if claim.made_by == "machine" else by_people)
        when = claim.rated_on or (claim.decided_at or "").partition("T")[0]
        held = {
            "title": _apart(about.get("title", self.reading.article.article_id)),
            "outlet": _apart(about["outlet"]) if "outlet" in about else said("outlet.unknown"),
            "date": _apart(about["published"]) if "published" in about else said("date.unknown"),
            "made": Markup("{}{}{}").format(made.lower(), said.comma if when else "", _apart(when)),
            "n": highlighting.number(claim),
            "version": __version__,
        }
        return self._told("cited", **held)

    # --- the article

    def paragraphs(self, claim_ids: bool = False) -> Iterator[tuple[int, Markup, list[Claim]]]:
        """Each paragraph with its number, its text with claims and mentions marked, and the claims that begin in it.

        claim_ids   let each mark say of which claim it is
        """
        layers = highlighting.layers(self.reading, self.said.lang, self.in_arabic)
        claims: dict[int, list[Claim]] = {}
        for claim in self.reading.claims:
            claims.setdefault(claim.paragraph, []).append(claim)
        label = self.said("claim", n="{n}")
        for place in self.reading.article.paragraphs:
            here, marks = claims.get(place.number, []), layers.get(place.number, [])
            text = highlighting.marked(self.reading, here, marks, place.start, place.end, label, claim_ids)
            yield place.number, Markup(text), here

    def legend(self) -> Markup:
        """What the marks in the article mean."""
        marks = [("mark", kind, f"kind.{kind}") for kind in ATTRIBUTED]
        marks += [("strong", "source", "key.source"), ("em", "cue", "key.cue")]
        marks += [("b", "mention", "key.actor"), ("u", "odd", "key.odd")]
        each = [Markup(f'<{tag} class="isnad-{kind}">{{}}</{tag}>').format(self.said(key)) for tag, kind, key in marks]
        if len(self.reading.asserted) < len(self.reading.claims):
            each.append(Markup('<span class="{}">{}</span>').format(highlighting.UNSAID, self.said("key.unsaid")))
        notes = [self.said("key.unmarked"), *([self.said("key.romanised")] if self.english and self._romanises else [])]
        return Markup(" ").join([*each, *(Markup("<span>{}</span>").format(note) for note in notes)])

    @property
    def _romanises(self) -> bool:
        return any(actor.found_by == "machine" for actor in self.reading.named) or any(
            self.romanised(source) for source in self.reading.sources if not source.name_en
        )

    def raters(self, records: Iterable[Claim | Source]) -> Markup:
        """Who read and graded claims or sources, and when; empty when nobody did."""
        found = dict.fromkeys((each.rater, each.rated_on) for each in records if each.rater)
        named = [Markup("{}{}<bdi>{}</bdi>").format(self.put(who), self.said.comma, on) for who, on in found]
        return Markup(self.said.semicolon).join(named)

    def annotator(self, name: str) -> Markup:
        """The name of who decided, in an order of its own."""
        return arabic(name) if orthography.letters(name) else Markup("<bdi>{}</bdi>").format(self.put(name))

    @cached_property
    def in_one(self) -> bool:
        """Whether who annotated the article graded all of it too, and no claim has an annotator of its own."""
        claims = self.reading.claims
        return self.reading.claims_from == "people" and all(c.rater and not c.annotator for c in claims)

    @cached_property
    def proposed(self) -> bool:
        """Whether annotators differ on claims of the article, and nobody has decided."""
        return any(claim.proposed for claim in self.reading.claims)

    def made_title(self) -> Markup:
        """How the claims of the article came about, in two or three words."""
        how_far = self.reading.curated
        if how_far is None or not (how_far.decided or self.proposed):
            return self.phrase("made.machine")
        if self.proposed or self.reading.claims_from == "mixed":
            return self.phrase("made.mixed")
        return self.phrase("made.people" if self.in_one else "made.curated" if how_far.project else "made.reviewed")

    def made_note(self) -> Markup:
        """Who decided on how many claims of the article, and who graded them."""
        how_far = self.reading.curated
        if how_far is None or not (how_far.decided or self.proposed):
            return self.phrase("made.machine.note")
        if self.in_one:
            return self._told("made.people.note", who=self.raters(self.reading.claims))
        who = Markup(self.said.comma).join(map(self.annotator, how_far.annotators)) or self.phrase("made.nameless")
        if self.proposed or self.reading.claims_from == "mixed":
            key = "made.mixed.project" if how_far.project else "made.mixed.note"
            key = "made.mixed.proposed" if self.proposed else key
            told = self._told(key, n1=how_far.decided, n2=how_far.of, who=who)
        else:
            told = self._told(
                "made.reviewed.project" if how_far.project else "made.reviewed.note", n=how_far.of, who=who
            )
        raters = Markup(self.said.comma).join(map(self.annotator, self.reading.raters))
        grades = self._told("made.graded.note", who=raters) if raters else self.phrase("made.ungraded.note")
        return Markup("<span>{}</span> <span>{}</span>").format(told, grades)

    def _told(self, key: str, **values: object) -> Markup:
        """A phrase of the interface in whose gaps HTML is put."""
        return Markup(invisible.escape(self.said(key, **{name: f"{{{name}}}" for name in values}))).format(**values)

    def provenance(self) -> Markup:
        """What is known of the article and what is not, as a definition list."""
        article, said, about = self.reading.article, self.said, self.reading.article.about
        known = [key for key in metadata.KNOWN if key in about and not key.endswith("_ar")]
        missing = [said(f"known.{key}") for key in EXPECTED if key not in about]
        counts = {"words": f"{len(article.words):,}", "paragraphs": f"{len(article.paragraphs):,}"}
        rows = [
            (said("known.article"), ID, article.article_id),
            *((said(f"known.{key}"), KEPT.get(key, ""), self._about(key)) for key in known),
            *((said("known.warning"), "", self.put(warning)) for warning in article.warnings),
            *([(said("known.missing"), "", said.comma.join(missing))] if missing else []),
            (said("known.text"), "", said("known.words", **counts)),
            ("sha256", ID, Markup('<code dir="ltr">{}</code>').format(article.sha256)),
        ]
        row = '<div><dt>{}</dt><dd dir="auto"{}>{}</dd></div>'
        made = (Markup(row).format(label, Markup(kept), value) for label, kept, value in rows)
        return Markup('<dl class="isnad-provenance">{}</dl>').format(Markup().join(made))

    def byline(self) -> Markup:
        """Outlet, author and date of the article, as far as they are known; an inferred date stands with its basis below."""
        about = self.reading.article.about
        return Markup(" · ").join(_apart(about[key]) for key in ("outlet", "author", "published") if key in about)

    def _about(self, key: str) -> Markup | str:
        about = self.reading.article.about[key]
        return self.put(about) if key in WRITTEN else about


def _apart(text: str) -> Markup:
    """A text of either direction inside a line, its order its own."""
    return Markup("<bdi>{}</bdi>").format(text) if text else Markup()
