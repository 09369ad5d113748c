"""A verb after its content, or in the middle of it: «…»، يقول فلان."""

from msgspec import structs

from helpers.extraction import openings, source_phrases
from helpers.extraction.adjacent_contents import beside
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import WHOLE, said_after
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

TOLD_AFTER = Construction(Anchor.VERB, Opens.BESIDE, Stands.AFTER, Stands.AFTER)  # …، يقول فلان
SAYS = ("perfect", "imperfect")
SPEAKERS = ("person", "group", "organisation")
OUTSIDE = Role.adjunct | Role.time | Role.alongside | Role.circumstance  # of a clause that is no content
WHILE = Role.preposition | Role.pronoun | Role.perfective | Role.dative | Role.adverb | Role.time  # يقول وهو يشير …


def after_content(cue: Candidate, opening: Opening | None) -> Draft | None:
    """The claim of a verb after its content («…»، يقول فلان) or in the middle of it («…»، تضيف فلانة، «…»)."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    begins = _thus(text, at)
    first = text.closes.get(begins)
    marked = bool(text.gaps[begins] & (Gap.comma | Gap.stop))
    if first is None and (begins < at or not text.gaps[at] & Gap.comma):
        return _amid_own_words(cue)
    source = source_phrases.after(text, at + 1, end, True, told="addressee" in hit.cue.takes)
    last = source[1] if source else at + 1
    while last < end and (
        text.role(last, Role.adverb | Role.time) or text.adverbial(last) or (not source and last == at + 1)
    ):
        last += 1
    if first is None:
        if source is None or last < end:
            return _between(cue, source, last)
        if at - cue.start < WHOLE:
            return None
        return Draft(at, hit, TOLD_AFTER, (cue.start, at), source, begins=at)
    heads = first == cue.start or bool(text.gaps[first] & (Gap.comma | BREAK))
    if begins - first <= openings.NAME and not marked and not (heads and _speaks(text, at, source)):
        return None  # رئيس تحرير «الأهالي» يقول
    stands = Stands.AFTER if source else None
    if last in text.opens and text.gaps[last] & Gap.comma and not said_after(text, text.opens[last], end):
        construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AMID, stands)
        return Draft(at, hit, construction, (first, text.opens[last]), source, cue=(at, at + 1), begins=at)
    if source is None and not (last >= end or text.gaps[last] & (Gap.comma | BREAK | Gap.colon)):
        following = at + 1 < end and (opening is None or opening.at > at + 2)
        if not (following and (marked or heads or begins < at) and _while(text, at + 1)):
            return None
    construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AFTER, stands)
    return Draft(at, hit, construction, (first, begins), source, begins=begins)


def _between(cue: Candidate, source: Range | None, last: int) -> Draft | None:
    """The claim of a verb and its speaker between two commas: «الأزمة، يقول الخبير، لن تنتهي»، «…، تروي سعاد، ولم تنم»."""
    text, at = cue.text, cue.at
    apart = last < cue.end and text.gaps[last] & Gap.comma and "parenthesis" in cue.hit.cue.takes
    if source is None or not apart or cue.hit.part not in SAYS:
        return None
    if text.role(cue.start, OUTSIDE) and (cue.hit.part == "perfect" or text.role(last, Role.joined)):
        return None
    if not (text.kinds[source[0]].kind in SPEAKERS or text.role(source[0], Role.given)):
        return None
    draft = beside(cue, (at, at + 1), (source[0], last), Anchor.VERB)
    if draft is None or draft.construction.cue is Stands.BEFORE:
        return None
    return structs.replace(draft, construction=structs.replace(draft.construction, source=Stands.AFTER), source=source)


def _while(text: Text, at: int) -> bool:
    """Whether the words after a verb say when, how or to whom somebody spoke: وهو يشير، للقاضي، بصوت خافت."""
    manner = text.words[at].startswith(letters().by) and not text.role(at, THAT) and not text.kinds[at].kind
    return manner or bool(text.role(at, WHILE))


def _thus(text: Text, at: int) -> int:
    """The beginning of words before a verb that refer back to its content: هكذا قال، هذا ما قالته."""
    if at and text.role(at - 1, Role.thus):
        return at - 1
    if at > 1 and text.role(at - 1, Role.what) and not text.gaps[at] | text.gaps[at - 1]:
        shown = text.role(at - 2, Role.object_head) and text.role(at - 2, Role.standard)
        return at - 2 if shown else at
    return at


def _speaks(text: Text, at: int, source: Range | None) -> bool:
    """Whether the source after a verb can speak: a title, a people, a name, one definite noun; or an adverbial follows."""
    if source is None:
        return text.role(at + 1, Role.pronoun) and text.role(at + 1, Role.joined)
    first, last = source
    alone = last - first == 1 and text.words[first].startswith(letters().article)
    alone = alone and (last >= len(text.words) or bool(text.gaps[last] & (Gap.comma | BREAK)))
    return alone or text.kinds[first].kind in ("person", "group") or text.role(first, Role.given)


def _amid_own_words(cue: Candidate) -> Draft | None:
    """The claim of a verb between dashes inside its content: «… - يقول فلان - …»."""
    text, at = cue.text, cue.at
    inside = text.quoted(at)
    if inside is None or not text.gaps[at] & Gap.dash:
        return None
    source = source_phrases.after(text, at + 1, inside[1], True)
    if source is None or source[1] >= inside[1] or not text.gaps[source[1]] & Gap.dash:
        return None
    construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AMID, Stands.AFTER)
    return Draft(at, cue.hit, construction, inside, source, cue=(at, at + 1), begins=at)
