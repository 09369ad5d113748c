"""Vetoes by the content of a cue and its source: the opening is not that of a content, or nobody said it.

Each function is a veto; its docstring says when it applies.
"""

from helpers.extraction import source_phrases
from helpers.extraction.constructions import Opens, Stands
from helpers.extraction.cue_candidates import NAMING, Candidate, joined
from helpers.extraction.openings import NAME, shown
from helpers.extraction.texts import BREAK, Gap
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

REFUSED = 15  # most words between a verb of refusing and its object
VERBAL = Role.joined | Role.keeps_that | Role.describes | Role.verb  # possible roles of a verb
BYLINE = 10  # most words of a line that is not a sentence
BYLINE_NAME = 4  # most words between كتب and the colon after a name
HEAD = 40  # words at the beginning of an article that can contain a byline


# --- when the opening of the content is known


def not_governed(cue: Candidate) -> bool:
    """The words after the cue are not a content that it takes."""
    hit, opening, takes = cue.hit, cue.opened, cue.hit.cue.takes
    if opening.second is not None:
        return False  # نفى … قائلا: the content is that of the second cue
    if opening.how is not Opens.THAT:
        clause = cue.role(opening.at, Role.that)  # رجح الباحث «أن تتكرر العواصف»
        said = opening.how is Opens.QUOTATION and bool(cue.text.gaps[opening.at] & Gap.colon)  # وصف حالهم: «…»
        said = said and "parenthesis" in takes and cue.text.opens[opening.first] - opening.first > NAME
        return "quotation" not in takes and not clause and not said
    if "that" not in takes and not ("by" in takes and cue.text.words[opening.at].startswith(letters().by)):
        return True
    held = "predicate" in takes and cue.text.words[opening.at].startswith(letters().by)  # وصفها بأنها
    return bool(hit.pronoun) and "addressee" not in takes and not held and not cue.role(cue.at - 1, Role.what)


def byline(cue: Candidate) -> bool:
    """A byline: a line without a full stop (كتبت: فلانة), or one that opens an article (كتب سمير الجبلي: …)."""
    if _opens_article(cue):
        return True
    bare = cue.opened.how is Opens.COLON and cue.at == cue.start
    gaps = cue.text.gaps
    return bare and cue.end - cue.start <= BYLINE and not gaps[min(cue.end, len(gaps) - 1)] & Gap.stop


def _opens_article(cue: Candidate) -> bool:
    """Whether a verb at the beginning of an article's first lines is that of a byline: a name and a colon follow it."""
    text, at, first = cue.text, cue.at, cue.opened.at
    if (
        cue.opened.how is not Opens.COLON
        or not cue.role(at, Role.caption)
        or cue.hit.lead
        or at != cue.start
        or at >= HEAD
    ):
        return False
    if at and not text.gaps[at] & Gap.line:
        return False
    named = text.role(at + 1, Role.given) or not (text.kinds[at + 1].kind or text.role(at + 1, ~Role.given))
    return named and first - at <= BYLINE_NAME and not any(text.role(k, Role.preposition) for k in range(at + 1, first))


def next_verb(cue: Candidate) -> bool:
    """The أن belongs to another verb, with و after a comma: «وتعتبر تجربة فريدة، واستطاع الفريق أن يكسب الجمهور»."""
    text, at = cue.text, cue.opened.at
    if cue.opened.how is not Opens.THAT:
        return False
    commas = text.commas_in(cue.at + 1, at)
    if len(commas) != 1:
        return False
    word, known = text.words[commas[0]], text.kinds[commas[0]]
    if "predicate" not in cue.hit.cue.takes:  # شعرت بالخوف، وتمنيت أن
        plural = letters().feminine_plural
        if commas[0] + 1 != at or not word.endswith(letters().she) or word.endswith(plural):
            return False
    elif commas[0] + 1 >= at:
        return False
    noun = known.kind or known.roles & ~VERBAL or word.startswith(letters().joined_article)
    return word.startswith(letters().joining) and not noun


