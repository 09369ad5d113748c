"""Who may be speaking where the clause names nobody, and what there is to say for and against each: named features.

A feature is a plain phrase; its weight is a row of `antecedents.csv`. Distances are in claims, sentences and paragraphs;
gender and number are read off letters, lexicon and the verbs that stand beside a name anywhere in the article.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.extraction import speakers
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import FINITE, BREAK, Gap, Text
from helpers.lexicon.vocabulary import Role

NEAR = 3  # paragraphs back in which a speaker is still on the reader's mind
BACK = 2  # sentences back in which somebody named may speak on
SPEAKING = 6  # speakers before who are looked at, the last first
NOUNS = 12  # nouns of one sentence that are looked at, the last first
LEAD = 40  # words of time and manner before the verb whose subject is looked for
SCAN = 120  # words of a sentence in which nouns are looked for
HEADS = ("person", "group", "organisation", "document")
PLURALS = ("ون", "ين", "و")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be speaking: the words that name them, where, and as what they stand there.

    how    stated (the source of a claim), inherited (found to speak in one), subject (of the sentence), noun
    told   the gender that a verb beside it tells: m, f, or nothing
    """

    words: Range
    sentence: int
    how: str
    told: str = ""
    claim: Draft | None = None
    until: int = -1


@dataclass(slots=True)
class Article:
    """What is known of the speakers of an article while its claims are gone through.

    speaking   by the turn of an interview (its id) who spoke so far; nouns, opening: by sentence who is named in it, and its subject
    often, told   by the words of a name how many claims state it as their source, and the gender that their verbs tell
    """

    text: Text
    places: list[Range]
    paragraphs: list[int]
    speaking: dict[int, list[Candidate]] = field(default_factory=dict)
    nouns: dict[int, list[Candidate]] = field(default_factory=dict)
    often: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)
    silent: dict[int, int] = field(default_factory=dict)

    def heard(self, draft: Draft, words: Range, how: str) -> None:
        """Put down who speaks in a claim."""
        told = gender(draft) if how == "stated" else ""
        until = max(draft.sentence, bisect_right(self.places, (draft.content[1] - 1, len(self.text.words))) - 1)
        found = Candidate(words, draft.sentence, how, told, draft, until)
        self.speaking.setdefault(id(draft.turn), []).append(found)


def of(text: Text, drafts: list[Draft], places: list[Range], paragraphs: list[int]) -> Article:
    """The article before any claim is gone through: how often who is named as a source, and with what verbs."""
    article = Article(text, places, paragraphs)
    for draft in drafts:
        if draft.source is not None:
            told = gender(draft)
            for word in names(text, draft.source):
                article.often[word] += 1
                if told:
                    article.told.setdefault(word, told)
    return article


def gender(draft: Draft) -> str:
    """The gender that the finite verb of a claim tells of the source beside it: m, f, or nothing."""
    return draft.hit.agreement[1:2] if draft.hit.part in FINITE and draft.hit.agreement[1:2] in "mf" else ""


def names(text: Text, words: Range) -> list[str]:
    """The words of a phrase that can tell it from another: no preposition, no noun that heads sources; without the article."""
    first, end = words
    end = next((at for at in range(first + 1, min(end, first + 12)) if text.role(at, Role.relative)), min(end, first + 12))
    return [
        text.words[at].removeprefix("ال")
        for at in range(first, end)
        if len(text.words[at]) > 2 and not text.kinds[at].kind and not text.role(at, Role.preposition | Role.relative)
    ] or [text.words[first].removeprefix("ال")]


def find(article: Article, draft: Draft) -> list[Candidate]:
    """Those who may be speaking in a claim, the nearest first: who spoke before it, and who is named in its sentence and before."""
    text, here = article.text, article.paragraphs[draft.sentence]
    found: dict[int, Candidate] = {}
    for one in reversed(article.speaking.get(id(draft.turn), ())[-40:]):
        if here - article.paragraphs[one.until] > NEAR or len(found) >= SPEAKING:
            break
        found.setdefault(one.words[0], one)
    around = draft.within
    if around is not None and around.source:
        found.setdefault(around.source[0], Candidate(around.source, around.sentence, "stated", gender(around), around))
    start = draft.turn.content[0] if draft.turn else 0
    for sentence in range(draft.sentence, max(-1, draft.sentence - BACK - 1), -1):
        for one in _named(article, sentence):
            if start <= one.words[0] and one.words[0] < draft.begins and not one.words[0] <= draft.at < one.words[1]:
                found.setdefault(one.words[0], one)
            elif one.words[0] <= draft.at < one.words[1] and one.words[0] < draft.begins:
                found.setdefault(one.words[0], Candidate((one.words[0], draft.begins), one.sentence, one.how, one.told))
    return sorted(found.values(), key=lambda one: -one.words[0])


