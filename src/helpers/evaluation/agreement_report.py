"""Agreement as text and as JSON: figures, how the passes were made, and every disagreement in context."""

import io
import re
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from helpers.evaluation import agreement
from helpers.evaluation.agreement import CLAIM, Agreement, Difference
from helpers.evaluation.matched import OF_SOURCE, ROLES, WITHIN
from helpers.evaluation.metrics import Counts
from helpers.evaluation.passes import Pass
from helpers.records.claims import REJECTED
from helpers.text import invisible
from helpers.text.articles import Span

NAMES = ("A", "B")
CONTEXT = 40  # characters of context on each side
GAP = 60  # most characters shown between two parts of one span
LINE_WIDTH = 96
WHITE = re.compile(r"\s+")
RTL = "\u2067", "\u2069"  # right-to-left isolate, pop directional isolate
HOW = {True: "blind: saw no candidates", False: "saw candidates", None: "blind or not: not recorded"}
BLIND = "Both passes were made blind: what they agree on, each found independently."
CANDIDATES = (
    "Both annotators saw candidates. Annotators who see candidates tend to keep them, and to miss what is not among "
    "them: without candidates, agreement is lower. To measure agreement, make blind passes (isnad draft --blind)."
)
MIXED = (
    "One pass was made blind, the other with candidates: these may explain differences, and the second annotator may "
    "have missed what is not among them. To measure agreement, make two blind passes (isnad draft --blind)."
)
UNKNOWN = (
    "Whether both passes were made blind is not recorded (`blind` in article.toml). If candidates were "
    "seen, agreement without them would be lower."
)
DIFFERS = {
    CLAIM: "only one has it",
    "source_id": "who the source is",
    "source_kind": "what the source is",
    "actor_ids": "which actors the source is",
    "affiliation_ids": "for whom the source speaks",
    "source_via": "how the source is known",
    WITHIN: "nesting",
}


def how(passes: Iterable[Pass]) -> str:
    """How the passes were made, and what this implies for their agreement: one or two sentences."""
    made = {each.blind for each in passes}
    return UNKNOWN if None in made else MIXED if len(made) > 1 else BLIND if True in made else CANDIDATES


def same_hands(found: Iterable[Agreement]) -> tuple[str, ...]:
    """The annotators who made both passes of an article."""
    return tuple(sorted({name for each in found for name in each.passes[0].hands & each.passes[1].hands}))


def made(found: Sequence[Agreement]) -> list[str]:
    """Sentences on how the passes were made and by whom, and what this implies for their agreement."""
    names = " and ".join(same_hands(found))
    once = (
        f"Both passes are by {names}: two passes by one annotator agree more than two annotators do." if names else ""
    )
    return [how(one for each in found for one in each.passes), *([once] if once else [])]


def as_text(found: Sequence[Agreement], brief: bool = False) -> str:
    """The agreement as text, without colours; Arabic is on lines of its own direction.

    brief    only figures, no disagreements
    """
    printed = io.StringIO()
    page = Console(file=printed, width=LINE_WIDTH, color_system=None, force_terminal=False)
    for line in who(found):
        page.print(line, soft_wrap=True, markup=False, emoji=False)
    for said in made(found):
        page.print(f"\n{_plain(said)}", markup=False, emoji=False)
    page.print()
    page.print(_spans(agreement.counts(found)))
    page.print("F1 = 2 × both / (A + B); cues overlap by a word, other spans by half of their words\n", markup=False)
    page.print(_alphas(found))
    page.print(
        "Krippendorff's alpha over words, each in the role or not; 95 % over resampled sentences\n", markup=False
    )
    page.print(_columns(found))
    page.print("of claims that both have; status: claim or rejected, where both decided;", markup=False)
    page.print(f"{', '.join(OF_SOURCE)}: of sources that both have", markup=False)
    if len(found) > 1:
        page.print()
        page.print(_articles(found))
    lines = printed.getvalue().splitlines()
    if not brief:
        every = sum(len(each.differences) for each in found)
        lines += ["", f"disagreements: {every:,}"]
        for each in found:
            for number, group in enumerate(_by_claim(each.differences), 1):
                lines += ["", *_shown(each, number, group)]
    return "\n".join(line.rstrip() for line in lines)


