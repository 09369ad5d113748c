"""Invisible characters, made visible: they could hide words or turn the order of what stands around them."""

import html
import json
import re
import unicodedata
from functools import cache
from itertools import chain, filterfalse

WHERE = (range(0x10000), range(0x11000, 0x14000), range(0x1B000, 0x1E000), range(0xE0000, 0xE1000))  # of them all
# Formatting characters that are drawn: Arabic number signs, the end of ayah and the like.
DRAWN = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Without a glyph, though no formatting characters: what XML has no place for, grapheme joiner, fillers, selectors, line
# separators.
BLANK = (
    "\ufffe\uffff\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u3164\uffa0\ufe00-\ufe0d\U000e0100-\U000e01ef"
)

APART = "\u2068\u2069"  # first strong isolate, pop directional isolate
SURROGATES = re.compile(
    "[\ud800-\udfff]"
)  # halves of a pair, such as Python makes of bytes in a file name that are not UTF-8


@cache
def _invisible() -> re.Pattern[str]:
    """Control and formatting characters, halves of pairs; not the line ends and tabs of a text."""
    not_printed = filterfalse(str.isprintable, map(chr, chain(*WHERE)))  # these three kinds, and few more
    points = (c for c in not_printed if unicodedata.category(c) in ("Cc", "Cf", "Cs"))
    ranges: list[list[int]] = []
    for point in (ord(c) for c in points if c not in "\t\n\r" and c not in DRAWN):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return re.compile(f"[{BLANK}{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' for a, b in ranges)}]")


def shown(text: str) -> str:
    """The text with every invisible character as its number: ⟨U+202E⟩."""
    return _invisible().sub(lambda found: f"⟨{_number(found[0])}⟩", text)


def taken_out(text: str) -> str:
    """The text without its invisible characters, for a label that is held to no offsets.

    >>> taken_out("سامي\u200f الحلبي")
    'سامي الحلبي'
    """
    return _invisible().sub("", text)


def writable(text: str) -> str:
    """The text as one that can be written: halves of UTF-16 pairs, and what a file name has of bytes that are not
    UTF-8 (Python gives them as such halves), as their numbers: ⟨U+DCE9⟩."""
    return SURROGATES.sub(lambda found: f"⟨{_number(found[0])}⟩", text)


def escape(text: str) -> str:
    """The text as HTML: markup shows as text, an invisible character as its number, apart from what is around it."""
    return _invisible().sub(_marked, html.escape(text))


def in_attribute(text: str) -> str:
    """The text as the value of an HTML attribute, invisible characters as their numbers."""
    return html.escape(shown(text))


def as_json(value: object) -> str:
    """A value as JSON in one line: an invisible character is an escape in it, so a reader of the JSON has it as it is."""
    return _invisible().sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))


def apart(text: str) -> str:
    """A text to stand inside one of the other direction, its order its own: between two isolates, until it is HTML."""
    return f"{APART[0]}{shown(text)}{APART[1]}"


def apart_as_elements(html: str) -> str:
    """HTML with what was set apart in elements: a page has no invisible character."""
    return html.replace(APART[0], "<bdi>").replace(APART[1], "</bdi>")


def apart_not(text: str) -> str:
    """The text for an attribute, where nothing can be set apart."""
    return text.replace(APART[0], "").replace(APART[1], "")


def _marked(found: re.Match[str]) -> str:
    name = unicodedata.name(found[0], "a control character")
    return f'<bdi dir="ltr" class="isnad-control" title="{name}">{_number(found[0])}</bdi>'


def _number(char: str) -> str:
    return f"U+{ord(char):04X}"