def _named(article: Article, sentence: int) -> list[Candidate]:
    """Who is named in a sentence, the last first; kept for the next claim."""
    if sentence not in article.nouns:
        found = list(_nouns(article.text, article.places[sentence], sentence))
        article.nouns[sentence] = found[::-1][:NOUNS]
    return article.nouns[sentence]


def _nouns(text: Text, place: Range, sentence: int) -> Iterator[Candidate]:
    start, end = place
    opening = subject(text, start, end)
    for at in range(start, min(end, start + SCAN)):
        if opening and at == opening[0]:
            yield Candidate(opening, sentence, "subject", _verb_before(text, at))
        elif text.kinds[at].kind in HEADS and speakers.begins(text, at):
            yield Candidate(speakers.phrase(text, at, end), sentence, "noun")


def _verb_before(text: Text, at: int) -> str:
    """The gender that a cue before a subject tells, also one that reports nothing (رفضت متحدثة)."""
    if not at or text.kinds[at].kind is None:
        return ""
    told = {h.agreement[1:2] for h in text.kinds[at - 1].hits if h.part in FINITE}
    return told.pop() if len(told) == 1 else ""


def subject(text: Text, start: int, end: int) -> Range | None:
    """Who a sentence is about: the subject after its first verb, whatever the verb, or the noun at its head.

    Words of time and manner are passed over, and a phrase with a preposition up to its comma (من جهة أخرى، رفض فلان …).
    """
    at = _head(text, start, min(end, start + LEAD))
    if at + 1 >= end:
        return None
    if text.kinds[at].kind or text.words[at].startswith("ال"):
        return speakers.phrase(text, at, end)
    found = speakers.after(text, at + 1, end)
    if found and text.words[found[0]].endswith("ين") and text.kinds[found[0]].kind == "group":
        return None  # دعا المانحين: the accusative
    return found


def _head(text: Text, start: int, stop: int) -> int:
    skipped = Role.auxiliary | Role.time | Role.adverb | Role.negation | Role.by_turn | Role.topic
    at = start
    while at < stop and text.role(at, skipped):
        at += 1
    if text.role(at, Role.preposition | Role.adjunct | Role.begins_clause | Role.that):
        comma = next((k for k in range(at + 1, stop) if text.gaps[k] & (Gap.comma | BREAK)), stop)
        at = comma
        while at < stop and text.role(at, skipped):
            at += 1
    elif at > start and text.role(at - 1, Role.by_turn):
        at = next((k for k in range(at, min(stop, at + 4)) if text.gaps[k] & Gap.comma), at)  # من جهة أخرى، رفض
    return at


# -- features


def features(article: Article, draft: Draft, found: list[Candidate]) -> list[list[str]]:
    """For each candidate what speaks for and against it, as names of features."""
    text = article.text
    order = [one for one in found if one.how in ("stated", "inherited")]
    spoke = sorted(order, key=lambda one: -(one.claim.at if one.claim else 0))
    agreed, nearer = False, 0
    made = []
    for one in found:
        agrees = agreement(article, draft, one)
        made.append([*_place(article, draft, one), *agrees, *_phrase(article, one)])
        mine = made[-1]
        if one in spoke:
            mine.append(f"speaker, {min(3, spoke.index(one) + 1)} back")
            if one.claim is not None and article.silent.get(id(draft.turn), -1) > one.claim.at:
                mine.append("nobody known spoke since")
            if one.claim is not None and one.claim is not draft.within and one.claim.within is not draft.within:
                mine.append("spoke in another claim's content" if one.claim.within else "spoke outside this content")
            if one.claim is draft.within:
                mine.append("speaker of the claim around it")
        fits = not any(a.startswith("against") for a in agrees)
        if agrees:
            mine.append("disagrees" if not fits else "may agree" if agrees[0].endswith("a name") else "agrees")
        if one.sentence == draft.sentence and one.how != "noun":
            nearer += 1
            mine.append(f"same sentence, speaker or subject {min(nearer, 2)} back")
        if fits and not agreed:
            mine.append("nearest that agrees")
            agreed = True
    return made


