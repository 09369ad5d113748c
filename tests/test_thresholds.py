"""The named thresholds: each has a case on either side, so that a test fails if it is moved by one step."""

import csv
import dataclasses
import json
from itertools import islice, product
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from msgspec import structs

from helpers import charts, readings
from helpers.analysis import audit, frames, overview
from helpers.annotation import anchoring, folder
from helpers.annotation.faults import Faults
from helpers.charts import actors, names
from helpers.corpus import repeated_claims
from helpers.curation import anchoring_again, arguments, session
from helpers.evaluation import alignment, metrics
from helpers.extraction import suggestions, texts, times
from helpers.extraction.named import acronyms, evidence, quoted_names
from helpers.files import atomic, csv_rows, errors
from helpers.files.errors import InputError
from helpers.inputs import json_values, thrift
from helpers.lexicon import entries, vocabulary
from helpers.report import build, front_page, translation_memory
from helpers.text import (
    articles,
    encodings,
    input_formats,
    metadata,
    mojibake,
    page_bounds,
    publication,
    visible_text,
    web_pages,
)
from helpers.text.visible_text import VisibleText
from tests import showing
from tests.knowing import KNOWN
from tests.test_charts import said


def machine(text):
    return readings.read(articles.from_text(text, "x", Path("x.txt")), KNOWN, machine=True)


def with_claim(reading, claim_id, **changed):
    found = [structs.replace(c, **changed) if c.claim_id == claim_id else c for c in reading.claims]
    return dataclasses.replace(reading, claims=tuple(found))


# Times


def days_in(text):
    about = {"published": "2021-08-28"}
    return [str(time.earliest) for time in times.find(articles.from_text(text, "x", Path("x.txt"), about))]


@pytest.mark.parametrize(("between", "day"), [(10, "2021-12-12"), (11, "2020-12-12")])
def test_what_is_to_come_is_said_at_most_twelve_words_before_it(between, day):
    assert days_in(f"سوف {'يعود ' * between}في 12 ديسمبر") == [day]


@pytest.mark.parametrize(("between", "day"), [(1, "2021-12-12"), (2, "2020-12-12")])
def test_what_is_to_come_is_said_at_most_two_words_behind_it(between, day):
    assert days_in(f"في 12 ديسمبر {'هنا ' * between}ستبدأ") == [day]


@pytest.mark.parametrize(("days", "first"), [(7, "2020-05-01"), (8, "2020-05-02")])
def test_a_list_has_at_most_six_days_behind_one(days, first):
    assert days_in(f"في {' و'.join(map(str, range(1, days + 1)))} مايو 2020")[0] == first


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("عام 1343 هـ", ["1924-08-01"]),
        ("عام 1342 هـ", ["None"]),
        ("عام 1500 هـ", ["2076-11-27"]),
        ("12 مايو 1800", ["1800-05-12"]),
        ("12/5/1799", []),
        ("12/5/2100", ["2100-05-12"]),
        ("12/5/2101", []),
    ],
)
def test_years_are_those_of_the_news_and_of_the_tables_of_the_hijri_calendar(text, found):
    assert days_in(f"وقع ذلك في {text}.") == found


@pytest.mark.parametrize(("length", "read"), [(200, True), (201, False)])
def test_a_date_of_an_article_stands_in_at_most_200_characters(length, read):
    assert bool(publication.read("15 مارس 2024".ljust(length, "س").replace("2024س", "2024 "))) is read


# Analysis


@pytest.mark.parametrize(("credibility", "alone"), [(3, False), (4, True)], ids=["agreed with", "doubtful"])
def test_a_claim_that_another_source_agrees_with_does_not_rest_on_one_unnamed_source(reading, credibility, alone):
    found = audit.on_one_unnamed(with_claim(reading, "c15", credibility=credibility))
    assert ("c15" in set(found["claim_id"])) is alone


@pytest.mark.parametrize(
    ("credibility", "contradicted"),
    [(3, False), (4, True), (5, True), (6, False)],
    ids=["3", "4", "5", "cannot be judged"],
)
def test_what_is_doubtful_or_improbable_is_contradicted_and_what_cannot_be_judged_is_not(
    reading, credibility, contradicted
):
    found = {
        each.claim.claim_id: each.reasons for each in audit.reasons(with_claim(reading, "c21", credibility=credibility))
    }
    assert ("contradicted" in {reason.key for reason in found.get("c21", ())}) is contradicted


@pytest.mark.parametrize(("confidence", "unsure"), [(0.59, True), (0.6, False)], ids=["below", "at"])
def test_a_machines_claim_below_sixty_per_cent_is_to_be_checked(reading, confidence, unsure):
    by_machine = with_claim(reading, "c21", made_by="machine", confidence=confidence)
    found = {each.claim.claim_id: each.reasons for each in audit.reasons(by_machine)}
    assert ("unsure" in {reason.key for reason in found.get("c21", ())}) is unsure


