"""The words of a content, given its opening: quotations, or else up to the end of the sentence."""

from helpers.extraction.constructions import Opens
from helpers.extraction.drafts import Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

LONGEST_CONTENT = 400  # words: more than any sentence of news; bounds the time for a text without stops
WHOLE = 5  # a quotation of at least so many words at the beginning of a content is the whole content


def content(text: Text, opening: Opening, end: int) -> Range:
    """The words of a content, given its opening: the whole quotation, or else up to the end of the sentence."""
    first = opening.first
    if first in text.opens and (opening.how is Opens.QUOTATION or _whole(text, first, end)):
        last = text.opens[first]
        return first, min(_further(text, last) if opening.how is Opens.QUOTATION else last, first + LONGEST_CONTENT)
    end = min(end, first + LONGEST_CONTENT)
    told = text.quoted(opening.at - 1)
    if told and told[1] > first:  # inside a quotation, a content ends with its sentence
        end = min(end, told[1])
        end = next((at for at in range(first + 1, end) if text.gaps[at] & Gap.stop and not _trails_off(text, at)), end)
    return first, end


def _trails_off(text: Text, at: int) -> bool:
    """Whether an ellipsis precedes a word, after which a sentence can continue."""
    between = text.received[text.ends[at - 1] : text.starts[at]]
    return ".." in between or "\u2026" in between


def _whole(text: Text, first: int, end: int) -> bool:
    """Whether a quotation at the beginning of a content is the whole content."""
    after = text.opens[first]
    if after < end and text.role(after, THAT) and text.role(after, Role.joined):
        return False  # إن «الفكرة بسيطة»، وإن التجربة ستتوسع
    return after - first >= WHOLE and (after >= end or bool(text.gaps[after] & (Gap.comma | BREAK | Gap.dash)))


def _further(text: Text, last: int) -> int:
    """The end of the last of several quotations with no words in between: «…». «…»، و«…»."""
    for _ in range(LONGEST_CONTENT):
        first = last + (last < len(text.words) and text.words[last] in letters().conjunction)
        after = text.opens.get(first, 0)
        parted = text.gaps[last] & (Gap.comma | Gap.stop) and not text.gaps[last] & (Gap.line | Gap.colon)
        if not parted or not after or not text.gaps[after] & (Gap.comma | BREAK):
            break
        if said_after(text, after, len(text.words)) or (first > last and after - first <= 2):
            break
        last = after
    return last


def said_after(text: Text, at: int, end: int) -> bool:
    """Whether the verb of a quotation follows it."""
    return at < end and any(
        "parenthesis" in h.cue.takes and not h.lead and h.part != "passive" for h in text.kinds[at].hits
    )
