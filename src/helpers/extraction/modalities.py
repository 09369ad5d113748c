"""The modality of a claim: words before its cue can negate it, or make it a question, a condition or future."""

from msgspec import structs

from helpers.extraction.constructions import Stands
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import FINITE, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.records.modality import Modality

REACH = 6  # words before a verb that are searched for what governs it
BETWEEN = Role.auxiliary | Role.adverb | Role.time
PART = Gap.comma | Gap.semicolon | Gap.stop | Gap.line | Gap.colon


def told(text: Text, start: int, end: int, draft: Draft) -> Draft:
    """A draft of the sentence start:end with its modality."""
    found = _of(text, start, end, draft)
    return draft if found == draft.modality else structs.replace(draft, modality=found)


def inherited(drafts: list[Draft]) -> list[Draft]:
    """The drafts of an article; one inside a claim that is not asserted takes its modality."""
    made = list(drafts)
    for number, draft in enumerate(drafts):
        outer, depth = None if draft.construction.beside else draft.within, 0
        while outer is not None and draft.modality == Modality.ASSERTED and depth < REACH:
            if drafts[outer].modality != Modality.ASSERTED:
                made[number] = structs.replace(draft, modality=drafts[outer].modality)
                break
            outer, depth = drafts[outer].within, depth + 1
    return made


def _of(text: Text, start: int, end: int, draft: Draft) -> Modality:
    at, hit = (draft.begins, draft.relays) if draft.relays else (draft.at, draft.hit)
    if hit.part == "masdar":
        return Modality.NEGATED if at > start and text.role(at - 1, Role.without) else Modality.ASSERTED
    if hit.part not in FINITE or draft.second is not None:  # لم يرد الوزير على السؤال قائلا: he did say it
        return Modality.ASSERTED
    if set(hit.lead) & set(letters().will):
        return Modality.FUTURE
    found = _before(text, start, at, draft)
    if found == Modality.ASSERTED and draft.source and draft.source[1] <= at and not text.gaps[at] & PART:
        found = _before(text, start, draft.source[0], draft)
    if found == Modality.ASSERTED and hit.part == "imperfect" and _nobody(text, start, at):
        return Modality.NEGATED
    return found


def _nobody(text: Text, start: int, at: int) -> bool:
    """Whether the subject before a verb is «nobody»: لا أحد في البلد يعتقد."""
    for place in range(at - 1, max(start, at - REACH), -1):
        if text.gaps[place + 1] & PART:
            return False
        if text.role(place, Role.nobody):
            return text.role(place - 1, Role.negation) and not text.gaps[place]
    return False


def _before(text: Text, start: int, at: int, draft: Draft) -> Modality:
    """The modality of a verb by the words before it, or before its subject."""
    imperfect, perfect = draft.hit.part == "imperfect", draft.hit.part == "perfect"  # لما ادعى: what he said, or when
    perfect = perfect or (draft.hit.part == "passive" and not text.words[at].startswith(letters().third_imperfect))
    found, goes_on = Modality.ASSERTED, False
    for place in range(at - 1, max(start, at - REACH) - 1, -1):
        if text.gaps[place + 1] & PART:
            break
        if text.role(place, Role.asks):
            return Modality.QUESTIONED
        if text.role(place, Role.condition):
            if perfect and text.role(draft.at - 1, Role.perfective) and place + 1 < draft.at - 1:
                return Modality.ASSERTED  # إذا كان الوزير قد أعلن …، فإن: he did announce it
            whether = place > start and text.role(place - 1, Role.whether)
            return Modality.QUESTIONED if whether else Modality.CONDITIONAL
        if text.role(place, Role.negation) and not (perfect and place == at - 1 and text.role(place, Role.what)):
            if place > start and text.role(place - 1, Role.what) and text.role(place, Role.unless):
                return Modality.CONDITIONAL  # ما لم يعلن
            if not goes_on:
                found = Modality.NEGATED
        elif text.role(place, Role.what):
            if not goes_on and _denies(text, start, place, at, draft):
                return Modality.NEGATED
            if not (place > start and text.role(place - 1, Role.condition)):
                break
        elif imperfect and place == at - 1 and text.role(place, Role.awaited) and not text.role(place, THAT):
            found = Modality.FUTURE  # حتى تعلن
        elif imperfect and text.role(place, Role.that) and place == at - 1 and place > start:
            if text.role(place - 1, Role.without):
                return Modality.NEGATED
            return Modality.FUTURE if text.role(place - 1, Role.awaited) else Modality.ASSERTED
        elif text.role(place, Role.will):
            found = Modality.FUTURE
        elif imperfect and place == at - 1 and text.role(place, Role.possibly):
            found = Modality.CONDITIONAL
        elif text.role(place, Role.goes_on):
            goes_on = True
        elif not text.role(place, BETWEEN):
            break
    return found


def _denies(text: Text, start: int, what: int, at: int, draft: Draft) -> bool:
    """Whether ما before a perfect negates it (ما قال أحد إن), and does not mean «what» (ما قاله أحد السكان)."""
    if draft.hit.part != "perfect" or draft.hit.pronoun or what + 1 != at or draft.at != at:
        return False
    source = draft.source
    if source is None or draft.construction.source is not Stands.AFTER:
        return False
    first, last = source
    return text.role(first, Role.nobody) and (
        last - first == 1 or not text.words[first + 1].startswith(letters().article)
    )
