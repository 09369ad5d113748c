"""Vetoes of a finite verb, before anything else is read: what makes it no verb that reports, or no aside of who reports."""

from helpers.extraction.cue_candidates import Candidate, going_on
from helpers.extraction.openings import NAME
from helpers.extraction.texts import Gap
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

NEAR = 6  # words back to a verb that its own verbal noun goes with
DENIED = 4  # words from ليس to كما
FORMULA = 8  # words after a formula in which its clause begins


def own_letter(cue: Candidate) -> bool:
    """The و is a letter of the word: no conjunction stands right behind a relative pronoun (البنود التي وردت)."""
    joined = cue.hit.joined and cue.at > cue.start and not cue.text.gaps[cue.at]
    return bool(joined and cue.role(cue.at - 1, Role.relative))


def stands_in(cue: Candidate) -> bool:
    """What stands in a document, as an object: ما ورد في المحضر."""
    return cue.role(cue.at, Role.stands_in) and cue.at > cue.start and cue.role(cue.at - 1, Role.what)


def after_preposition(cue: Candidate) -> bool:
    """A perfect after a preposition is a noun of the same letters."""
    if cue.hit.lead or cue.hit.part != "perfect":
        return False
    before = cue.at > cue.start and cue.role(cue.at - 1, Role.preposition) and not cue.role(cue.at - 1, Role.who)
    return before and not cue.text.gaps[cue.at] & ~Gap.quote


def noun_after_auxiliary(cue: Candidate) -> bool:
    """A verbal noun of the same letters as its verb: كان ظن الحكومة أن."""
    if cue.text.words[cue.at] != cue.hit.cue.masdar:
        return False
    return cue.at > cue.start and cue.role(cue.at - 1, Role.auxiliary) and not cue.role(cue.at - 1, Role.perfective)


def in_a_name(cue: Candidate) -> bool:
    """Inside a name or a title in quotation marks."""
    quoted = cue.text.quoted(cue.at)
    return quoted is not None and quoted[1] - quoted[0] <= NAME


def i_without_hamza(cue: Candidate) -> bool:
    """I believe, spelled without its hamza (اعتقد for أعتقد), in somebody's own words."""
    return _bare_perfect(cue) and _written(cue, letters().bare_alef) and cue.text.quoted(cue.at) is not None


def spoken_to(cue: Candidate) -> bool:
    """Told to the one who speaks, or by a word with a pronoun of theirs: inside somebody's own words."""
    return cue.hit.pronoun in letters().spoken


def withheld(cue: Candidate) -> bool:
    """A name that is not to be given: رفض ذكر اسمه."""
    return cue.role(cue.at + 1, Role.withheld)


def cognate(cue: Candidate) -> bool:
    """A verbal noun that goes with its own verb and is spelled like two who say: نفت ذلك نفيا."""
    if cue.hit.agreement != "3md" or cue.hit.lead:
        return False
    near = range(max(cue.start, cue.at - NEAR), cue.at)
    return any(other.cue.lemma == cue.hit.cue.lemma for k in near for other in cue.text.kinds[k].hits)


def impersonal(cue: Candidate) -> bool:
    """It may be: يحتمل أن."""
    return cue.role(cue.at, Role.impersonal) and cue.at + 1 < cue.end and cue.role(cue.at + 1, THAT)


def formula(cue: Candidate) -> bool:
    """A formula that opens background: يذكر أن، تجدر الإشارة; or that affirms: الحق يقال إن."""
    if cue.hit.part == "passive" and cue.at > cue.start and cue.role(cue.at - 1, Role.formula):
        return True
    if not cue.role(cue.at, Role.formula) or cue.at + 1 >= cue.end:
        return False
    nobody = cue.role(cue.at + 1, THAT | Role.preposition | Role.adverb | Role.resumptive)
    return nobody and any(cue.role(k, THAT) for k in range(cue.at + 1, min(cue.end, cue.at + FORMULA)))


def i_with_hamza(cue: Candidate) -> bool:
    """I believe (أعتقد), which folds to the perfect of another."""
    return _bare_perfect(cue) and _written(cue, letters().i)


def _bare_perfect(cue: Candidate) -> bool:
    return cue.hit.part == "perfect" and cue.hit.cue.lemma.startswith(letters().bare_alef)


def _written(cue: Candidate, first: tuple[str, ...]) -> bool:
    return cue.text.written(cue.at)[len(cue.hit.lead) :].startswith(first)


def leads(cue: Candidate) -> bool:
    """A verb of going on that leads to the one that says: ومضت تقول."""
    return going_on(cue.text, cue.at, cue.end)


# --- of the verb behind a particle or a phrase that takes a clause: كما قال, على ما قال; `first` is where that begins


def not_so(cue: Candidate) -> bool:
    """It is denied that it is as somebody says: ليس الأمر كما يقول, لا كما تقول."""
    at, first = cue.first, cue.first
    while at > max(cue.start, first - DENIED) and not cue.text.gaps[at]:
        at -= 1
        if cue.role(at, Role.not_so) and (at == first - 1 or not cue.role(at, Role.negation)):
            return True
    return False


def governed(cue: Candidate) -> bool:
    """على is of a word before it: ردا على ما قاله; then what is told has a pronoun, as what was said had none: على ما قال."""
    if cue.first == cue.start or cue.text.gaps[cue.first] or not cue.role(cue.first, Role.upon):
        return False
    return cue.role(cue.first - 1, Role.answers) or cue.role(cue.at, Role.stands_in) or bool(cue.hit.pronoun)


def manner(cue: Candidate) -> bool:
    """How something is, and not that it is: «الحرب كما يراها الأطفال»; between commas somebody tells that it is."""
    if cue.first == cue.start or cue.text.gaps[cue.first] or cue.role(cue.first, Role.upon):
        return False
    return bool(cue.hit.pronoun) and cue.hit.part == "imperfect"
