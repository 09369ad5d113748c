"""Arabic names in Latin letters, for readers of English pages: by a table of letters, vowels by a list of names.

The letters are those of ALA-LC and BGN/PCGN without dots and macrons, as English-language papers print them
(`romanisation.csv`). Arabic writes no short vowels: a name on the list (`name_romanisation.csv`) has its own; of any other
word they are guessed from its shape (سالم, CaCiC: Salim), and the result is to be marked as romanised by machine.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.lexicon.letters import letters
from helpers.text import orthography

USES = ("consonant", "vowel", "hamza", "waw", "yeh", "mark", "double")
LONG = {"waw": "u", "yeh": "i"}
VOWELS = frozenset("aiu")
ARTICLE = "\u0627\u0644"  # alef, lam
DEFINITE = "al-"
STEM = 3  # letters of a word behind a proclitic and the article: with fewer they are letters of a word
MARK = "≈"  # before a name that a machine put into Latin letters
SIGNS = str.maketrans({"«": "“", "»": "”", "،": ",", "؛": ";", "؟": "?", "ـ": None})


class Romanisation(Struct, frozen=True, gc=False):
    """The tables of letters and of names, read once."""

    letters: dict[str, tuple[str, str]]
    names: dict[str, str]
    word: re.Pattern[str]
    proclitics: tuple[tuple[str, str], ...] = ()

    def of(self, text: str, body: bool = False) -> str:
        """A name in Latin letters; what is not Arabic stays as it is. The same for the same text, never empty for a word.

        body   whether it is no person's, but has words that stand after one another, joined by proclitics before their
               article (الشباب والرياضة)
        """
        signs = text.translate(SIGNS)
        if not body:
            return self.word.sub(lambda found: self._word(found[0]), signs).strip()
        first = self.word.search(signs)
        of_body = self._of_body
        return self.word.sub(
            lambda found: of_body(found[0], bool(first and found.start() == first.start())), signs
        ).strip()

    def _of_body(self, written: str, first: bool) -> str:
        """A word in the name of a body: and, to or for the next, where these are written before its article.

        The first word is joined to none. Few letters are no word of their own: والد, a father, is not و and الد; of للغة
        the first ل is the preposition, and the second the word's own.
        """
        for proclitic, latin in () if _key(written) in self.names else self.proclitics:
            stem = written.removeprefix(proclitic)
            joins = written.startswith(letters().conjunction)
            if stem == written or len(stem) < (STEM if joins else STEM - 1) or (first and joins):
                continue
            if len(stem) < STEM and stem.endswith(letters().feminine):
                stem = proclitic[-1] + stem
            return latin + self._word(ARTICLE + stem).removeprefix(DEFINITE)
        return self._word(written)

    def _word(self, written: str) -> str:
        known = self.names.get(_key(written))
        if known:
            return known
        stem = written.removeprefix(ARTICLE)
        if stem != written and len(stem) > 1:
            return DEFINITE + (self.names.get(_key(stem)) or _capital(self._spelled(stem)))
        return _capital(self._spelled(written))

    def _spelled(self, word: str) -> str:
        """A word by its letters: first what is a consonant and what a vowel, then vowels where the word has none."""
        units = self._units(word)
        marked = any(self.letters.get(sign, ("", ""))[1] == "mark" for sign in word)
        spelled = units if marked else _vowelled(units)
        return "".join(spelled).strip("'")

    def _units(self, word: str) -> list[str]:
        signs = [(sign, *self.letters[sign]) for sign in word if sign in self.letters]
        units: list[str] = []
        for at, (_, latin, use) in enumerate(signs):
            if use in LONG and signs[at - 1][2] == "hamza" and at == 1 and LONG[use] in ("u", signs[0][1]):
                units[-1] = LONG[use]  # a hamza that a long vowel at the head of a word belongs to: أوباما, إيمان
            elif use in LONG:
                after = signs[at + 1][2] if at + 1 < len(signs) else ""
                bare = bool(units) and units[-1] not in VOWELS
                if bare and use == "yeh" and after == "vowel" and at + 2 == len(signs):
                    units += ["i", latin]  # the ending of an adjective: -iya
                else:
                    vowel = bare and after not in ("vowel", "mark", "double", *LONG)
                    units.append(LONG[use] if vowel else latin)
            elif use == "hamza":
                units.append(latin if not units or units[-1] not in VOWELS else "'")
            elif use == "double":
                units += units[-1:] if units and units[-1] not in VOWELS else []
            elif latin and not (latin in VOWELS and units and units[-1] == latin):
                units.append(latin)
        return units


@cache
def tables() -> Romanisation:
    """The project's own tables, read once."""
    return load()


