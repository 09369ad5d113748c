"""UIMA itself, in Java, reads what we write by the type system beside it, and we read what it writes.

It needs Java and the core library of UIMA: Debian's `libuima-core-java`, or a `uimaj-core` jar that UIMA_JAR names.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.exchange import cas_xmi
from tests.exchanging import PIECES, claim, dam, document, held, span
from tests.test_cas import UNSAYABLE

JAR = Path(os.environ.get("UIMA_JAR") or "/usr/share/java/uimaj-core.jar")
PROGRAM = Path(__file__).with_name("ReadAndWriteCas.java")

pytestmark = pytest.mark.skipif(
    not shutil.which("java") or not JAR.is_file(),
    reason="needs Java and UIMA: libuima-core-java, or UIMA_JAR=uimaj-core.jar",
)


def through_java(tmp_path, given, version):
    """An article that Java read and wrote again, and the words of its annotations as Java has them."""
    folder = tmp_path / "out"
    cas_xmi.save([given], folder)
    written = tmp_path / "huda.xmi"
    files = [folder / "TypeSystem.xml", folder / "dam.xmi", written]
    done = subprocess.run(
        ["java", "-cp", str(JAR), str(PROGRAM), *map(str, files), version], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (found,) = cas_xmi.load(written)
    return found, [tuple(line.split("\t")) for line in done.stdout.split("\n") if line]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_java_reads_an_article_and_gives_it_back_as_it_was(tmp_path, version):
    found, words = through_java(tmp_path, dam(), version)
    assert found == held(dam())
    assert ("Segment", "الخزانات ممتلئة") in words
    assert ("Mention", "سناء الحلبي") in words


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_java_gives_back_whatever_a_text_has_in_it(tmp_path, version):
    pieces = [piece for piece in PIECES if not set(piece) & set(UNSAYABLE)]
    text = f"{' '.join(pieces)} نعم"
    content = [span("مهندس", text=text), span("نعم", text=text)]
    given = document([claim("c1", content, note="".join(pieces))], text=text)
    found, words = through_java(tmp_path, given, version)
    assert found == held(given)
    assert ("Segment", "نعم") in words
