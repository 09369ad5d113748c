"""Romanises Arabic names for readers of English pages: letters by a table, short vowels by a list of names.

The letters are those of ALA-LC and BGN/PCGN without dots and macrons, as English-language newspapers print them
(`romanisation.csv`). Arabic does not write short vowels: the list (`name_romanisation.csv`) has those of known names;
for any other word they are guessed from its pattern (سالم, CaCiC: Salim). A foreign name has no such pattern: it has
its usual English spelling if it is listed; else it remains in Arabic (`marked`). Pages mark the result as romanised by
machine.
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
TO = "li-"
STEM = 3  # fewest letters after a proclitic and the article: with fewer, these are letters of the word itself
FOREIGN, BODY = "foreign", "body"  # values of `use` in `name_romanisation.csv`, besides none
NAME_USES = ("", FOREIGN, BODY)
FOREIGN_LETTERS, FOREIGN_END = "foreign", "foreign end"  # values of `use` in `name_letters.csv`
MOST = 4  # words of the longest listed name: كيم جونغ أون
MARK = "≈"  # before a name that was romanised by machine
SIGNS = str.maketrans({"«": "“", "»": "”", "،": ",", "؛": ";", "؟": "?", "ـ": None})


class Romanisation(Struct, frozen=True, gc=False):
    """The tables of letters and of names.

    names     names and frequent words, by their folded spelling
    foreign   the usual English spellings of foreign names, of one word or more, by their folded spelling
    bodies    words in the names of organisations, by their folded spelling without the article
    letters_of_foreign, ends_of_foreign   letters, and ends of words, that only foreign names have
    """

    letters: dict[str, tuple[str, str]]
    names: dict[str, str]
    word: re.Pattern[str]
    proclitics: tuple[tuple[str, str], ...] = ()
    foreign: dict[str, str] = {}
    bodies: dict[str, str] = {}
    letters_of_foreign: tuple[str, ...] = ()
    ends_of_foreign: tuple[str, ...] = ()

    def of(self, text: str, body: bool = False, begins: bool = True) -> str:
        """A name in Latin letters; other scripts are unchanged. The result is deterministic, and not empty for a word.

        body   whether it is the name of an organisation, whose words can have proclitics before the article
               (الشباب والرياضة)
        begins the text begins the name; else its noun precedes it, and its first word, too, can have «and»
        """
        signs = text.translate(SIGNS)
        found = list(self.word.finditer(signs))
        made, past, at = [], 0, 0
        while at < len(found):
            many, latin = self._phrase(signs, found, at)
            if not latin:
                written = found[at][0]
                many, latin = 1, self._of_body(written, begins and at == 0) if body else self._word(written)
            made += [signs[past : found[at].start()], latin]
            at += many
            past = found[at - 1].end()
        return "".join([*made, signs[past:]]).strip()

    def guesses_foreign(self, text: str) -> bool:
        """Whether a person's name is foreign, and the usual spelling of one of its words is not known.

        It is foreign if one of its words is listed as such, or has letters or an end that only foreign names have.
        """
        signs = text.translate(SIGNS)
        found = list(self.word.finditer(signs))
        foreign, unknown, at = False, False, 0
        while at < len(found):
            many, latin = self._phrase(signs, found, at)
            written = found[at][0]
            if latin or (_key(written) in self.foreign and _key(written) not in self.names):
                foreign = True
            elif not self._known(written):
                unknown = True
                foreign = foreign or self._looks_foreign(written)
            at += many
        return foreign and unknown

    def _phrase(self, text: str, found: list[re.Match[str]], at: int) -> tuple[int, str]:
        """(number of words, English spelling) of the longest listed name of several words that begins at a word."""
        for many in range(min(MOST, len(found) - at), 1, -1):
            if latin := self.foreign.get(_key(text[found[at].start() : found[at + many - 1].end()])):
                return many, latin
        return 1, ""

    def _known(self, written: str) -> bool:
        stem = written.removeprefix(ARTICLE)
        return _key(written) in self.names or stem != written or _key(written) in self.bodies

    def _looks_foreign(self, written: str) -> bool:
        return any(letter in written for letter in self.letters_of_foreign) or written.endswith(self.ends_of_foreign)

    def _of_body(self, written: str, first: bool) -> str:
        """A word in the name of an organisation, with «and», «to» or «for» if their proclitic precedes its article.

        The first word of a name has no proclitic. Too few letters are not a word: والد (father) is not و and الد. In
        للغة the first ل is the preposition, and the second belongs to the word.
        """
        known = _key(written) in self.names or _key(written) in self.bodies
        for proclitic, latin in () if known else self.proclitics:
            stem = written.removeprefix(proclitic)
            joins = written.startswith(letters().conjunction)
            if stem == written or len(stem) < (STEM if joins else STEM - 1) or (first and joins):
                continue
            if len(stem) < STEM and stem.endswith(letters().feminine):
                stem = proclitic[-1] + stem
            return latin + self._word(ARTICLE + stem, body=True).removeprefix(DEFINITE)
        to = letters().to[0]
        told = None if first or known else self.bodies.get(_key(written.removeprefix(to)))
        if told:
            return TO + told  # لكرة القدم
        return self._word(written, body=True)

    def _word(self, written: str, body: bool = False) -> str:
        key = _key(written)
        first, second = (self.bodies, self.foreign) if body else (self.foreign, self.bodies)
        if known := self.names.get(key) or first.get(key) or second.get(key):
            return known
        stem = written.removeprefix(ARTICLE)
        if stem != written and len(stem) > 1:
            key = _key(stem)
            return DEFINITE + (self.names.get(key) or self.bodies.get(key) or _capital(self._spelled(stem)))
        return _capital(self._spelled(written))

    def _spelled(self, word: str) -> str:
        """A word letter by letter: first the written consonants and vowels, then the vowels that are not written."""
        units = self._units(word)
        marked = any(self.letters.get(sign, ("", ""))[1] == "mark" for sign in word)
        spelled = units if marked else _vowelled(units)
        return "".join(spelled).strip("'")

    def _units(self, word: str) -> list[str]:
        signs = [(sign, *self.letters[sign]) for sign in word if sign in self.letters]
        units: list[str] = []
        for at, (_, latin, use) in enumerate(signs):
            if use in LONG and signs[at - 1][2] == "hamza" and at == 1 and LONG[use] in ("u", signs[0][1]):
                units[-1] = LONG[use]  # the hamza of an initial long vowel: أوباما, إيمان
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
    """The project's tables; cached."""
    return load()


