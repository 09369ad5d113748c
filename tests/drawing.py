"""The glyphs that Matplotlib draws, and those that it should draw according to Unicode and HarfBuzz.

Drawn: the glyphs in the SVG that Matplotlib writes with `svg.fonttype: path`, from left to right, line by line.
Expected: each line's levels by Unicode's bidirectional algorithm (UAX 9), each run shaped by HarfBuzz. Spaces and
invisible characters have no glyphs and are left out on both sides.

As a program (`python -m tests.drawing`, cases as JSON on standard input) it prints what another Matplotlib draws.
"""

import io
import itertools
import json
import re
import sys
import unicodedata
from functools import cache

import matplotlib as mpl
from bidi import algorithm
from bidi.mirror import MIRRORED
from fontTools.unicodedata import script, script_extension
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

SHAPES = mpl.__version_info__ >= (3, 11)
GROUP = re.compile(r'<g id="(case\d+)">(.*?)(?=<g id="case\d+">|\Z)', re.S)
GLYPH = re.compile(r'<use xlink:href="#(?P<face>[^"]+)-(?P<number>[0-9a-f]+)"')


@cache
def face(path: str) -> FT2Font:
    return FT2Font(path)


@cache
def paths_by_name() -> dict[str, str]:
    """The path of each font file by the PostScript name that it has in the SVG."""
    from matplotlib.font_manager import fontManager

    wanted = ("DejaVu Sans", "IBM Plex Sans Arabic")
    return {face(f.fname).postscript_name: f.fname for f in fontManager.ttflist if f.name in wanted}


def glyphs(svg: str) -> dict[str, list[tuple[str, int]]]:
    """The glyphs of each group `case<n>` of an SVG, as (font, glyph index), in drawing order.

    Before 3.11, Matplotlib's SVG has the numbers of characters, not glyphs: then they are (font, code point).
    """
    found = {}
    for group, inside in GROUP.findall(svg):
        drawn = [(m["face"], int(m["number"], 16)) for m in GLYPH.finditer(inside)]
        found[group] = [glyph for glyph in drawn if glyph[1] not in blank(glyph[0])]
    return found


@cache
def blank(name: str) -> frozenset[int]:
    """The empty glyphs of a font."""
    font = face(paths_by_name()[name])
    codes = [0x20, 0xA0, *range(0x200B, 0x2010), 0x34F]
    return frozenset(font.get_char_index(code) for code in codes) if SHAPES else frozenset(codes)


def drawn(texts: list[str], family: str = "DejaVu Sans") -> list[list[tuple[str, int]]]:
    """The glyphs that the running Matplotlib draws for each text, without any preparation of the text."""
    figure = Figure(figsize=(30, 1 + len(texts)))
    for number, text in enumerate(texts):
        figure.text(0.5, (number + 0.5) / len(texts), text, family=family, gid=f"case{number}")
    found = glyphs(svg_of(figure))
    return [found.get(f"case{number}", []) for number in range(len(texts))]


def svg_of(figure: Figure) -> str:
    held = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path"}):
        figure.savefig(held, format="svg")
    return held.getvalue()


