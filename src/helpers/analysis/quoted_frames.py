"""The table of who is quoted as frames, for charts and notebooks: one row a name, and one a name and month."""

from collections.abc import Sequence

import pandas as pd

from helpers.analysis.quoted import Quoted

COLUMNS = (
    "name",
    "name_en",
    "kind",
    "titles",
    "outlets",
    "articles",
    "statements",
    "distinct_statements",
    "direct",
    "views",
    "first_day",
    "last_day",
    "joined",
)
BETWEEN = " · "  # titles in one cell


def named(rows: Sequence[Quoted]) -> pd.DataFrame:
    """One row per person, organisation or group, in the order of `rows`, unnamed sources left out: columns as COLUMNS.

    A name that is not joined to that of any other article has the article's id behind it; `outlets` is how many there are,
    days are texts, empty where no article has a date.
    """
    found = [
        (
            called(row),
            row.name_en,
            row.kind,
            BETWEEN.join(row.titles),
            len(row.outlets),
            row.articles,
            row.statements,
            row.distinct_statements,
            row.direct,
            row.views,
            str(row.first_date or ""),
            str(row.last_date or ""),
            row.joined,
        )
        for row in rows
        if row.name
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def by_month(rows: Sequence[Quoted]) -> pd.DataFrame:
    """One row per name and month in which statements of it are reported: name, name_en, month (2024-03), distinct_statements.

    A statement counts in the month of the first article that has it. Names in the order of `rows`; what has no date is left out.
    """
    found = [(called(row), row.name_en, month, n) for row in rows if row.name for month, n in row.months.items()]
    return pd.DataFrame(found, columns=["name", "name_en", "month", "distinct_statements"])


def called(row: Quoted) -> str:
    """What a row is called where names stand alone: as in `names.csv`."""
    return f"{row.name} ({row.examples[0].article_id})" if row.joined == "article" else row.name
