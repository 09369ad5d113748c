"""Makes the reading of one article: where actors are named, and who says what.

The claims are those of people's annotations, if there are any, including a machine's proposals on which nobody has
decided; else they are the machine's. Nothing here imports pandas or Matplotlib.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from msgspec import structs

from helpers.annotation import folder, load
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
from helpers.extraction import known as compiled
from helpers.extraction.known import Known
from helpers.extraction.named import capitals
from helpers.files import paths, regular_files
from helpers.files.errors import InputError
from helpers.lexicon import glosses
from helpers.records.claims import Claim
from helpers.records.explanations import Explained
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.text import articles
from helpers.text.articles import Article

__all__ = ["Known", "explain", "known", "opened", "read"]


def known() -> Known:
    """The project's lexicons and the user's own, read and compiled: once as long as no byte of them changes.

    Raises    InputError for one that does not hold together.
    """
    lexicons = _lexicons()
    return compiled.known() if lexicons is None else _known(lexicons)


def opened(path: str | Path, machine: bool = False) -> Reading:
    """The reading of the article in a file. A path that is not absolute is below home (see `paths.home`).

    machine   ignore people's annotations
    Raises    InputError for an article, lexicons or annotations that cannot be used.
    """
    return read(articles.load(paths.resolve(path)), machine=machine)


def read(article: Article, before: Known | None = None, machine: bool = False) -> Reading:
    """The reading of an article: mentions, and claims from people's annotations, if there are any, else by machine.

    before    compiled lexicons, for a caller with many articles; by default the project's. By default the reading is
              also cached until any lexicon or annotation changes, since several notebooks ask for the same one
    machine   ignore people's annotations
    Raises    InputError for lexicons or annotations that are invalid.
    """
    if before is None:
        machine = machine or not folder.of(article).exists()  # the same reading: there are no annotations
        ground = _ground(article, machine)
        return _read(article, known(), machine) if ground is None else _once(_Asked(ground, article, machine))
    return _read(article, before, machine)


@dataclass(frozen=True)
class _Asked:
    """A key of the cache of readings: the checksum (`ground`) of all that the reading is made from."""

    ground: bytes
    article: Article = field(compare=False)
    machine: bool = field(compare=False)


@lru_cache(maxsize=2)  # with people's annotations, and without
def _once(asked: _Asked) -> Reading:
    return _read(asked.article, known(), asked.machine)


@lru_cache(maxsize=1)
def _known(lexicons: bytes) -> Known:
    """Lexicons, compiled for this sum of theirs."""
    return compiled.known()


def _ground(article: Article, machine: bool) -> bytes | None:
    """The checksum of all that a reading is made from: the article, lexicons, the user's own files, annotations.

    None if one of these cannot be read.
    """
    lexicons = _lexicons()
    try:
        theirs = [] if machine else sorted(path for path in folder.of(article).rglob("*") if not path.is_dir())
        return lexicons and _sum(repr((lexicons, article, machine)), theirs)
    except (OSError, InputError):
        return None


def _lexicons() -> bytes | None:
    """The sum of all lexicons, the user's own too. None where one cannot be read."""
    own = [path for path in (paths.own_actors(), paths.rejected_names(), paths.glosses()) if path and path.exists()]
    try:
        return _sum("", [*own, *sorted(paths.lexicon("cues.csv").parent.glob("*.csv"))])
    except (OSError, InputError):
        return None


def _sum(text: str, files: Sequence[Path]) -> bytes:
    """The sum of a text and of files, their names too. Raises OSError or InputError for one that cannot be read."""
    made = sha256(text.encode("utf-8", "backslashreplace"))
    for path in files:
        regular_files.check(path)
        made.update(repr((str(path), sha256(path.read_bytes()).digest())).encode())
    return made.digest()


def _read(article: Article, before: Known, machine: bool) -> Reading:
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
    """Why the machine found the claims of a reading, and which cues were vetoed; empty if the article is annotated."""
    if reading.curated is not None:
        return Explained({}, ())
    return explanations.explain(reading.article, before.vocabulary, before.fitted)


def _translated(claim: Claim, translations: dict[str, str]) -> Claim:
    """A machine's claim with its English translation, if the user translated its words."""
    if not translations:
        return claim
    english = translations.get(glosses.key(claim.content_text)) if claim.made_by == "machine" else None
    return structs.replace(claim, gloss_en=english) if english else claim


def _with_actors(claim: Claim, source_id: str | None, found: Sequence[Mention], starts: list[int]) -> Claim:
    """The claim with its source and the actors mentioned in its content, in order of first mention."""
    inside = []
    for part in claim.content:
        for at in range(bisect_left(starts, part.start), bisect_left(starts, part.end)):
            if found[at].span.end <= part.end:
                inside.append(found[at].actor_id)
    if not inside and source_id == claim.source_id:
        return claim
    return structs.replace(claim, source_id=source_id, about=tuple(dict.fromkeys(inside)))
