"""Finds the speaker of a finite verb: its subject after it, or else before it."""

from helpers.extraction import objects, source_phrases
from helpers.extraction.constructions import Stands
from helpers.extraction.cue_candidates import Candidate, joined
from helpers.extraction.drafts import Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

Speaking = tuple[Range | None, Stands | None]  # the words of the speaker, and their position relative to the verb
PLURAL = "3mp"  # agreement of a verb that follows its subject
TELLING = {"addressee", "predicate"}  # verbs with an object besides their content


def speaker(cue: Candidate, opening: Opening) -> Speaking:
    """The speaker of a finite verb: after it, or else before it; a passive has none, since its subject is the audience."""
    text, start, at, hit = cue.text, cue.start, cue.at, cue.hit
    if hit.cue.act == "hearsay" or hit.part == "passive" or passive(cue):
        return None, None  # سرت شائعات بأن: no speaker
    if source := _after(cue, opening):
        if "addressee" in hit.cue.takes and not hit.lead and not _behind_adjunct(text, start, at):
            subject = source_phrases.before(text, start, at, hit)
            if subject:
                return subject, Stands.BEFORE  # الطبيبة أخبرت المحكمة أن
        return source, Stands.AFTER
    if hit.pronoun and at > start and text.role(at - 1, Role.what):
        return None, None  # ندد النائب بما اعتبره «…»
    if at > start and text.role(at - 1, Role.who) and hit.agreement != "3fs":
        return (at - 1, at), Stands.BEFORE
    if topic := topic_of(cue):
        return topic, Stands.BEFORE
    if not (text.role(at + 1, Role.resumptive) and not _told_whom(text, at)) and not joined(cue):
        source = source_phrases.before(text, start, at, hit)
        if source and _shown(text, source, at):
            source = None
        told = source_phrases.document(text, start, at) if source and not somebody(text, source[0]) else None
        if told and source and text.role(told[0] - 1, Role.preposition) and told[0] > source[0]:
            source = told  # استند المحامي إلى معلومات تفيد بأن
        source = source or _told_in(cue)
        return source, Stands.BEFORE if source else None
    return None, None


def _behind_adjunct(text: Text, start: int, at: int) -> bool:
    """Whether an adjunct with و between commas is before a verb, which begins its clause: ، ومع اقتراب الصيف، يحذر."""
    commas = text.commas_in(start + 1, at + 1)
    if len(commas) < 2 or commas[-1] != at:
        return False
    return bool(
        text.role(commas[-2], Role.joined) and text.role(commas[-2], Role.preposition | Role.adjunct | Role.time)
    )


def passive(cue: Candidate) -> bool:
    """Whether an imperfect is passive by its damma: يُعتقد; but not يُعلن, which has one in the active, too."""
    active = cue.hit.cue.lemma.startswith(letters().no_damma)
    return cue.hit.part == "imperfect" and active and letters().damma[0] in cue.text.written(cue.at)[:3]


def _told_whom(text: Text, at: int) -> bool:
    """Whether a pronoun after a verb refers to the audience: «المدير الذي أكد له», «المحاسب كان يقول لها»."""
    return text.words[at + 1].startswith(letters().to) and text.role(at - 1, Role.relative | Role.auxiliary)


def topic_of(cue: Candidate) -> Range | None:
    """The topic before a verb with ف: أما الوزير فقال, أما الوزير، فقد قال."""
    text, start, at = cue.text, cue.start, cue.at
    so = letters().so
    if cue.hit.lead in so:
        return source_phrases.topic(text, start, at)
    if at > start and text.role(at - 1, Role.perfective) and text.words[at - 1].startswith(so):
        return source_phrases.topic(text, start, at - 1)
    return None


def _shown(text: Text, source: Range, at: int) -> bool:
    """Whether the words before a verb are a clause whose object is the topic: بث التلفزيون مشاهد قال إنها."""
    first, end = source
    if end != at or end - first < 3 or not text.role(at + 1, Role.that_pronoun) or somebody(text, first):
        return False
    article = letters().article
    if text.words[at - 1].startswith(article):
        return False
    shown = text.kinds[at - 1].kind in (None, "document")
    return shown and any(text.words[k].startswith(article) for k in range(first + 1, at - 1))


def _told_in(cue: Candidate) -> Range | None:
    """The indefinite documents that state the content: رفع الأهالي لافتات تقول إن."""
    text, at = cue.text, cue.at
    if cue.hit.part != "imperfect" or text.gaps[at] or text.role(at + 1, Role.that_pronoun):
        return None
    said = text.kinds[at - 1].kind == "document" or text.role(at - 1, Role.own_saying)
    return (at - 1, at) if said and not text.words[at - 1].startswith(letters().article) else None


