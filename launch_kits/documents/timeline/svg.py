"""The picture of a launch as an SVG file of its own: no script, no outside reference."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from launch_kits.documents.timeline.bars import draw_arrows, draw_bar, draw_gate
from launch_kits.documents.timeline.colours import style_sheet
from launch_kits.documents.timeline.elements import add, vertical, write
from launch_kits.documents.timeline.items import LEFT, MARGIN, PlacedLabel
from launch_kits.documents.timeline.layout import (
    STAGE_LEADING,
    TOP,
    TimelineLayout,
    lay_out,
)
from launch_kits.documents.timeline.legend import LEGEND, Sample
from launch_kits.documents.timeline.picture import TimelineFacts
from launch_kits.documents.timeline.shapes import (
    diamond,
    hexagon,
    mark_path,
    number,
)
from launch_kits.statuses import TaskLook
from launch_kits.workdays.in_words import day, span

__all__ = ["drawn", "timeline_svg"]

#: the lines of text above the lanes, from the top
HEADING = 36.0
UNDER_HEADING = 56.0
FLAGS = 77.0
MONTHS = 95.0
WEEKS = 112.0
#: the height of the legend above the lower edge
LEGEND_AT = 18.0
#: the first line of the name of a stage, below the edge of its lane
STAGE_TOP = 14.0
#: the width of the label of a week
WEEK_LABEL = 16.0
#: from A4 to A3
ENLARGED = 2**0.5


def timeline_svg(facts: TimelineFacts, *, dark: bool = True) -> str:
    """Draw a picture.

    ``dark`` adds the colours for readers who prefer dark pages. Returns the same text for the same
    facts.
    """
    return drawn(lay_out(facts), dark=dark)


def drawn(layout: TimelineLayout, *, dark: bool) -> str:
    """Draw a picture whose parts have their places, as `timeline_svg` does."""
    facts = layout.facts
    root = _root(layout, dark=dark)
    if not facts.compact:
        _heading(root, layout)
    _lanes(root, layout)
    _days(root, layout)
    _ticks(root, layout)
    draw_arrows(root, layout)
    for bar in layout.bars:
        draw_bar(root, layout, bar)
    for gate in layout.gates:
        draw_gate(root, layout, gate)
    if not facts.compact:
        _legend(root, layout)
    indent(root, space=" ")
    return tostring(root, encoding="unicode") + "\n"


def _root(layout: TimelineLayout, *, dark: bool) -> Element:
    facts = layout.facts
    height = layout.height - layout.top
    zoom = ENLARGED if layout.enlarged else 1.0
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 {number(layout.top)} {number(layout.width)} {number(height)}",
            "width": number(layout.width * zoom),
            "height": number(height * zoom),
            "role": "img",
            "aria-labelledby": "timeline-title timeline-desc",
        },
    )
    add(root, "title", facts.title, id="timeline-title")
    add(root, "desc", facts.description, id="timeline-desc")
    style = SubElement(root, "style")
    style.text = style_sheet(dark=dark)
    marker = add(
        SubElement(root, "defs"),
        "marker",
        id="timeline-arrow",
        markerWidth=7.0,
        markerHeight=7.0,
        refX=6.0,
        refY=3.5,
        orient="auto",
        markerUnits="userSpaceOnUse",
    )
    add(marker, "path", d="M0 0 L7 3.5 L0 7 Z", class_="arrow-head")
    add(
        root,
        "rect",
        y=layout.top,
        width=layout.width,
        height=height,
        class_="paper",
    )
    return root


def _heading(root: Element, layout: TimelineLayout) -> None:
    facts = layout.facts
    write(root, PlacedLabel(MARGIN, facts.product), HEADING, "heading")
    write(root, PlacedLabel(MARGIN, facts.heading), UNDER_HEADING, "small soft")


def _lanes(root: Element, layout: TimelineLayout) -> None:
    for position, lane in enumerate(layout.lanes):
        if position % 2 == 0:
            add(
                root,
                "rect",
                x=MARGIN / 2,
                y=lane.y,
                width=layout.width - MARGIN,
                height=lane.height,
                class_="band",
            )
        for line, text in enumerate(lane.title):
            at = PlacedLabel(MARGIN, text)
            below = lane.y + STAGE_TOP + STAGE_LEADING * line
            write(root, at, below, "stage")
    for tick in layout.scale.weeks():
        vertical(root, tick.x, TOP - 4, layout.bottom, "tick")


def _ticks(root: Element, layout: TimelineLayout) -> None:
    scale = layout.scale
    for tick in scale.months():
        if tick.x > LEFT:
            vertical(root, tick.x, MONTHS - 12, layout.bottom, "month-tick")
    # after all lines, so that none covers a label
    months = [tick.x for tick in scale.months()]
    before = -WEEK_LABEL
    for tick in scale.weeks():
        # a Monday whose month ends within its label has it on the left, under its own month, if
        # there is room
        ends = any(tick.x < month < tick.x + WEEK_LABEL for month in months)
        room = tick.x - before > 2 * WEEK_LABEL
        before = tick.x
        if room or not ends:
            at = PlacedLabel(tick.x + (-2 if ends else 2), tick.label, ends=ends)
            write(root, at, WEEKS, "small label soft")
    for tick in scale.months():
        if tick.label:
            write(
                root, PlacedLabel(tick.x + 4, tick.label), MONTHS, "small label month"
            )


def _days(root: Element, layout: TimelineLayout) -> None:
    """The lines of today, release, launch and landing, with their names above."""
    facts = layout.facts
    scale = layout.scale
    taken: list[tuple[float, float]] = []
    flags = [
        ("launch", facts.launch_on, {"data_anchor": "launch"}, "anchor-launch"),
        ("release", facts.release_on, {"data_anchor": "release"}, "anchor-release"),
        ("today", facts.today, {"data_today": str(facts.today)}, "today"),
    ]
    if facts.launched_on and facts.launched_on != facts.launch_on:
        data = {"data_launched": str(facts.launched_on)}
        flags.append(("launched", facts.launched_on, data, "anchor-launch"))
    if facts.lands_on:
        data = {"data_lands_on": str(facts.lands_on)}
        flags.append(("lands on", facts.lands_on, data, "lands-on"))
    # the last of all days takes its place first: the names give way to the left
    flags.sort(key=lambda flag: flag[1], reverse=True)
    for name, on, data, class_ in flags:
        x = (scale.begin(on) + scale.end(on)) / 2
        outside = not scale.first <= on <= scale.last
        text = f"{name} {span(on, on, today=on)}"
        if outside:
            # a line at the edge would show it on a day that it is not
            when = "earlier" if on < scale.first else "later"
            text = f"{when}: {name} {day(on)}"
        half = 7.2 * len(text) / 2
        middle = min(max(x, MARGIN + half), layout.width - MARGIN / 2 - half)
        while any(abs(middle - other) < half + wide + 8 for other, wide in taken):
            middle -= 4
        taken.append((middle, half))
        group = add(root, "g", **data, data_on=on)
        add(group, "title", f"{name} {day(on)}")
        if not outside:
            vertical(group, x, FLAGS + 4, layout.bottom, class_)
        at = PlacedLabel(middle, text)
        write(group, at, FLAGS, f"small {class_}", text_anchor="middle")


def _legend(root: Element, layout: TimelineLayout) -> None:
    group = add(root, "g", class_="legend")
    y = layout.height - LEGEND_AT
    for item in LEGEND:
        if item.sample == "lands on" and not layout.facts.lands_on:
            continue
        _sample(group, item.sample, item.x, y)
        write(group, PlacedLabel(item.x + 32, item.text), y + 4.5, "small soft")


def _sample(group: Element, sample: Sample, x: float, y: float) -> None:
    match sample:
        case TaskLook():
            mark = mark_path(sample, x + 15, y, 12.0)
            width = 14.0 if mark else 26.0
            add(
                group,
                "rect",
                x=x,
                y=y - 5,
                width=width,
                height=10.0,
                rx=2,
                class_=sample,
            )
            if mark:
                add(group, "path", d=mark, class_="mark")
        case "tail":
            add(group, "line", x1=x, x2=x + 26, y1=y + 3, y2=y + 3, class_="tail")
        case "critical":
            class_ = "planned critical"
            add(
                group,
                "rect",
                x=x,
                y=y - 5,
                width=20.0,
                height=10.0,
                rx=2,
                class_=class_,
            )
            way = f"M{number(x + 20)} {number(y)} L{number(x + 29)} {number(y)}"
            add(group, "path", d=way, class_="arrow", marker_end="url(#timeline-arrow)")
        case "milestone":
            add(group, "path", d=diamond(x + 13, y, 6.0), class_="planned")
        case "gate":
            add(group, "path", d=hexagon(x + 13, y, 7.0), class_="gate")
        case "hard gate":
            add(group, "path", d=hexagon(x + 13, y, 7.0), class_="gate gate-hard")
        case "lands on":
            vertical(group, x + 22, y - 8, y + 8, "lands-on")