def test_the_first_screen_has_the_three_best_and_the_three_least_attributed_claims(reading):
    direct = dataclasses.replace(
        reading, claims=tuple(structs.replace(c, kind="direct") if c.attributed else c for c in reading.claims)
    )
    brief = overview.overview(direct)
    assert (len(brief.best), len(brief.least)) == (3, 3)


@pytest.mark.parametrize(("speakers", "more"), [(5, False), (6, True)], ids=["five", "six"])
def test_a_list_of_the_first_screen_shows_five_and_the_rest_behind_a_line(tmp_path, speakers, more):
    offices = ["الداخلية", "الدفاع", "الصحة", "العدل", "المالية", "التعليم"][:speakers]
    found = machine("".join(f"قال وزير {office} إن الطريق رقم {n} مفتوح.\n" for n, office in enumerate(offices)))
    front_page.write(found, KNOWN, tmp_path, {"en": [], "ar": []}, translation_memory.load(found))
    shown = (tmp_path / "index.html").read_text(encoding="utf-8").partition('<ol class="plain">')[2]
    assert shown.partition("</ol>")[0].count("<li") == 5
    assert shown.partition("</ol>")[2].lstrip().startswith("<details>") is more


@pytest.mark.parametrize(
    ("paragraphs", "columns", "last"),
    [(40, 40, 40), (41, 21, "41–41")],
    ids=["forty stand alone", "forty-one by two"],
)
def test_over_forty_paragraphs_are_put_together(paragraphs, columns, last):
    table = pd.DataFrame({"actor_id": ["iran"], "name_ar": [""], "name_en": [""], "found_by": [""], "paragraph": [1]})
    table = table.assign(sentence=1, exact="", via="", start=0, end=1)
    found = frames.dispersion(table, paragraphs)
    assert (len(found.columns), found.columns[-1]) == (columns, last)


# Annotation


def spans_file(folder, rows):
    path = folder / "spans.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([anchoring.SPAN_COLUMNS, *rows])
    return path


@pytest.mark.parametrize(
    ("second", "fine"),
    [((8, 12), True), ((7, 11), True), ((6, 10), False), ((2, 4), False)],
    ids=["apart", "touching", "overlapping by a letter", "inside"],
)
def test_the_parts_of_a_content_do_not_overlap(tmp_path, second, fine):
    article = articles.from_text("قالإنالطريقمفتوح", "x", tmp_path / "x.txt")
    rows = [
        ("c1", "content", part, start, end, article.text[start:end])
        for part, (start, end) in enumerate([(0, 7), second], 1)
    ]
    path = spans_file(tmp_path, rows)
    found = anchoring.spans(path, article, faults := Faults())
    assert len(found.several("c1", "content")) == (2 if fine else 1)
    assert ["row 3: this part begins before the one above it ends" in str(e) for e in faults.found] == [True] * (
        not fine
    )


@pytest.mark.parametrize(("size", "fine"), [(1_000_000, True), (1_000_001, False)], ids=["a million", "one more"])
def test_what_stands_beside_an_article_has_a_million_bytes_at_most(tmp_path, size, fine):
    article = articles.from_text("نص", "x", tmp_path / "x.txt")
    binding, beside = (tmp_path / name for name in ("article.toml", "x.toml"))
    for path, line in ((binding, f'sha256 = "{article.sha256}"\n'), (beside, 'title = "عنوان"\n')):
        path.write_text(line + "#" * (size - len(line.encode())), encoding="utf-8")
    if fine:
        folder.bound(tmp_path, article)
        assert metadata.sidecar(beside) == {"title": "عنوان"}
    else:
        with pytest.raises(InputError, match="1 MB"):
            folder.bound(tmp_path, article)
        with pytest.raises(InputError, match="1 MB"):
            metadata.sidecar(beside)


# Lexicon


def lexicon(path, spellings):
    rows = ((f"a{n}", spelling, "ar", "group", "name", "اسم", "name", "invented") for n, spelling in spellings)
    csv_rows.write(path, entries.ACTOR_COLUMNS, list(rows))
    return path


@pytest.mark.parametrize(("count", "fine"), [(20_000, True), (20_001, False)], ids=["twenty thousand", "one more"])
def test_a_lexicon_of_actors_has_twenty_thousand_rows_at_most(tmp_path, count, fine):
    path = lexicon(tmp_path / "actors.csv", enumerate(map("".join, islice(product("abcdefghijkl", repeat=4), count))))
    if fine:
        assert len(entries.actors(path).by_id) == count
    else:
        with pytest.raises(InputError, match="over 20,000 rows"):
            entries.actors(path)


