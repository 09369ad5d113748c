"""Arabic translations of texts that people wrote in English: a translation memory of exact texts.

`templates/arabic.csv` has the prose of the notebooks and of the rules for grading; `arabic.csv` among the annotations
of an article, if there is one, the texts that people wrote about it; names of actors and sources are from the lexicon
and the reading. Any other text remains in English and is marked as such. Texts by programs are not here: they are
messages, worded by the interface.

How a text was received, and doubts about it, are in a sidecar in English. Only these phrases have placeholders, for the
name of an encoding (`{kept}`) and for numbers (`{n}`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.annotation import folder
from helpers.files import csv_rows, paths
from helpers.records.curated import PROJECT
from helpers.records.readings import Reading
from helpers.report import highlighting
from helpers.text import invisible

COLUMNS = ("en", "ar")
OPEN = re.compile(r"\{(n|kept)\d?\}")  # a placeholder
TAKES = {"n": r"[\d,.%-]+", "kept": r".{1,100}?"}
LATIN = re.compile(r"[A-Za-z]")


class Memory:
    """A translation memory: call it with an English text. A full stop at the end is kept or left out as in the text.

    phrases    can have placeholders (`OPEN`) in both languages
    names      names of people and things, without placeholders; phrases take precedence over them
    """

    def __init__(self, phrases: Mapping[str, str], names: Mapping[str, str] | None = None) -> None:
        whole = _bare(phrases)
        self._known = _bare(names or {}) | {en: ar for en, ar in whole.items() if not OPEN.search(en)}
        most_said = sorted(whole.items(), key=lambda pair: -len(OPEN.sub("", pair[0])))
        self._open = [(_pattern(en), ar) for en, ar in most_said if OPEN.search(en)]

    def __call__(self, text: str) -> str | None:
        """The Arabic for a whole text; the text itself if it has no Latin letter; None if it is not known."""
        if not LATIN.search(text):
            return invisible.shown(text)
        text = _in_a_line(text)
        bare = text.rstrip(".")
        known = self._known.get(bare) or self._filled(bare)
        return known and known + text[len(bare) :]

    def _filled(self, text: str) -> str | None:
        for pattern, arabic in self._open:
            if match := pattern.fullmatch(text):
                held = {name: invisible.apart(said) for name, said in match.groupdict().items()}
                return arabic.format(**held)
        return None


def load(reading: Reading) -> Memory:
    """The memory for the pages of one article.

    Raises    InputError for an invalid file of phrases.
    """
    said = phrases(paths.templates() / "arabic.csv")
    article, actors = reading.article, reading.actors.by_id.values()
    names = _told(
        (name, source.name) for source in reading.sources for name in (source.name, source.name_en or "") if name
    )
    names |= _told((claim.gloss_en, highlighting.printed(article, claim)) for claim in reading.claims if claim.gloss_en)
    names |= _told((event.label_en, event.label_ar) for event in reading.events)
    names |= _told((actor.name_en, actor.name_ar) for actor in actors)
    shared = Counter(english for english, _ in {(actor.name_en, actor.name_ar) for actor in actors})
    names = {english: arabic for english, arabic in names.items() if shared[english] < 2}  # without names of two actors
    theirs = folder.of(article) / "arabic.csv"
    names |= phrases(theirs, may_be_open=False) if theirs.is_file() else {}
    names = {name: name for name in _annotators(reading) if name not in said and name not in names} | names
    wrote = ((article.about.get(key), article.about.get(f"{key}_ar")) for key in ("note", "published_basis"))
    names |= {english: arabic for english, arabic in wrote if english and arabic}
    return Memory(said, {english: invisible.shown(arabic) for english, arabic in names.items()})


def _annotators(reading: Reading) -> Iterable[str]:
    """The names of annotators and raters, which have no translation, except that of the project."""
    decided = reading.curated.annotators if reading.curated else ()
    return (name for name in dict.fromkeys((*decided, *reading.raters)) if name.partition(":")[0] != PROJECT)


def _told(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """English names with their Arabic, without those that stand for two different ones."""
    found: dict[str, set[str]] = {}
    for english, arabic in pairs:
        found.setdefault(english, set()).add(arabic)
    return {english: next(iter(arabic)) for english, arabic in found.items() if len(arabic) == 1}


def phrases(path: Path, may_be_open: bool = True) -> dict[str, str]:
    """The phrases of a file, English and Arabic.

    may_be_open    whether phrases can have placeholders; texts that people wrote about an article cannot
    Raises         InputError for a phrase that lacks a language, is repeated, or has other placeholders than its
                   Arabic.
    """
    found: dict[str, str] = {}
    for row in csv_rows.read(path, COLUMNS):
        if not row["en"] or not row["ar"] or row["en"] in found:
            raise row.error(f"{row['en']!r} appears twice, or lacks a language; write it once, in English and Arabic")
        left = [sorted(match.group() for match in OPEN.finditer(row[lang])) for lang in COLUMNS]
        if may_be_open and (left[0] != left[1] or len(left[0]) > len(set(left[0]))):
            raise row.error(
                f"the placeholders of {row['en']!r} differ from those of its Arabic; give both the same, each once"
            )
        found[row["en"]] = row["ar"]
    return found


def _bare(pairs: Mapping[str, str]) -> dict[str, str]:
    return {_in_a_line(en).rstrip("."): ar.rstrip(".") for en, ar in pairs.items()}


def _in_a_line(english: str) -> str:
    """A text as the key for look-up: in one line, with invisible characters as their code points."""
    return invisible.shown(" ".join(english.split()))


def _pattern(english: str) -> re.Pattern[str]:
    """A phrase with placeholders as a pattern."""
    parts, at = [], 0
    for gap in OPEN.finditer(english):
        name = gap.group().strip("{}")
        parts += [re.escape(english[at : gap.start()]), f"(?P<{name}>{TAKES[gap[1]]})"]
        at = gap.end()
    return re.compile("".join([*parts, re.escape(english[at:])]), re.S)
