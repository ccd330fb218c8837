import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.documents import render, to_html
from launch_kits.documents.formats.look import look_of
from launch_kits.documents.rendering import rendered
from launch_kits.inputs.brand import Brand, Colours
from launch_kits.inputs.contrast import PAPERS, contrast
from tests.browser import chromium
from tests.documents.test_escaping import HOSTILE
from tests.documents.test_sentences import NAMES_OF_EXAMPLES, facts_of
from tests.documents.test_templates import NAMES, full

#: elements that hold nothing
VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """A page as a browser sees it: elements with their attributes, closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def page(markdown: str, title: str = "Title") -> Page:
    return Page(to_html(markdown, title=title))


def assert_harmless(seen: Page) -> None:
    names = {name for name, _ in seen.elements}
    assert not names & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "svg",
        "video",
        "audio",
        "link",
    }
    for _, attrs in seen.elements:
        assert not any(
            name.startswith("on") or name in ("src", "srcset", "style")
            for name in attrs
        )
        assert (
            (attrs.get("href") or "#fn")
            .lower()
            .startswith(("http://", "https://", "#fn"))
        )


@settings(deadline=None)
@given(markdown=HOSTILE, title=st.text())
def test_no_markdown_makes_a_page_run_or_load_anything(markdown, title):
    seen = page(
        f"{markdown}\n\n## Section\n\n<!-- layout: folded -->\n\n## {markdown}\n\n{markdown}",
        title,
    )
    assert_harmless(seen)


@pytest.mark.parametrize("name", NAMES)
def test_every_document_makes_a_harmless_page(name):
    hostile = (
        "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](https://x.y/z.png)"
    )
    assert_harmless(page(render(name, full(hostile, of=name))))


def test_a_page_needs_no_other_file_and_forbids_requests():
    html = to_html("# Hi", title="A & <B>", lang="de")
    assert html.startswith('<!doctype html>\n<html lang="de">')
    assert "<title>A &amp; &lt;B&gt;</title>" in html
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert "url(" not in html
    assert "@import" not in html


def test_sections_follow_the_layout_of_the_document():
    text = """
# Title

Intro

<!-- layout: columns -->

## One

## Two

<!-- layout: folded -->

## Three

Hidden

<!-- layout: plain -->

## Four
"""
    html = to_html(text, title="x").partition("<main>")[2].replace("\n", "")
    assert (
        '<div class="columns"><section><h2>One</h2></section><section><h2>Two</h2></section></div>'
        in html
    )
    assert (
        "<details><summary><h2>Three</h2></summary><p>Hidden</p></details><section><h2>Four</h2></section>"
        in html
    )


def test_sources_are_never_folded():
    text = (
        "Fast.[^1] Cheap.[^1]\n\n<!-- layout: folded -->\n\n## Sources\n\n"
        "[^1]: [x.y](https://x.y): theirs\n"
    )
    seen = page(text)
    assert seen.all("details") == []
    assert [link["href"] for link in seen.all("a")] == [
        "#fn1",
        "#fn1",
        "https://x.y",
        "#fnref1",
    ]
    assert seen.text.count("1") == 2


def test_a_cell_has_the_heading_of_its_column():
    seen = page("| Task | Owner |\n|---|---|\n| Write \\| read | Pam |\n")
    assert [cell["data-label"] for cell in seen.all("td")] == ["Task", "Owner"]
    assert seen.all("table") == [{}]


def test_a_wide_table_has_a_class():
    seen = page("| a | b | c | d | e |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n")
    assert seen.all("table") == [{"class": "wide"}]


def test_an_empty_document_makes_a_page():
    assert "<main>" in to_html("", title="x")


def test_no_line_breaks_within_a_day():
    made = to_html(
        "- By **Tue 2027-03-02**, <2027-03-03>, `2027-03-04`, v2027-03-05", title="Days"
    )
    assert (
        "<strong>Tue <time>2027-03-02</time></strong>, &lt;<time>2027-03-03</time>&gt;"
        in made
    )
    assert made.count("<time>") == 2
    assert "time { white-space: nowrap; }" in made


#: in each scheme, what is written on what: text, soft text, links, warnings and signs
WRITTEN = [
    (text, paper)
    for text in ("ink", "soft", "accent", "warn", "win", "lose")
    for paper in ("paper", "card", "warn-paper")
]


def schemes() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of pages by their names, on light and on dark screens."""
    css = files("launch_kits.documents.formats").joinpath("page.css").read_text("utf-8")
    light, dark, *_ = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return tuple(
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", each))
        for each in (light, dark)
    )


@pytest.mark.parametrize(("text", "paper"), WRITTEN)
def test_every_colour_of_a_page_can_be_read_in_both_schemes(text, paper):
    for scheme in schemes():
        assert contrast(scheme[text], scheme[paper]) >= 4.5


def test_the_light_papers_of_pages_are_those_that_brands_are_checked_on():
    light, _ = schemes()
    found = {light[name].upper() for name in ("paper", "card", "warn-paper")}
    assert found == set(PAPERS)


@given(*[st.integers(0, 0xFFFFFF)] * 2)
def test_every_brand_can_be_read_on_light_and_on_dark_pages(main, accent):
    colours = Colours(main=f"#{main:06X}", accent=f"#{accent:06X}")
    look = look_of(Brand(colours=colours))
    page = to_html("# A", title="A", look=look)
    own = page.partition("</style>")[0].rpartition("@media (prefers-color-scheme")[2]
    # on dark screens the colours of the project stay
    assert own.startswith(": light)")
    shown = dict(re.findall(r"--(main|accent): (#[0-9A-F]{6});", own))
    assert set(shown) == {"main", "accent"}
    for paper in PAPERS:
        assert min(contrast(each, paper) for each in shown.values()) >= 4.5


def test_the_front_of_each_card_is_read_on_a_phone_without_scrolling() -> None:
    bottom = (
        "() => Math.max(...[...document.querySelectorAll('.columns section')]"
        ".slice(0, 2).map(each => each.getBoundingClientRect().bottom))"
    )
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for facts in map(facts_of, NAMES_OF_EXAMPLES):
            for task in facts.tasks:
                if task.template != "battlecard.md.j2":
                    continue
                text = rendered(task.template, replace(facts, task=task)).text
                page.set_content(to_html(text, title="Card"))
                assert "Quick dismissals" in page.inner_text("body")
                assert page.evaluate(bottom) < page.viewport_size["height"]
                assert page.evaluate("document.documentElement.scrollWidth") == 390
