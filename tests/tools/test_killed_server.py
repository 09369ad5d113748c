"""The annotator's server, killed repeatedly during five hundred decisions: none is lost or repeated."""

import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpers import readings
from helpers.annotation import load
from helpers.curation.session import Session
from helpers.text import articles
from tests.conftest import ROOT
from tests.curating import TEXT
from tests.test_curation_session import operations

NUMBER, KILLS, AT_ONCE = 500, 20, 3  # decisions, SIGKILLs, decisions in one message


def served(path, home):
    """`isnad curate`, and the address that it prints."""
    line = [str(Path(sys.executable).with_name("isnad")), "curate", str(path), "--no-browser", "--annotator", "Huda"]
    environment = os.environ | {"ISNAD_HOME": str(ROOT), "HOME": str(home)}
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True, "env": environment}
    process = subprocess.Popen(line, **quiet)
    return process, urlsplit(process.stdout.readline().strip())


def acknowledged(address, given):
    """The ids that the server acknowledges of decisions that are sent to it. Raises OSError where nobody answers."""
    body = json.dumps({"kind": "do", "since": 0, "operations": given}).encode()
    token = address.fragment.rpartition("=")[2]
    headers = {"Origin": f"http://{address.netloc}", "Authorization": f"Bearer {token}"}
    connection = http.client.HTTPConnection(address.netloc, timeout=60)
    try:
        connection.request("POST", "/api", body, headers)
        reply = connection.getresponse()
        said = json.loads(reply.read())
    except (http.client.HTTPException, ValueError) as error:  # half an answer is none
        raise OSError(str(error)) from error
    finally:
        connection.close()
    assert reply.status == 200 and said["refused"] == [], said
    return said["acks"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there are no signals here")
def test_of_five_hundred_decisions_none_is_lost_and_none_doubled_though_the_server_is_killed_twenty_times(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    chance, wanted = random.Random(NUMBER), operations(NUMBER)
    done, killed = 0, 0
    while done < NUMBER:
        process, address = served(path, tmp_path)
        ends = done + chance.randint(1, NUMBER // KILLS) if killed < KILLS else NUMBER + 1
        while done < NUMBER:
            # As an outbox does: what was not acknowledged is sent again, and the last that was, for good measure.
            first = max(done - 1, 0)
            given = wanted[first : first + AT_ONCE]
            end = threading.Timer(chance.random() / 50, process.kill) if done >= ends else None
            if end:
                end.start()
            try:
                assert acknowledged(address, given) == [each["id"] for each in given]
                done = first + len(given)
            except OSError:
                assert end, "the server ended by itself"
            if end:
                end.join()
                process.wait()
                killed += 1
                break
    assert killed == KILLS
    process.terminate()
    assert process.wait(600) == 128 + signal.SIGTERM
    folder, article, known = path.with_suffix(".annotations"), articles.load(path), readings.known()
    written = [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [each["id"] for each in written if "id" in each] == [each["id"] for each in wanted]
    assert load.faults(article, known.actors, known.cues) == []
    with Session.open(article, "Huda", known, create=False) as session:
        found = session.state()["claims"]
    shutil.rmtree(folder)
    with Session.open(article, "Huda", known) as session:  # as if nobody had killed anything
        assert len(session.do(wanted)["acks"]) == NUMBER
        assert session.state()["claims"] == found
