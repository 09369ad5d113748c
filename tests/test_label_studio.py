"""Label Studio: what is written comes back, and what a person did there is what is different."""

import json
import re
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from helpers.exchange import formats, label_studio, label_studio_regions
from helpers.files import paths
from helpers.files.errors import InputError
from tests.exchanging import TEXT, assert_holds, claim, dam, document, documents, held, span

ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHEN = "2026-05-01T09:30:00.123456+02:00"
AT = "2026-05-01T07:30:00Z"
OMAR = {"id": 7, "email": "omar@example.org"}


@ANY
@given(st.lists(documents(), max_size=2))
def test_documents_come_back_as_they_were(tmp_path, given):
    label_studio.save(given, tmp_path / "a.json")
    assert label_studio.load(tmp_path / "a.json") == [held(each) for each in given]


def test_a_file_of_tasks_is_recognised_and_another_list_of_objects_is_not(tmp_path):
    path = tmp_path / "dam.json"
    label_studio.save([dam()], path)
    assert formats.of(path).name == "label-studio"
    for other in ('[{"text": "x"}]', '{"annotations": []}', "[]", '[{"id": 1, "data": {"annotations": []}}]'):
        assert not label_studio.recognises(path, other.encode())


def test_the_configuration_beside_the_tasks_has_all_labels_and_choices_and_is_right_to_left(tmp_path):
    label_studio.save([dam()], tmp_path / "dam.json")
    view = etree.fromstring((tmp_path / "dam.labelling.xml").read_bytes())
    assert view.get("style") == "direction: rtl"
    assert [each.get("value") for each in view.iter("Label")] == [*label_studio_regions.LABELS.values()]
    choices = {each.get("name"): tuple(one.get("value") for one in each) for each in view.iter("Choices")}
    began = (label_studio_regions.DECIDED, label_studio_regions.PROPOSED)
    assert choices == label_studio_regions.CHOICES | {label_studio_regions.BEGAN: began}
    assert {each.get("value") for each in view.iter("Relation")} >= {label_studio_regions.PART, "within", "source of"}
    assert paths.resolve("data/schema/label-studio.xml").read_bytes() == (tmp_path / "dam.labelling.xml").read_bytes()


@ANY
@given(documents())
def test_regions_are_of_the_text_and_their_relations_are_of_them(tmp_path, given):
    label_studio.save([given], tmp_path / "a.json")
    task = json.loads((tmp_path / "a.json").read_bytes())[0]
    for part in (*task["annotations"], *task["predictions"]):
        regions = {each["id"]: each["value"] for each in part["result"] if each.get("type") == "labels"}
        assert len(regions) == sum(each.get("type") == "labels" for each in part["result"])
        assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", each) for each in regions)  # it makes styles of them
        assert all(given.text[each["start"] : each["end"]] == each["text"] for each in regions.values())
        ends = [each[end] for each in part["result"] if each["type"] == "relation" for end in ("from_id", "to_id")]
        assert set(ends) <= regions.keys()


# What a person did.


class Task:
    """A task on the server: what it was imported with, and what people do in it."""

    def __init__(self, given, folder):
        self.path = folder / "export.json"
        label_studio.save([given], self.path)
        (self.task,) = json.loads(self.path.read_bytes())
        self.task |= {"id": 3, "drafts": []}
        for number, each in enumerate(self.task["annotations"], 1):
            each |= {"id": number, "completed_by": 1, "updated_at": "2026-04-30T00:00:00Z", "was_cancelled": False}
            each |= {"parent_prediction": None}

    def copied(self, by=OMAR, at=WHEN, **others):
        """A copy of the prediction that was submitted: its results, to be changed."""
        result = deepcopy(self.task["predictions"][0]["result"])
        made = {"result": result, "completed_by": by, "updated_at": at, "parent_prediction": 9} | others
        self.task["annotations"].append({"was_cancelled": False} | made)
        return result

    def submitted(self, result, by=OMAR, at=WHEN):
        """An annotation that was begun anew."""
        made = {"result": result, "completed_by": by, "updated_at": at, "parent_prediction": None}
        self.task["annotations"].append({"was_cancelled": False} | made)

    def edited(self, by=OMAR, at=WHEN):
        """The annotation that was imported, which somebody saved again: its results, to be changed."""
        self.task["annotations"][0] |= {"completed_by": by, "updated_at": at}
        return self.task["annotations"][0]["result"]

    def load(self):
        self.path.write_text(json.dumps([self.task]), encoding="utf-8")
        (found,) = label_studio.load(self.path)
        assert_holds(found)
        return found