@lru_cache(maxsize=8192)  # names recur within an article and between articles
def marked(name: str, body: bool = False, begins: bool = True) -> str:
    """A name in Latin letters, marked as romanised by machine; a name that is in Latin letters is unchanged and unmarked.

    So is a foreign person's name with a word that is in no list, since a guess would not be readable.

    >>> marked("سالم"), marked("CNN"), marked("جون فرغدابو")
    ('≈ Salim', 'CNN', 'جون فرغدابو')
    """
    if not body and tables().guesses_foreign(name):
        return name
    latin = tables().of(name, body, begins)
    return f"{MARK} {latin}" if latin != name else name


def load(signs: Path | None = None, names: Path | None = None) -> Romanisation:
    """Read the two tables. Raises InputError for an invalid row."""
    table: dict[str, tuple[str, str]] = {}
    for row in csv_rows.read(signs or paths.lexicon("romanisation.csv"), ("letter", "latin", "use", "note")):
        if len(row["letter"]) != 1:
            raise row.error(f"letter is {row['letter']!r}; write one letter")
        table[row["letter"]] = (row["latin"], row.one_of("use", USES))
    known: dict[str, dict[str, str]] = {use: {} for use in NAME_USES}
    for row in csv_rows.read(names or paths.lexicon("name_romanisation.csv"), ("name", "latin", "use")):
        known[row.one_of("use", NAME_USES)][_key(row["name"])] = row["latin"]
    edges: dict[str, list[str]] = {}
    for row in csv_rows.read(paths.lexicon("name_letters.csv"), ("use", "letters", "instead", "example")):
        edges.setdefault(row["use"], []).append(row["letters"])
    read = csv_rows.read(paths.lexicon("proclitics.csv"), orthography.PROCLITIC_COLUMNS)
    proclitics = ((row["form"] + row["writes"], row["latin"]) for row in read if row["latin"])
    longest = tuple(sorted(proclitics, key=lambda pair: -len(pair[0])))
    return Romanisation(
        table,
        known[""],
        re.compile(f"[{''.join(map(re.escape, table))}]+"),
        longest,
        known[FOREIGN],
        known[BODY],
        tuple(edges.get(FOREIGN_LETTERS, ())),
        tuple(edges.get(FOREIGN_END, ())),
    )


def _key(word: str) -> str:
    return orthography.fold(word).text


def _capital(word: str) -> str:
    start = len(word) - len(word.lstrip("'"))
    return word[:start] + word[start : start + 1].upper() + word[start + 1 :]


def _vowelled(units: list[str]) -> list[str]:
    """Consonants and long vowels with the short vowels that are likely from the pattern of the word.

    Between vowels two consonants can be adjacent, and of more every second one is followed by an a (محمود: Mahmud). At
    the beginning (كريم: Karim) and at the end of a word no two are adjacent; after a long a the vowel at the end is i
    (سالم: Salim).
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
    """A run of consonants with vowels inserted; `before` is the vowel before the run."""
    made: list[str] = []
    for number, consonant in enumerate(run):
        made.append(consonant)
        left = len(run) - number  # including this one
        if left > 1 and _apart(number, left, first, last):
            made.append("i" if before == "a" and last and len(run) == 2 else "a")
    return made


def _apart(number: int, left: int, first: bool, last: bool) -> bool:
    """Whether a vowel follows a consonant that is not the last of its run."""
    if first and last:  # a word without a long vowel: CaC, CaCaC, CaCCaC
        return number == 0 or left == 2 or (number % 2 == 0 and left > 3)
    if last:
        return left % 2 == 0
    return number % 2 == (0 if first else 1)
