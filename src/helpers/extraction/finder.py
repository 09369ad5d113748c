"""Finds the claims of a text in four stages: cue, content, source, coreference.

- Cue: `cues` reads each word that can report in its construction, by its kind: `verbs`, `verbal_nouns`, `nominals`, `particles`. What
  keeps it from being a claim are the rows of `vetoes`. Lines that a speaker and a colon begin are `turns`.
- Content: where it begins are `openings`; where it ends, `contents`, in the next sentences
  `contents_going_on`; which claim stands in which, `nesting`.
- Source: who is stated in the clause, after the cue or before it: `source_phrases`, which reads `chunks`.
- Coreference: who speaks where nobody is stated: `antecedents`, which weighs `candidates`.
"""

from msgspec import structs

from helpers.extraction import (
    antecedents,
    contents,
    contents_going_on,
    cues,
    modalities,
    nesting,
    particles,
    signed,
    turns,
)
from helpers.extraction.cue_candidates import Trace
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text, among
from helpers.extraction.weights import Weights
from helpers.lexicon.word_kinds import Hit


def drafts(text: Text, colon: Hit | None, weights: Weights, trace: Trace | None = None) -> list[Draft]:
    """The attributed claims of a text in the order of their cues.

    colon   what a colon after the name of a speaker at the head of a line is read as; None: as nothing
    weights   of what tells who speaks where the clause names nobody
    trace   told which vetoes were tried at which cue
    """
    found: list[Draft] = []
    spoken = turns.find(text, colon) if colon else {}
    quoted = signed.find(text, colon) if colon else {}
    turn, turn_ends = None, 0
    told, told_ends = None, 0  # a quotation that goes on in the next sentences
    past = 0  # the words before it were looked at
    for number, (begins, _) in enumerate(text.sentences):
        start = begins
        end = contents_going_on.goes_on(text, number)
        if begins < end and begins in spoken:
            said = structs.replace(spoken[begins], sentence=number)
            turn, (start, turn_ends) = len(found), said.content
            found.append(said)
        elif begins < end and begins in quoted:
            said = structs.replace(quoted[begins], sentence=number)
            told, told_ends = len(found), said.content[1]
            found.append(said)
        here_stand = among(text.cues, max(start, past), end)
        past = max(past, start, end)
        if here_stand:
            below = end in text.opens and text.gaps[end] & Gap.colon  # the quotation stands on the next line
            last = text.opens[end] if below else end
            made = cues.drafts(text, particles.clause_start(text, start), last, here_stand, trace)
            made = contents.cut(text, made)
            if not made:
                continue
            here = turn if start < turn_ends else None
            held = [told if draft.at < told_ends else here for draft in made]
            nested = zip(nesting.nesting(made), held, strict=True)
            outer = [around if inner is None else len(found) + inner for inner, around in nested]
            for place, draft in enumerate(made):
                if draft.content[1] > max(end, told_ends):
                    told, told_ends = len(found) + place, draft.content[1]
            found += [
                structs.replace(draft, sentence=number, turn=here, within=within)
                for draft, within in zip(made, outer, strict=True)
            ]
    return antecedents.resolve(text, modalities.inherited(contents_going_on.carried(text, found)), weights)
