"""The words of a content from what opens it: a quotation whole, and those that follow it, else to the end of the sentence."""

from helpers.extraction.constructions import Opens
from helpers.extraction.drafts import Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters

LONGEST_CONTENT = 400  # words: no sentence of news is longer, and a text without stops shall not cost its square
WHOLE = 5  # a quotation of so many words at the head of a content is the content


def content(text: Text, opening: Opening, end: int) -> Range:
    """The words of a content from its opening: a quotation whole, else to the end of the sentence."""
    first = opening.first
    if first in text.opens and (opening.how is Opens.QUOTATION or _whole(text, first, end)):
        last = text.opens[first]
        return first, min(_further(text, last) if opening.how is Opens.QUOTATION else last, first + LONGEST_CONTENT)
    end = min(end, first + LONGEST_CONTENT)
    told = text.quoted(opening.at - 1)
    if told and told[1] > first:  # in somebody's own words: what they tell ends with their sentence
        end = min(end, told[1])
        end = next((at for at in range(first + 1, end) if text.gaps[at] & Gap.stop and not _trails_off(text, at)), end)
    return first, end


def _trails_off(text: Text, at: int) -> bool:
    """Whether what stands before a word is an ellipsis, after which a sentence may go on."""
    between = text.received[text.ends[at - 1] : text.starts[at]]
    return ".." in between or "\u2026" in between


def _whole(text: Text, first: int, end: int) -> bool:
    """Whether a quotation at the head of a content is all of it."""
    after = text.opens[first]
    return after - first >= WHOLE and (after >= end or bool(text.gaps[after] & (Gap.comma | BREAK | Gap.dash)))


def _further(text: Text, last: int) -> int:
    """Where the last of the quotations ends that follow one another with nothing between: «…». «…»، و«…»."""
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
    """Whether the verb of a quotation stands behind it."""
    return at < end and any(
        "parenthesis" in h.cue.takes and not h.lead and h.part != "passive" for h in text.kinds[at].hits
    )
