"""Names of organisations in quotation marks or brackets directly after their noun: صحيفة «الميناء», موقع (ضفاف).

The noun has no article and no pronoun. What is quoted after a noun that has one is rather said of it (الشبكة «متهالكة»), and an
adjective describes it (شركة «وهمية»).
"""

from collections.abc import Container, Iterator, Sequence
from itertools import compress, count

from helpers.extraction.named.decoder import Found
from helpers.extraction.named.joining import GROUPS
from helpers.extraction.named.words import Seen
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import CLAUSE, Role

HEADS = ("media", "company", "school", "movement", "party", "agency", "bank", "organisation", "club", "army")
NOUNS = ("organisation", "group")  # a programme (برنامج) is neither
LONGEST = 4  # most words of such a name
OTHER = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.closing
SAID = CLAUSE | Role.verb | Role.negation | Role.auxiliary | Role.pronoun | Role.privative


def find(text: Text, seen: Sequence[Seen], taken: Container[int]) -> Iterator[Found]:
    """The names, in order; none with a word that is in `taken`."""
    for first, end in sorted({*text.opens.items(), *_bracketed(text)}):
        if not 0 < end - first <= LONGEST or not first or any(at in taken for at in range(first, end)):
            continue
        head = seen[first - 1].head
        heads = head in HEADS and _noun(text, seen, first - 1) and not text.gaps[first] & OTHER
        if heads and _name(text, first, end):
            yield Found(first, end, "G" if head in GROUPS else "O", 0.0)


def _bracketed(text: Text) -> Iterator[tuple[int, int]]:
    """The words in each pair of brackets, as a range, if there are few."""
    for first in compress(count(), text.gaps):
        if text.gaps[first] & Gap.bracket:
            for end in range(first + 1, min(len(text.words), first + LONGEST) + 1):
                if text.gaps[end]:
                    if text.gaps[end] & Gap.closing:
                        yield first, end
                    break


def _noun(text: Text, seen: Sequence[Seen], at: int) -> bool:
    """Whether the noun before a name heads one, and has neither article nor pronoun."""
    return text.kinds[at].kind in NOUNS and not seen[at].definite and not text.words[at].endswith(letters().owners)


def _name(text: Text, first: int, end: int) -> bool:
    """Whether quoted words can be a name: no clause, and no adjective of the noun before them."""
    alone = end - first == 1
    if not alone and any(text.role(at, SAID) or text.kinds[at].finite for at in range(first, end)):
        return False
    word, noun, ends = text.words[first], text.words[first - 1], letters()
    if not alone and text.role(first, Role.preposition | Role.that | Role.who):
        return False
    if text.role(first, SAID & ~Role.verb) or word.isdigit():
        return False
    if word.startswith(ends.article):
        return True
    feminine = ends.folded_feminine
    agrees = word.endswith(feminine) and noun.endswith(feminine)
    return not (word.endswith(ends.nisba_singular) or agrees)
