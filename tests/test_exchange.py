"""Export and import: what a format is given comes back; what it cannot hold is said; an import is decisions, and no more."""

import contextlib
import json
import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import structs

from helpers import readings
from helpers.annotation import folder, load
from helpers.curation import importing, tables
from helpers.curation.folder_lock import held
from helpers.curation.session import Session
from helpers.exchange import csv_folders, documents, formats, gold_lines, parquet_tables, reading_lines
from helpers.files.errors import InputError
from helpers.records.claims import ACCEPTED, ADDED, CHANGED, REJECTED, UNREVIEWED
from helpers.records.events import Event
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
    state, context = curating.drafted(article, KNOWN)
    first, second, third, *_ = state.in_order()
    state = curating.done(state, context, "accept", claim=first["claim_id"])
    state = curating.done(state, context, "grade", claim=first["claim_id"], credibility=2, rationale="«seen» = yes")
    state = curating.done(
        state, context, "grade_source", source=first["source_id"], reliability="B", rationale="she runs it"
    )
    state = curating.done(state, context, "reject", claim=second["claim_id"])
    state = curating.done(state, context, "gloss", claim=third["claim_id"], value="A line,\nand “another”")
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


OPERATIONS = {
    "accept": {},
    "reject": {},
    "gloss": {"value": "A line, and “another”; = 1"},
    "grade": {"credibility": 2, "rationale": "«seen» = yes"},
    "kind": {"value": "direct"},
    "modality": {"value": "negated"},
}


@st.composite
def decided_documents(draw):
    """The draft of an article with anything strewn into its text, and decisions at random on its claims."""
    text = curating.TEXT
    for at in draw(st.lists(st.integers(0, len(text)), max_size=4)):
        text = text[:at] + draw(st.sampled_from(exchanging.PIECES)) + text[at:]
    try:
        article = curating.article(text)
    except InputError:
        assume(False)
    state, context = curating.drafted(article, KNOWN)
    for key in list(state.claims):
        for name in draw(st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=2)):
            with contextlib.suppress(InputError):  # what cannot be done to a claim
                state = curating.done(state, context, name, claim=key, **OPERATIONS[name])
    ids = [each["claim_id"] for each in state.in_order()]
    if len(ids) > 1 and draw(st.booleans()):
        with contextlib.suppress(InputError):
            state = curating.done(state, context, "nest", claim=ids[-1], within=ids[0])
    found = tables.annotations(state)
    return documents.Document(
        article.article_id, article.sha256, article.text, found.claims, found.sources, found.mentions
    )


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=decided_documents())
def test_whatever_people_decide_in_whatever_text_comes_back_from_a_folder(document, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "one"
    csv_folders.save([document], out)
    (back,) = csv_folders.load(out)
    assert back.text == document.text
    assert documents.whole(back) == documents.whole(document)


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
    assert (done.changed, done.same + done.kept, statuses(dam)) == (0, len(left), before)
    left[0] = structs.replace(left[0], kind="direct")
    done = brought(dam, structs.replace(document, claims=tuple(left)), "Leila")
    assert (done.changed, done.same + done.kept, statuses(dam)) == (0, len(left), before)


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


def by(document, nth, who, at, status=ACCEPTED, **others):
    """A document on the nth claim of which somebody decided."""
    claims = [*document.claims]
    claims[nth] = structs.replace(claims[nth], status=status, annotator=who, decided_at=at, **others)
    return structs.replace(document, claims=tuple(claims))


@pytest.fixture
def drafted(dam):
    """An article with a draft on which nobody decided, as a document."""
    with Session.open(dam, "Ed", KNOWN):
        pass
    found = annotations(dam)
    return documents.Document(dam.article_id, dam.sha256, dam.text, found.claims, found.sources, found.mentions)


def test_the_files_of_two_people_are_brought_one_after_the_other_and_both_their_decisions_stay(dam, drafted):
    first, second = (claim.claim_id for claim in drafted.claims[:2])
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z"))
    done = brought(dam, by(drafted, 1, "Leila", "2026-03-01T09:00:00Z"))
    assert (done.changed, done.kept, done.decided) == (1, 1, 2)
    found = statuses(dam)
    assert (found[first], found[second]) == ((ACCEPTED, "Huda"), (ACCEPTED, "Leila"))


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        ("2026-03-01T09:59:59Z", "Huda"),
        ("2026-03-01T12:59:59+03:00", "Huda"),
        ("2026-02-28", "Huda"),
        ("2026-03-01", "Leila"),  # some time that day
        ("2026-03-01T10:00:01Z", "Leila"),
        (None, "Leila"),  # it does not say when
    ],
)
def test_of_two_decisions_on_a_claim_the_later_one_stands(dam, drafted, at, stands):
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z"))
    done = brought(dam, by(drafted, 0, "Leila", at, REJECTED))
    assert (done.changed, done.kept) == ((0, 1) if stands == "Huda" else (1, 0))
    assert statuses(dam)[drafted.claims[0].claim_id][1] == stands


