"""Vetoes of a particle, by the head of its source: what follows «according to» is not a source.

Each function is a veto; its docstring says when it applies.
"""

from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

STANDARD_WORDS = 8  # most words of a standard before its content
IN_FORCE = 4  # most words of a noun phrase before «in force»


def standard(cue: Candidate) -> bool:
    """A standard with which one complies: a law, a plan, a measure."""
    return (cue.role(cue.first, Role.standard) or _in_force(cue)) and not _stated(cue)


def _in_force(cue: Candidate) -> bool:
    """Whether an adjective says that something is in force: الجداول واللوائح المعمول بها."""
    text = cue.text
    for at in range(cue.first + 1, min(cue.end, cue.first + IN_FORCE)):
        if text.role(at, Role.preposition | Role.relative | THAT):
            return False
        if text.role(at, Role.standard) and not text.role(at, Role.object_head) and not text.kinds[at].kind:
            return True
    return False


def _stated(cue: Candidate) -> bool:
    """Whether فإن after a comma begins the content of the standard: «وبحسب لائحة الاتهام، فإن المتهم …»."""
    text, last = cue.text, min(cue.end, cue.first + STANDARD_WORDS)
    commas = text.commas_in(cue.first + 1, last) if cue.at - cue.start <= 1 else []
    return bool(commas and text.role(commas[0], Role.then_that))


def unknown(cue: Candidate) -> bool:
    """An unlisted definite noun, and nothing in the article shows that it is a source."""
    if cue.role(cue.first, Role.body) and cue.text.words[cue.first].startswith(letters().article):
        return False  # الصليب الأحمر
    return _definite(cue) and not _spoke(cue.text, cue.first)


def no_name(cue: Candidate) -> bool:
    """A function word, a number, or a noun with a pronoun or in the plural, none of which is a name."""
    if _known(cue) or _definite(cue):
        return False
    word = cue.text.words[cue.first]
    return bool(cue.text.kinds[cue.first].roles) or word[0].isdigit() or word.endswith(letters().uncountable)


def described(cue: Candidate) -> bool:
    """An indefinite noun and its adjective: قيود صارمة."""
    if _known(cue) or _definite(cue):
        return False
    after = _following(cue)
    return after is not None and cue.text.written(after).endswith(letters().feminine)


def construct(cue: Candidate) -> bool:
    """A noun with a genitive that is a measure and not a name: مساحة المزرعة, عدد أفرادها."""
    after = _following(cue)
    if cue.role(cue.first, Role.measure):
        return after is not None and _measured(cue.text, after)
    if _known(cue) or _definite(cue):
        return False
    return after is not None and _measured(cue.text, after)


def _measured(text: Text, at: int) -> bool:
    """Whether a word is what is measured, with the article or a third-person pronoun: عدد النقاط, عدد أفرادها."""
    if text.words[at].startswith(letters().article):
        return True
    own = text.words[at].endswith(letters().owned) and not text.written(at).endswith(letters().feminine)
    return own and not text.kinds[at].hits and not text.role(at, ~Role.noun)


def _known(cue: Candidate) -> bool:
    word = cue.text.kinds[cue.first]
    owned = word.owned not in (None, "standard")
    return (
        word.kind is not None
        or owned
        or cue.first in cue.text.opens
        or cue.role(cue.first, Role.given | Role.name_part)
    )


def _definite(cue: Candidate) -> bool:
    word = cue.text.words[cue.first]
    return word.startswith(letters().article_to) and not _known(cue)


def _following(cue: Candidate) -> int | None:
    after = cue.first + 1
    return after if after < len(cue.text.words) and not cue.text.gaps[after] else None


def _spoke(text: Text, at: int) -> bool:
    """Whether an unlisted word is a name: it follows a cue elsewhere («يشرح السملالي»), or ف follows it."""
    if text.role(at + 1, Role.then_that):
        return True  # بحسب السملالي، فإن
    word = text.words[at]
    if word.startswith(letters().to_article):
        word = letters().article[0] + word.removeprefix(letters().to_article[0])
    return word in text.after_verbs
