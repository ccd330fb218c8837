from importlib.resources import files

import pytest

from launch_kits.documents.formats import colours

#: those of the six digits, beside the style of headings and the contrasts that must be reached
COLOURS = ("INK", "SOFT", "LINE", "ACCENT", "WARN", "WIN", "LOSE")


# the accent of PDF pages is a part of the look
@pytest.mark.parametrize(
    ("page", "name"),
    [
        (page, name)
        for page in ("page.css", "page.typ")
        for name in COLOURS
        if (page, name) != ("page.typ", "ACCENT")
    ],
)
def test_pages_have_the_same_colours_as_slides(name, page):
    text = files("launch_kits.documents.formats").joinpath(page).read_text("utf-8")
    assert f"#{getattr(colours, name)}".lower() in text