def levels(line: str) -> list[int]:
    """The embedding level of each character; the line is right-to-left if it has any such letter, digit or sign.

    The steps are those of python-bidi, which does not implement paired brackets (rule N0); these are resolved here,
    between its steps.
    """
    storage = algorithm.get_empty_storage()
    base = any(unicodedata.bidirectional(char) in ("R", "AL") or "Arab" in script_extension(char) for char in line)
    storage["base_level"], storage["base_dir"] = int(base), "LR"[base]
    algorithm.get_embedding_levels(line, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _pair_brackets(storage["chars"], storage["base_dir"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [char["level"] for char in storage["chars"]]


def _pair_brackets(chars: list[dict], base: str) -> None:
    """UAX 9, BD16 and N0: a pair takes the direction of the text inside it, or of the text before it."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for at, char in enumerate(chars):
        if char["type"] == "ON" and unicodedata.category(char["ch"]) == "Ps":
            waiting.append((MIRRORED.get(char["ch"], ""), at))
        elif char["type"] == "ON" and unicodedata.category(char["ch"]) == "Pe":
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == char["ch"]:
                    pairs.append((waiting[depth][1], at))
                    del waiting[depth:]
                    break
    strong = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
    for opening, closing in sorted(pairs):
        inside = {strong[c["type"]] for c in chars[opening + 1 : closing] if c["type"] in strong}
        before = [strong[c["type"]] for c in chars[:opening] if c["type"] in strong]
        if base in inside:
            chars[opening]["type"] = chars[closing]["type"] = base
        elif inside:
            context = before[-1] if before else base
            chars[opening]["type"] = chars[closing]["type"] = context


def scripts(line: str) -> list[str]:
    """The script of each character; common ones (digits, marks, spaces) take that of the character before them.

    As in libraqm, a closing bracket takes the script of its opening one, and common characters at the beginning that of
    the following one.
    """
    found: list[str] = []
    waiting: list[tuple[str, str]] = []
    for char in line:
        own, last = script(char), found[-1] if found else "Zyyy"
        if own not in ("Zyyy", "Zinh"):
            found.append(own)
            continue
        if unicodedata.category(char) == "Ps":
            waiting.append((MIRRORED.get(char, ""), last))
        elif any(closing == char for closing, _ in waiting):
            while (top := waiting.pop())[0] != char:
                pass
            last = top[1]
        found.append(last)
    first = next((s for s in found if s != "Zyyy"), "Zyyy")
    return [first if s == "Zyyy" else s for s in found]


def runs(line: str) -> list[tuple[str, bool, str]]:
    """The runs of one direction and script, from left to right: (logical text, rtl, script)."""
    stretches: list[list] = []
    for char, level, kind in zip(line, levels(line), scripts(line), strict=True):
        if stretches and stretches[-1][1:] == [level, kind]:
            stretches[-1][0] += char
        else:
            stretches.append([char, level, kind])
    # Without explicit controls a line has only level 0, or 1 and 2: reverse it, then each run of level 2 again.
    if any(level % 2 for _, level, _ in stretches):
        groups = [list(group) for _, group in itertools.groupby(stretches, key=lambda stretch: stretch[1])]
        turned = [group if group[0][1] == 2 else group[::-1] for group in reversed(groups)]
        stretches = [stretch for group in turned for stretch in group]
    return [(text, bool(level % 2), kind) for text, level, kind in stretches]


def visual(line: str) -> str:
    """The line's characters from left to right, mirrored in right-to-left runs."""
    return "".join("".join(MIRRORED.get(c, c) for c in reversed(text)) if rtl else text for text, rtl, _ in runs(line))


def expected(line: str, family: str = "DejaVu Sans", weight: object = "normal") -> list[tuple[str, int]]:
    """The glyphs that HarfBuzz gives for the runs of a line, from left to right, without blank ones."""
    import uharfbuzz as hb

    font, name = _harfbuzz(findfont(mpl.font_manager.FontProperties(family=family, weight=weight)))
    found = []
    for text, rtl, kind in runs(line):
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.script = kind
        buffer.direction = "rtl" if rtl else "ltr"
        hb.shape(font, buffer)
        found += [(name, info.codepoint) for info in buffer.glyph_infos]
    return [glyph for glyph in found if glyph[1] not in blank(name)]


def characters(glyphs: list[tuple[str, int]], texts: dict[int, str] | None = None) -> list[str]:
    """Glyphs as the characters that they draw, so that two builds of a font can be compared.

    An Arabic letter keeps its joining form (initial, medial, final) as a presentation form; an isolated one is the
    letter itself. Marks on one letter are sorted, and a ligature of two marks becomes both.

    texts    characters by glyph index, for glyphs from HarfBuzz; None if the numbers are code points
    """
    found: list[str] = []
    for _, number in glyphs:
        for char in texts[number] if texts else chr(number):
            plain = unicodedata.normalize("NFKC", char)
            isolated = unicodedata.decomposition(char).startswith("<isolated>") and len(plain) == 1
            found.append(plain if isolated else char)
    clusters = itertools.groupby(found, key=lambda char: bool(unicodedata.combining(char)))
    return [char for marks, group in clusters for char in (sorted(group) if marks else group)]


@cache
def texts_of(family: str = "DejaVu Sans") -> dict[int, str]:
    """Characters by glyph index; if there are several, the presentation form, which shows how the letter joins.

    For a ligature without a character of its own, they are in the name of the glyph: uni0651064E.
    """
    font = face(findfont(family))
    found = {index: chr(code) for code, index in sorted(font.get_charmap().items())}
    for index in range(font.num_glyphs):
        if index not in found and re.fullmatch("uni([0-9A-F]{4}){2,}", name := font.get_glyph_name(index)):
            found[index] = "".join(chr(int(name[at : at + 4], 16)) for at in range(3, len(name), 4))
    return found


@cache
def _harfbuzz(path: str):
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path))), face(path).postscript_name


def main() -> None:
    """Read [[text, width], …]; print the version of Matplotlib and what it draws, prepared by `label` and raw."""
    from helpers.charts import rtl

    cases = json.load(sys.stdin)
    labelled = drawn([rtl.label(text, width) for text, width in cases])
    raw = drawn([text.replace("$", r"\$") for text, _ in cases])
    json.dump({"version": mpl.__version__, "labelled": labelled, "raw": raw}, sys.stdout)


if __name__ == "__main__":
    main()