@pytest.fixture
def task(tmp_path):
    return Task(dam(), tmp_path)


def ids(found):
    return [each.claim_id for each in found.claims]


def by_id(found):
    return {each.claim_id: each for each in found.claims}


def statuses(found):
    return {each.claim_id: each.status for each in found.claims}


def region(words, label, region_id, nth=0):
    at = span(words, nth)
    value = {"start": at.start, "end": at.end, "text": at.exact, "labels": [label]}
    return {"id": region_id, "from_name": "role", "to_name": "text", "type": "labels", "value": value}


def related(one, other, *labels, direction="right"):
    return {"type": "relation", "from_id": one, "to_id": other, "direction": direction, "labels": [*labels]}


def chosen(result, region_id, name, value):
    """The results with another choice at a region."""
    kept = [each for each in result if (each.get("id"), each.get("from_name")) != (region_id, name)]
    at = {"id": region_id, "from_name": name, "to_name": "text", "type": "choices"}
    result[:] = [*kept, at | {"value": {"choices": [value]}}]


def moved(result, region_id, words):
    """The results with a region at other words."""
    at = span(words)
    for each in result:
        if each.get("id") == region_id:
            each["value"] |= {"start": at.start, "end": at.end} | (
                {"text": at.exact} if isinstance(each["value"].get("text"), str) else {}
            )


def deleted(result, *region_ids):
    """The results without some regions, and without their relations."""
    result[:] = [
        each for each in result if not {each.get("id"), each.get("from_id"), each.get("to_id")} & {*region_ids}
    ]


def test_what_nobody_opened_is_as_it_was_exported(task):
    assert task.load() == held(dam())


def test_a_prediction_that_was_submitted_is_accepted_by_whoever_completed_it(task):
    task.copied()
    found = task.load()
    assert statuses(found) == {"c1": "accepted", "c2": "accepted", "c3": "accepted", "c4": "accepted", "c5": "rejected"}
    assert [(each.annotator, each.decided_at) for each in found.claims[:2]] == [
        ("omar@example.org", AT),
        ("Huda", "2026-03-01T10:00:00Z"),
    ]
    assert found.passed_over == {}


@pytest.mark.parametrize(
    "by, annotator", [(7, "7"), ({"id": 7}, "7"), ({"id": 7, "username": "omar"}, "omar"), (None, None)]
)
def test_an_annotator_is_named_as_far_as_the_export_names_them(task, by, annotator):
    task.copied(by=by)
    assert by_id(task.load())["c3"].annotator == annotator


def test_a_claim_of_which_an_edge_was_moved_is_changed_and_no_other_is(task):
    moved(task.copied(), "c4-content-1", "الجدار")
    found = task.load()
    assert statuses(found)["c4"] == "changed" and statuses(found)["c3"] == "accepted"
    assert by_id(found)["c4"].content == (span("الجدار"),)


@pytest.mark.parametrize("name, value", [("kind", "mixed"), ("modality", "negated"), ("act", "cognition")])
def test_a_claim_of_which_something_else_was_chosen_is_changed(task, name, value):
    chosen(task.copied(), "c4-content-1", name, value)
    found = by_id(task.load())["c4"]
    assert (found.status, getattr(found, name)) == ("changed", value)


@pytest.mark.parametrize("status", ["rejected", "unreviewed"])
def test_a_person_may_choose_what_is_decided(task, status):
    chosen(task.copied(), "c3-content-1", "status", status)
    found = by_id(task.load())
    assert found["c3"].status == status
    assert (found["c3"].decided_at is None) == (status == "unreviewed")
    assert found["c4"].within == "c3"


