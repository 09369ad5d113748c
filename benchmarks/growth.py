"""Whether time grows no faster than the text: each adversarial shape at n and 2n characters, through each stage.

A ratio of 3 or more is measured again, and the shortest time of each size counts, to exclude the effect of other work
on the machine. A shape that is refused (InputError) at either size is bounded, and shown as such. The exit status is 1
if a ratio remains too high. Run it with `make bench-growth` (ARGS="quotations 'one line' --stage read").
"""

import argparse
import contextlib
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from helpers import readings
from helpers.analysis import audit, frames, shares
from helpers.charts import gallery
from helpers.corpus import partition
from helpers.extraction import claims, mentions, sources, suggestions, times
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.inputs import arguments, input_articles, json_lines, listing, stretches, survey
from helpers.lexicon import entries
from helpers.records import codec
from helpers.records.readings import Reading
from helpers.report import claims_html, front_page, interface, reasons_to_check, translation_memory
from helpers.text import articles, encodings, punctuation, web_pages

SIZE = 60_000  # characters of the smaller text
MOST = 3.0  # highest ratio of the times for 2n and n characters
LEAST = 0.05  # seconds: shorter times at 2n cannot be distinguished from noise
LONGEST = 10.0  # seconds after which an input must be refused
AGAIN = 3  # number of times that a suspicious ratio is measured again
SLOW = {"tables": 4, "charts": 4, "markup": 4, "front": 4}  # stages that get only a fraction of the characters
HERE = Path("growth.html")
LINKED = '<script type="application/ld+json">'
KNOWN = readings.known()
Shape = Callable[[int], str]
Run = Callable[[], object]


def over(*units: str, between: str = " ") -> Shape:
    """The units in turn, repeated up to a length."""
    return lambda n: "".join(_upto(n, (unit + between for unit in cycle(units))))


def counted(unit: str) -> Shape:
    """A unit with a running number in it, so that no two are the same."""
    return lambda n: "".join(_upto(n, (unit.format(n=_name(at), m=at) for at in range(n))))


