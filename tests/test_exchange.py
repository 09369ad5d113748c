"""Export and import: what a format is given comes back; what it cannot hold is said; an import is decisions, and no more."""

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator
from msgspec import structs

from helpers import readings
from helpers.annotation import folder, load
from helpers.curation import importing, tables
from helpers.curation.session import Session
from helpers.exchange import csv_folders, documents, formats, gold_lines, parquet_tables, reading_lines
from helpers.files.errors import InputError
from helpers.records.claims import ACCEPTED, ADDED, CHANGED, REJECTED, UNREVIEWED
from helpers.text import articles
from tests import curating, exchanging
from tests.conftest import ROOT, SEED, in_one_line

KNOWN = readings.known()
SCHEMA = json.loads((ROOT / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))
OURS = [(parquet_tables, "tables"), (reading_lines, "readings.jsonl")]


def placed(document):
    """Whether each of its records begins where the text has a sentence, as those of a reading do."""
    try:
        article = documents.article(document, "x")
        for claim in document.claims:
            article.place(min(span.start for span in claim.spans))
        for mention in document.mentions:
            article.place(mention.span.start)
    except (InputError, ValueError):
        return False
    return True


def plain(document):
    """A document of which only what a format holds is left."""
    return structs.replace(document, id="", path="", warnings=(), actors=(), oddities=(), events=(), exported=None)


@pytest.mark.parametrize("codec, name", OURS, ids=[codec.__name__.rpartition(".")[2] for codec, _ in OURS])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=exchanging.documents())
def test_whatever_a_document_holds_comes_back_as_it_went(codec, name, document, tmp_path_factory):
    assume(placed(document))
    out = tmp_path_factory.mktemp("out") / name
    codec.save([document], out)
    (back,) = codec.load(out)
    assert plain(back) == plain(document)
    assert formats.of(out).codec is codec


def decided(article):
    """The annotations of an article on which somebody decided this and that, as a document."""
    state, ground = curating.drafted(article, KNOWN)
    first, second, third, *_ = state.in_order()
    state = curating.done(state, ground, "accept", claim=first["claim_id"])
    state = curating.done(state, ground, "grade", claim=first["claim_id"], credibility=2, rationale="«seen» = yes")
    state = curating.done(
        state, ground, "grade_source", source=first["source_id"], reliability="B", rationale="she runs it"
    )
    state = curating.done(state, ground, "reject", claim=second["claim_id"])
    state = curating.done(state, ground, "gloss", claim=third["claim_id"], value="A line,\nand “another”")
    found = tables.annotations(state)
    return documents.Document(
        article.article_id, article.sha256, article.text, found.claims, found.sources, found.mentions
    )


