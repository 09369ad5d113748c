"""Whether a word looks like a verb in the perfect or the imperfect."""

from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

NO_VERB = THAT | Role.what | Role.preposition | Role.adjunct | Role.pronoun | Role.relative | Role.then_that
OTHERS = NO_VERB | Role.time | Role.adverb | Role.begins_clause | Role.negation | Role.auxiliary | Role.alongside
SHORTEST = 4  # fewest letters of a verb with an ending or a prefix


def perfect(text: Text, at: int, sure: bool = False) -> bool:
    """Whether a word is a verb in the perfect: of a cue, or with the ending of a woman or a thing.

    sure   whether a verb is expected here, so that a verbal noun of the same letters is none
    """
    word, known, ends = text.words[at], text.kinds[at], letters()
    if known.kind or word.startswith(ends.article):
        return False
    if any(hit.part == "perfect" and hit.lead in ("", *ends.conjunction) for hit in known.hits):
        return sure or not any(hit.part == "masdar" for hit in known.hits) or text.role(at - 1, Role.perfective)
    if known.roles & OTHERS or len(word) < SHORTEST:
        return False
    return word.endswith(ends.she) and not word.endswith(ends.feminine_plural)


def imperfect(text: Text, at: int) -> bool:
    """Whether a word looks like a verb in the imperfect or the future."""
    word, known, ends = text.words[at], text.kinds[at], letters()
    if known.kind or text.written(at).endswith(ends.feminine) or len(word) < SHORTEST:
        return False
    if word.startswith(ends.future):
        return not word.endswith(ends.no_imperfect)
    return word.startswith(ends.third_imperfect) and not known.roles & OTHERS
