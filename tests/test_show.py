"""The outputs of notebooks: data independent of language, rendered in each language."""

import itertools
import json
import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers.analysis import audit, comparisons, frames, shares
from helpers.analysis.frames import worded
from helpers.annotation.remark_rows import MENTION_VIA, ODDITY_KINDS
from helpers.evaluation import metrics
from helpers.extraction import times
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.records import claims, sources
from helpers.records.messages import Name, Share, from_json, message
from helpers.records.modality import Modality
from helpers.report import html_tables, interface, outputs, reasons_to_check, show, translation_memory, views
from tests import showing

MIME = outputs.MIME


@pytest.fixture
def shown(monkeypatch):
    """Show a thing; gives its MIME bundle."""

    def call(*arguments):
        found = []
        monkeypatch.setattr(show, "display", lambda data, raw=False, metadata=None: found.append((data, metadata)))
        show.show(*arguments)
        return found[0]

    return call


def columns(html):
    """The heads of a table, and its cells, as texts."""
    heads = [re.sub("<[^>]*>", "", each) for each in re.findall(r"<th[^>]*>(.*?)</th>", html)]
    cells = [re.sub("<[^>]*>", "", each) for each in re.findall(r"<td[^>]*>(.*?)</td>", html)]
    return heads, cells


# --- what is carried


def test_a_table_carries_its_cells_as_data_and_english_beside_them(shown):
    frame = pd.DataFrame({"basis": ["named", "outlet"], "words": [3, 4], "share": [0.25, 0.75]})
    data, _ = shown(frame, "Words")
    assert data[MIME] == {
        "show": "table",
        "caption": "Words",
        "total": 2,
        "columns": ["basis", "words", "share"],
        "rows": [["named", 3, 0.25], ["outlet", 4, 0.75]],
    }
    assert columns(data["text/html"]) == (
        ["basis", "words", "share"],
        ["named source", "3", "25.0%", "the outlet&#x27;s own voice", "4", "75.0%"],
    )
    json.dumps(data)


def test_what_a_researcher_sorts_and_selects_is_shown_as_it_then_is(shown):
    frame = pd.DataFrame({"actor_id": ["b", "a"], "mine": [1.5, 2.0]})
    data, _ = shown(frame.sort_values("actor_id")[["mine", "actor_id"]])
    assert data[MIME]["columns"] == ["mine", "actor_id"] and data[MIME]["rows"] == [[2.0, "a"], [1.5, "b"]]
    assert "<caption>" not in data["text/html"]


def test_every_kind_of_cell_can_be_stored_as_json(shown):
    odd = pd.DataFrame(
        {"a": pd.Series([1, None], dtype="Int64"), "b": [pd.Timestamp("2024-05-05"), None], "c": [float("nan"), (1, 2)]}
    )
    data, _ = shown(odd)
    assert json.loads(json.dumps(data[MIME]))["rows"] == [[1, "2024-05-05 00:00:00", ""], ["", "", "(1, 2)"]]


def test_a_message_a_list_of_them_and_key_figures_carry_keys_and_values(shown):
    one = message("finding.published.on", day="2024-05-05")
    data, _ = shown(one)
    assert from_json(data[MIME]["message"]) == one and data["text/plain"] == "The article was published on 2024-05-05."
    data, _ = shown([one, one])
    assert data["text/html"].count("<li>") == 2 and data["text/plain"].count("\n") == 1
    data, _ = shown([(Share(0.5), message("figure.named")), (3, message("figure.named"))])
    assert [item[0] for item in data[MIME]["items"]] == [{"share": 0.5}, 3]
    assert "<strong>50%</strong>" in data["text/html"]


def test_a_view_carries_its_name_and_is_written_in_both_languages(shown, reading):
    data, _ = shown(views.claims(reading))
    assert data[MIME] == {"show": "claims"} and "isnad-aid" in data["text/html"]
    memory = translation_memory.load(reading)
    arabic = outputs.html(data[MIME], showing.page("ar", memory, reading))
    assert "isnad-aid" not in arabic and 'lang="en"' not in arabic


@pytest.mark.parametrize(
    "thing", [3, "text", {"a": 1}, [1, 2], plt], ids=["number", "text", "dict", "numbers", "module"]
)
def test_what_cannot_be_shown_is_refused(thing):
    with pytest.raises(TypeError, match="cannot be shown"):
        show.show(thing)


# --- in a language


def test_terms_and_heads_are_worded_and_the_articles_words_are_not(reading):
    page = showing.page("ar", reading=reading)
    frame = pd.DataFrame(
        {"exact": ["Taliban «طالبان»"], "kind": ["indirect"], "actor_id": ["taliban"], "named": [True]}
    )
    heads, cells = columns(showing.table(frame, "", page))
    assert heads == ["النص الحرفي", "النوع", "الطرف", "مسمّى"]
    assert cells == ["Taliban «طالبان»", "غير مباشر", "طالبان", "نعم"]


