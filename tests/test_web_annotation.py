"""Web Annotation: what is written comes back and means something to others, and what others wrote is read."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from pyld import jsonld

from helpers.exchange import documents as exchanged
from helpers.exchange import formats, web_annotation
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.records import codec
from tests.exchanging import TEXT, assert_holds, claim, dam, document, documents, held, span

ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OURS, OA = "urn:isnad:ns#", "http://www.w3.org/ns/oa#"
# The terms of the standard's own context that are used, by the Recommendation (W3C, Web Annotation Vocabulary, 2017).
AS, DC, RDF = (
    "https://www.w3.org/ns/activitystreams#",
    "http://purl.org/dc/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
XSD = "http://www.w3.org/2001/XMLSchema#"
LINKS = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
PLAIN = {"exact": "exact", "prefix": "prefix", "suffix": "suffix"}
TYPES = ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "TextualBody")
STANDARD = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in TYPES},
    **{name: {"@id": OA + iri, "@type": "@id"} for name, iri in LINKS.items()},
    **{name: OA + iri for name, iri in PLAIN.items()},
    **{name: {"@id": OA + name, "@type": XSD + "nonNegativeInteger"} for name in ("start", "end")},
    **{name: OA + name for name in ("describing", "identifying", "assessing")},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "via": {"@id": OA + "via", "@type": "@id"},
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "name": "http://xmlns.com/foaf/0.1/name",
    "Text": DC + "dcmitype/Text",
    "format": DC + "elements/1.1/format",
    "value": RDF + "value",
    "creator": {"@id": DC + "terms/creator", "@type": "@id"},
    "created": {"@id": DC + "terms/created", "@type": XSD + "dateTime"},
    "label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label"},
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "total": {"@id": AS + "totalItems", "@type": XSD + "nonNegativeInteger"},
    "startIndex": {"@id": AS + "startIndex", "@type": XSD + "nonNegativeInteger"},
    "first": {"@id": AS + "first", "@type": "@id"},
    "partOf": {"@id": AS + "partOf", "@type": "@id"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
}


def standard(url, options):
    """The standard's context, in place of a request for it."""
    assert url == web_annotation.STANDARD
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": STANDARD}}


def expanded(path):
    return jsonld.expand(json.loads(path.read_bytes()), {"documentLoader": standard})


def written(given, folder):
    path = folder / "a.jsonld"
    web_annotation.save(given, path)
    return path


def loaded(value, folder, name="b.jsonld"):
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    found = web_annotation.load(path)
    for each in found:
        if each.text is not None:
            assert_holds(each)
    return found


@ANY
@given(st.lists(documents(), min_size=1, max_size=2))
def test_documents_come_back_as_they_were(tmp_path, given):
    assert web_annotation.load(written(given, tmp_path)) == [held(each) for each in given]


def test_two_articles_of_the_same_text_stay_two(tmp_path):
    other = structs.replace(dam(), article_id="dam-2", claims=dam().claims[:2])
    assert web_annotation.load(written([dam(), other], tmp_path)) == [held(dam()), held(other)]


def test_a_file_of_annotations_is_recognised_and_other_json_is_not(tmp_path):
    assert formats.of(written([dam()], tmp_path)).name == "web-annotation"
    assert not web_annotation.recognises(tmp_path / "a.jsonld", b'{"@context": "https://schema.org"}')
    assert not web_annotation.recognises(tmp_path / "a.txt", web_annotation.STANDARD.encode())


@ANY
@given(documents())
def test_each_span_is_at_its_position_and_between_its_prefix_and_its_suffix(tmp_path, given):
    (collection,) = json.loads(written([given], tmp_path).read_bytes())["@graph"]
    items = collection["first"]["items"]
    spans = [each["selector"] for item in items if isinstance(item["target"], list) for each in item["target"]]
    assert len(spans) == len([*exchanged.spans(given)])
    for position, quoted in spans:
        at = slice(position["start"], position["end"])
        assert given.text[at] == quoted["exact"] and len(quoted["prefix"]) <= 32 >= len(quoted["suffix"])
        assert given.text[: at.start].endswith(quoted["prefix"]) and given.text[at.stop :].startswith(quoted["suffix"])


# What a reader of linked data sees.


def keys(value):
    """All keys of JSON, of all objects in it, as often as they are there; those of contexts aside."""
    if isinstance(value, list):
        return [key for each in value for key in keys(each)]
    if isinstance(value, dict):
        return [key for key, each in value.items() if key != "@context" for key in (key, *keys(each))]
    return []


