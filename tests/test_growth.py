"""Work grows in proportion to the text: calls are counted, or the input is refused; nothing here is timed."""

import random
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from helpers import readings
from helpers.analysis import frames, headings, overview
from helpers.evaluation import alignment
from helpers.extraction import candidates, claims, nominals, source_phrases, texts
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.records.claims import remainders
from helpers.text import articles, page_bounds, web_pages
from tests import showing
from tests.knowing import KNOWN

PARAGRAPHS = "".join(f"<p>قال الوزير إن الطريق رقم {n} إلى المدينة مفتوح منذ أمس وإن السير حر.</p>" for n in range(9))


def page(body="", head=""):
    return f"<html><head>{head}</head><body><article>{PARAGRAPHS}{body}</article></body></html>"


PAGE = page()
OPEN = "over 100 tags and comments that never close in metadata, attributes, scripts"


def reading(text):
    return readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)


def linked(content):
    return f'<script type="application/ld+json">{content}</script>'


def names(count):
    """Names of two words that no lexicon has, each its own."""
    letters, draw = "بتجدرزسشصضطظغفقكلمنهخذ", random.Random(1)
    found = set()
    while len(found) < count:
        found.add(" ".join("".join(draw.sample(letters, 5)) for _ in range(2)))
    return sorted(found)


class Calls:
    """Counts the calls, of this project and of the interpreter, during the block."""

    def __enter__(self):
        self.calls = 0
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)

    def _count(self, frame, event, arg):
        self.calls += event in ("call", "c_call")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (page(f"<p {' '.join(f'a{n}=1' for n in range(40_000))}>نعم</p>"), "over 1,000 attributes of one element"),
        (page(f"<p {' '.join(f'a{n}' for n in range(2_000))} b='>'>نعم</p>"), "over 1,000 attributes of one element"),
        (f'<?xml version="1.0" encoding="utf-8"?>{page("<p>نعم</p>" * 6_000)}', "over 5,000 elements inside one"),
        (page("<\0p>نعم نعم نعم نعم نعم</p>" * 6_000), "over 5,000 elements inside one"),
        (page(f"<\x01p {' '.join(f'a{n}' for n in range(2_000))}>نعم</p>"), "over 1,000 attributes of one element"),
        (page("<div>" * 300 + "<p>نعم</p>" * 6_000), "over 5,000 elements inside one"),
        (
            PAGE.split("</body>")[0] + linked(f'{{"author": "{", ".join(names(400))}"}}')[:-9],
            "over 2,000 characters of authors' names",
        ),
        (page("".join(f"<div>{'<p>نعم</p>' * 100}</div>" for _ in range(160))), "over 15,000 elements"),
        (page("<p>نعم</p>" * 200_000), "over 5,000 elements inside one"),
        (page(f"<p>{'<b>نعم</b>' * 6_000}</p>"), "over 5,000 elements inside one"),
        (page(head=f"<meta name=author content='{', '.join(names(400))}'>"), "over 2,000 characters of authors' names"),
        (
            page(head="".join(f"<meta property='article:author' content='{name}'>" for name in names(400))),
            "over 2,000 characters of authors' names",
        ),
        (
            page(head=linked(f'{{"@type": "NewsArticle", "author": {names(400)!r}}}'.replace("'", '"'))),
            "over 2,000 characters of authors' names",
        ),
        (page(head=linked('"author": {"name": "a b"}, ' * 2_000)), "over 1,000 authors and publishers in JSON-LD"),
        (page(head=linked('"@type":"Organization", ' * 2_000)), "over 1,000 authors and publishers in JSON-LD"),
        (page(head=f"<meta name='description' content='{'<' * 20_000}'>"), OPEN),
        (page(head=f"<meta name='description' content='{'&lt;!--' * 20_000}'>"), OPEN),
        (page(head=linked(f'{{"headline": "{"<!-- " * 20_000}", "x": ">"}}')), OPEN),
        (page(head=linked(f'{{"headline": "{"&lt;" * 20_000}"}}')), OPEN),
        (page(head=linked('{"headline": "' + "\\u003c" * 20_000 + '"}')), OPEN),
        (page(f"<p class='{'<!--' * 20_000}'>نعم</p>"), OPEN),
        (page(head=f"<script>{'<!--' * 20_000}</script>"), OPEN),
        (page(head=linked(f'{{"a": "{"x" * 1_100_000}"}}')), "over 1,000,000 characters of JSON-LD"),
    ],
    ids=[
        "attributes of one tag",
        "attributes without values, and a sign that closes no tag",
        "a declaration of an encoding before them",
        "NUL characters in their tags",
        "a control character in their tag",
        "three hundred elements around them",
        "a script that never ends",
        "elements",
        "paragraphs",
        "elements of one paragraph",
        "authors in one tag",
        "authors in tags of their own",
        "authors in JSON-LD",
        "authors in JSON-LD that is none",
        "publishers in JSON-LD that is none",
        "less-than signs in metadata",
        "comments in metadata",
        "comments in JSON-LD",
        "less-than signs in JSON-LD as entities",
        "less-than signs in JSON-LD as escapes",
        "comments in an attribute",
        "comments in a script",
        "JSON-LD",
    ],
)
def test_a_page_of_more_than_an_article_has_is_refused_before_it_is_taken_apart(tmp_path, monkeypatch, content, said):
    monkeypatch.setitem(sys.modules, "trafilatura", None)  # to import it would raise
    path = tmp_path / "saved.html"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        articles.load(path)
    assert str(refused.value) == f"{path}: {said}, too many for a page of one article; save its text instead"


