"""What the tests of exchange share: invented documents, by hand and at random, and what must come back of one."""

import hashlib

from hypothesis import strategies as st
from msgspec import structs

from helpers.exchange import documents as documents_module
from helpers.exchange.documents import Document
from helpers.lexicon.entries import ACTS, ALIAS_VIA, STANCES
from helpers.records.claims import CLAIM_KINDS, CUE_FORMS, STATUSES, UNREVIEWED, Claim
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import CREDIBILITY, RELIABILITY, SOURCE_KINDS, Source
from helpers.text.articles import Span

PIECES = (
    *("قال الوزير", "وأضافت", "إن", "السد", "«سليم»", "مهندس", "،", ".", " ", "\n", "Route 7", "٢٠٢٦"),
    *("🔥", "👩‍🚒", "🇪🇬", "\U00010400", "\U000e0041", "𝄞"),  # astral, joined, a pair of letters, a tag
    *("َ", "ُّ", "e\u0301", "أَكَّدَتِ", "ﷺ", "ـ", "ﻗﺎﻝ"),  # marks of vowels with and without a letter, presentation forms
    *("\u202b", "\u202e", "\u202c", "\u2067", "\u2069", "\u200f", "\u200e", "\u061c", "\u200b", "\u200d", "\ufeff"),
    *("\r\n", "\r", "\u2028", "\u2029", "\x85", "\t", "\xa0", "\x0b", "\x1b", "\ufffe", "\uffff"),
    *("<b>", "&amp;", "]]>", '"', "'", "\\", "\\u202e", "{{", "%s", "=1+1"),
)
IDS = ("c1", "c2", "c12", "c-9f00ab", "م ١", "a:b/c#d", "c1-2", "🔥", 'x"y', "<i>")
NAMES = ("سناء الحلبي", "عمر الطيب", "صحيفة الضفة", "مصدر", "x")
TIMES = ("2026-03-01T10:00:00Z", "2026-03-01T23:59:59Z", "2026-03-01")
RULES = ("verb-source-that", "rest", "title and name")
OWN_VOICE = ("cue_form", "act", "source_via", "stance")  # what a claim of the outlet itself does not have

TEXT = (
    "🔥 افتتح السوق أبوابه.\r\n"
    "قالت وزيرة المياه سناء الحلبي إن السد امتلأ، وإن الخزانات ممتلئة.\r\n"
    "ونقلت صحيفة الضفة عن مهندس قوله إن «الجدار سليم».\r\n"
    "وأضافت أن بوابتين ستفتحان.\r\n"
)


def span(words, nth=0, text=TEXT):
    """The span of some words of a text, where they stand for the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


def claim(claim_id, content, **others):
    """An attributed claim, the source of which nobody identified, without what follows from the text."""
    given = {"kind": "indirect", "cue_form": "verb" if others.get("cue") else None, "act": "speech", "source": None}
    given |= {"source_id": None, "source_via": "unresolved", "antecedent": None, "cue": (), "cue_lemma": None}
    given |= {"stance": "neutral", "within": None, "status": UNREVIEWED} | others
    return Claim(claim_id=claim_id, order=0, paragraph=0, sentence=0, content=tuple(content), about=(), **given)


def source(source_id, name, kind="unknown", **others):
    """A source of which nothing else is known."""
    given = {"name_en": None, "actor_ids": (), "affiliation_ids": (), "justification": None} | others
    return Source(source_id=source_id, name=name, kind=kind, **given)


def document(claims=(), sources=(), mentions=(), text=TEXT, article_id="dam"):
    """A document of a text."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(article_id, sha256, text, tuple(claims), tuple(sources), tuple(mentions))