def test_a_grade_a_translation_and_a_note_stay_where_a_file_has_none(dam, drafted):
    graded = {"credibility": 2, "rationale": "seen", "rater": "Huda", "rated_on": "2026-03-01", "gloss_en": "The dam"}
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z", **graded, note="look"))
    source_id = drafted.claims[0].source_id
    reliable = {"reliability": "B", "rationale": "runs it", "rater": "Huda", "rated_on": "2026-03-01"}
    sources = tuple(structs.replace(s, **reliable) if s.source_id == source_id else s for s in drafted.sources)
    brought(dam, structs.replace(by(drafted, 0, "Huda", "2026-03-01T10:00:00Z", **graded), sources=sources))
    brought(dam, by(drafted, 0, "Leila", "2026-03-02T10:00:00Z", REJECTED))
    claim = annotations(dam).claims[0]
    (reliability,) = (source.reliability for source in annotations(dam).sources if source.source_id == source_id)
    assert (claim.status, claim.credibility, claim.rater, claim.gloss_en, claim.note) == (
        REJECTED,
        2,
        "Huda",
        "The dam",
        "look",
    )
    assert reliability == "B"


def test_a_claim_that_somebody_opened_again_in_another_tool_is_open(dam, drafted):
    done = by(drafted, 0, "Huda", "2026-03-01T10:00:00Z")
    brought(dam, done)
    key = drafted.claims[0].claim_id
    brought(dam, structs.replace(drafted, reopened=frozenset({key})))
    assert statuses(dam)[key] == (UNREVIEWED, None)
    brought(dam, done)
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z", UNREVIEWED), "Leila")  # only its status was edited
    assert statuses(dam)[key] == (UNREVIEWED, None)


def test_a_status_that_was_edited_alone_is_the_decision_of_whoever_imports(dam, drafted):
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z"))
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z", REJECTED), "Leila")
    assert statuses(dam)[drafted.claims[0].claim_id] == (REJECTED, "Leila")


def test_a_claim_is_not_brought_within_one_that_stays_within_it(dam, drafted):
    first, second = (claim.claim_id for claim in drafted.claims[:2])
    brought(dam, by(drafted, 0, "Huda", "2026-03-01T10:00:00Z", CHANGED, within=second))
    done = brought(dam, by(drafted, 1, "Leila", "2026-03-01T10:00:00Z", CHANGED, within=first))
    assert (done.changed, done.kept) == (1, 1)
    assert {claim.claim_id: claim.within for claim in annotations(dam).claims[:2]} == {first: second, second: None}


def test_two_records_of_one_id_are_refused(called, dam, tmp_path):
    first, second, *_ = decided(dam).claims
    twice = structs.replace(decided(dam), claims=(first, structs.replace(second, claim_id=first.claim_id)))
    reading_lines.save([twice], tmp_path / "out.jsonl")
    done = called("import", tmp_path / "out.jsonl", "--article", dam.path)
    assert in_one_line(done, "out.jsonl: line 1", f"two claims have the id '{first.claim_id}'")


