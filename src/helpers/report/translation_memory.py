"""What the pages say in English, in Arabic: a memory of whole phrases, with holes for what changes between articles.

`templates/arabic.csv` and `templates/interface.csv` hold the project's phrases; `arabic.csv` beside the annotations of
an article, where there is one, what people wrote about it; names of actors and sources are those of the lexicon and
of the reading. A phrase that is in none of them stays in English, and the page says that it does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from helpers.annotation import folder
from helpers.files import csv_rows, paths
from helpers.records.curated import PROJECT
from helpers.records.readings import Reading
from helpers.report import highlighting, interface
from helpers.text import invisible

COLUMNS = ("en", "ar")
HOLE = re.compile(r"\{(\w*)\}")
# What a hole takes, by how its name begins: a number or a date, one word, anything as it is; another takes what is known.
HOLES = {"n": r"[\d,.%-]+", "code": r"\w+", "grade": r"[A-F1-6]", "kept": r".+?"}
LONG = 2_500  # characters: what is longer is no phrase with holes
DEEP = 4  # phrases inside holes of phrases
# The phrases of the interface that notebooks say too.
SAID: tuple[str, ...] = ("reason.", "sourcekind.", "kind.", "key.", "known.", "act.", "stance.", "who.", "basis.")
SAID += ("made.", "confidence", "modality.", "type.", "evidence.", "it_is_said", "named_before", "measured", "grade")
SAID += ("reliability", "source.not_said", "paragraph", "status.", "not_graded")
LONGEST = 4  # parts of one item of a list
LISTS = ((", ", "، "), ("; ", "؛ "), (" · ", " · "))
SENTENCES = ". "
LATIN = re.compile(r"[A-Za-z]")
# One word with a digit or a sign in it: c01, part_of_taliban, actor:iran, claims.csv, a sum.
CODE = re.compile(r"[A-F]|(?=\S*[\d_:/.])[A-Za-z0-9_:/.+-]+")
APART = re.compile(r"[A-Za-z]|\d\W+\d")  # what could take its order from the Arabic around it


class Memory:
    """Phrases with their Arabic: call it with an English text. A full stop at the end is as the text has it.

    phrases    may have holes; each is in both languages
    names      what people and texts call things: taken as it is, whatever is in it; a phrase goes before a name
    """

    def __init__(self, phrases: Mapping[str, str], names: Mapping[str, str] | None = None) -> None:
        whole, named = _bare(phrases), _bare(names or {})
        self._known = named | {en: ar for en, ar in whole.items() if not HOLE.search(en)}
        self._holed = {en: ar for en, ar in whole.items() if HOLE.search(en)}
        self._seen: dict[tuple[str, int], str | None] = {}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """The phrases with holes, those with most words of their own first."""
        ordered = sorted(self._holed.items(), key=lambda pair: -len(HOLE.sub("", pair[0])))
        return [(_pattern(en), ar) for en, ar in ordered]

    def __call__(self, text: str) -> str | None:
        """The Arabic of a text, as it is where it has no Latin letter; None where it is not known, in whole."""
        return self._in_arabic(text, 0)

    def _in_arabic(self, text: str, depth: int) -> str | None:
        if not LATIN.search(text):
            return invisible.shown(text)
        text = _in_a_line(text)
        bare = text.rstrip(".")
        if (bare, depth) not in self._seen:
            self._seen[bare, depth] = self._found(bare, depth)
        known = self._seen[bare, depth]
        return known and known + text[len(bare) :]

    def _found(self, text: str, depth: int) -> str | None:
        if text in self._known:
            return self._known[text]
        if len(text) > LONG or depth == DEEP:
            return None
        # Sentences before holes: what a hole of the first takes must not reach into the next.
        if SENTENCES in text and (said := self._listed(text.split(SENTENCES), SENTENCES, depth + 1)):
            return SENTENCES.join(said)
        for pattern, arabic in self._patterns:
            if (match := pattern.fullmatch(text)) and (whole := self._filled(match, arabic, depth + 1)):
                return whole
        for separator, instead in LISTS:
            if separator in text and (said := self._listed(text.split(separator), separator, depth + 1)):
                return instead.join(said)
        return None

    def _listed(self, parts: list[str], separator: str, depth: int) -> list[str] | None:
        """Each item of a list in Arabic; an item may have the separator in it."""
        said: list[str] = []
        while parts:
            for size in range(min(LONGEST, len(parts) if said else len(parts) - 1), 0, -1):
                if (known := self._item(separator.join(parts[:size]), depth)) is not None:
                    said.append(known)
                    parts = parts[size:]
                    break
            else:
                return None
        return said

    def _item(self, text: str, depth: int) -> str | None:
        return invisible.apart(text) if CODE.fullmatch(text) else self._in_arabic(text, depth)

    def _filled(self, match: re.Match[str], arabic: str, depth: int) -> str | None:
        """The Arabic of a phrase with its holes filled; None where what stands in one is not known."""
        filled: dict[str, str] = {}
        for name, held in match.groupdict().items():
            said = held if _kind(name) or CODE.fullmatch(held) else self._in_arabic(held, depth)
            if said is None:
                return None
            filled[name] = said if said != held or not APART.search(said) else invisible.apart(said)
        order = iter([name for name in filled if name.startswith("_")])
        return HOLE.sub(lambda hole: filled[hole[1] or next(order)], arabic)


def load(reading: Reading) -> Memory:
    """The memory for the pages of one article.

    Raises    InputError for a file of phrases that is not as it must be.
    """
    both = [interface.load(lang).phrases for lang in interface.LANGS]
    said = {both[0][key]: both[1][key] for key in both[0] if key.startswith(SAID)}
    said |= phrases(paths.templates() / "arabic.csv")
    article, actors = reading.article, reading.actors.by_id.values()
    names = _told(
        (name, source.name) for source in reading.sources for name in (source.name, source.name_en or "") if name
    )
    names |= _told((claim.gloss_en, highlighting.printed(article, claim)) for claim in reading.claims if claim.gloss_en)
    names |= _told((event.label_en, event.label_ar) for event in reading.events)
    names |= _told((actor.name_en, actor.name_ar) for actor in actors)
    shared = Counter(english for english, _ in {(actor.name_en, actor.name_ar) for actor in actors})
    names = {english: arabic for english, arabic in names.items() if shared[english] < 2}  # of two actors
    names |= {actor.actor_id.replace("_", " "): actor.name_ar for actor in actors}
    names |= {f"actor:{actor.actor_id}": actor.name_ar for actor in actors}
    names |= {f"source:{source.source_id}": source.name for source in reading.sources}
    names |= {f"claim:{claim.claim_id}": f"الادعاء {highlighting.number(claim)}" for claim in reading.claims}
    theirs = folder.of(article) / "arabic.csv"
    names |= phrases(theirs, holes=False) if theirs.is_file() else {}
    names = {name: name for name in _annotators(reading) if name not in said and name not in names} | names
    wrote = ((article.about.get(key), article.about.get(f"{key}_ar")) for key in ("note", "published_basis"))
    names |= {english: arabic for english, arabic in wrote if english and arabic}
    return Memory(said, {english: invisible.shown(arabic) for english, arabic in names.items()})


def _annotators(reading: Reading) -> Iterable[str]:
    """The names of who decided and graded, which have no translation; what the project is called has one."""
    decided = reading.curated.annotators if reading.curated else ()
    return (name for name in dict.fromkeys((*decided, *reading.raters)) if name.partition(":")[0] != PROJECT)


def _told(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """English names with their Arabic; one that stands for two stays English."""
    found: dict[str, set[str]] = {}
    for english, arabic in pairs:
        found.setdefault(english, set()).add(arabic)
    return {english: next(iter(arabic)) for english, arabic in found.items() if len(arabic) == 1}


def phrases(path: Path, holes: bool = True) -> dict[str, str]:
    """The phrases of a file, English and Arabic.

    holes     whether its phrases have any; what people wrote about an article has none
    Raises    InputError for a phrase that lacks a language or stands there twice, or whose holes are not its Arabic's.
    """
    found: dict[str, str] = {}
    for row in csv_rows.read(path, COLUMNS):
        if not row["en"] or not row["ar"] or row["en"] in found:
            raise row.error(f"{row['en']!r} appears twice, or lacks a language; write it once, in English and Arabic")
        theirs = HOLE.findall(row["en"])
        named = [hole for hole in theirs if hole]
        if holes and (sorted(theirs) != sorted(HOLE.findall(row["ar"])) or len(named) > len(set(named))):
            raise row.error(f"the holes of {row['en']!r} are not those of its Arabic; give each the same, and once")
        found[row["en"]] = row["ar"]
    return found


def _bare(pairs: Mapping[str, str]) -> dict[str, str]:
    return {_in_a_line(en).rstrip("."): ar.rstrip(".") for en, ar in pairs.items()}


def _in_a_line(english: str) -> str:
    """A text as it is looked up: in one line, invisible characters as their numbers."""
    return invisible.shown(" ".join(english.split()))


def _pattern(english: str) -> re.Pattern[str]:
    """A phrase as a pattern; holes without a name are called after their place."""
    parts, at = [], 0
    for n, hole in enumerate(HOLE.finditer(english)):
        taken = HOLES.get(_kind(hole[1]) or "", ".+?")
        parts += [re.escape(english[at : hole.start()]), f"(?P<{hole[1] or f'_{n}'}>{taken})"]
        at = hole.end()
    return re.compile("".join([*parts, re.escape(english[at:])]), re.S)


def _kind(hole: str) -> str | None:
    return next((kind for kind in HOLES if hole.rstrip("0123456789") == kind), None)
