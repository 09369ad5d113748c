"""The local server of the annotator: which requests it answers, and its limits."""

import http.client
import json
import re
import threading

import pytest

from helpers.curation import server as hosts
from helpers.curation.server import Server
from helpers.files.errors import InputError
from tests.conftest import ROOT


def answer(message):
    if message.get("kind") == "wrong":
        raise InputError("dam.annotations: there is no such claim")
    if message.get("kind") == "odd":
        raise KeyError("c1")
    if message.get("kind") == "full":
        raise OSError(28, "No space left on device", "journal.jsonl")
    if message.get("kind") == "broken":
        raise KeyError("c1")
    return {"kind": "done", "said": message}


@pytest.fixture(scope="module")
def server():
    with Server(answer, "dam") as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def asked(server, body=b'{"kind": "poll"}', path="/api", method="POST", **headers):
    """The status and the body of a reply; a header given as None is left out."""
    given = {
        "Host": server.host,
        "Origin": f"http://{server.host}",
        "Authorization": f"Bearer {server.token}",
        "Content-Length": str(len(body)),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    reply = connection.getresponse()
    found = reply.status, reply.read(), dict(reply.getheaders())
    connection.close()
    return found


def test_who_has_the_token_and_comes_from_the_page_is_answered(server):
    status, body, _ = asked(server, '{"kind": "poll", "said": "مرحبا"}'.encode())
    assert status == 200 and json.loads(body)["said"] == {"kind": "poll", "said": "مرحبا"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Authorization": None}, 401, id="no token"),
        pytest.param({"Authorization": "Bearer wrong"}, 401, id="another token"),
        pytest.param({"Authorization": "Bearer é"}, 401, id="a token that is not ASCII"),
        pytest.param({"Host": "isnad.example"}, 403, id="a name that was bound to this host"),
        pytest.param({"Host": None}, 403, id="no host"),
        pytest.param({"Origin": "http://isnad.example"}, 403, id="another page"),
        pytest.param({"Origin": "null"}, 403, id="a page of nowhere"),
        pytest.param({"Origin": None}, 403, id="no origin"),
        pytest.param({"Content-Length": None}, 411, id="no length"),
        pytest.param({"Content-Length": "-1"}, 411, id="a length that is none"),
        pytest.param({"Content-Length": str(hosts.BODY + 1)}, 413, id="too long"),
        pytest.param({"Content-Length": "9" * 5000}, 413, id="a length of many digits"),
        pytest.param({"path": "/api/../api"}, 404, id="another address"),
        pytest.param({"body": b"[1]"}, 400, id="no object"),
        pytest.param({"body": b"[" * 100_000}, 400, id="too deep"),
    ],
)
def test_whoever_else_asks_is_refused(server, headers, status):
    assert asked(server, **headers)[0] == status


def test_what_nobody_expected_is_said_to_the_page_too(server):
    status, body, _ = asked(server, b'{"kind": "odd"}')
    assert status == 500 and json.loads(body)["error"].startswith("an unexpected error: KeyError")


def test_half_a_character_in_a_reply_is_a_question_mark(server):
    status, body, _ = asked(server, b'{"kind": "poll", "said": "\\ud800"}')
    assert status == 200 and json.loads(body)["said"]["said"] == "?"


def test_what_is_wrong_with_a_message_is_said_in_one_line(server):
    status, body, _ = asked(server, b'{"kind": "wrong"}')
    assert (status, json.loads(body)) == (400, {"error": "dam.annotations: there is no such claim"})
    status, body, _ = asked(server, b'{"kind": "full"}')
    assert (status, json.loads(body)) == (507, {"error": "journal.jsonl: No space left on device"})
    status, body, _ = asked(server, b'{"kind": "broken"}')
    assert status == 500 and "KeyError" in json.loads(body)["error"]


@pytest.mark.parametrize("path", ["/", "/annotator.js", "/annotator.css", "/words.json"])
def test_the_files_of_the_page_are_served_and_may_ask_nobody_else(server, path):
    status, body, headers = asked(server, b"", path, "GET", Authorization=None, Origin=None)
    policy = headers["Content-Security-Policy"]
    assert status == 200 and body and policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert server.token.encode() not in body
    assert asked(server, b"", path, "GET", Host="isnad.example")[0] == 403


@pytest.mark.parametrize("path", ["/../words.json", "/page.html", "/%2e%2e/README.md", "//etc/passwd", "/api"])
def test_nothing_else_of_the_disk_is_served(server, path):
    assert asked(server, b"", path, "GET")[0] == 404


def test_the_code_with_which_a_browser_is_started_gives_the_token_once(server):
    once = server.started.partition("#once=")[2]
    assert server.token not in server.started
    for code in ("wrong", 1, None, ""):
        assert json.loads(asked(server, json.dumps({"once": code}).encode(), "/token")[1]) == {"token": None}
    body = json.dumps({"once": once}).encode()
    assert asked(server, body, "/token", Origin="http://isnad.example")[0] == 403
    assert json.loads(asked(server, body, "/token", Authorization=None)[1]) == {"token": server.token}
    assert json.loads(asked(server, body, "/token", Authorization=None)[1]) == {"token": None}
    assert asked(server, body, "/api", Authorization=f"Bearer {once}")[0] == 401


def test_it_listens_on_this_machine_alone_and_at_the_same_port_for_the_same_article(server):
    assert server.server_address[0] == "127.0.0.1"
    with Server(answer, "dam") as second:  # the port is taken: any other
        assert second.server_port != server.server_port and second.token != server.token
    ports = []
    for _ in range(2):
        with Server(answer, "another article") as again:
            ports.append(again.server_port)
    assert ports[0] == ports[1] in hosts.PORTS


def test_the_words_of_the_page_are_there_in_both_languages_with_the_same_gaps():
    words = json.loads((ROOT / "templates" / "annotator" / "words.json").read_text(encoding="utf-8"))
    gaps = {lang: {key: sorted(re.findall(r"\{\w+\}", said)) for key, said in words[lang].items()} for lang in words}
    assert set(words) == {"en", "ar"} and gaps["en"] == gaps["ar"]
    assert all(said.strip() for lang in words for said in words[lang].values())