def test_english_beside_its_arabic_is_left_out_of_a_page_in_arabic():
    frame = pd.DataFrame({"name_ar": ["إيران"], "name_en": ["Iran"], "gloss_en": ["It is so."]})
    heads, cells = columns(showing.table(frame, "", showing.page("ar")))
    assert len(heads) == 2 and cells == ["إيران", "It is so."]
    assert '<span lang="en" dir="ltr">It is so.</span>' in showing.table(frame, "", showing.page("ar"))
    assert len(columns(showing.table(frame))[0]) == 3


def test_columns_that_are_data_themselves_are_worded_as_such(reading):
    frame = frames.together(frames.mentions(reading))
    heads, _ = columns(showing.table(frame, "", showing.page("ar", reading=reading)))
    assert heads[:3] == ["الطرف", "طالبان", "داعش خراسان"]
    assert columns(showing.table(frame))[0][:2] == ["actor", "taliban"]


def test_a_column_of_a_researchers_own_is_shown_as_it_is_and_nothing_in_it_is_markup():
    frame = pd.DataFrame({"<b>mine</b>": ["<script>alert(1)</script>"], "نصي": ["قال إن <b>"]})
    for lang in interface.LANGS:
        html = showing.table(frame, "<i>caption", showing.page(lang))
        assert "<script" not in html and "<b>" not in html and "<i>" not in html
        assert "&lt;script&gt;" in html and "نصي" in html


def test_cells_with_a_message_are_worded_and_those_of_two_meanings_are_not():
    frame = pd.DataFrame({"reason": ["because", "so", "two"]})
    told = [("because", message("basis.named")), ("two", Name("x", "س")), ("two", Name("x", "ص"))]
    frame = worded(frame, reason=told).sort_values("reason", ascending=False)
    assert columns(showing.table(frame, "", showing.page("ar")))[1] == ["two", "so", "مصدر مسمّى"]
    assert columns(showing.table(frame))[1] == ["two", "so", "named source"]


def test_a_table_of_terms_with_a_count_each():
    frame = pd.DataFrame({"stances": ["neutral 2, factive 1", ""]})
    assert columns(showing.table(frame, "", showing.page("ar")))[1] == ["محايد 2، مسلِّم بصحته 1", ""]


@pytest.mark.parametrize("lang", interface.LANGS)
def test_a_table_without_rows_says_so(lang):
    html = showing.table(pd.DataFrame({"a": []}), message("basis.named"), showing.page(lang))
    assert (
        html == f'<p class="isnad-note">{interface.load(lang)("basis.named")}: {interface.load(lang)("table.none")}</p>'
    )


def test_numbers_days_and_texts_of_either_direction_are_set_as_such():
    frame = pd.DataFrame(
        {"n": [1, 2], "share": [0.1, 0.2], "date": ["2024-05-05", ""], "text": ["طالبان", "x"], "t": ["a", "b"]}
    )
    html = showing.table(frame)
    assert html.count('class="isnad-number"') == 6 and html.count('<td class="isnad-day"') == 2
    assert '<td dir="ltr" translate="no"><bdi dir="rtl">طالبان</bdi></td>' in html
    assert '<td dir="ltr">a</td>' in html


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param("a,number,,a,\n", "lacks a language", id="a language is missing"),
        pytest.param("a,number,,a,أ\na,number,,a,أ\n", "appears twice", id="a column that stands twice"),
        pytest.param("a,colour,,a,أ\n", "type", id="a type that there is none"),
    ],
)
def test_a_file_of_columns_that_cannot_be_used_is_said(tmp_path, monkeypatch, row, said):
    (tmp_path / "columns.csv").write_text(f"column,type,vocabulary,en,ar\n{row}", encoding="utf-8")
    monkeypatch.setattr(html_tables.paths, "templates", lambda: tmp_path)
    with pytest.raises(InputError, match=said):
        html_tables.columns()


# --- nothing is without its words


