"""Whether a notebook is run interactively: widgets are shown only to a person who can use them."""

import os

# Shown in place of a widget: an output of the same kinds, so that nbval sees no difference between a notebook run by a
# person and one run by a program.
INSTEAD = {"text/plain": "", "text/html": ""}
SESSION = "JPY_SESSION_NAME"  # set by Jupyter's server in the kernels that it starts for notebooks


def for_a_person() -> bool:
    """Whether Jupyter's server started this kernel for a notebook, as for JupyterLab; False under nbval and in reports."""
    return SESSION in os.environ


def for_nobody() -> dict[str, str]:
    """The environment for a kernel without a user, even if this process runs in an interactive one."""
    return {name: value for name, value in os.environ.items() if name != SESSION}
