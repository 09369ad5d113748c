"""Text that articles share: what is a copy, what is boilerplate, and what is told of it. All articles are invented."""

import json
import shutil

import pyarrow.parquet as pq
import pytest

from helpers import readings
from helpers.corpus import driver, findings, questions, shared_text, tables
from helpers.corpus import quoted as of_corpus
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.report import interface
from helpers.text import articles, sentence_hashes
from tests.conftest import ROOT, SEED, in_one_line
from tests.knowing import KNOWN

AGENCY = (
    "أعلنت وزارة الموارد في مدينة السنديان أن السد الجديد سيُفتتح في مطلع الصيف.",
    "وقال الوزير منذر الزرلي في مؤتمر صحفي إن «الأعمال انتهت قبل موعدها بشهرين كاملين».",
    "وأضاف الزرلي: «المياه تكفي القرى الأربع».",
    "وأكدت المهندسة سعاد الأعسري أن الفحوص الأخيرة لجدار السد لم تُظهر أي تشققات.",
    "وينتظر سكان القرى الأربع منذ ثلاثة أعوام أن تصل إليهم مياه الشرب من السد.",
)
LEAD = "في خطوة طال انتظارها تستعد مدينة السنديان لموسم جديد على ضفاف نهرها القديم."
OWN = (
    "زار مراسلنا القرى الأربع ووجد أن الطرق المؤدية إليها ما زالت غير معبدة.",
    "ويشكو المزارعون في سوق البلدة من ارتفاع أسعار البذور والأسمدة منذ الشتاء الماضي.",
    "وتبيع الدكاكين الماء في صهاريج صغيرة تصل إلى السوق مرة كل أسبوع.",
)
FOOTER = "تابعوا أخبارنا على قناتنا وشاركوا المقال مع أصدقائكم وجميع الحقوق محفوظة للصحيفة."


def spelled_otherwise(text):
    """With bare alefs, other quotation marks, vowels and no tatweel."""
    return text.translate(str.maketrans("أإآ«»", "ااا“”")).replace("قال", "قَالَ")


def own(n):
    """An article that shares nothing with others: sentences of words that no other has."""
    return " ".join(
        f"{'قرية' + letters(n)} {'نهر' + letters(n + i)} جسر يمر بين حقول {letters(n * 7 + i)} القديمة."
        for i in range(3)
    )


def letters(n):
    return "".join("بتثجحخدذرز"[int(digit)] for digit in str(n))


def written(tmp_path, lines, out="out", size=7):
    """The folder of a corpus of these articles: (id, text, outlet, day)."""
    keys = ("id", "text", "outlet", "date")
    records = [{key: value for key, value in zip(keys, line, strict=True) if value} for line in lines]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    driver.run_in_process([str(tmp_path / "in.jsonl")], tmp_path / out, Options(size=size))
    return tmp_path / out


def shared(folder):
    """The rows of what articles share, by id; groups and partners by their ids."""
    rows = pq.read_table(folder / tables.SHARED_FILE).to_pylist()
    ids = {row["number"]: row["article_id"] for row in rows}
    keys = ("text_group", "most_shared_with")
    return {row["article_id"]: row | {key: ids.get(row[key]) for key in keys} for row in rows}


def groups(folder):
    return {name: row["text_group"] for name, row in shared(folder).items()}


