"""Findings about the claims and sources of an article (notebook 02)."""

import pandas as pd

from helpers.analysis import audit
from helpers.analysis.findings.wording import as_read, item, of_them, source_name
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, Share, message
from helpers.records.readings import Reading

UNJUDGED = 6  # credibility of a claim that cannot be judged


def attributed(reading: Reading) -> list[Message]:
    """How many claims are attributed, and how many of these to nobody named or identified."""
    claims, made = reading.asserted, audit.attributed(reading)
    if not claims:
        return as_read(reading, [message("finding.claims.none")])
    if not made:
        return as_read(reading, [message("finding.attributed.none")])
    said = [of_them("finding.attributed", "claims", len(made), len(claims))]
    bases = [reading.basis_of(claim) for claim in made]
    if len(made) == 1:
        return as_read(reading, [*said, message(f"finding.attributed.it.{bases[0]}")])
    unnamed, unknown = bases.count(Basis.UNNAMED), bases.count(Basis.NOT_IDENTIFIED)
    said.append(message("finding.unnamed", n=unnamed) if unnamed else message("finding.unnamed.none"))
    return as_read(reading, said + ([message("finding.not_identified", n=unknown)] if unknown else []))


def paragraphs(reading: Reading) -> list[Message]:
    """How many paragraphs have no attribution, and where attribution begins."""
    article, every = reading.article, len(reading.article.paragraphs)
    spans = [span for claim in audit.attributed(reading) for span in claim.spans]
    within = {article.place(span.start).paragraph for span in spans}
    if not within:
        return as_read(reading, [message("finding.attributed.none")])
    said = [of_them("finding.paragraphs", "paragraphs", every - len(within), every)]
    return as_read(reading, said + ([message("finding.begins", paragraph=min(within))] if min(within) > 1 else []))


def quoted(reading: Reading) -> list[Message]:
    """How many attributed claims are in the words of their source, and how many are not asserted."""
    made = audit.attributed(reading)
    unsaid = len(reading.claims) - len(reading.asserted)
    also = [message("finding.unsaid", n=unsaid)] if unsaid else []
    if not made:
        return as_read(reading, [message("finding.attributed.none"), *also])
    direct = sum(claim.kind in ("direct", "mixed") for claim in made)
    return as_read(reading, [of_them("finding.quoted", "attributed", direct, len(made)), *also])


def sources(reading: Reading) -> list[Message]:
    """How many sources are named, how many have a justification in the article, and which is heard most."""
    every = len(reading.speaking)
    if not every:
        return as_read(reading, [message("finding.sources.nobody")])
    named = sum(source.named for source in reading.speaking)
    placed = sum(source.justification is not None for source in reading.speaking)
    said = [of_them("finding.sources", "sources", named, every), of_them("finding.knows", "sources", placed, every)]
    claims = {s.source_id: sum(c.asserted for c in reading.claims_of(s)) for s in reading.speaking}
    most = max(claims.values())
    heard = [source for source in reading.speaking if claims[source.source_id] == most]
    if len(heard) == 1 < every:
        said.append(message("finding.heard_most", who=item(source_name(heard[0]), most)))
    return as_read(reading, said)


def grades(reading: Reading) -> list[Message]:
    """How many claims are graded, and how many of these cannot be judged; never an average."""
    graded = [claim.credibility for claim in reading.asserted if claim.credibility is not None]
    if not graded:
        return [message("finding.grades.none")]
    said = of_them("finding.grades", "claims", len(graded), len(reading.asserted))
    return [said, *_unjudged(graded.count(UNJUDGED))]


def _unjudged(n: int) -> list[Message]:
    return [message("finding.unjudged", n=n)] if n else []


def grades_of_attributed(reading: Reading) -> list[Message]:
    """The grades of attributed claims and of sources, each with its number."""
    made = [claim.credibility for claim in audit.attributed(reading) if claim.credibility is not None]
    letters = [source.reliability for source in reading.speaking if source.reliability is not None]
    if not made and not letters:
        return [message("finding.grades.nothing")]
    said = []
    if made:
        doubted = sum(grade in audit.CONTRADICTED for grade in made)
        said += [of_them("finding.doubted", "attributed", doubted, len(made)), *_unjudged(made.count(UNJUDGED))]
    if letters:
        unjudged = letters.count("F")
        said.append(of_them("finding.unjudged_sources", "sources", unjudged, len(letters)))
    return said


def rests_on(reading: Reading, rest: pd.DataFrame) -> list[Message]:
    """The basis of the article's words. `rest` as returned by `shares.by_basis`."""
    share = rest.set_index("basis")["share"]
    what = [item(message(f"finding.on.{basis}"), Share(float(share[basis]))) for basis in Basis if share[basis]]
    if not what:
        return as_read(reading, [message("finding.claims.none")])
    left = [message("finding.unclaimed", share=Share(float(share[UNCLAIMED])))] if share[UNCLAIMED] else []
    return as_read(reading, [message("finding.rests", what=tuple(what)), *left])


def rests_mostly_on(reading: Reading, rest: pd.DataFrame) -> list[Message]:
    """The basis of most words, and the share of attributed words with a named source. `rest` as for `rests_on`."""
    words = rest.set_index("basis")["words"]
    most = words[list(Basis)].idxmax()
    if not words[most]:
        return as_read(reading, [message("finding.claims.none")])
    said = message(f"finding.rests_mostly.{most}", share=Share(float(words[most] / words.sum())))
    theirs = words[[Basis.NAMED, Basis.UNNAMED, Basis.NOT_IDENTIFIED]].sum()
    if not theirs:
        return as_read(reading, [said])
    if not words[Basis.NAMED]:
        return as_read(reading, [said, message("finding.attributed_words.none")])
    named = message("finding.attributed_words", share=Share(float(words[Basis.NAMED] / theirs)))
    return as_read(reading, [said, named])
