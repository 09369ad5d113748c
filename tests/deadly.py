"""A task for workers of a cluster, in a module of its own: a worker imports it, and nothing that only tests need."""

import os
from pathlib import Path

from helpers.corpus import partition, tables
from helpers.inputs.input_articles import Options


def deadly(out, batch):
    """Process a batch like a worker; an article that says so kills the process, like one too large for its memory."""
    if any("مميت" in record.text for record in batch.unpacked):
        os._exit(9)
    if not out:
        return None
    return tables.write(Path(out), batch.number, partition.tables_of(batch, partition.LEXICONS["deadly"], Options()))