def codes():
    """Every code that a table may hold, by the beginnings of its keys."""
    kinds = ("direct", "mixed", "indirect", "unattributed")
    yield "kind", ("word.kind.",), kinds
    yield "kind", ("sourcekind.",), sources.SOURCE_KINDS
    yield "kind", ("word.odd.",), ODDITY_KINDS
    yield "kind", ("word.time.",), ("year", "date", "decade", "counted", "event", "vague")
    yield "act", ("word.act.",), entries.ACTS
    yield "cue_form", ("word.cue_form.",), (*claims.CUE_FORMS, "none")
    yield "stance", ("word.stance.",), entries.STANCES
    yield "source_via", ("word.source_via.",), claims.SOURCE_VIA
    yield "modality", ("word.modality.",), tuple(Modality)
    yield "via", ("word.via.",), MENTION_VIA
    yield "found_by", ("word.found_by.",), entries.FOUND_BY
    yield "made_by", ("word.made_by.",), ("machine", "people")
    yield "type", ("type.",), entries.ACTOR_TYPES
    yield "heard", ("word.heard.",), ("quoted", "reported", "ascribed", "through its people", "only spoken about")
    yield "relation", ("word.relation.",), ("says", "relays", "about")
    yield "attribute", ("word.attribute.",), ("kind", "act", "cue_form", "stance")
    yield "outcome", ("word.outcome.",), tuple(comparisons.OUTCOMES.values())
    yield "measure", ("word.measure.",), (*metrics.MEASURES,)
    yield "people", ("word.read_as.",), ("attributed", "unattributed", "no claim")
    yield "basis", ("word.basis.",), ("unclaimed",)


@pytest.mark.parametrize(("column", "prefixes", "every"), list(codes()))
def test_every_code_of_a_column_has_its_word_and_no_word_is_left_over(column, prefixes, every):
    assert set(prefixes) <= set(html_tables.columns()[column].terms)
    for prefix in prefixes:
        kept = {key.removeprefix(prefix) for key in interface.load("en").phrases if key.startswith(prefix)}
        assert kept == {str(code) for code in every}


def test_every_word_belongs_to_a_column():
    asked = {prefix for column in html_tables.columns().values() for prefix in column.terms} | {"word.flag."}
    kept = {key.rpartition(".")[0] + "." for key in interface.load("en").phrases if key.startswith("word.")}
    assert kept <= asked


def test_every_table_of_the_article_is_all_in_arabic_on_a_page_in_arabic(reading):
    memory, found = translation_memory.load(reading), times.find(reading.article)
    mentions = frames.mentions(reading)
    paragraphs = len(reading.article.paragraphs)
    tables = [
        *(frames.sentences(reading), frames.oddities(reading), frames.claims(reading), frames.sources(reading)),
        *(mentions, frames.counts(mentions), frames.perhaps(reading), frames.spellings(mentions)),
        *(frames.dispersion(mentions, paragraphs), frames.together(mentions), frames.voices(reading)),
        *(shares.by_basis(reading), shares.in_no_claim(reading), reasons_to_check.check_first(reading)),
        *(audit.by_source(reading), audit.by_form(reading), audit.chain(reading), audit.heard(reading)),
        *(audit.on_one_unnamed(reading), frames.times(found), frames.events(reading, found)),
    ]
    page = showing.page("ar", memory, reading)
    for table in tables:
        html = showing.table(table, "", page)
        assert 'lang="en"' not in html, html
        bare = re.sub(r'<(td|bdi)[^>]*lang="zxx"[^>]*>[^<]*', "", html)
        assert not re.search(r">[^<]*[A-Za-z]{3}", bare), re.findall(r">([^<]*[A-Za-z]{3}[^<]*)", bare)


def test_where_the_days_of_a_time_come_from_is_said_in_the_tables_english_as_on_the_pages():
    said = interface.load("en").phrases
    undated = {"time.undated", "time.unread"}
    assert {key: text for key, text in said.items() if key.startswith("time.")}.keys() - undated == times.BASES.keys()
    assert {key: said[key] for key in times.BASES} == times.BASES


def test_each_column_of_every_stored_table_is_known():
    known = html_tables.columns()
    heads = {
        name: path.name
        for path in (paths.home() / "data/tables").rglob("*.csv")
        for name in path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    }
    data = {"together.csv", "dispersion.csv", "agreement.csv"}  # across their columns stand actors, paragraphs, terms
    assert {name: where for name, where in heads.items() if name not in known and where not in data} == {}


def test_both_languages_show_the_same_numbers():
    frame = pd.DataFrame({"words": [1, 22], "share": [0.125, 1.0], "alike": [0.5, 0.25]})
    every = [columns(showing.table(frame, "", showing.page(lang)))[1] for lang in interface.LANGS]
    assert all(a == b for a, b in itertools.pairwise(every))


def test_a_cell_in_the_other_direction_than_its_column_has_its_own():
    html = showing.table(pd.DataFrame({"mine": ["الطريق مفتوح", "الجسر مغلق", "14 million euros, said the minister"]}))
    assert '<bdi dir="ltr">14 million euros, said the minister</bdi>' in html
    assert '<td dir="rtl">الطريق مفتوح</td>' in html


def test_an_actor_is_named_once_in_a_row_of_an_arabic_page():
    frame = pd.DataFrame({"actor_id": ["taliban"], "name_ar": ["طالبان"], "name_en": ["Taliban"], "mentions": [2]})
    assert showing.table(frame, "", showing.page("ar")).count("<th ") == 2
    assert showing.table(frame).count("<th ") == 4
