"""Which claim is inside the content of which other one."""

from helpers.extraction.drafts import Draft, Range

MANY = 50  # most claims of one sentence that are examined for where a content ends


def nesting(drafts: list[Draft]) -> list[int | None]:
    """For each draft of a sentence, the index of the innermost other one in whose content it is, or None."""
    found: list[int | None] = []
    for number, draft in enumerate(drafts):
        near = range(max(0, number - MANY), min(len(drafts), number + 3))
        outer = [n for n in near if _holds(drafts[n], draft)]
        found.append(min(outer, key=lambda n: drafts[n].content[1] - drafts[n].content[0], default=None))
    return found


def _holds(outer: Draft, draft: Draft) -> bool:
    if not outer.content[0] <= draft.at < outer.content[1] or _place(outer) >= _place(draft):
        return False
    return not draft.content[0] <= outer.at < draft.content[1]


def _place(draft: Draft) -> Range:
    """A sort key: start and negative end. Of two overlapping claims, the inner one begins later or ends earlier."""
    return min(draft.at, draft.begins, draft.content[0]), -draft.content[1]
