"""Contents that are noun phrases containing a quotation: «اتهم فلان الوزارة بـ«…»», «مشيدا بمن «ضحوا …»»."""

from msgspec import structs

from helpers.extraction import nominals, objects, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import NAMING, Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, FINITE, Gap, Text
from helpers.extraction.verb_sources import headed, topic_of
from helpers.extraction.verbal_nouns import is_masdar
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

REACH = 30  # most words between a cue and the preposition of its content
OF_PARTICIPLE = 8  # the same for a participle
FAR = 60  # most words of such a content
OCCASION = 6  # most words of an occasion between two commas
NAME = 3  # most words of a quotation that can be a name
BEFORE_VERB = Role.pronoun | Role.alongside | Role.auxiliary | Role.perfective | Role.time | Role.adverb
NO_NOUN = (
    THAT | Role.preposition | Role.adjunct | Role.time | Role.adverb | Role.relative | Role.pronoun | Role.negation
)
OBJECTS = {"addressee", "predicate"}  # cues with an object between the speaker and the content


def find(cue: Candidate) -> Draft | None:
    """The claim of a verb or participle whose content is a noun phrase with a quotation; None for any other."""
    text, at, hit = cue.text, cue.at, cue.hit
    if not {"quoted", "nominal"} & hit.cue.takes or hit.part == "passive" or hit.lead.endswith(letters().to):
        return None
    if not text.quotations(at + 1, min(cue.end, at + REACH + FAR)):
        return None
    if hit.part == "imperfect" and at > cue.start and text.role(at - 1, Role.that) and not text.gaps[at]:
        return None  # كادت أن ترفض الدور «…»
    participle = hit.part == "participle"
    if not participle and _noun(cue):
        return None
    place = _brought(cue, OF_PARTICIPLE if participle else REACH)
    if place is None:
        return None
    limit, first = place
    content = phrase(text, first, min(cue.end, first + FAR))
    if content is None or not _reported(cue, content):
        return None
    if first in text.opens and hit.pronoun and at and text.role(at - 1, Role.what):
        content = first, text.opens[first]  # ما وصفته بـ«…» في الأسواق: the words after it belong to the clause around
    opens = Opens.QUOTATION if text.opens.get(first) == content[1] else Opens.OBJECT
    if participle:
        return Draft(at, hit, Construction(Anchor.PARTICIPLE, opens), content, begins=at)
    source, stands = _speaker(cue, limit)
    if limit == first and first not in text.opens and source and not _definite(text, source[0]):
        return None  # رفض عروضا لشراء «…»
    seen = structs.replace(cue, first=first, source=source, stands=stands)
    if not (hit.pronoun and source is None) and stopped(Stage.OBJECT, seen):
        return None
    begins = source[0] if source and stands is Stands.BEFORE else at
    return Draft(at, hit, Construction(Anchor.VERB, opens, source=stands), content, source, begins=begins)


def _noun(cue: Candidate) -> bool:
    """Whether a verb is spelled like its verbal noun, and nothing before it shows that it is a verb."""
    text, at = cue.text, cue.at
    noun = text.words[at] == cue.hit.cue.masdar and not text.written(at).endswith(letters().maqsura)
    apart = at == cue.start or text.gaps[at] & (BREAK | Gap.comma)
    return noun and not apart and not text.role(at - 1, BEFORE_VERB)


def _brought(cue: Candidate, reach: int) -> Range | None:
    """(the word that introduces the content, ب, إلى or its own first word; the first word of the content)."""
    text, takes, at = cue.text, cue.hit.cue.takes, cue.at + 1
    direct = "object" in takes and "predicate" not in takes
    while at < min(cue.end, cue.at + reach):
        if text.gaps[at] & (BREAK | Gap.colon) or text.role(at, THAT | Role.begins_clause) or _clause(text, at):
            return None
        called = at - 1 > cue.at and _called(text, at - 1)
        alone = text.words[at] in letters().by and at + 1 < cue.end
        if "by" in takes and not called and (alone or _by(text, at)):
            return at, at + alone
        brings = text.words[at] in cue.hit.cue.prepositions and not called and at + 1 < cue.end
        if brings and (at + 1 in text.opens or not text.role(at + 1, Role.occasion | Role.time)):
            return at, at + 1
        if at in text.opens:
            if direct and (first := _object(cue, at)) is not None:
                return first, first
            at = text.opens[at]
            continue
        at += 1
    first = nominals.object_of(cue) if direct else None
    return None if first is None else (first, first)


