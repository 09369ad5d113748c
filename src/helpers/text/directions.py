"""From where a text is written: by its first letter that has a direction, as Unicode has it."""

import unicodedata
from typing import Literal

Direction = Literal["rtl", "ltr", ""]


def of_character(char: str) -> Direction:
    """From where a letter, or a digit of Arabic's, is written; nothing of any other character."""
    if unicodedata.bidirectional(char) in ("R", "AL", "AN"):
        return "rtl"
    return "ltr" if char.isalpha() else ""


def first(text: str) -> Direction:
    """The direction of the first character of a text that has one.

    >>> first("12 وزيرا"), first("(Reuters)"), first("2024")
    ('rtl', 'ltr', '')
    """
    for char in text:
        if direction := of_character(char):
            return direction
    return ""
