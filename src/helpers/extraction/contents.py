"""Where a content ends: at the end of its sentence, or where a later claim leaves it; and which claims stand in it."""

from msgspec import structs

from helpers.extraction import tails
from helpers.extraction.antecedents import impersonal
from helpers.extraction.constructions import Anchor, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import FINITE, Gap, Text, among
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.records.modality import Modality

FAR = 100  # words of a content to look through for a comment on it
SUBORDINATE = 3  # words before a claim in which its clause is made subordinate
DATELINE = 4  # words that may stand before a dash at the head of a sentence: where and by whom it was written
FURTHER = 20  # sentences over which a statement after a colon may go on
GOES_ON = 5  # sentences that take up the أن of the one before
NAME = Role.name_part | Role.describes | Role.governs  # what a word of a name can be
ADJUNCT = Role.preposition | Role.adjunct | Role.time
MANY = 50  # claims of one sentence to look through for where a content ends


def cut(text: Text, drafts: list[Draft]) -> list[Draft]:
    """End each content of a sentence's drafts where another claim leaves it; one that nothing is left of is dropped."""
    ended = [_ended(text, draft, drafts[number + 1 : number + 1 + MANY]) for number, draft in enumerate(drafts)]
    ended = [_given_back(text, draft, ended[max(0, number - MANY) : number]) for number, draft in enumerate(ended)]
    return [draft for draft in ended if draft.content[0] < draft.content[1]]


def _ended(text: Text, draft: Draft, later: list[Draft]) -> Draft:
    if draft.quotation or draft.construction.trails:
        return draft
    first, end = draft.content
    for other in later:
        if other.at >= end:
            break
        if first < other.at and _leaves(text, draft, other):
            edge = _edge(text, first, other)
            if edge == first + 1 and text.role(first, Role.that_pronoun):
                continue  # إنه في حين يرى بعضهم أن …، يعتقد آخرون أن
            end = min(end, edge)
            break
    if draft.modality != Modality.ASSERTED or _conceded(text, draft):
        end = _then(text, first, end, draft.modality == Modality.ASSERTED)
    end = _further_act(text, draft, _comment(text, first, _inserted(text, draft.at, first, end)))
    end = tails.main_clause(text, draft.begins, draft.at, first, end)
    own = draft.construction.opens is Opens.COLON
    end = max(first, tails.tail(text, first, end, impersonal(text, draft), own))
    return draft if end == draft.content[1] else structs.replace(draft, content=(first, end))


def _inserted(text: Text, cue: int, first: int, end: int) -> int:
    """The end of a content before the dash that closes an insertion which its cue stands in: «- وتأكيدهم أن … -»."""
    dashes = [at for at in range(first + 1, end) if text.gaps[at] & Gap.dash]
    if len(dashes) % 2 == 0:
        return end
    start = text.sentences[text.article.place(text.starts[cue]).number - 1][0]
    opened = sum(1 for at in range(max(start + DATELINE, cue - FAR), cue + 1) if text.gaps[at] & Gap.dash)
    return dashes[0] if opened % 2 else end


def _further_act(text: Text, draft: Draft, end: int) -> int:
    """The end of a content before what its speaker does next, by a verb that can report: «نفت النيابة أن …، ووصفت …»."""
    first = draft.content[0]
    agreement = draft.hit.agreement[1:]
    for at in among(text.cues, first + 2, end) if agreement else ():
        hits = text.kinds[at].hits if text.gaps[at] & Gap.comma and not text.kinds[at].kind else ()
        for hit in hits:
            same = hit.agreement[:1] == "3" and hit.agreement[1:] == agreement
            if same and hit.part in ("perfect", "imperfect") and hit.lead in letters().joining:
                told = text.quoted(at)
                return end if told and first <= told[0] < at else at
    return end


