"""What a command need not import, and imports that are made quicker."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Make imports in the block behave as if an optional module were not installed.

    jsonschema, which nbformat imports, can do without `rfc3987_syntax`, which takes as long to import as everything
    else, for a check of addresses (`iri`) that the schema of notebooks does not use. A module imported before is not
    removed.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


@contextmanager
def to_stay() -> Iterator[None]:
    """Import what is imported in the block for good: Python's collector waits meanwhile, and passes over it from then on."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()