@ANY
@given(documents())
def test_every_key_is_a_term_that_survives_expansion(tmp_path, given):
    path = written([given], tmp_path)
    shorthand = {name: term["@id"] if isinstance(term, dict) else term for name, term in STANDARD.items()}
    ours = {name: term["@id"] if isinstance(term, dict) else term for name, term in web_annotation.context().items()}
    terms = shorthand | {name: iri.replace("isnad:", OURS, 1) for name, iri in ours.items()}
    meant = [terms[key] for key in keys(json.loads(path.read_bytes())) if key != "@graph"]
    there = [key for key in keys(expanded(path)) if key not in ("@value", "@list") and key in {*terms.values()}]
    alike = {"@id": 0, "@type": 0}  # these are said of references and of values too
    assert {key: there.count(key) for key in meant if key not in alike} == {
        key: meant.count(key) for key in meant if key not in alike
    }


def test_the_context_that_is_shipped_is_the_one_in_the_file_and_has_no_term_of_the_standard(tmp_path):
    shipped = json.loads(paths.resolve("data/schema/isnad.context.jsonld").read_bytes())["@context"]
    assert json.loads(written([dam()], tmp_path).read_bytes())["@context"] == [web_annotation.STANDARD, shipped]
    assert not shipped.keys() & STANDARD.keys()
    assert shipped["isnad"] == OURS


def test_every_field_of_a_record_is_a_term_or_the_role_of_a_target():
    for table, record in exchanged.RECORDS.items():
        names = {each.name for each in structs.fields(record)} - {*codec.DERIVED, *web_annotation.ROLES[table]}
        assert {web_annotation.KEYS.get(name, name) for name in names} <= web_annotation.context().keys()


def test_a_claim_is_an_annotation_of_its_spans_with_grades_in_our_vocabulary(tmp_path):
    found = {each["@id"]: each for each in flat(expanded(written([dam()], tmp_path)))}
    article = f"urn:sha256:{dam().sha256}"
    graded = found[f"{article}#claims/c2/annotation"]
    assert graded["@type"] == [OA + "Annotation"] and len(graded[OA + "hasTarget"]) == 4
    assert [each["@id"] for each in graded[OA + "motivatedBy"]] == [OA + "describing", OA + "assessing"]
    assert graded[DC + "terms/created"] == [{"@type": XSD + "dateTime", "@value": "2026-03-01T10:00:00Z"}]
    body = found[f"{article}#claims/c2"]
    assert body["@type"] == [OURS + "Claim"] and body[OURS + "credibility"] == [{"@value": 2}]
    assert found[f"{article}#sources/s1"][OURS + "reliability"] == [{"@value": "B"}]
    assert found[f"{article}#sources/s2/annotation"][OA + "hasTarget"] == [{"@id": article}]


def flat(value):
    """All objects with an id, of all in expanded JSON-LD."""
    if isinstance(value, list):
        return [found for each in value for found in flat(each)]
    if isinstance(value, dict):
        inside = [found for each in value.values() for found in flat(each)]
        return [value, *inside] if "@id" in value and len(value) > 1 else inside
    return []


# A text or an annotation that was changed elsewhere.


def annotations(folder):
    """A file of the dam, as JSON, and its annotations by their ids."""
    given = json.loads(written([dam()], folder).read_bytes())
    items = given["@graph"][0]["first"]["items"]
    return given, items, {each["body"]["id"].rpartition("/")[2]: each for each in items}


def test_a_claim_that_was_taken_out_is_missing_but_known_to_have_been_exported(tmp_path):
    given, items, by_id = annotations(tmp_path)
    items.remove(by_id["c5"])
    (found,) = loaded(given, tmp_path)
    assert [each.claim_id for each in found.claims] == ["c1", "c2", "c3", "c4"] and "c5" in found.exported


def test_a_position_that_is_wrong_is_put_right_by_a_quote_that_stands_only_once(tmp_path):
    given, _, by_id = annotations(tmp_path)
    by_id["c5"]["target"][-1]["selector"][0].update(start=3, end=9)
    assert loaded(given, tmp_path) == [held(dam())]


