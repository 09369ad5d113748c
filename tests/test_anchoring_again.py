"""Annotations of a corrected text: what is found again, what is not, and that nothing is lost."""

import csv
import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import readings
from helpers.annotation import load, unanchored_rows
from helpers.curation import corrected
from helpers.curation.anchoring_again import places
from helpers.curation.session import Session
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.text import articles
from tests.curating import TEXT, of_words
from tests.knowing import KNOWN


@pytest.fixture(scope="module")
def known():
    return KNOWN


@pytest.fixture
def path(tmp_path):
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "dam.txt"


def where(before, words, after, nth=0):
    """The context of the place where words of a text are found in another one; None if they are not found."""
    place = of_words(before, words, nth)
    (found,) = places(before, [(place["start"], place["end"])], after).values()
    assert found is None or after[slice(*found)] == words
    return found and after[max(found[0] - 6, 0) : found[1] + 6]


# Spans.

NEWS = "قال الوزير إن الطريق مفتوح أمام الجميع. وقالت البلدية إن الجسر مغلق. وقال الوزير إن السد امتلأ."


@pytest.mark.parametrize(
    ("words", "nth", "after", "found"),
    [
        ("الجسر مغلق", 0, "عاجل: " + NEWS, "ية إن الجسر مغلق. وقال"),
        ("الجسر مغلق", 0, NEWS.replace("أمام الجميع", "للجميع منذ الصباح الباكر"), "ية إن الجسر مغلق. وقال"),
        ("قال الوزير", 1, "عاجل: " + NEWS, "غلق. وقال الوزير إن ال"),
        ("قال الوزير", 0, "عاجل: " + NEWS, "عاجل: قال الوزير إن ال"),
        ("الطريق مفتوح", 0, NEWS.replace("مفتوح", "مقطوع"), None),
        ("السد امتلأ", 0, NEWS.replace(" وقال الوزير إن السد امتلأ.", ""), None),
        ("البلدية", 0, " ".join(reversed(NEWS.split(". "))), "وقالت البلدية إن ال"),
    ],
    ids=["moved", "changed before", "second", "first", "words changed", "taken out", "order of sentences"],
)
def test_words_are_found_again_by_what_stands_around_them(words, nth, after, found):
    assert where(NEWS, words, after, nth) == found


def test_words_of_a_sentence_that_was_taken_out_are_not_those_of_another_sentence():
    after = NEWS.replace("قال الوزير إن الطريق مفتوح أمام الجميع. ", "")
    assert where(NEWS, "قال الوزير", after, 0) is None
    assert where(NEWS, "قال الوزير", after, 1) == "غلق. وقال الوزير إن ال"


def test_of_two_places_that_are_alike_none_is_taken():
    assert where("قال: نعم. ثم خرج.", "نعم", "قال: نعم. قال: نعم. ثم قال: نعم. ثم") is None


