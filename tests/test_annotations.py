import csv
import json

import pytest

from helpers.records import claims, codec
from tests.conftest import SEED, in_one_line

FOLDER = "data/annotations/000_79e25326ad2df452"


# Remaining words of a sentence that are not a clause: an auxiliary, a complementiser, a time, a preposition.
NO_CLAUSE = {
    7: ["كان", "أن"],
    9: ["قبل يومين من تصفيته", "أن"],
    14: ["كان", "أن"],
    18: ["بالتالي، بدأت", "إلى"],
    21: ["إن"],
    23: ["مقابل"],
}


def test_what_is_unattributed_is_exactly_what_is_left_of_its_sentence(reading):
    remainders = claims.remainders(reading.article, reading.claims)
    for sentence, spans in zip(reading.article.sentences, remainders, strict=True):
        here = [c for c in reading.claims if c.sentence == sentence.number]
        kept = [span.exact for c in here if c.kind == "unattributed" for span in c.content]
        left = [span.exact for span in spans]
        assert left == kept + NO_CLAUSE.get(sentence.number, []), sentence


@pytest.mark.parametrize(
    ("source_id", "kind", "cue", "begins"),
    [
        ("bruce_hoffman", "direct", "يقول", "ظهرت فجأة رغبة"),
        ("ivan_safarshuk", "indirect", "وفق", "روسيا مثلًا تُصنف"),
        ("american_officials", "indirect", "قال", "عدة دول بينها أمريكا"),
        ("afghan_officials", "indirect", "يقول", "إنهم توافدوا"),
        ("us_intelligence", "indirect", "وفقًا", "قدمت إيران"),
        ("isis_k", "indirect", "يتوقع", "ترد طالبان جميل"),
        ("part_of_taliban", "indirect", "يرى", "تنظيم القاعدة بقيادة"),
        ("states_with_usa_russia_china_iran", "indirect", "يعتبرون", "خطر داعش أكبر"),
        ("world_powers", "indirect", "تنظر", "طالبان كحصن"),
        ("russia", "indirect", "تُصنف", "طالبان"),
    ],
)
def test_each_speaker_of_the_seed_says_what_the_article_says(reading, source_id, kind, cue, begins):
    said = [c for c in reading.claims if c.source_id == source_id]
    assert [(c.kind, c.cue[0].exact, c.content[0].exact[: len(begins)]) for c in said] == [(kind, cue, begins)]


def test_the_taliban_holds_a_view_and_makes_a_pledge(reading):
    said = [(c.cue[0].exact, c.content[0].exact.split()[0]) for c in reading.claims if c.source_id == "taliban"]
    assert said == [("تراه", "وريثًا"), ("تعهد", "منع")]


def test_a_dropped_subject_is_inherited_with_the_words_that_name_him(reading):
    first, second = (c for c in reading.claims if c.source_id == "abu_omar_al_khorasani")
    assert (first.source_via, second.source_via) == ("stated", "inherited")
    assert second.source is None
    assert second.antecedent == first.source


def test_a_pledge_is_the_talibans_by_the_bargain_that_the_sentence_before_tells(reading):
    pledge = next(c for c in reading.claims if c.cue_lemma == "تعهد")
    assert (pledge.source, pledge.source_id, pledge.source_via) == (None, "taliban", "inherited")
    before = reading.article.text[: pledge.antecedent.start]
    assert before.endswith("الاعتراف الدولي على ")


def test_a_claim_may_say_that_its_source_is_not_told(house, called):
    change(house, "claims.csv", put(26, source_id="", source_via="unresolved"))
    change(
        house,
        "spans.csv",
        lambda rows: rows.remove(next(r for r in rows if (r["record_id"], r["role"]) == ("c27", "antecedent"))),
    )
    found = json.loads(called("annotate", SEED, home=house).stdout)
    pledge = found["claims"][26]
    assert (pledge["claim_id"], pledge["source_id"], pledge["source_via"]) == ("c27", None, "unresolved")


def test_what_russia_holds_is_told_by_safarshuk(reading):
    inner = next(c for c in reading.claims if c.source_id == "russia")
    assert next(c for c in reading.claims if c.claim_id == inner.within).source_id == "ivan_safarshuk"


def test_quotation_marks_that_quote_nobody_make_no_claim(reading):
    phrase = reading.article.text.index("إخراج الكفار")
    assert [c.kind for c in reading.claims for s in c.content if s.start <= phrase < s.end] == ["unattributed"]


def test_no_content_begins_or_ends_with_a_quotation_mark_or_a_bare_complementiser(reading):
    for claim in reading.claims:
        for span in claim.content:
            assert span.exact[0] not in '“”«»"' and span.exact[-1] not in '“”«»"', claim.claim_id
            assert span.exact.split()[0] not in ("أن", "إن", "بأن"), claim.claim_id


def test_what_a_claim_is_about_are_the_actors_inside_its_content(reading):
    about = {c.claim_id: c.about for c in reading.claims}
    assert about["c28"] == ("iran", "taliban")
    assert "us_intelligence" not in about["c28"]


def test_every_grade_says_why_and_who_gave_it(reading):
    assert all(r.rationale and "no independent review" in r.rater for r in (*reading.claims, *reading.sources))


def test_an_unnamed_source_is_never_judged(reading):
    assert {s.reliability for s in reading.sources if not s.named} == {"F"}


