"""What a run asks of workers, whether these are processes of Dask or this process itself: to survey stretches, to do tasks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from helpers.corpus.partition import Counts
from helpers.corpus.plan import Task
from helpers.inputs.stretches import Stretch
from helpers.inputs.survey import Found


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers of a run. Both functions take their work lazily, and yield in the order in which it is done.

    survey    surveys stretches; where reading one kills each worker, its files come back one by one
    write     reads, processes and writes the partitions of tasks; yields their counts
    """

    survey: Callable[[Iterable[Stretch]], Iterator[tuple[Stretch, Found]]]
    write: Callable[[Iterable[Task]], Iterator[tuple[Task, list[Counts]]]]
