"""Files are written completely, keep their permissions, and are changed by one process at a time."""

import os
import stat
import subprocess
import sys

import pytest

from helpers.files import atomic, csv_rows
from helpers.files.errors import InputError


@pytest.fixture
def umask():
    """Set the umask for a test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("mask", "file", "folder"), [(0o077, 0o600, 0o700), (0o022, 0o644, 0o755), (0o002, 0o664, 0o775)]
)
def test_a_new_file_and_a_new_folder_have_what_the_umask_leaves(tmp_path, umask, mask, file, folder):
    umask(mask)
    csv_rows.write(tmp_path / "below" / "table.csv", ("a",), [("1",)])
    assert mode(tmp_path / "below" / "table.csv") == file
    assert mode(tmp_path / "below") == folder
    assert mode(atomic.folder_beside(tmp_path / "x", ".making.")) == folder


@pytest.mark.parametrize("own", [0o600, 0o640, 0o666])
def test_a_file_that_is_written_again_keeps_its_own_permissions(tmp_path, umask, own):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(own)
    umask(0o077)
    csv_rows.write(path, ("a",), [("1",)])
    assert (mode(path), path.read_text(encoding="utf-8")) == (own, "a\n1\n")


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(tmp_path):
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    csv_rows.write(tmp_path / "link.csv", ("a",), [("1",)])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "a\n1\n"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, error):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(error), atomic.written_whole(path) as beside:
        beside.write_text("half", encoding="utf-8")
        raise error
    assert [each.name for each in tmp_path.iterdir()] == ["table.csv"]
    assert path.read_text(encoding="utf-8") == "old"


def test_an_error_of_the_system_names_the_file_that_was_to_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError) as raised, atomic.written_whole(tmp_path / "file" / "table.csv"):
        pass
    assert raised.value.filename == str(tmp_path / "file" / "table.csv")


def test_a_long_name_can_be_written(tmp_path):
    path = tmp_path / ("ن" * 120 + ".csv")
    csv_rows.write(path, ("a",), [])
    assert path.read_text(encoding="utf-8") == "a\n"


def test_two_processes_that_change_one_file_lose_nothing(tmp_path):
    path = tmp_path / "count"
    path.write_text("0", encoding="utf-8")
    program = (
        "import sys, time; from pathlib import Path; from helpers.files import atomic\n"
        "path = Path(sys.argv[1])\n"
        "for _ in range(20):\n"
        "    with atomic.locked(path):\n"
        "        number = int(path.read_text()); time.sleep(0.002)\n"
        "        with atomic.written_whole(path) as beside: beside.write_text(str(number + 1))\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(4)]
    assert [each.wait() for each in running] == [0] * 4
    assert path.read_text(encoding="utf-8") == "80"


def test_a_file_that_is_held_for_too_long_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic, "WAIT", 0)
    said = pytest.raises(InputError, match="file: another isnad process is writing it")
    with atomic.locked(tmp_path / "file"), said, atomic.locked(tmp_path / "file"):
        pass