def _place(article: Article, draft: Draft, one: Candidate) -> Iterator[str]:
    last = min(max(one.sentence, one.until), draft.sentence)
    back, text = draft.sentence - last, article.text
    paragraphs = article.paragraphs[draft.sentence] - article.paragraphs[last]
    where = "same sentence" if back == 0 else "sentence before" if back == 1 else "two sentences before" if back == 2 else "further"
    part = draft.hit.part
    yield f"{one.how}, {where}"
    yield f"{one.how}, {part}" if part in ("participle", "masdar") else f"{one.how}, verb"
    if back == 0:
        yield f"same sentence, {part}" if part in ("participle", "masdar") else "same sentence, verb"
        if one.words[1] >= draft.begins - 1:
            yield "stands just before"
    if paragraphs:
        yield f"{paragraphs} paragraphs before"
    if back and draft.hit.lead[:1] in ("و", "ف") and draft.at == article.places[draft.sentence][0]:
        yield f"{one.how}, goes on with و"


def _phrase(article: Article, one: Candidate) -> Iterator[str]:
    text, first = article.text, one.words[0]
    kind = text.kinds[first].kind
    yield f"head: {kind or 'none'}"
    if text.words[first].startswith("ال"):
        yield "definite" if kind else "definite, head unknown"
    elif not kind:
        yield "indefinite, head unknown"
    if first and text.role(first - 1, Role.preposition) or text.role(first, Role.dative):
        yield f"{one.how} after a preposition"
    often = max((article.often[word] for word in names(text, one.words)), default=0)
    yield f"named as source {min(often, 3)} times"
    if one.how == "noun" and kind != "document" and text.quoted(first):
        yield "noun in quotation marks"


def agreement(article: Article, draft: Draft, one: Candidate) -> list[str]:
    """Whether the verb or participle agrees with a candidate, as features; those that begin with «against» say no."""
    wanted = draft.hit.agreement
    if len(wanted) < 3 or draft.hit.part == "masdar":
        return []
    text, first = article.text, one.words[0]
    word, kind = text.words[first], text.kinds[first].kind
    plural = kind == "group" or (word.endswith(PLURALS) and len(word) > 4)
    told = one.told or next((article.told[w] for w in names(text, one.words) if w in article.told), "")
    ending = text.written(first).endswith("ة")
    if wanted[2] in "pd":
        return ["plural wanted, plural" if plural else "against: plural wanted, no plural"]
    if plural and not (told == wanted[1]):
        return ["against: singular wanted, plural"] if wanted[1] == "m" else ["against: feminine wanted, plural"]
    which = "feminine" if wanted[1] == "f" else "masculine"
    if told:
        return [f"{which} as told" if told == wanted[1] else f"against: {which} wanted, told otherwise"]
    if ending:
        return ["feminine by ة"] if wanted[1] == "f" else ["against: masculine wanted, ة"]
    if kind or word.startswith("ال"):
        return ["masculine by its letters"] if wanted[1] == "m" else ["against: feminine wanted, no ة"]
    return [f"{which} wanted, a name"]


def nobody(article: Article, draft: Draft) -> list[str]:
    """What speaks for leaving a claim unresolved, as names of features."""
    made = ["nobody", f"nobody, {draft.hit.part}"]
    if draft.within is not None and draft.within is not draft.turn:
        made.append("nobody, inside a quotation" if draft.within.quotation else "nobody, inside a content")
    if draft.at > article.places[draft.sentence][0]:
        made.append("nobody, in mid-sentence")
    if draft.hit.lead[:1] in ("و", "ف"):
        made.append("nobody, with و")
    if draft.hit.part == "imperfect" and draft.hit.agreement == "3ms":
        made.append("nobody, imperfect 3ms")
    return made
