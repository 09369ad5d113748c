import pytest

from helpers import articles, paths, readings
from tests import cases

KNOWN = readings.known()


@pytest.mark.parametrize("case", cases.read("sources.jsonl"), ids=lambda case: case["why"])
def test_phrases_of_one_source_are_joined_and_its_kind_told(case):
    reading = readings.read(articles.from_text(case["text"], "x", paths.Path("x.txt")), KNOWN, machine=True)
    assert [[source.name, source.kind] for source in reading.sources] == case["sources"]
    ids = [source.source_id for source in reading.sources]
    assert [ids.index(claim.source_id) for claim in reading.claims if claim.source_id] == case["speaks"]
