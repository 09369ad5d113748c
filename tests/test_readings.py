"""A cached reading is bound to the bytes from which it was made: if any changes, the article is read again."""

import shutil

import pytest

from helpers import readings
from helpers.text import articles
from tests.conftest import SEED

TEXT = "قال الخبير سالم الدهماني إن سد وادي الغيل يكفي حتى الصيف.\n"
OWN = "actor_id,alias,lang,type,via,name_ar,name_en,source\nwadi_dam,وادي الغيل,ar,institution,name,وادي الغيل,Wadi al-Ghayl,me\n"


@pytest.fixture
def changed(house, tmp_path, monkeypatch):
    """An article in its own copy of the project's data, which a test can change."""
    monkeypatch.setenv("ISNAD_HOME", str(house))
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own-actors.csv"))
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def read(path, **given):
    return readings.read(articles.load(path), **given)


def test_an_article_that_is_asked_for_again_is_read_once(changed):
    assert read(changed) is read(changed)
    assert read(changed) is read(changed, machine=True)  # nobody has annotated it


def test_lexicons_are_compiled_once_until_one_changes(changed, tmp_path):
    before = readings.known()
    assert readings.known() is before
    (tmp_path / "own-actors.csv").write_text(OWN, encoding="utf-8")
    assert "wadi_dam" in readings.known().actors.by_id and "wadi_dam" not in before.actors.by_id


def test_an_article_is_read_again_when_its_text_or_what_is_known_of_it_changes(changed):
    before = read(changed)
    changed.with_suffix(".toml").write_text('outlet = "The Dam Post"\n', encoding="utf-8")
    assert read(changed).article.about["outlet"] == "The Dam Post" and "outlet" not in before.article.about
    changed.write_text(TEXT.replace("الصيف", "الشتاء"), encoding="utf-8")
    assert "الشتاء" in read(changed).claims[0].content_text


def test_an_article_is_read_again_when_a_lexicon_changes(changed, house):
    before = read(changed)
    assert before.claims[0].cue_text == "قال"
    forms = house / "data" / "lexicon" / "cue_forms.csv"
    kept = [line for line in forms.read_text(encoding="utf-8").splitlines() if not line.startswith("قال,")]
    forms.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert [claim.cue_text for claim in read(changed).claims] != [claim.cue_text for claim in before.claims]


def test_an_article_is_read_again_when_the_users_own_lexicon_changes(changed, tmp_path):
    assert "wadi_dam" not in read(changed).actors.by_id
    (tmp_path / "own-actors.csv").write_text(OWN, encoding="utf-8")
    assert "wadi_dam" in read(changed).actors.by_id
    (tmp_path / "own-actors.csv").unlink()
    assert "wadi_dam" not in read(changed).actors.by_id


def test_an_article_is_read_again_when_its_annotations_change(house, monkeypatch, tmp_path):
    monkeypatch.setenv("ISNAD_HOME", str(house))
    path = house / "seeds" / SEED.name
    by_people, by_machine = read(path), read(path, machine=True)
    assert (by_people.claims_from, by_machine.claims_from) == ("people", "machine")
    assert read(path) is by_people and read(path, machine=True) is by_machine
    shutil.rmtree(house / "data" / "annotations" / SEED.stem)
    assert read(path).claims_from == "machine"
