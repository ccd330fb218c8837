from __future__ import annotations

from tests.launches import SLUG, brief_with, opened
from tests.room.visiting import Visit


def test_each_value_is_escaped(visit: Visit):
    name = "<script>alert(1)</script> & \"co\" 'x'"
    opened(visit.store, brief_with(launch="heron-3", product=name))
    for path in ("/launches", "/launches/heron-3", "/launches/heron-3/gates"):
        page = visit.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def test_the_pages_of_a_launch_are_its_tabs(visit: Visit):
    page = visit.get(f"/launches/{SLUG}/gates").text
    assert f'href="/launches/{SLUG}">Overview' in page
    assert f'href="/launches/{SLUG}/gates" aria-current="page">Gates' in page
    assert 'class="tabs"' not in visit.get("/launches").text


def test_a_page_names_the_launch_whose_changes_it_shows(visit: Visit):
    page = visit.get(f"/launches/{SLUG}").text
    assert f'data-live="{SLUG}" data-version="' in page
    assert 'data-live="*"' in visit.get("/launches").text
    assert "data-live" not in visit.get("/sign-in").text
