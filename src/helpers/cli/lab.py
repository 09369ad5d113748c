"""Starts JupyterLab for reading from right to left, with Isnad's style sheets as its custom.css, and other settings.

JupyterLab reads custom.css only from its configuration folder. So it gets one inside the environment, written at each
start; the user's own configuration and settings are still read, and take precedence.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

from helpers.files import atomic, paths

# The user's own settings take precedence.
SETTINGS = {
    # After a kernel is restarted, JupyterLab would still send the messages of widgets to a subshell of the old one, and
    # decisions would be lost.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},  # there is no news: no question about it
}


def environment(prefix: Path = Path(sys.prefix)) -> dict[str, str]:
    """Write custom.css and settings below `prefix`. Returns the environment variables that make JupyterLab find them."""
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
    """The command line: JupyterLab at home, with the first notebook open and custom.css enabled, then `arguments`."""
    first = paths.all_notebooks()[0].relative_to(paths.home()).as_posix()
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--LabApp.custom_css=True",
        "--LabApp.news_url=None",  # no requests to other machines
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--KernelManager.transport_encryption=auto",  # kernels listen on loopback ports: only for clients with the key
        f"--ServerApp.root_dir={paths.home()}",
        f"--LabApp.default_url=/lab/tree/{first}",
        *arguments,
    ]


def start(arguments: Sequence[str] = ()) -> None:
    """Replace this process by JupyterLab; does not return."""
    line = command(arguments)
    os.execve(line[0], line, os.environ | environment())
