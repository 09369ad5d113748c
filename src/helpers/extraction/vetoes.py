"""What keeps a word that can report from being a claim: an ordered list of named vetoes.

Each is tried at its stage, in the order of the list, with what has been read by then; the first that applies stops the
cue. `data/lexicon/vetoes.csv` has an example of each, which it stops, and a counter-example, which it lets pass.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from helpers.extraction import source_phrases
from helpers.extraction.constructions import Opens, Stands
from helpers.extraction.drafts import Range
from helpers.extraction.openings import NAME, Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Hit, Role

BYLINE = 10  # words of a line that is no sentence
NEAR = 6  # words back to a verb that its own verbal noun goes with
STANDARD = 8  # words of a standard before what it says
FORMULA = 8  # words after a formula in which its clause begins
NAMING = ("organisation", "document")  # a short quotation after one is its name


@dataclass(slots=True)
class Trace:
    """Which vetoes were tried at which cue; kept only for who asks for an explanation.

    passed   by the word of a cue the vetoes that let it pass, in the order in which they were tried
    stopped  by the word of a cue the reading that was given up last, and the veto
    """

    passed: dict[int, list[str]] = field(default_factory=dict)
    stopped: dict[int, tuple[Hit, str]] = field(default_factory=dict)


class Candidate(Struct, frozen=True, gc=False):
    """A word read as a form of a cue, in the sentence start:end, and what has been found beside it so far.

    opening  what opens its content; None for a content that is a noun phrase, and before it is looked for
    first    the first word of such a content, or of what stands after a particle
    source   who speaks, and stands: where to the cue
    """

    text: Text
    start: int
    end: int
    at: int
    hit: Hit
    trace: Trace | None = None
    opening: Opening | None = None
    first: int = 0
    source: Range | None = None
    stands: Stands | None = None

    @property
    def opened(self) -> Opening:
        """What opens its content, once that is found: a veto of a later stage asks for it."""
        assert self.opening is not None
        return self.opening

    def role(self, at: int, roles: int) -> bool:
        """Whether a word of the text has one of these roles."""
        return self.text.roles[at] & roles != 0


class Stage(StrEnum):
    """When a veto is tried."""

    VERB = "verb"  # a finite verb, before anything else is read
    OPENING = "opening"  # what opens the content is found
    SOURCE = "source"  # who speaks is found too
    OBJECT = "object"  # the content is a noun phrase, and who speaks is found
    PARTICLE = "particle"  # the word that heads the source of a particle is found


@dataclass(frozen=True, slots=True)
class Veto:
    """One reason why a word that can report does not."""

    name: str
    stage: Stage
    applies: Callable[[Candidate], object]


def stopped(stage: Stage, cue: Candidate) -> bool:
    """Whether a veto of this stage stops a cue; a trace is told which were tried."""
    vetoes = BY_STAGE[stage]
    stops = _first(vetoes, cue)
    if cue.trace is not None:
        tried = vetoes if stops is None else vetoes[: vetoes.index(stops)]
        cue.trace.passed.setdefault(cue.at, []).extend(veto.name for veto in tried)
        if stops is not None:
            cue.trace.stopped[cue.at] = cue.hit, stops.name
    return stops is not None


def _first(vetoes: Iterable[Veto], cue: Candidate) -> Veto | None:
    """The first veto that applies to a cue."""
    for veto in vetoes:
        if veto.applies(cue):
            return veto
    return None


# --- of a finite verb


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


def going_on(text: Text, at: int, end: int) -> bool:
    """Whether the verb at a word leads to a verb of saying just after it."""
    word = text.kinds[at]
    if not word.finite or at + 1 >= end or text.gaps[at + 1] or word.kind or not text.kinds[at + 1].finite:
        return False
    return any(h.part == "imperfect" and not h.lead and "quotation" in h.cue.takes for h in text.kinds[at + 1].hits)


# --- when the opening of the content is found


def not_governed(cue: Candidate) -> bool:
    """What follows is no content that this word takes."""
    hit, opening, takes = cue.hit, cue.opened, cue.hit.cue.takes
    if opening.second is not None:
        return False  # نفى … قائلا: it is the second cue's
    if opening.how is not Opens.THAT:
        return "quotation" not in takes
    if "that" not in takes and not ("by" in takes and cue.text.words[opening.at].startswith(letters().by)):
        return True
    held = "predicate" in takes and cue.text.words[opening.at].startswith(letters().by)  # وصفها بأنها
    return bool(hit.pronoun) and "addressee" not in takes and not held and not cue.role(cue.at - 1, Role.what)


def byline(cue: Candidate) -> bool:
    """A line that tells who wrote what follows, without a stop: كتبت: فلانة."""
    bare = cue.opened.how is Opens.COLON and cue.at == cue.start and cue.opened.at == cue.at + 1
    gaps = cue.text.gaps
    return bare and cue.end - cue.start <= BYLINE and not gaps[min(cue.end, len(gaps) - 1)] & Gap.stop


def interrupted(cue: Candidate) -> bool:
    """Between a verbal noun and its content stands a comma, or another cue."""
    between = range(cue.at + 1, cue.opened.at) if cue.hit.part == "masdar" else ()
    return any(cue.text.gaps[k] & Gap.comma or cue.role(k, Role.circumstance) for k in between)


# --- when the source of a finite verb is found


def title(cue: Candidate) -> bool:
    """A short quotation after a verb that is a name or a title, and not what was said."""
    opening, text, source = cue.opened, cue.text, cue.source
    first = opening.first
    if opening.how is not Opens.QUOTATION or opening.second is not None:
        return False
    if first == cue.at + 1:
        return _called(cue, first)
    if text.opens[first] - first > NAME or text.gaps[first] & Gap.colon:
        return False
    if source is None or source[1] != first:
        return True
    near = range(max(source[0] + 1, first - 2), first)
    if any(text.role(at, Role.object_head) and not text.role(at, THAT) for at in near):
        return True  # أعلنت الوزارة إطلاق مشروع «…»
    known = text.kinds[source[0]].kind or text.gaps[text.opens[first]] & (Gap.comma | BREAK)
    named = text.kinds[first - 1].kind in NAMING and not text.words[first - 1].startswith(letters().article)
    return not known or named


def _called(cue: Candidate, first: int) -> bool:
    """Whether a short quotation just behind a verb is its subject, which a noun with the article describes."""
    text, after = cue.text, cue.text.opens[first]
    if "plain" in cue.hit.cue.takes or after - first > NAME or after >= cue.end or text.gaps[after] & ~Gap.quote:
        return False
    degree = "predicate" in cue.hit.cue.takes and text.role(after, Role.degree)  # تعتبر «مدار» أكبر مشغل
    return degree or text.words[after].startswith(letters().article)  # تواصل «سرايا القدس» الجناح المسلح


def written_on(cue: Candidate) -> bool:
    """What is written on a thing, which does not speak: لافتات كتب عليها «…»."""
    after = cue.at + 1
    resumed = after < cue.opened.at and cue.role(after, Role.resumptive)
    bare = resumed and cue.text.words[after].startswith(letters().upon) and not joined(cue)
    return bare and cue.source is None and cue.opened.how is Opens.QUOTATION


def joined(cue: Candidate) -> bool:
    """Whether a cue begins its clause: و or ف is written with it, or with a verb that leads to it."""
    return cue.hit.joined or (cue.at > cue.start and going_on(cue.text, cue.at - 1, cue.end))


def purpose(cue: Candidate) -> bool:
    """What somebody comes to say, with nobody who says it: ليقول إن."""
    return cue.source is None and cue.hit.lead.endswith(letters().to)


def to_do(cue: Candidate) -> bool:
    """What somebody does something for: ليكشفوا عن أهداف جديدة."""
    return cue.hit.lead.endswith(letters().to)


def noun(cue: Candidate) -> bool:
    """A verbal noun of the same letters as its verb, which nothing makes a verb here."""
    if cue.source is not None or cue.text.words[cue.at] != cue.hit.cue.masdar:
        return False
    subject = Role.what | Role.pronoun | Role.auxiliary | Role.alongside
    return cue.at > cue.start and not cue.role(cue.at - 1, subject)


# --- of a verb whose content is a noun phrase


def unlikely(cue: Candidate) -> bool:
    """Who stands before the verb is no noun that we know, no definite one, and does not begin the sentence."""
    if cue.source is None or cue.stands is not Stands.BEFORE:
        return False
    first = cue.source[0]
    likely = cue.text.kinds[first].kind or cue.text.words[first].startswith(letters().article)
    return not likely and first != cue.start


def no_speaker(cue: Candidate) -> bool:
    """Who would speak is ما (ما يشير إلى أزمة), or a noun with a pronoun that no list has: يكشف ملابساتها."""
    if cue.source is None:
        return False
    first = cue.source[0]
    if cue.stands is Stands.BEFORE:
        return cue.role(first, Role.what)
    owned = cue.text.words[first].endswith(letters().owned) and not cue.text.written(first).endswith(letters().feminine)
    told = "addressee" in cue.hit.cue.takes  # دعت أعضاءها إلى
    return owned and not told and not cue.text.kinds[first].kind and not cue.role(first, Role.given)


def considered(cue: Candidate) -> bool:
    """Nobody holds it to be: يعتبر السد أكبر مشاريع البلاد; but of several, or after somebody, somebody does."""
    hit, takes = cue.hit, cue.hit.cue.takes
    if "predicate" not in takes or hit.part != "imperfect" or hit.agreement.endswith("p") or "like" in takes:
        return False
    related = cue.at > cue.start and cue.role(cue.at - 1, Role.relative) and not hit.pronoun
    if related and not cue.text.words[cue.at + 1].startswith(letters().article):
        return True  # الذي يعتبر هداف المسابقة
    kind = cue.text.kinds[cue.source[0]].kind if cue.source and cue.stands is Stands.BEFORE else None
    return kind in (None, "standard")


def points(cue: Candidate) -> bool:
    """What is denied or shown is only pointed at: نفى ذلك, يشير إلى ما بقي من حقله."""
    text, first = cue.text, cue.first
    left = cue.role(first, Role.what) and first + 1 < cue.end and not text.kinds[first + 1].hits
    if left and not text.quotations(first, cue.end) and text.words[first - 1] in cue.hit.cue.prepositions:
        return True
    held = cue.first + 1 in cue.text.opens  # اعتبر ذلك «…»
    return not held and source_phrases.points(cue.text, cue.first, cue.end)


def nobody(cue: Candidate) -> bool:
    """No source, and nothing that begins a clause before the verb."""
    subject = Role.pronoun | Role.alongside | Role.auxiliary
    return cue.source is None and not cue.hit.joined and not (cue.at > cue.start and cue.role(cue.at - 1, subject))


# --- of a particle, by the word that heads its source


def standard(cue: Candidate) -> bool:
    """What one acts in accordance with: a law, a plan, a measure."""
    return cue.role(cue.first, Role.standard) and not _stated(cue)


def _stated(cue: Candidate) -> bool:
    """Whether فإن behind a comma begins what the standard says: «وبحسب لائحة الاتهام، فإن المتهم …»."""
    text, last = cue.text, min(cue.end, cue.first + STANDARD)
    commas = text.commas_in(cue.first + 1, last) if cue.at - cue.start <= 1 else []
    return bool(commas and text.role(commas[0], Role.then_that))


def unknown(cue: Candidate) -> bool:
    """A definite noun that no list has, and nothing here shows to be somebody."""
    return _definite(cue) and not _body(cue.text, cue.first) and not _spoke(cue.text, cue.first)


def no_name(cue: Candidate) -> bool:
    """A word of the sentence, a number, or a noun that is owned or many: no name."""
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
    """A noun and whose it is, a measure and not a name: مساحة المزرعة."""
    if _known(cue) or _definite(cue):
        return False
    after = _following(cue)
    return after is not None and cue.text.words[after].startswith(letters().article)


def _known(cue: Candidate) -> bool:
    word = cue.text.kinds[cue.first]
    owned = word.owned not in (None, "standard")
    return word.kind is not None or owned or cue.first in cue.text.opens or cue.role(cue.first, Role.given)


def _definite(cue: Candidate) -> bool:
    word = cue.text.words[cue.first]
    return word.startswith(letters().article_to) and not cue.text.kinds[cue.first].roles and not _known(cue)


def _following(cue: Candidate) -> int | None:
    after = cue.first + 1
    return after if after < len(cue.text.words) and not cue.text.gaps[after] else None


def _body(text: Text, at: int) -> bool:
    """Whether a noun with the article that no list has stands with adjectives in ـي before a mark: الدفاع المدني."""
    after = at + 1
    while after < len(text.words) and not text.gaps[after] and _adjective(text.words[after]):
        after += 1
    return after > at + 1 and (after == len(text.words) or bool(text.gaps[after] & (Gap.comma | BREAK | Gap.quote)))


def _adjective(word: str) -> bool:
    return word.startswith(letters().article) and word.endswith(letters().nisba)


def _spoke(text: Text, at: int) -> bool:
    """Whether a word that no list has is a name: it stands after a cue elsewhere («يشرح السملالي»), or ف takes it up."""
    if text.role(at + 1, Role.then_that):
        return True  # بحسب السملالي، فإن
    return text.words[at] in text.after_verbs


VETOES = (
    Veto("own-letter", Stage.VERB, own_letter),
    Veto("stands-in", Stage.VERB, stands_in),
    Veto("after-preposition", Stage.VERB, after_preposition),
    Veto("noun-after-auxiliary", Stage.VERB, noun_after_auxiliary),
    Veto("in-a-name", Stage.VERB, in_a_name),
    Veto("i-without-hamza", Stage.VERB, i_without_hamza),
    Veto("spoken-to", Stage.VERB, spoken_to),
    Veto("withheld", Stage.VERB, withheld),
    Veto("cognate", Stage.VERB, cognate),
    Veto("impersonal", Stage.VERB, impersonal),
    Veto("formula", Stage.VERB, formula),
    Veto("i-with-hamza", Stage.VERB, i_with_hamza),
    Veto("leads", Stage.VERB, leads),
    Veto("not-governed", Stage.OPENING, not_governed),
    Veto("byline", Stage.OPENING, byline),
    Veto("interrupted", Stage.OPENING, interrupted),
    Veto("title", Stage.SOURCE, title),
    Veto("written-on", Stage.SOURCE, written_on),
    Veto("purpose", Stage.SOURCE, purpose),
    Veto("noun", Stage.SOURCE, noun),
    Veto("to-do", Stage.OBJECT, to_do),
    Veto("unlikely", Stage.OBJECT, unlikely),
    Veto("no-speaker", Stage.OBJECT, no_speaker),
    Veto("considered", Stage.OBJECT, considered),
    Veto("points", Stage.OBJECT, points),
    Veto("nobody", Stage.OBJECT, nobody),
    Veto("standard", Stage.PARTICLE, standard),
    Veto("unknown", Stage.PARTICLE, unknown),
    Veto("no-name", Stage.PARTICLE, no_name),
    Veto("described", Stage.PARTICLE, described),
    Veto("construct", Stage.PARTICLE, construct),
)
BY_STAGE = {stage: tuple(veto for veto in VETOES if veto.stage is stage) for stage in Stage}