TEXTS = {
    "as it is": curating.TEXT,
    "with carriage returns": curating.TEXT.replace("\n", "\r\n"),
    "with emoji and marks": f"🔥\u202b{curating.TEXT.replace('قالت', 'قَالَتْ')}".replace("السد", "السد👩‍🚒"),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_folder_of_annotations_is_read_back_as_it_was_written(text, tmp_path):
    document = decided(curating.article(text))
    csv_folders.save([document], tmp_path / "one")
    (back,) = csv_folders.load(tmp_path / "one")
    without = [
        documents.whole(structs.replace(each, mentions=()))  # a draft's mentions are not of these documents
        for each in (back, document)
    ]
    assert without[0] == without[1]
    csv_folders.save([document, structs.replace(document, article_id="other")], tmp_path / "two")
    assert {each.article_id for each in csv_folders.load(tmp_path / "two")} == {"dam", "other"}


def test_a_line_of_an_export_is_of_the_schema_of_annotate(tmp_path):
    article = curating.article()
    document = structs.replace(decided(article), id="dam", path="dam.txt")
    reading_lines.save(
        [document, documents.of(article, KNOWN, readings.read(article, KNOWN, machine=True))], tmp_path / "a"
    )
    lines = (tmp_path / "a").read_text(encoding="utf-8").splitlines()
    for line in lines:
        Draft202012Validator(SCHEMA).validate(json.loads(line))
    assert {claim["status"] for claim in json.loads(lines[0])["claims"]} >= {ACCEPTED, REJECTED}


@pytest.fixture
def dam(tmp_path):
    """An article on the disk, without annotations."""
    path = tmp_path / "dam.txt"
    path.write_text(curating.TEXT, encoding="utf-8")
    return articles.load(path)


def brought(article, document, annotator="Omar"):
    with Session.open(article, annotator, KNOWN, empty=True) as opened:
        return importing.bring(opened, document, KNOWN, "a file")


def annotations(article):
    return load.annotations(article, KNOWN.actors, KNOWN.cues)


def statuses(article):
    return {claim.claim_id: (claim.status, claim.annotator) for claim in annotations(article).claims}


def test_an_import_brings_claims_sources_and_grades_with_who_decided_and_when(dam):
    document = decided(dam)
    done = brought(dam, document)
    assert (done.added, done.changed, done.same, done.lost) == (len(document.claims), 0, 0, 0)
    found = annotations(dam)
    back = structs.replace(document, claims=found.claims, sources=found.sources)
    for table in ("claims", "sources"):
        assert documents.whole(back)[table] == documents.whole(document)[table]


def test_the_same_imported_again_is_no_operation(dam):
    document = decided(dam)
    brought(dam, document)
    before = (folder.of(dam) / "journal.jsonl").read_bytes()
    done = brought(dam, document)
    assert (done.added, done.changed, done.same) == (0, 0, len(document.claims))
    assert (folder.of(dam) / "journal.jsonl").read_bytes() == before


def test_a_claim_that_was_changed_elsewhere_is_changed_by_whoever_imports_and_nothing_else_is(dam):
    document = decided(dam)
    brought(dam, document)
    first, *others = document.claims
    edited = structs.replace(document, claims=(structs.replace(first, kind="direct"), *others))
    before = statuses(dam)
    done = brought(dam, edited, "Leila")
    assert (done.added, done.changed, done.same) == (0, 1, len(others))
    assert statuses(dam) == before | {first.claim_id: (CHANGED, "Leila")}


def test_what_nobody_decided_elsewhere_undoes_no_decision_here(dam):
    document = decided(dam)
    brought(dam, document)
    before = statuses(dam)
    left = [structs.replace(each, status=UNREVIEWED, annotator=None, decided_at=None) for each in document.claims]
    done = brought(dam, structs.replace(document, claims=tuple(left)), "Leila")
    assert (done.changed, done.same, statuses(dam)) == (0, len(left), before)
    left[0] = structs.replace(left[0], kind="direct")
    done = brought(dam, structs.replace(document, claims=tuple(left)), "Leila")
    assert (done.changed, statuses(dam)) == (1, before | {left[0].claim_id: (CHANGED, "Leila")})


def test_a_status_without_a_name_was_given_by_whoever_imports_it_first(dam):
    document = decided(dam)
    undecided = [structs.replace(each, status=UNREVIEWED, annotator=None, decided_at=None) for each in document.claims]
    brought(dam, structs.replace(document, claims=tuple(undecided)))
    undecided[0] = structs.replace(undecided[0], status=ACCEPTED)
    for annotator in ("Leila", "Omar"):
        brought(dam, structs.replace(document, claims=tuple(undecided)), annotator)
        assert statuses(dam)[undecided[0].claim_id] == (ACCEPTED, "Leila")


def test_spaces_at_the_edges_of_a_span_are_left_out(dam):
    document = decided(dam)
    brought(dam, document)
    first, *others = document.claims
    (content,) = first.content
    assert dam.text[content.start - 1] == " "
    wider = structs.replace(first, content=(dam.span(content.start - 1, content.end),))
    done = brought(dam, structs.replace(document, claims=(wider, *others)))
    assert (done.changed, done.same) == (0, len(document.claims))


def test_a_gloss_or_a_grade_from_elsewhere_changes_no_status(dam):
    document = decided(dam)
    brought(dam, document)
    first, *others = document.claims
    before = statuses(dam)
    done = brought(dam, structs.replace(document, claims=(structs.replace(first, gloss_en="Other"), *others)), "Leila")
    assert (done.changed, statuses(dam)) == (1, before)
    assert annotations(dam).claims[0].gloss_en == "Other"


def test_a_claim_that_a_file_was_exported_with_and_has_no_more_is_rejected(dam):
    document = decided(dam)
    brought(dam, document)
    kept = document.claims[:-1]
    gone = document.claims[-1].claim_id
    ids = frozenset(claim.claim_id for claim in document.claims)
    done = brought(dam, structs.replace(document, claims=kept, exported=ids), "Leila")
    assert (done.rejected, done.others) == (1, 0)
    assert statuses(dam)[gone] == (REJECTED, "Leila")


def test_the_outlets_own_voice_that_was_decided_on_stays_where_a_file_has_it_undecided(dam):
    document = decided(dam)
    own = exchanging.claim(
        "o1", [dam.span(0, 4)], kind="unattributed", status=ACCEPTED, **dict.fromkeys(exchanging.OWN_VOICE)
    )
    with_it = structs.replace(document, claims=(*document.claims, own))
    brought(dam, with_it)
    before = statuses(dam)
    ids = frozenset(claim.claim_id for claim in with_it.claims)
    open_again = (*document.claims, structs.replace(own, status=UNREVIEWED))
    done = brought(dam, structs.replace(with_it, claims=open_again, exported=ids))
    assert (done.rejected, statuses(dam)) == (0, before)


def test_claims_that_are_here_and_not_in_a_file_stay_and_are_counted(dam):
    document = decided(dam)
    brought(dam, document)
    before = statuses(dam)
    done = brought(dam, structs.replace(document, claims=document.claims[:1], sources=document.sources))
    assert (done.others, statuses(dam)) == (len(document.claims) - 1, before)


def test_an_import_can_be_undone(dam):
    brought(dam, decided(dam))
    before = annotations(dam)
    edited = decided(dam)
    first, *others = edited.claims
    brought(dam, structs.replace(edited, claims=(structs.replace(first, gloss_en="Other words"), *others)), "Leila")
    with Session.open(dam, "Leila", KNOWN) as opened:
        assert opened.do([{"id": "u1", "op": "undo"}])["refused"] == []
    assert annotations(dam) == before


def test_another_claim_of_the_same_id_gets_an_id_of_its_own(dam):
    brought(dam, decided(dam))
    before = statuses(dam)
    (night,) = [place for place in dam.sentences if "تلك الليلة" in dam.text[place.start : place.end]]
    content = dam.span(night.start, night.end - 1)
    new = exchanging.claim("c1", [content], kind="unattributed", status=None, **dict.fromkeys(exchanging.OWN_VOICE))
    done = brought(dam, documents.Document("x", dam.sha256, None, (new,), ()))
    assert (done.added, done.changed) == (1, 0)
    (added,) = statuses(dam).keys() - before.keys()
    assert statuses(dam)[added] == (ADDED, "Omar")


def test_a_claim_under_another_id_is_the_one_with_its_words(dam):
    document = decided(dam)
    brought(dam, document)
    renamed = structs.replace(document.claims[0], claim_id="z9")
    done = brought(dam, structs.replace(document, claims=(renamed,)))
    assert (done.added, done.changed, done.same) == (0, 0, 1)


@pytest.mark.parametrize("with_text", [True, False], ids=["the file has its text", "it has spans alone"])
def test_annotations_of_a_text_that_was_corrected_are_anchored_again_and_what_is_lost_is_kept(with_text, tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text("خبر عاجل\n" + curating.TEXT.replace("الجدار سليم تماما", "الحائط سليم"), encoding="utf-8")
    corrected = articles.load(path)
    document = decided(curating.article())
    done = brought(corrected, document if with_text else structs.replace(document, text=None))
    assert done.again
    assert done.lost >= 1
    found = annotations(corrected)
    assert found.lost
    for claim in found.claims:
        for span in claim.spans:
            assert corrected.text[span.start : span.end] == span.exact
    if with_text:
        assert statuses(corrected)[document.claims[0].claim_id] == (ACCEPTED, curating.BY)


def test_what_is_lost_is_listed_once_however_often_it_is_imported_and_goes_with_a_copy_of_the_folder(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(curating.TEXT.replace("الجدار سليم تماما", "الحائط سليم"), encoding="utf-8")
    corrected, document = articles.load(path), decided(curating.article())
    brought(corrected, document)
    lost = folder.file(folder.of(corrected), folder.UNANCHORED).read_bytes()
    before = statuses(corrected)
    done = brought(corrected, document, "Leila")
    assert (done.added, done.changed, statuses(corrected)) == (0, 0, before)
    assert folder.file(folder.of(corrected), folder.UNANCHORED).read_bytes() == lost
    folder.copy(folder.of(corrected), tmp_path / "copy.annotations")
    assert load.faults(corrected, KNOWN.actors, KNOWN.cues, tmp_path / "copy.annotations") == []


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda claim: structs.replace(claim, kind="sung"), "kind is 'sung'"),
        (lambda claim: structs.replace(claim, within="nowhere"), "reported within 'nowhere', which is not here"),
        (lambda claim: structs.replace(claim, source_id="nobody"), "needs the source 'nobody'"),
        (lambda claim: structs.replace(claim, status="perhaps"), "status is 'perhaps'"),
        (lambda claim: structs.replace(claim, credibility=9, rationale="x", rater="y"), "credibility"),
        (lambda claim: structs.replace(claim, modality="sung"), "modality"),
    ],
    ids=["kind", "within", "source", "status", "grade", "modality"],
)
def test_annotations_that_do_not_hold_are_refused_in_one_line_and_nothing_is_done(change, said, dam):
    document = decided(dam)
    brought(dam, document)
    before = annotations(dam)
    first, *others = document.claims
    with pytest.raises(InputError, match=said) as refused:
        brought(dam, structs.replace(document, claims=(change(first), *others)))
    assert "\n" not in str(refused.value) and str(refused.value).startswith("a file: ")
    assert annotations(dam) == before