def _by(text: Text, at: int) -> bool:
    """Whether the ب at the beginning of a word is the preposition; before the article it is, except in adverbs (بالفعل)."""
    whole = Role.adverb | Role.adjunct | Role.begins_clause | Role.time | Role.occasion
    article = text.words[at].startswith(letters().by_article) and not text.role(at, whole)
    inside = at in text.opens and text.opens[at] - at > 1 and text.words[at].startswith(letters().by)
    return article or nominals.is_by(text, at) or (inside and bool(text.kinds[at - 1].hits))  # وصفه «بخطوة كبيرة»


def _called(text: Text, at: int) -> bool:
    """Whether the words after a word are a name or nickname: المعروف بـ«…»; إلياس بورتوفا."""
    return bool(text.role(at, Role.given) or (text.role(at, Role.governs) and not text.kinds[at].kind))


def _object(cue: Candidate, quotation: int) -> int | None:
    """The beginning of the object that contains a quotation, after the speaker; None if no object does."""
    text, first = cue.text, cue.at + 1
    if cue.hit.part != "participle" and not cue.hit.pronoun and first < quotation:
        source = source_phrases.after(text, first, quotation)
        if source is not None:
            first = _without_object(text, source)[1]
        elif "addressee" in cue.hit.cue.takes and text.role(first, Role.preposition):
            first = quotation  # طلبت من الأعضاء «احترام …»
        else:
            return None
    first = _past_occasion(text, first, quotation)
    article = letters().article
    adjective = text.words[quotation - 1].startswith(article)
    if first == quotation and adjective and text.opens[quotation] - quotation == 1 and quotation - 1 > cue.at + 1:
        return quotation - 1  # ثمنت اللجنة القرار «الشجاع»
    if first == quotation and _statement(text, first - 1) and text.opens[first] - first > NAME:
        return first
    if first == quotation:
        return None if _named(text, first) else first
    apart = any(text.gaps[k] for k in range(first + 1, quotation)) or text.role(first, NO_NOUN)
    return None if apart else first


def _past_occasion(text: Text, first: int, quotation: int) -> int:
    """The word after an occasion that follows the speaker: «دان المجلس، في بيان، منع …», «دان المجلس في بيان «…»»."""
    if first >= quotation or not text.role(first, Role.preposition | Role.adjunct):
        return first
    if text.gaps[first] == Gap.comma:
        return next((at for at in text.commas_in(first + 1, min(quotation, first + OCCASION) + 1)), first)
    said = text.role(first, Role.within) and quotation - first == 2 and _statement(text, quotation - 1)
    return quotation if said and text.opens[quotation] - quotation > NAME else first


def _statement(text: Text, at: int) -> bool:
    """Whether an occasion is a statement, and not something whose title may follow: بيان, but not مؤتمر, كتاب."""
    return bool(text.role(at, Role.occasion) and text.kinds[at].hits)


def _without_object(text: Text, source: Range) -> Range:
    """The speaker without the object: an indefinite noun after an organisation with the article is not part of it."""
    first, end = source
    end = next((at for at in range(first + 1, end) if text.role(at, Role.object_head)), end)
    source = first, end
    if text.kinds[first].kind not in ("organisation", "group") or not text.words[first].startswith(letters().article):
        return source_phrases.before_object(text, source)
    names = Role.given | Role.preposition | Role.relative | Role.describes | Role.governs
    for at in range(first + 1, end):
        if not text.words[at].startswith(letters().article) and not text.role(at, names) and at not in text.opens:
            return first, at  # رفضت النقابة عرض الشركة «…»
    return source_phrases.before_object(text, source)


