"""Turns drafts into claims, with offsets in the text as received and ids, and adds those in the outlet's own voice."""

from typing import Any

from msgspec import structs

from helpers.extraction import captions, confidence
from helpers.extraction.antecedents import impersonal
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.particles import clause_start
from helpers.extraction.texts import Gap, Text, sign
from helpers.extraction.weights import Weights
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.records.claims import Claim
from helpers.text.articles import Span

NOBODY = dict.fromkeys(("cue_form", "act", "source", "source_via", "antecedent", "cue_lemma", "stance", "confidence"))
NOBODY |= {"kind": "unattributed", "cue": (), "rule": "rest"}
NAMED = ("person", "organisation", "document")  # kinds of nouns that can precede a name in quotation marks
CARRIER = Construction(Anchor.CARRIER, Opens.BESIDE)
LONG = 6  # letters: in a longer word with وال the و is the conjunction; in a shorter one it can be part of it (والده)
CLAUSE = 4  # fewest words of a clause: fewer left of a sentence (a time, a conjunction) are not a claim
FORMS = {"perfect": "verb", "imperfect": "verb", "passive": "verb", "phrase": "noun"}


def claims(text: Text, drafts: list[Draft], weights: Weights, least: float = 0.0) -> list[Claim]:
    """The claims of an article in the order of the text, including the outlet's own; `about` is left empty.

    least    the words of a claim with a confidence below this count as the outlet's own
    """
    return [claim for claim, _ in placed(text, drafts, weights, least)]


def placed(text: Text, drafts: list[Draft], weights: Weights, least: float = 0.0) -> list[tuple[Claim, int | None]]:
    """The same claims, each with the index of its draft; None for the outlet's own."""
    made: list[tuple[_Fields, int | None, bool]] = []  # fields, index of the draft, whether it is the carrier's claim
    sure = confidence.of(text, drafts, weights)
    for at, draft in enumerate(drafts):
        if draft.carrier and draft.source:
            told = _span(text, (_relayed_from(draft, draft.source), draft.content[1]))
            relay = _fields(text, _carrier(draft), sure[at]) | {"content": (told,), "kind": "indirect"}
            made.append((relay, at, True))
        made.append((_fields(text, draft, sure[at]), at, False))
    counted = [draft for draft, share in zip(drafts, sure, strict=True) if share >= least]
    made += [
        (fields, None, False) for fields in _rest(text, counted, [one for one in made if one[0]["confidence"] >= least])
    ]
    placed = sorted(((*_extent(one[0]), not one[2], number) for number, one in enumerate(made)))
    order = [(start, *made[number]) for start, _, _, number in placed]
    numbers = {(which, carries): n for n, (_, _, which, carries) in enumerate(order, 1) if which is not None}
    found: list[tuple[Claim, int | None]] = []
    for number, (start, fields, which, carries) in enumerate(order, 1):
        place = text.article.place(start)
        outer = None
        if which is not None:
            outer = None if carries else numbers.get((which, True))
            within = drafts[which].within
            outer = outer or (None if within is None else numbers.get((within, False)))
        fields["claim_id"], fields["order"] = f"c{number}", number
        fields["paragraph"], fields["sentence"] = place.paragraph, place.number
        fields["within"] = f"c{outer}" if outer and outer < number else None  # of two that overlap, the first
        fields["source_id"], fields["about"], fields["made_by"] = None, (), "machine"
        found.append((Claim(**fields), which))
    return found


def _relayed_from(draft: Draft, source: Range) -> int:
    """The first word of a relayed claim: its source, or the noun of saying before it (قول الوزير إن)."""
    return min(source[0], draft.at) if draft.relays and draft.hit.part == "masdar" else source[0]


def _carrier(draft: Draft) -> Draft:
    """The claim of the carrier: «نقلت الوكالة» in «نقلت الوكالة عن الوزير قوله»."""
    verb = draft.relays or draft.hit
    return structs.replace(
        draft, at=draft.begins, hit=verb, source=draft.carrier, construction=CARRIER, cue=None, second=None
    )


