"""Whether the verb or participle of a claim agrees in gender and number with a candidate speaker.

Gender and number are known from endings, from the lexicon, and from verbs next to a name anywhere in the article.
"""

from helpers.extraction.drafts import Draft, Range
from helpers.extraction.speakers import Candidate, Speakers
from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters

AGREES, MAY, NOT = "agrees", "may agree", "disagrees"
AGREEMENT = {
    "feminine, as its verb": AGREES,
    "feminine, not as its verb": NOT,
    "masculine, as its verb": AGREES,
    "masculine, not as its verb": NOT,
    "feminine, has a feminine ending": AGREES,
    "masculine, has a feminine ending": NOT,
    "feminine, has no feminine ending": NOT,
    "masculine, has no feminine ending": AGREES,
    "feminine, a name": MAY,
    "masculine, a name": MAY,
    "plural, a plural": AGREES,
    "plural, no plural": NOT,
    "feminine singular, a plural": MAY,
    "feminine singular, a sound plural": NOT,
    "masculine singular, a plural": NOT,
}
CLASHES = ("feminine, not as its verb", "masculine, not as its verb")


def agreement(speakers: Speakers, draft: Draft, one: Candidate) -> str:
    """How a verb or participle agrees with a candidate in gender and number, as a key of AGREEMENT; empty if unknown.

    A plural of things takes the feminine singular, and so may a verb before its subject; a verb next to a name is
    better evidence than the ending of the name.
    """
    wanted = draft.hit.agreement
    if len(wanted) < 3:
        return ""
    text, first = speakers.text, one.words[0]
    word, kind = text.words[first], text.kinds[first].kind
    plural = kind == "group" or (word.endswith(letters().plural_or_construct) and len(word) > 4)
    told = one.told or speakers.name(one.words).told
    which = "feminine" if wanted[1] == "f" else "masculine"
    if wanted[2] in "pd":
        return "plural, a plural" if plural else "plural, no plural"
    if plural and told != wanted[1]:
        sound = which == "feminine" and word.endswith(letters().plural_or_construct)
        return f"{which} singular, a sound plural" if sound else f"{which} singular, a plural"
    if told:
        return f"{which}, as its verb" if told == wanted[1] else f"{which}, not as its verb"
    if text.written(first).endswith(letters().feminine) or _feminine_adjective(text, one.words):
        return f"{which}, has a feminine ending"
    return f"{which}, has no feminine ending" if kind or word.startswith(letters().article) else f"{which}, a name"


def clashes(speakers: Speakers, draft: Draft, one: Candidate) -> bool:
    """Whether the candidate cannot be the speaker: a verb next to it has another gender than the claim's verb."""
    return one.told not in ("", draft.hit.agreement[1:2]) and agreement(speakers, draft, one) in CLASHES


def _feminine_adjective(text: Text, words: Range) -> bool:
    """Whether a definite noun has a feminine adjective, which shows its gender: الأمم المتحدة, القوات المسلحة."""
    first, end = words
    both = (
        first + 1 < end
        and text.words[first].startswith(letters().article)
        and text.words[first + 1].startswith(letters().article)
    )
    return both and not text.gaps[first + 1] and text.written(first + 1).endswith(letters().feminine)