@pytest.mark.parametrize(("count", "fine"), [(500, True), (501, False)], ids=["five hundred", "one more"])
def test_five_hundred_spellings_begin_with_one_word_at_most(tmp_path, count, fine):
    path = lexicon(tmp_path / "actors.csv", ((n, f"جبهة x{n}") for n in range(count)))
    if fine:
        assert len(entries.actors(path).by_id) == count
    else:
        with pytest.raises(InputError, match="over 500 spellings begin with the same word"):
            entries.actors(path)


@pytest.mark.parametrize(
    ("held", "kept"), [(200_000, True), (200_001, False)], ids=["two hundred thousand", "one more"]
)
def test_words_that_were_looked_up_are_forgotten_when_there_are_too_many(held, kept):
    words = vocabulary.Vocabulary(entries.cues())
    words.update(dict.fromkeys(map(str, range(held)), words["كتاب"]))
    del words["كتاب"]
    assert words["مدينه"] is not None
    assert len(words) == (held + 1 if kept else 1)


# Evaluation


@dataclasses.dataclass
class Compared:
    """An article with one attribution that was found, rightly or not."""

    right: bool

    @property
    def counts(self):
        return dict.fromkeys(metrics.MEASURES, metrics.Counts(self.right, 1, 1))


def test_the_interval_of_a_score_holds_ninety_five_per_cent():
    """Of 100 articles, half of them right, 95 % of the resamples have 40 to 60 right, and 90 % have 42 to 58 (binomial)."""
    low, high = metrics.intervals([Compared(n % 2 == 0) for n in range(100)])["triple"]
    assert (low, high) == (pytest.approx(0.40, abs=0.011), pytest.approx(0.60, abs=0.011))


def test_spans_that_share_half_of_their_words_are_the_same_and_those_of_less_are_not():
    def words(*content):
        return alignment.Words((), frozenset(), frozenset(), frozenset(content), frozenset(), False)

    assert metrics._what(words(1, 2), words(1)) == "right"
    assert metrics._what(words(1, 2, 3, 4, 5, 6, 7, 8, 9), words(1, 2, 3, 4)) == "wrong content"


# Extraction


@pytest.mark.parametrize(("at", "before"), [(150, 38), (151, 39)], ids=["a word is cut", "no word is cut"])
def test_a_place_is_shown_with_forty_characters_before_it_less_a_word_that_is_cut(at, before):
    found = machine("ا " * 150)
    assert len(suggestions.context(found, found.article.span(at, at + 1))[0]) == before


@pytest.mark.parametrize(("words", "told"), [(11, True), (12, False)], ids=["ASIDE", "more"])
def test_what_is_told_of_a_speaker_between_commas_is_of_the_source_up_to_a_length(words, told):
    aside = f"وهو من سكان{' الحي' * words}"
    source, content = next(
        (c.source.exact, c.content[0].exact)
        for c in machine(f"وبحسب الحارس، {aside}، أغلق الباب ليلا.").claims
        if c.source
    )
    assert (source == f"الحارس، {aside}") is told and content.startswith("أغلق") is told


def cues_of(text):
    return [claim.cue[0].exact for claim in machine(text).claims if claim.cue]


def shown_in(text):
    """How many names marks show in a text, whatever the weights say."""
    split = texts.read(articles.from_text(text, "x", Path("x.txt")), KNOWN.vocabulary)
    seen = evidence.seen(split, KNOWN.names.words)
    return len([*quoted_names.find(split, seen, ()), *acronyms.find(split, seen, ())])


@pytest.mark.parametrize(("more", "names"), [(3, 1), (4, 0)])
def test_a_name_in_quotation_marks_after_its_noun_has_four_words_at_most(more, names):
    assert shown_in(f"ونشر موقع «تفاح{' جبلي' * more}» صورا.") == names


@pytest.mark.parametrize(("more", "names"), [(5, 1), (6, 0)])
def test_a_name_before_its_acronym_has_its_noun_and_five_words_at_most(more, names):
    assert shown_in(f"وقالت شركة{' السدود' * more} (SDS) إن الماء قليل.") == names


@pytest.mark.parametrize(("letters", "names"), [(8, 1), (9, 0)])
def test_an_acronym_has_eight_letters_at_most(letters, names):
    assert shown_in(f"وقالت شركة السدود ({'S' * letters}) إن الماء قليل.") == names


@pytest.mark.parametrize(("letters", "names"), [(2, 0), (3, 1), (8, 1), (9, 0)])
def test_an_acronym_spelled_by_its_letters_has_three_to_eight(letters, names):
    assert shown_in(f"وقالت شركة السدود ({'.'.join(['جي'] * letters)}) إن الماء قليل.") == names


def own_voice(text):
    return [claim.content_text for claim in machine(text).claims if not claim.attributed]


@pytest.mark.parametrize(("latin", "claims"), [(16, 1), (17, 0)])
def test_a_sentence_with_fewer_than_one_arabic_letter_in_five_is_a_caption(latin, claims):
    assert len(own_voice(f"شكرا {'b' * (latin - 1)} c")) == claims