def test_what_is_known_from_outside_is_marked_as_such(reading):
    notes = [r.outside_note for r in (*reading.claims, *reading.sources) if r.outside_note]
    assert notes and all(note.startswith("Outside the article") for note in notes)
    assert reading.source("ivan_safarshuk").name == "إيفان سافارشوك"


def change(house, name, edit):
    """Edit the records of one annotation file as lists of values by column."""
    path = house / FOLDER / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(column for row in rows for column in row))
        writer.writeheader()
        writer.writerows(rows)


def put(at, **values):
    return lambda rows: rows[at].update(values)


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("spans.csv", put(0, start="1"), "spans.csv: row 2: exact is"),
        ("spans.csv", put(3, exact="شيء آخر"), "spans.csv: row 5: exact is"),
        ("spans.csv", put(0, end="99999"), "spans.csv: row 2: exact is"),
        ("spans.csv", put(0, start="-1"), "spans.csv: row 2: start is '-1'"),
        ("spans.csv", put(-1, record_id="c99"), "'c99' is neither a claim nor"),
        ("spans.csv", put(0, role="quote"), "row 2: role is 'quote'"),
        ("spans.csv", put(0, part="2"), "row 2: part is 2"),
        ("claims.csv", put(0, kind="unattributd"), "claims.csv: row 2: kind is 'unattributd'"),
        ("claims.csv", put(1, claim_id="c01"), "claims.csv: row 3: claim_id 'c01' is in row 2"),
        ("claims.csv", put(0, paragraph="2"), "row 2: it stands in paragraph 1, sentence 1"),
        ("claims.csv", put(5, source_id="nobody"), "row 7: source_id 'nobody' is not in sources.csv"),
        ("claims.csv", put(5, source_via="unresolved"), "row 7: source_via is unresolved"),
        ("claims.csv", put(5, cue_lemma=""), "row 7: cue_lemma ''"),
        ("claims.csv", put(5, stance="doubtful"), "row 7: stance is 'doubtful'"),
        ("claims.csv", put(5, status="done"), "row 7: status is 'done'"),
        ("claims.csv", put(5, confidence="2"), "row 7: confidence is '2'"),
        ("claims.csv", put(22, within="c99"), "row 24: within is 'c99', which is not a claim"),
        ("claims.csv", put(22, within="c23"), "row 24: within leads from 'c23' back to 'c23'"),
        ("claims.csv", put(22, within="c29"), "row 24: within is 'c29'"),
        ("claims.csv", put(0, credibility="7"), "row 2: credibility is '7'"),
        ("claims.csv", put(0, rationale=""), "row 2: rationale and rater"),
        ("claims.csv", put(0, rationale="C3: because"), "row 2: rationale begins with 'C3', by which 6 is not given"),
        ("claims.csv", put(22, within="c01"), "row 24: within is 'c01', which is unattributed"),
        ("claims.csv", put(0, cue_lemma="قال"), "row 2: an unattributed claim has no source"),
        ("claims.csv", put(0, claim_id="c<1>"), "row 2: claim_id is 'c<1>'"),
        ("claims.csv", put(28, order="31"), "order is 31"),
        ("sources.csv", put(0, reliability="Z"), "sources.csv: row 2: reliability is 'Z'"),
        ("sources.csv", put(0, actor_ids="talban"), "row 2: actor 'talban' is not in"),
        ("mentions.csv", put(0, start="5"), "mentions.csv: row 2: exact is"),
        ("mentions.csv", put(0, via="rumour"), "mentions.csv: row 2: via is 'rumour'"),
        ("mentions.csv", put(0, actor_id="talban"), "mentions.csv: row 2: actor 'talban' is not in"),
        ("oddities.csv", put(0, end="4"), "oddities.csv: row 2: exact is"),
        ("events.csv", put(0, start="4"), "events.csv: row 2: exact is"),
        ("events.csv", put(0, claim_ids="c99"), "events.csv: row 2: claim_ids is 'c99'"),
    ],
)
def test_a_row_that_does_not_match_fails_with_file_and_row(house, called, name, edit, said):
    change(house, name, edit)
    done = called("annotate", SEED, home=house)
    assert in_one_line(done, said), done.stderr
    assert done.stdout == ""


def test_annotations_of_another_text_are_refused(house, called, tmp_path):
    other = tmp_path / SEED.name
    other.write_bytes(SEED.read_bytes() + b" ")
    assert in_one_line(called("annotate", other, home=house), "article.toml", "another text")


def test_an_article_that_nobody_annotated_has_the_machines_claims(called, tmp_path):
    path = tmp_path / "other.txt"
    path.write_text("قالت طالبان إن الحرب انتهت.", encoding="utf-8")
    found = json.loads(called("annotate", path).stdout)
    assert found["claims_from"] == "machine"
    assert [(c["source"]["exact"], c["content"][0]["exact"]) for c in found["claims"]] == [("طالبان", "الحرب انتهت")]
    assert [(s["actor_ids"], s["made_by"]) for s in found["sources"]] == [(["taliban"], "machine")]
    assert [m["actor_id"] for m in found["mentions"]] == ["taliban"]


def test_every_span_of_the_json_is_the_text_at_its_offsets(reading):
    text = reading.article.text
    found = json.loads(json.dumps(codec.as_dict(reading)))
    spans = list(found["mentions"]) + [s["justification"] for s in found["sources"]]
    for claim in found["claims"]:
        spans += [claim["source"], claim["antecedent"], *claim["cue"], *claim["content"]]
    kept = [s for s in spans if s]
    assert len(kept) > 140
    assert all(text[s["start"] : s["end"]] == s["exact"] for s in kept)
