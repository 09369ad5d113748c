"""Who speaks where the clause names nobody: the speaker before, as far as gender and number allow."""

from dataclasses import dataclass

from helpers.extraction import chunks, source_phrases
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.person_names import OWN
from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Role

NEAR = 3  # paragraphs back in which a speaker is still on the reader's mind
DAMMA = "\u064f"
MANY = 50  # claims back to look for a speaker
LEAD = 40  # words of time and manner before the verb whose subject is looked for


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may be speaking on: the words that name them, and the gender that their verb told (m, f, or nothing)."""

    words: Range
    told: str
    paragraph: int


def resolve(text: Text, drafts: list[Draft], places: list[tuple[int, int]], paragraphs: list[int]) -> None:
    """Give each claim without a source its antecedent, or leave it unresolved. The drafts are changed in place.

    places      the sentences as ranges of words; paragraphs the number of each one's paragraph
    """
    speaking: dict[int, list[Speaker]] = {}
    here: list[Draft] = []
    for draft in drafts:
        turn = draft.turn  # who spoke outside of it does not speak on inside
        last = speaking.setdefault(id(turn), [])
        here = [*here[-MANY:], draft] if here and here[-1].sentence == draft.sentence else [draft]
        paragraph = paragraphs[draft.sentence]
        if draft.source is None and not impersonal(text, draft):
            found = _of_sentence(text, draft, here[:-1], places[draft.sentence][0], paragraph)
            if found is None and _speaks_on(text, draft, places[draft.sentence][0]) and not _told(draft):
                near = [s for s in last[-MANY:] if paragraph - s.paragraph <= NEAR]
                found = _just_named(text, draft, near, places, paragraphs)
                found = found or next((s for s in reversed(near) if _fits(text, draft, s)), None)
            draft.antecedent = found.words if found else None
            if found and draft.within is turn:
                last.append(Speaker(found.words, found.told, paragraph))
        elif draft.source is not None and draft.within is turn and _somebody(text, draft.source):
            last.append(_speaker(draft, paragraph, draft.source))


def _speaks_on(text: Text, draft: Draft, start: int) -> bool:
    """Whether the speaker can be one before the sentence: of a verb, or of a participle after a verb with none."""
    if draft.hit.part != "participle":
        return draft.hit.part in ("perfect", "imperfect")
    first = text.words[start]
    verb = first[0] in "وف" and len(first) > 3 and first[1] in "يت" and not text.kinds[start].kind
    return verb and text.role(start + 1, Role.preposition | Role.resumptive) | (text.words[start + 1][0] == "ب")


def _just_named(
    text: Text, draft: Draft, near: list[Speaker], places: list[tuple[int, int]], paragraphs: list[int]
) -> Speaker | None:
    """Who the sentence just before is about, where nobody speaks in it: «رفضت متحدثة … الانتقادات. وذكرت أن …»."""
    before = draft.sentence - 1
    if before < 0 or paragraphs[before] != paragraphs[draft.sentence] or draft.turn is not None:
        return None
    start, end = places[before]
    if near and near[-1].words[0] >= start:
        return None
    words = subject(text, start, end)
    if words is None or text.kinds[words[0]].kind not in ("person", "group"):
        return None
    found = Speaker(words, "", paragraphs[before])
    return found if _fits(text, draft, found) else None


def _told(draft: Draft) -> bool:
    """Whether a claim is told inside somebody's own words: who spoke before them is not who it speaks of."""
    return draft.within is not None and draft.within is not draft.turn and draft.within.quotation


def impersonal(text: Text, draft: Draft) -> bool:
    """Whether nobody is said to speak: a passive (by its letters or its vowels), a rumour, «ويعتقد أن»."""
    hit, at = draft.hit, draft.at
    if hit.part == "passive" or hit.cue.act == "hearsay":
        return True
    if hit.part == "masdar" and not hit.lead.endswith(letters().article):
        return not draft.quotation and not text.words[at].endswith(letters().third)  # هناك اعتقاد بأن
    if hit.part not in ("perfect", "imperfect"):
        return False
    if DAMMA in text.written(at)[len(hit.lead) : len(hit.lead) + 2]:
        return True  # أُعلن
    believed = text.role(at, Role.believed) and text.role(at + 1, THAT)
    return believed and not (at and text.role(at - 1, Role.pronoun | Role.alongside))


def _of_sentence(text: Text, draft: Draft, drafts: list[Draft], start: int, paragraph: int) -> Speaker | None:
    """The speaker of an earlier claim of the same sentence, else the subject of its first verb."""
    before = [d for d in drafts if d.within is draft.within]
    for other in reversed(before):
        words = other.source or other.antecedent
        if words and _somebody(text, words):
            found = _speaker(other, paragraph, words)
            if _fits(text, draft, found):
                return found
    if draft.at > start + 1 and not (before and draft.hit.part == "participle"):
        words = subject(text, max(start, draft.within.content[0]) if draft.within else start, draft.begins)
        if words:
            found = Speaker(words, "", paragraph)
            if _fits(text, draft, found):
                return found
    return None


def subject(text: Text, start: int, end: int) -> Range | None:
    """The subject of the sentence that begins at a word: after its verb («أصدر المركز بيانا»), or at its head."""
    at = start
    stop = min(end, start + LEAD)
    while at < stop and text.role(at, Role.auxiliary | Role.time | Role.adverb | Role.negation | Role.by_turn):
        at += 1
    if at + 1 >= end or text.role(at, Role.preposition | Role.adjunct | Role.begins_clause | Role.that):
        return None
    if text.kinds[at].kind:
        return chunks.phrase(text, at, end)
    if text.words[at].startswith("ال"):
        return chunks.phrase(text, at, end) if _speaks(text, at) else None
    found = source_phrases.after(text, at + 1, end)
    if found and text.words[found[0]].endswith("ين") and text.kinds[found[0]].kind == "group":
        return None  # دعا المانحين: the accusative
    named = found and (text.kinds[found[0]].kind or text.words[found[0]].startswith("ال"))
    return found if named else None


def _speaks(text: Text, at: int) -> bool:
    """Whether a noun with the article that no list has can be somebody: it stands after a cue somewhere, or has a name."""
    return text.words[at] in text.after_verbs or text.role(at + 1, Role.given)


def _somebody(text: Text, words: Range) -> bool:
    """Whether the words of a source can name who speaks on: not من قال, not تصريحه, which only point to somebody."""
    first = words[0]
    if text.role(first, Role.preposition):
        return False
    owned = text.words[first].endswith(OWN) and not text.written(first).endswith("ة")
    return not (owned and words[1] - first == 1 and text.kinds[first].kind in (None, "document"))


def _speaker(draft: Draft, paragraph: int, words: Range) -> Speaker:
    """Who speaks in a claim; the gender is told by its verb where it has its subject beside it."""
    stated = words is draft.source and draft.hit.part in ("perfect", "imperfect")
    return Speaker(words, draft.hit.agreement[1:2] if stated else "", paragraph)


def _fits(text: Text, draft: Draft, speaker: Speaker) -> bool:
    """Whether a verb or participle with no subject can be this speaker's, by gender and number."""
    agreement = draft.hit.agreement
    if len(agreement) < 3 or draft.hit.part == "masdar":
        return True
    plural = chunks.number(text, speaker.words[0]) == "p"
    if agreement[2] == "p":
        return plural
    feminine = (speaker.told or chunks.gender(text, speaker.words[0])) == "f"
    if agreement[1] == "f":
        return feminine
    return not feminine and (draft.hit.part == "participle" or not plural)
