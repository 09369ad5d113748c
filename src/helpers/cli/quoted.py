"""The command `quoted`: who is quoted in many articles, as one table."""

from pathlib import Path
from typing import Annotated

import typer

from helpers import readings
from helpers.analysis import name_decisions, quoted_articles, quoted_files, report_folders
from helpers.analysis.quoted import Quoted, Tally
from helpers.analysis.quoted_articles import Told
from helpers.cli import extras
from helpers.cli.options import (
    Debug,
    Machine,
    behind,
    no_input,
    takes_articles,
    tell,
)
from helpers.cli.terminal import Failures, call, warned
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments, each_article
from helpers.inputs.input_articles import Options
from helpers.readings import Known
from helpers.text import invisible

RUN = "run.json"  # in a folder that `isnad corpus` wrote
NAMED = 3  # names in a warning


@takes_articles
def quoted(
    path: Annotated[
        list[Path],
        typer.Argument(
            help="Articles (texts, pages, documents, tables, JSON, Parquet, folders of them, addresses, - for standard input), reports, the folder of reports, or a folder that isnad corpus wrote.",
            parser=addresses.given,
        ),
    ],
    out: Annotated[Path, typer.Option(help="The table to write: .csv, .xlsx or .parquet.")],
    names: Annotated[
        Path | None,
        typer.Option(help="Names that are the same, or are not; by default names.csv beside reports.", readable=False),
    ] = None,
    machine: Machine = False,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """Write who is quoted in many articles: one row per person, organisation or group, with titles, outlets, counts, examples."""
    with call(debug) as failures:
        ending = quoted_files.checked(out)
        arguments.standard_input_once(path)
        corpora = [each for each in path if (each / RUN).is_file()]
        needs = {"exchange": ending != ".csv", "corpus": corpora or each_article.for_a_corpus(path)}
        if wanted := [extra for extra, needed in needs.items() if needed]:
            extras.needed(*wanted)
        if names and not names.exists():
            raise InputError(f"{names}: there is no such file; check the name")
        file = names or paths.names()
        no_input(out, [*path, file])
        decided = name_decisions.read(file) if file and (names or file.exists()) else name_decisions.Decisions()
        counted = _Counted(Tally(decided), readings.known(), failures, machine, several=len(path) > 1)
        for each in path:
            if each in corpora:
                counted.corpus(each)
            elif each.is_dir() and (reports := report_folders.inside(each)):
                counted.reports(reports)
            else:
                counted.read(each, asked)
        if not counted.articles:
            if failures.count:
                return
            raise InputError("no article is read; name articles, reports, or a folder that isnad corpus wrote")
        no_input(out, counted.files)
        _outside(out, counted.folders)
        rows, missing = counted.tally.rows()
        quoted_files.write(out, rows)
        if missing:
            tell(f"{file}: warning: {_missing(missing)}")
        print(invisible.shown(f"{out}: {_summary(rows, counted.articles)}"))


def _missing(names: list[str]) -> str:
    """Which decided names are in no article."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    some = ", ".join(names[:NAMED]) + more
    return f"names that are in no article here: {len(names):,} ({some}); write each as the table has it"


def _summary(rows: list[Quoted], articles: int) -> str:
    """What is in the table, in a line."""
    unnamed = [row for row in rows if not row.name]
    statements, theirs = (sum(row.statements for row in each) for each in (rows, unnamed))
    distinct = sum(row.distinct_statements for row in rows)
    said = f"articles: {articles:,}; people, organisations and groups quoted: {len(rows) - len(unnamed):,}"
    copies = f" ({distinct:,} distinct, the others copies)" if distinct < statements else ""
    return f"{said}; statements: {statements:,}{copies}, of which {theirs:,} by documents and sources not named (the last rows)"


def _outside(out: Path, folders: list[Path]) -> None:
    """Raises InputError where a file that is there already is in one of these folders: their files are read."""
    if out.exists() and (inside := [each for each in folders if each.resolve() in out.resolve().parents]):
        raise InputError(f"{out}: a file of {inside[0]}, which is read here; name another file with --out")


class _Counted:
    """The articles of one call as they are added up: a number each, and each once.

    files, folders    what was read: the files of articles, reports and corpora
    """

    def __init__(self, tally: Tally, known: Known, failures: Failures, machine: bool, several: bool) -> None:
        self.tally, self.articles = tally, 0
        self.files, self.folders = set[Path](), list[Path]()
        self._known, self._failures, self._machine = known, failures, machine
        self._several = several  # where a corpus is not all: else nobody asks for its ids
        self._numbers, self._before = 0, dict[str, Path | str]()

    def read(self, path: Path, options: Options) -> None:
        """Read articles, and add what they quote."""
        for place, load in each_article.loaders([path], options, tell):
            with self._failures.caught(place):
                article = warned(load())
                self.files.add(article.path)
                if not self._machine:
                    behind(article)
                self._add(quoted_articles.told(readings.read(article, self._known, self._machine)), place)

    def reports(self, folders: list[Path]) -> None:
        """Add what reports quote."""
        self.folders += folders
        for folder in folders:
            with self._failures.caught(folder):
                self._add(report_folders.told(folder, self._known), folder)

    def corpus(self, folder: Path) -> None:
        """Add what a corpus quotes."""
        from helpers.corpus import quoted as of_corpus  # DuckDB

        self.folders.append(folder)
        with self._failures.caught(folder):
            found = of_corpus.Corpus(folder)
            for article_id in found.ids() if self._several else ():
                self._once(article_id, folder)
            for part in found.parts(self.tally.decisions, self._numbers):
                self.tally.add(part)
            self.articles += found.articles
            self._numbers += found.numbers
            if not found.complete:
                tell(f"{folder}: warning: this corpus is not complete; run `isnad corpus` again to resume it")

    def _add(self, article: Told, place: Path | str) -> None:
        self._once(article.article_id, place)
        for part in quoted_articles.parts_of(article, self._numbers, self._known, self.tally.decisions):
            self.tally.add(part)
        self.articles += 1
        self._numbers += 1

    def _once(self, article_id: str, place: Path | str) -> None:
        """Raises InputError for an article that was added before."""
        before = self._before.setdefault(article_id, place)
        if before is not place:
            raise InputError(
                f"{place}: {article_id!r} is counted already, from {before}; an article counts once, and another one of this id needs another name"
            )
