"""Finds what opens the content of a cue: أن and the like, a quotation, a colon."""

from msgspec import Struct

from helpers.extraction.constructions import Opens
from helpers.extraction.homographs import JUDGING
from helpers.extraction.texts import BREAK, Gap, Text, among
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

REACH = 45  # most words between a cue and the opening: more than thirty occur with long titles
OF_PARTICIPLE = 10  # the same for a participle
ALLEGED = 6  # most words between an allegation and its أن
ALLEGING = ("distancing", "negative")  # stances of the cues whose nouns are allegations: مزاعم, اتهامات
AUDIENCE = 3  # most words of an audience: لوكالة الأنباء الفرنسية
NAME = 4  # a quotation of at most so many words between a cue and أن is a name
NAMED = ("organisation", "document")  # after a noun of these kinds, a short quotation is its name
FINITE = ("perfect", "imperfect", "passive")


class Opening(Struct, frozen=True, gc=False):
    """Where a content begins.

    at       the first word after the cue's own clause (أن itself)
    first    the first word of the content
    how      what opens it
    second   the word of a second cue (قائلا) before the opening, or None
    """

    at: int
    first: int
    how: Opens
    second: int | None = None


def find(text: Text, cue: int, end: int, reach: int = REACH) -> Opening | None:
    """The opening of the content of the cue at word `cue`, before word `end`; None if there is none."""
    second, relative, aside = None, False, False
    past = cue + 1  # words before this one are skipped as part of a quotation
    for at in among(text.turns, past, min(end, past + reach)):
        if at < past:
            continue
        gap, roles, word = text.gaps[at], text.roles[at], text.kinds[at]
        if gap & BREAK and not (
            gap & Gap.colon and at in text.opens
        ):  # وقال الوزير: with the quotation on the next line
            return None
        if gap & Gap.colon and not (text.words[at].isdigit() and text.words[at - 1].isdigit()):
            return _after_colon(text, at, second)
        if gap & Gap.comma:
            relative = False
            if text.role(cue - 1, Role.relative) and _unlisted_imperfect(text, at):
                return None  # الدولة التي تتهم جارتها، يحاول …
        if at in text.opens and not (roles & THAT and not text.role(at + 1, Role.letter)):
            after = text.opens[at]
            if (
                at - 1 > cue
                and shown(text, at - 1)
                and any("predicate" in hit.cue.takes for hit in text.kinds[cue].hits)
            ):
                return None  # اعتبر ذلك «…»: a noun phrase
            if _quotes(text, cue, at, after, end):
                return Opening(at, at, Opens.QUOTATION, second)
            past = after
            continue
        if at in text.opens and roles & Role.that and _ends_there(text, at, end):
            return Opening(at, at, Opens.QUOTATION, second)  # «إن الأمر خطير»
        if roles & Role.then_that:
            return None
        if roles & THAT:
            kept = _kept(text, at, cue)
            if kept == "clause" or _of_allegation(text, cue, at):
                return None
            if kept == "own" and (not aside or gap & Gap.comma or _brought(text, at, cue)):
                return Opening(at, at + 1 if roles & Role.that else at, Opens.THAT, second)
        elif roles & Role.relative:
            relative = True
            aside = aside or text.role(at - 1, Role.time | Role.occasion)  # في الوقت الذي …
        elif roles & Role.begins_clause and not relative:
            aside = True
        elif at > cue + 1 and word.hits and not word.kind:
            hit = word.hits[0]
            soon = _soon(text, at, end)
            if hit.part == "participle" and ("plain" in hit.cue.takes or (soon and _told_with(text, cue, at))):
                if (inside := text.quoted(cue)) and inside[1] <= at:
                    return None  # «لم تتوصل بأي جواب»، قبل أن يستطرد قائلا
                second = at
            elif hit.part == "participle" and (soon or "predicate" in hit.cue.takes):
                return None  # واصفا إياه بأنه
            elif hit.part == "masdar" and soon and text.words[at] != hit.cue.masdar:
                if hit.lead in letters().by:
                    return None
                if hit.lead in letters().by_article and "quotation" in hit.cue.takes:
                    second = at  # رد بالقول إن
                if not hit.lead and (at == cue + 1 or text.role(at - 1, Role.preposition)):
                    second = at  # أعرب عن اعتقاده أن
            elif hit.part in FINITE and _own_clause(text, at, hit, relative, end):
                return None
            elif hit.part in FINITE:
                relative = True  # a relative clause: مسؤول رفض …
    return None


def _unlisted_imperfect(text: Text, at: int) -> bool:
    """Whether an unlisted word looks like an imperfect: يحاول."""
    plain = not text.kinds[at].kind and not text.role(at, Role.given | Role.name_part | Role.time)
    return plain and len(text.words[at]) > 3 and text.words[at].startswith(letters().third_imperfect[0])


def _of_allegation(text: Text, cue: int, at: int) -> bool:
    """Whether بأن follows an allegation and whose it is, after the cue: رد على اتهامات الوزير بأن."""
    described = any("predicate" in hit.cue.takes for hit in text.kinds[cue].hits)  # وصف اتهامات فلان بأنها
    if described or not text.words[at].startswith(letters().by):
        return False
    for noun in range(at - 1, max(cue, at - ALLEGED), -1):
        if text.gaps[noun + 1] or text.kinds[noun].finite:
            return False
        if any(h.part == "masdar" and not h.lead and h.cue.stance in ALLEGING for h in text.kinds[noun].hits):
            return noun < at - 1  # not راجت شائعات بأن
    return False