def who(found: Sequence[Agreement]) -> list[str]:
    """One line per pass: its folder, its annotators, how it was made, and its number of claims."""
    return [f"{name}  {_who([each.passes[number] for each in found])}" for number, name in enumerate(NAMES)]


def _who(passes: Sequence[Pass]) -> str:
    where = ", ".join(dict.fromkeys(str(each.where if len(passes) == 1 else each.where.parent) for each in passes))
    names = "; ".join(dict.fromkeys(name for each in passes for name in each.annotators)) or "nobody is named"
    made = ", ".join(dict.fromkeys(HOW[each.blind] for each in passes))
    claims, undecided = sum(len(each.claims) for each in passes), sum(each.undecided for each in passes)
    left = f", {undecided} undecided and excluded" if undecided else ""
    rejected = sum(len(each.rejected) for each in passes)
    left = f", {rejected} rejected{left}" if rejected else left
    return f"{_plain(where)}: {_plain(names)}; {made}; {claims} claims{left}"


def _spans(counts: dict[str, Counts]) -> Table:
    table = _table("spans", "F1", "both", "A", "B")
    for measure, count in counts.items():
        value = _figure(count.f1 if count.gold + count.predicted else None)
        table.add_row(measure, value, f"{count.right:.0f}", str(count.gold), str(count.predicted))
    return table


def _alphas(found: Sequence[Agreement]) -> Table:
    table = _table("words", "alpha", "95 %", "A", "B")
    for role, alpha in agreement.alphas(found).items():
        interval = f"{alpha.interval[0]:.3f}–{alpha.interval[1]:.3f}" if alpha.interval else "–"
        table.add_row(role, _figure(alpha.value), interval, *(str(count) for count in alpha.words))
    return table


def _columns(found: Sequence[Agreement]) -> Table:
    table = _table("columns", "share", "kappa", "same", "of")
    for column, one in agreement.columns(found).items():
        table.add_row(column, _figure(one.share), _figure(one.kappa), str(one.agreed), str(one.of))
    return table


def _articles(found: Sequence[Agreement]) -> Table:
    table = _table("by article", "A", "B", "both", "claim F1", "content F1", "content alpha", "differences")
    for each in found:
        counts, alpha = each.counts, agreement.alphas([each])["content"]
        claim = counts[CLAIM]
        figures = (_figure(claim.f1), _figure(counts["content_overlap"].f1), _figure(alpha.value))
        sizes = (str(claim.gold), str(claim.predicted), f"{claim.right:.0f}")
        table.add_row(_plain(each.article_id), *sizes, *figures, str(len(each.differences)))
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first, min_width=18)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _by_claim(differences: Iterable[Difference]) -> list[list[Difference]]:
    """Differences grouped by claim."""
    found: dict[tuple[str | None, str | None], list[Difference]] = {}
    for each in differences:
        found.setdefault(each.claims, []).append(each)
    return list(found.values())


def _shown(of: Agreement, number: int, group: list[Difference]) -> Iterable[str]:
    """The lines about the differences on one claim."""
    claims = " · ".join(f"{name} {claim}" for name, claim in zip(NAMES, group[0].claims, strict=True) if claim)
    what = ", ".join(_what(each) for each in group)
    yield f"{number}. {_plain(of.article_id)}: {claims}: {what}"
    text = of.passes[0].article.text
    for each in group:
        for name, value, spans in zip(NAMES, each.values, each.spans, strict=True):
            if each.what in ROLES or each.what == CLAIM:
                shown = in_line(text, spans) if spans else "rejected" if value == REJECTED else "none"
                yield f"   {name}  {'' if each.what == CLAIM else each.what:15} {shown}"
            else:
                yield f"   {name}  {each.what:15} {_plain(value) or 'none'}"
    if not any(each.what in (*ROLES, CLAIM) for each in group):
        yield f"      {'':15} {in_line(text, group[0].spans[0])}"


