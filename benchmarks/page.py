"""The time that a front page takes to open and to respond, in Chromium, for a thousand words and three thousand sentences.

The response to a filter is timed from the change to the second frame after it, when its result has been painted;
likewise the response to pointing at a highlight. Run it with `make bench-page` (needs Chromium).
"""

import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from helpers import readings
from helpers.report import front_page, interface, translation_memory
from helpers.text import articles

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = 3_000
CHOICES = 21
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
CHOOSE = f"""async ([id, value]) => {{
  const select = document.getElementById(id), begun = performance.now();
  select.value = value; select.dispatchEvent(new Event('change', {{ bubbles: true }}));
  return await {PAINTED} - begun;
}}"""
POINT = f"""async n => {{
  const marks = document.querySelectorAll('[data-claim]'), begun = performance.now();
  marks[n % marks.length].dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true }}));
  return await {PAINTED} - begun;
}}"""


def page(folder: Path, text: str, name: str) -> Path:
    """The front page of a text, without the notebooks' pages."""
    known = readings.known()
    target = folder / name
    target.mkdir()
    reading = readings.read(articles.from_text(text, name, target), known, machine=True)
    front_page.write(reading, known, target, {lang: [] for lang in interface.LANGS}, translation_memory.load(reading))
    return target / "index.html"


def texts() -> list[str]:
    """The invented articles of data/gold."""
    paths = sorted((ROOT / "data" / "gold").glob("*.jsonl"))
    return [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def measure(tab: Page, path: Path) -> None:
    """Print the size, the opening time and the response times of one page."""
    begun = time.perf_counter()
    tab.goto(path.as_uri())
    tab.evaluate(PAINTED)
    opened = time.perf_counter() - begun
    frame = statistics.median(
        tab.evaluate(f"async () => {{ const begun = performance.now(); return await {PAINTED} - begun }}")
        for _ in range(9)
    )
    options = {
        name: tab.evaluate(f"[...document.querySelectorAll('#{name} option')].map(o => o.value)")
        for name in ("by-source", "by-actor")
    }
    taken = {}
    for name, values in options.items():
        taken[name] = [tab.evaluate(CHOOSE, [name, values[n % len(values)]]) for n in range(1, CHOICES + 1)]
        tab.evaluate(CHOOSE, [name, ""])
    taken["pointing at a mark"] = [tab.evaluate(POINT, n * 7) for n in range(CHOICES)]
    claims = tab.locator("li[data-source]").count()
    print(
        f"{path.parent.name}: {claims:,} claims, {path.stat().st_size / 1e6:.2f} MB, opened in {opened * 1000:.0f} ms; two frames alone take {frame:.0f} ms"
    )
    for name, times in taken.items():
        print(
            f"  {name:20} median {statistics.median(times):6.1f} ms   most {max(times):6.1f} ms   ({len(times)} times)"
        )


def main() -> None:
    """Print the figures of both pages."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("benchmarks/page.py: there is no Chromium on this machine; install it")
    parts = texts()
    sentences = sum(len(articles.from_text(part, "x", Path("x")).sentences) for part in parts)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        for name, text in (
            ("thousand-words", "\n".join(parts[:4])),
            ("three-thousand-sentences", "\n".join(parts * (SENTENCES // sentences + 1))),
        ):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            measure(tab, page(Path(folder), text, name))
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
