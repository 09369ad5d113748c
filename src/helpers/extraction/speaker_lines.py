"""Lines that begin with a speaker and a colon: turns of an interview, and headlines (وزير المالية: لا ضرائب جديدة)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from helpers.extraction.constructions import Anchor, Construction, Opens
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, Gap, Text, among
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

LABEL = 8  # most words of a label: more before a colon are a sentence
TITLE = 5  # most words of a label that names a speaker of an interview
SAID = 4  # fewest words of a statement: fewer after a title and a colon are a name (وزير الداخلية: فلان)
TURNS = 3  # a text with so many lines with repeated labels is an interview
FINITE = ("perfect", "imperfect", "passive", "particle", "phrase")
SPEAKERS = ("person", "group", "organisation", "document")
TELLERS = ("person", "group")
BODIES = ("organisation", "document")
CALLED = "organisation"
NO_LABEL = Role.caption | Role.preposition | Role.adjunct | Role.that | Role.time  # cannot begin a label
TURN = Construction(Anchor.TURN, Opens.COLON)
HEADLINE = Construction(Anchor.HEADLINE, Opens.COLON)


class _Line(Struct, frozen=True, gc=False):
    label: Range
    bare: int  # the end of the label without words in brackets
    end: int

    @property
    def content(self) -> Range:
        return self.label[1], self.end


def find(text: Text, colon: Hit) -> dict[int, Draft]:
    """The claims of lines that begin with a speaker and a colon, by the first word of the line.

    Repeated labels are the speakers of an interview; a turn extends over the next paragraphs to the next turn, and the
    last one over its own line. In other texts a line must begin with a noun that heads a source: a minister speaks, but
    a country or a place can be the topic of the line.
    """
    lines = _lines(text)
    labels = [" ".join(text.words[line.label[0] : line.bare]) for line in lines]
    often = Counter(labels)
    again = {label for label, line in zip(labels, lines, strict=True) if often[label] > 1}
    interview = sum(often[label] for label in again) >= TURNS
    kept = [
        line for line, label in zip(lines, labels, strict=True) if (interview and label in again) or _heads(text, line)
    ]
    found = {}
    for number, line in enumerate(kept):
        end = kept[number + 1].label[0] if interview and number + 1 < len(kept) else line.end
        first = line.label[0]
        unnamed = text.role(first, Role.turn)
        about = next((at for at in range(first + 1, line.bare - 1) if text.role(at, Role.about)), None)
        if about is not None and text.kinds[about + 1].kind not in SPEAKERS:
            about = None
        found[first] = Draft(
            at=line.bare - 1,
            hit=colon,
            construction=TURN if interview else HEADLINE,
            content=(line.label[1], end),
            source=None if unnamed else (first if about is None else about + 1, line.bare),
            carrier=None if about is None else (first, about),  # رويترز عن مصدر: …
            cue=(line.bare - 1, line.label[1]),
            begins=first,
        )
    return found


def _short(line: _Line) -> bool:
    return line.bare - line.label[0] <= TITLE


def _lines(text: Text) -> list[_Line]:
    """The lines of the text that begin with a label."""
    found = []
    begins = [bisect_left(text.starts, place.start) for place in text.article.paragraphs]
    for start, end in zip(begins, [*begins[1:], len(text.words)], strict=True):
        label = _label(text, start, end)
        if label:
            found.append(_Line((start, label[1]), label[0], end))
    return found


def _label(text: Text, start: int, end: int) -> Range | None:
    """The end of the words before a colon, without and with those in brackets; None if they are not a label."""
    if start >= end or text.role(start, NO_LABEL):
        return None
    stop = min(end, start + LABEL + 1)
    if not among(text.colons, start + 1, stop):
        return None
    bare, closes = None, start
    for at in range(start, stop):
        gap, word = text.gaps[at], text.kinds[at]
        if at > start and gap & Gap.colon:
            return (bare or at, at) if not text.words[at - 1].isdigit() else None
        if bare is None and _outlet(text, start, at):
            bare = at
        told = at in text.opens and (
            text.words[at - 1] in letters().to or (bare == at - 1 and _outlet(text, start, bare))
        )
        if told:  # الوزير لـ«الأهالي»: …
            bare, closes = bare or at - 1, text.opens[at]
        if at > start and gap & (BREAK | Gap.comma | Gap.quote) and at > closes:
            return None
        if at > start and gap & Gap.bracket:
            bare = bare or at
        if at > start and _parted(text, at):
            return None  # القاهرة - سمير الجبلي: a dateline
        if word.roles & (THAT | Role.relative | Role.negation | Role.auxiliary):
            return None
        if any(hit.part in FINITE for hit in word.hits) and not word.kind:
            return None
    return None


def _parted(text: Text, at: int) -> bool:
    """Whether a dash or slash precedes a word, with a space, so that it is not part of a name as in بن-ناصر."""
    between = text.received[text.ends[at - 1] : text.starts[at]]
    return "/" in between or (bool(text.gaps[at] & Gap.dash) and not between.isspace() and len(between) > 1)


def _heads(text: Text, line: _Line) -> int:
    """Whether a label is a noun that heads a source, and the words after it are enough for a statement."""
    first, end = line.content
    head = line.label[0]
    if first in text.opens and _signed(text, text.opens[first], end):
        return 0
    if line.bare < first and _outlet(text, head, line.bare):
        return _named(text, range(head, line.bare)) or end - first >= SAID
    if line.bare < first and line.bare + 1 in text.opens:  # الوزير لـ«الأهالي»: a speaker to a newspaper
        return text.kinds[head].kind in TELLERS or text.role(head, Role.given)
    return text.kinds[head].kind in SPEAKERS and end - first >= SAID


def _outlet(text: Text, start: int, at: int) -> bool:
    """Whether a word of a label is the outlet to which its speaker speaks: سالم حمد لصحيفة الميناء, الوزير لـCNN.

    It is not if it is the complement of a title (المدير العام لشبكة الطرق) or part of a name (وكالة المرفأ للأنباء).
    """
    word, before = text.words[at], range(start, at)
    if not (before and word.startswith(letters().to) and (text.role(at, Role.audience) or word[-1].isascii())):
        return False
    if any(text.kinds[k].kind in BODIES and not has_article(text.words[k]) for k in before):
        return False
    label = range(at + 1, min(len(text.words), start + LABEL + 1))
    colon = next((k for k in label if text.gaps[k] & (Gap.colon | BREAK)), at + 1)
    if _named(text, range(at + 1, colon)):
        return False
    titled = has_article(text.words[at - 1]) and not text.role(at - 1, Role.qualifies)
    return _named(text, before) or (text.kinds[start].kind in TELLERS and titled)


def _named(text: Text, words: Iterable[int]) -> bool:
    """Whether one of the words is a given name."""
    return any(text.role(at, Role.given) for at in words)


def _signed(text: Text, at: int, end: int) -> bool:
    """Whether a newspaper and agencies follow the label, which is then a place: «الرباط: «النخيل»، وكالات»."""
    return at < end and bool(text.gaps[at] & Gap.comma) and text.role(at, Role.several)
