"""All that is known of one article: where actors are named, and who says what.

People's claims where the article is annotated, those of the machine's that nobody has decided on among them; else the
machine's. Nothing here imports pandas or Matplotlib.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import structs

from helpers.annotation import load
from helpers.extraction import (
    actors,
    claims,
    decided_mentions,
    explanations,
    mentions,
    outlet,
    sources,
    surnames,
    texts,
)
from helpers.extraction.known import Known, known
from helpers.extraction.named import capitals
from helpers.lexicon import glosses
from helpers.records.claims import Claim
from helpers.records.explanations import Explained
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.text.articles import Article

__all__ = ["Known", "explain", "known", "read"]


def read(article: Article, before: Known | None = None, machine: bool = False) -> Reading:
    """Find the mentions of an article, and take people's claims where there are any, else find them.

    before    compiled lexicons, for a caller with many articles; the project's own when not given
    machine   ignore people's annotations, as if nobody had annotated the article
    Raises    InputError for lexicons or annotations that do not hold together.
    """
    before = before or known()
    text = texts.read(article, before.vocabulary)
    named = surnames.outside_names(text, mentions.find(article, before.actors), before.actors)
    listed = capitals.beside(text, named, before.names.capitals)
    least = before.fitted.thresholds.attributed
    layer = None if machine else load.layer(article, before.actors, before.cues)
    if layer is None:
        unidentified = claims.found(article, before.vocabulary, before.fitted, text)
        here = actors.find(article, before, listed, unidentified, text)
        ids, who = sources.identify(article, unidentified, here.mentions, here.actors, before.vocabulary, text)
        starts = [mention.span.start for mention in here.mentions]
        pairs = zip(unidentified, ids, strict=True)
        made = tuple(_with_actors(claim, source_id, here.mentions, starts) for claim, source_id in pairs)
        made = tuple(_translated(claim, before.glosses) for claim in made)
        made, doubtful = claims.apart(made, lambda claim: claims.perhaps(claim, least))
        return Reading(
            article,
            here.actors,
            here.mentions,
            made,
            tuple(who),
            (),
            (),
            "machine",
            here.perhaps,
            perhaps_claims=doubtful,
        )
    theirs, doubtful = claims.apart(layer.claims, lambda claim: claim.undecided and claims.perhaps(claim, least))
    if all(claim.attributed for claim in theirs):
        theirs = outlet.beside(text, theirs)
    here = actors.find(article, before, listed, theirs, text)
    everybody, both = decided_mentions.joined(here, layer.mentions, layer.rejected_mentions, before.vocabulary)
    starts = [mention.span.start for mention in both]
    theirs, doubtful = (
        tuple(_translated(_with_actors(claim, claim.source_id, both, starts), before.glosses) for claim in each)
        for each in (theirs, doubtful)
    )
    speaking = sources.linked(decided_mentions.known(layer.sources, everybody), here.mentions, everybody)
    how_far, odd, events = layer.curated, layer.oddities, layer.events
    origin = how_far.claims_from
    return Reading(
        article, everybody, both, theirs, speaking, odd, events, origin, here.perhaps, how_far, perhaps_claims=doubtful
    )


def explain(reading: Reading, before: Known) -> Explained:
    """Why the machine found the claims of a reading, and which cues it gave up; nothing where people annotate them."""
    if reading.curated is not None:
        return Explained({}, ())
    return explanations.explain(reading.article, before.vocabulary, before.fitted)


def _translated(claim: Claim, translations: dict[str, str]) -> Claim:
    """A machine's claim with what it says in English, where the user translated its words."""
    if not translations:
        return claim
    english = translations.get(glosses.key(claim.content_text)) if claim.made_by == "machine" else None
    return structs.replace(claim, gloss_en=english) if english else claim


def _with_actors(claim: Claim, source_id: str | None, found: Sequence[Mention], starts: list[int]) -> Claim:
    """The claim with its source, and the actors that are mentioned inside its content, as they first stand there."""
    inside = []
    for part in claim.content:
        for at in range(bisect_left(starts, part.start), bisect_left(starts, part.end)):
            if found[at].span.end <= part.end:
                inside.append(found[at].actor_id)
    if not inside and source_id == claim.source_id:
        return claim
    return structs.replace(claim, source_id=source_id, about=tuple(dict.fromkeys(inside)))