LETTERS = st.text(st.sampled_from("قالوزير .\n"), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(LETTERS, LETTERS, st.data())
def test_what_is_found_has_the_same_words_whatever_the_texts(before, after, data):
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    (found,) = places(before, [(start, end)], after).values()
    assert found is None or after[slice(*found)] == before[start:end]


@settings(max_examples=150, deadline=None)
@given(LETTERS, st.data())
def test_in_a_text_that_was_not_changed_every_span_is_found_where_it_was(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert places(text, [(start, end)], text) == {(start, end): (start, end)}


# Whole folders.


def correct(path, *changes):
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return articles.load(path)


def decided(path, known):
    """Make a draft of an article and accept all of the machine's proposals."""
    with Session.open(articles.load(path), "Huda", known) as session:
        ids = [claim["claim_id"] for claim in session.state()["claims"]]
        session.do([{"id": f"a-{each}", "op": "accept", "claim": each} for each in ids])


def test_a_correction_elsewhere_costs_no_decision(path, known):
    decided(path, known)
    article = correct(path, ("تلك الليلة", "تصحيح: في تلك الليلة"), ("قالت وزيرة", "عاجل — قالت وزيرة"))
    found = corrected.anchor_again(article, known)
    assert (found.lost, found.reviewed) == ((), ())
    layer = load.layer(article, known.actors, known.cues)
    assert layer.curated.claims_from == "people"
    assert all(article.text[s.start : s.end] == s.exact for claim in layer.claims for s in claim.spans)


def test_a_claim_that_lost_its_content_is_to_be_reviewed_again_and_is_in_no_reading(path, known):
    decided(path, known)
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    found = corrected.anchor_again(article, known)
    assert found.reviewed == ("c5",)
    assert [(one["record_id"], one["role"], one["exact"]) for one in found.lost] == [
        ("c5", "content", "بإخفاء تقرير عن التشققات")
    ]
    layer = load.layer(article, known.actors, known.cues)
    assert "c5" not in [claim.claim_id for claim in layer.claims]
    assert (layer.curated.decided, layer.curated.of) == (4, 5)
    assert load.faults(article, known.actors, known.cues) == []
    reading = readings.read(article, known)
    assert reading.claims_from == "mixed"


def test_what_is_lost_is_listed_with_its_words_and_what_stood_around_them(path, known):
    decided(path, known)
    corrected.anchor_again(correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير")), known)
    with (path.with_suffix(".annotations") / "unanchored.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["table"], row["record_id"], row["role"], row["part"]) == ("claims", "c5", "content", "1")
    assert row["exact"] == "بإخفاء تقرير عن التشققات"
    assert row["prefix"].endswith("اتهم الوزارة")
    assert row["suffix"].startswith(".")


def test_a_person_places_what_is_lost_and_accepts_it(path, known):
    decided(path, known)
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    corrected.anchor_again(article, known)
    with Session.open(article, "Ali", known) as session:
        (lost,) = session.state()["unanchored"]
        refused = session.do([{"id": "1", "op": "accept", "claim": "c5"}])["refused"]
        assert "its content is no longer in the text" in refused[0]["why"]
        place = {"id": "2", "op": "place", "unanchored": lost["unanchored_id"]}
        assert session.do([place | of_words(article.text, "بإخفاء التقرير")])["acks"]
        assert session.do([{"id": "3", "op": "accept", "claim": "c5"}])["acks"]
    layer = load.layer(article, known.actors, known.cues)
    assert next(c for c in layer.claims if c.claim_id == "c5").content_text == "بإخفاء التقرير"
    assert layer.curated.claims_from == "people"


def test_other_words_for_what_is_lost_make_the_claim_whole_again(path, known):
    decided(path, known)
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    corrected.anchor_again(article, known)
    with Session.open(article, "Ali", known) as session:
        span = {"id": "1", "op": "span", "claim": "c5", "role": "content"}
        assert session.do([span | of_words(article.text, "بإخفاء التقرير")])["acks"]
        assert session.state()["unanchored"] == []
        assert {c["claim_id"]: c["status"] for c in session.state()["claims"]}["c5"] == "changed"
        session.do([{"id": "2", "op": "undo"}])
        assert len(session.state()["unanchored"]) == 1


def test_a_lost_content_is_not_given_up_but_a_lost_source_is(path, known):
    decided(path, known)
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"), ("الناشط عمر الطيب", "الناشط عمرو الطيب"))
    corrected.anchor_again(article, known)
    with Session.open(article, "Ali", known) as session:
        lost = {one["role"]: one["unanchored_id"] for one in session.state()["unanchored"] if one["table"] == "claims"}
        assert set(lost) == {"content", "source"}
        given_up = {"op": "place", "start": None, "end": None}
        found = session.do([given_up | {"id": role, "unanchored": key} for role, key in lost.items()])
        assert found["acks"] == ["source"]
        claim = next(c for c in session.state()["claims"] if c["claim_id"] == "c5")
        assert (claim["source_id"], claim["source_via"]) == (None, "unresolved")


def test_a_rejected_claim_stays_rejected_whatever_it_lost(path, known):
    with Session.open(articles.load(path), "Huda", known) as session:
        session.do([{"id": "1", "op": "reject", "claim": "c5"}])
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    found = corrected.anchor_again(article, known)
    assert (len(found.lost), found.reviewed) == (1, ())
    with Session.open(article, "Huda", known) as session:
        assert {c["claim_id"]: c["status"] for c in session.state()["claims"]}["c5"] == "rejected"


def test_a_mention_that_is_lost_keeps_what_was_noted_of_it(path, known):
    actor = "united_states"
    with Session.open(articles.load(path), "Huda", known) as session:
        noted = {"id": "1", "op": "mention", "actor_id": actor, "via": "description"}
        assert session.do([noted | of_words(TEXT, "الحكومة ستفتح")])["acks"]
    article = correct(path, ("الحكومة ستفتح", "السلطات ستفتح"))
    corrected.anchor_again(article, known)
    with Session.open(article, "Huda", known) as session:
        (lost,) = (one for one in session.state()["unanchored"] if one["table"] == "mentions")
        assert (lost["exact"], lost["row"]["actor_id"], lost["row"]["via"]) == ("الحكومة ستفتح", actor, "description")
        place = {"id": "2", "op": "place", "unanchored": lost["unanchored_id"]}
        assert session.do([place | of_words(article.text, "السلطات")])["acks"]
        (mention,) = (one for one in session.state()["mentions"] if one["actor_id"] == actor)
        assert (mention["exact"], mention["status"], mention["annotator"]) == ("السلطات", "added", "Huda")


def test_the_journal_before_is_kept_and_a_new_one_begins(path, known):
    decided(path, known)
    folder = path.with_suffix(".annotations")
    before = (folder / "journal.jsonl").read_bytes()
    corrected.anchor_again(correct(path, ("عاجل", "عاجل") if "عاجل" in TEXT else ("تلك", "في تلك")), known)
    (kept,) = folder.glob("journal-*.jsonl")
    assert kept.read_bytes() == before
    with Session.open(articles.load(path), "Huda", known) as session:
        assert (session.version, session.state()["can_undo"]) == (0, False)


@pytest.mark.parametrize(
    ("table", "role", "row"),
    [
        ("claims", "kind", "null"),
        ("claims", "", "null"),
        ("mentions", "", "null"),
        ("mentions", "", "[1]"),
        ("mentions", "", '{"via": "name", "status": "", "more": ""}'),
        ("mentions", "", '{"via": 5, "status": ""}'),
        ("mentions", "", "[" * 100_000),
    ],
)
def test_a_row_of_what_is_lost_that_cannot_be_placed_is_a_fault(path, known, table, role, row):
    decided(path, known)
    file = path.with_suffix(".annotations") / "unanchored.csv"
    csv_rows.write(file, unanchored_rows.COLUMNS, [("u1", table, "c1", role, "1", "words", "", "", row)])
    with pytest.raises(InputError, match=r"unanchored.csv: row 2: "):
        Session.open(articles.load(path), "Huda", known)


def test_no_journal_is_lost_when_a_text_becomes_what_it_was_before(path, known):
    decided(path, known)
    changes = ("تلك الليلة", "في تلك الليلة")
    for number in range(4):
        corrected.anchor_again(correct(path, changes), known)
        changes = changes[::-1]
        with Session.open(articles.load(path), "Huda", known) as session:
            session.do([{"id": f"g{number}", "op": "gloss", "claim": "c1", "value": f"The dam is full. {number}"}])
    kept = "".join(each.read_text(encoding="utf-8") for each in path.with_suffix(".annotations").glob("journal*"))
    assert [number for number in range(4) if f'"g{number}"' not in kept] == []


def test_what_a_person_wrote_to_the_file_that_names_the_text_stays_toml(path, known):
    decided(path, known)
    about = path.with_suffix(".annotations") / "article.toml"
    own = 'when = 2026-01-05\nshare = inf\n"two words" = "\\u007f"\n[project]\nname = "سد"\nparts = [1, 2]\n'
    about.write_text(about.read_text(encoding="utf-8") + own, encoding="utf-8")
    corrected.anchor_again(correct(path, ("تلك الليلة", "في تلك الليلة")), known)
    now = tomllib.loads(about.read_text(encoding="utf-8"))
    assert {key: now[key] for key in tomllib.loads(own)} == tomllib.loads(own)


def test_decisions_that_are_only_in_the_journal_are_anchored_again_too(path, known):
    session = Session.open(articles.load(path), "Huda", known)
    session.do([{"id": "1", "op": "accept", "claim": "c1"}])
    session._compaction.stop()
    session._journal.close()
    session._lock.release()
    article = correct(path, ("تلك", "في تلك"))
    corrected.anchor_again(article, known)
    assert load.layer(article, known.actors, known.cues).curated.decided == 1


def test_annotations_of_this_text_are_left_as_they_are(path, known):
    decided(path, known)
    files = {each: each.read_bytes() for each in path.with_suffix(".annotations").iterdir()}
    assert corrected.anchor_again(articles.load(path), known) is None
    assert {each: each.read_bytes() for each in path.with_suffix(".annotations").iterdir()} == files


def test_without_the_earlier_text_nothing_is_guessed(path, known):
    decided(path, known)
    (path.with_suffix(".annotations") / "article.txt").unlink()
    with pytest.raises(InputError, match=r"article.txt: there is no such file"):
        corrected.anchor_again(correct(path, ("تلك", "في تلك")), known)


def test_another_earlier_text_is_refused(path, known):
    decided(path, known)
    (path.with_suffix(".annotations") / "article.txt").write_text("قال الوزير نعم.", encoding="utf-8")
    with pytest.raises(InputError, match=r"not the text that article.toml names"):
        corrected.anchor_again(correct(path, ("تلك", "في تلك")), known)


def test_a_session_of_a_corrected_text_is_refused(path, known):
    decided(path, known)
    article = correct(path, ("تلك", "في تلك"))
    with pytest.raises(InputError, match="belong to another text") as error:
        Session.open(article, "Huda", known)
    assert "--reanchor" in str(error.value)


def test_oddities_and_events_are_anchored_again(path, known):
    decided(path, known)
    folder = path.with_suffix(".annotations")
    odd, time = of_words(TEXT, "التشققات"), of_words(TEXT, "يوم الأحد")
    (folder / "oddities.csv").write_text(
        f"start,end,exact,kind,note\n{odd['start']},{odd['end']},التشققات,misspelling,x\n", encoding="utf-8"
    )
    (folder / "events.csv").write_text(
        "event_id,label_ar,label_en,start,end,exact,claim_ids,note\n"
        f"e1,فتح,opening,{time['start']},{time['end']},يوم الأحد,c2,\n",
        encoding="utf-8",
    )
    article = correct(path, ("قالت وزيرة", "عاجل — قالت وزيرة"), ("يوم الأحد", "يوم الاثنين"))
    found = corrected.anchor_again(article, known)
    assert {(one["table"], one["exact"]) for one in found.lost} >= {("events", "يوم الأحد")}
    layer = load.layer(article, known.actors, known.cues)
    assert [(one.span.exact, one.note) for one in layer.oddities] == [("التشققات", "x")]
    assert [(one.event_id, one.time) for one in layer.events] == [("e1", None)]


def test_what_was_lost_is_json_as_a_page_has_it(path, known):
    decided(path, known)
    article = correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    corrected.anchor_again(article, known)
    with Session.open(article, "Huda", known) as session:
        found = json.loads(json.dumps(session.answer({"kind": "open"})))
        claim = next(each for each in found["claims"] if each["claim_id"] == "c5")
        assert (claim["content"], claim["status"]) == ([], "unreviewed")
        assert found["progress"] == {"decided": 4, "of": 5, "annotators": ["Huda"]}


def test_the_command_says_what_was_found_again_and_what_was_not(path, known, called):
    decided(path, known)
    correct(path, ("بإخفاء تقرير عن التشققات", "بإخفاء التقرير"))
    done = called("draft", path, "--reanchor")
    assert done.returncode == 0, done.stderr
    assert "1 were not" in done.stdout
    assert "review again: c5" in done.stdout
    assert called("check", path).returncode == 0
