"""Punctuation marks by what they do (the rows of `punctuation.csv`), and the quotations that a text has by its marks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.text import orthography

PARTING = ("comma", "semicolon", "colon", "dash", "opener", "closer")  # the roles of marks inside a sentence


class Punctuation(Struct, frozen=True, gc=False):
    """The marks of `punctuation.csv`.

    `families` maps quotation marks to those they pair with. `ends` matches the end of a sentence with closing marks,
    `quotes` a possible quotation mark. Marks of `facing` quote only as an opening and a closing one, those of
    `brackets` only after a colon. A mark of `interpuncts` ends a sentence, but between two letters divides a name; one
    of `questions` ends a question. `parting` maps a mark inside a sentence to its role in PARTING.
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
    """Read `punctuation.csv`. Raises InputError when a role has no mark."""
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
    """The quotations in text[start:end] by their quotation marks.

    Within a family (“ ”, « », " ") marks are paired in order, whichever way they face, since outlets differ. Where a
    mark is missing, the neighbours of the others decide: one with white space before it and a letter after it opens,
    and the reverse closes. An opening mark left over pairs with the next closing mark left over, of any family («…").

    Returns   (offset of the opening mark, offset of the closing mark) of each pair, in order, and the offsets of marks
              without a partner
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
    """The quotation marks of text[start:end] as (offset, mark)."""
    for found in marks.quotes.finditer(text, start, end):
        at, sign = found.start(), found.group()
        if sign in marks.families:
            yield at, sign
        elif sign[0] in marks.families:
            yield from ((at + place, one) for place, one in enumerate(sign))
        elif sign in marks.brackets and text[max(start, at - 2) : at].rstrip()[-1:] == ":":
            yield at, sign


def _closed(text: str, at: int, end: int, closing: str) -> int | None:
    """The offset where the bracket at `at` is closed, with others nested in it; None if it is not."""
    depth = 0
    for place in range(at, end):
        depth += (text[place] == text[at]) - (text[place] == closing)
        if depth == 0:
            return place
    return None


def _joined(
    text: str, start: int, end: int, pairs: list[tuple[int, int]], alone: list[int]
) -> tuple[list[tuple[int, int]], list[int]]:
    """The pairs and the marks left over, after pairing of those left over that open and close."""
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
    """Whether a straight mark opens a quotation although it is attached to the word before it: قال فلان" نعم"."""
    same = text[at] == text[closing] and not unicodedata.mirrored(text[at])
    return same and text[at - 1].isalpha() and text[at + 1].isspace() and text[at + 2].isalnum()


def _opens(text: str, at: int, start: int) -> bool:
    """Whether a mark can only open: white space or nothing before it, a letter after it."""
    return (at == start or not text[at - 1].isalnum()) and text[at + 1 : at + 2].isalnum()