GOLD = {
    "id": "x:1",
    "text": curating.TEXT,
    "attributions": [
        {"source": "وزيرة المياه سناء الحلبي", "cue": "قالت", "content": "السد امتلأ للمرة الأولى منذ عشر سنوات"},
        {"source": None, "antecedent": "وزيرة المياه سناء الحلبي", "cue": "أضافت", "content": "الحكومة ستفتح بوابتين"},
        {"source": None, "cue": "نقلت", "content": None},
        {"source": None, "cue": "خرج", "content": "الناس إلى الشوارع", "optional": True},
    ],
}


def as_gold(record):
    spans = ("source", "cue", "content", "antecedent")
    for each in record["attributions"]:
        for role in spans:
            if each.get(role):
                at = record["text"].index(each[role])
                each[role] = [at, at + len(each[role])]
    return record


def test_another_corpus_becomes_claims_whose_cues_and_sources_the_lexicon_and_the_text_tell(dam, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(as_gold(json.loads(json.dumps(GOLD))), ensure_ascii=False), encoding="utf-8")
    (document,) = gold_lines.load(path)
    assert document.passed_over == {"attributions without a content": 1}
    done = brought(dam, document, "PARC")
    assert (done.added, done.decided, done.of) == (3, 3, 3)
    said, added, odd = annotations(dam).claims
    assert (said.cue_lemma, said.act, said.source_via, said.status, said.annotator) == (
        "قال",
        "speech",
        "stated",
        ADDED,
        "PARC",
    )
    assert (added.source_via, added.source_id) == ("inherited", said.source_id)
    assert (odd.source_id, odd.source_via, odd.cue_lemma, odd.note) == (
        None,
        "unresolved",
        "خرج",
        gold_lines.BORDERLINE,
    )
    (minister,) = annotations(dam).sources
    assert (minister.name, minister.kind) == ("وزيرة المياه سناء الحلبي", "named person")
    done = brought(dam, document, "Omar")
    assert (done.added, done.changed, done.same) == (0, 0, 3), "imported again"
    assert {claim.annotator for claim in annotations(dam).claims} == {"PARC"}