def test_the_translation_and_the_note_of_a_claim_decide_nothing(task):
    result = task.edited()
    for each in result:
        if (each.get("id"), each.get("from_name")) == ("c2-content-1", "gloss"):
            each["value"]["text"] = ["It is full."]
        if (each.get("id"), each.get("from_name")) == ("c2-content-1", "role"):
            each["meta"] = {"text": "look again"}
    found, was = by_id(task.load())["c2"], dam().claims[1]
    assert (found.gloss_en, found.note) == ("It is full.", "look again")
    assert (found.status, found.annotator, found.decided_at) == (was.status, was.annotator, was.decided_at)


def test_a_decided_claim_that_was_changed_is_decided_by_whoever_changed_it(task):
    moved(task.edited(), "c2-content-2", "الخزانات")
    found = by_id(task.load())
    assert (found["c2"].status, found["c2"].annotator, found["c2"].decided_at) == ("changed", "omar@example.org", AT)
    assert found["c2"].content == (span("السد امتلأ"), span("الخزانات"))
    assert found["c5"] == dam().claims[4]
    assert found["c3"].status == "unreviewed"


def test_a_claim_whose_content_was_deleted_is_not_among_the_claims_and_what_was_within_it_goes_outwards(task):
    deleted(task.copied(), "c3-content-1")
    found = task.load()
    assert ids(found) == ["c1", "c2", "c4", "c5"] and "c3" in found.exported
    assert by_id(found)["c4"].within is None and by_id(found)["c4"].status == "accepted"
    assert found.passed_over == {"regions without a content": 2}


def test_of_a_chain_whose_middle_was_deleted_the_inner_claim_is_within_the_outer_one(tmp_path):
    words = ("افتتح السوق أبوابه", "السوق أبوابه", "أبوابه")
    chain = [claim(f"c{n}", [span(each)], within=f"c{n - 1}" if n else None) for n, each in enumerate(words)]
    task = Task(document(chain), tmp_path)
    deleted(task.copied(), "c1-content-1")
    found = by_id(task.load())
    assert found.keys() == {"c0", "c2"} and (found["c2"].within, found["c2"].status) == ("c0", "accepted")


def test_a_claim_that_nobody_decided_on_stays_within_one_that_somebody_did(tmp_path):
    done = {"status": "accepted", "annotator": "Huda", "decided_at": AT}
    given = document([claim("c1", [span("السوق أبوابه")], **done), claim("c2", [span("أبوابه")], within="c1")])
    task = Task(given, tmp_path)
    moved(task.copied(), "c2-content-1", "السد")
    task.edited()
    found = task.load()
    assert found.claims[0] == given.claims[0]
    assert (by_id(found)["c2"].within, by_id(found)["c2"].status) == ("c1", "changed")


def test_where_all_decided_claims_were_deleted_they_are_gone_and_the_others_stay_undecided(task):
    result = task.edited()
    deleted(result, *[each["id"] for each in result if each.get("type") == "labels"])
    found = task.load()
    assert statuses(found) == {"c1": "unreviewed", "c3": "unreviewed", "c4": "unreviewed"}


def test_an_annotation_that_was_begun_anew_deletes_nothing(task):
    task.submitted([])
    assert task.load() == held(dam())


def test_a_part_or_a_source_that_was_deleted_is_missing_in_its_claim(task):
    result = task.edited()
    deleted(result, "c2-content-1", "c2-source-1")
    found = by_id(task.load())["c2"]
    assert found.content == (span("الخزانات ممتلئة"),) and found.cue == (span("قالت"),)
    assert (found.source, found.source_id, found.source_via, found.status) == (None, None, "unresolved", "changed")


def test_regions_that_a_person_added_and_joined_are_a_claim(task):
    result = task.copied()
    result += [
        region("افتتح", "Cue", "r1"),
        region("السوق", "Source", "r2"),
        region("أبوابه", "Content", "r3"),
        related("r2", "r3", "source of"),
        related("r3", "r1", direction="left"),
    ]
    found = task.load()
    added, source = found.claims[-1], found.sources[-1]
    assert (added.status, added.annotator, added.kind, added.act) == ("added", "omar@example.org", "indirect", "speech")
    assert (added.cue, added.cue_lemma, added.source) == ((span("افتتح"),), "افتتح", span("السوق"))
    assert (source.source_id, source.name, source.kind) == (added.source_id, "السوق", "unknown")
    assert task.load() == found  # the same ids, however often it is read


