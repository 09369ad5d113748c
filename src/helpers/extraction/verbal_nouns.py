"""Participles and verbal nouns that govern their content: مشيرا إلى أن، قوله إن."""

from msgspec import structs

from helpers.extraction import openings, own_words, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import content
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verb_sources import somebody
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

FAR = 25  # like openings.OF_PARTICIPLE, if the participle's own preposition introduces the content
OF_MASDAR = 6  # most words between a verbal noun and the opening of its content


def participle(cue: Candidate) -> Draft | None:
    """The claim of a participle (مشيرا إلى أن), whose speaker is the subject of the clause before it."""
    after = cue.at + 1
    if after < cue.end and cue.text.kinds[after].finite:
        return None  # معلومات مؤكدة تفيد بأن
    draft = _clause(cue, Anchor.PARTICIPLE, openings.OF_PARTICIPLE)
    source = _predicated(cue) if draft else None
    if draft is None or source is None:
        return draft
    return structs.replace(draft, source=source, construction=structs.replace(draft.construction, source=Stands.BEFORE))


def _predicated(cue: Candidate) -> Range | None:
    """The subject of a participle as predicate: ما زالت الحكومة مصرة على أن."""
    text, at = cue.text, cue.at
    first = at
    begun = max(cue.start, at - openings.REACH)
    while first > begun and not text.gaps[first] and not text.role(first, Role.auxiliary):
        first -= 1
    if not text.role(first, Role.auxiliary) or first == at:
        return None
    source = source_phrases.after(text, first + 1, at)
    if source is None or source[1] != at:
        return None
    return source if somebody(text, source[0]) or text.words[source[0]].startswith(letters().article) else None


def masdar(cue: Candidate) -> Draft | None:
    """The claim of a verbal noun with its speaker as a pronoun (قوله إن)."""
    again = _again(cue)
    if not (again or is_masdar(cue.text, cue.at, cue.hit)) or (
        cue.at > cue.start and cue.role(cue.at - 1, Role.formula)
    ):
        return None  # الجدير بالذكر أن
    draft = _clause(cue, Anchor.MASDAR, OF_MASDAR)
    source = _subject(cue) if draft and cue.hit.lead.endswith(letters().article) else None
    if draft is None or source is None:
        return None if again and not is_masdar(cue.text, cue.at, cue.hit) else draft
    return structs.replace(draft, source=source, construction=structs.replace(draft.construction, source=Stands.BEFORE))


def _subject(cue: Candidate) -> Range | None:
    """The speaker before «بالقول», «في القول»: the subject of the verb that begins the clause."""
    text, end = cue.text, cue.at
    if not cue.hit.lead.startswith(letters().by):
        end -= 1
    first = end - 1
    while first > cue.start and not text.gaps[first] & (Gap.comma | BREAK):
        first -= 1
    source = source_phrases.after(text, first + 1, end)
    if source is None or source[1] != end or first >= source[0]:
        return None
    lone = source[1] - source[0] == 1 and source[0] == first + 1  # ويستمر خالد في القول
    if cue.hit.lead.startswith(letters().by) and source[1] - source[0] == 2:
        source = source_phrases.before_object(text, source)  # افتتح الرئيس الجلسة بالقول
    return source if lone or somebody(text, source[0]) or text.words[source[0]].startswith(letters().article) else None


def _clause(cue: Candidate, anchor: Anchor, reach: int) -> Draft | None:
    """The claim of a word whose speaker is outside its clause."""
    opening = openings.find(cue.text, cue.at, cue.end, reach)
    if opening is None and anchor is Anchor.PARTICIPLE:  # مشيرا في تقريره الذي … إلى أن
        opening = openings.find(cue.text, cue.at, cue.end, FAR)
        far = opening is not None and (
            cue.text.words[opening.at - 1] in cue.hit.cue.prepositions or _behind_aside(cue, opening)
        )
        opening = opening if far else None
    opening = own_words.directly(cue) or opening
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    told = content(cue.text, opening, cue.end)
    return Draft(cue.at, cue.hit, Construction(anchor, opening.how), told, begins=cue.at)


def _behind_aside(cue: Candidate, opening: Opening) -> bool:
    """Whether only an occasion between commas is between a participle and أن: «مشيرا، في تقرير نشر أمس، أن»."""
    commas = cue.text.commas_in(cue.at + 1, opening.at + 1)
    occasion = cue.role(cue.at + 1, Role.adjunct | Role.preposition)
    return occasion and commas in ([cue.at + 1, opening.at], [opening.at])


def is_masdar(text: Text, at: int, hit: Hit) -> bool:
    """Whether a word is a verbal noun with a third-person pronoun: قوله، تأكيدها."""
    if hit.lead in letters().by_article:
        return "quotation" in hit.cue.takes
    if hit.lead.endswith(letters().article):  # ذهب إلى القول إن
        return "plain" in hit.cue.takes and _led(text, at)
    ends = letters()
    return hit.part == "masdar" and not text.written(at).endswith(ends.feminine) and text.words[at].endswith(ends.third)


def _led(text: Text, at: int) -> bool:
    """Whether a preposition governs a word: ذهب إلى القول إن; but not غني عن القول."""
    return at > 0 and text.role(at - 1, Role.preposition) and not text.role(at - 1, Role.about | Role.who)


def _again(cue: Candidate) -> bool:
    """Whether a verbal noun with the article follows a verb of turning to something: عاد إلى التأكيد أن."""
    text, at = cue.text, cue.at
    if cue.hit.lead != letters().article[0] or not _led(text, at) or at + 2 >= cue.end:
        return False
    brings = text.words[at + 1] in cue.hit.cue.prepositions and text.role(at + 2, THAT)
    return bool(text.role(at + 1, THAT) or brings)