# The command.


@pytest.mark.parametrize("name", [name for name in formats.FORMATS if name not in formats.READ_ONLY])
def test_the_seed_goes_out_and_comes_back_into_another_copy_as_it_was(name, called, tmp_path):
    out, copy = tmp_path / "out", tmp_path / "copy.txt"
    copy.write_bytes(SEED.read_bytes())
    done = called("export", SEED, "--to", name, "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out}: 1 article, 29 claims\n"
    lines = [] if name == "csv" else [f"isnad: {out}: {name} has no place for 15 oddities and 13 events; csv has"]
    assert done.stderr.splitlines() == lines
    done = called("import", out, "--article", copy)
    assert done.returncode == 0, done.stderr
    assert (
        "29 claims added, 0 changed, 0 rejected, 0 the same, 10 mentions; 14 of 14 attributed claims decided"
        in done.stdout
    )
    kept, back = (load.annotations(articles.load(each), KNOWN.actors, KNOWN.cues) for each in (SEED, copy))
    for table in ("claims", "sources", "mentions", *(("oddities", "events") if name == "csv" else ())):
        assert getattr(back, table) == getattr(kept, table), table


def test_an_article_that_nobody_annotated_goes_out_as_the_machine_reads_it(called, dam, tmp_path):
    done = called("export", dam.path, "--to", "jsonl", "--out", tmp_path / "a.jsonl")
    assert done.returncode == 0, done.stderr
    (document,) = reading_lines.load(tmp_path / "a.jsonl")
    assert {claim.status for claim in document.claims} == {UNREVIEWED}
    reading = readings.read(dam, KNOWN, machine=True)
    assert {c.claim_id for c in document.claims} == {c.claim_id for c in (*reading.claims, *reading.perhaps_claims)}


def test_what_annotate_prints_can_be_imported(called, dam, tmp_path):
    printed = called("annotate", dam.path)
    (tmp_path / "a.jsonl").write_text(printed.stdout, encoding="utf-8")
    done = called("import", tmp_path / "a.jsonl", "--article", dam.path)
    assert done.returncode == 0, done.stderr
    reading = readings.read(dam, KNOWN, machine=True)
    attributed = [c for c in (*reading.claims, *reading.perhaps_claims) if c.attributed]
    assert sorted(statuses(dam)) == sorted(claim.claim_id for claim in attributed)


HOSTILE = {
    "nothing": (b"", "none of the formats"),
    "not JSON": (b'{"schema": 3, "article": {}, "claims": [', "not JSON"),
    "no article": (b'{"article": 5, "claims": []}', "not an article as isnad annotate writes it"),
    "claims are a number": (b'{"article": {"article_id": "a"}, "claims": 5}', "claims is not a list of objects"),
    "a claim is a text": (b'{"article": {"article_id": "a"}, "claims": ["x"]}', "claims is not a list of objects"),
    "a claim lacks its id": (b'{"article": {"article_id": "a"}, "claims": [{"kind": "direct"}]}', "claims, record 1"),
    "deep": (b'{"article": {"article_id": "a"}, "claims": ' + b"[" * 100_000, "not JSON"),
    "another text": (
        json.dumps(
            {"article": {"article_id": "a", "text": "other words"}, "claims": [], "mentions": []}
            | {
                "sources": [
                    {"source_id": "s", "name": "x", "kind": "unknown", "actor_ids": [], "affiliation_ids": []}
                    | {"justification": {"start": 0, "end": 3, "exact": "abc"}}
                ]
            }
        ).encode(),
        "but the text there is 'oth'",
    ),
}


@pytest.mark.parametrize("raw, said", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_none_is_refused_in_one_line_and_no_annotations_are_begun(raw, said, called, dam, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw)
    assert in_one_line(called("import", path, "--article", dam.path), str(path), said)
    assert not folder.beside(dam.path).exists()


def test_a_refused_import_leaves_no_folder_behind_and_one_that_was_there_as_it_was(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam)], out)
    line = json.loads(out.read_text(encoding="utf-8"))
    line["claims"][0]["kind"] = "sung"
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(line), encoding="utf-8")
    assert in_one_line(called("import", bad, "--article", dam.path), str(bad), "kind is 'sung'")
    assert not folder.beside(dam.path).exists()
    assert called("import", out, "--article", dam.path).returncode == 0
    before = statuses(dam)
    assert in_one_line(called("import", bad, "--article", dam.path), "kind is 'sung'")
    assert statuses(dam) == before


def test_what_is_of_no_article_that_is_named_says_so(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam), structs.replace(decided(dam), article_id="b", text=f"{curating.TEXT} ")], out)
    done = called("import", out, "--article", dam.path)
    assert in_one_line(done, str(out), "b: none of the articles that are named is its text")
    assert "claims added" in done.stdout


def test_an_export_replaces_no_folder_and_no_part_of_one(called, dam, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    for name in ("csv", "parquet"):
        done = called("export", dam.path, "--to", name, "--out", tmp_path / "full")
        assert in_one_line(done, "something of this name already")
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_somebody_elses_session_is_not_disturbed(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam)], out)
    with Session.open(dam, "Huda", KNOWN):
        assert in_one_line(called("import", out, "--article", dam.path), "open in another window")