def test_the_words_of_a_known_source_are_that_source(task):
    task.submitted([region("صحيفة الضفة", "Source", "r1"), region("أبوابه", "Content", "r2"), related("r1", "r2")])
    found = task.load()
    assert found.claims[-1].source_id == "s2" and found.sources == dam().sources


def test_a_content_that_is_joined_to_nothing_is_a_claim_of_a_source_that_is_not_known(task):
    task.submitted([region("أبوابه", "Content", "r2")])
    found = task.load().claims[-1]
    assert (found.status, found.source_via, found.source, found.cue) == ("added", "unresolved", None, ())


def test_contents_are_parts_of_one_claim_or_within_each_other_by_their_relation(task):
    result = [region("افتتح", "Content", "r1"), region("أبوابه", "Content", "r2"), region("السوق", "Content", "r3")]
    task.submitted([*result, related("r1", "r2", "part of"), related("r3", "r1", "within")])
    outer, inner = task.load().claims[-2:]
    assert outer.content == (span("افتتح"), span("أبوابه"))
    assert inner.within == outer.claim_id


def test_a_relation_without_a_label_nests_what_lies_in_the_other_content(task):
    result = [region("افتتح السوق أبوابه", "Content", "r1"), region("السوق", "Content", "r2")]
    task.submitted([*result, related("r1", "r2")])
    outer, inner = task.load().claims[-2:]
    assert inner.within == outer.claim_id and inner.content == (span("السوق"),)


def test_relations_that_lead_back_are_passed_over(task):
    result = task.copied()
    result.append(related("c3-content-1", "c4-content-1", "within"))
    found = task.load()
    assert sum(found.passed_over.values()) == 1
    assert by_id(found)["c4"].within is None or by_id(found)["c3"].within is None


def test_a_nesting_that_was_taken_away_is_no_more(task):
    result = task.copied()
    result[:] = [each for each in result if each.get("labels") != ["within"]]
    found = by_id(task.load())["c4"]
    assert (found.within, found.status) == (None, "changed")


def test_the_outlets_own_voice_to_which_a_source_was_joined_is_attributed(task):
    result = task.copied()
    result += [region("السوق", "Source", "r1"), related("r1", "c1-content-1", "source of")]
    found = by_id(task.load())["c1"]
    assert (found.kind, found.source, found.status) == ("indirect", span("السوق"), "changed")


def test_a_claim_that_is_said_to_be_in_the_outlets_own_voice_has_no_source(task):
    chosen(task.copied(), "c3-content-1", "kind", "unattributed")
    found = by_id(task.load())
    assert found["c3"].source is None and found["c3"].status == "changed"
    assert found["c4"].within is None


def test_of_several_annotations_the_last_that_was_not_cancelled_is_taken(task):
    moved(task.copied(at="2026-05-01T06:00:00Z"), "c4-content-1", "سليم")
    moved(task.copied(at="2026-05-01T08:00:00Z"), "c4-content-1", "الجدار")
    moved(task.copied(at="2026-05-01T09:00:00Z", was_cancelled=True), "c4-content-1", "قوله")
    found = task.load()
    assert by_id(found)["c4"].content == (span("الجدار"),)
    assert found.passed_over == {"annotations that were cancelled": 1, "annotations before the last": 1}
    assert by_id(found)["c2"] == dam().claims[1]  # which another annotation holds


def test_a_mention_is_decided_on_as_a_claim_is_and_a_new_one_says_which_actor_it_names(task):
    result = task.edited()
    moved(result, "n1-mention-1", "الحلبي")
    named = {"id": "r1", "from_name": "actor", "to_name": "text", "type": "textarea", "value": {"text": ["al_dafa"]}}
    result += [region("الضفة", "Mention", "r1"), named, region("السد", "Mention", "r2")]
    found = task.load()
    assert [(each.actor_id, each.span.exact, each.status) for each in found.mentions] == [
        ("machine:sana", "الحلبي", "changed"),
        ("al_dafa", "الضفة", "added"),
    ]
    assert found.passed_over == {"mentions without an actor": 1}


def test_a_justification_is_where_a_person_put_it(task):
    result = task.edited()
    moved(result, "s1-justification-1", "وزيرة")
    task.copied().extend([region("صحيفة", "Justification", "r1"), related("r1", "c3-source-1")])
    found = task.load()
    assert [each.justification for each in found.sources] == [span("وزيرة"), span("صحيفة"), None]


