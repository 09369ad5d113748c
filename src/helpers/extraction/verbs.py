"""Cues that govern their content: verbs, participles, verbal nouns."""

from msgspec import structs

from helpers.extraction import objects, openings, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate, joined
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

TELLING = {"addressee", "predicate"}  # somebody or something is the verb's object, beside its content
TOLD_AFTER = Construction(Anchor.VERB, Opens.BESIDE, Stands.AFTER, Stands.AFTER)  # …، يقول فلان
LONGEST_CONTENT = (
    400  # words of a content: no sentence of news is longer; a text without stops shall not cost its square
)
WHILE = Role.preposition | Role.pronoun | Role.perfective | Role.dative | Role.adverb | Role.time  # يقول وهو يشير …
WHOLE = 5  # a quotation of so many words at the head of a content is the content
OF_PARTICIPLE, OF_MASDAR = 10, 6  # words between one and what opens its content
FAR = 25  # the same of a participle whose own preposition brings it

Speaking = tuple[Range | None, Stands | None]  # who speaks, and where to the verb


def verb(cue: Candidate) -> Draft | None:
    """The claim of a finite verb at a word of a sentence; None where it reports nothing."""
    text, at, hit = cue.text, cue.at, cue.hit
    opening = openings.find(text, at, cue.end)
    aside = "parenthesis" in hit.cue.takes and at > cue.start and not hit.lead
    forward = opening is not None and (opening.how is Opens.THAT or text.gaps[opening.at] & Gap.colon)
    if aside and not forward and (said := _after_content(cue, opening)):
        return said
    opening = _own_words(cue, opening) or opening
    if opening is None:
        opening = _with_participle(cue)
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    if opening.second is not None and letters().will[0] in hit.lead:
        return None  # بأن القائمة ستعلق غدا، مضيفا أن: the participle is not hers
    source, stands = _speaker(cue, opening)
    if stopped(Stage.SOURCE, structs.replace(cue, opening=opening, source=source, stands=stands)):
        return None
    begins = source[0] if source and stands is Stands.BEFORE else at
    construction = Construction(Anchor.VERB, opening.how, source=stands)
    told = content(text, opening, cue.end)
    return Draft(at, hit, construction, told, source, second=opening.second, begins=begins)


def _own_words(cue: Candidate, opening: Opening | None) -> Opening | None:
    """The opening of somebody's own words that no mark sets apart: «وقال الوزير نأمل أن …», «ويقول سالم لقد رحل جدي»."""
    text, at, takes = cue.text, cue.at, cue.hit.cue.takes
    if not {"plain", "continuing"} & takes or cue.hit.part not in ("perfect", "imperfect") or cue.hit.pronoun:
        return None
    if at > cue.start and text.role(at - 1, Role.relative | Role.what | Role.who | Role.negation):
        return None
    related = False
    for first in range(at + 1, min(cue.end, at + FAR, opening.at if opening else cue.end)):
        word = text.kinds[first]
        if text.gaps[first]:
            ours = text.gaps[first] == Gap.comma and text.role(first, Role.first_person | Role.own_clause)
            ours = ours and text.written(first).startswith(letters().first_person)
            return Opening(first, first, Opens.COLON) if ours else None  # قال في كلمة ألقاها أمس، نحن بحاجة …
        related = related or text.role(first, Role.relative)
        if text.role(first, THAT):
            return None
        if related:
            continue
        if text.role(first, Role.first_person) and text.written(first).startswith(letters().first_person):
            begun = first - 1 if first - 1 > at and text.role(first - 1, Role.negation) else first  # لا نعرف
            return Opening(begun, begun, Opens.COLON)
        if text.role(first, Role.own_clause) and not text.role(first, Role.joined):
            if opening and opening.how is Opens.THAT and text.written(opening.at).startswith(letters().whether):
                return None  # قال ضابط لم يكشف عن اسمه إن: what he says is behind إن
            source = source_phrases.after(text, at + 1, first) if first > at + 1 else None
            heads = first == at + 1 or (source is not None and source[1] == first)
            return Opening(first, first, Opens.COLON) if heads else None
        if word.finite and not word.kind:
            return None
    return None


