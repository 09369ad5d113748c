"""Finds where a content ends: at the end of its sentence, at a later claim, or where the outlet speaks again."""

from msgspec import structs

from helpers.extraction import content_tails
from helpers.extraction.antecedents import impersonal
from helpers.extraction.constructions import Opens
from helpers.extraction.content_edges import FAR, edge, leaves
from helpers.extraction.drafts import Draft
from helpers.extraction.nesting import MANY
from helpers.extraction.texts import Gap, Text, among
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.records.modality import Modality

SUBORDINATE = 3  # words before a claim that are searched for a conjunction making its clause subordinate
DATELINE = 4  # most words of a dateline: place and author, before a dash at the beginning of a sentence


def cut(text: Text, drafts: list[Draft]) -> list[Draft]:
    """End each content of a sentence's drafts where another claim begins; a draft with no content left is dropped."""
    ended = [_ended(text, draft, drafts[number + 1 : number + 1 + MANY]) for number, draft in enumerate(drafts)]
    ended = [_given_back(text, draft, ended[max(0, number - MANY) : number]) for number, draft in enumerate(ended)]
    return [draft for draft in ended if draft.content[0] < draft.content[1]]


def _ended(text: Text, draft: Draft, later: list[Draft]) -> Draft:
    if draft.quotation or draft.construction.trails:
        return draft
    first, end = draft.content
    for other in later:
        if other.at >= end:
            break
        if first < other.at and leaves(text, draft, other):
            leaving = edge(text, first, other)
            if leaving == first + 1 and text.role(first, Role.that_pronoun):
                continue  # إنه في حين يرى بعضهم أن …، يعتقد آخرون أن
            end = min(end, leaving)
            break
    if draft.modality != Modality.ASSERTED or _conceded(text, draft):
        end = _then(text, first, end, draft.modality == Modality.ASSERTED)
    end = _further_act(text, draft, _comment(text, first, _inserted(text, draft.at, first, end)))
    end = content_tails.main_clause(text, draft.begins, draft.at, first, end)
    own = draft.construction.opens is Opens.COLON
    end = max(
        first,
        content_tails.tail(text, first, end, impersonal(text, draft) or draft.hit.cue.stance == "distancing", own),
    )
    return draft if end == draft.content[1] else structs.replace(draft, content=(first, end))


def _inserted(text: Text, cue: int, first: int, end: int) -> int:
    """The end of a content before the dash that closes the insertion around its cue: «- وتأكيدهم أن … -»."""
    dashes = [at for at in range(first + 1, end) if text.gaps[at] & Gap.dash]
    if len(dashes) % 2 == 0:
        return end
    start = text.sentences[text.article.place(text.starts[cue]).number - 1][0]
    opened = sum(1 for at in range(max(start + DATELINE, cue - FAR), cue + 1) if text.gaps[at] & Gap.dash)
    return dashes[0] if opened % 2 else end


def _further_act(text: Text, draft: Draft, end: int) -> int:
    """The end of a content before its speaker's next act, whose verb is a cue: «نفت النيابة أن …، ووصفت …»."""
    first = draft.content[0]
    agreement = draft.hit.agreement[1:]
    for at in among(text.cues, first + 2, end) if agreement else ():
        hits = text.kinds[at].hits if text.gaps[at] & Gap.comma and not text.kinds[at].kind else ()
        for hit in hits:
            same = hit.agreement[:1] == "3" and hit.agreement[1:] == agreement
            if same and hit.part in ("perfect", "imperfect") and hit.lead in letters().joining:
                told = text.quoted(at)
                return end if told and first <= told[0] < at else at
    return end


def _given_back(text: Text, draft: Draft, earlier: list[Draft]) -> Draft:
    """A draft, cut where the outer one continues with its own particle: «إن الشركة أعلنت أنها … وإن النقابة …»."""
    mine = _particle(text, draft)
    if not mine and draft.construction.opens is not Opens.OBJECT:
        return draft
    first, end = draft.content
    for outer in reversed(earlier):
        if outer.content[0] <= draft.at < outer.content[1] and (theirs := _particle(text, outer)):
            if theirs == mine:
                return draft
            places = (at for at in range(first + 1, end) if text.role(at, THAT) and text.role(at, Role.joined))
            back = next((at for at in places if text.written(at)[1:2] == theirs), end)
            return structs.replace(draft, content=(first, min(back, outer.content[1])))
    return draft


def _particle(text: Text, draft: Draft) -> str:
    """The first letter, as received, of the أن or إن that opens a content; empty if none does."""
    if draft.construction.opens is not Opens.THAT:
        return ""
    first = draft.content[0]
    return text.written(first if text.role(first, Role.that_pronoun) else first - 1)[:1]


def _conceded(text: Text, draft: Draft) -> bool:
    """Whether a claim is in a concessive clause that is followed by its main clause: «ورغم أن الوزير قال إن …، فإن …»."""
    first = min(draft.begins, draft.at)
    return any(role & (Role.condition | Role.concession) for role in text.roles[max(0, first - SUBORDINATE) : first])


def _then(text: Text, first: int, end: int, main: bool) -> int:
    """The end of a content before its consequence: «إذا أعلنت أن الاقتراع باطل، فسيعاد».

    main   only a main clause with فإن or فقد ends it
    """
    for at in text.commas_in(first + 1, min(end, first + FAR)):
        so = text.words[at].startswith(letters().so) and not text.kinds[at].kind
        if so and (not main or text.role(at, Role.then_that | Role.perfective)):
            return at
    return end


def _comment(text: Text, first: int, end: int) -> int:
    """The end of a content before the outlet's own comment on it: «…، وهو ما …»، «…، مبديا استعداده»."""
    for at in text.commas_in(first + 1, min(end, first + FAR)):
        what = text.role(at, Role.pronoun) and text.role(at + 1, Role.what)
        if what or any(hit.part == "participle" for hit in text.kinds[at].hits) or _circumstance(text, at, end):
            return at
    return end


def _circumstance(text: Text, at: int, end: int) -> bool:
    """Whether a participle that is not in the lexicon has its own content: …، مبرزا أن."""
    word, ends = text.words[at], letters()
    if text.kinds[at].kind or text.kinds[at].roles or not word.startswith(ends.participle):
        return False
    that = at + 1 < end and text.role(at + 1, THAT)
    return bool(that) and word.endswith(ends.folded_accusative) and not text.gaps[at + 1]