@pytest.mark.parametrize(("words", "own"), [(3, "b b (@b) عاد الفريق إلى المدينة"), (4, "عاد الفريق إلى المدينة")])
def test_a_caption_in_a_sentence_has_at_least_four_words(words, own):
    assert own_voice(f"{'b ' * (words - 1)}(@b) عاد الفريق إلى المدينة") == [own]


@pytest.mark.parametrize(("name", "own"), [(6, []), (7, ["نادي" + " نادي" * 6])])
def test_the_name_of_who_signs_has_at_most_six_words(name, own):
    assert own_voice(f"— {'نادي ' * name}(@lions) March 4, 2022") == own


def groups_in(text):
    return [m.actor_id for m in machine(text).mentions if m.found_by == "lexicon"]


@pytest.mark.parametrize(("between", "named"), [(2, ["al_qaeda"]), (3, [])])
def test_who_is_linked_to_a_group_is_linked_to_it_at_most_three_words_before_its_name(between, named):
    assert groups_in(f"واعتقلت الشرطة خلية مرتبطة {'كثيرا ' * between}بالقاعدة أمس.") == named


@pytest.mark.parametrize(("between", "named"), [(2, []), (3, ["twitter"])])
def test_what_is_posted_on_a_platform_is_at_most_four_words_before_it(between, named):
    assert groups_in(f"وظهر في حساب {'جديد ' * (between + 1)}في تويتر أمس.") == named


@pytest.mark.parametrize(("between", "named"), [(5, ["twitter"]), (6, [])])
def test_what_is_done_to_a_platform_is_at_most_six_words_before_it(between, named):
    assert groups_in(f"وفرضت المحكمة غرامة {'جديدة ' * between}على تويتر أمس.") == named


@pytest.mark.parametrize(("words", "cues"), [(3, []), (4, ["تقول"])], ids=["denied", "too far to be denied"])
def test_what_somebody_says_is_denied_by_a_negation_near_before_it(words, cues):
    assert cues_of("ليس " + "السد " * words + "كما تقول البلدية.") == cues


@pytest.mark.parametrize(("names", "cues"), [(2, []), (3, ["كتب"])], ids=["a byline", "too long for a byline"])
def test_a_name_and_a_colon_behind_a_verb_of_writing_at_the_head_of_an_article_are_a_byline(names, cues):
    assert (
        cues_of("كتب " + " ".join(["سمير", "الجبلي", "الحلواني", "الراوي", "القاسمي"][: names + 1]) + ": السوق مغلق.")
        == cues
    )


@pytest.mark.parametrize(("before", "cues"), [(39, []), (40, ["كتب"])], ids=["at the head", "further down"])
def test_who_wrote_an_article_is_named_at_its_head(before, cues):
    assert cues_of("هنا " * before + ".\nكتب سمير الجبلي: السوق مغلق.") == cues


@pytest.mark.parametrize(("days", "pieces"), [(10, 2), (11, 1)], ids=["an insertion", "too long for an insertion"])
def test_what_stands_between_two_dashes_near_each_other_is_an_insertion(days, pieces):
    (claim,) = (claim for claim in machine("السوق - بحسب البيان " + "الطويل " * days + "- مغلق.").claims if claim.cue)
    assert len(claim.content) == pieces


# Text


@pytest.mark.parametrize(("letters", "damaged"), [(18, False), (19, False), (20, True), (21, True)], ids=str)
def test_a_text_is_damaged_utf_8_when_one_of_more_than_twenty_characters_is_broken(letters, damaged):
    raw = ("ق" * letters).encode() + b"\xff"
    if damaged:
        with pytest.raises(InputError, match="damaged UTF-8"):
            encodings.decode(raw, Path("x.txt"), declared="latin-1")
    else:
        assert encodings.decode(raw, Path("x.txt"), declared="latin-1").determined_by == "page"


@pytest.mark.parametrize(("lost", "told"), [(100, False), (101, True)], ids=["one in a hundred", "more"])
def test_lost_characters_are_reported_where_they_are_more_than_one_in_a_hundred(lost, told):
    text = "ق" * (10_000 - lost) + "\ufffd" * lost
    assert any("lost" in said for said in mojibake.doubts(text)) is told


@pytest.mark.parametrize(("letters", "told"), [(12, False), (13, True)], ids=["one in twenty", "more"])
def test_a_text_is_misread_where_more_than_one_in_twenty_characters_is_so(letters, told):
    """Each letter is two characters when misread: 24 and 26 of 500."""
    misread = ("ق" * letters).encode().decode("cp1256")
    text = misread + " " + "x" * (499 - len(misread))
    assert bool(mojibake.doubts(text)) is told


