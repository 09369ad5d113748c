"""Takes the pictures of the README: the seed's report on a desk, on a phone and on paper, the annotator, and two charts.

Run it with `make pictures`.
"""

import io
import shutil
import tempfile
import threading
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from helpers import readings
from helpers.charts import gallery, style
from helpers.curation.server import Server
from helpers.curation.session import Session
from helpers.files import paths
from helpers.text import articles

DOCS = Path(__file__).resolve().parent


def kept(picture: bytes | Image.Image, name: str) -> None:
    """Write a picture with a palette of 128 colours: a third of the size, and no difference to the eye."""
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    image.convert("RGB").quantize(128).save(DOCS / name, optimize=True)


def annotator(browser: Browser) -> None:
    """Write docs/annotator.png: a draft of the seed, three of its claims accepted."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(paths.resolve(paths.SEED), Path(folder) / "explainer.txt"))
        with Session.open(articles.load(copied), "Salma") as session, Server(session.answer, "explainer") as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            page = browser.new_page(viewport={"width": 1360, "height": 860})
            page.goto(server.address)
            page.get_by_role("button", name="Accept").wait_for()
            for decided in (1, 2, 3):
                page.keyboard.press("a")
                page.get_by_text(f"{decided} of").first.wait_for()
            page.wait_for_timeout(600)  # it scrolls to the next claim
            kept(page.screenshot(), "annotator.png")
            server.shutdown()


def main() -> None:
    """Write docs/report*.png and docs/chart-*.png; the report must have been made before."""
    seed = articles.load(paths.resolve(paths.SEED))
    report = paths.reports() / seed.article_id
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desk = browser.new_page(viewport={"width": 1360, "height": 1000})
        desk.goto((report / "index.html").as_uri())
        kept(desk.screenshot(), "report.png")
        desk.evaluate("document.querySelector(\"[aria-label='paragraph 15']\").scrollIntoView({block: 'center'})")
        desk.locator("mark[data-claim=c21]").first.hover()
        desk.wait_for_selector("#peek:visible")
        kept(desk.screenshot(), "report-claim.png")
        phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        phone.goto((report / "ar.html").as_uri())
        kept(phone.screenshot(), "report-phone.png")
        pages = pypdfium2.PdfDocument(desk.pdf(prefer_css_page_size=True, print_background=True))
        kept(pages[0].render(scale=1.5).to_pil(), "report-print.png")
        pages.close()
        annotator(browser)
        browser.close()
    figures = gallery.figures(readings.read(seed))
    for name in ("voices", "words"):
        (DOCS / f"chart-{name}.png").write_bytes(style.written(figures[name], "png"))


if __name__ == "__main__":
    main()
