"""Finds the claims of a text in four stages: cue, content, source, coreference.

- Cue: `cues` reads each possible cue in its construction, by its kind (`verbs`, `verbal_nouns`, `nominals`,
  `particles`). The rows of `vetoes` can keep it from being a claim. Lines that begin with a speaker and a colon are
  read by `speaker_lines`.
- Content: `openings` finds where it begins, `contents` where it ends, `continued_contents` whether it continues in the
  next sentences, `nesting` which claim is in which.
- Source: `source_phrases` finds a source stated in the clause, after or before the cue, as a noun phrase of `chunks`.
- Coreference: `antecedents` chooses among `candidates` if the clause states no source.
"""

from msgspec import structs

from helpers.extraction import (
    antecedents,
    contents,
    continued_contents,
    cues,
    modalities,
    nesting,
    particles,
    signed,
    speaker_lines,
)
from helpers.extraction.cue_candidates import Trace
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text, among
from helpers.extraction.weights import Weights
from helpers.lexicon.word_kinds import Hit


def drafts(text: Text, colon: Hit | None, weights: Weights, trace: Trace | None = None) -> list[Draft]:
    """The attributed claims of a text in the order of their cues.

    colon     the cue as which a colon after a speaker at the beginning of a line is read; None: it is not a cue
    weights   weights of the features of antecedents
    trace     if given, records which vetoes were tried at which cue
    """
    found: list[Draft] = []
    spoken = speaker_lines.find(text, colon) if colon else {}
    quoted = signed.find(text, colon) if colon else {}
    turn, turn_ends = None, 0
    told, told_ends = None, 0  # a quotation that continues in the next sentences
    past = 0  # words before this index were read
    for number, (begins, _) in enumerate(text.sentences):
        start = begins
        end = continued_contents.goes_on(text, number)
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
            below = end in text.opens and text.gaps[end] & Gap.colon  # the quotation is on the next line
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
    return antecedents.resolve(text, modalities.inherited(continued_contents.carried(text, found)), weights)