def test_a_page_of_as_much_as_is_allowed_is_read_whole(monkeypatch):
    monkeypatch.setattr(page_bounds, "ELEMENTS", 110)
    monkeypatch.setattr(page_bounds, "CHILDREN", 50)
    lines = [f"وقال الوزير إن الطريق {n} مفتوح اليوم." for n in range(40)]
    content = page("".join(f"<p>{line}</p>" for line in lines), "<meta name='author' content='سالم الغيلاني'>")
    told, about, doubts = web_pages.extract(content.encode(), Path("x.html"))
    assert [line for line in told.text.splitlines() if line in lines] == lines
    assert (about["author"], doubts) == ("سالم الغيلاني", ())


def test_elements_are_counted_by_what_holds_them(monkeypatch):
    monkeypatch.setattr(page_bounds, "CHILDREN", 3)
    page_bounds.page("<div><p>1</p><p>2<b>3</b><b>4</b><b>5</b></p><p>6</p></div>" * 3, Path("x"))
    with pytest.raises(InputError, match="over 3 elements inside one"):
        page_bounds.page("<div><p>1</p><p>2<b>3</b><b>4</b></p><p>5</p><p>6</p></div>", Path("x"))


@pytest.mark.parametrize(
    "content",
    [
        linked('{"@type": "NewsArticle", "articleBody": "' + "قال الوزير إن الطريق مفتوح. " * 2_000 + '"}'),
        linked('{"@graph": [' + ", ".join(['{"@type": "Person", "name": "Salim Ali"}'] * 400) + "]}"),
        linked(
            '{"@type": "LiveBlogPosting", "liveBlogUpdate": [' + ", ".join(['{"author": ["Salim Ali"]}'] * 400) + "]}"
        ),
        linked("[" * 5_000),
        "<meta name='description' content='" + "قال الوزير إن الطريق مفتوح. " * 1_000 + "'>",
        "<meta name='author'>",
        linked('{"articleBody": "' + "<p>قال الوزير <b>إن</b> الطريق</p><!-- x -->" * 1_000 + '"}'),
        linked('{"articleBody": "' + "\\u003cp\\u003eقال الوزير" * 1_000 + '"}'),
        "<script><!--\nif (a<b) { c = 1 }\n//--></script>" * 300,
    ],
    ids=[
        "a long article",
        "one person often",
        "one author of many updates",
        "nested",
        "a description",
        "nobody",
        "tags",
        "tags as escapes",
        "old scripts",
    ],
)
def test_metadata_of_an_ordinary_page_is_not_too_much(content):
    assert web_pages.extract(page(head=content).encode(), Path("x.html"))[0].text.count("قال الوزير إن الطريق رقم") == 9