def _after(cue: Candidate, opening: Opening) -> Range | None:
    """The subject after a finite verb, before the opening of its content."""
    text, at, takes = cue.text, cue.at, cue.hit.cue.takes
    if _has_subject(cue) or headed(cue):
        return None  # ولكنه نفى ارتكاب أي خطأ قائلا
    if cue.hit.agreement == PLURAL:
        return None  # يبدون رغبتهم في أن: a verb in the plural follows its subject
    limit = opening.second if opening.second is not None else opening.at
    if opening.second is not None:  # نفى الوزير وجود … قائلا: the object is not part of the source
        brings = cue.hit.cue.prepositions
        limit = next(
            (
                k
                for k in range(at + 2, limit)
                if text.role(k, Role.object_head) or text.words[k] in brings or _by(cue, k)
            ),
            limit,
        )
    while limit > at + 1 and text.role(limit - 1, Role.preposition):
        limit -= 1
    if limit > at + 2 and text.role(limit - 1, Role.purport):
        limit -= 2  # تداولت صفحات ادعاء مفاده أن
    source = source_phrases.after(text, at + 1, limit, told="addressee" in takes)
    if source and text.kinds[source[0]].kind == "group" and text.words[source[0]].endswith(letters().oblique):
        return None  # حض المفتشين على التعاون قائلا: the object
    if source and "addressee" in takes and _told_alone(text, source, limit):
        return None  # أخبرت صديقتها أنها
    if source and opening.second is not None:
        source = None if own_thing(text, source[0]) else _one_comma(text, source)
    goes_on = "continuing" in takes or (
        {"that", "object", "quoted"} <= takes and "quotation" not in takes
    )  # أبدى المدرب رغبته في أن
    if source and (
        cut := objects.words(text, source)
        or objects.told_again(text, source)
        or (objects.own(text, source) if goes_on else None)
    ):
        source = source[0], cut  # اختتم المدرب حديثه, كرر الوزير التأكيد
    if source and (saying := _by_saying(text, source)):
        source = source[0], objects.of_own(text, (source[0], saying)) or saying
    if source and objects.says(text, source[0]):
        return None  # أكمل حديثه, أضاف قوله إن
    brought = text.words[opening.at].startswith(letters().by) or text.words[opening.at - 1] in letters().by
    apart = "addressee" in takes and source is not None and source[1] < limit  # whom it tells is no part of it
    if source and takes & TELLING and brought and not apart:
        source = source_phrases.before_object(text, source, bool(cue.hit.pronoun))
        whole = source == (source[0], limit) and "predicate" in takes and text.kinds[source[0]].kind == "document"
        alone = "that" not in takes and not cue.hit.pronoun and (whole or not somebody(text, source[0]))
        rest = objects.last(text, source[1], limit)
        if alone and (rest or source[1] == limit):
            return None  # ووصفت الأمطار بأنها: the object
    return source


def headed(cue: Candidate) -> bool:
    """Whether a verb with a person as its object has its subject before a relative: «الدولة التي تتهم جارتها بأنها»."""
    related = cue.at > cue.start and cue.role(cue.at - 1, Role.relative)
    return related and not cue.hit.pronoun and "addressee" in cue.hit.cue.takes and "by" in cue.hit.cue.takes


def _by(cue: Candidate, at: int) -> bool:
    """Whether ب begins what a verb is about: رحب الوزير بالقرار, أدلى الشاهد بأقواله."""
    text, word = cue.text, cue.text.words[at]
    own = word.startswith(letters().by) and word.endswith(letters().third) and not text.kinds[at].roles
    own = own and not text.written(at).endswith(letters().feminine) and text.kinds[at].kind is None
    return ("by" in cue.hit.cue.takes and word.startswith(letters().by_article)) or own


def _has_subject(cue: Candidate) -> bool:
    """Whether the subject of a verb is a pronoun at the end of the particle before it: لكنه نفى, إنها أكدت."""
    text, at = cue.text, cue.at
    if at <= cue.start or text.gaps[at] or cue.hit.lead or not text.words[at - 1].endswith(letters().third):
        return False
    return text.role(at - 1, Role.that_pronoun | Role.begins_clause)


def _told_alone(text: Text, source: Range, limit: int) -> bool:
    """Whether the only noun after a verb of telling has a pronoun, and so is who was told: أبلغ محاميه أنه."""
    first, end = source
    owned = text.words[first].endswith(letters().third) and not text.written(first).endswith(letters().feminine)
    return owned and end - first == 1 and end == limit and not text.role(first, Role.given)


def own_thing(text: Text, at: int) -> bool:
    """Whether a noun with a pronoun is a thing, and not somebody: أكد احترامه للقانون قائلا; but not أكد ابنها."""
    owned = text.words[at].endswith(letters().third) and not text.written(at).endswith(letters().feminine)
    return owned and not somebody(text, at) and text.kinds[at].owned not in ("person", "group", "organisation")


def _by_saying(text: Text, source: Range) -> int | None:
    """The index of «by saying», which is not part of the source: «لخص الباحثون نتائجهم بالقول»."""
    by = letters().by_article
    return next((at for at in range(source[0] + 1, source[1]) if any(h.lead in by for h in text.kinds[at].hits)), None)


def _one_comma(text: Text, source: Range) -> Range:
    """The speaker up to a single comma that is followed by the object: «نفى المدرب، استعمال العاطفة … قائلا»."""
    commas = text.commas_in(source[0] + 1, source[1])
    if len(commas) != 1 or (source[1] < len(text.gaps) and text.gaps[source[1]] & Gap.comma):
        return source
    return source if somebody(text, commas[0]) or text.role(commas[0], Role.joined) else (source[0], commas[0])


def somebody(text: Text, at: int) -> bool:
    return text.kinds[at].kind not in (None, "standard") or bool(text.role(at, Role.given))
