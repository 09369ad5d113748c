"""The marks that end sentences, close them, part and quote: the rows of `punctuation.csv`; what a text has in quotation marks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.text import orthography

PARTING = ("comma", "semicolon", "colon", "dash", "opener", "closer")  # the roles of what parts words inside a sentence


class Punctuation(Struct, frozen=True, gc=False):
    """The marks of `punctuation.csv`: `families` says which quotation marks go together.

    `ends` finds the end of a sentence with what closes it, `quotes` what may be a quotation mark. A mark of `facing`
    quotes only where one opens and one closes, a mark of `brackets` only after a colon. One of `interpuncts` ends a sentence,
    but between two letters it parts a name; one of `questions` ends a question. `parting` says of a mark inside a sentence
    which of PARTING it is.
    """

    sentence_ends: str
    interpuncts: frozenset[str]
    questions: frozenset[str]
    closers: str
    families: dict[str, str]
    facing: frozenset[str]
    brackets: dict[str, str]
    ends: re.Pattern[str]
    quotes: re.Pattern[str]
    parting: dict[str, str]


def marks() -> Punctuation:
    """The marks that end sentences, close them, part and quote. Raises InputError when a role has none."""
    return _marks_of(paths.lexicon("punctuation.csv"))


@cache
def _marks_of(path: Path) -> Punctuation:
    by_role: dict[str, list[str]] = {role: [] for role in ("sentence_end", "quotation", "facing", "bracket", *PARTING)}
    families: dict[str, str] = {}
    of_ends: dict[str, set[str]] = {"interpunct": set(), "question": set()}
    for row in csv_rows.read(path, ("code", "char", "role", "family", "note")):
        by_role[row.one_of("role", by_role)].append(orthography.character(row))
        if row["role"] == "sentence_end" and row["family"]:
            of_ends[row.one_of("family", of_ends)].add(orthography.character(row))
        if row["role"] in ("quotation", "facing"):
            families[orthography.character(row)] = row["family"]
    if missing := [role for role, marks in by_role.items() if not marks]:
        raise InputError(f"{path}: no mark has the role {missing[0]}; add its rows")
    ends, closers = "".join(by_role["sentence_end"]), "".join(by_role["closer"])
    pattern = re.compile(f"[{re.escape(ends)}]+[{re.escape(closers)}]*")
    signs = "".join(sorted({mark[0] for mark in (*families, *by_role["bracket"])}))
    brackets = {mark[0]: mark[1] for mark in by_role["bracket"]}
    quotes = re.compile(f"([{re.escape(signs)}])\\1?")
    parting = {mark: role for role in PARTING for mark in by_role[role]}
    return Punctuation(
        ends,
        frozenset(of_ends["interpunct"]),
        frozenset(of_ends["question"]),
        closers,
        families,
        frozenset(by_role["facing"]),
        brackets,
        pattern,
        quotes,
        parting,
    )


def quotations(
    text: str, start: int, end: int, among: Punctuation | None = None
) -> tuple[list[tuple[int, int]], list[int]]:
    """The quotations in text[start:end] by their marks: (position of the opening mark, of the closing mark).

    Within a family (“ ”, « », " ") marks are paired as they come, whichever way they face: presses differ. What stands
    beside a mark tells where one is missing: white space before it and a letter after it open, the reverse closes. An
    opening mark that is left is closed by the next one that is left and closes, of whatever family («…").

    Returns   the pairs in order, and the positions of marks that have no partner.
    """
    among = among or marks()
    families = among.families
    waiting: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    alone: list[int] = []
    for at, sign in _signs(text, start, end, among):
        if sign in among.brackets:
            if closing := _closed(text, at, end, among.brackets[sign]):
                pairs.append((at, closing))
            continue
        family, last = families[sign], at + len(sign)
        before, after = text[at - 1 : at] if at > start else " ", text[last : last + 1] if last < end else " "
        opens, closes = not before.isalnum() and after.isalnum(), before.isalnum() and not after.isalnum()
        if sign in among.facing:
            if opens:
                waiting[family] = at
            elif family in waiting and not after.isalnum():
                pairs.append((waiting.pop(family), at))
        elif family not in waiting:
            if closes:
                alone.append(at)
            else:
                waiting[family] = at
        elif opens and _opens(text, waiting[family], start):
            alone.append(waiting[family])
            waiting[family] = at
        else:
            pairs.append((waiting.pop(family), at))
    alone += [at for at in waiting.values() if text[at] in families and text[at] not in among.facing]
    return _joined(text, start, end, sorted(pairs), sorted(alone))


def _signs(text: str, start: int, end: int, marks: Punctuation) -> Iterator[tuple[int, str]]:
    """The quotation marks of text[start:end]: where each stands, and the mark."""
    for found in marks.quotes.finditer(text, start, end):
        at, sign = found.start(), found.group()
        if sign in marks.families:
            yield at, sign
        elif sign[0] in marks.families:
            yield from ((at + place, one) for place, one in enumerate(sign))
        elif sign in marks.brackets and text[max(start, at - 2) : at].rstrip()[-1:] == ":":
            yield at, sign


def _closed(text: str, at: int, end: int, closing: str) -> int | None:
    """Where the bracket at a place is closed, which may have others in it."""
    depth = 0
    for place in range(at, end):
        depth += (text[place] == text[at]) - (text[place] == closing)
        if depth == 0:
            return place
    return None


def _joined(
    text: str, start: int, end: int, pairs: list[tuple[int, int]], alone: list[int]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Marks without a partner, paired where one that opens is followed by one that closes."""
    left: list[int] = []
    for at in alone:
        closes = text[at - 1 : at].strip() and not (at + 1 < end and text[at + 1].isalnum())
        if left and closes and at > start and (_opens(text, left[-1], start) or _detached(text, left[-1], at)):
            opening = left.pop()
            if all((opening < a and b < at) or b < opening or a > at for a, b in pairs):
                pairs.append((opening, at))
                continue
            left.append(opening)
        left.append(at)
    return sorted(pairs), left


def _detached(text: str, at: int, closing: int) -> bool:
    """Whether a mark that faces no way opens, though written with the word before it: قال فلان" نعم"."""
    same = text[at] == text[closing] and not unicodedata.mirrored(text[at])
    return same and text[at - 1].isalpha() and text[at + 1].isspace() and text[at + 2].isalnum()


def _opens(text: str, at: int, start: int) -> bool:
    """Whether a mark can only open: white space or nothing before it, a letter after it."""
    return (at == start or not text[at - 1].isalnum()) and text[at + 1 : at + 2].isalnum()
