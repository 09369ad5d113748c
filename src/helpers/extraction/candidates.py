"""Candidate speakers of a clause that names none: earlier speakers, and nouns in or near the sentence."""

from helpers.extraction import objects, particles, source_phrases
from helpers.extraction.agreement import clashes
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.speakers import Candidate, Speakers, gender
from helpers.extraction.texts import BREAK, FINITE, Gap, Text, among
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

NEAR = 3  # paragraphs back in which an earlier speaker is a candidate
BACK = 2  # sentences back in which the subject is a candidate
NOUNS_BACK = 0  # sentences back in which any noun is a candidate: only the claim's own
MANY = 40  # claims back that are searched for a speaker
SPEAKING = 6  # most earlier speakers, from the last one back
NOUNS = 6  # most nouns of one sentence, from the last one back
LEAD = 40  # words of time and manner that are skipped before the verb with its subject
MEETS = 4  # words back from a subject to its verb
SCAN = 120  # words of a sentence that are searched for nouns
DROPPED = Role.that_pronoun | Role.pronoun  # لكنها بقيت: the subject is a pronoun
MANNER = Role.auxiliary | Role.time | Role.adverb | Role.negation | Role.by_turn | Role.topic
FRONTED = Role.preposition | Role.adjunct | Role.begins_clause | Role.that
VERBAL = Role.describes | Role.verb
HEADS = ("person", "group", "organisation", "document")


def find(speakers: Speakers, draft: Draft) -> list[Candidate]:
    """The candidate speakers of a claim, the nearest first."""
    text, here = speakers.text, speakers.paragraphs[draft.sentence]
    found: dict[int, Candidate] = {}
    for one in reversed(speakers.speaking.get(draft.turn, ())[-MANY:]):
        if here - speakers.paragraphs[one.last] > NEAR or len(found) >= SPEAKING:
            break
        found.setdefault(one.words[0], one)
    around = speakers.around(draft)
    if around is not None and around.source:
        found.setdefault(around.source[0], Candidate(around.source, around.sentence, "stated", gender(around), around))
    start = 0 if draft.turn is None else speakers.drafts[draft.turn].content[0]
    for sentence in range(draft.sentence, max(-1, draft.sentence - BACK - 1), -1):
        nouns = _nouns(speakers, sentence, draft.begins) if sentence >= draft.sentence - NOUNS_BACK else []
        for one in _subject(speakers, sentence) + nouns:
            first, end = one.words
            if start <= first < draft.begins:
                last = draft.begins  # up to the claim's own words
                while last > first + 1 and speakers.text.role(last - 1, Role.relative):
                    last -= 1
                before = (first, last)
                cut = Candidate(before, one.sentence, one.how, one.told) if end > draft.begins else one
                found.setdefault(first, cut)
    if text.role(draft.at + 1, Role.resumptive) and text.words[draft.at + 1].startswith(letters().within):
        told = {at for at in found if text.kinds[at].kind == "document"}  # بلاغا أخبر فيه: where it was said
        found = {at: one for at, one in found.items() if at not in told}
    kept = [one for one in found.values() if not (one.told and clashes(speakers, draft, one))]
    if around is not None and around.quotation:
        kept = [one for one in kept if not _outside(around, one)]
    return sorted(kept, key=lambda one: -one.words[0])


def _outside(quotation: Draft, one: Candidate) -> bool:
    """Whether a candidate is named outside a quotation or only in passing, so that no claim in it can be its own."""
    return one.how == "noun" or not quotation.content[0] <= one.words[0] < quotation.content[1]


def _subject(speakers: Speakers, sentence: int) -> list[Candidate]:
    """The subject of a sentence, if it has one; cached for later claims."""
    found = speakers.subjects.get(sentence)
    if found is None:
        text, (start, end) = speakers.text, speakers.places[sentence]
        words = subject(text, particles.clause_start(text, start), end)
        words = objects.cut(text, words) if words and _can_speak(text, words[0]) else None
        told = _verb_before(text, words[0]) if words else ""
        whole = words
        if words and any(text.role(at, Role.meets) for at in range(max(start, words[0] - MEETS), words[0])):
            words = objects.met(text, words)
        elif words and words[0] > start:
            words = objects.behind(text, words)
        found = speakers.subjects[sentence] = [Candidate(words, sentence, "subject", told)] if words else []
        if words and whole and words != whole and text.kinds[words[1]].kind in objects.SOMEBODY:
            found.append(Candidate((words[1], whole[1]), sentence, "noun"))
    return found


def _can_speak(text: Text, at: int) -> bool:
    """Whether the head noun of a subject can be a speaker; not so in «هطلت الأمطار»."""
    word = text.kinds[at]
    if word.roles & (Role.what | Role.relative):
        return False
    if word.kind or not text.words[at].startswith(letters().article):
        return word.kind != "standard"
    return text.words[at] in text.after_verbs or text.role(at + 1, Role.given)


def _nouns(speakers: Speakers, sentence: int, before: int) -> list[Candidate]:
    """The nouns of a sentence that can head a source, before the word `before`, the last first."""
    text, (start, end) = speakers.text, speakers.places[sentence]
    heads = speakers.heads.get(sentence)
    if heads is None:
        nouns = among(text.nouns, start, min(end, start + SCAN))
        heads = [at for at in nouns if text.kinds[at].kind in HEADS and source_phrases.begins(text, at)]
        speakers.heads[sentence] = heads
    found = []
    for at in reversed([at for at in heads if at < before][-NOUNS:]):
        one = speakers.nouns.get(at)
        if one is None:
            one = speakers.nouns[at] = Candidate(
                objects.cut(text, source_phrases.phrase(text, at, end)), sentence, "noun"
            )
        found.append(one)
    return found


def _verb_before(text: Text, at: int) -> str:
    """The gender of a cue before its subject, even of one that does not report here (رفضت متحدثة)."""
    told = {h.agreement[1:2] for h in text.kinds[at - 1].hits if h.part in FINITE} if at and text.kinds[at].kind else ()
    return "".join(told) if len(told) == 1 else ""


def subject(text: Text, start: int, end: int) -> Range | None:
    """The subject of a sentence: after its first verb («أصدر المركز بيانا»), or the noun at its beginning.

    Words of time and manner are skipped, and the words before a first comma (من جهة أخرى، رفض فلان).
    """
    at = _opening(text, start, min(end, start + LEAD))
    if at + 1 >= end:
        return None
    if text.role(at, DROPPED):
        return None
    if not text.role(at, Role.meets) and (
        text.kinds[at].kind
        or text.words[at].startswith(letters().article)
        or (text.role(at + 1, VERBAL) and not text.kinds[at].hits)
    ):
        return source_phrases.phrase(text, at, end)
    return source_phrases.after(text, at + 1, end)


def _opening(text: Text, start: int, stop: int) -> int:
    at = _over(text, start, stop)
    if text.role(at, FRONTED) and not text.kinds[at].finite:
        comma = next((k for k in range(at + 1, stop) if text.gaps[k] & (Gap.comma | BREAK)), stop)
        return _over(text, comma, stop)
    if at > start and text.role(at - 1, Role.by_turn):
        return next((k for k in range(at, min(stop, at + 4)) if text.gaps[k] & Gap.comma), at)
    return at


def _over(text: Text, at: int, stop: int) -> int:
    while at < stop and text.roles[at] & MANNER:
        at += 1
    return at