def test_what_is_wrong_with_a_misread_text_is_shown_in_twelve_characters():
    (said,) = mojibake.doubts(("ق" * 50).encode().decode("cp1256"))
    assert len(said.partition("(")[2].partition("…")[0]) == 12


@pytest.mark.parametrize(
    ("taken", "own", "beside", "doubtful"),
    [
        (250, 1000, 0, False),
        (249, 1000, 0, True),
        (149, 500, 100, True),
        (150, 500, 500, False),
        (149, 500, 90, False),
    ],
    ids=["a quarter", "less", "of a headline, comments count too", "of more, they do not", "a quarter with comments"],
)
def test_a_page_is_doubtful_where_less_than_a_quarter_of_its_letters_was_taken(taken, own, beside, doubtful):
    assert bool(web_pages._doubts(taken, VisibleText(own, beside))) is doubtful


@pytest.mark.parametrize(
    ("most", "page"),
    [
        ("elements inside one", lambda n: "<p></p>" * n),
        ("attributes of one element", lambda n: "<p " + " ".join(f"a{k}=1" for k in range(n)) + "></p>"),
    ],
    ids=["children", "attributes"],
)
def test_a_page_may_have_so_much_and_no_more(most, page):
    bound = {"elements inside one": 5_000, "attributes of one element": 1_000}[most]
    page_bounds.page(f"<div>{page(bound)}</div>", Path("x.html"))
    with pytest.raises(InputError, match=most):
        page_bounds.page(f"<div>{page(bound + 1)}</div>", Path("x.html"))


