"""The measures, on small invented texts for which they can be computed by hand."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evaluation import metrics
from helpers.evaluation.gold_texts import Attribution
from tests.marking import at, attribution

DAM = (
    "أعلنت وزيرة المياه ليلى الحداد أن السد الجديد سيفتح أبوابه في الربيع المقبل. "
    "وأضافت أن المزارعين سيحصلون على «حصص إضافية» من المياه. "
    "ووفقا لنقابة المزارعين، تراجع المحصول هذا العام."
)
ANNOUNCED = attribution(
    DAM, source="وزيرة المياه ليلى الحداد", cue="أعلنت", content="السد الجديد سيفتح أبوابه في الربيع المقبل"
)
ADDED = attribution(
    DAM, cue="أضافت", content="المزارعين سيحصلون على «حصص إضافية» من المياه", source_alt="وزيرة المياه ليلى الحداد"
)
UNION = attribution(DAM, source="نقابة المزارعين", cue="وفقا", content="تراجع المحصول هذا العام")
GOLD = [ANNOUNCED, ADDED, UNION]


def counted(text, gold, predicted, *measures):
    """(right, predicted, gold) of each measure."""
    counts = metrics.compare(text, gold, predicted).counts
    return [(counts[m].right, counts[m].predicted, counts[m].gold) for m in measures]


def errors(text, gold, predicted):
    return [outcome.what for outcome in metrics.compare(text, gold, predicted).errors]


def changed(known, **spans):
    """The attribution with other spans."""
    return Attribution(**({name: getattr(known, name) for name in ("source", "cue", "content")} | spans))


def test_what_is_found_as_it_was_marked_is_right_by_every_measure():
    predicted = [ANNOUNCED, changed(ADDED, antecedent=at(DAM, "ليلى الحداد")), UNION]
    comparison = metrics.compare(DAM, GOLD, predicted)
    assert {m: c.f1 for m, c in comparison.counts.items()} == dict.fromkeys(metrics.MEASURES, 1)
    assert comparison.errors == ()
    assert comparison.pairs == tuple(zip(GOLD, predicted, strict=True))


def test_what_was_missed_costs_recall_and_nothing_else():
    (triple,) = counted(DAM, GOLD, [UNION], "triple")
    assert triple == (1, 1, 3)
    assert errors(DAM, GOLD, [UNION]) == ["missed", "missed"]


def test_what_nobody_said_costs_precision_and_counts_as_spurious():
    spurious = attribution(DAM, source="السد الجديد", cue="سيفتح", content="أبوابه")
    assert counted(DAM, [UNION], [UNION, spurious], "triple", "source_j50") == [(1, 2, 1), (1, 2, 1)]
    assert errors(DAM, [UNION], [UNION, spurious]) == ["spurious"]


def test_a_spurious_claim_stands_among_the_errors_where_it_stands_in_the_text():
    assert errors(DAM, [ANNOUNCED], [UNION]) == ["missed", "spurious"]
    assert errors(DAM, [UNION], [ANNOUNCED]) == ["spurious", "missed"]


def test_errors_come_in_the_order_of_the_text_with_what_was_marked_and_what_was_found():
    elsewhere = changed(UNION, content=at(DAM, "السد الجديد"))
    another = changed(ANNOUNCED, source=at(DAM, "المزارعين"))
    found = metrics.compare(DAM, GOLD, [elsewhere, another]).errors
    assert [(e.what, e.gold, e.predicted) for e in found] == [
        ("wrong source", ANNOUNCED, another),
        ("missed", ADDED, None),
        ("wrong content", UNION, elsewhere),
    ]


def test_half_of_the_words_are_enough_for_overlap_and_not_for_exact():
    half = changed(ANNOUNCED, source=at(DAM, "ليلى الحداد"), content=at(DAM, "السد الجديد سيفتح أبوابه"))
    measures = ("triple", "source_j50", "source_exact", "content_j50", "content_exact")
    assert [right for right, *_ in counted(DAM, [ANNOUNCED], [half], *measures)] == [1, 1, 0, 1, 0]
    assert counted(DAM, [ANNOUNCED], [half], "content_dice") == [(pytest.approx(8 / 11), 1, 1)]
    less = changed(ANNOUNCED, source=at(DAM, "الحداد"))
    assert counted(DAM, [ANNOUNCED], [less], "triple", "source_j50") == [(0, 1, 1), (0, 1, 1)]
    three_of_seven = changed(ANNOUNCED, content=at(DAM, "السد الجديد سيفتح"))
    assert counted(DAM, [ANNOUNCED], [three_of_seven], "triple", "content_j50") == [(0, 1, 1), (0, 1, 1)]


def test_an_optional_attribution_costs_nothing_found_or_missed():
    optional = attribution(DAM, source="نقابة المزارعين", cue="وفقا", content="تراجع المحصول هذا العام", optional=True)
    for predicted in ([], [UNION], [changed(UNION, source=None, content=at(DAM, "المحصول"))]):
        comparison = metrics.compare(DAM, [optional], predicted)
        assert comparison.errors == ()
        assert not any((c.right, c.predicted, c.gold) != (0, 0, 0) for c in comparison.counts.values())


def test_a_second_prediction_at_an_optional_cue_costs_nothing_either():
    optional = attribution(DAM, source="نقابة المزارعين", cue="وفقا", content="تراجع المحصول هذا العام", optional=True)
    assert errors(DAM, [optional], [UNION, changed(UNION, content=at(DAM, "هذا العام"))]) == []
    assert errors(DAM, [UNION], [UNION, changed(UNION, content=at(DAM, "هذا العام"))]) == ["spurious"]


RELAYED = "نقلت وكالة المشرق عن الطبيب سامر نعمان قوله إن اللقاح الجديد آمن للأطفال."


def test_the_carrier_of_a_relayed_claim_is_not_held_against_the_finder():
    said = {"cue": "قوله", "content": "اللقاح الجديد آمن للأطفال"}
    relayed = attribution(RELAYED, source="الطبيب سامر نعمان", **said, source_alt="وكالة المشرق")
    doctor = attribution(RELAYED, source="الطبيب سامر نعمان", **said)
    carrier = attribution(RELAYED, source="وكالة المشرق", cue="نقلت", content=said["content"])
    assert counted(RELAYED, [relayed], [doctor, carrier], "triple", "source_exact") == [(1, 1, 1), (1, 1, 1)]
    assert errors(RELAYED, [relayed], [doctor, carrier]) == []
    assert errors(RELAYED, [doctor], [doctor, carrier]) == ["spurious"]


def test_the_other_source_of_a_relayed_claim_is_as_right_as_the_first():
    said = {"cue": "قوله", "content": "اللقاح الجديد آمن للأطفال"}
    relayed = attribution(RELAYED, source="الطبيب سامر نعمان", **said, source_alt="وكالة المشرق")
    agency = attribution(RELAYED, source="وكالة المشرق", **said, antecedent="وكالة المشرق")
    measures = ("triple", "source_exact", "source_j50", "antecedent")
    assert counted(RELAYED, [relayed], [agency], *measures) == [(1, 1, 1)] * 3 + [(0, 0, 0)]


@pytest.mark.parametrize(
    ("source", "right"),
    [(None, 1), ("وزيرة المياه ليلى الحداد", 1), ("نقابة المزارعين", 0)],
    ids=["none", "the inherited speaker", "somebody else"],
)
def test_where_the_clause_states_no_source_none_or_the_inherited_one_is_right(source, right):
    predicted = changed(ADDED, source=at(DAM, source) if source else None)
    triple, *of_source = counted(DAM, [ADDED], [predicted], "triple", "source_exact", "source_j50")
    assert triple == (right, 1, 1)
    assert of_source == [(0, 0, 0)] * 2


ANTECEDENTS = [
    ("ليلى الحداد", 1),
    ("وزيرة المياه", 1),
    ("نقابة المزارعين", 0),
]


@pytest.mark.parametrize(("words", "right"), ANTECEDENTS)
def test_an_antecedent_is_right_when_it_shares_a_name_word(words, right):
    predicted = changed(ADDED, antecedent=at(DAM, words))
    assert counted(DAM, [ADDED], [predicted], "antecedent") == [(right, 1, 1)]


def test_an_antecedent_that_is_not_told_costs_recall_only():
    assert counted(DAM, [ADDED], [changed(ADDED)], "antecedent") == [(0, 0, 1)]


def test_the_article_and_short_words_do_not_decide_an_antecedent():
    text = "حضر الوزير من حمص. ورحب به وزير من دمشق. وقال إن الطريق سالك."
    said = {"cue": "قال", "content": "الطريق سالك"}
    gold = attribution(text, **said, source_alt="الوزير من")
    assert counted(text, [gold], [attribution(text, **said, antecedent="وزير من")], "antecedent") == [(1, 1, 1)]
    assert counted(text, [gold], [attribution(text, **said, antecedent="من دمشق")], "antecedent") == [(0, 1, 1)]
    assert counted(text, [gold], [attribution(text, **said, antecedent="به")], "antecedent") == [(0, 0, 1)]


@pytest.mark.parametrize("that", ["أن", "ان", "إنّ", "بأن"])
def test_a_complementiser_at_the_head_of_a_content_decides_nothing(that):
    text = f"صرح المدير {that} المصنع سيعمل"
    gold = attribution(text, source="المدير", cue="صرح", content="المصنع سيعمل")
    predicted = changed(gold, content=at(text, f"{that} المصنع سيعمل"))
    assert counted(text, [gold], [predicted], "content_exact") == [(1, 1, 1)]
    assert counted(text, [predicted], [gold], "content_exact") == [(1, 1, 1)]


def test_a_complementiser_with_a_pronoun_is_part_of_the_content():
    text = "صرح المدير أنه سيعمل"
    gold = attribution(text, source="المدير", cue="صرح", content="أنه سيعمل")
    predicted = changed(gold, content=at(text, "سيعمل"))
    assert counted(text, [gold], [predicted], "content_exact", "content_j50") == [(0, 1, 1), (1, 1, 1)]


def test_proclitics_suffixes_and_quotation_marks_decide_nothing():
    text = "وأكدت المديرة: «سنفتح المكتبة غدا»."
    gold = attribution(text, source="المديرة", cue="أكدت", content="سنفتح المكتبة غدا")
    for spans in (
        {"cue": "وأكدت"},
        {"cue": "أكد"},
        {"content": "«سنفتح المكتبة غدا»."},
        {"content": "نفتح المكتبة غدا"},
    ):
        predicted = changed(gold, **{name: at(text, words) for name, words in spans.items()})
        measures = ("cue_exact", "source_exact", "content_exact")
        assert counted(text, [gold], [predicted], *measures) == [(1, 1, 1)] * 3, spans


def test_a_word_keeps_its_vowel_marks_and_a_wordless_span_is_none():
    text = "أكَّدَ المدير — الخبر"
    gold = attribution(text, source="المدير", cue="أكَّدَ", content="الخبر")
    assert counted(text, [gold], [changed(gold, cue=(2, 4))], "cue_exact") == [(1, 1, 1)]
    assert counted(text, [gold], [changed(gold, source=at(text, "—"))], "source_exact") == [(0, 0, 1)]


def test_either_of_two_cues_is_the_cue():
    text = "نفى الناطق الخبر قائلا إن الشركة لم تبع أسهمها"
    said = {"source": "الناطق", "content": "الشركة لم تبع أسهمها"}
    gold = attribution(text, cue="نفى", cue_alt=["قائلا"], **said)
    for cue, right in (("نفى", 1), ("قائلا", 1), ("الخبر", 0)):
        predicted = [attribution(text, cue=cue, **said)]
        assert counted(text, [gold], predicted, "cue_exact", "cue_overlap", "triple") == [
            (right, 1, 1),
            (right, 1, 1),
            (1, 1, 1),
        ]


def test_the_cue_decides_between_nested_attributions_that_share_their_content():
    text = "قال الشاهد إن الحارس أكد أن الباب كان مفتوحا"
    outer = attribution(text, source="الشاهد", cue="قال", content="الحارس أكد أن الباب كان مفتوحا")
    inner = attribution(text, source="الحارس", cue="أكد", content="الباب كان مفتوحا")
    assert metrics.compare(text, [outer, inner], [inner, outer]).pairs == ((outer, outer), (inner, inner))


def test_the_same_cue_comes_before_a_cue_that_shares_a_word():
    wider = changed(UNION, cue=at(DAM, "ووفقا لنقابة"))
    same = changed(UNION, content=at(DAM, "تراجع المحصول"))
    assert metrics.compare(DAM, [UNION], [wider, same]).pairs == ((UNION, same),)


def test_a_prediction_without_source_and_cue_is_passed_over():
    own_voice = Attribution(None, None, at(DAM, "تراجع المحصول"))
    assert errors(DAM, [], [own_voice]) == []


def test_articles_without_attribution_and_false_alarms_in_them_are_counted():
    optional = attribution(DAM, cue="وفقا", content="تراجع المحصول", optional=True)
    compared = [metrics.compare(DAM, *both) for both in (([], []), ([], [UNION]), ([optional], [ANNOUNCED]))]
    score = metrics.total(compared)
    assert (score.articles, score.silent, score.false_alarms, score.false_alarm_rate) == (3, 2, 1, 0.5)
    words = len(DAM.replace("«", "").replace("»", "").split())
    assert (score.words, score.spurious) == (3 * words, 2)
    assert score.spurious_per_1000_words == pytest.approx(2000 / (3 * words))


def test_rates_of_nothing_are_none():
    score = metrics.total([])
    assert (score.spurious_per_1000_words, score.false_alarm_rate, score.measures["triple"].f1) == (None, None, 0)


def test_every_attribution_weighs_the_same_whatever_its_article():
    compared = [metrics.compare(DAM, GOLD, GOLD), metrics.compare(RELAYED, [], [attribution(RELAYED, cue="نقلت")])]
    triple = metrics.total(compared).measures["triple"]
    assert (triple.precision, triple.recall) == (0.75, 1)
    assert triple.f1 == pytest.approx(6 / 7)


def test_recall_is_given_by_kind_and_by_act():
    marked = [
        attribution(DAM, cue="أعلنت", content="السد الجديد", kind="direct", act="speech"),
        attribution(DAM, cue="أضافت", content="المزارعين", kind="indirect", act="speech"),
        attribution(DAM, cue="وفقا", content="تراجع المحصول", kind="indirect", act="evidence", optional=True),
    ]
    compared = [metrics.compare(DAM, marked, marked[:1])]
    assert {kind: c["triple"].recall for kind, c in metrics.recalls(compared, "kind").items()} == {
        "direct": 1,
        "indirect": 0,
    }
    assert {act: c["triple"].recall for act, c in metrics.recalls(compared, "act").items()} == {"speech": 0.5}
    assert list(metrics.recalls([metrics.compare(DAM, GOLD, [])], "act")) == ["none"]


def test_the_interval_is_the_same_at_every_call_and_holds_the_score():
    start, end = ANNOUNCED.content
    ends = [at_ for at_ in range(start, end) if DAM[at_] == " "]
    compared = [metrics.compare(DAM, GOLD, [changed(ANNOUNCED, content=(start, at_)), UNION]) for at_ in ends]
    compared += [metrics.compare(DAM, GOLD, GOLD), metrics.compare(DAM, GOLD, [])] * 3
    first = metrics.intervals(compared)
    assert all(metrics.intervals(compared) == first for _ in range(3))
    low, high = first["content_dice"]
    assert 0.4 < low < metrics.total(compared).measures["content_dice"].f1 < high < 0.9


def test_the_interval_of_one_right_and_one_empty_article_goes_from_nothing_to_all():
    compared = [metrics.compare(DAM, GOLD, GOLD), metrics.compare(DAM, GOLD, [])]
    assert metrics.intervals(compared)["triple"] == (0, 1)


def test_there_is_no_interval_over_no_article():
    with pytest.raises(ValueError, match="no article to resample"):
        metrics.intervals([])


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda span: (span[0], span[0] + span[1]))
SOME = st.none() | SPANS
MADE = st.builds(
    Attribution, SOME, SPANS, SOME, st.lists(SPANS, max_size=1).map(tuple), SOME, SOME, optional=st.booleans()
)
ANY = st.lists(MADE, max_size=6)


@given(ANY, ANY)
def test_no_measure_counts_more_right_than_was_predicted_or_expected(gold, predicted):
    comparison = metrics.compare(DAM, gold, predicted)
    for measure, counts in comparison.counts.items():
        assert 0 <= counts.right <= min(counts.predicted, counts.gold), measure
    assert comparison.counts["triple"].gold == sum(not each.optional for each in gold)
    assert len(comparison.pairs) == len({id(one) for one, _ in comparison.pairs}) <= min(len(gold), len(predicted))


def test_scoring_imports_no_pandas_matplotlib_or_numpy():
    program = (
        "import sys; from helpers.evaluation import metrics, gold_texts, scorecard\n"
        "print({'pandas', 'matplotlib', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
