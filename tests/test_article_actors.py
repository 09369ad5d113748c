"""Actors found by machine in the article: treated like those of lexicons, or kept apart if confidence is low.

The finder is replaced by one with fixed results, so that these tests do not depend on its weights.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from helpers import readings
from helpers.analysis import audit, frames, identities, overview
from helpers.extraction import actors, sources
from helpers.extraction.named import finder, scores
from helpers.extraction.named.finder import FoundActor, Named
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.report import interface
from helpers.text import articles
from tests import cases
from tests.test_invisible import KNOWN

SURE, UNSURE = (finder.THRESHOLD + 1) / 2, finder.THRESHOLD / 2
TEXT = (
    "قالت سندس الغرياني إن المغرب فاز على مصر. وأضافت الغرياني أن جامعة المنارة فرحت.\n"
    "وقال وزير الخارجية منذر الزرلي إن رواسي خسرت، وإن مصر تعلم."
)


def found(*names):
    """A finder that returns these names: name, type, score, forms. A form inside or around a lexicon's mention replaces it."""

    def find(article, known, mentions, sources=(), claims=(), text=None):
        given, theirs = [], []
        for number, (name, kind, score, *forms) in enumerate(names, 1):
            actor_id = f"machine:{number}"
            given.append(
                FoundActor(actor_id, name, kind, (name, *forms), score, ("title",), ("surname",) * bool(forms))
            )
            for form in (name, *forms):
                for match in re.finditer(re.escape(form), article.text):
                    span = article.span(*match.span())
                    if not any(m.span.start < span.end and span.start < m.span.end for m in theirs):
                        place, via = article.place(span.start), "name" if form == name else "short name"
                        who = actor_id, span, via, "machine", "machine", score
                        theirs.append(Mention("m", place.paragraph, place.number, *who))
        kept = [m for m in mentions if not any(m.span.start < t.span.end and t.span.start < m.span.end for t in theirs)]
        return Named(tuple(given), tuple(sorted((*kept, *theirs), key=lambda m: m.span.start)))

    return find


@pytest.fixture
def read(monkeypatch):
    """A function that reads TEXT, or another text, with a finder that returns certain names."""

    def reading(*names, text=TEXT, known=KNOWN):
        monkeypatch.setattr(finder, "find", found(*names))
        return readings.read(articles.from_text(text, "x", Path("x.txt")), known, machine=True)

    return reading


def test_what_the_machine_is_sure_of_is_an_actor_of_the_article(read):
    reading = read(("سندس الغرياني", "person", SURE, "الغرياني"))
    assert [actor.name_ar for actor in reading.named] == ["سندس الغرياني", "المغرب", "مصر"]
    one = reading.named[0]
    assert (one.found_by, one.type, one.mentions, one.forms) == ("machine", "person", 2, ("سندس الغرياني", "الغرياني"))
    assert (one.score, one.why, one.joined) == (SURE, ("title",), ("surname",))
    assert reading.actors.by_id[one.actor_id].name_en == one.name_en == "≈ Sandas al-Gharyani"
    assert [m.mention_id for m in reading.mentions] == [f"m{n}" for n in range(1, len(reading.mentions) + 1)]
    assert {(m.found_by, m.score) for m in reading.mentions} == {("machine", SURE), ("lexicon", None)}


def test_its_id_is_its_name_in_latin_letters_and_two_of_one_name_have_two(read):
    reading = read(("منذر الزرلي", "person", SURE), ("مُنذر الزرلي", "person", SURE), text=f"{TEXT} مُنذر الزرلي هنا.")
    ids = [actor.actor_id for actor in reading.named if actor.found_by == "machine"]
    assert len(set(ids)) == 2 and all(re.fullmatch(r"machine:[a-z_]+\d?", each) for each in ids)