def _told_with(text: Text, cue: int, at: int) -> bool:
    """Whether a participle gives the content of a verb of praise or blame: «رحب الوزير بالقرار معتبرا أنه …»."""
    stance = any(
        h.part == "perfect"
        and "quoted" in h.cue.takes
        and h.cue.stance in JUDGING
        and not {"that", "quotation"} & h.cue.takes
        for h in text.kinds[cue].hits
    )
    return stance and not any(text.gaps[k] & ~Gap.quote for k in range(cue + 1, at + 1))


def _brought(text: Text, at: int, cue: int) -> bool:
    """Whether the cue's own preposition precedes أن: أشار … إلى أن."""
    return any(text.words[at - 1] in hit.cue.prepositions for hit in text.kinds[cue].hits)


def _ends_there(text: Text, first: int, end: int) -> bool:
    """Whether a content ends with the quotation that begins at a word."""
    after = text.opens[first]
    return after - first > NAME and (after >= end or bool(text.gaps[after] & (BREAK | Gap.comma)))


def _after_colon(text: Text, at: int, second: int | None) -> Opening:
    if text.role(at, Role.that) and at not in text.opens and not text.gaps[at + 1] & BREAK:
        first = at + 1
        return Opening(at, first, Opens.QUOTATION if first in text.opens else Opens.THAT, second)
    return Opening(at, at, Opens.QUOTATION if at in text.opens else Opens.COLON, second)


def _own_clause(text: Text, at: int, hit: Hit, relative: bool, end: int) -> bool:
    """Whether a verb before the opening begins its own clause, so that the content is its own and not the cue's."""
    if hit.joined:
        return not any(
            text.role(after, Role.withheld) for after in range(at + 1, min(end, at + 4))
        )  # واشترط عدم ذكر اسمه
    if text.role(at - 1, Role.pronoun):
        return not text.role(at - 1, Role.joined) or _soon(text, at, end)  # قال وهو يشير إلى الباب إن
    if text.role(at - 1, Role.who) and text.role(at - 2, Role.resumptive):
        return True  # فمنهم من يرى أن
    if text.role(at - 1, Role.perfective) and text.role(at - 1, Role.joined) and text.gaps[at - 1] & Gap.comma:
        return True  # …، فقد أوضح
    if text.role(at - 1, Role.begins_clause | Role.alongside) and not relative and text.role(at + 1, THAT):
        return True  # …، في حين نفى أن
    if text.role(at - 1, Role.that) and not relative and not text.gaps[at - 2] & Gap.comma and _soon(text, at, end):
        return True  # بعد أن أشار إلى أن
    if "predicate" in hit.cue.takes and hit.pronoun and _soon(text, at, min(end, at + 2)):
        return True  # وصفها بأنها
    if "plain" in hit.cue.takes:
        return True
    if relative or text.role(at - 1, Role.relative | Role.what | Role.negation | Role.auxiliary | Role.preposition):
        return False
    return bool(text.gaps[at] & Gap.comma) and _soon(text, at, end)


def _soon(text: Text, at: int, end: int) -> bool:
    """Whether the cue at a word is soon followed by an opening, and so has a content of its own."""
    for after in range(at + 1, min(end, at + 3)):
        if text.role(after, THAT) or after in text.opens:
            return True
        if not text.role(after, Role.preposition):
            return False
    return False


def _kept(text: Text, at: int, cue: int) -> str:
    """What governs the أن at a word: `own` the cue, `kept` another word; `clause` if it begins a clause (إلا أن)."""
    if text.written(at) in letters().whether and text.role(at + 1, Role.auxiliary):
        return "kept"  # إن كان: if
    if text.role(at, Role.negation) and at - 1 > cue and text.words[at - 1].startswith(letters().joining):
        return "kept"  # وطلب ألا ينشر اسمه
    before = text.kinds[at - 1].roles
    if before & (Role.begins_clause | Role.clause_that):
        return "clause"
    if before & Role.keeps_that or text.kinds[at].roles & Role.joined:
        return "kept"
    return "own"


def _heads_name(text: Text, first: int, after: int, end: int) -> bool:
    """Whether a quotation is a long name or title: رئيس «شركة … للنسيج» فلان أن, في ندوة بعنوان «…» أن."""
    named = text.kinds[first - 1].kind in ("person", "organisation", "document")
    if not named and not text.role(first - 1, Role.titled):
        return False
    for at in range(after, min(end, after + 25)):
        if text.kinds[at].hits:
            return False  # …"، مضيفا أن
        if text.role(at, THAT):
            return True
    return False


def _said_later(text: Text, first: int) -> bool:
    """Whether a quotation after a comma, or after an audience, is a statement, and not a name."""
    told = any(text.words[at].startswith(letters().to) for at in range(max(0, first - AUDIENCE), first))
    return text.opens[first] - first > NAME and bool(text.gaps[first] & Gap.comma or told)


def shown(text: Text, at: int) -> bool:
    """Whether a word is a demonstrative: ذلك, هذا."""
    return text.role(at, Role.standard) and text.role(at, Role.object_head)


def _quotes(text: Text, cue: int, first: int, after: int, end: int) -> bool:
    """Whether a quotation after a cue is its content, and not a name (صحيفة «الخليج») or a word in scare quotes."""
    if text.role(first - 1, Role.preposition):
        return False
    if after - first > NAME:
        return not _heads_name(text, first, after, end)
    near = range(after, min(end, after + 25))
    if text.kinds[first - 1].kind in NAMED and any(_said_later(text, at) for at in text.quotations(after, near.stop)):
        return False  # في حديث لمجلة «ألوان» عن عملها، «…»
    opens = (at for at in near if text.role(at, THAT) or text.gaps[at] & Gap.colon)
    later = next(opens, None)
    return later is None or text.role(later - 1, Role.keeps_that | Role.begins_clause | Role.clause_that)
