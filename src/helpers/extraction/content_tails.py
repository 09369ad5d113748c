"""Finds where the outlet continues in its own voice after a content, by the rows of `tails.csv`."""

from collections.abc import Callable
from functools import cache

from msgspec import Struct

from helpers.extraction.texts import BREAK, FINITE, Gap, Text, among
from helpers.files import csv_rows, paths
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.text import orthography

WHOLE = 2  # fewest words of a clause
SUBJECT = 6  # most words before a comma that can be only the subject
SOME = "…"  # in a row: any words, or none
FAR = 16  # the same at the end of a row, where it stands for all words before a comma
NEAR = 8  # most words for which SOME stands
NO_VERB = THAT | Role.what | Role.preposition | Role.adjunct | Role.pronoun | Role.relative | Role.then_that
VERB = Role.describes | Role.verb | Role.published | Role.issued | Role.stands_in  # roles of possible verbs
STANDS = ("behind", "anywhere", "fronted", "joins", "heads")
RUMOUR, CONTRAST = "rumour", "contrast"
STARTS = Gap.comma | BREAK
Then = Callable[[Text, int, int], bool]


def tail(text: Text, first: int, end: int, heard: bool = False, own: bool = False) -> int:
    """The first of a content's words that is the outlet's own; its end if there is none.

    heard   whether the content is a rumour, with which the outlet can contrast something
    own     whether the content is in the speaker's own words, which can include «and I»

    Each row applies after a comma or a quotation, or anywhere. It does not apply if the content continues after it with
    another أن, or inside a quotation that begins in the content.
    """
    rows = _rows()
    for at in among(text.places("tails", rows.behind), first + 1, end):
        marked = text.gaps[at] & Gap.comma or at in text.closes
        found = (rows.behind if marked else rows.anywhere).get(text.words[at])
        if found and not _amid(text, first, at):
            for rest, then in found.rows(text.words[at + 1] if at + 1 < end else ""):
                after = _behind(text, at + 1, rest, end)
                if (then == RUMOUR and not heard) or (then == CONTRAST and own):
                    continue
                if after is not None and THEN[then](text, after, end) and not _aside(text, first, at, end):
                    return at
    return end


def head(text: Text, first: int, end: int) -> int:
    """The word at which a clause begins, after the words that link it to the text before: «كما …», «من جانبها، …»."""
    at, again = first, True
    while again:
        again, word = False, text.words[at]
        leads = letters().conjunction
        rows = _rows().heads
        for rest, comma, then in rows.get(word, ()) or (rows.get(word[1:], ()) if word.startswith(leads) else ()):
            after = _behind(text, at + 1, rest, end)
            if after is None or end - after < WHOLE or not THEN[then](text, after, end):
                continue
            if not comma or text.gaps[after] & (Gap.comma | Gap.colon):
                at, again = after, True
                break
    return at


def main_clause(text: Text, begins: int, cue: int, first: int, end: int) -> int:
    """The first of a content's words at which the main clause begins, after the subordinate clause of the cue; else its end.

    begins  the first word of the cue's clause, after the conjunction: وبينما قالت الحكومة إن …، أكدت المعارضة أن …
    cue     the word of the cue, for a relative clause between commas
    """
    described = cue > 0 and text.role(cue - 1, Role.relative)
    aside = described and text.gaps[cue - 1] & Gap.comma
    fronted = _fronted(text, begins) or (cue > 0 and text.role(cue - 1, Role.who))  # ومن قال إن …، رد عليه
    if not described and not fronted:
        return end
    commas = [at for at in text.commas_in(first + 1, end) if not _amid(text, first, at)]
    if aside and commas and resumes(text, commas[0]):  # المدير، الذي أقر بأنه …، غادر
        return commas[0]
    if described and not fronted:  # ولأن القادة الذين يعتقد أنهم … بعيدون، فإن
        return next((at for at in commas if text.role(at, Role.then_that)), end)
    if commas and text.role(commas[0], Role.auxiliary) and not text.role(commas[0], Role.joined | Role.perfective):
        return commas[0]  # وبينما يؤكد الوزير أن التيار عاد، كانت أحياء كاملة بلا كهرباء
    return next((at for at in commas if _begins_main(text, at, end)), end)


def _fronted(text: Text, begins: int) -> bool:
    while begins and text.role(begins - 1, Role.auxiliary | Role.negation) and not text.gaps[begins]:
        begins -= 1  # وفيما كان الوزير يقول
    if not begins:
        return False
    last, leads = text.words[begins - 1], letters().conjunction
    rows = _rows().fronted
    for words in rows.get(last, ()) or (rows.get(last[1:], ()) if last.startswith(leads) else ()):
        first = begins - len(words)
        if first < 0 or tuple(text.words[first + 1 : begins]) != words[1:]:
            continue
        if text.words[first] in (words[0], *(lead + words[0] for lead in leads)):
            return first == 0 or bool(text.gaps[first] & STARTS) or text.role(first - 1, THAT)
    return False


def resumes(text: Text, at: int) -> bool:
    """Whether a word after a comma continues the clause that a relative clause interrupted."""
    joined = text.words[at].startswith(letters().conjunction)
    return not joined and not text.words[at].startswith(letters().article) and not text.role(at, NO_VERB)


def _begins_main(text: Text, at: int, end: int) -> bool:
    """Whether a word after a comma is a verb without a conjunction, or «so» with a topic."""
    if text.role(at, Role.then_that):
        return True
    word = text.kinds[at]
    if any(hit.part in FINITE for hit in word.hits):
        return True
    if at + 1 < end and text.role(at, Role.what | Role.negation) and text.role(at + 1, Role.goes_on):
        return not text.role(at, Role.joined)  # ما زالت الطوابير طويلة
    if at + 1 < end and text.role(at, Role.negation) and text.words[at + 1].startswith(letters().third_imperfect):
        return not text.role(at, Role.joined)  # لم تبدأ الأعمال
    if word.roles & ~VERB or at + 1 >= end:
        return False
    subject = text.kinds[at + 1].kind or text.words[at + 1].startswith(letters().article)
    return bool(subject) and not text.words[at].startswith(letters().article + letters().conjunction)