@lru_cache(maxsize=8192)  # names come back, in an article and in the next
def marked(name: str, body: bool = False) -> str:
    """A name in Latin letters, marked as romanised by machine; nothing of one that is in Latin letters already, which is unchanged.

    >>> marked("سالم"), marked("CNN")
    ('≈ Salim', 'CNN')
    """
    latin = tables().of(name, body)
    return f"{MARK} {latin}" if latin != name else name


def load(signs: Path | None = None, names: Path | None = None) -> Romanisation:
    """Read the two tables. Raises InputError for a row that cannot be."""
    table: dict[str, tuple[str, str]] = {}
    for row in csv_rows.read(signs or paths.lexicon("romanisation.csv"), ("letter", "latin", "use", "note")):
        if len(row["letter"]) != 1:
            raise row.error(f"letter is {row['letter']!r}; write one letter")
        table[row["letter"]] = (row["latin"], row.one_of("use", USES))
    known = {
        _key(row["name"]): row["latin"]
        for row in csv_rows.read(names or paths.lexicon("name_romanisation.csv"), ("name", "latin"))
    }
    read = csv_rows.read(paths.lexicon("proclitics.csv"), orthography.PROCLITIC_COLUMNS)
    proclitics = ((row["form"] + row["writes"], row["latin"]) for row in read if row["latin"])
    longest = tuple(sorted(proclitics, key=lambda pair: -len(pair[0])))
    return Romanisation(table, known, re.compile(f"[{''.join(map(re.escape, table))}]+"), longest)


def _key(word: str) -> str:
    return orthography.fold(word).text


def _capital(word: str) -> str:
    start = len(word) - len(word.lstrip("'"))
    return word[:start] + word[start : start + 1].upper() + word[start + 1 :]


def _vowelled(units: list[str]) -> list[str]:
    """Consonants and long vowels with the short vowels that the shape of the word makes likely.

    Between vowels two consonants stand together and of more each second one gets an a (محمود: Mahmud); at the head of a
    word no two stand together (كريم: Karim); at its end none, with i after a long a (سالم: Salim).
    """
    made: list[str] = []
    at = 0
    while at < len(units):
        if units[at] in VOWELS:
            made.append(units[at])
            at += 1
            continue
        end = at
        while end < len(units) and units[end] not in VOWELS:
            end += 1
        made += _run(units[at:end], at == 0, end == len(units), made[-1] if made else "")
        at = end
    return made


def _run(run: list[str], first: bool, last: bool, before: str) -> list[str]:
    """The consonants of one run with vowels between them; `before` is the vowel that it follows."""
    made: list[str] = []
    for number, consonant in enumerate(run):
        made.append(consonant)
        left = len(run) - number  # with this one
        if left > 1 and _apart(number, left, first, last):
            made.append("i" if before == "a" and last and len(run) == 2 else "a")
    return made


def _apart(number: int, left: int, first: bool, last: bool) -> bool:
    """Whether a vowel stands after a consonant that is not the last of its run."""
    if first and last:  # a word without a long vowel: CaC, CaCaC, CaCCaC
        return number == 0 or left == 2 or (number % 2 == 0 and left > 3)
    if last:
        return left % 2 == 0
    return number % 2 == (0 if first else 1)