_Fields = dict[str, Any]


def _spans(fields: _Fields) -> list[Span]:
    return [*([fields["source"]] if fields["source"] else ()), *fields["cue"], *fields["content"]]


def _extent(fields: _Fields) -> tuple[int, int]:
    """A sort key: start and negative end, so that an outer claim comes before an inner one."""
    source, cue, content = fields["source"], fields["cue"], fields["content"]
    start, end = content[0].start, content[-1].end
    for span in (*cue, source) if source else cue:
        start, end = (span.start if span.start < start else start), (span.end if span.end > end else end)
    return start, -end


def _fields(text: Text, draft: Draft, sure: float) -> _Fields:
    hit = draft.hit
    source = _source(text, draft, draft.source) if draft.source else None
    antecedent = _span(text, draft.antecedent) if draft.antecedent else None
    unnamed = source is None and antecedent is None and impersonal(text, draft)
    return {
        "kind": _kind(text, draft),
        "cue_form": FORMS.get(hit.part, hit.part),
        "act": "hearsay" if unnamed else hit.cue.act,
        "source": source,
        "source_via": "stated" if source else "inherited" if antecedent else "unresolved",
        "antecedent": antecedent,
        "cue": _cue(text, draft),
        "cue_lemma": hit.cue.lemma,
        "stance": hit.cue.stance,
        "modality": draft.modality,
        "content": _contents(text, draft),
        "rule": draft.rule,
        "confidence": sure,
    }


def _kind(text: Text, draft: Draft) -> str:
    kind = draft.construction
    if draft.quotation or (kind.opens is Opens.COLON and kind.anchor is not Anchor.HEADLINE):
        return "direct"
    first, end = draft.content
    if first in text.opens and text.opens[first] >= end:
        return "direct"
    if kind.cue is Stands.AMID and all(text.opens.get(part[0], 0) >= part[1] for part in _parts(draft)):
        return "direct"
    inside = text.quotations(first, end)
    quoted = any(text.opens[at] - at > 1 and text.kinds[at - 1].kind not in NAMED for at in inside)
    return "mixed" if quoted else "indirect"


def _cue(text: Text, draft: Draft) -> tuple[Span, ...]:
    if draft.hit.part == "punctuation":
        mark = _mark(text, draft.at + 1, Gap.dash if draft.construction.cue is Stands.AFTER else Gap.colon)
        return (Span(mark, mark + 1, text.received[mark]),)
    first, end = draft.cue or (draft.at, draft.at + 1)
    lead = draft.hit.lead.removesuffix(letters().article[0]) if first == draft.at else ""  # القول keeps its article
    spans = [_span(text, (first, end), len(lead))]
    if draft.second is not None:
        spans.append(_span(text, (draft.second, draft.second + 1)))
    return tuple(spans)


def _mark(text: Text, at: int, kind: int) -> int:
    """The offset of the first mark of a kind before a word, or before the next word that has one."""
    while at < len(text.words) and not text.gaps[at] & kind:
        at += 1
    start, end = text.ends[at - 1], text.starts[at] if at < len(text.words) else len(text.received)
    return next(place for place in range(start, end) if sign(text.received[place]) & kind)


def _source(text: Text, draft: Draft, words: Range) -> Span:
    """The span of a source, without the proclitic of its first word."""
    first, word = words[0], text.words[words[0]]
    known = text.role(first, Role.joined) and (text.kinds[first].kind or text.role(first, Role.quantifier))
    clitic = 1 if known else 0
    adverbial = draft.hit.part == "particle" and text.written(draft.at).endswith(letters().accusative)
    if adverbial and word.startswith(letters().to):  # وفقا للوزارة
        clitic = 1
    return _span(text, words, clitic)