def dam():
    """A document by hand: two parts and an emoji before them, a chain, a grade, the outlet's own voice, a mention."""
    minister = source("s1", "سناء الحلبي", "named person", justification=span("وزيرة المياه"), reliability="B")
    minister = structs.replace(
        minister, rationale="because", rater="Huda", rated_on="2026-03-01", outside_note="beside"
    )
    said = {"source_id": "s1", "source_via": "stated", "cue_lemma": "قال", "cue": (span("قالت"),)}
    done = {"status": "accepted", "annotator": "Huda", "decided_at": "2026-03-01T10:00:00Z"}
    return document(
        (
            claim("c1", [span("افتتح السوق أبوابه")], kind="unattributed", **dict.fromkeys(OWN_VOICE)),
            claim(
                "c2",
                [span("السد امتلأ"), span("الخزانات ممتلئة")],
                source=span("وزيرة المياه سناء الحلبي"),
                credibility=2,
                rationale="said so",
                rater="Omar",
                rated_on="2026-03-02",
                gloss_en="The dam is full.",
                **said,
                **done,
            ),
            claim(
                "c3",
                [span("مهندس قوله إن «الجدار سليم")],
                source=span("صحيفة الضفة"),
                source_id="s2",
                source_via="stated",
                cue=(span("نقلت"),),
                cue_lemma="نقل",
                confidence=0.66,
                rule="carrier",
            ),
            claim(
                "c4",
                [span("الجدار سليم")],
                kind="direct",
                cue_form="masdar",
                source=span("مهندس"),
                source_id="s3",
                source_via="stated",
                cue=(span("قوله"),),
                cue_lemma="قال",
                within="c3",
                confidence=0.5,
                rule="relayed",
            ),
            claim(
                "c5",
                [span("بوابتين ستفتحان")],
                source_id="s1",
                source_via="inherited",
                antecedent=span("وزيرة المياه سناء الحلبي"),
                cue=(span("أضافت"),),
                cue_lemma="أضاف",
                modality=Modality.NEGATED,
                status="rejected",
                annotator="Omar",
                decided_at="2026-03-02T09:00:00Z",
                note="not said",
            ),
        ),
        (minister, source("s2", "صحيفة الضفة", "organisation"), source("s3", "مهندس", "unnamed person")),
        (
            Mention(
                "n1", 0, 0, "machine:sana", span("سناء الحلبي"), "name", "people", status="accepted", annotator="Huda"
            ),
        ),
    )


def held(document):
    """A document as a format gives it back: with the ids of the claims that it was written with, without remarks beside."""
    ids = frozenset(claim.claim_id for claim in document.claims)
    return structs.replace(document, oddities=(), events=(), exported=ids, passed_over={})


def assert_holds(document):
    """What must be true of any document that a format gives: it can be written as annotations."""
    documents_module.checked(document, "test")
    by_id = {claim.claim_id: claim for claim in document.claims}
    sources = {each.source_id for each in document.sources}
    assert len(by_id) == len(document.claims) and len(sources) == len(document.sources)
    for each in document.claims:
        assert each.content and each.kind in CLAIM_KINDS and each.status in STATUSES
        assert [span.start for span in each.content] == sorted({span.start for span in each.content})
        chain, outer = {each.claim_id}, each.within
        while outer is not None:
            assert outer in by_id and outer not in chain and by_id[outer].attributed
            chain.add(outer)
            outer = by_id[outer].within
        if not each.attributed:
            assert each.spans == each.content and not each.antecedent and not each.within
            assert {getattr(each, name) for name in (*OWN_VOICE, "source_id", "cue_lemma")} == {None}
        else:
            assert bool(each.cue) == bool(each.cue_lemma) == bool(each.cue_form) and each.act and each.stance
            has = (bool(each.source), bool(each.antecedent), each.source_id in sources, each.source_via)
            assert has in (
                (True, False, True, "stated"),
                (False, True, True, "inherited"),
                (False, False, False, "unresolved"),
            )


@st.composite
def documents(draw, exclude=""):
    """Documents that hold: claims lead to claims before them, sources exist, spans are of the text.

    Their claims are as `records.codec.from_whole` gives them: what follows from the text is not worked out.
    exclude     characters that are not to be in any text, for a format that cannot hold them; never NUL, nor half a pair
    """
    letters = st.characters(exclude_categories=["Cs"], exclude_characters=f"\0{exclude}")
    pieces = st.sampled_from([piece for piece in PIECES if not set(piece) & set(exclude)])
    text = "".join(draw(st.lists(pieces | st.text(letters, max_size=3), max_size=12))) + "نعم"
    free = st.text(letters, max_size=6) | pieces
    some = st.none() | free.filter(bool)
    sources = [_source(draw, f"s{n}", text, free, some) for n in range(draw(st.integers(0, 3)))]
    ids = draw(st.lists(st.sampled_from(_without(IDS, exclude)), unique=True, max_size=5))
    claims: list[Claim] = []
    for claim_id in ids:
        claims.append(_claim(draw, claim_id, text, claims, [each.source_id for each in sources], free, some))
    mentions = [_mention(draw, f"n{n}", text, free) for n in range(draw(st.integers(0, 2)))]
    article_id = draw(st.sampled_from(["dam", "خبر-1", "x_2"]))
    return document(claims, sources, mentions, text, article_id)