def test_what_it_is_not_sure_of_is_in_no_count_and_told_apart(read):
    reading = read(("رواسي", "institution", UNSURE), ("سندس الغرياني", "person", SURE))
    assert [one.name_ar for one in reading.perhaps_named] == ["رواسي"]
    assert "رواسي" not in [actor.name_ar for actor in reading.named]
    assert not any("رواسي" in m.span.exact for m in reading.mentions)
    assert not any("rwasi" in actor_id for claim in reading.claims for actor_id in claim.about)
    written = reading.to_dict()
    assert [one["forms"] for one in written["perhaps_named"]] == [["رواسي"]]
    assert frames.perhaps(reading)[["name_ar", "mentions", "why"]].to_numpy().tolist() == [["رواسي", 1, "title"]]


@pytest.mark.parametrize(("score", "sure"), [(finder.THRESHOLD, True), (finder.THRESHOLD - 0.001, False)], ids=str)
def test_one_at_the_threshold_is_an_actor_and_one_below_is_perhaps_one(read, score, sure):
    reading = read(("سندس الغرياني", "person", score))
    assert ("سندس الغرياني" in [a.name_ar for a in reading.named]) is sure
    assert bool(reading.perhaps) is not sure


@pytest.mark.parametrize(("score", "exact"), [(SURE, "جامعة مصر"), (UNSURE, "مصر")], ids=["sure", "not sure"])
def test_only_a_name_that_is_sure_takes_the_place_of_what_a_lexicon_has_in_it(read, score, exact):
    reading = read(("جامعة مصر", "institution", score), text="قالت جامعة مصر إن الطريق مفتوح.")
    assert [m.span.exact for m in reading.mentions] == [exact]
    assert [one.name_ar for one in reading.perhaps_named] == ([] if score == SURE else ["جامعة مصر"])


@pytest.mark.parametrize(("type_", "named"), [("person", "طالبان"), ("group", "طالبان رواسي")], ids=["person", "group"])
def test_nobody_has_an_organisation_or_group_in_his_name(read, type_, named):
    reading = read(("طالبان رواسي", type_, SURE), text="قالت طالبان رواسي إن الطريق مفتوح.")
    assert [m.span.exact for m in reading.mentions] == [named]


@pytest.mark.parametrize("case", cases.load("named_proclitics.jsonl"))
def test_no_form_of_a_name_has_a_proclitic_and_each_has_the_letters_that_are_its_own(case):
    article = articles.from_text(case["text"], "case", Path("case.txt"))
    reading = readings.read(article, KNOWN, machine=True)
    forms = [form for actor in reading.named for form in actor.forms]
    assert sorted(forms) == sorted(case["forms"])
    assert not {*forms, *(actor.name_ar for actor in reading.named)} & set(case["never"])
    assert all(case["text"][m.span.start : m.span.end] == m.span.exact for m in reading.mentions)


def test_a_surname_that_begins_with_a_lam_is_found_after_another():
    text = "وقال سيرغي لاكونوف إن الخطة جاهزة. وأضاف لاكونوف أن العمل بدأ. وللاكونوف رأي آخر."
    reading = readings.read(articles.from_text(text, "case", Path("case.txt")), KNOWN, machine=True)
    assert [m.span.exact for m in reading.mentions] == ["سيرغي لاكونوف", "لاكونوف", "لاكونوف"]


def test_a_name_that_the_user_rejected_is_neither(read):
    known = replace(KNOWN, rejected=frozenset({("سندس", "الغرياني")}))
    reading = read(("سندس الغرياني", "person", SURE, "الغرياني"), ("رواسي", "group", UNSURE), known=known)
    assert [actor.name_ar for actor in reading.named] == ["المغرب", "مصر"]
    assert [one.name_ar for one in reading.perhaps_named] == ["رواسي"]


