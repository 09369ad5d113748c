"""The front page of a report, in English and in Arabic, for an editor who decides what to print.

It is one file per language, with its own style sheet and a small script; it can be read completely without the script.
`build` puts it beside the pages of the notebooks.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

import helpers
from helpers.analysis import overview
from helpers.extraction import times
from helpers.files import paths
from helpers.lexicon import entries
from helpers.readings import Known
from helpers.records.basis import Basis
from helpers.records.readings import Reading
from helpers.records.sources import CREDIBILITY, RELIABILITY
from helpers.report import accuracy, cards, highlighting, interface, reasons_to_check
from helpers.report.source_writer import Arabic
from helpers.report.writer import Writer
from helpers.text import invisible

MOST_NAMED = 15  # actors with a bar each
TABLES = "<!-- the tables of the report -->"  # where a page has them in the end (see `downloads`)
SIGNS = {"machine": "□", "own": "◆"}  # beside an actor that no lexicon of the project has, as in charts


def policy(style: str, script: str = "") -> str:
    """A content security policy: a page may use only its own style sheet and script, by hash, and embedded images."""
    runs = f" script-src '{_sum(script)}';" if script else ""
    return f"default-src 'none'; img-src data:;{runs} style-src '{_sum(style)}'; base-uri 'none'; form-action 'none'"


def _sum(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def environment() -> Environment:
    """The Jinja environment for the templates of pages. It escapes texts and makes invisible characters visible."""
    return _environment(paths.templates())


@cache
def _environment(templates: Path) -> Environment:
    found = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        finalize=lambda value: (
            value if hasattr(value, "__html__") or not isinstance(value, str) else invisible.shown(value)
        ),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["tables"] = Markup(TABLES)
    found.filters["shown"] = lambda text: Markup(invisible.escape(str(text)))
    found.filters["ar"] = lambda text: Markup(highlighting.arabic(text))
    return found


def page(template: str, **values: object) -> str:
    """Render a page of a report. It has no invisible characters, whatever its texts contain."""
    return invisible.shown(environment().get_template(template).render(values))


def framed(said: interface.Interface, style: str, script: str) -> dict[str, object]:
    """The values that the frame of every page with a script needs, in the language of `said`."""
    return {
        "said": said,
        "files": interface.FILES,
        "other": "ar" if said.lang == "en" else "en",
        "policy": policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "version": helpers.__version__,
    }


def sheet(*names: str) -> str:
    """Files of `templates`, concatenated."""
    return "\n".join((paths.templates() / name).read_text(encoding="utf-8") for name in names)


def write(
    reading: Reading,
    known: Known,
    folder: Path,
    pages: dict[str, list[tuple[str, str]]],
    arabic: Arabic,
    workbook: str = "",
) -> None:
    """Write index.html and ar.html of one article, and `report.json`, its summary for the list of reports.

    pages    by language, file and title of the other pages of the report
    arabic   what an English text is in Arabic, where that is known (see `translation_memory`)
    workbook the file with all tables, from the folder; empty where there is none
    """
    brief = overview.overview(reading)
    style, script = sheet("style.css", "dark.css", "front.css"), sheet("front.js")
    found_times = times.find(reading.article)
    for lang in interface.LANGS:
        said = interface.load(lang).of(reading.claims_from)
        write = Writer(reading, said, known.cues, known.vocabulary, arabic)
        html = page(
            "front.html.j2",
            **framed(said, style, script),
            reading=reading,
            article=reading.article,
            machine=reading.claims_from == "machine",
            translated=any(claim.gloss_en for claim in reading.claims),
            measured=accuracy.measured(said),
            how_measured=accuracy.how_measured(said),
            headline=headline(reading),
            headline_known="title" in reading.article.about,
            byline=write.byline(),
            gloss=" ".join(c.gloss_en or "" for c in reading.claims if c.sentence == 1),
            brief=brief,
            bases=list(Basis),
            unsaid=len(reading.claims) - len(reading.asserted),
            most=overview.LISTED,
            write=write,
            in_words=reasons_to_check.in_words,
            number=highlighting.number,
            reliability=RELIABILITY,
            credibility=CREDIBILITY,
            grades=entries.grades(),
            paragraphs=[
                (n, text, [cards.card(write, claim) for claim in claims])
                for n, text, claims in write.paragraphs(claim_ids=True)
            ],
            register=cards.register(write),
            named=sorted(reading.named, key=lambda one: -one.mentions),
            perhaps=sorted(reading.perhaps_named, key=lambda one: -(one.score or 0)),
            most_named=MOST_NAMED,
            signs=SIGNS,
            times=found_times,
            pages=pages[lang],
        )
        (folder / interface.FILES[lang]).write_text(html, encoding="utf-8")
    (folder / "report.json").write_text(invisible.as_json(summary(reading, brief, workbook)), encoding="utf-8")


def headline(reading: Reading) -> str:
    """The article's headline, or its first sentence if it has none."""
    first = reading.article.sentences[0]
    return reading.article.about.get("title") or reading.article.text[first.start : first.end]


def made_by(reading: Reading) -> str:
    """The origin of a reading's claims: people, the project, a machine, or mixed."""
    of_project = reading.claims_from == "people" and reading.curated is not None and reading.curated.project
    return "project" if of_project else reading.claims_from


def summary(reading: Reading, brief: overview.Overview, workbook: str = "") -> dict[str, object]:
    """The summary of a report for the list: shares are 0 to 1, dates as in the sidecar, texts unchanged."""
    about = reading.article.about
    return {
        "schema": 2,
        "article_id": reading.article.article_id,
        "sha256": reading.article.sha256,
        "title": headline(reading),
        "outlet": about.get("outlet", ""),
        "published": about.get("published", ""),
        "inferred": [about[key] for key in ("published_earliest", "published_latest") if key in about],
        "made_by": made_by(reading),
        "claims": len(reading.asserted),
        "sources": len(reading.speaking),
        "shares": brief.shares,
        "workbook": workbook,
        "version": helpers.__version__,
    }
