"""Vetoes of a finite verb, before anything else is read: it is not a reporting verb, or not one in an aside.

Each function is a veto; its docstring says when it applies.
"""

from helpers.extraction.cue_candidates import Candidate, going_on
from helpers.extraction.openings import NAME
from helpers.extraction.texts import Gap
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

NEAR = 6  # most words from a verb to its own verbal noun
DENIED = 4  # most words from ليس to كما
FORMULA = 8  # most words between a formula and its clause


def own_letter(cue: Candidate) -> bool:
    """The و is part of the word, since no conjunction directly follows a relative pronoun (البنود التي وردت)."""
    joined = cue.hit.joined and cue.at > cue.start
    return bool(joined and cue.role(cue.at - 1, Role.relative))


def stands_in(cue: Candidate) -> bool:
    """The text of a document, as an object: ما ورد في المحضر."""
    return cue.role(cue.at, Role.stands_in) and cue.at > cue.start and cue.role(cue.at - 1, Role.what)


def after_preposition(cue: Candidate) -> bool:
    """A perfect after a preposition, which is a noun with the same letters."""
    if cue.hit.lead or cue.hit.part != "perfect":
        return False
    if cue.at > cue.start and cue.role(cue.at - 1, Role.who) and cue.role(cue.at, Role.degree):
        return True  # ومن أبرز ما جاء في التقرير
    noun = cue.text.words[cue.at] == cue.hit.cue.masdar and cue.at > cue.start and not cue.text.gaps[cue.at]
    if noun and cue.role(cue.at - 1, Role.that) and cue.text.written(cue.at - 1).startswith(letters().hamza_below):
        return True  # إن رد الفعل
    before = cue.at > cue.start and cue.role(cue.at - 1, Role.preposition) and not cue.role(cue.at - 1, Role.who)
    return before and not cue.text.gaps[cue.at] & ~Gap.quote


def noun_after_auxiliary(cue: Candidate) -> bool:
    """A verbal noun with the same letters as its verb: كان ظن الحكومة أن."""
    if cue.text.words[cue.at] != cue.hit.cue.masdar:
        return False
    return cue.at > cue.start and cue.role(cue.at - 1, Role.auxiliary) and not cue.role(cue.at - 1, Role.perfective)


def _of_platform(cue: Candidate) -> bool:
    """Whether a masculine verb follows a feminine organisation without the article, whose name it is: منصة تأكد."""
    text, before = cue.text, cue.at - 1
    if before < cue.start or text.gaps[cue.at] or cue.hit.lead or cue.hit.part != "perfect":
        return False
    feminine = text.written(before).endswith(letters().feminine) and not has_article(text.words[before])
    return feminine and text.kinds[before].kind == "organisation" and cue.hit.agreement == "3ms"


def in_a_name(cue: Candidate) -> bool:
    """A word in a name or a title in quotation marks, or alone in brackets."""
    if cue.text.bracketed(cue.at):
        return True
    if _of_platform(cue):
        return True
    quoted = cue.text.quoted(cue.at)
    return quoted is not None and quoted[1] - quoted[0] <= NAME


def i_without_hamza(cue: Candidate) -> bool:
    """A first person without its hamza (اعتقد for أعتقد), in a direct quotation."""
    return _bare_perfect(cue) and _written(cue, letters().bare_alef) and cue.text.quoted(cue.at) is not None


def spoken_to(cue: Candidate) -> bool:
    """A cue with a first-person pronoun, which is in a direct quotation; but not «تخبرنا الوثائق أن» outside of one."""
    if cue.hit.pronoun == letters().us[0] and cue.hit.part == "imperfect" and cue.text.quoted(cue.at) is None:
        return not has_article(cue.text.words[min(cue.at + 1, cue.end - 1)])
    return cue.hit.pronoun in letters().spoken


def withheld(cue: Candidate) -> bool:
    """A refusal to give a name: رفض ذكر اسمه."""
    return cue.role(cue.at + 1, Role.withheld)


def cognate(cue: Candidate) -> bool:
    """A cognate accusative of its own verb, spelled like a dual verb: نفت ذلك نفيا."""
    if cue.hit.agreement != "3md" or cue.hit.lead:
        return False
    near = range(max(cue.start, cue.at - NEAR), cue.at)
    return any(other.cue.lemma == cue.hit.cue.lemma for k in near for other in cue.text.kinds[k].hits)


def impersonal(cue: Candidate) -> bool:
    """An impersonal «it is possible»: يحتمل أن."""
    return cue.role(cue.at, Role.impersonal) and cue.at + 1 < cue.end and cue.role(cue.at + 1, THAT)


def formula(cue: Candidate) -> bool:
    """A formula that introduces background (يذكر أن، تجدر الإشارة) or affirms (الحق يقال إن)."""
    if cue.hit.part == "passive" and cue.at > cue.start and cue.role(cue.at - 1, Role.formula):
        return True
    if not cue.role(cue.at, Role.formula) or cue.at + 1 >= cue.end:
        return False
    nobody = cue.role(cue.at + 1, THAT | Role.preposition | Role.adverb | Role.resumptive)
    return nobody and any(cue.role(k, THAT) for k in range(cue.at + 1, min(cue.end, cue.at + FORMULA)))


def i_with_hamza(cue: Candidate) -> bool:
    """A first person (أعتقد), which folds to a third-person perfect."""
    return _bare_perfect(cue) and _written(cue, letters().i)


def _bare_perfect(cue: Candidate) -> bool:
    return cue.hit.part == "perfect" and cue.hit.cue.lemma.startswith(letters().bare_alef)


def _written(cue: Candidate, first: tuple[str, ...]) -> bool:
    return cue.text.written(cue.at)[len(cue.hit.lead) :].startswith(first)


def leads(cue: Candidate) -> bool:
    """An auxiliary verb before the reporting one: ومضت تقول."""
    return going_on(cue.text, cue.at, cue.end)


# --- for the verb after a particle or phrase that takes a clause: كما قال, على ما قال; `first` is where that begins


def not_so(cue: Candidate) -> bool:
    """A denial that something is as somebody says: ليس الأمر كما يقول, لا كما تقول."""
    at, first = cue.first, cue.first
    while at > max(cue.start, first - DENIED) and not cue.text.gaps[at]:
        at -= 1
        if cue.role(at, Role.not_so) and (at == first - 1 or not cue.role(at, Role.negation)):
            return True
    return False


def governed(cue: Candidate) -> bool:
    """على belongs to a word before it (ردا على ما قاله), or the verb has a pronoun for the content, unlike على ما قال."""
    if cue.first == cue.start or cue.text.gaps[cue.first] or not cue.role(cue.first, Role.upon):
        return False
    return cue.role(cue.first - 1, Role.answers) or cue.role(cue.at, Role.stands_in) or bool(cue.hit.pronoun)


def manner(cue: Candidate) -> bool:
    """A view of how something is, not a statement: «الحرب كما يراها الأطفال»; between commas it is a statement."""
    if cue.first == cue.start or cue.text.gaps[cue.first] or cue.role(cue.first, Role.upon):
        return False
    return bool(cue.hit.pronoun) and cue.hit.part == "imperfect"