def _with_participle(cue: Candidate) -> Opening | None:
    """The opening of what a verb and a participle just behind its speaker say together: «رد المخرج موضحا أن»."""
    text, at = cue.text, cue.at
    if not {"quotation", "that"} & cue.hit.cue.takes:
        return None
    for place in range(at + 1, min(cue.end, at + OF_PARTICIPLE)):
        if text.gaps[place]:
            return None
        if text.kinds[place].hits and not text.kinds[place].kind:
            hit = text.kinds[place].hits[0]
            source = source_phrases.after(text, at + 1, place) if place > at + 1 else None
            if (
                hit.part != "participle"
                or hit.lead
                or (source and source[1] != place)
                or not (source or place == at + 1)
            ):
                return None
            opening = openings.find(text, place, cue.end, OF_PARTICIPLE)
            return opening and structs.replace(opening, second=place)
    return None


def _speaker(cue: Candidate, opening: Opening) -> Speaking:
    """Who speaks of a finite verb: after it, else before it; of a passive nobody does, who stands beside it is told."""
    text, start, at, hit = cue.text, cue.start, cue.at, cue.hit
    if hit.cue.act == "hearsay":
        return None, None  # سرت شائعات بأن: nobody
    if hit.part != "passive" and (source := _after(cue, opening)):
        if "addressee" in hit.cue.takes and not hit.lead:
            subject = source_phrases.before(text, start, at, hit)
            if subject:
                return subject, Stands.BEFORE  # الطبيبة أخبرت المحكمة أن
        return source, Stands.AFTER
    if at > start and text.role(at - 1, Role.who) and hit.agreement != "3fs":
        return (at - 1, at), Stands.BEFORE
    if topic := topic_of(cue):
        return topic, Stands.BEFORE
    if not (text.role(at + 1, Role.resumptive) and not _told_whom(text, at)) and not joined(cue):
        source = source_phrases.before(text, start, at, hit)
        if source and _shown(text, source, at):
            source = None
        told = source_phrases.document(text, start, at) if source and not _somebody(text, source[0]) else None
        if told and source and text.role(told[0] - 1, Role.preposition) and told[0] > source[0]:
            source = told  # استند المحامي إلى معلومات تفيد بأن
        source = source or _told_in(cue)
        return source, Stands.BEFORE if source else None
    return None, None


def _told_whom(text: Text, at: int) -> bool:
    """Whether a pronoun behind a verb is of whom somebody told: «المدير الذي أكد له», «المحاسب كان يقول لها»."""
    word = text.words[at + 1]
    theirs = word.startswith(letters().to) and word.endswith(letters().third)
    return theirs and text.role(at - 1, Role.relative | Role.auxiliary)


def topic_of(cue: Candidate) -> Range | None:
    """The topic that a verb takes up: أما الوزير فقال, أما الوزير، فقد قال."""
    text, start, at = cue.text, cue.start, cue.at
    so = letters().so
    if cue.hit.lead in so:
        return source_phrases.topic(text, start, at)
    if at > start and text.role(at - 1, Role.perfective) and text.words[at - 1].startswith(so):
        return source_phrases.topic(text, start, at - 1)
    return None


def _shown(text: Text, source: Range, at: int) -> bool:
    """Whether what stands before a verb is a clause and its object, of which something is said: بث التلفزيون مشاهد قال إنها."""
    first, end = source
    if end != at or end - first < 3 or not text.role(at + 1, Role.that_pronoun) or _somebody(text, first):
        return False
    article = letters().article
    if text.words[first].startswith(article) or text.words[at - 1].startswith(article) or text.role(at - 1, Role.given):
        return False
    shown = text.kinds[at - 1].kind in (None, "document")
    return shown and any(text.words[k].startswith(article) for k in range(first + 1, at - 1))


def _told_in(cue: Candidate) -> Range | None:
    """The indefinite documents that tell what follows: رفع الأهالي لافتات تقول إن."""
    text, at = cue.text, cue.at
    if cue.hit.part != "imperfect" or text.gaps[at] or text.role(at + 1, Role.that_pronoun):
        return None
    said = text.kinds[at - 1].kind == "document" and not text.words[at - 1].startswith(letters().article)
    return (at - 1, at) if said and not text.role(at - 1, Role.dative | Role.joined) else None