def _behind(text: Text, at: int, words: tuple[str, ...], end: int) -> int | None:
    """The word after the words of a row, if these are at a place; else None."""
    for number, word in enumerate(words):
        if word == SOME:
            near = range(at, min(end, at + NEAR))
            if number + 1 == len(words):  # all words as far as a comma
                return next((k for k in range(at, min(end, at + FAR)) if text.gaps[k] & STARTS), None)
            stop = next((k for k in near if text.gaps[k] & STARTS), end)
            found = (_behind(text, k, words[number + 1 :], end) for k in near if k < stop)
            return next((after for after in found if after is not None), None)
        if at >= end or text.words[at] != word:
            return None
        at += 1
    return at


def _aside(text: Text, first: int, at: int, end: int) -> bool:
    """Whether words after a comma are an aside between the subject and its verb: «إن الشرطة، دون أن توضح السبب، أغلقت»."""
    if at - first < WHOLE:
        return True
    if at - first > SUBJECT:
        return False
    after = next(iter(text.commas_in(at + 1, end)), end)
    if after == end or text.kinds[after].kind or text.words[after].startswith(letters().article):
        return False
    return not text.kinds[after].roles & ~(Role.describes | Role.verb | Role.auxiliary | Role.negation)


def _taken_up(text: Text, at: int, end: int) -> bool:
    return any(text.role(k, THAT) and text.role(k, Role.joined) for k in range(at, end))


def _amid(text: Text, first: int, at: int) -> bool:
    told = text.quoted(at)
    return told is not None and first <= told[0] < at


def _perfect(text: Text, at: int, end: int) -> bool:
    """Whether a word is not an imperfect: it does not begin like one, or ends like a feminine perfect."""
    return at < end and _of_past(text, at)


def _of_past(text: Text, at: int) -> bool:
    word, ends = text.words[at], letters()
    return not word.startswith(ends.imperfect) or (len(word) > 3 and word.endswith(ends.she))


def _past(text: Text, at: int, end: int) -> bool:
    return at < end and _of_past(text, at)


def _report(text: Text, at: int, end: int) -> bool:
    """Whether a verb that can report follows."""
    return at < end and any(hit.part in FINITE for hit in text.kinds[at].hits)


def _saying(text: Text, at: int, end: int) -> bool:
    """Whether a noun of saying with its speaker follows: رغم نفيه."""
    return at < end and any(
        hit.part == "masdar" and text.words[at].endswith(letters().third) for hit in text.kinds[at].hits
    )


def _quoted(text: Text, at: int, end: int) -> bool:
    """Whether the word before is in a quotation."""
    return text.quoted(at - 1) is not None


THEN: dict[str, Then] = {
    "": lambda text, at, end: True,
    "perfect": _perfect,
    "past": _past,
    "report": _report,
    "quoted": _quoted,
    RUMOUR: lambda text, at, end: True,
    CONTRAST: lambda text, at, end: True,
    "saying": _saying,
}


Row = tuple[tuple[str, ...], str]  # the words after the first one, and what must follow them


class _Begun(Struct, frozen=True):
    """The rows that begin with one word, in the order of the table, by their next word; and those with any next word."""

    by_next: dict[str, list[Row]]
    free: list[Row]

    def rows(self, following: str) -> list[Row]:
        """The rows that are possible if this word follows the first one."""
        return self.by_next.get(following, self.free)


class _Rows(Struct, frozen=True, gc=False):
    """The rows of `tails.csv`: those that end a content, by first word, and those that precede a cue, by last word.

    heads   the words that link a sentence to the text before, by first word: (the other words, whether a comma or colon
            follows, what else must follow)
    """

    behind: dict[str, _Begun]
    anywhere: dict[str, _Begun]
    fronted: dict[str, list[tuple[str, ...]]]
    heads: dict[str, list[tuple[tuple[str, ...], bool, str]]]


@cache
def _rows() -> _Rows:
    fronted: dict[str, list[tuple[str, ...]]] = {}
    heads: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    behind: dict[str, list[Row]] = {}
    anywhere: dict[str, list[Row]] = {}
    read = csv_rows.read(paths.lexicon("tails.csv"), ("words", "stands", "then", "note"))
    folded = orthography.fold("\n".join([" ".join(row["words"].split()) for row in read])).text.split("\n")
    for row, phrase in zip(read, folded, strict=True):
        words = phrase.split()
        stands, then = row.one_of("stands", STANDS), row.one_of("then", THEN)
        if stands == "fronted":
            fronted.setdefault(words[-1], []).append(tuple(words))
            continue
        if stands in ("joins", "heads"):
            heads.setdefault(words[0], []).append((tuple(words[1:]), stands == "heads", then))
            continue
        behind.setdefault(words[0], []).append((tuple(words[1:]), then))
        if stands == "anywhere":
            anywhere.setdefault(words[0], []).append((tuple(words[1:]), then))
    return _Rows(_begun(behind), _begun(anywhere), fronted, heads)


def _begun(rows: dict[str, list[Row]]) -> dict[str, _Begun]:
    found = {}
    for first, begun in rows.items():
        free = [row for row in begun if row[0][:1] in ((), (SOME,))]
        second = {row[0][0] for row in begun if row not in free}
        by_next = {word: [row for row in begun if row in free or row[0][0] == word] for word in second}
        found[first] = _Begun(by_next, free)
    return found