def interrupted(cue: Candidate) -> bool:
    """A comma or another cue is between a verbal noun and its content."""
    between = range(cue.at + 1, cue.opened.at) if cue.hit.part == "masdar" else ()
    return any(cue.text.gaps[k] & Gap.comma or cue.role(k, Role.circumstance) for k in between)


# --- when the source of a finite verb is known


def of_another(cue: Candidate) -> bool:
    """Another reporting verb, after the supposed source, directly precedes أن: شهد المشروع جدلا ومنهم من يرى أن."""
    text, source, at = cue.text, cue.source, cue.opened.at
    if source is None or cue.stands is not Stands.AFTER or cue.opened.how is not Opens.THAT or at - 1 < source[1]:
        return False
    verb = text.kinds[at - 1]
    return any(hit.part == "imperfect" for hit in verb.hits)  # a perfect may be an adjective: خافت


def title(cue: Candidate) -> bool:
    """A short quotation after a verb is a name or a title, and not a statement."""
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
    """Whether a short quotation directly after a verb is its subject, with an apposition."""
    text, after = cue.text, cue.text.opens[first]
    if after - first > NAME or after >= cue.end or text.gaps[after] & ~Gap.quote:
        return False
    degree = "predicate" in cue.hit.cue.takes and text.role(after, Role.degree)  # تعتبر «مدار» أكبر مشغل
    return degree or text.words[after].startswith(letters().article)  # تواصل «سرايا القدس» الجناح المسلح


def written_on(cue: Candidate) -> bool:
    """The text is written on a thing, which does not speak: لافتات كتب عليها «…»."""
    after = cue.at + 1
    resumed = after < cue.opened.at and cue.role(after, Role.resumptive)
    bare = resumed and cue.text.words[after].startswith(letters().upon) and not joined(cue)
    return bare and cue.source is None and cue.opened.how is Opens.QUOTATION


def purpose(cue: Candidate) -> bool:
    """A verb of purpose without a speaker: ليقول إن."""
    return cue.source is None and cue.hit.lead.endswith(letters().to)


def silent(cue: Candidate) -> bool:
    """A refusal to answer: «رفض المتحدث، سالم العطار، الرد على أسئلة الصحيفة»."""
    text, takes = cue.text, cue.hit.cue.takes
    if cue.hit.cue.stance != "negative" or not {"object", "nominal"} <= takes:
        return False
    last = min(cue.end, cue.at + REFUSED)
    heads = (at for at in range(cue.at + 1, last) if cue.role(at, Role.silence))
    first = next(heads, None)
    if first is None or (first > cue.first and not text.gaps[first] & Gap.comma):
        return False
    after = first + 1
    return (
        after >= cue.end
        or bool(text.gaps[after])
        or cue.role(after, Role.preposition)
        or cue.role(first, Role.withheld)
    )


def to_do(cue: Candidate) -> bool:
    """A verb of purpose: ليكشفوا عن أهداف جديدة."""
    return cue.hit.lead.endswith(letters().to)


def noun(cue: Candidate) -> bool:
    """A verbal noun with the same letters as its verb; nothing shows that it is the verb here."""
    if cue.source is not None or cue.text.words[cue.at] != cue.hit.cue.masdar:
        return False
    subject = Role.what | Role.pronoun | Role.auxiliary | Role.alongside
    return cue.at > cue.start and not cue.role(cue.at - 1, subject)


def _whoever(cue: Candidate) -> bool:
    """Whether «whoever» after a verb is its object, and not the speaker: حذر كل من يخالف القرار."""
    if cue.source is None or cue.stands is not Stands.AFTER or not cue.role(cue.source[0], Role.quantifier):
        return False
    who = cue.source[0] + 1
    does = who + 1 < cue.end and cue.text.words[who + 1].startswith(letters().third_imperfect)
    return does and cue.role(who, Role.who) and cue.text.kinds[who + 1].kind is None


def shows(cue: Candidate) -> bool:
    """The subject is ما or هذا: «انخفضت الأسعار، ما يؤكد أن السوق راكدة», «وهذا يدل على أن السوق راكدة»."""
    if cue.source is None or cue.stands is not Stands.BEFORE:
        return False
    return cue.role(cue.source[0], Role.what) or _pointed(cue, *cue.source)