def _without(given, exclude):
    return [each for each in given if not set(each) & set(exclude)]


def _spans(draw, text, least, most):
    """Spans of a text in its order, none of which meets another."""
    most = min(most, (len(text) + 1) // 2)
    edges = st.lists(st.integers(0, len(text)), min_size=2 * least, max_size=2 * most, unique=True)
    found = sorted(draw(edges.filter(lambda each: len(each) % 2 == 0)))
    return tuple(Span(a, b, text[a:b]) for a, b in zip(found[::2], found[1::2], strict=True))


def _one(draw, text):
    return _spans(draw, text, 1, 1)[0]


def _graded(draw, scale, free):
    """A grade with its reason and its rater, or none."""
    grade = draw(st.none() | st.sampled_from(list(scale)))
    if grade is None:
        return None, {}
    reason = {
        "rationale": draw(free.filter(bool)),
        "rater": draw(free.filter(bool)),
        "rated_on": draw(st.sampled_from(TIMES)),
    }
    return grade, reason | {"outside_note": draw(free)}


def _source(draw, source_id, text, free, some):
    reliability, reason = _graded(draw, RELIABILITY, free)
    return source(
        source_id,
        draw(st.sampled_from(NAMES) | free.filter(bool)),
        draw(st.sampled_from(SOURCE_KINDS)),
        name_en=draw(some),
        actor_ids=tuple(draw(st.lists(st.sampled_from(["taliban", "machine:sana", "machine:عمر"]), max_size=2))),
        affiliation_ids=tuple(draw(st.lists(st.just("un"), max_size=1))),
        justification=_one(draw, text) if draw(st.booleans()) else None,
        justification_en=draw(some),
        reliability=reliability,
        rule=draw(st.none() | st.sampled_from(RULES)),
        note=draw(free),
        **reason,
    )


def _claim(draw, claim_id, text, before, source_ids, free, some):
    credibility, reason = _graded(draw, CREDIBILITY, free)
    status = draw(st.sampled_from(STATUSES))
    given = {"gloss_en": draw(some), "credibility": credibility, "status": status, "annotator": draw(some)} | reason
    given |= {"confidence": draw(st.none() | st.floats(0, 1)), "note": draw(free)}
    given |= {"rule": draw(st.none() | st.sampled_from(RULES))}
    given |= {"decided_at": None if status == UNREVIEWED else draw(st.none() | st.sampled_from(TIMES))}
    content = _spans(draw, text, 1, 3)
    if draw(st.integers(0, 3)) == 0:
        nothing = dict.fromkeys(OWN_VOICE)
        return claim(claim_id, content, kind="unattributed", **nothing, **given)
    cue = _spans(draw, text, 0, 2)
    via = draw(st.sampled_from(["stated", "inherited", "unresolved"] if source_ids else ["unresolved"]))
    outer = [each.claim_id for each in before if each.attributed]
    return claim(
        claim_id,
        content,
        kind=draw(st.sampled_from(["direct", "mixed", "indirect"])),
        cue_form=draw(st.sampled_from(CUE_FORMS)) if cue else None,
        act=draw(st.sampled_from(ACTS)),
        stance=draw(st.sampled_from(STANCES)),
        source=_one(draw, text) if via == "stated" else None,
        antecedent=_one(draw, text) if via == "inherited" else None,
        source_id=None if via == "unresolved" else draw(st.sampled_from(source_ids)),
        source_via=via,
        cue=cue,
        cue_lemma=draw(free.filter(bool)) if cue else None,
        within=draw(st.none() | st.sampled_from(outer)) if outer else None,
        modality=draw(st.sampled_from(Modality)),
        **given,
    )


def _mention(draw, mention_id, text, free):
    return Mention(
        mention_id,
        0,
        0,
        draw(st.sampled_from(["taliban", "machine:sana"])),
        _one(draw, text),
        draw(st.sampled_from(ALIAS_VIA)),
        "people",
        status=draw(st.none() | st.sampled_from(STATUSES)),
        annotator=draw(free),
        note=draw(free),
    )