def test_a_mention_that_was_decided_on_here_stays_where_a_file_has_it_undecided(dam, drafted):
    mention = exchanging.Mention(
        "own", 0, 0, "taliban", dam.span(0, 4), "name", "people", status=UNREVIEWED, annotator=""
    )
    decided_on = structs.replace(mention, status=REJECTED, annotator="Huda")
    brought(dam, structs.replace(drafted, mentions=(decided_on,)))
    done = brought(dam, structs.replace(drafted, mentions=(mention,)))
    assert done.mentions == 0
    assert [each.status for each in annotations(dam).mentions if each.mention_id == "own"] == [REJECTED]


def test_annotations_of_another_article_are_refused_and_none_are_begun(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam)], out)
    other = tmp_path / "other.txt"
    other.write_text("زار الرئيس المدينة أمس، ثم عاد منها إلى العاصمة مساء.\n", encoding="utf-8")
    assert in_one_line(called("import", out, "--article", other), str(out), "are found in", "another article")
    assert not folder.beside(other).exists()


def test_spans_that_are_not_found_are_listed_once_however_often_a_file_is_imported(dam, tmp_path):
    path = tmp_path / "corrected.txt"
    path.write_text(dam.text.replace("الجدار سليم تماما", "الحائط سليم"), encoding="utf-8")
    corrected = articles.load(path)
    document = decided(dam)
    assert brought(corrected, document).lost
    listed = (folder.of(corrected) / "unanchored.csv").read_bytes()
    brought(corrected, document)
    assert (folder.of(corrected) / "unanchored.csv").read_bytes() == listed


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


def test_claims_that_are_numbered_otherwise_are_those_with_their_words(dam, drafted):
    before = statuses(dam)
    ids = [claim.claim_id for claim in drafted.claims]
    other = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    claims = tuple(
        structs.replace(claim, claim_id=other[claim.claim_id], within=other.get(claim.within))
        for claim in drafted.claims
    )
    done = brought(dam, structs.replace(drafted, claims=claims))
    assert (done.added, done.changed, done.same, done.others) == (0, 0, len(ids), 0)
    assert statuses(dam) == before


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
    with Session.open(dam, "Huda", KNOWN) as opened:
        assert opened.do([{"id": "r1", "op": "reject", "claim": said.claim_id}])["refused"] == []
    before = statuses(dam)
    assert brought(dam, document, "PARC").same == 3
    assert statuses(dam) == before
    (minister,) = annotations(dam).sources
    assert (minister.name, minister.kind) == ("وزيرة المياه سناء الحلبي", "named person")
    done = brought(dam, document, "Omar")
    assert (done.added, done.changed, done.same) == (0, 0, 3), "imported again"
    assert statuses(dam) == before


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


def test_a_refused_import_leaves_what_a_person_has_in_the_folder_of_annotations(called, dam, tmp_path):
    bad = structs.replace(decided(dam), claims=(structs.replace(decided(dam).claims[0], source_id="none"),))
    reading_lines.save([bad], tmp_path / "bad.jsonl")
    (mine := folder.beside(dam.path)).mkdir()
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    assert in_one_line(called("import", tmp_path / "bad.jsonl", "--article", dam.path), "needs the source")
    assert [each.name for each in mine.iterdir()] == ["notes.txt"]


def test_a_refused_import_leaves_the_session_of_somebody_who_begins_just_now(called, dam, tmp_path):
    reading_lines.save([decided(dam)], tmp_path / "out.jsonl")
    (theirs := folder.beside(dam.path)).mkdir()  # an annotator that has the folder, and reads the article still
    lock = held(theirs)
    try:
        done = called("import", tmp_path / "out.jsonl", "--article", dam.path)
        assert in_one_line(done, "open in another window")
        assert (theirs / ".lock").exists()
    finally:
        lock.release()