def _pointed(cue: Candidate, first: int, end: int) -> bool:
    """Whether only a demonstrative precedes a verb: هذا, كل ذلك."""
    pointed = shown(cue.text, end - 1) and (end - first == 1 or (end - first == 2 and cue.role(first, Role.quantifier)))
    return pointed and end == cue.at and "plain" not in cue.hit.cue.takes


# --- for a verb whose content is a noun phrase


def unlikely(cue: Candidate) -> bool:
    """The supposed source before the verb is an unlisted indefinite noun that does not begin the sentence."""
    if cue.source is None or cue.stands is not Stands.BEFORE:
        return False
    first = cue.source[0]
    likely = cue.text.kinds[first].kind or cue.text.words[first].startswith(letters().article)
    return not likely and first != cue.start


def no_speaker(cue: Candidate) -> bool:
    """The supposed source is ما (ما يشير إلى أزمة), or an unlisted noun with a pronoun: يكشف ملابساتها."""
    if cue.source is None:
        return False
    if _whoever(cue):
        return True
    first = cue.source[0]
    if cue.stands is Stands.BEFORE:
        return cue.role(first, Role.what) or _pointed(cue, *cue.source)
    owned = cue.text.words[first].endswith(letters().owned) and not cue.text.written(first).endswith(letters().feminine)
    told = "addressee" in cue.hit.cue.takes  # دعت أعضاءها إلى
    return owned and not told and not cue.text.kinds[first].kind and not cue.role(first, Role.given)


def considered(cue: Candidate) -> bool:
    """An impersonal view: يعتبر السد أكبر مشاريع البلاد; not with a plural verb, or after a speaker."""
    hit, takes = cue.hit, cue.hit.cue.takes
    if "predicate" not in takes or hit.part != "imperfect" or hit.agreement.endswith("p") or "like" in takes:
        return False
    related = cue.at > cue.start and cue.role(cue.at - 1, Role.relative) and not hit.pronoun
    if related and not cue.text.words[cue.at + 1].startswith(letters().article):
        return True  # الذي يعتبر هداف المسابقة
    kind = cue.text.kinds[cue.source[0]].kind if cue.source and cue.stands is Stands.BEFORE else None
    return kind in (None, "standard")


def points(cue: Candidate) -> bool:
    """The content is only a pronoun, or a thing that is pointed at: نفى ذلك, يشير إلى ما بقي من حقله."""
    text, first = cue.text, cue.first
    left = cue.role(first, Role.what) and first + 1 < cue.end and not text.kinds[first + 1].hits
    if left and not text.quotations(first, cue.end) and text.words[first - 1] in cue.hit.cue.prepositions:
        return True
    held = cue.first + 1 in cue.text.opens  # اعتبر ذلك «…»
    return not held and source_phrases.points(cue.text, cue.first, cue.end)


def nobody(cue: Candidate) -> bool:
    """No source, and no beginning of a clause before the verb; هو before a verbal noun is not one: السبب هو رفض."""
    subject = Role.pronoun | Role.alongside | Role.auxiliary
    named = cue.text.words[cue.at] == cue.hit.cue.masdar and cue.at > cue.start
    if named and cue.source is None and cue.role(cue.at - 1, Role.pronoun) and not cue.role(cue.at - 1, Role.joined):
        return True
    return cue.source is None and not cue.hit.joined and not (cue.at > cue.start and cue.role(cue.at - 1, subject))


def related(cue: Candidate) -> bool:
    """The content is ما or كما before the verb, and the source follows it: «أكثر مما كان يتوقع الجمهور»."""
    text, before = cue.text, cue.at - 1
    if cue.first in text.opens or text.words[cue.first - 1] in cue.hit.cue.prepositions:
        return False
    while before > cue.start and text.role(before, Role.auxiliary | Role.goes_on):
        if text.role(before, Role.goes_on):
            return False  # ما زال يطالب
        before -= 1
    if before < cue.start:
        return False
    aside = any(hit.part == "particle" and "clause" in hit.cue.takes for hit in text.kinds[before].hits)
    return text.role(before, Role.what) or (aside and before > cue.start and not text.gaps[before])
