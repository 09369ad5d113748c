"""Tasks for workers that may die, in a module of its own: a worker imports it, and nothing that only tests need."""

import os

from helpers.corpus import partition
from helpers.inputs import survey
from helpers.inputs.input_articles import Options

OPTIONS = Options(size=4)


def dies(article):
    """An article that says so kills the process that has it, like one too large for its memory."""
    if article.wrong is None and "مميت" in article.text:
        os._exit(9)


def deadly(out, task):
    """Do a task like a worker; a deadly article kills the process."""
    for each in partition.articles_of(OPTIONS, task):
        if not any(each.place == f"line {at + 1}" for part in task.partitions for at in part.killers):
            dies(each)
    return partition.write("deadly", out, OPTIONS, task)


def deadly_to_read(task):
    """Read a task like a worker; to read a deadly article kills the process."""
    for each in (found := partition.articles_of(OPTIONS, task)):
        dies(each)
    return found


def survey_or_die(stretch):
    """Survey a stretch like a worker; a file of that name kills the process."""
    if not stretch.wrong and any("deadly" in file.name for file in stretch.files):
        os._exit(9)
    return survey.of(stretch, OPTIONS)
