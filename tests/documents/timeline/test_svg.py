from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from launch_kits.documents.timeline.svg import timeline_svg
from tests.documents.timeline.samples import (
    HOSTILE,
    crowded,
    task_facts,
    timeline_facts,
)

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).parent / "golden/small.svg"


def having(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if each.get(name) is not None]


def test_the_small_picture_is_that_of_the_golden_file():
    assert timeline_svg(timeline_facts()) == GOLDEN.read_text(encoding="utf-8")


def test_every_task_is_there_once_with_its_days():
    for facts in (timeline_facts(), crowded()):
        found = having(fromstring(timeline_svg(facts)), "data-task")
        told = [
            tuple(
                each.get(f"data-{name}") for name in ("task", "start", "finish", "due")
            )
            for each in found
        ]
        assert told == [
            (task.key, str(task.start), str(task.finish), str(task.due))
            for task in facts.tasks
        ]


def test_today_the_anchors_and_the_gates_are_marked():
    root = fromstring(timeline_svg(timeline_facts()))
    anchors = {
        each.get("data-anchor"): each.get("data-on")
        for each in having(root, "data-anchor")
    }
    assert anchors == {"release": "2027-01-28", "launch": "2027-01-29"}
    assert [each.get("data-today") for each in having(root, "data-today")] == [
        "2027-01-12"
    ]
    gates = [
        (each.get("data-gate"), each.get("data-on"))
        for each in having(root, "data-gate")
    ]
    assert gates == [("story", "2027-01-08"), ("sales", "2027-01-29")]
    arrows = [
        (each.get("data-from"), each.get("data-to"))
        for each in having(root, "data-from")
    ]
    assert arrows == [("positioning", "legal")]


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2026, 12, 1), "earlier: today Tue 1 Dec 2026"),
        (date(2027, 4, 1), "later: today Thu 1 Apr 2027"),
    ],
)
def test_today_outside_the_picture_is_named_without_a_line(today, name):
    root = fromstring(timeline_svg(timeline_facts(today=today)))
    (group,) = having(root, "data-today")
    assert group.get("data-today") == str(today)
    assert [each.text for each in group.iter(f"{SVG}text")] == [name]
    assert [*group.iter(f"{SVG}path"), *group.iter(f"{SVG}line")] == []


def test_it_can_be_read_aloud():
    root = fromstring(timeline_svg(timeline_facts()))
    assert root.get("role") == "img"
    named = {each.get("id"): each.text for each in root if each.get("id")}
    assert str(root.get("aria-labelledby")).split() == list(named)
    assert list(named.values()) == [
        timeline_facts().title,
        timeline_facts().description,
    ]
    tips = [each.findtext(f"{SVG}title") for each in having(root, "data-task")]
    assert tips[1] == (
        "Research (Pia) · 5-6 Jan, due Thu 7 Jan 2027 · doing, late · float 1"
    )


def test_hostile_texts_stay_texts():
    task = task_facts(
        'a"b', 4, 5, 6, title=HOSTILE, stage_title=HOSTILE, owner_name=HOSTILE
    )
    facts = timeline_facts(tasks=(task,), product=HOSTILE, gates=(), chain=('a"b',))
    written = timeline_svg(facts)
    assert "<script" not in written
    root = fromstring(written)
    allowed = {
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "marker",
        "path",
        "rect",
        "line",
        "text",
        "g",
    }
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= allowed
    assert "alert(1)" in str(root.findtext(f"{SVG}title"))


def test_nothing_is_fetched_and_nothing_runs():
    root = fromstring(timeline_svg(timeline_facts()))
    for each in root.iter():
        for name, value in each.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "://" not in value
    style = str(root.findtext(f"{SVG}style"))
    assert "url(" not in style
    assert "@import" not in style


def test_dark_colours_are_there_unless_the_picture_is_for_paper():
    assert "prefers-color-scheme: dark" in timeline_svg(timeline_facts())
    assert "prefers-color-scheme" not in timeline_svg(timeline_facts(), dark=False)


def test_a_launch_that_lands_on_another_day_has_a_line_for_it_with_its_sample():
    root = fromstring(timeline_svg(timeline_facts()))
    assert having(root, "data-lands-on") == []
    assert "lands on" not in "".join(root.itertext())
    late = timeline_facts(lands_on=date(2027, 2, 12))
    root = fromstring(timeline_svg(late))
    (line,) = having(root, "data-lands-on")
    assert line.get("data-lands-on") == "2027-02-12"
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert {"lands on 12 Feb", "lands on"} <= set(texts)
    assert "lands on Fri 12 Feb 2027" in late.description


def test_no_line_covers_the_label_of_a_week_or_a_month():
    """The first of a month often lies within the label of the Monday before it."""
    drawn = list(fromstring(timeline_svg(timeline_facts(begin_on=date(2026, 11, 30)))))
    lines = [at for at, each in enumerate(drawn) if each.tag == f"{SVG}line"]
    words = [
        at
        for at, each in enumerate(drawn)
        if "small label" in each.get("class", "") and each.tag == f"{SVG}text"
    ]
    assert max(lines) < min(words)


def test_the_names_of_days_lie_in_the_order_of_the_days():
    facts = timeline_facts(launched_on=date(2027, 2, 12), today=date(2027, 2, 15))
    root = fromstring(timeline_svg(facts))
    named = [
        (each.get("data-on"), float(text.get("x", "0")))
        for each in root.iter(f"{SVG}g")
        if each.get("data-on")
        and (text := each.find(f"{SVG}text")) is not None
        and not each.get("data-gate")
    ]
    assert len(named) == 4
    assert [x for _, x in sorted(named)] == sorted(x for _, x in named)
