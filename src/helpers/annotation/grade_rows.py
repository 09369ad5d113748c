"""Reads the grades in rows. Grades are optional; a grade needs a reason and a rater.

The reason can be any text. If it begins with a rule of the project (R1…, C2…), the rule must be one for that grade.
"""

from collections.abc import Mapping
from typing import Any

from helpers.files import csv_rows
from helpers.lexicon import entries
from helpers.records import sources

OR = {("R4", "B")}  # the second grade of a rule that has two


def rules() -> dict[str, str]:
    """The project's rules, each with its grade."""
    return {rule.rule: rule.grade for rule in entries.grades()}


def of_claim(row: csv_rows.Row, rules: Mapping[str, str]) -> dict[str, Any]:
    """The values of a claim's grade in a row; its credibility is 1 to 6, or None. Raises the row's InputError."""
    grade = _grade(row, "credibility", tuple(map(str, sources.CREDIBILITY)), rules)
    return {"credibility": int(grade) if grade else None}


def of_source(row: csv_rows.Row, rules: Mapping[str, str]) -> dict[str, Any]:
    """The values of a source's grade in a row; its reliability is A to F, or None. Raises the row's InputError."""
    return {"reliability": _grade(row, "reliability", tuple(sources.RELIABILITY), rules)}


def _grade(row: csv_rows.Row, column: str, scale: tuple[str, ...], rules: Mapping[str, str]) -> str | None:
    grade = row.one_of(column, ("", *scale))
    if not grade:
        return None
    if not row["rationale"] or not row["rater"]:
        raise row.error("rationale and rater must not be empty: a grade says why, and who gave it")
    rule = row["rationale"].partition(":")[0]
    if rules.get(rule, grade) != grade and (rule, grade) not in OR:
        raise row.error(f"rationale begins with {rule!r}, by which {grade} is not given; see data/lexicon/grades.csv")
    return grade
