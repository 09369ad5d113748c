"""A folder of annotations beside an article: its required files, the machine's part in it, errors in it."""

import csv
import errno

import pytest

from helpers import readings
from helpers.annotation import draft, folder, load, write
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.text import articles
from tests.knowing import KNOWN

TEXT = (
    "قال الوزير سمير الحلبي إن الطريق سيفتح غدا. وأضاف أن العمل انتهى.\n"
    "وزعم ناشط أن الجسر لم يكتمل. ورأى سكان في الحي أن الأشغال تأخرت كثيرا.\n"
    "والطريق يصل بين بلدتين في الجنوب منذ سنوات طويلة.\n"
)


@pytest.fixture(scope="module")
def known():
    return KNOWN


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "road.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def drafted(path, known):
    """The folder of a fresh draft."""
    return draft.save(readings.read(articles.load(path), known), folder.beside(path))


def table(where, name):
    with (where / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(where, name, rows):
    """Write a table with the columns that its rows have."""
    with (where / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(column for row in rows for column in row), restval="")
        writer.writeheader()
        writer.writerows(rows)


def change(where, name, at, **values):
    rows = table(where, name)
    rows[at] |= values
    put(where, name, rows)


def read(path, known):
    return readings.read(articles.load(path), known)


def by_hand(path, claims, spans, **others):
    """A folder as made by a person, with as few columns as possible."""
    where = folder.beside(path)
    where.mkdir()
    (where / "article.toml").write_text(f'sha256 = "{articles.load(path).sha256}"\n', encoding="utf-8")
    put(where, "claims.csv", claims)
    put(where, "spans.csv", spans)
    for name, rows in others.items():
        put(where, f"{name}.csv", rows)
    return where


SPANS = [
    {"record_id": "c1", "role": "source", "exact": "الوزير سمير الحلبي"},
    {"record_id": "c1", "role": "cue", "exact": "قال"},
    {"record_id": "c1", "role": "content", "exact": "الطريق سيفتح غدا"},
]
CLAIMS = [{"claim_id": "c1", "kind": "indirect", "source_id": "minister", "cue_lemma": "قال"}]
SOURCES = [{"source_id": "minister", "name": "سمير الحلبي", "kind": "named person"}]


# --- what a folder may leave out


def test_a_claim_by_hand_is_a_row_with_its_words_and_needs_no_offsets_no_grade_and_no_place(path, known):
    by_hand(path, CLAIMS, SPANS, sources=SOURCES)
    claim = next(claim for claim in read(path, known).claims if claim.attributed)
    assert TEXT[claim.content[0].start : claim.content[0].end] == "الطريق سيفتح غدا"
    assert (claim.paragraph, claim.sentence, claim.source_via, claim.act, claim.stance) == (
        1,
        1,
        "stated",
        "speech",
        "neutral",
    )
    assert (claim.credibility, claim.status, claim.made_by) == (None, "accepted", "people")


def test_what_claims_leave_of_the_text_is_the_outlets_own_voice_found_by_machine(path, known):
    by_hand(path, CLAIMS, SPANS, sources=SOURCES)
    own = [claim for claim in read(path, known).claims if not claim.attributed]
    assert [claim.content_text for claim in own][-1] == "والطريق يصل بين بلدتين في الجنوب منذ سنوات طويلة"
    assert {claim.made_by for claim in own} == {"machine"}
    assert [claim.order for claim in read(path, known).claims] == list(range(1, len(own) + 2))


def test_a_cue_may_be_one_that_no_lexicon_has_with_a_stance_of_its_own(path, known):
    spans = [
        *SPANS,
        {"record_id": "c2", "role": "cue", "exact": "تأخرت"},
        {"record_id": "c2", "role": "content", "exact": "الأشغال"},
    ]
    claims = [*CLAIMS, {"claim_id": "c2", "kind": "indirect", "cue_lemma": "تأخر", "stance": "distancing"}]
    by_hand(path, claims, spans, sources=SOURCES)
    claim = read(path, known).claim("c2")
    assert (claim.cue_form, claim.act, claim.stance, claim.source_via) == ("verb", "speech", "distancing", "unresolved")


def test_words_of_a_text_that_is_not_nfc_are_found_as_they_are_typed(tmp_path, known):
    path = tmp_path / "vowels.txt"
    path.write_text("قال الوزير إن ا\u0654مرًا تغير هنا.", encoding="utf-8")
    spans = [
        {"record_id": "c1", "role": "cue", "exact": "قال"},
        {"record_id": "c1", "role": "content", "exact": "أمرًا تغير"},
    ]
    by_hand(path, [{"claim_id": "c1", "kind": "indirect", "cue_lemma": "قال"}], spans)
    assert read(path, known).claim("c1").content_text == "ا\u0654مرًا تغير"


# --- a draft


def test_a_draft_reads_as_the_machine_reads_and_says_that_nobody_decided(path, drafted, known):
    machine, reading = readings.read(articles.load(path), known, machine=True), read(path, known)
    as_found, as_drafted = codec.as_dict(machine), codec.as_dict(reading)
    assert [as_drafted[key] for key in ("sources", "mentions", "actors", "perhaps_named")] == [
        as_found[key] for key in ("sources", "mentions", "actors", "perhaps_named")
    ]
    assert [(c.content, c.confidence, c.rule, c.made_by) for c in reading.claims] == [
        (c.content, c.confidence, c.rule, c.made_by) for c in machine.claims
    ]
    assert (reading.claims_from, reading.curated.decided, reading.curated.of) == ("machine", 0, 4)
    assert {claim.status for claim in reading.claims if claim.attributed} == {"unreviewed"}


def test_a_draft_replaces_no_folder(path, drafted, known):
    with pytest.raises(ValueError, match="this folder exists already"):
        draft.save(read(path, known), drafted)


def test_a_draft_that_finds_the_disk_full_leaves_nothing(path, known, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    reading = read(path, known)
    monkeypatch.setattr(folder, "as_toml", full)
    with pytest.raises(OSError, match="No space"):
        draft.save(reading, folder.beside(path))
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_draft_in_place_of_a_file_is_refused_in_one_line(path, known):
    with pytest.raises(InputError, match="a file, where the folder of annotations should be"):
        draft.save(read(path, known), path)


def test_a_draft_names_its_text_whatever_the_names_around_it_are(path, known):
    others = {"merged_from": ['📰 a\x7f"b\\', "\udcff"]}
    where = draft.new(folder.beside(path), articles.load(path), draft.of(read(path, known)), False, None, **others)
    assert folder.about(where)["merged_from"] == ['📰 a\x7f"b\\', "?"]


def test_a_blind_draft_shows_no_candidates(path, known):
    where = draft.save(read(path, known), folder.beside(path), blind=True)
    assert table(where, "claims.csv") == table(where, "spans.csv") == []
    assert read(path, known).curated.of == 0


def test_the_text_of_a_draft_is_that_of_the_article_to_the_byte(path, drafted):
    assert (drafted / "article.txt").read_bytes() == path.read_bytes()


# --- decisions


def test_one_decision_makes_an_article_mixed_and_the_rest_stays_the_machines(path, drafted, known):
    change(drafted, "claims.csv", 0, status="accepted", annotator="سلمى", decided_at="2026-01-05T10:00:00Z")
    reading = read(path, known)
    assert (reading.claims_from, reading.curated.decided, reading.curated.annotators) == ("mixed", 1, ("سلمى",))
    first, second = [claim for claim in reading.claims if claim.attributed][:2]
    assert (first.made_by, second.made_by) == ("people", "machine")
    assert second.confidence is not None
    assert reading.source_of(first).made_by == "people"
    assert reading.source_of(next(c for c in reading.claims if c.cue_text == "زعم")).made_by == "machine"


def test_all_decisions_make_an_article_peoples_and_what_was_rejected_is_in_no_reading(path, drafted, known):
    rows = [row | {"status": "accepted", "annotator": "سلمى"} for row in table(drafted, "claims.csv")]
    rows[2]["status"] = "rejected"
    put(drafted, "claims.csv", rows)
    reading = read(path, known)
    assert (reading.claims_from, reading.curated.decided, reading.curated.of) == ("people", 4, 4)
    assert rows[2]["claim_id"] not in [claim.claim_id for claim in reading.claims]
    assert "ناشط" not in [source.name for source in reading.sources]
    own = [claim.content_text for claim in reading.claims if not claim.attributed]
    assert "وزعم ناشط أن الجسر لم يكتمل" in own


def test_a_claim_within_a_rejected_one_is_within_that_ones_outer_claim(path, drafted, known):
    ids = [row["claim_id"] for row in table(drafted, "claims.csv")]
    change(drafted, "claims.csv", 1, within=ids[0], status="rejected")
    change(drafted, "claims.csv", 2, within=ids[1])
    assert read(path, known).claim(ids[2]).within == ids[0]


def test_what_the_project_decided_is_the_projects_and_no_persons(path, drafted, known):
    rows = [
        row | {"status": "accepted", "annotator": "the project: two passes"} for row in table(drafted, "claims.csv")
    ]
    put(drafted, "claims.csv", rows)
    assert read(path, known).curated.project
    rows[0]["annotator"] = "the projectionist"
    put(drafted, "claims.csv", rows)
    assert not read(path, known).curated.project


def test_a_mention_that_is_rejected_is_none_and_one_that_is_added_is_one(path, drafted, known):
    rows = table(drafted, "mentions.csv")
    assert rows
    rows[0]["status"] = "rejected"
    rows.append({"mention_id": "x1", "exact": "الجنوب", "actor_id": "lebanon", "via": "description", "note": "here"})
    put(drafted, "mentions.csv", rows)
    spans = [(mention.span.exact, mention.made_by) for mention in read(path, known).mentions]
    assert (rows[0]["exact"], "machine") not in spans
    assert ("الجنوب", "people") in spans


def test_an_accepted_mention_stands_once_and_is_peoples(path, drafted, known):
    before = len(read(path, known).mentions)
    change(drafted, "mentions.csv", 0, status="accepted")
    mentions = read(path, known).mentions
    assert len(mentions) == before
    assert [mention.made_by for mention in mentions].count("people") == 1


def test_an_accepted_name_stays_an_actor_when_the_machine_does_not_find_it_any_more(path, drafted, known):
    change(drafted, "mentions.csv", 0, actor_id="machine:somebody_else", status="accepted")
    reading = read(path, known)
    actor = next(one for one in reading.named if one.actor_id == "machine:somebody_else")
    assert (actor.type, actor.name_ar) == ("person", table(drafted, "mentions.csv")[0]["exact"])


def test_a_grade_of_ones_own_needs_a_reason_and_a_name_and_no_rule(path, drafted, known):
    graded = {"credibility": "1", "rationale": "I was there", "rater": "سلمى", "rated_on": "2026-01-05"}
    change(drafted, "claims.csv", 0, **graded, status="accepted")
    first = next(claim for claim in read(path, known).claims if claim.attributed)
    assert (first.credibility, first.rationale) == (1, "I was there")
    change(drafted, "claims.csv", 0, rater="")
    with pytest.raises(ValueError, match="rationale and rater"):
        read(path, known)


# --- written again


def test_tables_that_are_read_and_written_again_are_the_same_to_the_byte(path, drafted, known):
    before = {file.name: file.read_bytes() for file in drafted.iterdir()}
    write.tables(drafted, load.annotations(articles.load(path), known.actors, known.cues))
    assert {file.name: file.read_bytes() for file in drafted.iterdir()} == before


def test_the_rows_of_the_seed_are_in_the_order_in_which_they_would_be_written(reading, known):
    found = load.annotations(reading.article, known.actors, known.cues)
    assert [claim.claim_id for claim in found.claims] == [claim.claim_id for claim in reading.claims]


def test_one_decision_is_one_changed_line(path, drafted, known):
    from msgspec import structs

    before = (drafted / "claims.csv").read_text(encoding="utf-8").splitlines()
    found = load.annotations(articles.load(path), known.actors, known.cues)
    decided = structs.replace(found.claims[1], status="accepted", annotator="سلمى")
    found = load.Annotations((found.claims[0], decided, *found.claims[2:]), found.sources, found.mentions)
    write.tables(drafted, found)
    after = (drafted / "claims.csv").read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


# --- what is wrong


def test_all_faults_are_told_at_once_with_file_and_row(path, drafted, known):
    change(drafted, "claims.csv", 0, kind="direkt", credibility="9")
    change(drafted, "claims.csv", 1, status="done")
    change(drafted, "spans.csv", 0, start="1")
    change(drafted, "mentions.csv", 0, actor_id="nobody")
    said = [str(fault) for fault in load.faults(articles.load(path), known.actors, known.cues)]
    assert [line.partition(".annotations/")[2].split(": ")[:2] for line in said] == [
        ["spans.csv", "row 2"],
        ["claims.csv", "row 2"],
        ["claims.csv", "row 2"],
        ["claims.csv", "row 3"],
        ["mentions.csv", "row 2"],
    ]


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ("الطريق", "which occurs more than once in the text"),
        ("المطار", "which is not in the text"),
        ("", "exact is empty"),
    ],
)
def test_words_without_offsets_must_stand_in_the_text_once(path, known, exact, said):
    by_hand(path, CLAIMS, [*SPANS[:2], SPANS[2] | {"exact": exact}], sources=SOURCES)
    faults = load.faults(articles.load(path), known.actors, known.cues)
    assert len(faults) == 1
    assert said in str(faults[0])


def test_a_row_of_another_length_is_one_fault_and_the_others_are_read(path, drafted, known):
    with (drafted / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("c77,direct\n")
    change_at = table(drafted, "mentions.csv")
    change_at[0]["via"] = "rumour"
    put(drafted, "mentions.csv", change_at)
    said = [str(fault) for fault in load.faults(articles.load(path), known.actors, known.cues)]
    assert ["2 values for" in said[0], "via is 'rumour'" in said[1]] == [True, True]


def test_a_claim_may_not_stand_within_itself_however_long_the_way(path, drafted, known):
    ids = [row["claim_id"] for row in table(drafted, "claims.csv")]
    for at, within in enumerate((ids[1], ids[2], ids[0])):
        change(drafted, "claims.csv", at, within=within)
    said = [str(fault) for fault in load.faults(articles.load(path), known.actors, known.cues)]
    assert any("a chain begins with its outer claim" in line for line in said)


def test_a_folder_of_another_text_is_one_fault(path, drafted, known):
    path.write_text(TEXT + "وانتهى.", encoding="utf-8")
    faults = load.faults(articles.load(path), known.actors, known.cues)
    assert ["another text" in str(fault) for fault in faults] == [True]