def _after(cue: Candidate, opening: Opening) -> Range | None:
    """The subject after a finite verb, before what opens its content."""
    text, at, takes = cue.text, cue.at, cue.hit.cue.takes
    limit = opening.second if opening.second is not None else opening.at
    if opening.second is not None:  # نفى الوزير وجود … قائلا: the object is no part of the source
        brings = cue.hit.cue.prepositions
        limit = next(
            (k for k in range(at + 2, limit) if text.role(k, Role.object_head) or text.words[k] in brings), limit
        )
    while limit > at + 1 and text.role(limit - 1, Role.preposition):
        limit -= 1
    source = source_phrases.after(text, at + 1, limit, told="addressee" in takes)
    if source and (opening.second is not None or "addressee" in takes):
        source = _one_comma(text, source)
    goes_on = "continuing" in takes
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
    if source and takes & TELLING and brought:
        source = source_phrases.before_object(text, source)
        alone = "that" not in takes and not cue.hit.pronoun and not _somebody(text, source[0])
        rest = "predicate" in takes and objects.last(text, source[1], limit)
        if alone and (rest or source[1] == limit):
            return None  # ووصفت الأمطار بأنها: what is described
    return source


def _by_saying(text: Text, source: Range) -> int | None:
    """The word with which something is said that is no part of who speaks: «لخص الباحثون نتائجهم بالقول»."""
    by = letters().by_article
    return next((at for at in range(source[0] + 1, source[1]) if any(h.lead in by for h in text.kinds[at].hits)), None)


def _one_comma(text: Text, source: Range) -> Range:
    """Who speaks up to a lone comma, behind which the object stands: «نفى المدرب، استعمال العاطفة … قائلا»."""
    commas = text.commas_in(source[0] + 1, source[1])
    if len(commas) != 1 or (source[1] < len(text.gaps) and text.gaps[source[1]] & Gap.comma):
        return source
    return source if _somebody(text, commas[0]) or text.role(commas[0], Role.joined) else (source[0], commas[0])


def _somebody(text: Text, at: int) -> bool:
    return text.kinds[at].kind not in (None, "standard") or bool(text.role(at, Role.given))


def _after_content(cue: Candidate, opening: Opening | None) -> Draft | None:
    """«…»، يقول فلان: the verb after what was said, and perhaps amid it («…»، تضيف فلانة، «…»)."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    begins = _thus(text, at)
    first = text.closes.get(begins)
    marked = bool(text.gaps[begins] & (Gap.comma | Gap.stop))
    if first is None and (begins < at or not text.gaps[at] & Gap.comma or at - cue.start < WHOLE):
        return _amid_own_words(cue)
    source = source_phrases.after(text, at + 1, end, True, told="addressee" in hit.cue.takes)
    last = source[1] if source else at + 1
    while last < end and (
        text.role(last, Role.adverb | Role.time) or text.adverbial(last) or (not source and last == at + 1)
    ):
        if last in text.opens:
            break
        last += 1
    if first is None:
        if source is None or last < end:
            return None
        return Draft(at, hit, TOLD_AFTER, (cue.start, at), source, begins=at)
    heads = first == cue.start or bool(text.gaps[first] & (Gap.comma | BREAK))
    if begins - first <= openings.NAME and not marked and not (heads and _speaks(text, at, source)):
        return None  # رئيس تحرير «الأهالي» يقول
    stands = Stands.AFTER if source else None
    if last in text.opens and text.gaps[last] & Gap.comma and not _said_after(text, text.opens[last], end):
        construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AMID, stands)
        return Draft(at, hit, construction, (first, text.opens[last]), source, cue=(at, at + 1), begins=at)
    if source is None and not (last >= end or text.gaps[last] & (Gap.comma | BREAK | Gap.colon)):
        following = at + 1 < end and not text.gaps[at + 1] and (opening is None or opening.at > at + 2)
        if not (following and (marked or heads or begins < at) and _while(text, at + 1)):
            return None
    construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AFTER, stands)
    return Draft(at, hit, construction, (first, begins), source, begins=begins)


def _while(text: Text, at: int) -> bool:
    """Whether what follows a verb tells when, how or to whom somebody spoke: وهو يشير، للقاضي، بصوت خافت."""
    manner = text.words[at].startswith(letters().by) and not text.role(at, THAT) and not text.kinds[at].kind
    return manner or bool(text.role(at, WHILE))


def _thus(text: Text, at: int) -> int:
    """Where the words begin that point from a verb back to what was said: هكذا قال، هذا ما قالته."""
    if at and text.role(at - 1, Role.thus) and not text.gaps[at]:
        return at - 1
    if at > 1 and text.role(at - 1, Role.what) and not text.gaps[at] | text.gaps[at - 1]:
        shown = text.role(at - 2, Role.object_head) and text.role(at - 2, Role.standard)
        return at - 2 if shown else at
    return at


def _speaks(text: Text, at: int, source: Range | None) -> bool:
    """Whether who speaks after a verb is somebody: a title, a people, a name, one definite noun; or the verb goes on (وهو)."""
    if source is None:
        return text.role(at + 1, Role.pronoun) and text.role(at + 1, Role.joined)
    first, last = source
    alone = last - first == 1 and text.words[first].startswith(letters().article)
    alone = alone and (last >= len(text.words) or bool(text.gaps[last] & (Gap.comma | BREAK)))
    return alone or text.kinds[first].kind in ("person", "group") or text.role(first, Role.given)


def _said_after(text: Text, at: int, end: int) -> bool:
    """Whether the verb of a quotation stands behind it."""
    return at < end and any(
        "parenthesis" in h.cue.takes and not h.lead and h.part != "passive" for h in text.kinds[at].hits
    )


def _amid_own_words(cue: Candidate) -> Draft | None:
    """«… - يقول فلان - …»: the outlet's words between dashes inside what was said."""
    text, at = cue.text, cue.at
    inside = text.quoted(at)
    if inside is None or not text.gaps[at] & Gap.dash:
        return None
    source = source_phrases.after(text, at + 1, inside[1], True)
    if source is None or source[1] >= inside[1] or not text.gaps[source[1]] & Gap.dash:
        return None
    construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AMID, Stands.AFTER)
    return Draft(at, cue.hit, construction, inside, source, cue=(at, at + 1), begins=at)


