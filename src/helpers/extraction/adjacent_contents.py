"""Finds the content of a cue that does not govern one: the clause after it, before it, or around it."""

from bisect import bisect_left

from helpers.extraction import content_tails, source_ends
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import LONGEST_CONTENT
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

AWAY = 6  # most words between a source and ف
FEW = 4  # so few words before a particle are not a clause (وفي الطقس، وبحسب …)
SUBJECT = 8  # most words before a particle that can be the subject of the clause around it
DESCRIBED = 16  # the same, with a relative clause
REST = 10  # most words after the noun phrase of a source, before the comma that ends it
ASIDE = 12  # most words between two dashes
CLAUSE = 60  # words before a cue that are searched for the beginning of its clause
OUTSIDE = THAT | Role.adjunct | Role.time | Role.begins_clause | Role.relative | Role.audience | Role.alongside


NEXT = Role.begins_clause | Role.alongside | Role.circumstance | Role.thereby | Role.what
TURNS = Role.begins_clause | Role.relative | Role.alongside | Role.circumstance | Role.joined | Role.thereby


def beside(cue: Candidate, words: Range, source: Range | None, anchor: Anchor, at: int | None = None) -> Draft | None:
    """The claim whose content is the clause after its cue, before it, or around it.

    words   the words of the cue
    at      the word at which the cue interrupts the clause; by default its first word
    """
    text, end = cue.text, cue.end
    at = words[0] if at is None else at
    if at > cue.start and text.role(at - 1, Role.thereby):
        at -= 1  # وذلك بحسب
    source = source and (source[0], source_ends.find(text, source, end))
    if source and source[1] >= end and at - cue.start <= 1:
        source = source[0], source_ends.of_body(text, source)
    first, last = max(cue.start, at - LONGEST_CONTENT), source[1] if source else words[1]
    end = min(end, last + LONGEST_CONTENT)
    told = _told_before(text, cue.start, at, last, end)
    if told is not None:
        return Draft(words[0], cue.hit, Construction(anchor, Opens.BESIDE, Stands.AFTER), told, source, begins=at)
    closing = _closing_dash(text, at, words[1], end)
    if closing is not None:
        source = (source[0], min(source[1], closing)) if source and source[0] < closing else None
        content = content_tails.head(text, _local(text, first, at), at), _local_end(text, closing, end)
        return Draft(words[0], cue.hit, Construction(anchor, Opens.BESIDE, Stands.AMID), content, source, begins=at)
    if text.role(first, Role.topic) and _between(text, at, last, end) and text.words[last].startswith(letters().so):
        amid = Construction(anchor, Opens.BESIDE, Stands.AMID)  # أما السبب، كما يقول الباحث، فهو …
        return Draft(words[0], cue.hit, amid, (first + 1, end), source, begins=at)
    taken_up = _taken_up(text, last, end)
    if taken_up is not None:
        source = source and (source[0], _placed(text, last, taken_up))
        last = taken_up
    joined = cue.hit.joined and words[0] == at
    if taken_up is not None or _leads(text, first, at, last, end, joined):
        begun = last
        while begun < end and text.role(begun, Role.that | Role.then_that | Role.perfective):
            if text.words[begun].endswith(letters().third):
                break  # the content of فإنه begins with its pronoun, as with أنه
            begun += 1
        last = _main(text, last, end) if begun == last or text.role(begun - 1, Role.that) else begun
        if last >= end:
            return None
        stands, content = Stands.BEFORE, (last, end)
    elif not text.role(at, Role.thereby) and (around := _around(text, first, at, last, end)) is not None:
        stands, content = Stands.AMID, (content_tails.head(text, around, at), end)
    else:
        stands, content = Stands.AFTER, (content_tails.head(text, _coordinate(text, first, at), at), at)
    return Draft(words[0], cue.hit, Construction(anchor, Opens.BESIDE, stands), content, source, begins=at)


def _told_before(text: Text, start: int, at: int, last: int, end: int) -> Range | None:
    """The clause or sentence before a cue and its source that stand alone: «…؛ طبقا للسبكي.», «…. وفقا للصحيفة.»"""
    if last < end and not _where(text, last, end):
        return None
    if at > start:
        if not text.gaps[at] & Gap.semicolon:
            return None
        begun = next((k for k in range(at - 1, start, -1) if text.gaps[k] & BREAK), start)
        return content_tails.head(text, begun, at), at
    if at == 0 or text.gaps[at] & Gap.line:
        return None
    before = bisect_left(text.sentences, (at, 0)) - 1
    return text.sentences[before] if text.sentences[before][1] == at else None


