from __future__ import annotations

import re
from importlib.resources import files

import pytest

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


TEMPLATES = sorted(
    path
    for path in files("launch_kits.room").joinpath("templates").iterdir()
    if path.name.endswith(".html")
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_script_or_style_of_its_own(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|\|\s*safe\b", text)
    assert "src=" in text or "<script" not in text
    for form in re.findall(r'<form method="post".*?</form>', text, re.DOTALL):
        assert "token_field" in form, form[:80]
