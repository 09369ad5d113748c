import json

import pytest

from helpers.evaluation import gold_texts, metrics
from helpers.evaluation.gold_texts import Attribution
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.text.articles import from_text
from tests.marking import at

TEXT = "نفت الشركة الخبر قائلة إنها لم تبع «أسهمها» في السوق. وأضافت أن العمل مستمر."


def claim(kind="indirect", cue=(), content=(), source=None, antecedent=None):
    article = from_text(TEXT, "case", "case.txt")

    def span(words):
        return words and article.span(*at(TEXT, words))

    return Claim(
        claim_id="c1",
        order=1,
        paragraph=1,
        sentence=1,
        kind=kind,
        cue_form="verb",
        act="speech",
        source=span(source),
        source_id=None,
        source_via="stated",
        antecedent=span(antecedent),
        cue=tuple(map(span, cue)),
        cue_lemma="نفى",
        stance="negative",
        content=tuple(map(span, content)),
        about=(),
        within=None,
        made_by="machine",
    )


def test_a_claim_keeps_its_source_its_cues_and_the_hull_of_its_content():
    found = claim("mixed", ["نفت", "قائلة"], ["لم تبع", "في السوق"], "الشركة")
    assert gold_texts.from_claims([found]) == [
        Attribution(
            source=at(TEXT, "الشركة"),
            cue=at(TEXT, "نفت"),
            content=at(TEXT, "لم تبع «أسهمها» في السوق"),
            cue_alt=(at(TEXT, "قائلة"),),
            kind="mixed",
            act="speech",
        )
    ]


def test_an_inherited_speaker_is_the_antecedent_and_counts_as_the_source():
    (found,) = gold_texts.from_claims([claim(cue=["أضافت"], content=["العمل مستمر"], antecedent="الشركة")])
    assert (found.source, found.antecedent, found.source_alt) == (None, at(TEXT, "الشركة"), at(TEXT, "الشركة"))


def test_an_unattributed_claim_is_left_out():
    assert gold_texts.from_claims([claim("unattributed", content=["العمل مستمر"])]) == []


def test_a_claim_without_cue_or_content_is_kept():
    (found,) = gold_texts.from_claims([claim(source="الشركة")])
    assert (found.cue, found.content, found.cue_alt) == (None, None, ())


def test_the_claims_of_the_seed_compared_with_themselves_are_all_right(reading):
    found = gold_texts.from_claims(reading.claims)
    measures = metrics.compare(reading.article.text, found, found).counts
    assert measures["triple"].gold == sum(claim.kind != "unattributed" for claim in reading.claims)
    assert {measure: counts.f1 for measure, counts in measures.items()} == dict.fromkeys(metrics.MEASURES, 1)


GOOD = {"id": "one", "text": "قال علي إنه هنا", "attributions": [{"source": [4, 7], "cue": [0, 3], "content": [8, 15]}]}


def file(tmp_path, *lines):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines))
    return path


def test_a_file_is_read_line_by_line_with_all_that_is_marked(tmp_path):
    more = {"cue_alt": [[4, 7]], "source_alt": None, "kind": "direct", "class": "legal", "optional": True, "note": 1}
    other = {"id": "two", "text": "قال علي إنه هنا", "attributions": [GOOD["attributions"][0] | more], "split": "A"}
    first, second = gold_texts.load(file(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"", other))
    assert (first.article_id, first.line, first.attributions) == ("one", 1, (Attribution((4, 7), (0, 3), (8, 15)),))
    assert (second.article_id, second.line) == ("two", 3)
    assert second.attributions == (
        Attribution((4, 7), (0, 3), (8, 15), cue_alt=((4, 7),), kind="direct", act="legal", optional=True),
    )


def bad(**values):
    return GOOD | values


def marked(**values):
    return bad(attributions=[GOOD["attributions"][0] | values])


BAD = {
    "not JSON": (b"{", "line 2: not JSON in UTF-8"),
    "not UTF-8": (b'{"id": "\xe9"}', "line 2: not JSON in UTF-8"),
    "nested without end": (b"[" * 100_000, "line 2: not JSON in UTF-8"),
    "no object": ([1], "line 2: the line is not an object"),
    "id twice": (GOOD, "line 2: id 'one' stands in line 1 already; keep one"),
    "no id": ({"text": "", "attributions": []}, "line 2: the line has no id"),
    "no text": ({"id": "two", "attributions": []}, "line 2: the line has no text"),
    "no attributions": ({"id": "two", "text": ""}, "line 2: the line has no attributions"),
    "id a number": (bad(id=2), "line 2: id of the line is not a text"),
    "attributions no list": (bad(attributions={}), "line 2: attributions of the line is not a list"),
    "attribution no object": (bad(attributions=[1]), "line 2: attribution 1 is not an object"),
    "no cue": (bad(attributions=[{"source": None, "content": None}]), "line 2: attribution 1 has no cue"),
    "half a pair": (bad(text="\ud800"), "line 2: half of a UTF-16 pair"),
    "kind a list": (marked(kind=["direct"]), "line 2: kind of attribution 1 is not a text"),
    "cue_alt a number": (marked(cue_alt=3), "line 2: cue_alt of attribution 1 is not a list"),
    "beyond the text": (
        marked(content=[8, 16]),
        "line 2: content of attribution 1 is [8, 16], not a span of a text of 15",
    ),
    "before the text": (marked(source=[-1, 3]), "line 2: source of attribution 1 is [-1, 3], not a span"),
    "empty": (marked(cue=[3, 3]), "line 2: cue of attribution 1 is [3, 3], not a span"),
    "three numbers": (marked(cue=[0, 3, 5]), "line 2: cue of attribution 1 is [0, 3, 5]; write [start, end], or null"),
    "truth values": (marked(cue=[False, True]), "line 2: cue of attribution 1 is [false, true]; write"),
    "words": (marked(source="علي"), "line 2: source of attribution 1 is"),
    "another cue outside": (marked(cue_alt=[[0, 99]]), "line 2: cue_alt of attribution 1 is [0, 99], not a span"),
}


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD)
def test_a_bad_line_is_one_clear_line_with_file_and_number(tmp_path, line, said):
    path = file(tmp_path, GOOD, line)
    with pytest.raises(InputError) as error:
        gold_texts.load(path)
    assert str(error.value).startswith(f"{path}: {said}")
    assert len(str(error.value).splitlines()) == 1


def test_a_file_that_is_missing_empty_or_a_folder_is_said_in_one_line(tmp_path):
    for path, said in ((tmp_path / "x", "no such file"), (tmp_path, "cannot be read"), (file(tmp_path), "no article")):
        with pytest.raises(InputError, match=said):
            gold_texts.load(path)
