"""Finds the claims of a text in four stages: cue, content, source, coreference.

- Cue: `cues` reads each word that can report in its construction, by its kind: `verbs`, `nominals`, `particles`. What
  keeps it from being a claim are the rows of `vetoes`. Lines that a speaker and a colon begin are `turns`.
- Content: where it begins are `openings`; where it ends, and which claim stands in which, `contents`.
- Source: who is stated in the clause, after the cue `speakers`, before it `subjects`.
- Coreference: who speaks where nobody is stated, `coreference`.
"""

from msgspec import structs

from helpers.extraction import contents, coreference, cues, modalities, particles, turns
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.vocabulary import Hit


def drafts(text: Text, colon: Hit | None = None) -> list[Draft]:
    """The attributed claims of a text in the order of their cues.

    colon   what a colon after the name of a speaker at the head of a line is read as; None: as nothing
    """
    found: list[Draft] = []
    spoken = turns.find(text, colon) if colon else {}
    turn, turn_ends = None, 0
    at = 0
    for number, (begins, end) in enumerate(text.sentences):
        start = begins
        if begins < end and begins in spoken:
            said = structs.replace(spoken[begins], sentence=number)
            turn, (start, turn_ends) = len(found), said.content
            found.append(said)
        while at < len(text.cues) and text.cues[at] < start:
            at += 1
        first = at
        while at < len(text.cues) and text.cues[at] < end:
            at += 1
        if at > first:
            goes_on = end in text.opens and text.gaps[end] & Gap.colon  # the quotation stands on the next line
            last = text.opens[end] if goes_on else end
            made = cues.read(text, particles.clause_start(text, start), last, text.cues[first:at])
            made = contents.cut(text, made)
            here = turn if start < turn_ends else None
            outer = [here if inner is None else len(found) + inner for inner in contents.nesting(made)]
            found += [
                structs.replace(draft, sentence=number, turn=here, within=within)
                for draft, within in zip(made, outer, strict=True)
            ]
    return coreference.resolve(text, modalities.inherited(found))