def test_a_task_of_another_project_with_our_labels_is_read(tmp_path):
    result = [region("السوق", "Source", "r1"), region("أبوابه", "Content", "r2"), related("r1", "r2"), {"id": "z"}]
    task = {"id": 12, "data": {"text": TEXT}, "predictions": [4], "annotations": [{"id": 1, "result": result}]}
    (tmp_path / "a.json").write_text(json.dumps([task]), encoding="utf-8")
    (found,) = label_studio.load(tmp_path / "a.json")
    assert_holds(found)
    assert (found.article_id, found.exported, len(found.claims)) == ("12", None, 1)
    assert found.passed_over == {"predictions": 1, "results that are not of a region": 1}


@settings(ANY, max_examples=40)
@given(documents(), st.data())
def test_whatever_is_deleted_or_joined_or_chosen_what_is_read_holds(tmp_path, given, data):
    task = Task(given, tmp_path)
    annotations = [[*part["result"]] for part in (*task.task["annotations"], *task.task["predictions"])]
    for result in annotations:
        kept = [each for each in result if data.draw(st.integers(0, 5))]
        regions = [each["id"] for each in result if each.get("type") == "labels"]
        for one in data.draw(st.lists(st.tuples(*[st.sampled_from(regions)] * 2), max_size=3)) if regions else ():
            kept.append(related(*one, *data.draw(st.sampled_from([[], ["within"], ["part of"], ["source of"]]))))
        for each in kept:
            if each.get("type") == "choices" and each["id"] != "began":
                values = label_studio_regions.CHOICES[each["from_name"]]
                each["value"] = each["value"] | {"choices": [data.draw(st.sampled_from([*values, "other"]))]}
            if each.get("type") == "labels" and not data.draw(st.integers(0, 3)):
                labels = [*label_studio_regions.LABELS.values(), "Other"]
                each["value"] = each["value"] | {"labels": [data.draw(st.sampled_from(labels))]}
        task.submitted(kept)
    found = task.load()
    assert found.exported == {each.claim_id for each in given.claims}
    assert {each.source_id for each in given.sources} <= {each.source_id for each in found.sources}


# What is refused.


def with_result(task, **changes):
    task["annotations"][0]["result"][0]["value"] |= changes


@pytest.mark.parametrize(
    "damage, said",
    [
        (lambda task: task.pop("data"), "it has no text"),
        (lambda task: task["data"].update(text="قال."), "not the one that was exported"),
        (lambda task: task["data"].update(isnad=[]), "not an object"),
        (lambda task: task["data"]["isnad"]["claims"][0].pop("kind"), "claims, record 1"),
        (lambda task: task["data"]["isnad"]["claims"][0]["content"][0].update(start=1), "the text there is"),
        (lambda task: with_result(task, start=-4), "in a text of"),
        (lambda task: with_result(task, end=10_000), "in a text of"),
        (lambda task: with_result(task, start="1"), "in a text of"),
        (lambda task: with_result(task, text="كلمات"), "other words"),
    ],
)
def test_a_damaged_task_is_refused_in_one_line(task, damage, said):
    damage(task.task)
    with pytest.raises(InputError) as e:
        task.load()
    assert said in str(e.value) and "\n" not in str(e.value) and str(task.path) in str(e.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"[{", b"{}", b"[1]", b'[{"data": "\xff"}]', b"[" * 100_000, b'[{"data": {"text": "\\ud800"}}]', b"null"],
)
def test_a_file_that_is_no_list_of_tasks_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as e:
        label_studio.load(path)
    assert str(e.value).startswith(str(path)) and "\n" not in str(e.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.json: there is no such file"):
        label_studio.load(tmp_path / "none.json")


def test_the_line_ends_of_the_editor_are_not_taken_for_other_words(tmp_path):
    words = "أبوابه.\r\nقالت"
    task = Task(document([claim("c1", [span(words)])]), tmp_path)
    for each in task.copied():
        if isinstance(each.get("value", {}).get("text"), str):
            each["value"]["text"] = words.replace("\r\n", "\\n\\n")
    assert task.load().claims[0].status == "accepted"
