"""What a command need not import, and imports that are made quicker."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Import what is imported in the block as if an optional module that it looks for were not installed.

    So jsonschema, which nbformat imports, does without `rfc3987_syntax`: that takes as long to import as all else together,
    for a check of addresses (`iri`) that no notebook's schema asks for. A module that is imported already stays.
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