def _what(difference: Difference) -> str:
    if difference.what != CLAIM:
        return DIFFERS.get(difference.what, difference.what)
    name = NAMES[0] if difference.spans[0] else NAMES[1]
    return f"rejected by {NAMES[name == NAMES[0]]}" if REJECTED in difference.values else f"only {name} has it"


def in_line(text: str, spans: Sequence[Span]) -> str:
    """Spans in context, `before|words|after`, as one line to be read from right to left.

    Control characters are shown as their code points, and the line is isolated from the text before it.
    """
    return f"{RTL[0]}{'|'.join(_plain(piece) for piece in in_context(text, spans))}{RTL[1]}"


def in_context(text: str, spans: Sequence[Span]) -> list[str]:
    """The text before the first span, its words, the text between it and the next span, …, the text after the last span."""
    ordered = sorted(spans, key=lambda span: span.start)
    first, last = ordered[0], ordered[-1]
    before, after = text[max(0, first.start - CONTEXT) : first.start], text[last.end : last.end + CONTEXT]
    pieces = [f"…{before.partition(' ')[2]}" if first.start > CONTEXT else before]
    for at, span in enumerate(ordered):
        between = text[ordered[at - 1].end : span.start] if at else ""
        pieces += [between if len(between) <= GAP else _shortened(between)] if at else []
        pieces.append(text[span.start : span.end])
    return [*pieces, f"{after.rpartition(' ')[0]}…" if last.end + CONTEXT < len(text) else after]


def _shortened(between: str) -> str:
    """The text between two spans, shortened to its first and last words."""
    first, last = between[: GAP // 2].rpartition(" "), between[-GAP // 2 :].partition(" ")
    return f"{first[0]} … {last[2]}"


def _plain(text: str) -> str:
    return invisible.shown(WHITE.sub(" ", text))


def as_json(found: Sequence[Agreement], brief: bool = False) -> dict[str, object]:
    """The agreement as one JSON object: totals, and each article separately; shares are 0..1, rounded to 4 places."""
    return {
        "schema": 1,
        "blind": how(one for each in found for one in each.passes),
        "same_annotators": list(same_hands(found)),
        "articles": len(found),
        **_figures(found),
        "by_article": [
            {
                "article_id": each.article_id,
                "passes": [_pass(one) for one in each.passes],
                **_figures([each]),
                **({} if brief else {"disagreements": [_difference(each, one) for one in each.differences]}),
            }
            for each in found
        ],
    }


def _figures(found: Sequence[Agreement]) -> dict[str, object]:
    return {
        "spans": {
            measure: {"f1": round(c.f1, 4), "both": int(c.right), "a": c.gold, "b": c.predicted}
            for measure, c in agreement.counts(found).items()
        },
        "alpha": {
            role: {
                "alpha": _rounded(one.value),
                "alpha_95": one.interval and [round(end, 4) for end in one.interval],
                "words": list(one.words),
            }
            for role, one in agreement.alphas(found).items()
        },
        "columns": {
            column: {"share": _rounded(one.share), "kappa": _rounded(one.kappa), "same": one.agreed, "of": one.of}
            for column, one in agreement.columns(found).items()
        },
    }


def _pass(one: Pass) -> dict[str, object]:
    return {
        "folder": invisible.writable(str(one.where)),
        "annotators": list(one.annotators),
        "blind": one.blind,
        "claims": len(one.claims),
        "rejected": len(one.rejected),
        "undecided": one.undecided,
    }


def _difference(of: Agreement, one: Difference) -> dict[str, object]:
    text = of.passes[0].article.text
    sides = zip("ab", one.claims, one.values, one.spans, strict=True)
    return {"what": one.what} | {
        name: {
            "claim_id": claim,
            **({} if one.what in ROLES else {"value": value}),
            "spans": [{"start": span.start, "end": span.end, "exact": span.exact} for span in spans],
            "context": in_context(text, spans) if spans else [],
        }
        for name, claim, value, spans in sides
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