def test_a_source_is_the_actor_that_its_name_is_and_claims_are_about_those_in_their_content(read):
    reading = read(("سندس الغرياني", "person", SURE, "الغرياني"), ("جامعة المنارة", "institution", SURE))
    speaker, university = (a.actor_id for a in reading.named if a.found_by == "machine")
    first, second = [claim for claim in reading.claims if claim.attributed][:2]
    assert reading.source_of(first).actor_ids == reading.source_of(second).actor_ids == (speaker,)
    assert second.about == (university,)
    voices = frames.voices(reading).set_index("actor_id")
    assert (voices.loc[speaker, "speaks"], voices.loc[university, "spoken_about"]) == (2, 1)
    assert set(frames.counts(frames.mentions(reading))["found_by"]) == {"machine", "lexicon"}
    assert audit.heard(reading).set_index("actor_id").loc[speaker, "found_by"] == "machine"
    assert university in [actor for actor, _ in overview.overview(reading).spoken_about]


def test_a_source_that_people_noted_is_linked_to_the_actor_of_its_name_and_no_other(read):
    reading = read(("سندس الغرياني", "person", SURE, "الغرياني"))
    actor_id = reading.named[0].actor_id

    def source(name, kind="named person", ids=()):
        return Source("s", name, None, kind, ids, (), None)

    given = [
        source("سندس الغرياني"),
        source("منذر"),
        source("سندس الغرياني", "unnamed person"),
        source("الغرياني", ids=("egypt",)),
    ]
    linked = sources.linked(given, reading.mentions, reading.actors)
    assert [each.actor_ids for each in linked] == [(actor_id,), (), (), ("egypt",)]


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("جامعة المنارة بالرباط", True),
        ("جامعة المنارة", True),
        ("جامعة المنارة الجديدة", False),
        ("جامعة الجسور بالرباط", False),
    ],
)
def test_an_organisation_that_people_noted_is_the_one_whose_name_its_own_begins_with(read, name, one):
    reading = read(("جامعة المنارة", "organisation", SURE))
    given = [Source("s", name, None, "organisation", (), (), None)]
    [linked] = sources.linked(given, reading.mentions, reading.actors)
    assert linked.actor_ids == (("machine:jami_a_al_manara",) if one else ())


def test_the_seed_has_every_mention_that_the_lexicons_find_and_people_noted(reading):
    known = [m for m in reading.mentions if m.found_by == "lexicon"]
    assert (len(known), sum(m.actor_id == "taliban" for m in known)) == (86, 27)


@pytest.mark.parametrize(
    ("name", "kind", "english"),
    [
        ("سالم النجار", "person", "≈ Salim al-Najjar"),
        ("صحيفة الخليج", "institution", "≈ al-Khalij · newspaper"),
        ("الوزير", "person", "≈ al-Wazir"),
        ("CNN", "institution", "CNN"),
        ("الشباب والرياضة", "institution", "≈ al-Shabab and al-Riyada"),
    ],
)
def test_a_machine_romanises_a_name_and_says_so(name, kind, english):
    assert actors.english(name, kind, KNOWN.vocabulary) == english


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("سالم النجار", "person", True),
        ("النجار", "person", False),
        ("أبو عمر", "person", False),
        ("أبو عمر النجار", "person", True),
        ("وزارة الصحة", "institution", False),
        ("وزارة الموارد المائية", "institution", False),
        ("وزارة الصحة المصرية", "institution", True),
        ("شركة رواسي", "institution", True),
        ("حركة النهوض", "group", True),
        ("النهوض", "group", False),
        ("BBC", "institution", True),
        ("BB", "institution", False),
    ],
)
def test_an_actor_is_that_of_another_article_only_by_its_full_name(read, name, kind, full):
    assert identities.full(name, kind, KNOWN) is full
    reading = read((name, kind, SURE), text=f"قالت {name} إن الطريق مفتوح.")
    one = next(actor for actor in reading.named if actor.found_by == "machine")
    [(first, by), (second, _)] = [identities.of_actor(one, number, KNOWN) for number in (3, 8)]
    assert (first == second, by) == (full, "full name" if full else "article")