def then(first: Shape, second: Shape, between: str = " ") -> Shape:
    """One shape for half of the length, then another one."""
    return lambda n: first(n // 2) + between + second(n // 2)


def nested(opens: str, inside: str, closes: str) -> Shape:
    """As many opening marks as closing ones."""
    return lambda n: (
        opens * (n // (2 * len(opens + inside))) + inside + (closes + inside) * (n // (2 * len(closes + inside)))
    )


def _upto(n: int, units: Iterator[str]) -> Iterator[str]:
    length = 0
    for unit in units:
        length += len(unit)
        if length > n:
            return
        yield unit


def _name(at: int) -> str:
    """A different word of five Arabic letters for each number, in no lexicon."""
    letters = "بتجدرزسشصضطظغفقكلمنهخذ"
    at = at * 2_654_435_761 % len(letters) ** 5
    return "".join(letters[at // len(letters) ** place % len(letters)] for place in range(5))


def _column(name: str, column: str, **wanted: str) -> list[str]:
    with paths.lexicon(name).open(encoding="utf-8") as file:
        columns = tuple(file.readline().strip().split(","))
    table = csv_rows.read(paths.lexicon(name), columns)
    return [row[column] for row in table if all(row[key] in value.split() for key, value in wanted.items())]


def texts() -> dict[str, Shape]:
    """The shapes of plain text, by name."""
    said = "قال الوزير إن الطريق إلى المدينة مفتوح منذ أمس."
    forms = _column("cue_forms.csv", "form", part="perfect imperfect participle masdar particle phrase")
    roles = "preposition begins_clause adverb time auxiliary negation relative pronoun governs object_head that_pronoun"
    marks = punctuation.marks().families
    every = [actor.name_ar for actor in entries.actors().by_id.values()]
    found = {
        "press": lambda n: (("\n".join(_press()) + "\n") * (n // 100_000 + 1))[:n],
        "one long line": over(said),
        "many paragraphs": over(said, between="\n"),
        "paragraphs of one word": over("نعم", between="\n"),
        "one long word": over("قال", between=""),
        "different words": counted("{n} "),
        "cues: one": over("قال"),
        "cues: all": over(*forms),
        "cues with that": over("قال إن", "أكد أن", "أضاف أن"),
        "cues with a noun": over("حذر من", "دعا إلى", "نفى وجود", "رفض"),
        "cues, one content": lambda n: over(*forms)(n - 60) + " إن الطريق إلى المدينة مفتوح.",
        "cues with a quotation": over("قال: «نعم"),
        "cues, each a sentence": over("قال إن الطريق مفتوح."),
        "cues of somebody new": counted("قال {n}ي {n} إن الطريق مفتوح. "),
        "verbs after commas": over("، قال الوزير", "، كما قال", "بحسب الوزير"),
        "relayed": over("نقلت الوكالة عن الوزير قوله إن", "نقل عن"),
        "phrases": over("على حد قوله", "في رأي الوزير", "جاء في بيان الوزارة أن"),
        "turns of an interview": over("الوزير: نعم", "الصحيفة: متى", between="\n"),
        "headlines": over("وزير المالية: لا ضرائب جديدة هذا العام", between="\n"),
        "titles": over(*_column("source_nouns.csv", "noun", kind="person")),
        "titles with names": counted("الوزير {n} بن {n}ي، "),
        "names: one": over("طالبان"),
        "names: all": over(*every),
        "names: all, with cues": over(*(f"قال {name} إن" for name in every)),
        "names: of nobody": counted("{n} {n}ان "),
        "names: recurring": lambda n: counted("{n} {n}ان ")(n // 2) + counted("{n} {n}ان ")(n // 2),
        "bodies": counted("حركة ال{n} ال{n}ية. "),
        "bodies in quotation marks": counted("حركة «{n} ال{n}ية» "),
        "numbers": over("5,000", "12.5", "٣٣٪"),
        "numbers: a long one": over("1.", between=""),
        "times": over(*_column("times.csv", "form")),
        "dates": over("26 آب/أغسطس 2021", "قبل 20 عامًا", "عام 2020"),
        "times, then cues": then(over("أمس", "مساء"), over("قال إن")),
        "times, then cues in a sentence of its own": then(over("أمس", "مساء"), over("قال إن"), ". "),
        "auxiliaries, then cues": then(over("كان"), over("قال إن")),
        "as said, then auxiliaries": then(over("كما قال"), over("كان")),
        "commas": over("،", between=""),
        "commas and words": over("نعم،"),
        "colons": over(":", between=""),
        "colons and words": over("الوزير:"),
        "full stops": over(".", between=""),
        "full stops and letters": over("د.", between=""),
        "ellipses": over("…", between=""),
        "dashes": over("-", between=""),
        "dashes and words": over("داعش –"),
        "brackets": nested("(", "نعم ", ")"),
        "brackets that never close": over("(نعم"),
        "spaces": over(" ", between=""),
        "no-break spaces": over("\u00a0", between=""),
        "line ends": over("\n", between=""),
        "carriage returns": over("\r\n", between=""),
        "line separators": over("\u2028نعم", between=""),
        "tabs": over("\tنعم", between=""),
        "vowel marks on one letter": over("\u0650", between=""),
        "combining marks in disorder": over("\u0651\u064e\u0650", between=""),
        "combining marks that stay": over("\u0316\u0301", between=""),
        "tatweel": over("ـ", between=""),
        "zero-width non-joiners": over("\u200c", between=""),
        "controls of direction": over("\u202e", "\u2066", "\u200f", between=""),
        "controls and words": over("\u202eنعم\u202c"),
        "ligatures": over("ﷺ"),
        "presentation forms": over("\ufed7\ufe8e\ufedd"),
        "emoji": over("🙂", "👩\u200d👩\u200d👧", between=""),
        "Latin": over("The minister said that the road is open."),
        "underscores": over("_", between=""),
        "words and digits": over("نعم1", between=""),
        "addresses": over("https://example.org/a.b?c=d&e=f"),
    }
    found |= {f"only {role}": over(*_column("words.csv", "word", role=role)) for role in roles.split()}
    for mark in marks:
        found[f"{mark} alone"] = over(mark, between="")
        found[f"{mark} never closed"] = over(f"قال {mark}نعم")
        found[f"{mark} each paragraph anew"] = over(f"{mark}نعم", between="\n")
    for opens, closes in ("«»", "“”", "()", "[]"):
        found[f"{opens}{closes} nested"] = nested(opens, "قال ", closes)
        found[f"{opens}{closes} quoted"] = over(f"قال الوزير {opens}نعم{closes}")
    return found


def _press() -> list[str]:
    files = sorted((paths.home() / "data" / "gold").glob("*.jsonl"))
    return [json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def saved_pages() -> dict[str, Shape]:
    """The shapes of web pages, by name: each has an article, too."""
    said = "".join(f"<p>قال الوزير إن الطريق رقم {n} إلى المدينة مفتوح منذ أمس وإن السير فيه حر.</p>" for n in range(9))

    def page(body: Shape, head: Shape = lambda n: "") -> Shape:
        return lambda n: f"<html><head>{head(n)}</head><body><article>{said}{body(n)}</article></body></html>"

    none: Shape = lambda n: ""  # noqa: E731
    found = {
        "many attributes": page(lambda n: f"<p {counted('a{m}=1 ')(n)}>نعم</p>"),
        "many classes": page(lambda n: f"<p class='{counted('a{m} ')(n)}'>نعم</p>"),
        "many paragraphs": page(counted("<p>نعم {n}</p>")),
        "paragraphs of a sentence": page(counted("<p>قال الوزير إن الطريق {n} مفتوح.</p>")),
        "paragraphs, all the same": page(over("<p>قال الوزير إن الطريق مفتوح.</p>", between="")),
        "many divisions": page(counted("<div>قال الوزير إن الطريق {n} مفتوح.</div>")),
        "many spans": page(counted("<span>نعم {n}</span>")),
        "spans of one paragraph": page(lambda n: f"<p>{counted('<b>نعم</b> {n} ')(n)}</p>"),
        "line breaks": page(lambda n: f"<p>{counted('نعم {n}<br>')(n)}</p>"),
        "line breaks alone": page(over("<br>", between="")),
        "links": page(counted("<a href='/{m}'>نعم {n}</a> ")),
        "links in paragraphs": page(counted("<p><a href='/{m}'>نعم {n}</a></p>")),
        "headings": page(counted("<h2>نعم {n}</h2>")),
        "headings and paragraphs": page(counted("<h2>نعم {n}</h2><p>قال الوزير إن الطريق {n} مفتوح.</p>")),
        "images": page(counted("<img src='/{m}.jpg' alt='نعم'>")),
        "deep divisions": page(nested("<div>", "نعم", "</div>")),
        "deep spans": page(nested("<span>", "نعم", "</span>")),
        "deep lists": page(nested("<ul><li>", "نعم", "</li></ul>")),
        "deep quotations": page(nested("<blockquote>", "نعم", "</blockquote>")),
        "deep tables": page(nested("<table><tr><td>", "نعم", "</td></tr></table>")),
        "lists": page(counted("<ul><li>نعم {n}</li></ul>")),
        "items of one list": page(lambda n: f"<ul>{counted('<li>نعم {n}</li>')(n)}</ul>"),
        "quotations": page(counted("<blockquote>نعم {n}</blockquote>")),
        "tables": page(counted("<table><tr><td>نعم {n}</td></tr></table>")),
        "rows of one table": page(lambda n: f"<table>{counted('<tr><td>نعم {n}</td></tr>')(n)}</table>"),
        "tags never closed": page(over("<p>", between="")),
        "tags never closed, bold": page(over("<b>نعم", between="")),
        "tags never opened": page(over("</p></b></div>", between="")),
        "tags that cross": page(over("<b><i>نعم</b></i>", between="")),
        "tags cut short": page(over("<p", between="")),
        "attributes cut short": page(over('<a b="', between="")),
        "less-than signs": page(over("<", between="")),
        "entities": page(over("&amp;&#1602;&nbsp;", between="")),
        "entities that are none": page(over("&", between="")),
        "comments": page(over("<!-- نعم -->", between="")),
        "comments never closed": page(over("<!--", between="")),
        "one long comment": page(lambda n: f"<!--{over('نعم')(n)}-->"),
        "scripts": page(none, over("<script>var a = 1;</script>", between="")),
        "one long script": page(none, lambda n: f"<script>{over('if (a<b && c>d) { e = 1; }')(n)}</script>"),
        "meta elements": page(none, counted("<meta name='a{m}' content='نعم'>")),
        "meta elements of the author": page(none, counted("<meta name='author' content='{n}'>")),
        "meta elements of the date": page(none, counted("<meta property='article:published_time' content='x{m}'>")),
        "meta elements of tags": page(none, counted("<meta property='article:tag' content='{n}'>")),
        "links of the head": page(none, counted("<link rel='x' href='/{m}'>")),
        "one long title": page(none, lambda n: f"<title>{over('نعم')(n)}</title>"),
        "one long title with strokes": page(none, lambda n: f"<title>{over('نعم |')(n)}</title>"),
        "one long title of spaces": page(none, lambda n: f"<title>نعم{over(' ', between='')(n)}نعم</title>"),
        "titles": page(none, over("<title>نعم</title>", between="")),
        "one long author": page(none, lambda n: f"<meta name='author' content='{counted('{n}, ')(n)}'>"),
        "one long date": page(none, lambda n: f"<meta name='date' content='{over('2021-')(n)}'>"),
        "one long address": page(
            none, lambda n: f"<link rel='canonical' href='http://a.b/{over('c/', between='')(n)}'>"
        ),
        "JSON-LD: one long text": page(none, _linked(lambda n: {"articleBody": over("نعم")(n)})),
        "JSON-LD: one long author": page(none, _linked(lambda n: {"author": counted("{n} {n}, ")(n)})),
        "JSON-LD: many authors": page(
            none, _linked(lambda n: {"author": [{"@type": "Person", "name": f"{_name(m)} ب"} for m in range(n // 40)]})
        ),
        "JSON-LD: many persons": page(
            none, _linked(lambda n: {"@graph": [{"@type": "Person", "name": f"{_name(m)} ب"} for m in range(n // 40)]})
        ),
        "JSON-LD: many things": page(
            none, _linked(lambda n: {"itemList": [{"@type": "ListItem", "name": _name(m)} for m in range(n // 40)]})
        ),
        "JSON-LD: nested": page(none, _linked(lambda n: _deep(min(n // 6, 900)))),
        "JSON-LD: blocks": page(none, counted(f'{LINKED}{{{{"@type": "Person", "name": "{{n}} ب"}}}}</script>')),
        "JSON-LD: one number": page(none, lambda n: f"{LINKED}{'9' * n}</script>"),
        **{
            f"JSON-LD: cut short at {unit}": page(
                none, lambda n, unit=unit: f"{LINKED}{over(unit, between='')(n)}</script>"
            )
            for unit in (
                '{"author',
                '"author": "x" ',
                '"author": {"name": "a b"} ',
                '"person" "name" ',
                '"publisher": ',
                '"@type":"Organization",',
                '"@type" ',
                '"headline": ',
                '"datePublished": "2021-',
                '"name',
                "\\u0642",
            )
        },
        "less-than signs in metadata": page(none, lambda n: f"<meta name='description' content='{'<' * n}'>"),
        "comments in metadata": page(none, lambda n: f"<meta name='description' content='{'<!--' * (n // 4)}'>"),
        "comments in an attribute": page(lambda n: f"<p class='{'<!--' * (n // 4)}'>نعم</p>"),
        "comments in a script": page(none, lambda n: f"<script>{'<!--' * (n // 4)}</script>"),
        "comments in a script, never closed": page(none, lambda n: f"<script>{'<!--' * (n // 4)}"),
        "dates in the text": page(counted("<p>2021-08-26 نعم {n}</p>")),
        "time elements": page(counted("<time datetime='x{m}'>نعم {n}</time>")),
        "date classes": page(counted("<div class='date'>نعم {n}</div>")),
        "author classes": page(counted("<span class='author'>نعم {n}</span>")),
        "footers": page(counted("<footer>نعم {n}</footer>")),
        "articles": page(counted("<article><p>قال الوزير إن الطريق {n} مفتوح.</p></article>")),
        "one long paragraph": page(lambda n: f"<p>{over('قال الوزير إن الطريق مفتوح.')(n)}</p>"),
        "one long word": page(lambda n: f"<p>{over('نعم', between='')(n)}</p>"),
        "one long run of spaces": page(lambda n: f"<p>نعم{over(' ', between='')(n)}نعم</p>"),
        "one long run of line ends": page(lambda n: "<pre>نعم" + "\n" * n + "نعم</pre>"),
        "lines of one element": page(lambda n: "<pre>" + counted("نعم {n}\n")(n) + "</pre>"),
        "combining marks": page(lambda n: f"<p>ب{over(chr(0x316) + chr(0x301), between='')(n)}</p>"),
        "dots": page(lambda n: f"<p>{over('.', between='')(n)}</p>"),
        "text outside of elements": lambda n: "<html>" + over("نعم")(n),
        "forms": page(counted("<form><input name='{m}'></form>")),
        "frames": page(counted("<iframe src='/{m}'></iframe>")),
        "ruby": page(counted("<ruby>نعم<rt>{n}</rt></ruby>")),
        "unknown elements": page(counted("<x{m}>نعم {n}</x{m}>")),
        "SVG": page(counted("<svg><path d='M{m}'/></svg>")),
    }
    return found


def _linked(made: Callable[[int], dict[str, object]]) -> Shape:
    """A block of JSON-LD with these values."""
    about = {"@context": "https://schema.org", "@type": "NewsArticle"}
    return lambda n: f"{LINKED}{json.dumps(about | made(n), ensure_ascii=False)}</script>"


def _deep(n: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for _ in range(n):
        found = {"a": found}
    return found


def archives() -> dict[str, Shape]:
    """The shapes of web archives (MHTML), by name."""
    page = (
        "<html><body><article>"
        + "<p>قال الوزير إن الطريق إلى المدينة مفتوح منذ أمس.</p>" * 9
        + "</article></body></html>"
    )
    part = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n"

    def archive(header: Shape, before: Shape) -> Shape:
        return lambda n: (
            f"MIME-Version: 1.0\n{header(n)}Content-Type: multipart/related; boundary=b\n\n{before(n)}\n--b\n{part}\n--b--\n"
        )

    none: Shape = lambda n: ""  # noqa: E731
    return {
        "archive: many headers": archive(counted("X-{m}: y\n"), none),
        "archive: one long header": archive(lambda n: f"Subject: {over('=?utf-8?q?a?=')(n)}\n", none),
        "archive: parts": archive(none, counted("--b\nContent-Type: text/x{m}\n\nx\n")),
        "archive: a part's long header": archive(none, lambda n: f"--b\nContent-Type: text/plain; {counted('a{m}=1; ')(n)}\n\nx\n"),
        "archive: a part's folded header": archive(none, lambda n: "--b\nContent-Type: text/plain;\n" + counted(" a{m}=1;\n")(n) + "\nx\n"),
        "archive: parts in parts": archive(none, lambda n: _parts(n // 50)),
        "archive: parts in parts, then lines": archive(none, lambda n: _parts(n // 250) + "x\n" * (n // 4)),
        "archive: lines": archive(none, over("--b\n\nx\n" + "x\n" * 9, between="")),
        "archive: base64": archive(none, lambda n: "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + "QUJD\n" * (n // 5)),
    }  # fmt: skip


def _parts(deep: int) -> str:
    return "--b\n" + "".join(f"Content-Type: multipart/mixed; boundary=c{at}\n\n--c{at}\n" for at in range(deep))


def stored_lines() -> dict[str, Callable[[int], bytes]]:
    """The shapes of JSON Lines, by name, as bytes."""
    return {
        "lines: records": lambda n: counted('{{"id": "{m}", "text": "قال الوزير إن الطريق مفتوح."}}\n')(n).encode(),
        "lines: empty": lambda n: b"\n" * n,
        "lines: one": lambda n: json.dumps({"id": "x", "text": over("قال الوزير")(n)}).encode(),
        "lines: no JSON": lambda n: b"{\n" * (n // 2),
        "lines: nested": lambda n: b'{"id": ' + b"[" * n + b"\n",
        "lines: one number": lambda n: b'{"id": "x", "text": "\xd9\x86", "a": ' + b"9" * n + b"}\n",
        "lines: many keys": lambda n: b'{"id": "x", "text": "a", ' + counted('"k{m}": 1, ')(n).encode() + b'"z": 1}\n',
        "lines: escapes": lambda n: b'{"id": "x", "text": "' + b"\\u0642" * (n // 6) + b'"}\n',
        "lines: bytes that are no text": lambda n: b"\xff\xfe\x80" * (n // 3),
    }


def _article(text: str) -> articles.Article:
    KNOWN.vocabulary.clear()
    return articles.from_text(f"نعم {text}", "growth", HERE)


def _read(text: str) -> Reading:
    return readings.read(_article(text), KNOWN, machine=True)


def _paragraphs(text: str) -> Run:
    article = _article(text)
    return lambda: (article.paragraphs, article.quotations, article.sentences, article.tokens, article.words)


def _claims(text: str) -> Run:
    article = _article(text)
    _ = article.tokens, article.sentences
    return lambda: claims.find(article, KNOWN.vocabulary, KNOWN.fitted)


def _mentions(text: str) -> Run:
    article = _article(text)
    _ = article.tokens, article.sentences
    return lambda: mentions.find(article, KNOWN.actors)


def _sources(text: str) -> Run:
    article = _article(text)
    made = claims.find(article, KNOWN.vocabulary, KNOWN.fitted)
    found = mentions.find(article, KNOWN.actors)
    return lambda: sources.identify(article, made, found, KNOWN.actors, KNOWN.vocabulary)


def _annotate(text: str) -> Run:
    article = _article(text)
    return lambda: json.dumps(codec.as_dict(readings.read(article, KNOWN, machine=True)), ensure_ascii=False)


def _suggest(text: str) -> Run:
    reading = _read(text)
    return lambda: suggestions.as_text(reading, suggestions.candidates(reading))


def _times(text: str) -> Run:
    article = _article(text)
    _ = article.tokens, article.sentences
    return lambda: times.find(article)


def _tables(text: str) -> Run:
    reading = _read(text)

    def made() -> None:
        table = frames.mentions(reading)
        for tally in (frames.counts, frames.spellings, frames.together):
            tally(table)
        frames.dispersion(table, len(reading.article.paragraphs))
        of_reading = (
            frames.sentences,
            frames.claims,
            frames.sources,
            frames.voices,
            shares.by_basis,
            shares.in_no_claim,
        )
        for tally in (
            *of_reading,
            shares.headlines,
            audit.by_source,
            audit.by_form,
            audit.chain,
            audit.heard,
            reasons_to_check.check_first,
        ):
            tally(reading)

    return made


def _charts(text: str) -> Run:
    reading = _read(text)
    return lambda: gallery.figures(reading)


def _rows(text: str) -> Run:
    record = input_articles.InputArticle("growth", "", "growth", f"نعم {text}")
    return lambda: partition.rows([record], 0, KNOWN, input_articles.Options(any_language=True))


def _front(text: str) -> Run:
    reading = _read(text)
    none = {lang: [] for lang in interface.LANGS}

    def made() -> None:
        with tempfile.TemporaryDirectory() as folder:
            front_page.write(reading, KNOWN, Path(folder), none, translation_memory.load(reading))

    return made


def _pages(text: str) -> Run:
    reading = _read(text)
    return lambda: (
        claims_html.article(reading, KNOWN.cues),
        claims_html.claims(reading, KNOWN.cues),
        claims_html.sources(reading),
    )


def _decode(encoding: str) -> Callable[[str], Run]:
    def prepared(text: str) -> Run:
        raw = f"نعم {text}".encode(encoding, "ignore")
        return lambda: encodings.decode(raw, HERE)

    return prepared


def _extract(name: str) -> Callable[[str], Run]:
    def prepared(page: str) -> Run:
        raw = page.encode()
        return lambda: web_pages.extract(raw, Path(name))

    return prepared


def _lines(raw: bytes) -> Run:
    def read() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "growth.jsonl"
            path.write_bytes(raw)
            for _, load in arguments.loaders([path], input_articles.Options(any_language=True)):
                with contextlib.suppress(InputError):
                    load()
            found = listing.files([str(path)], Path(folder) / "out")
            options = input_articles.Options()
            for stretch in stretches.cut(found):
                survey.of(stretch, options)
            for file in found.files:
                for _ in json_lines.articles_in(file, 0, options):
                    pass

    return read


STAGES: dict[str, Callable[[str], Run]] = {
    "decode UTF-8": _decode("utf-8"),
    "decode Windows-1256": _decode("windows-1256"),
    "paragraphs": _paragraphs,
    "mentions": _mentions,
    "claims": _claims,
    "sources": _sources,
    "annotate": _annotate,
    "suggest": _suggest,
    "times": _times,
    "rows": _rows,
    "tables": _tables,
    "charts": _charts,
    "markup": _pages,
    "front": _front,
}


def seconds(stage: Callable[[str], Run], text: object) -> float:
    """Seconds of one run, without preparation and garbage collection. Raises InputError if the input is refused."""
    run = stage(text)
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        result = run()
        took = time.process_time() - begun
    finally:
        gc.enable()
    del result
    return took


def measured(stage: Callable[[str], Run], shape: Callable[[int], object], size: int) -> tuple[float, float]:
    """The shortest times in seconds at n and at 2n. Raises InputError if the input is refused."""
    small, large = shape(size), shape(2 * size)
    one, two = seconds(stage, small), seconds(stage, large)
    for _ in range(AGAIN):
        if not too_high(one, two):
            break
        one, two = min(one, seconds(stage, small)), min(two, seconds(stage, large))
    return one, two


def too_high(one: float, two: float) -> bool:
    """Whether twice the text takes far more than twice the time, beyond noise."""
    return two >= LEAST and two >= MOST * one


def bounded(stage: Callable[[str], Run], shape: Callable[[int], object], size: int) -> bool:
    """Whether growth ends with larger texts of the shape, by a limit or a refusal, before one takes too long."""
    try:
        one = seconds(stage, shape(size))
        while one < LONGEST:
            size *= 2
            before, one = one, seconds(stage, shape(size))
            if not too_high(before, one):
                return True
    except InputError:
        return True
    return False


def every() -> Iterator[tuple[str, str, Callable, Callable]]:
    """Each shape with each of its stages: (name of the shape, name of the stage, stage, shape)."""
    for name, shape in texts().items():
        for stage, prepared in STAGES.items():
            yield name, stage, prepared, shape
    for name, shape in saved_pages().items():
        yield name, "page", _extract("growth.html"), shape
    for name, shape in archives().items():
        yield name, "page", _extract("growth.mhtml"), shape
    for name, shape in stored_lines().items():
        yield name, "lines", _lines, shape


def main() -> int:
    """Print shape, stage, seconds at n and 2n, and their ratio. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shape", nargs="*", help="parts of names of shapes; all when none is given")
    parser.add_argument("--stage", action="append", help="a stage; all when none is given")
    parser.add_argument("--size", type=int, default=SIZE, help="characters of the smaller text")
    parser.add_argument("--over", type=float, default=0.0, help="show only what takes so many seconds at 2n, or fails")
    given = parser.parse_args()
    print(f"{'shape':44} {'stage':20} {'n':>9} {'2n':>9} {'ratio':>6}   n = {given.size:,} characters")
    wrong = 0
    for name, stage, prepared, shape in every():
        if (given.shape and not any(part in name for part in given.shape)) or (
            given.stage and stage not in given.stage
        ):
            continue
        said, size = "", given.size // SLOW.get(stage, 1)
        try:
            one, two = measured(prepared, shape, size)
        except InputError:
            print(f"{name:44} {stage:20} {'refused with a word':>26}", flush=True)
            continue
        if too_high(one, two):
            is_bounded = bounded(prepared, shape, 2 * size)
            wrong += not is_bounded
            said = "  up to a bound" if is_bounded else "  TOO HIGH"
        if said or two >= given.over:
            print(f"{name:44} {stage:20} {one:9.3f} {two:9.3f} {two / one:6.2f}{said}", flush=True)
    print(f"{wrong} too high" if wrong else "no ratio is too high")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
