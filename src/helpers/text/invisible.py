"""Shows invisible characters: they could hide words or change the order of the text around them."""

import html
import json
import re
import unicodedata
from functools import cache
from itertools import chain, filterfalse

WHERE = (range(0x10000), range(0x11000, 0x14000), range(0x1B000, 0x1E000), range(0xE0000, 0xE1000))  # to be searched
# Formatting characters that are visible: Arabic number signs, the end of ayah and the like.
DRAWN = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Characters without a glyph that are not formatting characters: those not allowed in XML, the grapheme joiner, fillers,
# variation selectors, line separators.
BLANK = (
    "\ufffe\uffff\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u3164\uffa0\ufe00-\ufe0d\U000e0100-\U000e01ef"
)

APART = "\u2068\u2069"  # first strong isolate, pop directional isolate
SURROGATES = re.compile(
    "[\ud800-\udfff]"
)  # surrogates, such as Python makes of bytes in a file name that are not UTF-8


@cache
def _invisible() -> re.Pattern[str]:
    """A pattern of control and formatting characters and surrogates, but not line breaks and tabs."""
    not_printed = filterfalse(str.isprintable, map(chr, chain(*WHERE)))  # these three kinds and a few others
    points = (c for c in not_printed if unicodedata.category(c) in ("Cc", "Cf", "Cs"))
    ranges: list[list[int]] = []
    for point in (ord(c) for c in points if c not in "\t\n\r" and c not in DRAWN):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return re.compile(f"[{BLANK}{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' for a, b in ranges)}]")


def shown(text: str) -> str:
    """The text with every invisible character as its code point: ⟨U+202E⟩."""
    return _invisible().sub(lambda found: f"⟨{_number(found[0])}⟩", text)


def taken_out(text: str) -> str:
    """The text without its invisible characters, for a label that is held to no offsets.

    >>> taken_out("سامي\u200f الحلبي")
    'سامي الحلبي'
    """
    return _invisible().sub("", text)


def writable(text: str) -> str:
    """The text with surrogates as their code points (⟨U+DCE9⟩), so that it can be written as UTF-8.

    Python represents bytes of a file name that are not UTF-8 as surrogates.
    """
    return SURROGATES.sub(lambda found: f"⟨{_number(found[0])}⟩", text)


def escape(text: str) -> str:
    """The text as HTML: markup is escaped, an invisible character is its code point in an element of its own."""
    return _invisible().sub(_marked, html.escape(text))


def in_attribute(text: str) -> str:
    """The text as the value of an HTML attribute, invisible characters as their code points."""
    return html.escape(shown(text))


def as_json(value: object) -> str:
    """A value as JSON in one line; invisible characters are escaped, so that a JSON parser gives them back unchanged."""
    return _invisible().sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))


def apart(text: str) -> str:
    """A text isolated, to be put in text of the other direction: between two isolate characters, until it is HTML."""
    return f"{APART[0]}{shown(text)}{APART[1]}"


def apart_as_elements(html: str) -> str:
    """HTML in which texts isolated by `apart` are elements, since a page should have no invisible characters."""
    return html.replace(APART[0], "<bdi>").replace(APART[1], "</bdi>")


def apart_not(text: str) -> str:
    """The text without the isolates of `apart`, for an attribute, which cannot have elements."""
    return text.replace(APART[0], "").replace(APART[1], "")


def _marked(found: re.Match[str]) -> str:
    name = unicodedata.name(found[0], "a control character")
    return f'<bdi dir="ltr" class="isnad-control" title="{name}">{_number(found[0])}</bdi>'


def _number(char: str) -> str:
    return f"U+{ord(char):04X}"