def archive(parts, page_part=f"Content-Type: text/html\n\n{PAGE}"):
    inside = "".join(f"Content-Type: multipart/mixed; boundary=c{n}\n\n--c{n}\n" for n in range(parts))
    return (
        f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n{page_part}\n--b\n{inside}x\n--b--\n"
    )


@pytest.mark.parametrize("parts", [30, 5_000])
def test_a_web_archive_of_parts_in_parts_is_refused(parts):
    with pytest.raises(InputError, match=r"x\.mhtml: over 20 parts with parts of their own"):
        web_pages.extract(archive(parts).encode(), Path("x.mhtml"))


def test_a_web_archive_of_a_few_parts_in_parts_is_read():
    assert "الطريق رقم 8" in web_pages.extract(archive(5).encode(), Path("x.mhtml"))[0].text


def test_a_long_header_in_a_web_archive_is_split_once():
    header = f"Content-Type: text/plain; {'; '.join(f'a{n}=1' for n in range(20_000))}\n\nx\n--b\n"
    content = archive(1, f"{header}Content-Type: text/html\n\n{page()}").encode()
    with Calls() as counted:
        web_pages.extract(content, Path("x.mhtml"))
    assert counted.calls < 400_000  # a parser of its parameters makes 40 calls for each


def test_actors_named_together_are_counted_as_one_by_one():
    ids = ["a", "b", "c", "d", "e"]
    draw = random.Random(7)
    rows = [(sentence, draw.choice(ids)) for sentence in range(60) for _ in range(draw.randint(1, 6))]
    table = frames.pd.DataFrame(rows, columns=["sentence", "actor_id"]).assign(
        name_ar="", name_en="", found_by="lexicon", via="name"
    )
    table = table[~((table["actor_id"] == "e") & (table["sentence"] > 0))]
    found = frames.together(table, 2)
    expected = Counter()
    for _, inside in table.groupby("sentence")["actor_id"]:
        for one, other in combinations(sorted(set(inside)), 2):
            expected[one, other] += 1
            expected[other, one] += 1
        expected.update((one, one) for one in set(inside))
    assert set(found.index) == {actor for actor in ids if expected[actor, actor] >= 2} == set(found.columns)
    assert all(found.loc[one, other] == expected[one, other] for one in found.index for other in found.columns)
    assert list(found.index) == [actor for actor in frames.counts(table)["actor_id"] if actor in found.index]


def test_no_actor_named_is_an_empty_matrix():
    found = frames.together(frames.mentions(reading("نعم")))
    assert found.shape == (0, 0)


@pytest.mark.parametrize("times", [100, 1_000])
def test_words_of_time_are_passed_over_up_to_a_number(times):
    text = texts.read(articles.from_text("أمس " * times + "وصل الوزير إلى المدينة.", "x", Path("x")), KNOWN.vocabulary)
    with Calls() as counted:
        assert candidates.subject(text, 0, len(text.words)) is None
        assert source_phrases.after(text, 0, len(text.words)) is None
    assert counted.calls < 1_000


def test_a_few_words_of_time_are_passed_over_to_the_subject():
    text = texts.read(articles.from_text("أمس " * 20 + "وصل الوزير إلى المدينة.", "x", Path("x")), KNOWN.vocabulary)
    assert candidates.subject(text, 0, len(text.words)) == (21, 22)
    assert source_phrases.after(text, 0, 20) is None and source_phrases.after(text, 21, len(text.words)) == (21, 22)


def test_claims_are_made_with_as_many_calls_for_each_word_of_a_longer_text():
    """A sentence of words of time, and one of many cues, each of which asks who speaks."""

    def calls(times):
        article = articles.from_text("أمس " * times + "نعم. " + "قال إن " * times, "x", Path("x"))
        _ = article.sentences, article.tokens
        with Calls() as counted:
            claims.find(article, KNOWN.vocabulary, KNOWN.fitted)
        return counted.calls

    calls(10)
    assert calls(800) < 2.5 * calls(400)