@pytest.fixture(scope="module", autouse=True)
def _lexicons_compiled_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "known", lambda: KNOWN)
        yield


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The text of an agency in ten outlets, one of which only quotes a sentence of it; and an article of its own."""
    text = " ".join(AGENCY)
    lines = [
        ("agency", text, "وكالة السنديان", "2024-05-01"),
        *((f"same-{n}", text, f"صحيفة {letters(n)}", "2024-05-02") for n in range(5)),
        ("cut", " ".join(AGENCY[:3]), "موقع النهر", "2024-05-02"),
        ("lead", f"{LEAD} {text}", "موقع الجبل", "2024-05-03"),
        ("spelled", spelled_otherwise(text), "موقع السهل", "2024-05-02"),
        ("quotes", " ".join((OWN[0], AGENCY[1], *OWN[1:])), "مجلة الوادي", "2024-05-04"),
        ("undated", text, "موقع الساحل", None),
        ("else", own(1), "مجلة الوادي", "2024-05-01"),
    ]
    return written(tmp_path_factory.mktemp("printed"), [*lines[::-1]])  # the agency's is the last of the input


def test_the_copies_of_one_text_are_a_group_that_begins_with_the_first_of_them(printed):
    found = groups(printed)
    copies = ["agency", *(f"same-{n}" for n in range(5)), "cut", "lead", "spelled", "undated"]
    assert found == dict.fromkeys(copies, "agency") | {"quotes": None, "else": None}


def test_each_article_says_how_much_of_it_an_earlier_one_has_and_with_which_it_shares_most(printed):
    words = sentence_hashes.of_texts(AGENCY).words
    found = shared(printed)
    said = {
        name: (row["copied_words"], row["copied_sentences"], row["most_shared_with"]) for name, row in found.items()
    }
    assert said["agency"] == said["else"] == (0, [], None)
    assert said["cut"] == (sum(words[:3]), [1, 2, 3], "agency")
    assert said["lead"] == (sum(words), [2, 3, 4, 5, 6], "agency")
    assert said["spelled"] == (sum(words), [1, 2, 3, 4, 5], "agency")
    assert said["quotes"] == (words[1], [2], "agency")
    assert found["quotes"]["most_shared_words"] == words[1]


def test_an_undated_article_is_later_than_all_that_have_a_day_wherever_it_stands(tmp_path):
    text = " ".join(AGENCY)
    lines = [
        ("a", text, "ا", None),
        ("b", text, "ب", "2024-05-02"),
        ("c", text, "ت", "2024-05-01"),
        ("d", text, "ث", None),
    ]
    assert groups(written(tmp_path, lines)) == dict.fromkeys("abcd", "c")
    assert groups(written(tmp_path, [lines[3], lines[0]], "undated")) == {"a": "d", "d": "d"}


def test_a_text_that_grows_from_version_to_version_is_one_group(tmp_path):
    sentences = [
        f"{'بلدة' + letters(n)} تنتظر {'موسم' + letters(n)} الحصاد على ضفة نهرها القديم منذ أعوام." for n in range(8)
    ]
    lines = [(str(n), " ".join(sentences[: n + 1]), f"موقع {letters(n)}", f"2024-05-0{n + 1}") for n in range(8)]
    assert set(groups(written(tmp_path, lines)).values()) == {"0"}


@pytest.mark.parametrize(("kept", "copy"), [(2, True), (1, False)])
def test_an_article_is_a_copy_when_half_of_its_words_are_an_earlier_ones(tmp_path, kept, copy):
    same = [f"{'حي' + letters(n)} يقع خلف سوق المدينة وبجانبه حديقة واسعة." for n in range(4)]
    assert len({len(text.split()) for text in same}) == 1
    mine = [*same[:kept], *(text.replace("خلف", "أمام") for text in same[kept:])]
    lines = [("first", " ".join(same), "ا", "2024-05-01"), ("then", " ".join(mine), "ب", "2024-05-02")]
    assert groups(written(tmp_path, lines)) == dict.fromkeys(["first", "then"], "first" if copy else None)


def test_two_articles_are_compared_by_all_that_they_share_though_others_had_parts_of_it_before_and_since(tmp_path):
    text = [
        f"{'وادي' + letters(n)} يبعد عن {'قلعة' + letters(n)} ساعة سيراً على الأقدام بين البساتين." for n in range(6)
    ]
    parts = [
        (f"{when}-{n}", f"{text[n]} {own(40 * n + day)}", f"موقع {letters(n)}", f"2024-05-0{day}")
        for when, day in (("before", 1), ("since", 3))
        for n in range(4)
    ]
    whole = [(name, " ".join(text), name, f"2024-05-0{day}") for name, day in (("whole", 2), ("copy", 4))]
    found = shared(written(tmp_path, [*parts, *whole]))
    words = sum(sentence_hashes.of_texts(text).words)
    assert (found["copy"]["most_shared_with"], found["copy"]["most_shared_words"]) == ("whole", words)
    assert {name: row["text_group"] for name, row in found.items() if row["text_group"]} == {
        "whole": "whole",
        "copy": "whole",
    }


def test_a_digest_of_several_texts_joins_none_of_them(tmp_path):
    texts = [own(n) for n in (100, 200, 300)]
    lines = [(str(n), text, f"موقع {letters(n)}", "2024-05-01") for n, text in enumerate(texts)]
    lines.append(("digest", " ".join(texts), "النشرة", "2024-05-02"))
    assert set(groups(written(tmp_path, lines)).values()) == {None}


# Boilerplate


@pytest.mark.parametrize(("articles_", "grouped"), [(shared_text.OFTEN - 1, True), (shared_text.OFTEN, False)])
def test_a_sentence_that_an_outlet_has_in_ten_articles_is_boilerplate(tmp_path, articles_, grouped):
    short = "أُغلق جسر {} أمام الشاحنات هذا الصباح بسبب الضباب."
    lines = [(str(n), f"{short.format(letters(n))} {FOOTER}", "صحيفة", "2024-05-01") for n in range(articles_)]
    found = shared(written(tmp_path, lines))
    assert {row["text_group"] for row in found.values()} == ({"0"} if grouped else {None})
    assert found["1"]["copied_sentences"] == [2], "it is copied all the same"


def test_one_text_that_an_outlet_has_often_is_no_boilerplate(tmp_path):
    lines = [(str(n), " ".join(AGENCY), "صحيفة", f"2024-05-{n + 1:02}") for n in range(2 * shared_text.OFTEN)]
    assert set(groups(written(tmp_path, lines)).values()) == {"0"}


@pytest.mark.parametrize(("articles_", "linked"), [(shared_text.MANY - 1, True), (shared_text.MANY, False)])
def test_a_sentence_that_twenty_articles_have_and_little_else_is_boilerplate_in_whatever_outlets(
    tmp_path, articles_, linked
):
    lines = [(str(n), f"{own(10 * n)} {FOOTER}", None, "2024-05-01") for n in range(articles_)]
    found = shared(written(tmp_path, lines))
    assert {row["text_group"] for row in found.values()} == {None}
    assert {row["most_shared_with"] is not None for name, row in found.items() if name != "0"} == {linked}


def test_a_text_that_many_outlets_print_is_a_group_with_and_without_their_names_and_footers(tmp_path):
    for named in (True, False):
        lines = [
            (
                f"{n}-{copy}",
                f"{' '.join(AGENCY) if copy == 0 else own(100 * n + 10 * copy)} {FOOTER}",
                f"صحيفة {letters(n)}" if named else None,
                "2024-05-01",
            )
            for n in range(30)
            for copy in range(3)
        ]
        found = groups(written(tmp_path, lines, f"out-{named}"))
        assert {name for name, group in found.items() if group} == {f"{n}-0" for n in range(30)}
        assert set(found.values()) == {"0-0", None}


# Sentences


def of(text):
    return sentence_hashes.of_article(articles.from_text(text, "a", ROOT / "a.txt", {}))


def test_spelling_marks_and_digits_make_no_other_sentence():
    plain, other = " ".join(AGENCY), spelled_otherwise(" ".join(AGENCY))
    assert plain != other and of(plain) == of(other)
    assert of("بلغ عدد القرى في السهل 14 قرية.") == of("بلغ عدد القرى فى السهل ١٤ قرية!")
    assert of("بلغ عدد القرى في السهل 14 قرية.") != of("بلغ عدد القرى في السهل 15 قرية.")


def test_a_sentence_of_few_words_is_known_by_those_around_it():
    first, second = of(f"{AGENCY[0]} وقال نعم."), of(f"{AGENCY[1]} وقال نعم.")
    assert first.words[1] == 2 and first.hashes[1] != second.hashes[1]
    head = [of(f"عاجل اليوم. {each}").hashes[0] for each in AGENCY[:2]]
    assert head[0] != head[1]


@pytest.mark.parametrize(
    ("sentence", "alone"), [("وقال إن السد سيُفتتح قريباً جداً.", True), ("وقال إن السد سيُفتتح قريباً.", False)]
)
def test_a_sentence_of_six_words_stands_for_itself(sentence, alone):
    assert (len(sentence.split()) == sentence_hashes.FEWEST_WORDS) == alone
    assert (of(f"{AGENCY[0]} {sentence}").hashes[1] == of(f"{AGENCY[1]} {sentence}").hashes[1]) == alone


def test_the_sentences_of_a_text_and_of_its_report_have_the_same_hashes():
    article = articles.from_text(" ".join(AGENCY), "a", ROOT / "a.txt", {})
    texts = [article.text[each.start : each.end] for each in article.sentences]
    assert sentence_hashes.of_article(article) == sentence_hashes.of_texts(texts)
    assert sum(sentence_hashes.of_article(article).words) == len(article.words)


# Folders


def test_a_corpus_that_is_not_complete_says_what_its_articles_share_all_the_same(printed):
    assert shared_text.table(printed).to_pylist() == pq.read_table(printed / tables.SHARED_FILE).to_pylist()


def test_the_rows_are_the_same_however_many_are_made_at_once(printed, monkeypatch):
    monkeypatch.setattr(shared_text, "SLICE", 5)
    assert shared_text.table(printed).to_pylist() == pq.read_table(printed / tables.SHARED_FILE).to_pylist()


def test_nothing_is_left_beside_the_table_and_it_has_the_written_schema(printed):
    written_ = json.loads((printed / "schema.json").read_text(encoding="utf-8"))
    schema = pq.read_schema(printed / tables.SHARED_FILE)
    assert written_["tables"]["shared"] == {field.name: str(field.type) for field in schema}
    assert schema.metadata[b"isnad.schema"] == str(tables.SCHEMA).encode()
    assert not list(printed.glob(f"{tables.MAKING}*")) and not list(printed.glob(".shared*"))


# What is told


def asked(folder, tmp_path):
    return questions.database(folder, tmp_path)


def in_words(found):
    return [" ".join(interface.load(lang).text(one) for one in found) for lang in interface.LANGS]


def test_outlets_are_said_to_have_text_of_their_own_and_copies(printed, tmp_path):
    outlets = questions.overview(asked(printed, tmp_path)).set_index("outlet")
    columns = ["articles", "distinct_articles", "claims", "distinct_claims"]
    assert outlets.loc["وكالة السنديان", columns].tolist() == [1, 1, 4, 4]
    assert outlets.loc["موقع السهل", columns].tolist() == [1, 0, 4, 0]
    assert outlets.loc["مجلة الوادي", columns].tolist() == [2, 2, 2, 1]


def test_a_text_with_copies_is_a_row_with_its_first_article(printed, tmp_path):
    (row,) = questions.shared_texts(asked(printed, tmp_path)).to_dict("records")
    assert row == {
        "group": 1,
        "title": "",
        "first_outlet": "وكالة السنديان",
        "first_day": "2024-05-01",
        "last_day": "2024-05-03",
        "articles": 10,
        "outlets": 10,
        "article_id": "agency",
    }


def test_the_finding_says_how_many_articles_and_claims_are_copies_in_both_languages(printed, tmp_path):
    db = asked(printed, tmp_path)
    english, arabic = in_words(findings.shared_texts(questions.overview(db), questions.shared_texts(db)))
    assert english == (
        "9 of 12 articles repeat earlier ones: at least half of the words of each are in one earlier article. "
        "The most widespread text is in 10 articles. "
        "As the machine reads it: 36 of 41 attributed claims stand in sentences that an earlier article has."
    )
    assert "9 من أصل 12 مقالاً" in arabic and "10 مقالات" in arabic and "36 من أصل 41 ادعاءً مُسنَداً" in arabic


def test_a_speaker_whom_copies_print_speaks_in_one_outlet_of_its_own_text(printed, tmp_path):
    db = asked(printed, tmp_path)
    voices = questions.voices(db)
    speaker = voices[voices["speaker"] == "منذر الزرلي"]
    assert (speaker["speaks"].sum(), speaker["distinct"].sum()) == (21, 2)
    assert "Repeated text aside" not in in_words(findings.voices(voices))[0], "nobody speaks in two outlets"
    (stances,) = questions.stances(db).to_dict("records")
    assert (stances["speaker"], stances["claims"], stances["outlets"]) == ("منذر الزرلي", 2, 1)


def test_words_that_an_earlier_article_has_are_a_share_of_an_outlets(printed, tmp_path):
    rests = questions.rests(asked(printed, tmp_path)).set_index("outlet")["copied_share"]
    words = sentence_hashes.of_texts(AGENCY).words
    assert (rests["وكالة السنديان"], rests["موقع السهل"]) == (0, 1)
    every = sum(sentence_hashes.of_texts([*OWN, AGENCY[1], own(1)]).words)
    assert rests["مجلة الوادي"] == round(words[1] / every, 4)


# Who is quoted


def table_of(folder):
    return {row["name"]: row for row in pq.read_table(folder / "out.parquet").to_pylist() if row["name"]}


def test_a_statement_that_ten_outlets_copy_is_one_statement_and_the_example_is_the_first(called, printed, tmp_path):
    done = called("quoted", printed, "--out", tmp_path / "out.parquet")
    assert done.returncode == 0 and "statements: 40 (4 distinct, the others copies)" in done.stdout
    rows = table_of(tmp_path)
    minister = rows["منذر الزرلي"]
    keys = ("articles", "statements", "distinct_statements", "direct", "views")
    assert [minister[key] for key in keys] == [11, 21, 2, 2, 0]
    assert [example["article_id"] for example in minister["examples"]] == ["agency", "agency"]
    assert list(rows)[:2] == ["منذر الزرلي", "سعاد الأعسري"]


def test_a_name_that_is_not_joined_counts_what_copies_say_of_it_in_the_first_article_alone(printed):
    rows = [row for row in of_corpus.rows(of_corpus.Corpus(printed).db) if row.name == "وزارة الموارد"]
    counted = {row.examples[0].article_id: row.distinct_statements for row in rows}
    assert len(counted) == 10 and [name for name, n in counted.items() if n] == ["agency"]


def test_a_statement_counts_in_the_month_of_the_first_article(tmp_path):
    text = " ".join(AGENCY)
    lines = [("a", text, "ا", "2024-06-01"), ("b", text, "ب", "2024-05-31"), ("c", text, "ت", None)]
    folder = written(tmp_path, lines)
    months = {row.name: row.months for row in of_corpus.rows(of_corpus.Corpus(folder).db)}
    assert months["منذر الزرلي"] == {"2024-05": 2}


@pytest.mark.parametrize("how", ["articles", "mixed", "mixed the other way"])
def test_copies_are_counted_once_in_whatever_form_the_articles_come(called, printed, tmp_path, how):
    lines = (printed.parent / "in.jsonl").read_text(encoding="utf-8").splitlines()
    parts = {"a": lines} if how == "articles" else {"a": lines[:6], "b": lines[6:]}
    for name, some in parts.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(some), encoding="utf-8")
    given = [tmp_path / f"{name}.jsonl" for name in parts]
    if how != "articles":
        driver.run_in_process([str(given[0])], tmp_path / "corpus", Options())
        given[0] = tmp_path / "corpus"
    assert called("quoted", printed, "--out", tmp_path / "one.csv").returncode == 0
    assert called("quoted", *given[:: 1 if how == "mixed" else -1], "--out", tmp_path / "other.csv").returncode == 0
    assert sorted((tmp_path / "one.csv").read_bytes().splitlines()) == sorted(
        (tmp_path / "other.csv").read_bytes().splitlines()
    )


def test_a_report_and_an_article_with_the_same_text_are_one_text(called, tmp_path, shelf):
    article = articles.load(SEED)
    (tmp_path / "again.txt").write_text(article.text, encoding="utf-8")
    assert called("quoted", shelf / SEED.stem, "--out", tmp_path / "out.parquet").returncode == 0
    alone = table_of(tmp_path)
    done = called("quoted", shelf / SEED.stem, tmp_path / "again.txt", "--machine", "--out", tmp_path / "out.parquet")
    assert done.returncode == 0, done.stderr
    both = table_of(tmp_path)
    assert both["بروس هوفمان"]["statements"] > alone["بروس هوفمان"]["statements"]
    assert both["بروس هوفمان"]["distinct_statements"] < both["بروس هوفمان"]["statements"]


def test_one_article_has_no_copies(called, tmp_path):
    (tmp_path / "a.txt").write_text(" ".join(AGENCY), encoding="utf-8")
    done = called("quoted", tmp_path / "a.txt", "--out", tmp_path / "out.parquet")
    assert done.returncode == 0 and "distinct" not in done.stdout
    assert {row["statements"] - row["distinct_statements"] for row in table_of(tmp_path).values()} == {0}


# Folders that cannot be read


def test_a_corpus_of_an_earlier_schema_is_refused_in_one_line(called, printed, tmp_path):
    shutil.copytree(printed, folder := tmp_path / "old")
    (folder / "schema.json").write_text('{"schema": 5}', encoding="utf-8")
    done = called("quoted", folder, "--out", tmp_path / "out.csv")
    assert in_one_line(done, str(folder), "its tables have schema 5, not 6; make them again")


@pytest.mark.parametrize("name", ["shared.parquet", "part-000000/articles.parquet"])
def test_a_damaged_table_of_a_corpus_is_one_line(called, printed, tmp_path, name):
    shutil.copytree(printed, folder := tmp_path / "damaged")
    (folder / name).write_bytes(b"PAR1 not a table PAR1")
    assert in_one_line(called("quoted", folder, "--out", tmp_path / "out.csv"), str(folder), "make them again")


def test_a_lost_table_of_what_articles_share_is_made_again_when_it_is_asked_for(printed, tmp_path):
    shutil.copytree(printed, folder := tmp_path / "lost")
    (folder / "shared.parquet").unlink()
    assert questions.overview(asked(folder, tmp_path)).equals(questions.overview(asked(printed, tmp_path)))


def test_damaged_tables_of_articles_are_one_line(printed, tmp_path):
    shutil.copytree(printed, folder := tmp_path / "damaged")
    (folder / "part-000001" / "articles.parquet").write_bytes(b"PAR1 not a table PAR1")
    with pytest.raises(InputError, match="what its articles share could not be found out") as e:
        shared_text.write(folder)
    assert len(str(e.value).splitlines()) == 1
    assert not list(folder.glob(f"{tables.MAKING}*"))
