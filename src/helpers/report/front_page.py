"""The front page of a report: what an editor keeps open while deciding what to print, in English and in Arabic.

It is one file in each language, with a style sheet and a small script of its own; everything can be read without the
script. `reports` puts it beside the pages of the notebooks.
"""

import base64
import hashlib
from collections import Counter
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

import helpers
from helpers.analysis import briefs
from helpers.extraction import times
from helpers.files import paths
from helpers.lexicon import entries
from helpers.readings import Known
from helpers.records.basis import Basis
from helpers.records.readings import Reading
from helpers.records.sources import CREDIBILITY, RELIABILITY
from helpers.report import cards, highlighting, messages, reasons
from helpers.report.cards import Desk
from helpers.text import invisible, metadata

WRITTEN = ("published_basis", "language", "note", "received")  # of a sidecar: in a language, other than names
EXPECTED = ("title", "outlet", "author", "published")


def policy(style: str, script: str = "") -> str:
    """What a page may load and run: its own style sheet and script, known by their sums, images in it; nothing else."""
    runs = f" script-src '{_sum(script)}';" if script else ""
    return f"default-src 'none'; img-src data:;{runs} style-src '{_sum(style)}'; base-uri 'none'; form-action 'none'"


def _sum(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def environment() -> Environment:
    """The pages' templates, with what every one of them needs. A text that a template does not set shows invisible characters."""
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
    found.filters["shown"] = lambda text: Markup(invisible.escape(str(text)))
    found.filters["ar"] = lambda text: Markup(highlighting.arabic(text))
    return found


def page(template: str, **values: object) -> str:
    """A page of a report. Whatever its texts hold and whoever wrote them, it has no invisible character."""
    return invisible.shown(environment().get_template(template).render(values))


def framed(said: messages.Interface, style: str, script: str) -> dict[str, object]:
    """What every page with a script needs in its frame, in a language."""
    return {
        "said": said,
        "files": messages.FILES,
        "other": "ar" if said.lang == "en" else "en",
        "policy": policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "version": helpers.__version__,
    }


def sheet(*names: str) -> str:
    """Files of `templates` as one text."""
    return "\n".join((paths.templates() / name).read_text(encoding="utf-8") for name in names)


def write(
    reading: Reading,
    known: Known,
    folder: Path,
    pages: dict[str, list[tuple[str, str]]],
    arabic: cards.Arabic,
) -> None:
    """Write index.html and ar.html of one article, and `report.json`, what the list of reports says of it.

    pages    by language, file and title of the other pages of the report
    arabic   what an English text is in Arabic, where that is known (see `phrasebook`)
    """
    brief, about = briefs.brief(reading), reading.article.about
    style, script = sheet("style.css", "dark.css", "front.css"), sheet("front.js")
    found_times = times.find(reading.article)
    for lang in messages.LANGS:
        said = messages.load(lang)
        desk = Desk(reading, known.cues, known.vocabulary, said, arabic)
        html = page(
            "front.html.j2",
            **framed(said, style, script),
            reading=reading,
            article=reading.article,
            machine=reading.claims_from == "machine",
            measured=_measured(said),
            raters=cards.raters(reading, said, arabic),
            headline=headline(reading),
            headline_known="title" in about,
            gloss=" ".join(c.gloss_en or "" for c in reading.claims if c.sentence == 1),
            known=[
                (key, desk.put(about[key]) if key in WRITTEN else desk.kept(about[key]))
                for key in metadata.KNOWN
                if key in about and not key.endswith("_ar")
            ],
            warnings=[desk.put(said) for said in reading.article.warnings],
            missing=[key for key in EXPECTED if key not in about],
            brief=brief,
            bases=list(Basis),
            most=briefs.MOST,
            desk=desk,
            who=cards.who,
            name=cards.name,
            told=reasons.in_words,
            number=highlighting.number,
            printed=highlighting.printed,
            reliability=RELIABILITY,
            credibility=CREDIBILITY,
            grades=entries.grades(),
            paragraphs=_paragraphs(desk),
            register=cards.register(desk),
            named=_named(desk),
            times=found_times,
            pages=pages[lang],
        )
        (folder / messages.FILES[lang]).write_text(html, encoding="utf-8")
    (folder / "report.json").write_text(invisible.as_json(summary(reading, brief)), encoding="utf-8")


def headline(reading: Reading) -> str:
    """The article's headline, or its first sentence where it came without one."""
    first = reading.article.sentences[0]
    return reading.article.about.get("title") or reading.article.text[first.start : first.end]


def summary(reading: Reading, brief: briefs.Brief) -> dict[str, object]:
    """What the list of reports says of one: shares are 0 to 1, dates as in the sidecar, texts as they are."""
    about = reading.article.about
    return {
        "schema": 2,
        "article_id": reading.article.article_id,
        "sha256": reading.article.sha256,
        "title": headline(reading),
        "outlet": about.get("outlet", ""),
        "published": about.get("published", ""),
        "inferred": [about[key] for key in ("published_earliest", "published_latest") if key in about],
        "made_by": reading.claims_from,
        "claims": len(reading.claims),
        "sources": len(reading.sources),
        "shares": brief.shares,
        "version": helpers.__version__,
    }


def _measured(said: messages.Interface) -> str:
    found = messages.measured()
    whole = {key: round(found[key] * 100) for key in ("precision", "recall")}
    parts = {key: f"{found[key]:.2f}" for key in ("f1", "low", "high")}
    return said("measured", articles=int(found["articles"]), **whole, **parts)


def _paragraphs(desk: Desk) -> list[tuple[int, Markup, list[cards.Card]]]:
    """Each paragraph with its number, its marked text, and the cards of the claims that begin in it."""
    reading, found = desk.reading, []
    layers, by_paragraph = highlighting.layers(reading, desk.said.lang, desk.arabic), {}
    for card in cards.cards(desk):
        by_paragraph.setdefault(card.claim.paragraph, []).append(card)
    label = desk.said("claim", n="{n}")
    for place in reading.article.paragraphs:
        here = by_paragraph.get(place.number, [])
        claims = [card.claim for card in here]
        text = highlighting.marked(
            reading, claims, layers.get(place.number, []), place.start, place.end, label, claim_ids=True
        )
        found.append((place.number, Markup(text), here))
    return found


def _named(desk: Desk) -> list[tuple[str, str, str, int, float, bool]]:
    """The actors by mentions: id, name in the page's language, Arabic name, mentions, share of the most, picked by a user."""
    counts = Counter(mention.actor_id for mention in desk.reading.mentions).most_common()
    most = counts[0][1] if counts else 1
    by_id = desk.actors.by_id
    return [(a, desk.actor(a), by_id[a].name_ar, n, n / most, by_id[a].own) for a, n in counts]
