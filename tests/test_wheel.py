"""The wheel, installed where no checkout is: the commands, the package, a lexicon of the user's own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_a_wheel_outside_the_repository_annotates_reports_and_keeps_a_lexicon_of_its_own(tmp_path):
    line = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*line, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([*line, "install", "--no-deps", "--target", str(tmp_path / "site"), str(wheel)], check=True)
    work = tmp_path / "work"
    work.mkdir()
    (work / "mine.txt").write_text("قالت سندس الغرياني، رئيسة حركة النهوض، إن المغرب فاز على مصر.", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ISNAD")}
    environment = kept | {"PYTHONPATH": str(tmp_path / "site")}

    def isnad(*arguments):
        program = "import helpers.cli.commands; print(helpers.__file__); helpers.cli.commands.main()"
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, check=False, cwd=work, env=environment, capture_output=True, encoding="utf-8")

    annotated = isnad("annotate", "mine.txt")
    where, record = annotated.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path / "site")
    assert '"actor_id": "morocco"' in record and '"exact": "سندس الغرياني' in record
    face = "import isnad_arabic as face; print(face.__file__, face.load('mine.txt').claims[0].content_text)"
    imported = subprocess.run([sys.executable, "-c", face], cwd=work, env=environment, capture_output=True, check=True)
    where, _, content = imported.stdout.decode().strip().partition(" ")
    assert (Path(where).is_relative_to(tmp_path / "site"), content) == (True, "المغرب فاز على مصر")
    assert {path.parent.name for path in (tmp_path / "site").glob("*/py.typed")} >= {"helpers", "isnad_arabic"}
    assert isnad("actors", "suggest", "mine.txt", "--confirm", "1=Sundus Gharyani").returncode == 0
    assert (work / "own-actors.csv").is_file()
    reported = isnad("report", "mine.txt")
    assert reported.returncode == 0, reported.stderr
    index = work / "reports" / "mine" / "index.html"
    assert reported.stdout.splitlines()[1:] == [str(index)]
    assert re.search("Sundus Gharyani.*own lexicon", index.read_text(encoding="utf-8"))