@pytest.mark.parametrize(
    "stop", [KeyboardInterrupt, OSError(28, "No space left on device")], ids=["Ctrl-C", "full disk"]
)
@pytest.mark.parametrize("after", [0, 1], ids=["at once", "half written"])
def test_an_import_that_is_stopped_is_done_in_full_or_not_at_all(dam, drafted, monkeypatch, stop, after):
    many = [exchanging.claim(f"x{n}", [dam.span(0, 4)], status=ACCEPTED, decided_at="2026-03-01") for n in range(400)]
    before, write, written = annotations(dam), os.write, []

    def stopped(file, given):
        if b"import" not in given:
            return write(file, given)
        if len(written) == after:
            raise stop
        written.append(write(file, given[: len(given) // 2]))
        return written[-1]

    monkeypatch.setattr(os, "write", stopped)
    with pytest.raises((KeyboardInterrupt, OSError)):
        brought(dam, structs.replace(drafted, claims=(*drafted.claims, *many)))
    monkeypatch.undo()
    with Session.open(dam, "Ed", KNOWN) as opened:
        assert opened.notices == []
    assert annotations(dam) == before


def test_events_name_the_claims_that_they_are_of_here(called, dam, drafted, tmp_path):
    first, second, *_ = drafted.claims
    ids = {first.claim_id: second.claim_id, second.claim_id: first.claim_id}  # numbered otherwise
    named = [structs.replace(each, claim_id=ids[each.claim_id]) for each in (first, second)]
    own = exchanging.claim("o1", [dam.span(0, 4)], kind="unattributed", **dict.fromkeys(exchanging.OWN_VOICE))
    events = (
        Event("e1", "امتلاء السد", "The dam fills", None, (ids[first.claim_id], "o1"), ""),
        Event("e2", "لا شيء", "Nothing", None, ("o1",), ""),  # a claim that nobody decided on is not taken
    )
    export = structs.replace(drafted, claims=(*named, own), events=events)
    csv_folders.save([export], tmp_path / "export")
    done = called("import", tmp_path / "export", "--article", dam.path)
    assert "1 events not taken" in done.stderr
    assert [each.claim_ids for each in annotations(dam).events] == [(first.claim_id,)]


def test_what_is_of_no_article_that_is_named_says_so(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam), structs.replace(decided(dam), article_id="b", text=f"{curating.TEXT} ")], out)
    done = called("import", out, "--article", dam.path)
    assert in_one_line(done, str(out), "b: none of the articles that are named is its text")
    assert "claims added" in done.stdout


def test_of_two_copies_of_one_text_each_gets_its_own_annotations(called, dam, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(dam.path.read_bytes())
    both = [decided(dam), structs.replace(decided(dam), article_id="copy")]
    both[1] = structs.replace(both[1], claims=both[1].claims[:1])
    reading_lines.save(both, tmp_path / "out.jsonl")
    assert called("import", tmp_path / "out.jsonl", "--article", dam.path, "--article", copy).returncode == 0
    assert len(annotations(dam).claims) == len(both[0].claims) > 1
    assert len(annotations(articles.load(copy)).claims) == 1


def test_an_export_replaces_no_folder_and_no_part_of_one(called, dam, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    for name in ("csv", "parquet"):
        done = called("export", dam.path, "--to", name, "--out", tmp_path / "full")
        assert in_one_line(done, "something of this name already")
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("how", ["by its name", "by a link", "in a folder"])
def test_an_export_never_replaces_an_article_that_it_reads(called, dam, tmp_path, how):
    before, out, given = dam.path.read_bytes(), dam.path, dam.path
    if how == "by a link":
        out = tmp_path / "link.jsonl"
        out.symlink_to(dam.path)
    elif how == "in a folder":
        given = tmp_path
    for name in ("jsonl", "label-studio"):
        assert in_one_line(called("export", given, "--to", name, "--out", out), str(out), "it is read here too")
    assert dam.path.read_bytes() == before


def test_somebody_elses_session_is_not_disturbed(called, dam, tmp_path):
    out = tmp_path / "out.jsonl"
    reading_lines.save([decided(dam)], out)
    with Session.open(dam, "Huda", KNOWN):
        assert in_one_line(called("import", out, "--article", dam.path), "open in another window")