def content(text: Text, opening: Opening, end: int) -> Range:
    """The words of a content from its opening: a quotation whole, else to the end of the sentence."""
    first = opening.first
    if first in text.opens and (opening.how is Opens.QUOTATION or _whole(text, first, end)):
        last = text.opens[first]
        return first, min(_further(text, last) if opening.how is Opens.QUOTATION else last, first + LONGEST_CONTENT)
    end = min(end, first + LONGEST_CONTENT)
    told = text.quoted(opening.at - 1)
    if told and told[1] > first:  # in somebody's own words: what they tell ends with their sentence
        end = min(end, told[1])
        end = next((at for at in range(first + 1, end) if text.gaps[at] & Gap.stop and not _trails_off(text, at)), end)
    return first, end


def _trails_off(text: Text, at: int) -> bool:
    """Whether what stands before a word is an ellipsis, after which a sentence may go on."""
    between = text.received[text.ends[at - 1] : text.starts[at]]
    return ".." in between or "\u2026" in between


def _whole(text: Text, first: int, end: int) -> bool:
    """Whether a quotation at the head of a content is all of it."""
    after = text.opens[first]
    return after - first >= WHOLE and (after >= end or bool(text.gaps[after] & (Gap.comma | BREAK | Gap.dash)))


def _further(text: Text, last: int) -> int:
    """Where the last of the quotations ends that follow one another with nothing between: «…». «…»، و«…»."""
    for _ in range(LONGEST_CONTENT):
        first = last + (last < len(text.words) and text.words[last] in letters().conjunction)
        after = text.opens.get(first, 0)
        parted = text.gaps[last] & (Gap.comma | Gap.stop) and not text.gaps[last] & (Gap.line | Gap.colon)
        if not parted or not after or not text.gaps[after] & (Gap.comma | BREAK):
            break
        if _said_after(text, after, len(text.words)) or (first > last and after - first <= 2):
            break
        last = after
    return last


def participle(cue: Candidate) -> Draft | None:
    """The claim that a participle opens (مشيرا إلى أن): its speaker is the subject of the clause before it."""
    after = cue.at + 1
    if after < cue.end and not cue.text.gaps[after] and cue.text.kinds[after].finite:
        return None  # معلومات مؤكدة تفيد بأن
    draft = _clause(cue, Anchor.PARTICIPLE, OF_PARTICIPLE)
    source = _predicated(cue) if draft else None
    if draft is None or source is None:
        return draft
    return structs.replace(draft, source=source, construction=structs.replace(draft.construction, source=Stands.BEFORE))