def carried(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The drafts of an article, a statement after a colon carried over the next sentences of its paragraph.

    It runs to where the outlet speaks again: a claim that begins its sentence, or a line. Its drafts stand in it.
    """
    found = list(drafts)
    places = text.article.sentences
    for number, draft in enumerate(drafts):
        here = draft.sentence
        if not _open(text, draft):
            continue
        after, last = number + 1, here
        for later in range(here + 1, min(len(places), here + FURTHER)):
            if places[later].paragraph != places[here].paragraph:
                break
            inner = []
            while after < len(found) and found[after].sentence <= later:
                if found[after].sentence == later:
                    inner.append(after)
                after += 1
            start = text.sentences[later][0]
            if any(_begins(text, found[at], start) for at in inner) or not _speaks_on(text, start):
                break
            for at in inner:
                if found[at].within is None:
                    found[at] = structs.replace(found[at], within=number)
            last = later
        if last > here:
            found[number] = structs.replace(found[number], content=(draft.content[0], text.sentences[last][1]))
    return found


def _open(text: Text, draft: Draft) -> bool:
    """Whether a content comes after a colon without quotation marks and ends with its sentence."""
    first, end = draft.content
    if draft.construction.opens not in (Opens.COLON, Opens.THAT) or draft.construction.anchor in (
        Anchor.TURN,
        Anchor.HEADLINE,
    ):
        return False
    opened = first if draft.construction.opens is Opens.COLON else first - 1
    return (
        bool(text.gaps[opened] & Gap.colon)
        and draft.within is None
        and draft.turn is None
        and end == text.sentences[draft.sentence][1]
    )


def _speaks_on(text: Text, start: int) -> int:
    """Whether a sentence can go on with what is said: the outlet's own begins with و and a verb (وغادر القاعة)."""
    if text.role(start, Role.formula) or text.gaps[start] & Gap.colon or _acts(text, start):
        return False
    if _so(text, start):
        return True
    joined = text.words[start].startswith(letters().conjunction) and not text.role(start, Role.whole)
    own = bool(text.kinds[start].hits) and text.written(start)[1:].startswith(letters().i)  # وأعتقد: I
    return not joined or own or text.role(start, Role.negation | Role.pronoun | Role.that | Role.that_pronoun)


def _acts(text: Text, at: int) -> bool:
    """Whether a sentence begins with a verb of the cues and a name: أبدى سمير سعادته."""
    if not text.kinds[at].finite or text.kinds[at].kind or text.gaps[at + 1]:
        return False
    name = at + 1 < len(text.words) and text.kinds[at + 1].kind is None and text.words[at + 1] in text.after_verbs
    return text.role(at + 1, Role.given) or (name and not text.role(at + 1, ~NAME))


def _so(text: Text, at: int) -> bool:
    """Whether a sentence begins with ف and a noun or a pronoun: it gives a reason for what was said (فهذه الشركات)."""
    word, so = text.words[at], letters().so
    if not word.startswith(so) or text.kinds[at].hits or text.role(at, Role.auxiliary | Role.perfective):
        return False
    return text.role(at, Role.joined) or word[1:].startswith(letters().article)


def _begins(text: Text, draft: Draft, start: int) -> bool:
    """Whether a claim of somebody else begins its sentence."""
    return min(draft.begins, draft.at) <= start + 1


def _given_back(text: Text, draft: Draft, earlier: list[Draft]) -> Draft:
    """A content that ends where the one that holds it takes up its own particle: «إن الشركة أعلنت أنها … وإن النقابة …»."""
    mine = _particle(text, draft)
    if not mine and draft.construction.opens is not Opens.OBJECT:
        return draft
    first, end = draft.content
    for outer in reversed(earlier):
        if outer.content[0] <= draft.at < outer.content[1] and (theirs := _particle(text, outer)):
            if theirs == mine:
                return draft
            places = (at for at in range(first + 1, end) if text.role(at, THAT) and text.role(at, Role.joined))
            back = next((at for at in places if text.written(at)[1:2] == theirs), end)
            return structs.replace(draft, content=(first, min(back, outer.content[1])))
    return draft


def _particle(text: Text, draft: Draft) -> str:
    """The letter that أن or إن begins with before a content as received; nothing where none opens it."""
    if draft.construction.opens is not Opens.THAT:
        return ""
    first = draft.content[0]
    return text.written(first if text.role(first, Role.that_pronoun) else first - 1)[:1]


def goes_on(text: Text, number: int) -> int:
    """The end of a sentence, or of the next ones whose first word is أن or إن with و: what is said there goes on."""
    end = text.sentences[number][1]
    if not text.role(end, THAT | Role.relative):
        return end
    for first, last in text.sentences[number + 1 : number + 1 + GOES_ON]:
        if first != end or first >= last or text.gaps[first] & Gap.line or not _takes_up(text, first):
            break
        end = last
    return end


def _takes_up(text: Text, at: int) -> bool:
    """Whether a sentence begins with أن and و, and not with «even if» (وإن كان), or with a relative (والتي): no sentence does."""
    if text.role(at, Role.relative) and text.role(at, Role.joined):
        return True
    if not (text.role(at, THAT) and text.role(at, Role.joined)):
        return False
    return not text.role(at, Role.that) or not text.role(at + 1, Role.auxiliary | Role.negation | Role.verb)


def _conceded(text: Text, draft: Draft) -> bool:
    """Whether a claim stands in a clause with a main clause of its own behind it: «ورغم أن الوزير قال إن …، فإن …»."""
    first = min(draft.begins, draft.at)
    return any(role & (Role.condition | Role.concession) for role in text.roles[max(0, first - SUBORDINATE) : first])


def _then(text: Text, first: int, end: int, main: bool) -> int:
    """The end of a content before what follows from it: «إذا أعلنت أن الاقتراع باطل، فسيعاد».

    main   only a main clause does, with فإن or فقد
    """
    for at in text.commas_in(first + 1, min(end, first + FAR)):
        so = text.words[at].startswith(letters().so) and not text.kinds[at].kind
        if so and (not main or text.role(at, Role.then_that | Role.perfective)):
            return at
    return end


def nesting(drafts: list[Draft]) -> list[int | None]:
    """For each draft of a sentence the number of the innermost other one in whose content it stands."""
    found: list[int | None] = []
    for number, draft in enumerate(drafts):
        near = range(max(0, number - MANY), min(len(drafts), number + 3))
        outer = [n for n in near if _holds(drafts[n], draft)]
        found.append(min(outer, key=lambda n: drafts[n].content[1] - drafts[n].content[0], default=None))
    return found


def _holds(outer: Draft, draft: Draft) -> bool:
    if not outer.content[0] <= draft.at < outer.content[1] or _place(outer) >= _place(draft):
        return False
    return not draft.content[0] <= outer.at < draft.content[1]


def _place(draft: Draft) -> Range:
    """Where a claim begins, and its end as a negative number: what begins later, or ends earlier, is the inner one."""
    return min(draft.at, draft.begins, draft.content[0]), -draft.content[1]


def _comment(text: Text, first: int, end: int) -> int:
    """The end of a content before the outlet's own comment on it: «…، وهو ما …»، «…، مبديا استعداده»."""
    for at in text.commas_in(first + 1, min(end, first + FAR)):
        what = text.role(at, Role.pronoun) and text.role(at + 1, Role.what)
        if what or any(hit.part == "participle" for hit in text.kinds[at].hits) or _circumstance(text, at, end):
            return at
    return end


def _circumstance(text: Text, at: int, end: int) -> bool:
    """Whether a participle that no list has has a content of its own: …، مبرزا أن."""
    word, ends = text.words[at], letters()
    if text.kinds[at].kind or text.kinds[at].roles or not word.startswith(ends.participle):
        return False
    that = (at + 1 < end and text.role(at + 1, THAT)) or (
        text.role(at + 1, Role.preposition) and text.role(at + 2, THAT)
    )
    return bool(that) and word.endswith(ends.folded_accusative) and not text.gaps[at + 1]


def _anew(text: Text, before: int, other: Draft) -> bool:
    """Whether a verb and a name begin a sentence that no stop parts from the one before: «… صدر أمس في المدينة قال سمير إن».

    Behind a noun with the article no verb describes it; so nothing joins the two.
    """
    source = other.source
    if other.construction.source is not Stands.AFTER or source is None or other.begins != other.at or other.hit.lead:
        return False
    if other.construction.anchor is not Anchor.VERB or other.construction.opens is Opens.OBJECT:
        return False
    head = text.kinds[source[0]]
    name = (
        not head.kind
        and not head.roles
        and source[1] - source[0] > 1
        and not text.words[source[0]].startswith(letters().article)
    )
    named = name or head.kind == "person" or text.role(source[0], Role.given)
    definite = text.words[before].startswith(letters().article) and not text.roles[before] & ~Role.noun
    definite = definite and not text.role(before - 1, THAT)  # إن الرئيس أكد
    return other.hit.part == "perfect" and bool(named and definite)


def _in_words(text: Text, other: Draft) -> bool:
    """Whether a claim behind a comma gives in quotation marks the words of what was told before it: «…، وذلك بقوله: «…»»."""
    if other.hit.part != "masdar" or other.hit.lead not in letters().by or other.construction.opens is Opens.THAT:
        return False
    begins = other.begins - text.role(other.begins - 1, Role.thereby)
    return bool(text.gaps[begins] & Gap.comma)


def _edge(text: Text, first: int, other: Draft) -> int:
    """The end of a content before another claim: conjunctions that lead to it are no part of either."""
    if (adjunct := _fronted(text, first, other)) is not None:
        return adjunct
    at = other.begins
    leads = (
        Role.auxiliary | Role.begins_clause | Role.clause_that | Role.pronoun | Role.adverb | Role.alongside | Role.that
    ) | (Role.thereby if other.hit.part == "masdar" else 0)
    while at > first and text.role(at - 1, leads):
        if text.role(at - 1, Role.adverb) and (text.gaps[at] & Gap.comma or other.construction.trails):
            break  # «النظام سينهار قريبا»، مضيفا أن
        at -= 1
    if at > first + 1 and text.role(at - 1, Role.that_pronoun) and text.role(at - 2, Role.clause_that):
        at -= 2  # غير أنه عاد وأنكر
    if at > first and text.role(at, Role.that) and text.role(at - 1, Role.keeps_that):
        at -= 1  # قبل أن
    if at > first and text.role(at, Role.alongside) and text.role(at - 1, Role.preposition):
        at -= 1  # في حين
    return at


def _fronted(text: Text, first: int, other: Draft) -> int | None:
    """Where an adjunct begins that و joins and that stands before the verb of a claim: «…، ومع صدور القرار، يرى خبراء أن»."""
    at = other.begins
    if other.hit.joined or other.hit.part not in FINITE or at != other.at or not text.gaps[at] & Gap.comma:
        return None
    before = text.commas_in(max(first + 1, at - FAR), at)
    if not before:
        return None
    begun = before[-1]
    adjunct = text.role(begun, Role.joined) and text.role(begun, ADJUNCT)
    return begun if adjunct and not text.role(begun, Role.whole) and not text.role(begun + 1, THAT) else None


def _leaves(text: Text, draft: Draft, other: Draft) -> bool:
    """Whether a later cue begins a claim of its own, out of the content of the earlier one, and is not told in it."""
    told = text.quoted(other.begins)
    if told and draft.at < told[0] and draft.content[0] <= told[0] < other.begins:
        return False  # إن روسيا «تخالف القرار وتصر على …»
    if other.construction.beside and other.construction.cue is Stands.AMID and other.content[0] >= draft.content[0]:
        return False  # إن المصنع، بحسب مالكه، لم يتلق أي إنذار
    if other.construction.trails or other.hit.part == "participle":
        return True
    if (
        other.construction.beside
        and text.gaps[other.begins - 1] & Gap.comma
        and text.role(other.begins - 1, Role.begins_clause)
    ):
        return True  # …، لكن بحسب المنظمة فإن
    if _fronted(text, draft.content[0], other) is not None:
        return True
    if _in_words(text, other):
        return True  # …، بقوله: «…»
    if other.modality in (Modality.NEGATED, Modality.QUESTIONED, Modality.CONDITIONAL):
        return False
    if text.role(other.at - 1, Role.relative) and other.at - 1 > draft.at:
        return False  # العقلية التي تعتقد أن
    if other.hit.joined:
        return (
            other.construction.opens is not Opens.OBJECT
            or other.hit.part == draft.hit.part
            or draft.hit.part == "participle"
        )
    before = other.begins - 1
    if _anew(text, before, other):
        return True
    while text.role(before, Role.auxiliary | Role.adverb):
        if text.gaps[before] & Gap.comma and text.role(before, Role.perfective) and text.role(before, Role.joined):
            return True  # …، فقد أوضح الوزير أن
        before -= 1
    if text.role(before, Role.that) and text.role(before - 1, Role.adjunct):
        return bool(text.gaps[before - 1] & Gap.comma) or other.hit.part == "imperfect"
    subject = text.role(before, Role.pronoun) and not text.role(before, THAT)
    if text.role(before, Role.alongside) or (subject and text.role(before, Role.joined | Role.begins_clause)):
        return True  # وهو يقول، لكنه أكد; not: السبب هو رفض …
    if other.construction.subject_first:
        if text.role(before, THAT):
            return text.role(before - 1, Role.begins_clause | Role.clause_that)  # إلا أن الشركة قالت
        return text.role(before, Role.begins_clause) or text.role(other.begins, Role.joined)
    return False