def test_a_position_that_counts_utf_16_is_understood(tmp_path):
    given, items, _ = annotations(tmp_path)
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else ():
            at = target["selector"][0]
            at.update({end: len(TEXT[: at[end]].encode("utf-16-le")) // 2 for end in ("start", "end")})
    assert loaded(given, tmp_path) == [held(dam())]


def test_words_that_are_not_in_the_text_are_an_error_in_one_line(tmp_path):
    given, _, by_id = annotations(tmp_path)
    by_id["c5"]["target"][-1]["selector"][1]["exact"] = "كلمات"
    with pytest.raises(InputError, match="c5: its content") as e:
        loaded(given, tmp_path)
    assert "\n" not in str(e.value)


def test_without_the_text_positions_are_believed_and_the_sum_is_known(tmp_path):
    given, _, _ = annotations(tmp_path)
    del given["@graph"][0]["article"]["value"]
    assert loaded(given, tmp_path) == [structs.replace(held(dam()), text=None)]


# Annotations of others.


def others(exact, start=None, end=None, **parts):
    """An annotation as a tool in a browser writes it."""
    selectors = [{"type": "TextQuoteSelector", "exact": exact} | parts]
    if start is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    return {
        "@context": web_annotation.STANDARD,
        "id": "https://example.org/a/1",
        "type": "Annotation",
        "creator": "acct:omar@example.org",
        "created": "2026-04-01T00:00:00Z",
        "body": [{"type": "TextualBody", "value": "who says so?"}, {"type": "TextualBody", "value": "dam"}],
        "target": [{"source": "https://example.org/dam", "selector": selectors}],
    }


def ours_with(item, folder):
    given, items, _ = annotations(folder)
    items.append(item)
    return given


def test_an_annotation_of_others_is_a_claim_that_its_creator_proposes(tmp_path):
    (found,) = loaded(ours_with(others("الخزانات", prefix="وإن ", suffix=" مم"), tmp_path), tmp_path)
    assert found.claims[:-1] == dam().claims
    new = found.claims[-1]
    assert (new.content, new.status, new.annotator) == ((span("الخزانات"),), "unreviewed", "acct:omar@example.org")
    assert new.proposed and new.note == "who says so?\ndam" and new.decided_at is None
    assert new.claim_id not in found.exported


@pytest.mark.parametrize(
    "item, passed_over",
    [
        (others("إن"), "targets whose words are not found"),  # three times in the text
        (others("كلمات"), "targets whose words are not found"),
        (others("كلمات", 3, 8), "annotations without words of the article"),
        (others("x") | {"target": "https://example.org/a/1"}, "annotations without words of the article"),
        (others("x") | {"target": {"source": "x", "selector": {"type": "SvgSelector"}}}, "annotations without words"),
    ],
)
def test_what_has_no_words_of_the_article_is_passed_over_and_counted(tmp_path, item, passed_over):
    (found,) = loaded(ours_with(item, tmp_path), tmp_path)
    assert found.claims == dam().claims
    assert any(key.startswith(passed_over) for key in found.passed_over)


@pytest.mark.parametrize(
    "around",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one]}},
        lambda one: {"@context": web_annotation.STANDARD, "@graph": [one]},
    ],
)
def test_annotations_of_others_are_found_in_whatever_they_stand(tmp_path, around):
    one = others("السد", 53, 57)
    (found,) = loaded(around(one), tmp_path)
    assert (found.text, found.sha256, found.exported, found.article_id) == (None, None, None, "https-example-org-dam")
    assert [(each.start, each.exact) for each in found.claims[0].content] == [(53, "السد")]


def test_a_quote_without_a_position_in_a_file_without_the_text_is_left_to_whoever_has_it(tmp_path):
    (found,) = loaded(others("السد"), tmp_path)
    assert [(each.start, each.end, each.exact) for each in found.claims[0].content] == [(0, 4, "السد")]


def test_the_same_annotation_twice_is_one_claim(tmp_path):
    (found,) = loaded([others("السد"), others("السد")], tmp_path)
    assert len(found.claims) == 1 and found.passed_over == {"annotations that are there already": 1}


# What is refused.


@pytest.mark.parametrize(
    "damage, said",
    [
        (lambda one: one["article"].update(value="قال."), "not the one that was exported"),
        (lambda one: one["first"]["items"][0]["body"].pop("claim_id"), "claim_id"),
        (lambda one: one["first"]["items"][0]["body"].update(confidence="much"), "claims, record 1"),
        (lambda one: one["first"]["items"][0].update(created=7), "claims, record 1"),
    ],
)
def test_damaged_annotations_are_refused_in_one_line(tmp_path, damage, said):
    given, _, _ = annotations(tmp_path)
    damage(given["@graph"][0])
    with pytest.raises(InputError) as e:
        loaded(given, tmp_path)
    assert said in str(e.value) and "\n" not in str(e.value)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b"[1]", b"null", b'{"@graph": [{"type": "Annotation', b"[" * 100_000]
)
def test_a_file_without_annotations_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "a.jsonld"
    path.write_bytes(content)
    with pytest.raises(InputError) as e:
        web_annotation.load(path)
    assert str(e.value).startswith(str(path)) and "\n" not in str(e.value)


@settings(ANY, max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "type",
                        "body",
                        "target",
                        "selector",
                        "source",
                        "items",
                        "first",
                        "@graph",
                        "creator",
                        "id",
                        "exact",
                        "start",
                        "end",
                        "article",
                        "value",
                    ]
                ),
                inner | st.sampled_from(["Annotation", "AnnotationCollection", "TextQuoteSelector", "Claim"]),
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_json_is_given_is_read_or_refused(tmp_path, given):
    try:
        loaded({"@graph": [given, {"type": "Annotation", "body": given, "target": given}]}, tmp_path)
    except InputError as e:
        assert "\n" not in str(e)


def test_a_note_of_several_lines_and_an_odd_day_come_back(tmp_path):
    one = document(
        [claim("c1", [span("السد")], status="accepted", annotator="Huda", decided_at="March", note="a\r\nb")]
    )
    assert web_annotation.load(written([one], tmp_path)) == [held(one)]
