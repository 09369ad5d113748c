"""Whether a person can sit before a notebook: what only a person can use is shown nowhere else."""

import os

# What stands in a notebook where a person would have something to use: as much output as there, so that nbval sees no
# difference between a notebook that a person ran and one that a program did.
INSTEAD = {"text/plain": "", "text/html": ""}
SESSION = "JPY_SESSION_NAME"  # Jupyter's server gives it to the kernels that it starts for notebooks


def before_a_person() -> bool:
    """Whether Jupyter's server started this kernel for a notebook, as JupyterLab asks for; not nbval, and not a report."""
    return SESSION in os.environ


def before_nobody() -> dict[str, str]:
    """The environment of a kernel before which nobody sits, also where this process is in one before which somebody does."""
    return {name: value for name, value in os.environ.items() if name != SESSION}