def _where(text: Text, last: int, end: int) -> bool:
    """Whether only words of where or when follow, up to a mark: «حسب ابن كثير في ‘تاريخه‘»."""
    stop = min(end, last + ASIDE)
    after = next((at for at in range(last + 1, stop) if text.gaps[at] & BREAK), stop)
    apart = any(text.gaps[at] & Gap.comma or text.kinds[at].finite for at in range(last, after))
    return text.role(last, Role.within) and not apart and (after < stop or after == end)


def _closing_dash(text: Text, at: int, first: int, end: int) -> int | None:
    """The word after the second of two dashes around a cue and its source: «الشركة - بحسب العقد - ستدفع»."""
    if not text.gaps[at] & Gap.dash:
        return None
    for place in range(first, min(end, first + ASIDE)):
        if place > at and text.gaps[place] & Gap.dash:
            return place
    return None


def _local(text: Text, first: int, at: int) -> int:
    """The beginning of the clause that a cue between dashes interrupts: after a mark, أن or لكن, or at أنه."""
    for place in range(at - 1, max(first, at - CLAUSE), -1):
        if text.gaps[place] & (BREAK | Gap.colon | Gap.comma):
            return place + (text.role(place, Role.what) and place + 1 < at)
        before = text.kinds[place - 1].roles
        if before & (Role.that | Role.then_that | Role.begins_clause):
            return place
    return first


def _local_end(text: Text, first: int, end: int) -> int:
    """The end of that clause: before a comma that is followed by the beginning of another."""
    for at in text.commas_in(first + 1, end):
        word = text.kinds[at]
        if text.role(at, NEXT) or (word.finite and not word.kind) or (text.role(at, Role.verb) and not word.kind):
            return at
    return end


def _leads(text: Text, first: int, at: int, last: int, end: int, joined: bool) -> bool:
    """Whether a cue begins its clause, so that its content follows its source.

    joined   whether the cue has the conjunction و
    """
    between, lead = _between(text, at, last, end), at - first
    if lead <= 1:
        subject = between or not text.gaps[at] & ~Gap.quote
        return not (lead and subject and _noun(text, first))  # المبلغ، بحسب المحاسبة، اختفى
    if (
        lead <= FEW
        and between
        and not text.role(last, Role.that)
        and text.role(first, (OUTSIDE & ~THAT) | Role.preposition)
    ):
        return True
    return bool(between and joined and not _turns(text, last)) or _heads_clause(text, at)  # …، وبحسب التقرير، سيعود


def _around(text: Text, first: int, at: int, last: int, end: int) -> int | None:
    """The beginning of the clause that continues after a cue and its source; None if it ends before them."""
    if _between(text, at, last, end) and not _turns(text, last):
        begun = first if at - first <= SUBJECT else clause(text, first, at)
        inner = _clause(text, first, at)
        if inner >= begun and (at - inner <= SUBJECT or _described(text, inner, at)):
            return inner  # إن المصنع، بحسب مالكه، لم يتلق
    rest = end - max(last, source_ends.tail(text, last, end))
    told = text.gaps[at] & Gap.comma and text.role(last, Role.preposition)  # …، حسبما أفادت المديرة في اتصال مع …
    goes_on = (
        rest > 1
        and not told
        and not text.gaps[last] & (Gap.comma | BREAK)
        and not text.role(last, OUTSIDE | Role.circumstance)
    )
    return first if goes_on else None


def _between(text: Text, at: int, last: int, end: int) -> bool:
    """Whether a cue and its source are between commas, followed by more than a time."""
    more = end - last > 1 or not text.role(last, Role.time)
    return last < end and more and bool(text.gaps[last] & text.gaps[at] & Gap.comma)


def _main(text: Text, last: int, end: int) -> int:
    """Where the content begins after a source longer than its noun phrase: «بحسب رسالة عثرنا عليها في الغرفة، أعيد …»."""
    begun = last
    while begun < end and text.role(begun, Role.that):
        begun += 1
    if text.gaps[last] & (Gap.comma | BREAK | Gap.colon):
        return begun
    comma = next((at for at in range(last + 1, min(end, last + REST)) if text.gaps[at] & Gap.comma), end)
    return comma if comma + 1 < end and content_tails.resumes(text, comma) else begun


