"""Chats exported by Telegram Desktop: a message is an article, and what it carries from elsewhere stays apart."""

import json

import pytest

from helpers import readings
from helpers.inputs import telegram
from helpers.inputs.input_articles import Options
from helpers.report import interface, writer
from helpers.text import articles
from tests.knowing import KNOWN
from tests.test_tables_of_articles import in_a_corpus, read

CHANNEL = {"name": "قناة الساحل", "type": "public_channel", "id": 1234}
TEXT = "قال الوزير إن الطريق مفتوح."
MESSAGES = [
    {"id": 1, "type": "service", "action": "create_channel", "text": ""},
    {"id": 2, "type": "message", "date": "2024-05-12T10:00:00", "from": "قناة الساحل", "author": "سلمى", "text": TEXT},
    {
        "id": 3,
        "type": "message",
        "date": "2024-05-12T11:00:00",
        "edited": "2024-05-12T11:30:00",
        "from": "قناة الساحل",
        "forwarded_from": "وكالة الميناء",
        "forwarded_from_id": "channel99",
        "reply_to_message_id": 2,
        "text": ["قال ", {"type": "bold", "text": "الوزير"}, " إن ", {"type": "link", "text": "الطريق"}, " مفتوح."],
    },
    {"id": 4, "type": "message", "date": "2024-05-12T12:00:00", "from": "قناة الساحل", "photo": "p.jpg", "text": ""},
]


def exported(folder, messages=MESSAGES, **chat):
    (path := folder / "result.json").write_text(
        json.dumps({**CHANNEL, **chat, "messages": messages}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def test_a_message_with_text_is_an_article_and_the_rest_is_counted(tmp_path):
    told = []
    path = exported(tmp_path)
    first, second = read(path, told=told)
    assert (first.given_id, second.given_id) == ("1234-2", "1234-3")
    assert first.text == second.text == TEXT
    assert first.about == {"outlet": "قناة الساحل", "author": "سلمى", "published": "2024-05-12"}
    assert second.about == {
        "outlet": "قناة الساحل",
        "forwarded_from": "وكالة الميناء",
        "edited": "2024-05-12T11:30:00",
        "reply_to_message_id": "2",
        "published": "2024-05-12",
    }
    assert told == [f"{path}: left out: service messages (1), messages without text (1)"]


def test_the_folder_of_an_export_is_read_as_its_file(tmp_path):
    exported(tmp_path)
    (tmp_path / "photos").mkdir()
    assert [article.given_id for article in read(tmp_path)] == ["1234-2", "1234-3"]
    assert [each.article_id for each in in_a_corpus(tmp_path)] == ["1234-2", "1234-3"]


def test_a_corpus_carries_from_whom_a_message_is_forwarded(tmp_path):
    _, second = in_a_corpus(exported(tmp_path))
    assert second.about["forwarded_from"] == "وكالة الميناء"
    assert second.about["outlet"] == "قناة الساحل"


def test_the_head_of_a_report_says_from_whom_a_message_is_forwarded(tmp_path):
    first, second = read(exported(tmp_path))
    for lang, said in (("en", "forwarded from"), ("ar", "معاد توجيهها من")):
        page = interface.load(lang)
        heads = [_byline(article, page) for article in (first, second)]
        assert said in heads[1] and "وكالة الميناء" in heads[1]
        assert said not in heads[0]


def _byline(article, page):
    reading = readings.read(article, KNOWN, machine=True)
    return str(writer.Writer(reading, page, KNOWN.cues, KNOWN.vocabulary, None).byline())


PEOPLE = [
    {"id": 1, "type": "message", "from": "رامي", "forwarded_from": "ليلى", "forwarded_from_id": "user5", "text": TEXT},
    {
        "id": 2,
        "type": "message",
        "from": "رامي",
        "forwarded_from": "وكالة",
        "forwarded_from_id": "channel5",
        "text": TEXT,
    },
]


@pytest.mark.parametrize("kind", telegram.PRIVATE)
def test_names_of_private_persons_are_left_out_unless_asked_for(tmp_path, kind):
    told = []
    path = exported(tmp_path, PEOPLE, type=kind, name="رامي")
    found = [article.about for article in read(path, told=told)]
    assert found == [{"forwarded_from": "(name left out)"}, {"forwarded_from": "وكالة"}]
    assert told == [f"{path}: a private chat, so names of its members are left out; keep them with --private"]
    kept = [article.about for article in read(path, Options(private=True))]
    assert [about["author"] for about in kept] == ["رامي", "رامي"]
    assert kept[0]["forwarded_from"] == "ليلى"


def test_who_writes_in_a_public_group_is_its_author(tmp_path):
    first, _ = read(exported(tmp_path, PEOPLE, type="public_supergroup"))
    assert (first.about["outlet"], first.about["author"]) == ("قناة الساحل", "رامي")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"about": "x", "chats": {"list": []}}', "the export of a whole Telegram account; export one chat at a time"),
        ('{"messages": []}', "not as Telegram Desktop writes a chat (its name, type or id is missing)"),
    ],
)
def test_other_exports_are_refused_in_one_line(tmp_path, content, why):
    (path := tmp_path / "result.json").write_text(content, encoding="utf-8")
    (wrong,) = read(path)
    assert wrong.startswith(why)


def test_a_damaged_export_gives_what_comes_before_the_damage(tmp_path):
    path = exported(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    *found, wrong = read(path)
    assert [article.given_id for article in found] == ["1234-2", "1234-3"]
    assert wrong.endswith("fix the file; what follows was not read")


def test_other_folders_with_a_result_json_are_no_exports(tmp_path):
    (tmp_path / "result.json").write_text('[{"id": 1, "text": "قال"}]', encoding="utf-8")
    (wrong,) = read(tmp_path)
    assert "is in this folder; name another one" in wrong


def test_a_text_named_like_an_export_is_read_in_its_folder(tmp_path):
    exported(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [article.article_id for article in read(tmp_path)] == ["a"]
    assert articles.load(tmp_path / "a.txt").text == TEXT