def _contents(text: Text, draft: Draft) -> tuple[Span, ...]:
    """The spans of a content: two if the cue is in the middle of it."""
    if draft.construction.cue is Stands.AMID:
        leads = (_joins(text, draft.content[0]), 0)
        parts = zip(_parts(draft), leads, strict=True)
        return tuple(_span(text, part, lead) for part, lead in parts if part[0] < part[1])
    lead = (
        _joins(text, draft.content[0]) if draft.construction.opens is Opens.BESIDE and draft.construction.trails else 0
    )
    return (_span(text, draft.content, lead),)


def _parts(draft: Draft) -> tuple[Range, Range]:
    """The parts of a content before and after a cue in the middle of it."""
    taken = draft.source[1] if draft.source else (draft.cue or (draft.at, draft.at + 1))[1]
    return (draft.content[0], draft.begins), (taken, draft.content[1])


def _joins(text: Text, at: int) -> int:
    """The number of letters of the conjunction و at the beginning of a word; 0 if the lexicon lacks the word without it."""
    word = text.words[at]
    article = len(word) > LONG and word[1:].startswith(letters().article)
    return int(word[0] in letters().conjunction[0] and (text.role(at, Role.joined) or article) and at not in text.opens)


def _span(text: Text, words: Range, clitic: int = 0) -> Span:
    """Words as a span of the text, including the closing bracket for one opened inside, and a % after a number."""
    start, end = text.starts[words[0]], text.ends[words[1] - 1]
    if clitic:
        start = text.letter(words[0], clitic)
    received = text.received
    following = received[end : end + 1]
    if following in letters().percent:
        end += 1
        following = received[end : end + 1]
    if following == ")" and received.count("(", start, end) > received.count(")", start, end):
        end += 1
    return Span(start, end, received[start:end])


def _rest(text: Text, drafts: list[Draft], attributed: list[tuple[_Fields, int | None, bool]]) -> list[_Fields]:
    """One claim in the outlet's own voice for each sentence in which a clause is left.

    Words between a cue and its content (the occasion, the audience, a bare أن) belong to the claim's own clause.
    """
    taken, own = bytearray(len(text.words)), bytearray(len(text.words))
    for draft in drafts:
        first, last = min(draft.at, draft.begins), draft.content[0]
        if first < last:
            own[first:last] = b"\1" * (last - first)
    for fields, _, _ in attributed:
        for span in _spans(fields):
            first, last = text.inside(span.start, span.end)
            taken[first:last] = b"\1" * (last - first)
    return [NOBODY | {"content": content} for content in left(text, taken, own)]


def left(text: Text, taken: bytearray, own: bytearray) -> list[tuple[Span, ...]]:
    """The remaining spans of each sentence in which a clause is left. Captions of embedded posts are no clause.

    taken, own    per word, whether a claim contains it, and whether it is between a cue and its content
    """
    found = []
    if marked := captions.find(text):
        taken = bytearray(taken)
        for first, end in marked:
            taken[first:end] = b"\1" * (end - first)
    for start, end in text.sentences:
        runs, at, dateline = [], start, clause_start(text, start)
        while (begin := taken.find(0, at, end)) >= 0:
            at = taken.find(1, begin, end)
            at = end if at < 0 else at
            if (at > dateline or dateline == start) and not own[begin]:
                runs.append((begin, at))
        whole = runs == [(start, end)]
        content = tuple(_words(text, run) for run in runs if whole or _is_clause(text, run))
        if content:
            found.append(content)
    return found


def _words(text: Text, run: Range) -> Span:
    return text.article.span(text.starts[run[0]], text.ends[run[1] - 1])


def _is_clause(text: Text, run: Range) -> bool:
    """Whether remaining words can be a clause: they are not too few, and not only a time or place."""
    few = run[1] - run[0] < (2 * CLAUSE if text.role(run[0], Role.adjunct | Role.preposition | Role.time) else CLAUSE)
    return not few
