"""A direct quotation without quotation marks: «وقال الوزير نأمل أن …», «ويقول سالم لقد رحل جدي»."""

from helpers.extraction import source_phrases
from helpers.extraction.constructions import Opens
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verb_sources import PLURAL
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

FAR = 25  # most words between a verb and such a quotation
LEAST = 3  # fewest words of a quotation that only its place shows
SPEAKS = {"plain", "continuing"}
ASIDE = Role.time | Role.adverb | Role.occasion
FINITE = ("perfect", "imperfect")


def opening(cue: Candidate, before: Opening | None) -> Opening | None:
    """What opens the own words of a finite verb's speaker; None if nothing shows them.

    before    another opening of its content, which own words that are sure take precedence over
    """
    text, at = cue.text, cue.at
    if not SPEAKS & cue.hit.cue.takes or cue.hit.part not in FINITE or cue.hit.pronoun:
        return None
    if at > cue.start and text.role(at - 1, Role.relative | Role.what | Role.who | Role.negation):
        return None
    related = False
    for first in range(at + 1, min(cue.end, at + FAR, before.at if before else cue.end)):
        word = text.kinds[first]
        if text.gaps[first]:
            ours = text.gaps[first] == Gap.comma and text.role(first, Role.first_person | Role.own_clause)
            ours = ours and _first_person(text, first)
            return Opening(first, first, Opens.COLON) if ours else None  # قال في كلمة ألقاها أمس، نحن بحاجة …
        related = related or text.role(first, Role.relative)
        if text.role(first, THAT):
            return None
        if related:
            continue
        if text.role(first, Role.first_person) and _first_person(text, first):
            begun = first - 1 if first - 1 > at and text.role(first - 1, Role.negation) else first  # لا نعرف
            return Opening(begun, begun, Opens.COLON)
        weak = before is None and ("plain" in cue.hit.cue.takes or first == at + 1)
        if _begins(text, first, cue.end, weak):
            if before and before.how is Opens.THAT and text.written(before.at).startswith(letters().whether):
                return None  # قال ضابط لم يكشف عن اسمه إن: the content follows إن
            return Opening(first, first, Opens.COLON) if _behind_speaker(cue, first) else None
        if word.finite and not word.kind:
            return None
    return None


def directly(cue: Candidate, sure: bool = False) -> Opening | None:
    """What opens own words directly after a participle or verbal noun: «مضيفا لدينا مهمة», «قوله لا نعرف».

    sure    whether the verb before it shows that words are reported: «نقلت الوكالة عن الوزير قوله الأزمة …»
    """
    text, first = cue.text, cue.at + 1
    if not SPEAKS & cue.hit.cue.takes or first >= cue.end or text.gaps[first]:
        return None
    if sure and "plain" in cue.hit.cue.takes and has_article(text.words[first]) and not text.role(first, ASIDE):
        return Opening(first, first, Opens.COLON)
    ours = text.role(first, Role.first_person) and _first_person(text, first)
    return Opening(first, first, Opens.COLON) if ours or _begins(text, first, cue.end) else None


def _first_person(text: Text, at: int) -> bool:
    return text.written(at).startswith(letters().first_person)


def _begins(text: Text, at: int, end: int, weak: bool = False) -> bool:
    """Whether a word begins own words directly after the speaker: always (لن), or if nothing else opens them (لو).

    weak    whether nothing else opens them, and the verb needs a content: قال, but not تابع الجمهور حتى …
    """
    if text.role(at, Role.own_clause):
        return not text.role(at, Role.joined)
    if not weak or not text.role(at, Role.may_open):
        return False
    return next((k for k in range(at + 1, end) if text.gaps[k] & BREAK), end) - at >= LEAST


def _behind_speaker(cue: Candidate, first: int) -> bool:
    """Whether a word is directly after the verb, or directly after its speaker."""
    if first == cue.at + 1:
        return True
    if cue.hit.agreement == PLURAL:
        return False  # يقولوا الحقيقة حتى لو …: the object
    source = source_phrases.after(cue.text, cue.at + 1, first)
    return source is not None and source[1] == first