@pytest.mark.parametrize("verb", ["وحذر الوزير من", "ودعا الوزير إلى", "ونفى الوزير وجود"])
def test_a_noun_phrase_as_content_ends_where_no_noun_phrase_is_longer(verb):
    found = reading(f"{verb} " + "خطر " * 3_000)
    made = [claim for claim in (*found.claims, *found.perhaps_claims) if claim.attributed]
    assert made[0].rule.endswith("-object")
    assert made[0].content[0].exact.count("خطر") in (nominals.FAR - 1, nominals.FAR)


def test_pages_name_the_outer_claim_and_the_claims_of_each_source():
    found = reading("قال الوزير إن الرئيس قال إن الطريق مفتوح. وقال الوزير إن الجسر مغلق.")
    assert any(claim.within for claim in found.claims)
    shown = showing.article(found)
    assert shown.count("<span>within claim 1</span>") == sum(claim.within == "c1" for claim in found.claims)
    made = {s.source_id: [c.claim_id for c in found.claims if c.source_id == s.source_id] for s in found.sources}
    table = showing.sources(found)
    assert all(f">{' '.join(ids)}<" in table for ids in made.values())


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("عنوان بلا نقطة عن طالبان", True),
        ("جملة عن طالبان.", False),
        ("عنوان «بين علامتين»", True),
        ("عنوان آخره حركةٌ", True),
        ("هل تعود طالبان؟", True),
        ("«هل تعود طالبان؟»", True),
        ("عنوان آخره همزة أ", True),
        ("طالبان تعود…", False),
    ],
)
def test_a_line_that_is_no_sentence_and_a_question_state_nothing(line, bare):
    found = reading(f"{line}\nدخلت طالبان المدينة.")
    states = [headings.states_nothing(found.article, claim) for claim in found.claims]
    assert states == [bare, False]
    assert line.strip("«»") not in {pick.claim.content_text for pick in overview.overview(found).least} or not bare


def test_what_is_left_of_a_sentence_is_what_no_outer_claim_touches():
    for path in sorted((paths.home() / "seeds" / "examples").glob("*.txt")):
        article = articles.load(path)
        found = readings.read(article, KNOWN, machine=True)
        outer = [span for c in found.claims if c.kind != "unattributed" and c.within is None for span in c.spans]
        for sentence, left in zip(article.sentences, remainders(article, found.claims), strict=True):
            inside = [word for word in article.words if sentence.start <= word[0] < sentence.end]
            free = [word for word in inside if not any(s.start < word[1] and word[0] < s.end for s in outer)]
            assert [word for word in inside if any(s.start <= word[0] < s.end for s in left)] == free


def test_attributions_are_aligned_as_when_each_is_held_against_each():
    draw = random.Random(3)

    def some():
        at = draw.randrange(200)
        cue, content = (
            frozenset(range(at, at + draw.randint(0, 2))),
            frozenset(range(at + 3, at + 3 + draw.randint(0, 30))),
        )
        return alignment.Words((cue,), frozenset(), frozenset(), content, frozenset(), draw.random() < 0.2)

    gold, predicted = [some() for _ in range(60)], [some() for _ in range(60)]
    near = {(i, j) for i, one in enumerate(gold) for j in alignment.near(one, alignment.by_word(predicted))}
    every = [(i, j) for i in range(60) for j in range(60)]
    close = {
        (i, j)
        for i, j in every
        if gold[i].meets(predicted[j]) or alignment.dice(gold[i].content, predicted[j].content) >= alignment.HALF
    }
    assert close <= near < set(every)
    assert set(alignment.pairs(gold, predicted).items()) <= close


def test_attributions_far_from_each_other_are_not_compared():
    made = [
        alignment.Words((frozenset({10 * n}),), frozenset(), frozenset(), frozenset({10 * n + 1}), frozenset(), False)
        for n in range(2_000)
    ]
    with Calls() as counted:
        assert alignment.pairs(made, made) == {n: n for n in range(2_000)}
    assert counted.calls < 200 * len(made)