def _placed(text: Text, last: int, taken_up: int) -> int:
    """The end of a source that is followed by a place and ف: «حساب فلان على إكس فإن». A time is left out."""
    if not text.role(last, Role.preposition) or text.gaps[last] & Gap.comma:
        return last
    return next((at for at in range(last, taken_up) if text.gaps[at] & Gap.comma), taken_up)


def clause(text: Text, start: int, at: int) -> int:
    """The beginning of the clause that contains a phrase in mid-sentence."""
    first = at
    while first > start and at - first < CLAUSE:
        if at - first > 2 and text.gaps[first] & (Gap.comma | BREAK):
            break
        if text.role(first - 1, THAT | Role.begins_clause) and not text.role(first - 1, Role.that_pronoun):
            break
        first -= 1
    return first


def _taken_up(text: Text, last: int, end: int) -> int | None:
    """Where ف begins the clause after a source, with at most a few words of place or time between them:
    «حساب فلان على إكس فإن»."""
    for at in range(last, min(end, last + AWAY)):
        if text.gaps[at] & (BREAK | Gap.colon) or (at > last and text.kinds[at].hits):
            return None
        if text.role(at, Role.then_that) or (
            at > last and text.role(at, Role.perfective) and text.role(at, Role.joined)
        ):
            return at if at == last or text.role(last, Role.preposition | Role.time) else None
    return None


def _heads_clause(text: Text, at: int) -> bool:
    """Whether a particle begins its clause: after أنه, لكن, التي, a colon."""
    if text.gaps[at] & (BREAK | Gap.colon):
        return True
    before = text.kinds[at - 1].roles
    return bool(before & (THAT | Role.then_that | Role.begins_clause | Role.relative))


def _noun(text: Text, at: int) -> bool:
    return bool(text.kinds[at].kind or text.words[at].startswith(letters().article))


def _turns(text: Text, at: int) -> bool:
    """Whether the words after the comma that follows a source belong to another clause than the particle."""
    if text.role(at, Role.preposition) and text.role(at + 1, Role.alongside):
        return True  # في حين
    return text.role(at, TURNS) or text.words[at].startswith(letters().conjunction[:1])


def _clause(text: Text, first: int, at: int) -> int:
    """The beginning of the clause around a particle between commas: after أن, لكن or a colon, or at أنه."""
    for place in range(at - 1, max(first, at - CLAUSE), -1):
        if text.gaps[place] & (BREAK | Gap.colon) or text.role(place, Role.that_pronoun):
            return place
        before = text.kinds[place - 1].roles
        if before & (Role.that | Role.then_that | Role.begins_clause) and not before & Role.preposition:
            return place
        if text.gaps[place] & Gap.comma and text.words[place].startswith(letters().so) and _joined(text, place):
            return place
    return first


def _joined(text: Text, at: int) -> bool:
    return text.role(at, Role.joined) or text.words[at][1:].startswith(letters().article)


def _described(text: Text, first: int, at: int) -> bool:
    """Whether these words are only a noun and its relative clause: الشحنة التي أعيدت من المرفأ."""
    near = range(first + 1, min(at, first + SUBJECT))
    return (
        at - first <= DESCRIBED and any(text.role(k, Role.relative) for k in near) and not text.gaps[at - 1] & Gap.comma
    )


def _coordinate(text: Text, first: int, at: int) -> int:
    """The beginning of the last of several clauses before a particle: «…، وقد تفاوضت الشركة …، حسبما أظهرت الوثيقة»."""
    tight = not text.gaps[at] & Gap.comma  # «وأنه … بحسب فلان»; in «إن … وإنهم …، بحسب فلان» all clauses are content
    for place in range(at - 1, first + 2, -1):
        if text.gaps[place] & Gap.comma and text.role(place, Role.joined):
            if text.role(place, THAT if tight else Role.perfective):
                return place if text.role(place, Role.that_pronoun) else place + 1
            if text.role(place + 1, THAT) and not (text.kinds[place].kind or text.kinds[place].finite):
                return place  # واتضح أن
    return first
