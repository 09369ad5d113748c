"""Who may be speaking where the clause names nobody, and what speaks for and against each: features with names.

A candidate is who spoke before, or who is named in the sentence or shortly before. Gender and number are read off
letters, the lexicon, and the verbs that stand beside a name anywhere in the article. What a feature weighs is a row of
`antecedents.csv`; `antecedents` adds up.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from msgspec import Struct

from helpers.extraction import objects, particles, source_phrases
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, FINITE, Gap, Text, among
from helpers.lexicon.vocabulary import Role

NEAR = 3  # paragraphs back in which a speaker is still on the reader's mind
BACK = 2  # sentences back whose subject may speak on
NOUNS_BACK = 0  # and sentences back in which anybody named may: none but its own
MANY = 40  # claims back to look for a speaker
SPEAKING = 6  # speakers before who are looked at, the last first
NOUNS = 6  # nouns of one sentence that are looked at, the last first
LEAD = 40  # words of time and manner before the verb whose subject is looked for
SCAN = 120  # words of a sentence in which nouns are looked for
NAME = 12  # words of a phrase in which a name is looked for
OFTEN = 3  # claims: who speaks more often is told apart no further
PASSED = Role.relative | Role.preposition  # in no name
DROPPED = Role.that_pronoun | Role.pronoun  # لكنها بقيت: the subject is a pronoun
MANNER = Role.auxiliary | Role.time | Role.adverb | Role.negation | Role.by_turn | Role.topic
FRONTED = Role.preposition | Role.adjunct | Role.begins_clause | Role.that
VERBAL = Role.describes | Role.verb
HEADS = ("person", "group", "organisation", "document")
PLURALS = ("ون", "ين", "و")

AS = ("stated", "inherited", "subject", "noun")
PLACES = ("same sentence", "sentence before", "two sentences before", "further")
PARTS = ("verb", "participle", "masdar")
AGREES, MAY, NOT = "agrees", "may agree", "disagrees"
AGREEMENT = {
    "feminine, as its verb": AGREES,
    "feminine, not as its verb": NOT,
    "masculine, as its verb": AGREES,
    "masculine, not as its verb": NOT,
    "feminine, ends in ة": AGREES,
    "masculine, ends in ة": NOT,
    "feminine, does not end in ة": NOT,
    "masculine, does not end in ة": AGREES,
    "feminine, a name": MAY,
    "masculine, a name": MAY,
    "plural, a plural": AGREES,
    "plural, no plural": NOT,
    "feminine singular, a plural": MAY,
    "feminine singular, a plural in ون": NOT,
    "masculine singular, a plural": NOT,
}
CLASHES = ("feminine, not as its verb", "masculine, not as its verb")
NOBODY = (
    "nobody",
    *(f"nobody, {part}" for part in ("perfect", "imperfect", "participle", "masdar", "phrase", "particle")),
    "nobody, imperfect 3ms",
    "nobody, in a content",
    "nobody, in a quotation",
    "nobody, in mid-sentence",
    "nobody, with و",
)
STANDS = {how: [f"{how}, {where}" for where in PLACES] for how in AS}
AS_PART = {how: {part: f"{how}, {part}" for part in PARTS} for how in AS}
SAME_SENTENCE = {part: f"same sentence, {part}" for part in PARTS}
GOVERNED = {how: f"{how}, after a preposition" for how in AS}
JOINED = {how: f"{how}, the next sentence begins with و" for how in AS}
PARAGRAPHS = {number: f"{number} paragraphs before" for number in range(1, NEAR + 1)}
BACK_SPEAKER = {number: f"speaker, {number} back" for number in (1, 2, 3)}
GOES_ON = [f"the verb goes on, {who}" for who in ("no speaker", "last speaker", "speaker before")]  # by how far back
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


class Candidate(Struct, frozen=True, gc=False):
    """Somebody who may be speaking: the words that name them, and as what they stand there.

    sentence   the number of the sentence that names them; until: of the last one that they speak in
    how        stated (the source of a claim), inherited (found to speak in one), subject (of its sentence), noun
    told       the gender that a verb beside it tells: m, f, or nothing
    claim      the one that they speak in, or None
    """

    words: Range
    sentence: int
    how: str
    told: str = ""
    claim: Draft | None = None
    until: int = -1

    @property
    def last(self) -> int:
        """The last sentence that is theirs."""
        return self.until if self.until > self.sentence else self.sentence


class Name(Struct, frozen=True, gc=False):
    """What the words that name somebody tell: those that tell them from others, how many claims state them, what gender."""

    words: frozenset[str]
    often: int
    told: str


@dataclass(slots=True)
class Heard:
    """Who is heard in an article, while its claims are gone through in order.

    drafts               the claims, those that were gone through with their antecedents
    places, paragraphs   the sentences as ranges of words, and the paragraph of each
    speaking             who spoke so far, and silent the last cue of somebody unresolved; by the turn of an interview
    subjects, heads      the subject of a sentence, and the words in it that can head a source; nouns by their word
    named                what the words of a candidate tell
    often, told          by a word of a name how many claims state it as their source, and the gender that their verbs tell
    """

    text: Text
    drafts: list[Draft]
    places: list[Range]
    paragraphs: list[int]
    speaking: dict[int | None, list[Candidate]] = field(default_factory=dict)
    silent: dict[int | None, int] = field(default_factory=dict)
    subjects: dict[int, list[Candidate]] = field(default_factory=dict)
    heads: dict[int, list[int]] = field(default_factory=dict)
    nouns: dict[int, Candidate] = field(default_factory=dict)
    named: dict[Range, Name] = field(default_factory=dict)
    often: dict[str, int] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def around(self, draft: Draft) -> Draft | None:
        """The claim in whose content one stands."""
        return None if draft.within is None else self.drafts[draft.within]

    def name(self, words: Range) -> Name:
        """What the words of a candidate tell."""
        found = self.named.get(words)
        if found is None:
            parts = names(self.text, words)
            often = max([self.often.get(part, 0) for part in parts])
            told = next(filter(None, map(self.told.get, parts)), "") if self.told else ""
            found = self.named[words] = Name(frozenset(parts), often, told)
        return found

    def add(self, draft: Draft) -> None:
        """Put down who speaks in a claim, or that nobody knows."""
        words = draft.source or draft.antecedent
        if words is not None and self.text.role(words[0], Role.what):
            return  # وفق ما تم الإعلان عنه: nobody
        if words is None:
            if draft.within in (None, draft.turn):
                self.silent[draft.turn] = draft.at
            return
        how, told = ("stated", gender(draft)) if draft.source else ("inherited", "")
        ends = bisect_right(self.places, (draft.content[1] - 1, len(self.text.words))) - 1
        found = Candidate(words, draft.sentence, how, told, draft, ends)
        self.speaking.setdefault(draft.turn, []).append(found)


def heard(text: Text, drafts: list[Draft]) -> Heard:
    """An article before its claims are gone through: how often who is stated as a source, and with what verbs."""
    made = Heard(text, drafts, text.sentences, [place.paragraph for place in text.article.sentences])
    for draft in drafts:
        if draft.source is not None:
            told = gender(draft)
            for word in names(text, draft.source):
                made.often[word] = made.often.get(word, 0) + 1
                if told:
                    made.told.setdefault(word, told)
    return made


def gender(draft: Draft) -> str:
    """The gender that the finite verb of a claim tells of the source beside it: m, f, or nothing."""
    told = draft.hit.agreement[1:2] if draft.hit.part in FINITE else ""
    return "" if told == "x" else told


def names(text: Text, words: Range) -> list[str]:
    """The words of a phrase that tell it from others: no nouns that head sources; the first word where there are none."""
    first, end = words
    end = min(end, first + NAME)
    found = []
    for word, kind, role in zip(text.words[first:end], text.kinds[first:end], text.roles[first:end], strict=True):
        if role & PASSED:
            if role & Role.relative:
                break
        elif not kind.kind and len(word) > 2:
            found.append(word.removeprefix("ال"))
    return found or [text.words[first].removeprefix("ال")]


def find(heard: Heard, draft: Draft) -> list[Candidate]:
    """Those who may be speaking in a claim, the nearest first."""
    here = heard.paragraphs[draft.sentence]
    found: dict[int, Candidate] = {}
    for one in reversed(heard.speaking.get(draft.turn, ())[-MANY:]):
        if here - heard.paragraphs[one.last] > NEAR or len(found) >= SPEAKING:
            break
        found.setdefault(one.words[0], one)
    around = heard.around(draft)
    if around is not None and around.source:
        found.setdefault(around.source[0], Candidate(around.source, around.sentence, "stated", gender(around), around))
    start = 0 if draft.turn is None else heard.drafts[draft.turn].content[0]
    for sentence in range(draft.sentence, max(-1, draft.sentence - BACK - 1), -1):
        nouns = _nouns(heard, sentence, draft.begins) if sentence >= draft.sentence - NOUNS_BACK else []
        for one in _subject(heard, sentence) + nouns:
            first, end = one.words
            if start <= first < draft.begins:
                before = (first, draft.begins)  # up to the claim's own words
                cut = Candidate(before, one.sentence, one.how, one.told) if end > draft.begins else one
                found.setdefault(first, cut)
    kept = [one for one in found.values() if not (one.told and clashes(heard, draft, one))]
    if around is not None and draft.within != draft.turn and around.quotation:
        kept = [one for one in kept if not _outside(around, one)]
    return sorted(kept, key=lambda one: -one.words[0])


def _outside(quotation: Draft, one: Candidate) -> bool:
    """Whether somebody is named outside of a quotation, or in passing: not who a claim that is told in it speaks of."""
    return one.how == "noun" or not quotation.content[0] <= one.words[0] < quotation.content[1]


def _subject(heard: Heard, sentence: int) -> list[Candidate]:
    """The subject of a sentence, if it has one; kept for the next claim."""
    found = heard.subjects.get(sentence)
    if found is None:
        text, (start, end) = heard.text, heard.places[sentence]
        words = subject(text, particles.clause_start(text, start), end)
        words = objects.cut(text, words) if words and _can_speak(text, words[0]) else None
        told = _verb_before(text, words[0]) if words else ""
        found = heard.subjects[sentence] = [Candidate(words, sentence, "subject", told)] if words else []
    return found


def _can_speak(text: Text, at: int) -> bool:
    """Whether the noun that heads a subject can be somebody: not what is merely named, as in «هطلت الأمطار»."""
    word = text.kinds[at]
    if word.roles & (Role.what | Role.relative):
        return False
    if word.kind or not text.words[at].startswith("ال"):
        return word.kind != "standard"
    return text.words[at] in text.after_verbs or text.role(at + 1, Role.given)


def _nouns(heard: Heard, sentence: int, before: int) -> list[Candidate]:
    """The nouns of a sentence before a word that can head a source, the last first."""
    text, (start, end) = heard.text, heard.places[sentence]
    heads = heard.heads.get(sentence)
    if heads is None:
        nouns = among(text.nouns, start, min(end, start + SCAN))
        heads = [at for at in nouns if text.kinds[at].kind in HEADS and source_phrases.begins(text, at)]
        heard.heads[sentence] = heads
    found = []
    for at in reversed([at for at in heads if at < before][-NOUNS:]):
        one = heard.nouns.get(at)
        if one is None:
            one = heard.nouns[at] = Candidate(objects.cut(text, source_phrases.phrase(text, at, end)), sentence, "noun")
        found.append(one)
    return found


def _verb_before(text: Text, at: int) -> str:
    """The gender that a cue before its subject tells, also one that reports nothing (رفضت متحدثة)."""
    told = {h.agreement[1:2] for h in text.kinds[at - 1].hits if h.part in FINITE} if at and text.kinds[at].kind else ()
    return "".join(told) if len(told) == 1 else ""


def subject(text: Text, start: int, end: int) -> Range | None:
    """Who a sentence is about: the subject after its first verb («أصدر المركز بيانا»), or the noun at its head.

    Words of time and manner are passed over, and what stands before a first comma (من جهة أخرى، رفض فلان).
    """
    at = _opening(text, start, min(end, start + LEAD))
    if at + 1 >= end:
        return None
    if text.role(at, DROPPED):
        return None
    if (
        text.kinds[at].kind
        or text.words[at].startswith("ال")
        or (text.role(at + 1, VERBAL) and not text.kinds[at].hits)
    ):
        return source_phrases.phrase(text, at, end)
    found = source_phrases.after(text, at + 1, end)
    if found and text.words[found[0]].endswith("ين") and text.kinds[found[0]].kind == "group":
        return None  # دعا المانحين: the accusative
    return found


def _opening(text: Text, start: int, stop: int) -> int:
    at = _over(text, start, stop)
    if text.role(at, FRONTED):
        comma = next((k for k in range(at + 1, stop) if text.gaps[k] & (Gap.comma | BREAK)), stop)
        return _over(text, comma, stop)
    if at > start and text.role(at - 1, Role.by_turn):
        return next((k for k in range(at, min(stop, at + 4)) if text.gaps[k] & Gap.comma), at)
    return at


def _over(text: Text, at: int, stop: int) -> int:
    while at < stop and text.roles[at] & MANNER:
        at += 1
    return at


def features(heard: Heard, draft: Draft, found: list[Candidate]) -> list[list[str]]:
    """For each candidate what speaks for and against it."""
    spoke = sorted((one for one in found if one.claim), key=lambda one: one.claim.at if one.claim else 0, reverse=True)
    ranks = {id(one): rank for rank, one in enumerate(spoke, 1)}
    goes_on = "continuing" in draft.hit.cue.takes
    part = draft.hit.part if draft.hit.part in PARTS else "verb"
    agreed, near = False, 0
    made = []
    for one in found:
        mine: list[str] = []
        _place(mine, heard, draft, one, part)
        _phrase(mine, heard, draft, one)
        back = ranks.get(id(one), 0)
        if back:
            mine.append(BACK_SPEAKER[min(3, back)])
            _speaking(mine, heard, draft, one)
        if goes_on:
            mine.append(GOES_ON[min(back, 2)])
        if one.sentence == draft.sentence and one.how != "noun":
            near += 1
            mine.append(NEAREST[min(2, near)])
        told = agreement(heard, draft, one)
        if told:
            mine += [told, AGREEMENT[told]]
        if not agreed and not (told and AGREEMENT[told] == NOT):
            mine.append("nearest that agrees")
            agreed = True
        made.append(mine)
    return made


def _place(mine: list[str], heard: Heard, draft: Draft, one: Candidate, part: str) -> None:
    last = min(one.last, draft.sentence)
    back = draft.sentence - last
    mine += (STANDS[one.how][min(back, 3)], AS_PART[one.how][part])
    paragraphs = heard.paragraphs[draft.sentence] - heard.paragraphs[last]
    if paragraphs:
        mine.append(PARAGRAPHS[min(paragraphs, NEAR)])
    if back == 0:
        mine.append(SAME_SENTENCE[part])
        if one.words[1] >= draft.begins - 1:
            mine.append("stands just before")
            if any(role & Role.relative for role in heard.text.roles[one.words[0] + 1 : draft.at]):
                mine.append("its relative clause holds the cue")
    elif draft.hit.joined and draft.at == heard.places[draft.sentence][0]:
        mine.append(JOINED[one.how])


def _phrase(mine: list[str], heard: Heard, draft: Draft, one: Candidate) -> None:
    text, first = heard.text, one.words[0]
    mine.append(HEAD[text.kinds[first].kind or "unknown"])
    if (first and text.roles[first - 1] & Role.preposition) or text.roles[first] & Role.dative:
        mine.append(GOVERNED[one.how])
    mine.append(OFTEN_SOURCE[min(heard.name(one.words).often, OFTEN)])
    quotation = text.quoted(first)
    if quotation and not quotation[0] <= draft.at < quotation[1]:
        mine.append("in a quotation")


def _speaking(mine: list[str], heard: Heard, draft: Draft, one: Candidate) -> None:
    claim = one.claim
    if claim is None:
        return
    if heard.silent.get(draft.turn, -1) > claim.at:
        mine.append("somebody unresolved spoke since")
    if claim is heard.around(draft):
        mine.append("speaker of the claim around it")
    elif claim.within != draft.within:
        mine.append("spoke in another content" if claim.within is not None else "spoke around this content")


def agreement(heard: Heard, draft: Draft, one: Candidate) -> str:
    """How a verb or participle agrees with a candidate in gender and number, a key of AGREEMENT; nothing where none is told.

    A plural of things takes the feminine singular, and so may the verb before its subject: a verb beside a name tells more
    than the name's letters.
    """
    wanted = draft.hit.agreement
    if len(wanted) < 3 or draft.hit.part == "masdar":
        return ""
    text, first = heard.text, one.words[0]
    word, kind = text.words[first], text.kinds[first].kind
    plural = kind == "group" or (word.endswith(PLURALS) and len(word) > 4)
    told = one.told or heard.name(one.words).told
    which = "feminine" if wanted[1] == "f" else "masculine"
    if wanted[2] in "pd":
        return "plural, a plural" if plural else "plural, no plural"
    if plural and told != wanted[1]:
        sound = which == "feminine" and word.endswith(PLURALS)
        return f"{which} singular, a plural in ون" if sound else f"{which} singular, a plural"
    if told:
        return f"{which}, as its verb" if told == wanted[1] else f"{which}, not as its verb"
    if text.written(first).endswith("ة") or _feminine_adjective(text, one.words):
        return f"{which}, ends in ة"
    return f"{which}, does not end in ة" if kind or word.startswith("ال") else f"{which}, a name"


def clashes(heard: Heard, draft: Draft, one: Candidate) -> bool:
    """Whether verb and candidate cannot go together: the verb beside the candidate tells the other gender."""
    return one.told not in ("", draft.hit.agreement[1:2]) and agreement(heard, draft, one) in CLASHES


def _feminine_adjective(text: Text, words: Range) -> bool:
    """Whether a definite noun has a feminine adjective, which tells its gender: الأمم المتحدة, القوات المسلحة."""
    first, end = words
    both = first + 1 < end and text.words[first].startswith("ال") and text.words[first + 1].startswith("ال")
    return both and not text.gaps[first + 1] and text.written(first + 1).endswith("ة")


def nobody(heard: Heard, draft: Draft) -> list[str]:
    """What speaks for leaving a claim unresolved."""
    made = ["nobody", f"nobody, {draft.hit.part}"]
    if draft.hit.part == "imperfect" and draft.hit.agreement == "3ms":
        made.append("nobody, imperfect 3ms")  # يعتقد أن: it is believed
    around = heard.around(draft)
    if around is not None and draft.within != draft.turn:
        made.append("nobody, in a quotation" if around.quotation else "nobody, in a content")
    if draft.at > heard.places[draft.sentence][0]:
        made.append("nobody, in mid-sentence")
    if draft.hit.joined:
        made.append("nobody, with و")
    return made
