"""Texts that no spreadsheet takes for a formula, in CSV files that people open in one, and what they were before."""

import re

# What begins a formula, in all its widths: Excel takes some for the plain sign, and what reads a file may fold the rest.
SIGNS = "=\ufe66\uff1d+\ufe62\uff0b\ufb29\\-\u2212\ufe63\uff0d@\ufe6b\uff20"
# A cell begins where the table has it, and behind whatever a spreadsheet may split at: half of Europe's splits at `;`.
# Spaces, quotation marks and controls before a sign are passed over: some readers trim or drop them.
PASSED = '[\x00-\x08\x0b\x0c\x0e-\x20"\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*'
BEGINS = rf"(\A{PASSED}(?={{0}}'*[{SIGNS}\t\r\n])|[,;\t\r\n]{PASSED}(?={{0}}'*[{SIGNS}]))"
TO_GUARD = re.compile(BEGINS.format(""))
GUARDED = re.compile(BEGINS.format("'") + "'")


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: a text has an apostrophe wherever a part of it would begin like one.

    A number stays a number, a negative one too.

    >>> guarded("=1+1"), guarded("a;=1"), guarded("a = b"), guarded("'=1"), guarded(-5)
    ("'=1+1", "a;'=1", 'a = b', "''=1", -5)
    """
    return TO_GUARD.sub(r"\1'", cell) if isinstance(cell, str) else cell


def unguarded(cell: object) -> object:
    """What `guarded` was given.

    >>> unguarded("a;'=1"), unguarded("''=1"), unguarded("'a")
    ('a;=1', "'=1", "'a")
    """
    return GUARDED.sub(r"\1", cell) if isinstance(cell, str) else cell
