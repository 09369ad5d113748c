import csv
from types import SimpleNamespace

import pytest

from helpers import readings
from helpers.evaluation import gold_texts
from helpers.extraction import mentions, sources
from helpers.files import paths
from helpers.text import articles
from tests import cases
from tests.knowing import KNOWN


@pytest.mark.parametrize("case", cases.read("sources.jsonl"), ids=lambda case: case["why"])
def test_phrases_of_one_source_are_joined_and_its_kind_told(case):
    reading = readings.read(articles.from_text(case["text"], "x", paths.Path("x.txt")), KNOWN, machine=True)
    assert [[source.name, source.kind] for source in reading.sources] == case["sources"]
    ids = [source.source_id for source in reading.sources]
    assert [ids.index(claim.source_id) for claim in reading.claims if claim.source_id] == case["speaks"]


def test_the_kinds_of_sources_are_told_as_well_as_the_readme_says():
    labels: dict[str, list[dict[str, str]]] = {}
    with (paths.home() / "data" / "gold" / "sources.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            labels.setdefault(row["article"], []).append(row)
    texts = {}
    for path in sorted((paths.home() / "data" / "gold").glob("*.jsonl")):
        texts |= {each.article_id: each.text for each in gold_texts.load(path)}
    right = told = 0
    for article_id, given in labels.items():
        article = articles.from_text(texts[article_id], "x", paths.Path("x"))
        spans = [article.span(*each) for each in sorted((int(row["start"]), int(row["end"])) for row in given)]
        claims = [SimpleNamespace(source=span, antecedent=None) for span in spans]
        found = mentions.find(article, KNOWN.actors)
        ids, register = sources.identify(article, claims, found, KNOWN.actors, KNOWN.vocabulary)
        kinds = {source.source_id: source.kind for source in register}
        wanted = {(int(row["start"]), int(row["end"])): row["kind"] for row in given}
        for span, source_id in zip(spans, ids, strict=True):
            told += kinds[source_id] != "unknown"
            right += kinds[source_id] == wanted[span.start, span.end]
    every = sum(map(len, labels.values()))
    assert right / every >= 0.9
    assert right / told >= 0.95


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("أعلنت الخارجية القطرية أن الاجتماع تأجل.", ("qatar",)),
        ("أعلنت قناة الجزيرة أن الاجتماع تأجل.", ()),
        ("أعلنت الخطوط الجوية القطرية أن الرحلة تأجلت.", ()),
    ],
)
def test_a_state_is_heard_when_an_organ_of_it_speaks(text, states):
    found = readings.read(articles.from_text(text, "x", paths.home() / "x.txt"), KNOWN, machine=True)
    assert found.sources[0].affiliation_ids == states
