"""Contents that continue in the next sentences: statements after a colon, and sentences that begin with «and that»."""

from msgspec import structs

from helpers.extraction.constructions import Anchor, Opens
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

FURTHER = 20  # most sentences in which a statement after a colon continues
GOES_ON = 5  # most sentences that continue an أن
NAME = Role.name_part | Role.describes | Role.governs  # possible roles of a word of a name


def carried(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The drafts of an article, with statements after a colon extended over the next sentences of their paragraph.

    A statement ends where the outlet speaks again: at a claim that begins its sentence, or at a line. Drafts in the
    statement become inner ones.
    """
    found = list(drafts)
    places = text.article.sentences
    for number, draft in enumerate(drafts):
        here = draft.sentence
        if not _open(text, draft):
            continue
        after, last = number + 1, here
        for later in range(here + 1, min(len(places), here + FURTHER)):
            if places[later].paragraph != places[here].paragraph:
                break
            inner = []
            while after < len(found) and found[after].sentence <= later:
                if found[after].sentence == later:
                    inner.append(after)
                after += 1
            start, past = text.sentences[later]
            if start == past:
                continue  # marks only
            if any(_begins(text, found[at], start) for at in inner) or not _speaks_on(text, start):
                break
            for at in inner:
                if found[at].within is None:
                    found[at] = structs.replace(found[at], within=number)
            last = later
        if last > here:
            found[number] = structs.replace(found[number], content=(draft.content[0], text.sentences[last][1]))
    return found


def _open(text: Text, draft: Draft) -> bool:
    """Whether a content comes after a colon without quotation marks and ends with its sentence."""
    first, end = draft.content
    if draft.construction.opens not in (Opens.COLON, Opens.THAT) or draft.construction.anchor in (
        Anchor.TURN,
        Anchor.HEADLINE,
    ):
        return False
    opened = first if draft.construction.opens is Opens.COLON else first - 1
    return (
        bool(text.gaps[opened] & Gap.colon)
        and draft.within is None
        and draft.turn is None
        and end == text.sentences[draft.sentence][1]
    )


def _speaks_on(text: Text, start: int) -> int:
    """Whether a sentence can continue a statement; not if it begins with و and a verb (وغادر القاعة)."""
    if text.role(start, Role.formula) or _acts(text, start):
        return False
    if _so(text, start) or _points_back(text, start):
        return True
    joined = text.words[start].startswith(letters().conjunction) and not text.role(start, Role.whole)
    own = bool(text.kinds[start].hits) and text.written(start)[1:].startswith(letters().i)  # وأعتقد: first person
    return not joined or own or text.role(start, Role.negation | Role.pronoun | Role.that | Role.that_pronoun)


def _points_back(text: Text, at: int) -> bool:
    """Whether a sentence begins with و and a demonstrative, and no claim: «وهذا لن يقتصر على الأجهزة»."""
    word = text.words[at]
    return word.startswith(letters().joining) and text.role(at, Role.standard) and text.role(at, Role.object_head)


def _acts(text: Text, at: int) -> bool:
    """Whether a sentence begins with a verb of the cues and a name: أبدى سمير سعادته."""
    if not text.kinds[at].finite or text.kinds[at].kind or text.gaps[at + 1]:
        return False
    name = at + 1 < len(text.words) and text.kinds[at + 1].kind is None and text.words[at + 1] in text.after_verbs
    return text.role(at + 1, Role.given) or (name and not text.role(at + 1, ~NAME))


def _so(text: Text, at: int) -> bool:
    """Whether a sentence begins with ف and a noun or a pronoun, and so gives a reason for a statement (فهذه الشركات)."""
    word, so = text.words[at], letters().so
    if not word.startswith(so) or text.role(at, Role.auxiliary | Role.perfective):
        return False
    return text.role(at, Role.joined) or word[1:].startswith(letters().article)


def _begins(text: Text, draft: Draft, start: int) -> bool:
    """Whether the claim of another speaker begins its sentence."""
    return min(draft.begins, draft.at) <= start + 1


def goes_on(text: Text, number: int) -> int:
    """The end of a sentence, or of the last following one that continues it with وأن or وإن."""
    end = text.sentences[number][1]
    if not text.role(end, THAT | Role.relative):
        return end
    for first, last in text.sentences[number + 1 : number + 1 + GOES_ON]:
        if first != end or first >= last or text.gaps[first] & Gap.line or not _takes_up(text, first):
            break
        end = last
    return end


def _takes_up(text: Text, at: int) -> bool:
    """Whether a sentence begins with وأن or وإن, but not «even if» (وإن كان), or with a relative pronoun (والتي)."""
    if text.role(at, Role.relative) and text.role(at, Role.joined):
        return True
    if not (text.role(at, THAT) and text.role(at, Role.joined)):
        return False
    return not text.role(at, Role.that) or not text.role(at + 1, Role.auxiliary | Role.negation | Role.verb)
