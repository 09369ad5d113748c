"""A server of Label Studio: our tasks are imported there, changed over its API, exported, and read back.

`make .label-studio/.ready` installs it, about a GB, into an environment of its own.
"""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from helpers.exchange import formats, label_studio
from helpers.text.articles import Span
from tests.conftest import ROOT
from tests.exchanging import PIECES, assert_holds, claim, dam, document, held, source, span

COMMAND = ROOT / ".label-studio" / "bin" / "label-studio"
pytestmark = pytest.mark.skipif(
    not COMMAND.exists(), reason="no Label Studio here: make .label-studio/.ready installs it (about a GB)"
)
STARTS = 900  # seconds until it answers: it makes its database first
WHO = "huda@example.org"


def hostile():
    """A document of a text with everything that may be in one, of which the last words are claims."""
    text = " ".join(PIECES) + " قال السد إن النهر فاض"
    at = len(text) - len("قال السد إن النهر فاض")
    said = claim(
        "م/١",
        [span("النهر فاض", text=text)],
        source=span("السد", 1, text),
        source_id="s1",
        source_via="stated",
        cue=(Span(at, at + 3, "قال"),),
        cue_lemma="قال",
        note=text,
        gloss_en=text,
    )
    return document([said], [source("s1", "السد")], text=text, article_id="خبر-1")


class Server:
    """What answers on a port of this machine."""

    def __init__(self, port, token):
        self.address, self.token = f"http://127.0.0.1:{port}", token

    def ask(self, path, body=None, method=None):
        """What it answers, as JSON; a body is bytes, or what JSON is made of."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        head = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, data, head, method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as e:
            raise AssertionError(f"{path}: {e.code} {e.read().decode()[:2000]}") from None

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=10) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("label-studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(20)
    line = [str(COMMAND), "start", "--no-browser", "--port", str(port), "--internal-host", "127.0.0.1"]
    line += ["--data-dir", str(folder), "--username", WHO, "--password", secrets.token_hex(8)]
    line += ["--user-token", token, "--enable-legacy-api-token"]
    quiet = {"COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_RATE": "0"}
    own = {"HOME": str(folder), "LABEL_STUDIO_BASE_DATA_DIR": str(folder)} | quiet
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            line, env=os.environ | own, stdout=log, stderr=log, cwd=folder, start_new_session=True
        )
    try:
        found, end = Server(port, token), time.monotonic() + STARTS
        while not found.answers():
            assert process.poll() is None and time.monotonic() < end, (folder / "log").read_text()[-4000:]
            time.sleep(1)
        yield found
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


@pytest.fixture
def project(server, tmp_path):
    """A project with our configuration, into which documents are imported."""
    return Project(server, tmp_path)


class Project:
    def __init__(self, server, folder):
        self.server, self.path, self.id = server, folder / "dam.json", None

    def take(self, *documents):
        label_studio.save(documents, self.path)
        configuration = self.path.with_suffix(".labelling.xml").read_text(encoding="utf-8")
        self.id = self.server.ask("/api/projects", {"title": "dam", "label_config": configuration})["id"]
        taken = self.server.ask(f"/api/projects/{self.id}/import", self.path.read_bytes())
        assert taken["task_count"] == len(documents)

    def load(self):
        """The documents of its export, and the tasks; those that nobody annotated are only in it where all are asked for."""
        tasks = self.server.ask(f"/api/projects/{self.id}/export?exportType=JSON&download_all_tasks=true")
        self.path.write_text(json.dumps(tasks), encoding="utf-8")
        assert formats.of(self.path).name == "label-studio"
        found = label_studio.load(self.path)
        for each in found:
            assert_holds(each)
        return found, tasks


def test_what_nobody_changed_comes_back_as_it_was(project):
    given = [dam(), hostile()]
    project.take(*given)
    found, tasks = project.load()
    assert found == [held(each) for each in given]
    assert [hashlib.sha256(each["data"]["text"].encode()).hexdigest() for each in tasks] == [g.sha256 for g in given]


def test_an_edge_that_was_moved_is_all_that_is_different(project):
    project.take(dam())
    _, (task,) = project.load()
    result, to = task["annotations"][0]["result"], span("الخزانات")
    for each in result:
        if each.get("id") == "c2-content-2":
            each["value"] |= {"start": to.start, "end": to.end, "text": to.exact}
    project.server.ask(f"/api/annotations/{task['annotations'][0]['id']}/", {"result": result}, "PATCH")
    (found,), _ = project.load()
    (changed,) = (each for each in found.claims if each not in held(dam()).claims)
    assert (changed.claim_id, changed.status, changed.annotator) == ("c2", "changed", "1")
    assert changed.content == (span("السد امتلأ"), to)
    assert changed.decided_at and changed.decided_at > "2026-03-01T10:00:00Z"
    assert [each.claim_id for each in found.claims] == [each.claim_id for each in dam().claims]
    assert (found.sources, found.mentions) == (dam().sources, dam().mentions)


def test_a_prediction_that_was_submitted_without_a_claim_is_accepted_but_for_that(project):
    project.take(dam())
    task = project.server.ask(f"/api/tasks/{project.load()[1][0]['id']}/")
    (prediction,) = task["predictions"]
    gone = {"c4-content-1", "c4-source-1", "c4-cue-1"}
    kept = [one for one in prediction["result"] if not {one.get("id"), one.get("from_id"), one.get("to_id")} & gone]
    body = {"result": kept, "parent_prediction": prediction["id"]}
    project.server.ask(f"/api/tasks/{task['id']}/annotations/", body)
    (found,), _ = project.load()
    assert {each.claim_id: each.status for each in found.claims} == {
        "c1": "accepted",
        "c2": "accepted",
        "c3": "accepted",
        "c5": "rejected",
    }
    assert "c4" in found.exported and found.claims[1] == dam().claims[1]
    assert found.passed_over == {}
