"""JupyterLab, set for reading from right to left: Isnad's style sheets as its custom.css, and settings that differ.

JupyterLab takes custom.css from its configuration folder alone. So it is given one inside the environment, made anew at
each start; the user's own configuration and settings stay where they are and are still read, and go before ours.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

from helpers.files import atomic, paths

# A setting of the user's own goes before these.
SETTINGS = {
    # When a kernel is restarted, JupyterLab goes on sending the messages of widgets to a subshell of the old one, where
    # nobody hears them: a decision would never be saved.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},  # there is none: do not ask
}


def environment(prefix: Path = Path(sys.prefix)) -> dict[str, str]:
    """Write custom.css and settings below `prefix` and return the environment variables that let JupyterLab find it."""
    own = prefix / "etc" / "isnad-lab"
    sheets = [paths.templates() / name for name in ("lab.css", "style.css")]
    with atomic.written_whole(own / "custom" / "custom.css") as beside:
        beside.write_text("\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets), encoding="utf-8")
    with atomic.written_whole(own / "labconfig" / "default_setting_overrides.json") as beside:
        beside.write_text(json.dumps(SETTINGS), encoding="utf-8")
    theirs = jupyter_config_dir()
    searched = [theirs, *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return {
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(searched),
        "JUPYTERLAB_SETTINGS_DIR": os.environ.get(
            "JUPYTERLAB_SETTINGS_DIR", str(Path(theirs) / "lab" / "user-settings")
        ),
    }


def command(arguments: Sequence[str] = ()) -> list[str]:
    """The command line: JupyterLab at home, the first notebook open, our custom.css on, then the user's arguments."""
    first = paths.all_notebooks()[0].relative_to(paths.home()).as_posix()
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--LabApp.custom_css=True",
        "--LabApp.news_url=None",  # a reader of articles tells nobody which
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--KernelManager.transport_encryption=auto",  # kernels listen on loopback ports: only to who holds the key
        f"--ServerApp.root_dir={paths.home()}",
        f"--LabApp.default_url=/lab/tree/{first}",
        *arguments,
    ]


def start(arguments: Sequence[str] = ()) -> None:
    """Become JupyterLab; does not return."""
    line = command(arguments)
    os.execve(line[0], line, os.environ | environment())
