"""Isnad for other people's code: who claims what in an Arabic news article, on whose authority, about whom.

What this package exports is stable; everything else in `helpers` may change. Importing it is fast: the code that reads
an article is imported when it is first used.

>>> import isnad_arabic as isnad
>>> reading = isnad.read("أكد وزير الدفاع خالد حسن، يوم أمس، أن الجيش المصري سيطر على المدينة.")
>>> [claim] = reading.claims
>>> claim.kind, claim.cue_text, claim.content_text
('indirect', 'أكد', 'الجيش المصري سيطر على المدينة')
>>> reading.source_of(claim).name
'خالد حسن'
>>> [(actor.name_ar, actor.found_by) for actor in reading.named][0]
('خالد حسن', 'machine')

Offsets are code points of the text as received (indices of a Python str), end exclusive:

>>> claim.cue[0]
Span(start=0, end=3, exact='أكد')
"""

from typing import TYPE_CHECKING

from helpers import __version__

if TYPE_CHECKING:
    from isnad_arabic._face import (
        Article,
        Claim,
        InputError,
        Mention,
        NamedActor,
        Reading,
        Source,
        Span,
        load,
        read,
        read_many,
    )

__all__ = [
    "Article",
    "Claim",
    "InputError",
    "Mention",
    "NamedActor",
    "Reading",
    "Source",
    "Span",
    "__version__",
    "load",
    "read",
    "read_many",
]

if not TYPE_CHECKING:  # so that a type checker reports names that are not exported

    def __getattr__(name: str) -> object:
        """An exported name, imported when it is first used."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from isnad_arabic import _face

        globals()[name] = found = getattr(_face, name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
