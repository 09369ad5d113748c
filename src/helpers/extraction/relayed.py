"""Claims that one source relays from another: «نقلت الوكالة عن الوزير قوله إن …», «نقلت الوكالة قول الوزير إن …»."""

from msgspec import structs

from helpers.extraction import openings, own_words, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import content
from helpers.extraction.openings import Opening
from helpers.extraction.texts import Gap, Text
from helpers.extraction.verbal_nouns import is_masdar
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

FAR = 20  # most words between «نقلت» and «عن»
SPEAKERS = ("person", "group", "organisation")


def find(cue: Candidate) -> Draft | None:
    """The claim that one source relays from another: «نقلت الوكالة عن الوزير قوله إن …»,
    «نقلت الوكالة عن التلفزيون قول الوزير إن …»."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    near = range(at + 1, min(end, at + FAR))
    brings = hit.cue.prepositions  # نسبت الصحيفة إلى مسؤول قوله
    leads = THAT if brings else THAT | Role.about
    about = next((k for k in near if text.role(k, leads) or text.words[k] in brings or _by_mouth(text, k)), None)
    if about is None or text.role(about, THAT):
        return _saying(cue)
    first = about + 1
    opening = openings.find(text, about, end) or _own_words(cue, first)
    if opening is None:
        return None
    whose = _whose_saying(text, first, opening.at)
    own = next(((k, h) for k in range(first, opening.at) for h in text.kinds[k].hits if is_masdar(text, k, h)), None)
    own = own or _the_saying(text, first, opening.at - 1)
    if brings and not (whose or own) and opening.how is not Opens.THAT:
        return None
    first, last = (whose[0] + 1, opening.at) if whose else (first, own[0] if own else opening.at)
    carrier = source_phrases.after(text, at + 1, about - 1 if _by_mouth(text, about) else about)
    return _relay(cue, opening, whose or own or (at, hit), source_phrases.after(text, first, last), carrier)


def _own_words(cue: Candidate, first: int) -> Opening | None:
    """What opens own words without marks after the noun of saying: «نسبت الصحيفة إلى والدها قوله لا نعرف …»."""
    text = cue.text
    for at in range(first, min(cue.end, first + FAR)):
        for hit in text.kinds[at].hits:
            if is_masdar(text, at, hit):
                return own_words.directly(structs.replace(cue, at=at, hit=hit), sure=True)
    return None


def _saying(cue: Candidate) -> Draft | None:
    """The same with a noun of saying as the object of the verb: «نقلت الوكالة قول الوزير إن …»."""
    text, first = cue.text, cue.at + 1
    opening = openings.find(text, cue.at, cue.end)
    whose = _whose_saying(text, first + 1, opening.at) if opening else None
    if opening is None or whose is None:
        return None
    carrier = source_phrases.after(text, first, whose[0])
    if carrier is None or carrier[1] != whose[0]:
        return None
    return _relay(cue, opening, whose, source_phrases.after(text, whose[0] + 1, opening.at), carrier)


def _relay(
    cue: Candidate, opening: Opening, said: tuple[int, Hit], source: Range | None, carrier: Range | None
) -> Draft | None:
    """The claim of `source` relayed by `carrier`; its cue is the noun of saying or the verb. None if nobody is named."""
    if source is None:
        return None
    return Draft(
        *said,
        Construction(Anchor.RELAYED, opening.how),
        content(cue.text, opening, cue.end),
        source,
        begins=cue.at,
        carrier=carrier,
        relays=cue.hit,
    )


def _whose_saying(text: Text, first: int, end: int) -> tuple[int, Hit] | None:
    """A verbal noun of saying that is followed by its speaker, by index and reading: «…، قول الوزير إن»."""
    for at in range(first, end - 1):
        apart = text.gaps[at] & Gap.comma and has_article(text.words[at + 1])
        somebody = apart or text.kinds[at + 1].kind in SPEAKERS or text.role(at + 1, Role.given)
        if not somebody or text.kinds[at].finite or (at > first and _leads_on(text, at - 1)):
            continue
        for hit in text.kinds[at].hits:
            plain = not hit.lead
            if plain and hit.cue.pos == "verb":  # not بيان الوزارة, itself relayed
                return at, hit
    return None


def _the_saying(text: Text, first: int, at: int) -> tuple[int, Hit] | None:
    """A verbal noun of saying with the article directly before the content: «نسبت الوكالة إلى الوزير القول إن»."""
    article = letters().article[0]
    said = (h for h in text.kinds[at].hits if h.part == "masdar" and h.lead == article)
    found = next(said, None)
    return (at, found) if found and at > first else None


def _leads_on(text: Text, at: int) -> bool:
    """Whether a word is a noun or preposition that governs the next word: لجنة إعلان …, بعد إعلان …; but not رويترز."""
    if text.gaps[at + 1]:
        return False
    noun = text.kinds[at].kind and not has_article(text.words[at])
    return bool(noun or text.role(at, Role.preposition | Role.adjunct))


def _by_mouth(text: Text, at: int) -> bool:
    """Whether a word is the last of a phrase that is used like عن: على لسان."""
    return any(hit.part == "phrase" and "relays" in hit.cue.takes for hit in text.kinds[at].hits)
