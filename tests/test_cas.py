"""UIMA CAS as XMI and JSON: what is written comes back, whatever somebody did in INCEpTION loads, and no file does harm."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import cassis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from helpers.exchange import cas_files, cas_json, cas_types, cas_xmi, formats
from helpers.files import paths
from helpers.files.errors import InputError
from tests.exchanging import TEXT, claim, dam, document, documents, held, source, span

UNSAYABLE = "".join(map(chr, (*range(1, 9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF)))  # XML has no place for them
BOTH = pytest.mark.parametrize("module", [cas_xmi, cas_json], ids=["xmi", "json"])
PRIMITIVE = ("uima.cas.String", "uima.cas.Integer")
JAVA = (
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends final"
)


def written(module, tmp_path, *given):
    folder = tmp_path / "out"
    module.save(given or [dam()], folder)
    return folder


def one(module, path):
    (found,) = module.load(path)
    return found


def opened(folder):
    """The article as another tool reads it, by the type system that is beside it."""
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    return cassis.load_cas_from_xmi(folder / "dam.xmi", types)


def edited(folder, cas):
    cas.to_xmi(folder / "dam.xmi")
    return one(cas_xmi, folder)


def by_id(cas, claim_id):
    return next(each for each in cas.select("isnad.Claim") if each.claimId == claim_id)


def segment(cas, claim_id, role, nth=0):
    links = by_id(cas, claim_id).segments.elements
    return [link.target for link in links if link.role == role][nth]


def put(cas, type_, words, nth=0, **values):
    """A new annotation of some words, as a person makes it in another tool."""
    at = span(words, nth)
    made = cas.typesystem.get_type(type_)(begin=at.start, end=at.end, **values)
    cas.add(made)
    return made


def put_claim(cas, words, **roles):
    """A new claim with its segments, without an id."""
    link, array = cas.typesystem.get_type("isnad.ClaimSegmentsLink"), cas.typesystem.get_type("uima.cas.FSArray")
    links = [link(role=role, target=put(cas, "isnad.Segment", said, role=role)) for role, said in roles.items()]
    return put(cas, "isnad.Claim", words, segments=array(elements=links))


def claims(found):
    return {each.claim_id: each for each in found.claims}


# What is written


@settings(max_examples=60, deadline=None)
@given(given_=documents(exclude=UNSAYABLE))
def test_any_document_comes_back_from_xmi(tmp_path_factory, given_):
    folder = written(cas_xmi, tmp_path_factory.mktemp("xmi"), given_)
    assert cas_xmi.load(folder) == [held(given_)]


@settings(max_examples=60, deadline=None)
@given(given_=documents())
def test_any_document_comes_back_from_json_with_whatever_characters(tmp_path_factory, given_):
    folder = written(cas_json, tmp_path_factory.mktemp("json"), given_)
    assert cas_json.load(folder) == [held(given_)]


@BOTH
def test_the_articles_of_a_folder_come_back_each_as_it_was(module, tmp_path):
    other = document([claim("c1", [span("السد امتلأ")])], article_id="خبر-1")
    assert module.load(written(module, tmp_path, dam(), other)) == [held(dam()), held(other)]


@BOTH
def test_claims_whose_words_were_lost_come_back_without_them(module, tmp_path):
    said = {"source_id": "s1", "cue": (span("قالت"),), "cue_lemma": "قال"}
    lost = document(
        [
            claim("c1", [], cue=(span("قالت"),), cue_lemma="قال"),
            claim("c2", [span("السد")], source_via="stated", **said),
            claim("c3", [span("السد")], source_via="inherited", **said),
        ],
        [source("s1", "سناء الحلبي")],
    )
    assert one(module, written(module, tmp_path, lost)) == held(lost)


def test_offsets_in_the_file_are_those_of_java(tmp_path):
    """The emoji before the first claim is one character of Python, and two of Java."""
    xmi = (written(cas_xmi, tmp_path) / "dam.xmi").read_text(encoding="utf-8")
    assert span("افتتح السوق أبوابه").start == 2
    assert re.search(r'<isnad:Claim [^>]*begin="3" end="21" claimId="c1"', xmi)


def test_other_tools_of_uima_read_the_xmi_by_the_type_system_beside_it(tmp_path):
    cas = opened(written(cas_xmi, tmp_path))
    assert cas.typecheck() == []
    assert cas.document_language == "ar"
    assert segment(cas, "c2", "content", 1).get_covered_text() == "الخزانات ممتلئة"


def test_other_tools_of_uima_read_the_json_by_the_type_system_in_it(tmp_path):
    with (written(cas_json, tmp_path) / "dam.json").open("rb") as file:
        cas = cassis.load_cas_from_json(file)
    assert cas.typecheck() == []
    assert segment(cas, "c5", "antecedent").get_covered_text() == "وزيرة المياه سناء الحلبي"


def test_sentences_and_words_are_there_to_be_selected(tmp_path):
    cas = opened(written(cas_xmi, tmp_path))
    sentences, words = cas.select(cas_types.SENTENCE), cas.select(cas_types.TOKEN)
    assert [each.get_covered_text() for each in sentences] == [line.strip() for line in TEXT.splitlines()]
    assert [each.get_covered_text() for each in words[:4]] == ["افتتح", "السوق", "أبوابه", "قالت"]
    assert all(any(s.begin <= w.begin and w.end <= s.end for s in sentences) for w in words)


def test_whatever_is_annotated_stands_in_a_sentence_so_that_inception_shows_it(tmp_path):
    text = f"\n {TEXT}"
    lost, kept = claim("c1", []), claim("c2", [span("السد امتلأ", text=text)])
    unheard = source("s9", "من لا يذكره النص", justification=span("قالت", text=text))
    folder = written(cas_xmi, tmp_path, document([lost, kept], [unheard], text=text))
    cas = opened(folder)
    sentences = cas.select(cas_types.SENTENCE)
    for name in ("Article", "Claim", "Segment", "Source", "Mention"):
        for each in cas.select(f"isnad.{name}"):
            assert any(s.begin <= each.begin <= s.end for s in sentences), each
            assert any(s.begin <= each.end <= s.end for s in sentences), each


def test_the_type_system_that_is_shipped_is_the_one_that_is_written(tmp_path):
    shipped = (paths.home() / "data/schema/isnad.types.xml").read_bytes()
    assert (written(cas_xmi, tmp_path) / "TypeSystem.xml").read_bytes() == shipped == cas_types.type_system_xml()


def test_every_type_is_a_layer_that_inception_takes(tmp_path):
    """A direct subtype of Annotation with text, whole numbers, lists of texts, or links; a link has a role and a target."""
    types = cassis.load_typesystem(written(cas_xmi, tmp_path) / "TypeSystem.xml")
    ours = [each for each in types.get_types() if each.name.startswith("isnad.")]
    assert len(ours) == 6
    for each in ours:
        if each.name == cas_types.LINK:
            assert [(one.name, one.rangeType.name) for one in each.features] == [
                ("role", "uima.cas.String"),
                ("target", "isnad.Segment"),
            ]
            assert each.supertype.name == "uima.cas.TOP"
            continue
        assert each.supertype.name == "uima.tcas.Annotation"
        for feature in each.features:
            linked = feature.rangeType.name == "uima.cas.FSArray" and feature.elementType.name == cas_types.LINK
            assert linked or feature.rangeType.name in (*PRIMITIVE, "uima.cas.StringArray"), feature


def test_names_of_features_are_names_in_java():
    names = [name for own in cas_types.features().values() for name in own]
    assert all(re.fullmatch("[a-z][A-Za-z0-9]*", name) and name not in JAVA.split() for name in names)
    assert {"claimId", "decidedAt", "glossEn"} <= {*names}


# What XML has no place for


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1b", "\ufffe", "\uffff"], ids=ascii)
def test_an_article_that_xml_cannot_hold_is_refused_and_the_others_are_written(tmp_path, sign):
    unsayable = document(text=f"{TEXT}{sign}", article_id="x_2")
    with pytest.raises(InputError, match=rf"1 of 2 .*x_2 \(U\+{ord(sign):04X}\).*use cas-json") as e:
        cas_xmi.save([unsayable, dam()], tmp_path / "out")
    assert "\n" not in str(e.value)
    assert cas_xmi.load(tmp_path / "out") == [held(dam())]


def test_a_note_that_xml_cannot_hold_is_refused_too(tmp_path):
    with pytest.raises(InputError, match=r"U\+000B"):
        cas_xmi.save([document([claim("c1", [span("السد")], note="a\x0b")])], tmp_path / "out")
    assert [*tmp_path.iterdir()] == []


def test_json_holds_what_xml_does_not(tmp_path):
    unsayable = document([claim("c1", [span("السد")], note="\x0b")], text=f"{TEXT}\x0b\ufffe")
    assert one(cas_json, written(cas_json, tmp_path, unsayable)) == held(unsayable)


# Whole or not at all


@BOTH
def test_a_folder_that_is_there_is_left_as_it_is(module, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").touch()
    with pytest.raises(InputError, match="name a new folder"):
        module.save([dam()], tmp_path / "out")
    assert [*tmp_path.rglob("*.*")] == [tmp_path / "out/mine.txt"]


@BOTH
def test_when_writing_fails_nothing_is_left(module, tmp_path):
    without = structs.replace(document(article_id="x_2"), text=None)
    with pytest.raises(InputError, match="its text is not there"):
        module.save([dam(), without], tmp_path / "out")
    assert [*tmp_path.iterdir()] == []


@BOTH
def test_two_articles_that_would_be_one_file_are_refused(module, tmp_path):
    with pytest.raises(InputError, match="two articles"):
        module.save([dam(), dam()], tmp_path / "out")
    assert [*tmp_path.iterdir()] == []


# What a person did in another tool


def test_a_segment_that_was_moved_has_the_words_that_are_there_now(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    segment(cas, "c4", "content").end -= len(" سليم")
    found = edited(folder, cas)
    assert claims(found)["c4"].content == (span("الجدار"),)
    assert [each for each in found.claims if each.claim_id != "c4"] == [c for c in dam().claims if c.claim_id != "c4"]
    assert found.passed_over == {}


def test_a_claim_that_was_deleted_is_missing_though_it_was_exported(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.remove(by_id(cas, "c3"))
    found = edited(folder, cas)
    assert set(claims(found)) == {"c1", "c2", "c4", "c5"}
    assert found.exported == {"c1", "c2", "c3", "c4", "c5"}
    assert claims(found)["c4"].within is None
    assert found.passed_over == {"outer claims that are not there": 1, "segments of no claim": 3}


def test_a_claim_whose_content_was_deleted_is_left_out(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.remove(segment(cas, "c5", "content"))
    found = edited(folder, cas)
    assert "c5" not in claims(found)
    assert found.passed_over["claims without content"] == 1


def test_one_part_of_a_content_can_be_deleted(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.remove(segment(cas, "c2", "content", 0))
    assert claims(edited(folder, cas))["c2"].content == (span("الخزانات ممتلئة"),)


def test_a_claim_that_was_added_has_an_id_of_its_number_and_a_source_by_its_words(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    made = put_claim(cas, "بوابتين", source="السوق", cue="وأضافت", content="بوابتين")
    found = edited(folder, cas)
    added = claims(found)[f"x{made.xmiID}"]
    assert (added.kind, added.status, added.source_via) == ("indirect", None, "stated")  # whose it is, the import says
    assert (added.source, added.cue, added.content) == (span("السوق"), (span("وأضافت"),), (span("بوابتين"),))
    heard = next(each for each in found.sources if each.source_id == added.source_id)
    assert (heard.name, heard.kind) == ("السوق", "unknown")
    assert len({each.source_id for each in found.sources} | set(claims(found))) == len(found.sources) + len(
        found.claims
    )


def test_a_claim_that_was_added_of_a_source_that_is_known_by_name_is_its(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    made = put_claim(cas, "بوابتين", source="صحيفة الضفة", content="بوابتين")
    found = edited(folder, cas)
    assert claims(found)[f"x{made.xmiID}"].source_id == "s2"
    assert len(found.sources) == 3


def test_words_that_were_only_marked_as_a_claim_are_the_content_of_it(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    made = put(cas, "isnad.Claim", "بوابتين")
    added = claims(edited(folder, cas))[f"x{made.xmiID}"]
    assert (added.kind, added.content, added.cue) == ("unattributed", (span("بوابتين"),), ())


def test_an_id_that_is_taken_is_not_given_again(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    first = put(cas, "isnad.Claim", "بوابتين")
    by_id(cas, "c5").claimId = f"x{first.xmiID}"
    second = put(cas, "isnad.Claim", "السد", claimId="c1")
    found = claims(edited(folder, cas))
    assert found[f"x{first.xmiID}"].cue_lemma == "أضاف"
    assert found[f"x{first.xmiID}-2"].content == (span("بوابتين"),)
    assert found["c1"].content == (span("افتتح السوق أبوابه"),)
    assert found[f"x{second.xmiID}"].content == (span("السد"),)


def test_a_source_that_was_deleted_is_known_by_its_words_again(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    for each in cas.select("isnad.Source"):
        cas.remove(each)
    found = edited(folder, cas)
    assert {each.source_id: (each.name, each.kind) for each in found.sources} == {
        "s1": ("وزيرة المياه سناء الحلبي", "unknown"),
        "s2": ("صحيفة الضفة", "unknown"),
        "s3": ("مهندس", "unknown"),
    }


def test_a_source_whose_words_were_deleted_leaves_the_claim_unresolved(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.remove(segment(cas, "c3", "source"))
    cas.remove(segment(cas, "c5", "antecedent"))
    found = claims(edited(folder, cas))
    assert [(found[each].source_via, found[each].source_id) for each in ("c3", "c5")] == [("unresolved", None)] * 2


def test_a_claim_of_the_outlet_that_was_given_a_source_is_attributed(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    link = cas.typesystem.get_type("isnad.ClaimSegmentsLink")
    words = put(cas, "isnad.Segment", "سناء الحلبي")
    by_id(cas, "c1").segments.elements.append(link(role="antecedent", target=words))
    found = claims(edited(folder, cas))["c1"]
    assert (found.kind, found.source_via, found.source_id) == ("indirect", "inherited", "s1")


def test_a_source_beside_an_antecedent_is_the_one_that_counts(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    link = cas.typesystem.get_type("isnad.ClaimSegmentsLink")
    by_id(cas, "c5").segments.elements.append(link(role="source", target=put(cas, "isnad.Segment", "السوق")))
    found = edited(folder, cas)
    assert (claims(found)["c5"].source_via, claims(found)["c5"].antecedent) == ("stated", None)
    assert found.passed_over == {"antecedents of claims that name their source": 1}


def test_a_source_and_a_mention_that_were_added_load(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    heard = put(cas, "isnad.Source", "السوق", kind="organisation")
    named = put(cas, "isnad.Mention", "السوق", actorId="market")
    put(cas, "isnad.Mention", "السوق")
    found = edited(folder, cas)
    assert found.sources[-1] == source(f"x{heard.xmiID}", "السوق", "organisation")
    assert (found.mentions[-1].mention_id, found.mentions[-1].via) == (f"x{named.xmiID}", "description")
    assert found.passed_over == {"mentions without words or actor": 1}


def test_a_second_source_of_a_claim_is_counted(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    link = cas.typesystem.get_type("isnad.ClaimSegmentsLink")
    by_id(cas, "c2").segments.elements.append(link(role="source", target=put(cas, "isnad.Segment", "السوق")))
    found = edited(folder, cas)
    assert claims(found)["c2"].source == span("السوق")
    assert found.passed_over == {"second words for the source of a claim": 1}


def test_the_role_of_a_segment_counts_where_its_link_says_none(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    made = put_claim(cas, "بوابتين", content="بوابتين", cue="وأضافت")
    for link in made.segments.elements:
        link.role = None
    assert claims(edited(folder, cas))[f"x{made.xmiID}"].cue == (span("وأضافت"),)


def test_a_grade_of_nought_is_one_that_java_has_not(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    for each in cas.select("isnad.Claim"):
        each.credibility = each.credibility or 0
    assert edited(folder, cas) == held(dam())


def test_what_other_tools_add_is_counted(tmp_path):
    folder = written(cas_xmi, tmp_path)
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    types.create_type("custom.Tone", "uima.tcas.Annotation")
    types.create_feature("custom.Tone", "says", "uima.cas.String")
    types.create_feature("isnad.Claim", "tone", "uima.cas.String")
    types.to_xml(folder / "TypeSystem.xml")
    cas = opened(folder)
    put(cas, "custom.Tone", "السوق", says="angry")
    by_id(cas, "c1").tone = "calm"
    found = edited(folder, cas)
    assert found.passed_over == {"custom.Tone": 1, "isnad.Claim.tone": 1}
    assert structs.replace(found, passed_over={}) == held(dam())


def test_an_article_that_the_other_tool_knows_nothing_of_is_called_what_that_calls_it(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.remove(cas.select("isnad.Article")[0])
    cas.select(cas_types.METADATA)[0].documentTitle = "السد والناس.txt.xmi"
    found = edited(folder, cas)
    assert (found.article_id, found.exported, found.sha256) == ("السد-والناس", None, dam().sha256)
    cas.remove(cas.select(cas_types.METADATA)[0])
    assert edited(folder, cas).article_id == "dam"


def test_a_text_that_another_tool_changed_has_the_sum_of_what_it_is_now(tmp_path):
    folder = written(cas_xmi, tmp_path)
    cas = opened(folder)
    cas.sofa_string = TEXT.replace("🔥", "**")
    found = edited(folder, cas)
    assert found.sha256 == document(text=TEXT.replace("🔥", "**")).sha256


# What is read


def archive(tmp_path, **files):
    path = tmp_path / "dam.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), raw)
    return path


def test_a_document_as_inception_exports_it_is_read(tmp_path):
    folder = written(cas_xmi, tmp_path)
    files = {"TypeSystem_xml": (folder / "TypeSystem.xml").read_bytes(), "huda_xmi": (folder / "dam.xmi").read_bytes()}
    assert one(cas_xmi, archive(tmp_path, **files)) == held(dam())


@BOTH
def test_one_file_of_a_folder_is_read(module, tmp_path):
    path = written(module, tmp_path) / f"dam{module.ENDING}"
    assert one(module, path) == held(dam())


def test_an_xmi_file_of_xml_1_1_is_read(tmp_path):
    """INCEpTION writes one."""
    path = written(cas_xmi, tmp_path) / "dam.xmi"
    path.write_bytes(path.read_bytes().replace(b"<?xml version='1.0'", b"<?xml version='1.1'"))
    assert one(cas_xmi, path) == held(dam())


def test_json_whose_structures_are_listed_by_number_is_read(tmp_path):
    path = written(cas_json, tmp_path) / "dam.json"
    data = json.loads(path.read_bytes())
    data["%FEATURE_STRUCTURES"] = {str(each.pop("%ID")): each for each in data["%FEATURE_STRUCTURES"]}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert one(cas_json, path) == held(dam())


def test_json_without_a_type_system_is_read(tmp_path):
    path = written(cas_json, tmp_path) / "dam.json"
    data = json.loads(path.read_bytes())
    del data["%TYPES"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert one(cas_json, path) == held(dam())


def test_the_formats_are_known_by_what_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "FORMATS", {name: formats.FORMATS[name] for name in ("cas-xmi", "cas-json")})
    xmi, data = written(cas_xmi, tmp_path), tmp_path / "json"
    cas_json.save([dam()], data)
    zipped = archive(tmp_path, huda_xmi=b"")
    known = {
        xmi: "cas-xmi",
        xmi / "dam.xmi": "cas-xmi",
        zipped: "cas-xmi",
        data: "cas-json",
        data / "dam.json": "cas-json",
    }
    assert {path: formats.of(path).name for path in known} == known
    (tmp_path / "none").mkdir()
    (tmp_path / "list.json").write_text('[{"id": 1}]', encoding="utf-8")
    for path in (tmp_path / "none", tmp_path / "list.json", archive(tmp_path, word__x_xml=b"")):
        with pytest.raises(InputError, match="none of the formats"):
            formats.of(path)


def test_a_file_of_any_format_is_recognised_without_cassis():
    """Cassis is of an extra, which whoever imports JSON Lines does not need."""
    code = "import sys; from helpers.exchange import cas_json, cas_xmi; sys.exit('cassis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Files that do harm, or are damaged


def refused(module, path):
    with pytest.raises(InputError) as e:
        module.load(path)
    assert "\n" not in str(e.value)
    assert str(e.value).startswith(str(path))
    return str(e.value)


def changed(module, tmp_path, old, new):
    """A file of which some bytes are others."""
    path = written(module, tmp_path) / f"dam{module.ENDING}"
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))
    return path


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PRELUDES = {
    "a bomb of entities": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "an entity of a file": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "a document type elsewhere": '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
}


@pytest.mark.parametrize("prelude", PRELUDES.values(), ids=PRELUDES)
def test_a_file_with_entities_is_refused(tmp_path, prelude):
    root = b"<xmi:XMI"
    path = changed(cas_xmi, tmp_path, root, prelude.encode() + root)
    path.write_bytes(path.read_bytes().replace("سناء".encode(), b"&l9;", 1))
    assert "document type" in refused(cas_xmi, path)


HARMED_XMI = {
    "another encoding": (b"encoding='UTF-8'", b"encoding='UTF-7'", "UTF-8"),
    "another encoding, far off": (b"encoding='UTF-8'", b" " * 300 + b"encoding = 'UTF-7'", "UTF-8"),
    "another encoding, farther": (b"encoding='UTF-8'", b" " * 3000 + b"encoding = 'UTF-7'", "UTF-8"),
    "no XML": (b"<?xml version='1.0' encoding='UTF-8'?>", b"\x4c\x6f\xa7\x94", "UTF-8"),
    "a NUL": (b"<cas:NULL", b"\0<cas:NULL", "UTF-8"),
    "another format": (b"http://www.omg.org/XMI", b"http://www.w3.org/svg0", "outermost"),
    "no text": (b"sofaString=", b"sofaSTRING=", "no text"),
    "half a pair of UTF-16": (b'begin="3" end="21" role', b'begin="1" end="21" role', "damaged"),
    "a place behind the text": (b'end="21" role="content"', b'end="2100" role="content"', "damaged"),
    "an end before the beginning": (b'begin="3" end="21" role', b'begin="21" end="3" role', "damaged"),
    "a place that is no number": (b'begin="3" end="21" role', b'begin="x" end="21" role', "damaged"),
    "two of one number": (b'<isnad:Segment xmi:id="36"', b'<isnad:Segment xmi:id="39"', "one number"),
    "two types of one number": (b'<isnad:Segment xmi:id="36"', b'<isnad:Segment xmi:id="35"', "one number"),
    "no number": (b'<isnad:Segment xmi:id="36"', b"<isnad:Segment", "damaged"),
    "a grade that is no number": (b'credibility="2"', b'credibility="B"', "damaged"),
    "a confidence that is no number": (b'confidence="0.66"', b'confidence="much"', "no number"),
    "a modality that is none": (b'modality="negated"', b'modality="denied"', "modality"),
}


@pytest.mark.parametrize(("old", "new", "says"), HARMED_XMI.values(), ids=HARMED_XMI)
def test_a_damaged_xmi_file_is_refused_in_one_line(tmp_path, old, new, says):
    assert says in refused(cas_xmi, changed(cas_xmi, tmp_path, old, new))


HARMED_JSON = {
    "no views": (b'"%VIEWS"', b'"%views"', "damaged"),
    "no text": (b'"sofaString"', b'"sofaSTRING"', "no text"),
    "a place that is text": (b'"begin": 3, "end": 21, "role"', b'"begin": "3", "end": 21, "role"', "damaged"),
    "a place that is true": (b'"begin": 3, "end": 21, "role"', b'"begin": true, "end": 21, "role"', "damaged"),
    "half a pair of UTF-16": (b'"begin": 3, "end": 21, "role"', b'"begin": 1, "end": 21, "role"', "damaged"),
    "a name that is a number": ('"name": "مهندس"'.encode(), b'"name": 7', "damaged"),
    "a list that is none": (b'"%ELEMENTS": ["c1"', b'"%ELEMENTS": [1', "damaged"),
    "no type": (b'"%TYPE": "isnad.Mention"', b'"%TYPE": 3', "damaged"),
    "a number twice": (b'"%ID": 36, "%TYPE"', b'"%ID": 39, "%TYPE"', "damaged"),
    "not a number": (b'"begin": 3', b'"begin": NaN', "damaged"),
    "half a pair": (b'"rationale": "because"', b'"rationale": "\\ud83d"', "damaged"),
}


@pytest.mark.parametrize(("old", "new", "says"), HARMED_JSON.values(), ids=HARMED_JSON)
def test_a_damaged_json_file_is_refused_in_one_line(tmp_path, old, new, says):
    assert says in refused(cas_json, changed(cas_json, tmp_path, old, new))


@BOTH
def test_a_file_that_was_cut_off_is_refused(module, tmp_path):
    path = written(module, tmp_path) / f"dam{module.ENDING}"
    raw = path.read_bytes()
    for length in (0, 1, 40, len(raw) // 2, len(raw) - 3):
        path.write_bytes(raw[:length])
        assert refused(module, path)


@BOTH
def test_nesting_without_end_is_refused(module, tmp_path):
    path = tmp_path / f"deep{module.ENDING}"
    path.write_text("<a>" * 100_000 if module is cas_xmi else '{"a":' * 100_000, encoding="utf-8")
    assert refused(module, path)


@BOTH
def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(module, tmp_path):
    path = tmp_path / f"large{module.ENDING}"
    with path.open("wb") as file:
        file.truncate(cas_files.MOST + 1)  # a hole, which takes no place on the disk
    assert "over 100 MB" in refused(module, path)


@BOTH
def test_a_folder_without_such_files_is_refused(module, tmp_path):
    assert "no file in it" in refused(module, tmp_path)


def test_a_feature_whose_name_is_code_is_counted_like_any_other(tmp_path):
    """cassis writes code with the names of the features that a file declares."""
    name = "a=None):\n        raise SystemExit\n    def f(self, b"
    path = written(cas_json, tmp_path) / "dam.json"
    data = json.loads(path.read_bytes())
    data["%TYPES"]["isnad.Claim"][name] = {"%NAME": name, "%RANGE": "uima.cas.String"}
    for each in data["%FEATURE_STRUCTURES"]:
        if each["%TYPE"] == "isnad.Claim":
            each[name] = "x"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = one(cas_json, path)
    assert found.claims == held(dam()).claims
    assert [*found.passed_over.values()] == [5]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cas_files, "MOST", 1_000_000)
    assert "when unpacked" in refused(cas_xmi, archive(tmp_path, bomb_xmi=b" " * 1_000_001))
    two = {"one_xmi": (written(cas_xmi, tmp_path) / "dam.xmi").read_bytes(), "two_xmi": b" " * 999_000}
    assert "when unpacked" in refused(cas_xmi, archive(tmp_path, **two))


def test_an_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cas_files, "ENTRIES", 2)
    assert "over 2 files" in refused(cas_xmi, archive(tmp_path, a_xmi=b"", b_xmi=b"", c_xmi=b""))


def test_a_whole_project_and_an_archive_without_xmi_are_refused(tmp_path):
    project = {"exportedproject1_json": b"{}", "annotation__dam__a_xmi": b""}
    assert "whole project" in refused(cas_xmi, archive(tmp_path, **project))
    assert "no file in it" in refused(cas_xmi, archive(tmp_path, a_txt=b""))


def test_a_damaged_archive_is_refused(tmp_path):
    path = archive(tmp_path, a_xmi=b"<a/>" * 1000)
    raw = path.read_bytes()
    path.write_bytes(raw[:-10])
    assert "unpacked" in refused(cas_xmi, path)
    path.write_bytes(raw[:45] + b"\xff" * 8 + raw[53:])
    assert "unpacked" in refused(cas_xmi, path)


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    return {
        cas_xmi: (written(cas_xmi, folder) / "dam.xmi").read_bytes(),
        cas_json: (written(cas_json, folder / "json") / "dam.json").read_bytes(),
    }


@BOTH
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_file_in_which_anything_is_changed_loads_or_is_refused_in_one_line(module, raw, tmp_path_factory, data):
    at = data.draw(st.integers(0, len(raw[module]) - 1))
    less = data.draw(st.integers(0, 40))
    new = data.draw(
        st.binary(max_size=4) | st.sampled_from([b'"', b"<", b'"/>', b" ", b"9", b"-1", b"{", b"null", b"[]"])
    )
    path = Path(tmp_path_factory.mktemp("changed")) / f"dam{module.ENDING}"
    path.write_bytes(raw[module][:at] + new + raw[module][at + less :])
    try:
        module.load(path)
    except InputError as e:
        assert "\n" not in str(e)