def _clause(text: Text, at: int) -> bool:
    """Whether another cue begins its own clause at a word."""
    if text.role(at - 1, Role.what):
        return False  # ما ورد في بيان الجمعية
    hit = text.kinds[at].hits[0] if text.kinds[at].hits and not text.kinds[at].kind else None
    if hit is None or hit.part == "masdar":
        return hit is not None and is_masdar(text, at, hit) and at + 1 in text.opens  # بقوله «…»
    apart = hit.joined or text.gaps[at] & Gap.comma
    return bool(apart or hit.part not in FINITE)


def phrase(text: Text, first: int, end: int) -> Range | None:
    """The noun phrase from a word to the comma or clause after its last quotation; None if it has no quotation."""
    at, quoted = first, False
    while at < end:
        if at > first and _leaves(text, at):
            break
        if at in text.opens:
            quoted, at = True, text.opens[at]
        else:
            at += 1
    return (first, min(at, end)) if quoted else None


def _leaves(text: Text, at: int) -> bool:
    """Whether the noun phrase ends before a word."""
    joined = len(text.words[at]) == 1 and at + 1 in text.opens  # و«…»
    if text.gaps[at] & (BREAK | Gap.comma | Gap.colon):
        return True
    return not joined and (bool(text.role(at, Role.alongside | Role.begins_clause | Role.time)) or _clause(text, at))


def _reported(cue: Candidate, content: Range) -> bool:
    """Whether a quotation in the content has words of the speaker, and is not a name."""
    text, (first, end) = cue.text, content
    for at in text.quotations(first, end):
        if at == first:
            if text.opens[at] - at > 1 or OBJECTS & cue.hit.cue.takes:
                return True
        elif not _named(text, at):
            return True
    return False


def _named(text: Text, at: int) -> bool:
    """Whether a quotation is the name of the noun before it: صحيفة «الخليج», برنامج «أول الطريق»."""
    before, words = at - 1, text.opens[at] - at
    article = letters().article
    definite = text.words[before].startswith(article)
    if text.kinds[before].kind in NAMING and not definite:
        return True
    if text.role(at, Role.adverb | Role.adjunct):
        return False  # نددت بالإجراءات «بشدة»
    if words == 1:
        return not (definite and text.words[at].startswith(article))  # الرسائل «الإيجابية»
    called = text.words[at].startswith(article) or text.role(at, Role.given)
    return words <= NAME and not definite and bool(called)


def _speaker(cue: Candidate, limit: int) -> tuple[Range | None, Stands | None]:
    """(speaker, position): after the verb and before the content, without the object; or else before the verb."""
    text, at, hit = cue.text, cue.at, cue.hit
    source = None if headed(cue) else source_phrases.after(text, at + 1, limit, told="addressee" in hit.cue.takes)
    if source and OBJECTS & hit.cue.takes and not hit.pronoun:
        told = source[1] < limit and "addressee" in hit.cue.takes
        source = source if told else source_phrases.before_object(text, source)
        alone = not _somebody(text, source[0])
        rest = "predicate" in hit.cue.takes and objects.last(text, source[1], limit)
        if alone and (rest or source[1] == limit):
            source = None  # تقارير وصفت الخطة بـ«…»: الخطة is described
    if source:
        return source, Stands.AFTER
    if topic := topic_of(cue):
        return topic, Stands.BEFORE
    if hit.joined or at == cue.start:
        return None, None
    source = source_phrases.before(text, cue.start, at, hit)
    shown = source_phrases.document(text, cue.start, at)
    if shown and source and text.role(shown[0] - 1, Role.preposition | Role.adjunct):
        source = shown  # بعد تقارير وصفت الخطة بـ«…»
    return source, Stands.BEFORE if source else None


def _definite(text: Text, at: int) -> bool:
    return _somebody(text, at) or text.words[at].startswith(letters().article)


def _somebody(text: Text, at: int) -> bool:
    return text.kinds[at].kind not in (None, "standard")
