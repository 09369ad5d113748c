"""Which claim stands in the content of which."""

from helpers.extraction.drafts import Draft, Range

MANY = 50  # claims of one sentence to look through for where a content ends


def nesting(drafts: list[Draft]) -> list[int | None]:
    """For each draft of a sentence the number of the innermost other one in whose content it stands."""
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
    """Where a claim begins, and its end as a negative number: what begins later, or ends earlier, is the inner one."""
    return min(draft.at, draft.begins, draft.content[0]), -draft.content[1]