def _predicated(cue: Candidate) -> Range | None:
    """Who is said to be of an opinion: ما زالت الحكومة مصرة على أن."""
    text, at = cue.text, cue.at
    first = at
    while first > cue.start and not text.gaps[first] and not text.role(first, Role.auxiliary):
        first -= 1
    if not text.role(first, Role.auxiliary) or first == at:
        return None
    source = source_phrases.after(text, first + 1, at)
    if source is None or source[1] != at:
        return None
    return source if _somebody(text, source[0]) or text.words[source[0]].startswith(letters().article) else None


def masdar(cue: Candidate) -> Draft | None:
    """The claim of a verbal noun with its speaker as a pronoun (قوله إن)."""
    again = _again(cue)
    if not (again or is_masdar(cue.text, cue.at, cue.hit)) or (
        cue.at > cue.start and cue.role(cue.at - 1, Role.formula)
    ):
        return None  # الجدير بالذكر أن
    draft = _clause(cue, Anchor.MASDAR, OF_MASDAR)
    source = _subject(cue) if draft and cue.hit.lead.endswith(letters().article) else None
    if draft is None or source is None:
        return None if again and not is_masdar(cue.text, cue.at, cue.hit) else draft
    return structs.replace(draft, source=source, construction=structs.replace(draft.construction, source=Stands.BEFORE))


def _subject(cue: Candidate) -> Range | None:
    """Who speaks before «بالقول», «في القول»: the subject of the verb that begins their clause."""
    text, end = cue.text, cue.at
    if not cue.hit.lead.startswith(letters().by):
        end -= 1
    first = end - 1
    while first > cue.start and not text.gaps[first] & (Gap.comma | BREAK):
        first -= 1
    source = source_phrases.after(text, first + 1, end)
    if source is None or source[1] != end or first >= source[0]:
        return None
    lone = source[1] - source[0] == 1 and source[0] == first + 1  # ويستمر خالد في القول
    if cue.hit.lead.startswith(letters().by) and source[1] - source[0] == 2:
        source = source_phrases.before_object(text, source)  # افتتح الرئيس الجلسة بالقول
    return source if lone or _somebody(text, source[0]) or text.words[source[0]].startswith(letters().article) else None


def _clause(cue: Candidate, anchor: Anchor, reach: int) -> Draft | None:
    """The claim of a word that has its speaker elsewhere."""
    opening = openings.find(cue.text, cue.at, cue.end, reach)
    if opening is None and anchor is Anchor.PARTICIPLE:  # مشيرا في تقريره الذي … إلى أن
        opening = openings.find(cue.text, cue.at, cue.end, FAR)
        far = opening is not None and (
            cue.text.words[opening.at - 1] in cue.hit.cue.prepositions or _behind_aside(cue, opening)
        )
        opening = opening if far else None
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    told = content(cue.text, opening, cue.end)
    return Draft(cue.at, cue.hit, Construction(anchor, opening.how), told, begins=cue.at)


def _behind_aside(cue: Candidate, opening: Opening) -> bool:
    """Whether all between a participle and أن is one occasion up to a comma: «مشيرا، في تقرير نشر أمس، أن»."""
    commas = cue.text.commas_in(cue.at + 1, opening.at + 1)
    occasion = cue.role(cue.at + 1, Role.adjunct | Role.preposition)
    return occasion and commas in ([cue.at + 1, opening.at], [opening.at])


def is_masdar(text: Text, at: int, hit: Hit) -> bool:
    """A verbal noun with a pronoun of the third person: قوله، تأكيدها."""
    if hit.lead in letters().by_article:
        return "quotation" in hit.cue.takes
    if hit.lead.endswith(letters().article):  # ذهب إلى القول إن
        return "plain" in hit.cue.takes and _led(text, at)
    ends = letters()
    return hit.part == "masdar" and not text.written(at).endswith(ends.feminine) and text.words[at].endswith(ends.third)


def _led(text: Text, at: int) -> bool:
    """Whether a preposition leads to a word: ذهب إلى القول إن; not غني عن القول."""
    return at > 0 and text.role(at - 1, Role.preposition) and not text.role(at - 1, Role.about | Role.who)


def _again(cue: Candidate) -> bool:
    """Whether a verbal noun with the article is what somebody comes to do: عاد إلى التأكيد أن."""
    text, at = cue.text, cue.at
    if cue.hit.lead != letters().article[0] or not _led(text, at) or at + 2 >= cue.end:
        return False
    brings = text.words[at + 1] in cue.hit.cue.prepositions and text.role(at + 2, THAT)
    return bool(text.role(at + 1, THAT) or brings)
