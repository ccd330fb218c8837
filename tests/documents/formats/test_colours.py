from importlib.resources import files

import pytest

from launch_kits.documents.formats import colours


@pytest.mark.parametrize("page", ["page.css", "page.typ"])
@pytest.mark.parametrize("name", colours.__all__)
def test_pages_have_the_same_colours_as_slides(name, page):
    text = files("launch_kits.documents.formats").joinpath(page).read_text("utf-8")
    assert f"#{getattr(colours, name)}".lower() in text
