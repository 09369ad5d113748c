"""There are no unused phrases: pages of very different articles are made, and the phrases that they use are recorded."""

import itertools
import re
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure
from msgspec import structs

from helpers import charts, readings
from helpers.analysis import frames, sizes, workbooks
from helpers.analysis.audit import UNSURE
from helpers.charts import gallery
from helpers.files import paths
from helpers.lexicon import entries
from helpers.records import claims, sources
from helpers.records.actors import PerhapsNamed
from helpers.records.claims import Claim
from helpers.records.curated import of as count_curated
from helpers.report import (
    downloads,
    front_page,
    html_tables,
    interface,
    notebook_pages,
    report_list,
    translation_memory,
    views,
)
from helpers.report.translation_memory import OPEN
from helpers.text import articles
from tests import showing, unsaid
from tests.conftest import SEED
from tests.test_charts import made_up
from tests.test_corpus_charts import much
from tests.test_invisible import KNOWN, run
from tests.test_translations import phrases, prose
from tests.test_web_pages import WARNINGS
from tests.test_word_documents import LEFT_OUT

BUSY = (
    "قال الوزير سالم النجار في 5 مايو 2020 إن الطريق فُتح قبل 20 عاما. وبعد يومين عاد، وقبل يومين هُدم، وبُني قبل 2023 عاما أو قبل 9000 عام، وكان الجسر في التسعينيات.\n"
    "يقال إن إيران خسرت. ويقال إن روسيا تعلم. ويُعتقد أن طالبان عادت.\n"
    "وبحسب مصادر لم تسمها فإن إيران خسرت. وأعلنت الشركة أن الخط توقف. وأكد أن روسيا تعلم. وأعلنت موسكو أن الجسر مفتوح.\n"
)
NO_NAME = "وقالت مصادر مطلعة إن إيران خسرت."
RECEIVED = (
    "text in Windows-1256",
    "from standard input",
    "text in UTF-16, from standard input",
    "text in Windows-1256, detected, from standard input",
    "text in Windows-1256, as specified by the user, from standard input",
    "a saved web page in UTF-8, the article extracted by trafilatura, from standard input",
    "a Word document",
    "a Word document, from standard input",
    "a PDF of one page, its text layer",
    "a PDF of one page, its text layer, from standard input",
    "a PDF of 3 pages, its text layer",
    "a PDF of 3 pages, its text layer, from standard input",
    "an Excel workbook",
    "an Excel workbook, its sheet “مقالات”",
    "text in Windows-1256, detected",
    "text in Windows-1256, as specified by the user",
    "a saved web page in UTF-8, the article extracted by trafilatura",
    "fetched from news.example at 2024-03-07 10:00 UTC",
    "text in Windows-1256, fetched from news.example at 2024-03-07 10:00 UTC",
    "text in Windows-1256, detected, fetched from news.example at 2024-03-07 10:00 UTC",
    "text in Windows-1256, as specified by the user, fetched from news.example at 2024-03-07 10:00 UTC",
    "a saved web page in UTF-8, the article extracted by trafilatura, fetched from news.example at 2024-03-07 10:00 UTC",
    "a Word document, fetched from news.example at 2024-03-07 10:00 UTC",
    "a PDF of one page, its text layer, fetched from news.example at 2024-03-07 10:00 UTC",
    "a PDF of 3 pages, its text layer, fetched from news.example at 2024-03-07 10:00 UTC",
)


def of_every_kind(reading):
    """The reading with its claims and sources of every kind in turn, read by two annotators."""
    acts, stances, forms = map(itertools.cycle, (entries.ACTS, entries.STANCES, claims.CUE_FORMS))
    kinds, raters = (
        itertools.cycle(sources.SOURCE_KINDS),
        itertools.cycle(("A. Reader", "the project: one that says so in English")),
    )

    def other(claim: Claim) -> Claim:
        said = {"act": next(acts), "stance": next(stances), "cue_form": next(forms)} if claim.attributed else {}
        said |= {"confidence": UNSURE / 2} if claim.confidence else {}
        return structs.replace(claim, rater=next(raters), rated_on="2024-01-01", **said)

    others = tuple(structs.replace(each, kind=next(kinds)) for each in reading.sources)
    return replace(reading, claims=tuple(map(other, reading.claims)), sources=others)


