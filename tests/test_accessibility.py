"""Accessibility of the pages, checked by axe: in both languages, in light and dark mode, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers.files import paths
from tests.test_front_page import (
    COLOUR_RULES,
    PAGES,
    QUICK,
    each_language,
    front,
    opened,
    serious,
    unfolded,
    violations,
)

WORKING = [f"{path.stem}{end}" for path in paths.notebooks() for end in (".html", ".ar.html")]
COLOURS = QUICK | {"runOnly": COLOUR_RULES}
SHAPES = """[...document.querySelectorAll('body *')].map(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return [box.x, box.y, box.width, box.height, style.visibility, style.opacity, style.textDecorationLine].join();
})"""  # of all elements of a page: where each is, how large, and whether it is seen


@each_language
@pytest.mark.parametrize("name", ["seed", "economy"])
def test_axe_finds_no_serious_fault(shelf, browser, name, page):
    tab = unfolded(opened(browser, front(shelf, name, page), color_scheme="light"))
    light, colour = tab.evaluate(SHAPES), tab.evaluate("getComputedStyle(document.body).color")
    if page == "index.html":  # in Arabic it has the same colours
        assert serious(tab) == []
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).color") != colour
    assert tab.evaluate(SHAPES) == light  # so anything that axe finds only in one mode is about colours
    if page != "index.html":
        assert serious(tab) == []
    else:
        found = Axe().run(tab, options=COLOURS).response
        assert "color-contrast" in [each["id"] for each in found["passes"]]
        assert violations(found) == []
    tab.close()


@pytest.mark.parametrize("page", [*PAGES, *WORKING])
def test_axe_finds_no_serious_fault_on_the_list_and_the_pages_of_the_notebooks(shelf, browser, page):
    """Narrow and wide, in dark and in light mode: one of these is checked for colours in English, the other in Arabic."""
    path = shelf / page if page in PAGES else front(shelf, "seed", page)
    tab = unfolded(opened(browser, path))
    for width, scheme in ((360, "dark"), (1280, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        assert serious(tab, colours=("ar." in page) == (scheme == "dark")) == [], (width, scheme)
    tab.close()
