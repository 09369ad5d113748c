import json

import jsonschema
import pytest
from typer.testing import CliRunner

from helpers.cli import commands
from helpers.extraction import claims, explanations
from helpers.extraction.constructions import Anchor, Opens, Stands
from helpers.files import paths
from helpers.text import articles
from tests.conftest import SEED
from tests.knowing import KNOWN

TEXT = "قالت الوزيرة إن الطريق مفتوح. وعاد ليقول إن الجسر مغلق.\n\nووصل الوفد إلى العاصمة مساء أمس."
SCHEMA = json.loads((paths.home() / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))


def explained(text=TEXT):
    article = articles.from_text(text, "x", paths.Path("x"))
    found = explanations.explain(article, KNOWN.vocabulary, KNOWN.fitted)
    return claims.find(article, KNOWN.vocabulary, KNOWN.fitted), found.claims, found.vetoed


def written(path, *options):
    done = CliRunner().invoke(commands.app, ["annotate", *options, str(path)])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_claim_is_explained_by_its_construction_its_vetoes_and_what_its_confidence_rests_on():
    found, whys, _ = explained()
    why = whys[found[0].claim_id]
    assert why.construction == {
        "name": "verb-source-that",
        "anchor": "verb",
        "opens": "that",
        "cue": "before",
        "source": "after",
    }
    assert "purpose" in why.vetoes and "title" in why.vetoes
    assert why.confidence


def test_a_cue_that_is_given_up_says_which_veto_stopped_it():
    _, _, vetoed = explained()
    assert [(each.cue.exact, each.cue_lemma, each.veto) for each in vetoed] == [("ليقول", "قال", "purpose")]
    assert all(each.why for each in vetoed)


def test_every_attributed_claim_is_explained_and_no_other():
    found, whys, _ = explained()
    assert list(whys) == [claim.claim_id for claim in found if claim.attributed]


@pytest.mark.parametrize("relayed", ["ونقلت الصحيفة عن الوزير قوله إن الطريق مفتوح أمام الجميع."])
def test_the_two_claims_of_a_relay_are_explained_by_their_own_names(relayed):
    found, whys, _ = explained(relayed)
    assert [whys[claim.claim_id].construction["name"] for claim in found] == ["carrier", "relayed"]


def test_annotate_explains_only_when_it_is_asked_to(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    plain, told = written(path), written(path, "--explain")
    jsonschema.validate(told, SCHEMA)
    assert "vetoed" not in plain and not any("explanation" in claim for claim in plain["claims"])
    assert [claim["explanation"] is None for claim in told["claims"]] == [
        claim["kind"] == "unattributed" for claim in told["claims"]
    ]
    del told["vetoed"]
    for claim in told["claims"]:
        del claim["explanation"]
    assert told == plain


def test_people_are_not_explained():
    told = written(SEED, "--explain")
    assert told["claims_from"] == "people" and told["vetoed"] == []
    assert all(claim["explanation"] is None for claim in told["claims"])


def test_the_words_of_an_explanation_are_those_of_the_schema():
    words = SCHEMA["$defs"]["explanation"]["properties"]["construction"]["properties"]
    assert [words[key]["enum"] for key in ("anchor", "opens", "cue")] == [list(Anchor), list(Opens), list(Stands)]