def known_by_all(reading):
    """The reading with its actors known in every way in turn, and names that are perhaps of one for all sorts of reasons."""
    ways = itertools.cycle(entries.FOUND_BY)
    by_id = {key: replace(actor, found_by=next(ways)) for key, actor in reading.actors.by_id.items()}
    why = tuple(key.removeprefix("evidence.") for key in interface.load("en").phrases if key.startswith("evidence."))
    perhaps = tuple(
        PerhapsNamed(replace(by_id[mention.actor_id], type=kind, score=0.2, why=why), (mention,))
        for kind, mention in zip(entries.ACTOR_TYPES, reading.mentions, strict=False)
    )
    return replace(reading, actors=replace(reading.actors, by_id=by_id), perhaps=perhaps)


def curated(reading, how_many, who, **graded):
    """The reading with its first attributed claims decided on in every way in turn, by somebody; the last of them without a cue."""
    left, statuses = itertools.count(1), itertools.cycle(("accepted", "changed", "added"))

    def decided(claim):
        if not claim.attributed or next(left) > how_many:
            return structs.replace(claim, status="unreviewed" if claim.attributed else None)
        by = {"status": next(statuses), "annotator": who, "decided_at": "2024-01-01T00:00:00Z", "made_by": "people"}
        return structs.replace(claim, **by, **graded)

    found = tuple(map(decided, reading.claims))
    last = [claim.claim_id for claim in found if claim.decided][-1:]
    found = tuple(structs.replace(c, cue=(), cue_form=None) if c.claim_id in last else c for c in found)
    how_far = count_curated(found)
    return replace(reading, claims=found, curated=how_far, claims_from=how_far.claims_from)


def machine(text, name, about=None, warnings=()):
    article = articles.from_text(text, name, paths.home() / f"{name}.txt", about=about or {}, warnings=warnings)
    return readings.read(article, KNOWN, machine=True)


def everybody():
    """Names of more actors than a chart has rows for, each in two sentences."""
    names = [actor.name_ar for actor in KNOWN.actors.by_id.values()][:40]
    return "".join(f"وقالت {one} إن {other} هنا. " for one, other in [*itertools.pairwise(names)] * 2)


# Every table that the project keeps, as a workbook that could not hold all of it.
SAVED = downloads.Downloads(
    tuple(downloads.Saved(path.stem, 1, 1) for path in sorted((paths.home() / "data" / "tables").glob("*.csv"))),
    size=downloads.MEGA,
    changed=workbooks.Changed(1, 1),
)


class Asked(dict):
    """The phrases of the interface, which note the keys that are asked for."""

    def __init__(self, phrases, keys):
        super().__init__(phrases)
        self.keys_asked = keys

    def __getitem__(self, key):
        self.keys_asked.add(key)
        return super().__getitem__(key)


def numbered(path, may_be_open=True):
    """The phrases of a file; those of the project with their number for Arabic, so that it is seen where they are said."""
    found = READ(path, may_be_open)
    if not may_be_open:
        return found
    return {en: f"⟪{n}⟫" + "".join(gap[0] for gap in OPEN.finditer(en)) for n, en in enumerate(found)}


