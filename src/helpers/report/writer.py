"""Writes the parts of a reading as HTML, in the language of a page; no other module does.

The front page (`cards`) and the notebooks (`claims_html`) combine them in different ways. Actors and sources are in
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
VERBAL = ("verb", "participle")  # forms of cues that are read after their source: «the ministry denied»
EXPECTED = ("title", "outlet", "author", "published")  # metadata that readers expect
WRITTEN = ("published_basis", "language", "note", "received")  # metadata in the words of a language, unlike names
ID = ' lang="zxx" translate="no"'  # in no language; must not be translated
KEPT = {"url": ID, **dict.fromkeys(("title", "outlet", "author", "forwarded_from"), ' translate="no"')}


def reference(article: Article, claim: Claim) -> str:
    """A reference to a claim in one line: article, claim, offsets, sha256, version."""
    places = "+".join(f"{span.start}-{span.end}" for span in claim.content)
    return f"{article.article_id} · {claim.claim_id} · {places} · sha256 {article.sha256} · Isnad {__version__}"


@dataclass(frozen=True)
class Writer(SourceWriter):
    """Writes the claims and the article of a reading for a page, and its actors and sources as `SourceWriter`."""

    def who(self, claim: Claim) -> Markup:
        """The source of a claim."""
        if not claim.attributed:
            return Markup('<b class="isnad-outlet">{}</b>').format(self.said("who.outlet"))
        source = self.reading.source_of(claim)
        if source is None:
            return Markup("<b>{}</b>").format(
                self.said("it_is_said" if claim.act == "hearsay" else "who.not_identified")
            )
        return Markup("<b>{}</b>").format(self.name(source))

    def numbered(self, claim: Claim) -> Markup:
        """The number of a claim as the attribute of its item in a list; an id without one is the mark as it is."""
        n = highlighting.number(claim)
        name = "value" if n.isdecimal() else "data-mark"
        return Markup('{}="{}"').format(Markup(name), Markup(invisible.in_attribute(n)))

    def unsaid(self, claim: Claim) -> Markup:
        """That a claim is not asserted, and its modality; empty for an asserted one."""
        if claim.asserted:
            return Markup()
        return Markup('<small class="{}">{}</small> ').format(
            highlighting.UNSAID, self.said(f"modality.{claim.modality}")
        )

    def named_before(self, claim: Claim) -> Markup:
        """That a claim's own clause does not name its source; empty if it does."""
        if claim.source_via != "inherited":
            return Markup()
        return Markup(" <small>(<span>{}</span>)</small>").format(self.said("named_before"))

    def cue(self, claim: Claim) -> Markup:
        """The cue as printed; on a page in English with its meaning."""
        cue = self.cues.get(claim.cue_lemma or "")
        gloss = cue.gloss_en if cue else ""
        return Markup(" ").join(filter(None, (arabic(claim.cue_text), self.aid(f"“{gloss}”" if gloss else ""))))

    def attribution(self, claim: Claim) -> Markup:
        """The source of a claim and its cue, for a line «source cue: content»: without its cue a denial is an admission.

        The cue as printed; on a page in English its meaning, and that it is negative: «Police [to deny · negative]».
        """
        cue = self.cues.get(claim.cue_lemma or "")
        if not claim.cue or (cue and cue.pos == "punctuation"):
            return self.who(claim)
        said = arabic(claim.cue_text)
        if self.english:
            means = [cue.gloss_en] if cue and cue.gloss_en else [said]
            means += [self.said("word.stance.negative")] if claim.stance == "negative" else []
            said = Markup('<span class="isnad-cued">[{}]</span>').format(Markup(" · ").join(map(Markup.escape, means)))
        elif claim.cue_form not in VERBAL:
            said = Markup("({})").format(said)
        return Markup("{} {}").format(self.who(claim), said)

    def content(self, claim: Claim, tag: str = "p") -> Markup:
        """The content: in English on a page in English, if it was translated, else as printed, in an element `tag`."""
        return (self.english and self.gloss(claim)) or self.printed(claim, tag)

    def gloss(self, claim: Claim) -> Markup:
        """The translation of the content; empty if there is none."""
        return Markup('<span lang="en" dir="ltr">{}</span>').format(claim.gloss_en) if claim.gloss_en else Markup()

    def printed(self, claim: Claim, tag: str = "p") -> Markup:
        """The content as printed, with paired quotation marks."""
        return arabic(highlighting.printed(self.reading.article, claim), tag)

    def made(self, claim: Claim) -> Markup:
        """That a machine found a claim, and its confidence; empty for people's claims."""
        if claim.made_by != "machine":
            return Markup()
        found = Markup(" · ").join(filter(None, (self.said("made.machine"), self.confidence(claim))))
        key = "translated" if claim.gloss_en else "not_translated"
        return Markup("<span>{}{}</span>").format(found, self.aid(f" · {self.said(key)}"))

    def confidence(self, claim: Claim) -> str:
        """The machine's confidence in a claim, 0 to 1; empty if it has none."""
        return "" if claim.confidence is None else self.said("confidence.n", n=f"{claim.confidence:.2f}")

    def rule(self, record: Claim | Source) -> Markup:
        """The rule by which a machine found a claim, or determined the kind of a source."""
        return Markup('<code dir="ltr">{}</code>').format(record.rule or "")

    @cached_property
    def graded(self) -> bool:
        """Whether any claim or source of the article is graded; if not, no page mentions grades."""
        reading = self.reading
        return any(c.credibility for c in reading.claims) or any(s.reliability for s in reading.sources)

    def credibility(self, claim: Claim) -> Markup:
        """The credibility of a claim; or that it was not graded."""
        if claim.credibility is None:
            return self.phrase("not_graded")
        return self.graded_as("credibility", claim.credibility)

    def decision(self, claim: Claim) -> Markup:
        """The decision on a claim, by whom and when; empty if it has no annotator."""
        if claim.proposed:
            return self._told("proposed", who=self.annotator(claim.annotator or ""))
        if not claim.decided or not claim.annotator:
            return Markup()
        day = (claim.decided_at or "").partition("T")[0]
        parts = (self.phrase(f"status.{claim.status}"), self.annotator(claim.annotator), _apart(day))
        return Markup(self.said.comma).join(filter(None, parts))

    def cited(self, claim: Claim) -> Markup:
        """A citation of a claim: headline or file name, outlet, date, number, who found it."""
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
        """Each paragraph: its number, its text with claims and mentions highlighted, and the claims that begin in it.

        claim_ids   give each highlight the id of its claim
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
        """The meaning of the highlights in the article."""
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
        """Who graded claims or sources, and when; empty if nobody did."""
        found = dict.fromkeys((each.rater, each.rated_on) for each in records if each.rater)
        named = [Markup("{}{}<bdi>{}</bdi>").format(self.put(who), self.said.comma, on) for who, on in found]
        return Markup(self.said.semicolon).join(named)

    def annotator(self, name: str) -> Markup:
        """The name of an annotator, isolated from the text around it."""
        return arabic(name) if orthography.letters(name) else Markup("<bdi>{}</bdi>").format(self.put(name))

    @cached_property
    def in_one(self) -> bool:
        """Whether the annotators of the article also graded all of it, and no claim has an annotator of its own."""
        claims = self.reading.claims
        return self.reading.claims_from == "people" and all(c.rater and not c.annotator for c in claims)

    @cached_property
    def proposed(self) -> bool:
        """Whether annotators disagree on claims of the article and nobody has decided."""
        return any(claim.proposed for claim in self.reading.claims)

    def made_title(self) -> Markup:
        """The origin of the article's claims, in two or three words."""
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
        """A phrase of the interface with HTML in its placeholders."""
        return Markup(invisible.escape(self.said(key, **{name: f"{{{name}}}" for name in values}))).format(**values)

    def provenance(self) -> Markup:
        """The metadata of the article, known and missing, as a definition list."""
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
        """Outlet, author and date of the article, if known, and of a message whose words it carries from elsewhere, from whom.

        An inferred date is in the list below, with its basis.
        """
        about = self.reading.article.about
        parts = [_apart(about[key]) for key in ("outlet", "author", "published") if key in about]
        if who := about.get("forwarded_from"):
            parts.append(self._told("byline.forwarded", who=_apart(who)))
        return Markup(" · ").join(parts)

    def _about(self, key: str) -> Markup | str:
        about = self.reading.article.about[key]
        return self.put(about) if key in WRITTEN else about


def _apart(text: str) -> Markup:
    """A text of either direction, isolated for use inside a line."""
    return Markup("<bdi>{}</bdi>").format(text) if text else Markup()