def test_a_page_may_have_fifteen_thousand_elements():
    def page(count):
        return ("<div>" + "<p></p>" * 999 + "</div>") * (count // 1000) + "<p></p>" * (count % 1000)

    def fits(count):
        try:
            page_bounds.page(page(count), Path("x.html"))
        except InputError as error:
            assert "elements" in str(error)
            return False
        return True

    assert fits(14_900) and not fits(15_100)


@pytest.mark.parametrize(("parts", "fine"), [(20, True), (21, False)], ids=["twenty", "twenty-one"])
def test_a_web_archive_has_twenty_parts_with_parts_of_their_own_at_most(parts, fine):
    raw = b"Content-Type: multipart/related\r\n" * parts
    if fine:
        page_bounds.archive(raw, Path("x.mht"))
    else:
        with pytest.raises(InputError, match="over 20 parts"):
            page_bounds.archive(raw, Path("x.mht"))


@pytest.mark.parametrize(("length", "cut"), [(60, False), (61, True)], ids=["sixty", "sixty-one"])
def test_an_id_of_more_than_sixty_characters_is_cut(length, cut):
    assert (articles.slug("a" * length) != "a" * length) is cut
    assert len(articles.slug("a" * 100)) == 60 + 1 + 8


@pytest.mark.parametrize(("size", "fine"), [(20_000_000, True), (20_000_001, False)], ids=["twenty", "one more"])
def test_a_file_of_an_article_has_twenty_million_bytes_at_most(tmp_path, size, fine):
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(size)
    if fine:
        assert len(encodings.raw(path)) == size
    else:
        with pytest.raises(InputError, match="over 20 MB"):
            encodings.raw(path)


@pytest.mark.parametrize(("length", "fine"), [(20_000_000, True), (20_000_001, False)], ids=["twenty", "one more"])
def test_an_article_has_twenty_million_characters_at_most(length, fine):
    if fine:
        assert len(articles.from_text("x" * length, "x", Path("x.txt")).text) == length
    else:
        with pytest.raises(InputError, match="over 20 million characters"):
            articles.from_text("x" * length, "x", Path("x.txt"))


@pytest.mark.parametrize(
    ("latin", "arabic"), [(100_000, 100_000), (100_001, 99_999)], ids=["half of them", "less than half"]
)
def test_the_script_is_recognised_by_the_first_two_hundred_thousand_characters(latin, arabic):
    def told(text):
        try:
            return bool(articles.in_arabic(articles.from_text(text, "x", Path("x.txt"))))
        except InputError:
            return False

    text = "x" * latin + "ق" * arabic
    assert told(text + "x") is told(text) is (latin == arabic)
    assert told(text + "ق" * 10) is told(text)


@pytest.mark.parametrize(("latin", "misread"), [(100_000, True), (100_001, False)], ids=["half", "less than half"])
def test_what_was_read_in_a_wrong_encoding_is_recognised_by_as_many_characters(latin, misread):
    text = "x" * latin + ("ق" * (200_000 - latin)).encode("cp1256").decode("cp1252")
    assert bool(mojibake.misread(text + "x" * 10)) is misread
    assert bool(mojibake.misread(text + "Þ" * 10)) is misread


@pytest.mark.parametrize(("blank", "page"), [(4_091, True), (4_092, False)], ids=["inside", "beyond"])
def test_a_page_is_recognised_by_its_first_four_thousand_and_ninety_six_bytes(blank, page):
    assert input_formats.is_page(Path("x.txt"), b" " * blank + b"<html>") is page


def nested(deep):
    """A page of so many elements inside each other, html and body among them."""
    return "<html><body>" + "<div>" * (deep - 2) + "نص" + "</div>" * (deep - 2) + "</body></html>"


@pytest.mark.parametrize(("deep", "fine"), [(1_024, True), (1_025, False)], ids=["all", "one more"])
def test_a_page_is_read_to_a_thousand_and_twenty_four_elements_inside_each_other(deep, fine):
    assert (visible_text.seen(nested(deep)) is not None) is fine
    assert (visible_text.flatter(nested(deep)) is not None) is fine


def test_a_page_that_is_made_flatter_has_a_hundred_and_twenty_eight_elements_inside_each_other():
    page = visible_text.flatter(nested(300))
    assert max(sum(1 for _ in each.iterancestors()) + 1 for each in page.iter()) == 128


@pytest.mark.parametrize(("deep", "flatter"), [(250, False), (251, True)], ids=["two hundred and fifty", "one more"])
def test_a_page_of_over_two_hundred_and_fifty_elements_inside_each_other_is_made_flatter(monkeypatch, deep, flatter):
    asked = []
    monkeypatch.setattr(web_pages.visible_text, "flatter", asked.append)
    monkeypatch.setattr(web_pages, "_extracted", lambda page: None)
    with pytest.raises(InputError, match="no article"):
        web_pages.extract(nested(deep).encode(), Path("x.html"))
    assert bool(asked) is flatter


@pytest.mark.parametrize(
    ("most", "bound", "page"),
    [
        ("characters of JSON-LD", 1_000_000, lambda n: linked("x" * n)),
        ("authors and publishers in JSON-LD", 1_000, lambda n: linked('"author"' * n)),
        ("tags and comments that never close", 100, lambda n: f"<meta name='x' content='{'<' * n}'>"),
    ],
    ids=["JSON-LD", "authors", "open tags"],
)
def test_the_metadata_of_a_page_has_so_much_and_no_more(most, bound, page):
    page_bounds.page(page(bound), Path("x.html"))
    with pytest.raises(InputError, match=most):
        page_bounds.page(page(bound + 1), Path("x.html"))


def linked(block):
    return f'<script type="application/ld+json">{block}</script><p>x</p>'


# Files, inputs


def test_an_unexpected_error_says_two_hundred_characters_of_itself():
    said = errors.unexpected(ValueError("x" * 500))
    assert said.count("x") == 200 + "an unexpected error".count("x")


def test_a_temporary_name_begins_with_a_hundred_characters_of_the_name(tmp_path):
    with atomic.written_whole(tmp_path / ("n" * 200)) as beside:
        beside.write_text("", encoding="utf-8")
        assert beside.name.count("n") == 100


@pytest.mark.parametrize(("column", "found"), [(4_094, ";"), (4_095, ",")], ids=["inside", "beyond"])
def test_what_stands_between_values_is_recognised_by_the_first_characters_of_a_header(column, found):
    assert csv_rows.delimiter_of("x" * column + ";a", {"a"}) == found


@pytest.mark.parametrize(("deep", "fine"), [(100, True), (101, False)], ids=["a hundred", "one more"])
def test_lists_are_nested_a_hundred_deep_at_most(deep, fine):
    value = None
    for _ in range(deep):
        value = [value]
    if fine:
        assert json_values.plain(value) == value
    else:
        with pytest.raises(InputError, match="nested over 100 deep"):
            json_values.plain(value)


@pytest.mark.parametrize(("deep", "fine"), [(64, True), (65, False)], ids=["sixty-four", "one more"])
def test_structs_of_parquet_are_nested_sixty_four_deep_at_most(deep, fine):
    data = b"\x1c" * deep + b"\0" * (deep + 1)  # a struct in the first field of each
    if fine:
        assert thrift.Reader(data).struct()
    else:
        with pytest.raises(ValueError, match="nested too deep"):
            thrift.Reader(data).struct()


# Charts, report, corpus


@pytest.mark.parametrize(("rows", "shown"), [(24, 24), (25, 24)], ids=["all", "one left out"])
def test_a_chart_has_twenty_four_rows_and_says_what_it_leaves_out(rows, shown):
    claims = {"name": "اسم", "name_en": "name", "named": True, "claims": 1, "direct": 1, "mixed": 0, "indirect": 0}
    table = pd.DataFrame([claims | {"stances": "neutral 1", "reported": 1}] * rows)
    figure = charts.claims_by_source(table)
    assert len(figure.axes[0].get_yticks()) == shown and (f"first {shown} of {rows}" in said(figure)) is (rows > shown)


@pytest.mark.parametrize(("rows", "told"), [(500, False), (501, True)], ids=["all", "one left out"])
def test_a_table_shows_five_hundred_rows_and_says_what_it_leaves_out(rows, told):
    shown = showing.table(pd.DataFrame({"n": range(rows)}), "Numbers")
    assert shown.count("<tr><td") == 500 and (f"the first 500 of {rows} rows" in shown) is told


@pytest.mark.parametrize(("hours", "kept"), [(23.9, True), (24.1, False)], ids=["today's", "yesterday's"])
def test_what_a_killed_run_left_behind_is_taken_away_after_a_day(tmp_path, monkeypatch, hours, kept):
    (left := tmp_path / ".making.0123abcd").mkdir()
    now = left.stat().st_mtime + hours * 3600
    monkeypatch.setattr(build.time, "time", lambda: now)
    build._tidy(tmp_path)
    assert left.exists() is kept


def test_claims_are_the_same_in_two_outlets_when_six_tenths_of_their_words_are():
    one = frozenset("abcdefgh")
    assert repeated_claims._joined([one, frozenset("abcdefij")]) == [0, 0]  # 6 of 10
    assert repeated_claims._joined([one, frozenset("abcdef") | set("ijk")]) == [0, 1]  # 6 of 11


@pytest.mark.parametrize(
    ("number", "joined"),
    [(11, [0, 0]), (27, [0, 1])],
    ids=["missed with one more or less", "found with one more or less"],
)
def test_like_claims_are_looked_for_by_a_hundred_and_twenty_eight_permutations(number, joined):
    words = [f"{number}{letter}" for letter in "abcdefghij"]
    one, other = frozenset(words[:8]), frozenset(words[:6] + words[8:])  # 6 of 10 words in both
    assert repeated_claims._joined([one, other]) == joined


def test_claims_of_fewer_than_six_words_are_not_compared():
    words = "kilo lima mike november oscar papa"
    with duckdb.connect() as db:
        db.execute(
            "create table sourced (number int, article_id text, claim_id text, outlet text, date date, basis text, "
            "phrase text, speaker text, stance text, content text)"
        )
        for content in (words, "quebec romeo sierra tango uniform"):
            for number in (1, 2):
                row = (number, "a", "c1", f"outlet {number}", None, "outlet", None, None, None, content)
                db.execute("insert into sourced values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        assert repeated_claims.groups(db)["content"].tolist() == [words, words]


@pytest.mark.parametrize(("length", "fine"), [(1_000_000, True), (1_000_001, False)], ids=["a million", "one more"])
def test_a_report_is_of_a_million_characters_at_most(monkeypatch, length, fine):
    class GoesOn(Exception):
        pass

    def known():
        raise GoesOn

    monkeypatch.setattr(build.readings, "known", known)
    article = articles.from_text("ق" * length, "x", Path("x.txt"))
    with pytest.raises(GoesOn if fine else InputError):
        next(build.build(article, None, None))


@pytest.mark.parametrize(("length", "fine"), [(2_000, True), (2_001, False)], ids=["two thousand", "one more"])
def test_the_names_of_a_pages_authors_have_two_thousand_characters_at_most(length, fine):
    page = f'<script type="application/ld+json">{{"author": "{"x" * length}"}}</script><p>x</p>'
    if fine:
        page_bounds.page(page, Path("x.html"))
    else:
        with pytest.raises(InputError, match="authors' names"):
            page_bounds.page(page, Path("x.html"))


def together(count):
    """So many actors who are all named together."""
    ids = [f"a{n}" for n in range(count)]
    mentions = pd.DataFrame({"actor_id": ids, "name_ar": "اسم", "name_en": ids, "found_by": "lexicon"})
    return pd.DataFrame(2, index=pd.Index(ids, name="actor_id"), columns=ids), mentions


@pytest.mark.parametrize(("count", "cut"), [(15, False), (16, True)], ids=["all", "one left out"])
def test_a_matrix_of_actors_has_fifteen(count, cut):
    assert ("first 15 of 16" in said(actors.named_together(*together(count)))) is cut


@pytest.mark.parametrize(("paragraphs", "striped"), [(60, 30), (61, 0)], ids=["sixty", "sixty-one"])
def test_up_to_sixty_paragraphs_are_told_apart_by_stripes(paragraphs, striped):
    mention = {"actor_id": "a", "name_ar": "اسم", "name_en": "name", "paragraph": 1, "start": 0, "via": "name"}
    figure = actors.dispersion(pd.DataFrame([mention]).assign(found_by="lexicon"), paragraphs)
    assert len(figure.axes[0].patches) == striped


@pytest.mark.parametrize(("count", "cut"), [(30, False), (31, True)], ids=["all", "one left out"])
def test_a_chain_has_thirty_claims(count, cut):
    ids = [f"c{n}" for n in range(count)]
    edges = pd.DataFrame([("source:s", f"claim:{each}", "says") for each in ids], columns=["from", "to", "relation"])
    sources = pd.DataFrame({"source_id": ["s"], "name": ["اسم"], "name_en": ["name"]})
    nobody = pd.DataFrame(columns=frames.WHO)
    claims = pd.DataFrame({"claim_id": ids, "kind": "direct"})
    assert ("first 30 of 31" in said(charts.chain(edges, sources, nobody, claims))) is cut


@pytest.mark.parametrize(("length", "lines"), [(52, 1), (53, 2)], ids=["one line", "two lines"])
def test_a_line_of_a_name_has_fifty_two_characters(length, lines):
    name = "x" * 20 + " " + "x" * (length - 21)
    assert names._name(name).count("\n") + 1 == lines


# Curation


def anchored(before, words, after):
    at = before.index(words)
    (found,) = anchoring_again.places(before, [(at, at + len(words))], after).values()
    return found


@pytest.mark.parametrize(("alike", "found"), [(11, False), (12, True)], ids=["one less", "twelve"])
def test_words_are_found_again_where_twelve_characters_around_them_are_as_before(alike, found):
    before = f"{'ا' * 40}كلمة{'ب' * 40}"
    after = f"{'ج' * 40}{'ا' * 6}كلمة{'ب' * (alike - 6)}{'د' * 40}"
    assert (anchored(before, "كلمة", after) is not None) is found


@pytest.mark.parametrize(("letters", "found"), [(39, False), (40, True)], ids=["one less", "forty"])
def test_words_of_forty_characters_are_found_again_wherever_they_stand(letters, found):
    words = "ك" * letters
    assert (anchored(f"ا{words}ب", words, f"ج{words}د") is not None) is found


@pytest.mark.parametrize(("away", "found"), [(399, True), (400, False)], ids=["near enough", "one further"])
def test_two_places_of_words_are_told_apart_by_four_hundred_characters_before_them(away, found):
    one, other = (f"{first}{'ا' * away}كلمة{'ب' * 500}" for first in "من")
    assert (anchored(one, "كلمة", other + one) is not None) is found


def test_what_is_not_found_is_kept_with_thirty_two_characters_on_either_side():
    before = f"{'ا' * 40}كلمة{'ب' * 40}"
    looked = anchoring_again.Again(before, articles.from_text("نص آخر", "x", Path("x.txt")))
    looked.lose("claims", "c1", "content", 1, {"start": 40, "end": 44, "exact": "كلمة"})
    (row,) = looked.lost.values()
    assert (row["prefix"], row["suffix"]) == ("ا" * 32, "ب" * 32)


@pytest.mark.parametrize(("letters", "fine"), [(10_000, True), (10_001, False)], ids=["ten thousand", "one more"])
def test_a_translation_has_ten_thousand_characters_at_most(letters, fine):
    given = {"value": "x" * letters}
    if fine:
        assert arguments.text(given, "value") == given["value"]
    else:
        with pytest.raises(InputError, match="at most 10,000 characters"):
            arguments.text(given, "value")


@pytest.mark.parametrize(("size", "fine"), [(100_000, True), (100_001, False)], ids=["a hundred thousand", "one more"])
def test_an_operation_has_a_hundred_thousand_bytes_at_most(size, fine):
    operation = {"id": "1", "op": "gloss", "by": "Huda", "at": "2026-03-01T10:00:00Z", "claim": "c1", "value": ""}
    operation["value"] = "x" * (size - len(json.dumps(operation)))
    if fine:
        arguments.check(operation)
    else:
        with pytest.raises(InputError, match="over 100,000 bytes"):
            arguments.check(operation)


@pytest.mark.parametrize(("letters", "fine"), [(100, True), (101, False)], ids=["a hundred", "one more"])
def test_the_id_of_an_operation_has_a_hundred_characters_at_most(letters, fine):
    operation = {"id": "x" * letters, "op": "undo", "by": "Huda", "at": "2026-03-01T10:00:00Z"}
    if fine:
        arguments.check(operation)
    else:
        with pytest.raises(InputError, match="at most 100 characters"):
            arguments.check(operation)


@pytest.mark.parametrize(("number", "fine"), [(1_000, True), (1_001, False)], ids=["a thousand", "one more"])
def test_a_thousand_operations_at_most_are_sent_at_once(tmp_path, number, fine):
    (path := tmp_path / "x.txt").write_text("قال الوزير إن الطريق مفتوح.", encoding="utf-8")
    with session.Session.open(articles.load(path), "Huda", KNOWN) as opened:
        operations = [{"id": "1", "op": "accept", "claim": "c1"}] * number
        if fine:
            assert len(opened.do(operations)["acks"]) == number
        else:
            with pytest.raises(InputError, match="at most 1,000"):
                opened.do(operations)