READ = translation_memory.phrases
BY_THEIR_OWN = (
    "finding.",
    "by_machine.finding.",
    "by_machine.word.",
    "share_",
    "word.",
    "time.",
)  # test_findings and test_show ask for all of these


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """The keys of the interface that pages ask for, and the numbers of the phrases that are said in Arabic."""
    folder, keys, made = tmp_path_factory.mktemp("reports"), set(), []
    real = {lang: interface.load(lang) for lang in interface.LANGS}
    by_people = readings.read(articles.load(SEED), KNOWN)
    nothing = replace(machine("فُتح الطريق قبل 20 عاما.", "nothing"), claims_from="people", claims=(), sources=())
    about = {"url": "https://paper.example/1", "published": "2024-05-05", "published_basis": "the page's own metadata"}
    about |= {"forwarded_from": "وكالة الميناء", "edited": "2024-05-06T10:00:00", "reply_to_message_id": "7"}
    busy = of_every_kind(known_by_all(machine(BUSY + everybody(), "busy", about, (*WARNINGS, *LEFT_OUT))))
    glossed = machine(NO_NAME, "glossed")
    glossed = replace(glossed, claims=tuple(structs.replace(claim, gloss_en="in English") for claim in glossed.claims))
    only_front = [of_every_kind(by_people), unsaid.reading(), glossed]
    reviewed = curated(machine(BUSY, "reviewed"), 99, "A. Reader")
    grade = {"credibility": 2, "rationale": "I was there", "rater": "B. Reader"}
    only_front += [
        curated(machine(BUSY, "graded"), 2, "A. Reader", **grade),
        curated(machine(BUSY, "nameless"), 99, None),
    ]
    only_front += [curated(machine(BUSY, f"project-{n}"), n, "the project") for n in (1, 99)]
    differing = curated(machine(BUSY, "differing"), 1, "A. Reader")
    one = [claim.claim_id for claim in differing.claims if claim.attributed and not claim.decided][:1]
    offered = (
        structs.replace(c, annotator="B. Reader", made_by="people") if c.claim_id in one else c
        for c in differing.claims
    )
    only_front.append(replace(differing, claims=tuple(offered)))
    only_front += [machine(NO_NAME, f"received-{n}", {"received": how}) for n, how in enumerate(RECEIVED)]
    only_front.append(machine("عاد بروس هوفمان إلى المدينة مساء أمس.", "outlet"))  # about a person, without a source
    only_front.append(machine("وقال المدرب إن الهدف لا يتوافق مع القاعدة.", "rule"))  # al-Qaeda, or the rule
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation_memory, "phrases", numbered)
        patch.setenv("ISNAD_REPORTS", str(folder))
        patch.setattr("helpers.analysis.table_files.KEPT_TABLES", str(folder / "tables"))
        memories = {
            id(each): translation_memory.load(each) for each in (by_people, nothing, busy, reviewed, *only_front)
        }
        patch.setattr(interface, "load", lambda lang: interface.Interface(lang, Asked(real[lang].phrases, keys)))
        report_list.write(folder)
        stored = {path: nbformat.read(path, 4) for path in paths.notebooks()}
        for n, reading in enumerate((by_people, nothing, busy, reviewed, *only_front)):
            patch.setattr(articles, "load", lambda path, found=reading: found.article)
            patch.setattr(readings, "read", lambda article, before=None, machine=False, found=reading: found)
            ran = stored if reading is by_people else {}
            if any(reading is each for each in (nothing, busy, reviewed)):
                ran = {path: run(path, reading) for path in paths.notebooks()}
            target, memory = folder / f"r{n}", memories[id(reading)]
            target.mkdir()
            pages = notebook_pages.titles(ran, memory)
            for path, notebook in ran.items():
                notebook_pages.write(reading, path, notebook, target, pages, memory)
            front_page.write(reading, KNOWN, target, pages, memory)
            downloads.fill(target, SAVED, pages, {})
            made += [showing.view(each, reading, "ar", memory) for each in views.VIEWS]
        long = pd.DataFrame({"n": range(html_tables.MOST_ROWS + 1)})
        made.append(showing.table(long, "Mentions per actor", showing.page("ar", memory)))
        for flag in (True, False):
            made.append(showing.table(pd.DataFrame({"named": [flag]})))
        keys.add(sizes.corpus({}).key)
        never_together = made_up(2)
        apart = charts.named_together(frames.together(never_together, at_least=1), never_together)
        of_article = gallery.figures(by_people).values()
        for figure in (*of_article, *much(0), *much(30), Figure(), Figure(label="A map"), apart):
            for lang in interface.LANGS:
                interface.load(lang).text(charts.alt(figure))
        report_list.write(folder)
    made += [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
    return keys, {int(n) for n in re.findall(r"⟪(\d+)⟫", "".join(made))}


FORM = re.compile(r"[.](zero|one|two|few|many)$")  # of a plural: which of them is said depends on a number


def test_every_phrase_of_the_interface_is_on_some_page(said):
    asked = {FORM.sub("", key) for key in said[0]}
    known = {FORM.sub("", key) for key in interface.load("en").phrases if not key.startswith(BY_THEIR_OWN)}
    assert known - asked == set()


def test_every_phrase_with_its_arabic_is_said_by_some_notebook_chart_or_table(said):
    known = list(phrases())
    left = [en for n, en in enumerate(known) if n not in said[1] and en not in set(prose())]
    assert left == [], left