def test_an_actor_of_a_lexicon_is_the_same_in_all_articles(read):
    one = read().named[0]
    assert identities.of_actor(one, 3, KNOWN) == ("morocco", "lexicon")
    assert identities.of_actor(structs.replace(one, found_by="own"), 8, KNOWN) == ("morocco", "own")


def test_a_source_that_is_a_person_is_called_by_the_fullest_name_of_the_article(read):
    text = "وصل منذر الزرلي أمس. وقال الزرلي إن الطريق مفتوح."
    reading = read(("منذر الزرلي", "person", SURE, "الزرلي"), text=text)
    [source] = reading.sources
    assert (source.name, source.kind, source.name_en) == ("منذر الزرلي", "named person", "≈ Mundhir al-Zarli")


@pytest.mark.parametrize(
    ("text", "name", "type_", "kind", "is_it"),
    [
        ("قالت سفارة رواسي إن الطريق مفتوح.", "سفارة رواسي", "institution", "organisation", True),
        ("قالت سفارة رواسي إن الطريق مفتوح.", "سفارة رواسي", "person", "organisation", False),
        ("وفق تقرير لمنذر الزرلي فإن الطريق مفتوح.", "منذر الزرلي", "person", "document", False),
        ("قال الوزير منذر الزرلي إن الطريق مفتوح.", "منذر الزرلي", "person", "named person", True),
        ("قال المدير العام للشركة، منذر الزرلي، إن الطريق مفتوح.", "منذر الزرلي", "person", "named person", True),
        ("قال المصري منذر الزرلي مدرب المنتخب إن الطريق مفتوح.", "منذر الزرلي", "person", "named person", True),
        ("قال محامي الزرلي إن الطريق مفتوح.", "الزرلي", "person", "unnamed person", False),
    ],
    ids=["its noun agrees", "its noun does not", "a document", "a title", "an apposition", "a demonym", "his lawyer"],
)
def test_a_source_is_what_its_noun_says_whatever_the_machine_takes_a_name_for(read, text, name, type_, kind, is_it):
    reading = read((name, type_, SURE), text=text)
    source = reading.sources[0]
    assert (source.kind, bool(source.actor_ids)) == (kind, is_it)


@pytest.mark.parametrize("lang", interface.LANGS)
def test_all_evidence_that_the_finder_gives_has_its_words_in_both_languages(lang):
    said = interface.load(lang)
    assert [said(f"evidence.{code}") for code in scores.CODES]


def test_a_state_that_speaks_by_its_capital_is_a_source_and_a_mention_that_says_so():
    article = articles.from_text("أعلنت موسكو أن الطريق مفتوح.", "x", Path("x.txt"))
    reading = readings.read(article, KNOWN, machine=True)
    assert [(m.actor_id, m.via, m.found_by, m.score) for m in reading.mentions] == [
        ("russia", "capital", "lexicon", None)
    ]
    assert [source.actor_ids for source in reading.sources] == [("russia",)]


def test_a_person_whom_the_user_confirmed_is_the_source_that_people_noted_before(read):
    reading = read(("سندس الغرياني", "person", SURE))
    actor = replace(reading.actors.by_id[reading.named[0].actor_id], found_by="own", name_en="S. Gheryani")
    own = replace(reading.actors, by_id=reading.actors.by_id | {"s_gheryani": replace(actor, actor_id="s_gheryani")})
    mentions = [
        structs.replace(m, actor_id="s_gheryani", found_by="own") for m in reading.mentions if "سندس" in m.span.exact
    ]
    given = [Source("s", "سندس الغرياني", "≈ Sundus al-Ghiryani", "named person", (), (), None)]
    [linked] = sources.linked(given, mentions, own)
    assert (linked.actor_ids, linked.name_en) == (("s_gheryani",), "S. Gheryani")
