"""An ordered list of named vetoes, which keep a possible cue from becoming a claim.

Each is tried at its stage, in the order of the list, with what has been read so far; the first that applies stops the
cue. `data/lexicon/vetoes.csv` has an example of each, which it stops, and a counter-example, which it does not.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from helpers.extraction import vetoes_of_contents, vetoes_of_sources, vetoes_of_verbs
from helpers.extraction.cue_candidates import Candidate


class Stage(StrEnum):
    """The stage of reading at which a veto is tried."""

    VERB = "verb"  # a finite verb, before anything else is read
    OPENING = "opening"  # the opening of the content is known
    SOURCE = "source"  # the source is known, too
    OBJECT = "object"  # the content is a noun phrase, and the source is known
    ASIDE = "aside"  # a verb after a particle or a phrase that takes a clause: كما قال
    PARTICLE = "particle"  # the word that heads the source of a particle is known


class Veto(Struct, frozen=True, gc=False):
    """One reason why a possible cue does not report."""

    name: str
    stage: Stage
    applies: Callable[[Candidate], object]


def stopped(stage: Stage, cue: Candidate) -> bool:
    """Whether a veto of this stage stops a cue; the cue's trace, if any, records which were tried."""
    vetoes = BY_STAGE[stage]
    stops = _first(vetoes, cue)
    if cue.trace is not None:
        tried = vetoes if stops is None else vetoes[: vetoes.index(stops)]
        cue.trace.passed.setdefault(cue.at, []).extend(veto.name for veto in tried)
        if stops is not None:
            cue.trace.stopped[cue.at] = cue.hit, stops.name
    return stops is not None


def _first(vetoes: Iterable[Veto], cue: Candidate) -> Veto | None:
    """The first veto that applies to a cue."""
    for veto in vetoes:
        if veto.applies(cue):
            return veto
    return None


VETOES = (
    Veto("own-letter", Stage.VERB, vetoes_of_verbs.own_letter),
    Veto("stands-in", Stage.VERB, vetoes_of_verbs.stands_in),
    Veto("after-preposition", Stage.VERB, vetoes_of_verbs.after_preposition),
    Veto("noun-after-auxiliary", Stage.VERB, vetoes_of_verbs.noun_after_auxiliary),
    Veto("in-a-name", Stage.VERB, vetoes_of_verbs.in_a_name),
    Veto("i-without-hamza", Stage.VERB, vetoes_of_verbs.i_without_hamza),
    Veto("spoken-to", Stage.VERB, vetoes_of_verbs.spoken_to),
    Veto("withheld", Stage.VERB, vetoes_of_verbs.withheld),
    Veto("cognate", Stage.VERB, vetoes_of_verbs.cognate),
    Veto("impersonal", Stage.VERB, vetoes_of_verbs.impersonal),
    Veto("formula", Stage.VERB, vetoes_of_verbs.formula),
    Veto("i-with-hamza", Stage.VERB, vetoes_of_verbs.i_with_hamza),
    Veto("leads", Stage.VERB, vetoes_of_verbs.leads),
    Veto("not-governed", Stage.OPENING, vetoes_of_contents.not_governed),
    Veto("byline", Stage.OPENING, vetoes_of_contents.byline),
    Veto("next-verb", Stage.OPENING, vetoes_of_contents.next_verb),
    Veto("interrupted", Stage.OPENING, vetoes_of_contents.interrupted),
    Veto("of-another", Stage.SOURCE, vetoes_of_contents.of_another),
    Veto("title", Stage.SOURCE, vetoes_of_contents.title),
    Veto("written-on", Stage.SOURCE, vetoes_of_contents.written_on),
    Veto("purpose", Stage.SOURCE, vetoes_of_contents.purpose),
    Veto("noun", Stage.SOURCE, vetoes_of_contents.noun),
    Veto("shows", Stage.SOURCE, vetoes_of_contents.shows),
    Veto("silent", Stage.OBJECT, vetoes_of_contents.silent),
    Veto("to-do", Stage.OBJECT, vetoes_of_contents.to_do),
    Veto("unlikely", Stage.OBJECT, vetoes_of_contents.unlikely),
    Veto("no-speaker", Stage.OBJECT, vetoes_of_contents.no_speaker),
    Veto("considered", Stage.OBJECT, vetoes_of_contents.considered),
    Veto("points", Stage.OBJECT, vetoes_of_contents.points),
    Veto("nobody", Stage.OBJECT, vetoes_of_contents.nobody),
    Veto("related", Stage.OBJECT, vetoes_of_contents.related),
    Veto("not-so", Stage.ASIDE, vetoes_of_verbs.not_so),
    Veto("governed", Stage.ASIDE, vetoes_of_verbs.governed),
    Veto("manner", Stage.ASIDE, vetoes_of_verbs.manner),
    Veto("standard", Stage.PARTICLE, vetoes_of_sources.standard),
    Veto("unknown", Stage.PARTICLE, vetoes_of_sources.unknown),
    Veto("no-name", Stage.PARTICLE, vetoes_of_sources.no_name),
    Veto("described", Stage.PARTICLE, vetoes_of_sources.described),
    Veto("construct", Stage.PARTICLE, vetoes_of_sources.construct),
)
BY_STAGE = {stage: tuple(veto for veto in VETOES if veto.stage is stage) for stage in Stage}
