"""The features of each candidate speaker of a claim, and those of «nobody», by name.

The weight of a feature is a row of `antecedents.csv`; `antecedents` adds the weights.
"""

from helpers.extraction.agreement import AGREEMENT, AGREES, MAY, NOT, agreement
from helpers.extraction.candidates import HEADS, NEAR
from helpers.extraction.drafts import Draft
from helpers.extraction.speakers import Candidate, Speakers
from helpers.lexicon.roles import Role

OFTEN = 3  # claims of a speaker: higher counts are not distinguished
AS = ("stated", "inherited", "subject", "noun")
PLACES = ("same sentence", "sentence before", "two sentences before", "further")
PARTS = ("verb", "participle", "masdar")
NOBODY = (
    "nobody",
    *(f"nobody, {part}" for part in ("perfect", "imperfect", "participle", "masdar", "phrase", "particle")),
    "nobody, imperfect 3ms",
    "nobody, in a content",
    "nobody, in a quotation",
    "nobody, in mid-sentence",
    "nobody, joined to what stands before",
)
STANDS = {how: [f"{how}, {where}" for where in PLACES] for how in AS}
AS_PART = {how: {part: f"{how}, {part}" for part in PARTS} for how in AS}
SAME_SENTENCE = {part: f"same sentence, {part}" for part in PARTS}
GOVERNED = {how: f"{how}, after a preposition" for how in AS}
JOINED = {how: f"{how}, joined to the sentence before" for how in AS}
PARAGRAPHS = {number: f"{number} paragraphs before" for number in range(1, NEAR + 1)}
BACK_SPEAKER = {number: f"speaker, {number} back" for number in (1, 2, 3)}
GOES_ON = [f"the verb goes on, {who}" for who in ("no speaker", "last speaker", "speaker before")]  # by distance
NEAREST = {number: f"same sentence, speaker or subject {number} back" for number in (1, 2)}
HEAD = {kind: f"head {kind}" for kind in (*HEADS, "standard", "unknown")}
OFTEN_SOURCE = [f"source of {number} claims" for number in range(OFTEN + 1)]
FEATURES = frozenset(
    [
        *(feature for features in STANDS.values() for feature in features),
        *(feature for features in AS_PART.values() for feature in features.values()),
        *SAME_SENTENCE.values(),
        *GOVERNED.values(),
        *JOINED.values(),
        *PARAGRAPHS.values(),
        "stands just before",
        "its relative clause holds the cue",
        *BACK_SPEAKER.values(),
        *GOES_ON,
        "somebody unresolved spoke since",
        "spoke in another content",
        "spoke around this content",
        "speaker of the claim around it",
        *NEAREST.values(),
        *HEAD.values(),
        *OFTEN_SOURCE,
        "in a quotation",
        "nearest that agrees",
        *(AGREES, MAY, NOT),
        *AGREEMENT,
        *NOBODY,
    ]
)


def features(speakers: Speakers, draft: Draft, found: list[Candidate]) -> list[list[str]]:
    """The names of the features of each candidate."""
    spoke = sorted((one for one in found if one.claim), key=lambda one: one.claim.at if one.claim else 0, reverse=True)
    ranks = {id(one): rank for rank, one in enumerate(spoke, 1)}
    goes_on = "continuing" in draft.hit.cue.takes
    part = draft.hit.part if draft.hit.part in PARTS else "verb"
    agreed, near = False, 0
    made = []
    for one in found:
        mine: list[str] = []
        _place(mine, speakers, draft, one, part)
        _phrase(mine, speakers, draft, one)
        back = ranks.get(id(one), 0)
        if back:
            mine.append(BACK_SPEAKER[min(3, back)])
            _speaking(mine, speakers, draft, one)
        if goes_on:
            mine.append(GOES_ON[min(back, 2)])
        if one.sentence == draft.sentence and one.how != "noun":
            near += 1
            mine.append(NEAREST[min(2, near)])
        told = agreement(speakers, draft, one)
        if told:
            mine += [told, AGREEMENT[told]]
        if not agreed and not (told and AGREEMENT[told] == NOT):
            mine.append("nearest that agrees")
            agreed = True
        made.append(mine)
    return made


def _place(mine: list[str], speakers: Speakers, draft: Draft, one: Candidate, part: str) -> None:
    last = min(one.last, draft.sentence)
    back = draft.sentence - last
    mine += (STANDS[one.how][min(back, 3)], AS_PART[one.how][part])
    paragraphs = speakers.paragraphs[draft.sentence] - speakers.paragraphs[last]
    if paragraphs:
        mine.append(PARAGRAPHS[min(paragraphs, NEAR)])
    if back == 0:
        mine.append(SAME_SENTENCE[part])
        if one.words[1] >= draft.begins - 1:
            mine.append("stands just before")
            if any(role & Role.relative for role in speakers.text.roles[one.words[0] + 1 : draft.at]):
                mine.append("its relative clause holds the cue")
    elif draft.hit.joined and draft.at == speakers.places[draft.sentence][0]:
        mine.append(JOINED[one.how])


def _phrase(mine: list[str], speakers: Speakers, draft: Draft, one: Candidate) -> None:
    text, first = speakers.text, one.words[0]
    mine.append(HEAD[text.kinds[first].kind or "unknown"])
    if (first and text.roles[first - 1] & Role.preposition) or text.roles[first] & Role.dative:
        mine.append(GOVERNED[one.how])
    mine.append(OFTEN_SOURCE[min(speakers.name(one.words).often, OFTEN)])
    quotation = text.quoted(first)
    if quotation and not quotation[0] <= draft.at < quotation[1]:
        mine.append("in a quotation")


def _speaking(mine: list[str], speakers: Speakers, draft: Draft, one: Candidate) -> None:
    claim = one.claim
    if claim is None:
        return
    if speakers.silent.get(draft.turn, -1) > claim.at:
        mine.append("somebody unresolved spoke since")
    if claim is speakers.around(draft):
        mine.append("speaker of the claim around it")
    elif claim.within != draft.within:
        mine.append("spoke in another content" if claim.within is not None else "spoke around this content")


def nobody(speakers: Speakers, draft: Draft) -> list[str]:
    """The features in favour of leaving a claim unresolved."""
    made = ["nobody", f"nobody, {draft.hit.part}"]
    if draft.hit.part == "imperfect" and draft.hit.agreement == "3ms":
        made.append("nobody, imperfect 3ms")  # يعتقد أن: it is believed
    around = speakers.around(draft)
    if around is not None and draft.within != draft.turn:
        made.append("nobody, in a quotation" if around.quotation else "nobody, in a content")
    if draft.at > speakers.places[draft.sentence][0]:
        made.append("nobody, in mid-sentence")
    if draft.hit.joined:
        made.append("nobody, joined to what stands before")
    return made
