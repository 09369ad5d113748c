"""What of a CAS is read: our types, their features, and what they point at that is in the index of the article's view.

Everything else is taken out before cassis sees it, and counted: types of other tools may be anything, their features may
point at what is not there, and cassis writes code with the names of the features that a file declares.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from helpers.exchange import cas_types

VIEW = "_InitialView"  # the view that an article is in
WRITTEN = (  # of every article, and made anew where it is exported
    cas_types.SENTENCE,
    cas_types.TOKEN,
    cas_types.DOCUMENT,
    "uima.cas.NULL",
    cas_types.ARRAY,
    cas_types.STRINGS,
)


class Sieve:
    """What is kept of one file.

    passed_over    what is not, in a few words, and how often
    """

    def __init__(self) -> None:
        self.passed_over: Counter[str] = Counter()
        self._features = cas_types.features()

    def keeps(self, type_: str) -> bool:
        """Whether structures of a type are read; others are counted."""
        if type_ in self._features:
            return True
        if type_ not in WRITTEN:
            self.passed_over[type_] += 1
        return False

    def others(self, type_: str, names: Iterable[str]) -> list[str]:
        """Those of the features of a structure that its type does not have, which are counted."""
        found = [name for name in names if name not in (*self._features[type_], *cas_types.built_in(type_))]
        self.passed_over.update(f"{type_}.{name}" for name in found)
        return found

    def lost(self, number: int = 1) -> None:
        """Links and annotations that point at nothing, or are in no index: whoever deleted them left them behind."""
        if number:
            self.passed_over["links to what is not there"] += number


def kept(ids: Iterable[int], there: Collection[int], sieve: Sieve) -> list[int]:
    """Those of the ids that are there; others are counted."""
    given = list(ids)
    found = [each for each in given if each in there]
    sieve.lost(len(given) - len(found))
    return found
