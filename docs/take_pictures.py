"""Takes the pictures of the README: the seed's report in Chromium, and the charts. Run it with `make pictures`."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers import articles, paths, readings
from helpers.charts import canvas, gallery

DOCS = Path(__file__).resolve().parent


def main() -> None:
    """Write docs/report.png and docs/chart-*.png; the report must have been made before."""
    seed = articles.load(paths.resolve(paths.SEED))
    page = paths.reports() / seed.article_id / "index.html"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1180, "height": 900})
        tab.goto(page.as_uri())
        tab.locator("section.isnad-paragraph[aria-label='paragraph 15']").scroll_into_view_if_needed()
        tab.evaluate("document.querySelector(\"[aria-label='paragraph 13']\").scrollIntoView()")
        tab.screenshot(path=DOCS / "report.png")
        browser.close()
    figures = gallery.figures(readings.read(seed))
    for name in ("voices", "words"):
        (DOCS / f"chart-{name}.png").write_bytes(canvas.written(figures[name], "png"))


if __name__ == "__main__":
    main()
