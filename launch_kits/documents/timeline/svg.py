"""The picture of a launch as an SVG file of its own: no script, no outside reference."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.timeline.colours import style_sheet
from launch_kits.documents.timeline.layout import (
    LEFT,
    MARGIN,
    TOP,
    WIDTH,
    Layout,
    PlacedBar,
    PlacedGate,
    PlacedLabel,
    lay_out,
)
from launch_kits.documents.timeline.legend import LEGEND, Sample
from launch_kits.documents.timeline.picture import Look, TimelineFacts
from launch_kits.documents.timeline.shapes import (
    arrow_path,
    diamond,
    hexagon,
    mark_path,
    number,
)

__all__ = ["timeline_svg"]

#: the lines of text above the lanes, from the top
HEADING, UNDER_HEADING, FLAGS, MONTHS, WEEKS = 36.0, 56.0, 77.0, 95.0, 112.0
#: the height of the legend above the lower edge
LEGEND_AT = 18.0
#: from A4 to A3
ENLARGED = 2**0.5
#: the height of a bar, and how far its tail lies below its middle, in sizes of letters
THICK, TAIL = 0.8, 0.53


def timeline_svg(facts: TimelineFacts, *, dark: bool = True) -> str:
    """Draw a picture.

    ``dark`` adds the colours for readers who prefer dark pages. Returns the same text for the same
    facts.
    """
    layout = lay_out(facts)
    root = _root(layout, dark=dark)
    _axis(root, layout)
    _days(root, layout)
    _arrows(root, layout)
    for bar in layout.bars:
        _bar(root, layout, bar)
    for gate in layout.gates:
        _gate(root, layout, gate)
    _legend(root, layout)
    indent(root, space=" ")
    return tostring(root, encoding="unicode") + "\n"


def _add(parent: Element, tag: str, text: str | None = None, **named: object) -> Element:
    """Add an element; `data_task` stands for `data-task`, numbers are rounded."""
    attributes = {
        name.rstrip("_").replace("_", "-"): number(value)
        if isinstance(value, float)
        else one_line(str(value))
        for name, value in named.items()
    }
    added = SubElement(parent, tag, attributes)
    if text is not None:
        added.text = one_line(text)
    return added


def _write(parent: Element, label: PlacedLabel, y: float, class_: str, **more: object) -> None:
    _add(parent, "text", label.text, x=label.x, y=y, class_=class_, **more)


def _root(layout: Layout, *, dark: bool) -> Element:
    facts, height = layout.facts, layout.height
    zoom = ENLARGED if layout.enlarged else 1.0
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(WIDTH)} {number(height)}",
            "width": number(WIDTH * zoom),
            "height": number(height * zoom),
            "role": "img",
            "aria-labelledby": "timeline-title timeline-desc",
        },
    )
    _add(root, "title", facts.title, id="timeline-title")
    _add(root, "desc", facts.description, id="timeline-desc")
    style = SubElement(root, "style")
    style.text = style_sheet(dark=dark)
    marker = _add(
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
    _add(marker, "path", d="M0 0 L7 3.5 L0 7 Z", class_="arrow-head")
    _add(root, "rect", width=WIDTH, height=height, class_="paper")
    return root


def _axis(root: Element, layout: Layout) -> None:
    facts, scale = layout.facts, layout.scale
    _write(root, PlacedLabel(MARGIN, facts.product), HEADING, "heading")
    said = (
        f"{len(facts.tasks)} tasks · work begins {facts.begin_on:%a %d %b %Y} · "
        f"release {facts.release_on:%a %d %b %Y} · launch {facts.launch_on:%a %d %b %Y}"
    )
    _write(root, PlacedLabel(MARGIN, said), UNDER_HEADING, "small soft")
    for number_, lane in enumerate(layout.lanes):
        if number_ % 2 == 0:
            _add(
                root,
                "rect",
                x=MARGIN / 2,
                y=lane.y,
                width=WIDTH - MARGIN,
                height=lane.height,
                class_="band",
            )
        for line, text in enumerate(lane.title):
            at = PlacedLabel(MARGIN, text)
            _write(root, at, lane.y + 18.0 + 15.0 * line, "stage")
    bottom = layout.lanes[-1].y + layout.lanes[-1].height if layout.lanes else TOP
    for tick in scale.weeks():
        _vertical(root, tick.x, TOP - 4, bottom, "tick")
        _write(root, PlacedLabel(tick.x + 2, tick.label), WEEKS, "small soft")
    for tick in scale.months():
        if tick.x > LEFT:
            _vertical(root, tick.x, MONTHS - 12, bottom, "month-tick")
        if tick.label:
            _write(root, PlacedLabel(tick.x + 4, tick.label), MONTHS, "small month")


def _vertical(parent: Element, x: float, top: float, bottom: float, class_: str) -> None:
    _add(parent, "line", x1=x, x2=x, y1=top, y2=bottom, class_=class_)


def _arrows(root: Element, layout: Layout) -> None:
    bars = {bar.task.key: bar for bar in layout.bars}
    chain = [bars[key] for key in layout.facts.chain if key in bars]
    for before, after in zip(chain, chain[1:], strict=False):
        _add(
            root,
            "path",
            d=arrow_path(before, after),
            class_="arrow",
            marker_end="url(#timeline-arrow)",
            data_from=before.task.key,
            data_to=after.task.key,
        )


def _bar(root: Element, layout: Layout, bar: PlacedBar) -> None:
    task, size = bar.task, layout.size
    group = _add(
        root,
        "g",
        class_="task",
        data_task=task.key,
        data_start=task.start,
        data_finish=task.finish,
        data_due=task.due,
        data_look=bar.look,
        data_critical=str(bar.critical).lower(),
    )
    _add(group, "title", _tooltip(bar))
    soft = "label soft" if bar.look is Look.DROPPED else "label"
    _write(group, bar.label, bar.y + size * 0.35, soft, font_size=f"{number(size)}px")
    _tail(group, layout, bar)
    class_ = f"{bar.look} critical" if bar.critical else str(bar.look)
    if task.days:
        _add(
            group,
            "rect",
            x=bar.x,
            y=bar.y - size * THICK / 2,
            width=bar.end - bar.x,
            height=size * THICK,
            rx=2,
            class_=class_,
        )
    else:
        middle = (bar.x + bar.end) / 2
        _add(group, "path", d=diamond(middle, bar.y, size / 2), class_=class_)
    mark = mark_path(bar.look, bar.mark, bar.y, size)
    if mark:
        _add(group, "path", d=mark, class_="mark")


def _tail(group: Element, layout: Layout, bar: PlacedBar) -> None:
    """A thin line below the bar, until its due day, or until today if it is late."""
    if bar.tail <= bar.end:
        return
    low = bar.y + layout.size * TAIL
    class_ = "tail-late" if bar.look is Look.LATE else "tail"
    _add(group, "line", x1=bar.x, x2=bar.tail, y1=low, y2=low, class_=class_)


def _tooltip(bar: PlacedBar) -> str:
    task = bar.task
    state = task.status or "planned"
    parts = [
        f"{task.title} ({task.owner_name})",
        f"{task.start} to {task.finish}, due {task.due}",
        state if bar.look is not Look.LATE else f"{state}, late",
    ]
    if task.float_days is not None:
        parts.append(f"float {task.float_days}")
    return " · ".join([*parts, *(["critical chain"] if bar.critical else [])])


def _gate(root: Element, layout: Layout, placed: PlacedGate) -> None:
    gate, size = placed.gate, layout.size
    hard = " gate-hard" if gate.hard else ""
    passed = "" if gate.open_checks else " gate-passed"
    group = _add(root, "g", data_gate=gate.stage, data_on=gate.on)
    kind = "hard gate" if gate.hard else "gate"
    _add(group, "title", f"{gate.title} ({kind}) · {gate.on} · {gate.open_checks} checks open")
    outline = hexagon(placed.x, placed.y, size * 0.55)
    _add(group, "path", d=outline, class_=f"gate{hard}{passed}")
    _write(group, placed.label, placed.y + size * 0.35, "label soft", font_size=f"{number(size)}px")


def _days(root: Element, layout: Layout) -> None:
    """The lines of today, release and launch, with their names above."""
    facts, scale = layout.facts, layout.scale
    bottom = layout.lanes[-1].y + layout.lanes[-1].height if layout.lanes else TOP
    taken: list[tuple[float, float]] = []
    flags = [
        ("launch", facts.launch_on, {"data_anchor": "launch"}, "anchor-launch"),
        ("release", facts.release_on, {"data_anchor": "release"}, "anchor-release"),
        ("today", facts.today, {"data_today": facts.today}, "today"),
    ]
    for name, day, data, class_ in flags:
        x = (scale.begin(day) + scale.end(day)) / 2
        outside = not scale.first <= day <= scale.last
        text = f"{name} {day:%d %b %Y}" if outside else f"{name} {day:%d %b}"
        half = 7.2 * len(text) / 2
        middle = min(max(x, MARGIN + half), WIDTH - MARGIN / 2 - half)
        while any(abs(middle - other) < half + wide + 8 for other, wide in taken):
            middle -= 4
        taken.append((middle, half))
        group = _add(root, "g", **data, data_on=day)
        _add(group, "title", f"{name} {day}")
        _vertical(group, x, FLAGS + 4, bottom, class_)
        at = PlacedLabel(middle, text)
        _write(group, at, FLAGS, f"small {class_}", text_anchor="middle")


def _legend(root: Element, layout: Layout) -> None:
    group = _add(root, "g", class_="legend")
    y = layout.height - LEGEND_AT
    for item in LEGEND:
        _sample(group, item.sample, item.x, y)
        _write(group, PlacedLabel(item.x + 32, item.text), y + 4.5, "small soft")


def _sample(group: Element, sample: Sample, x: float, y: float) -> None:
    match sample:
        case Look():
            _add(group, "rect", x=x, y=y - 5, width=26.0, height=10.0, rx=2, class_=sample)
            mark = mark_path(sample, x + 7, y, 12.0)
            if mark:
                _add(group, "path", d=mark, class_="mark")
        case "tail":
            _add(group, "line", x1=x, x2=x + 26, y1=y + 3, y2=y + 3, class_="tail")
        case "critical":
            class_ = "planned critical"
            _add(group, "rect", x=x, y=y - 5, width=20.0, height=10.0, rx=2, class_=class_)
            way = f"M{number(x + 20)} {number(y)} L{number(x + 29)} {number(y)}"
            _add(group, "path", d=way, class_="arrow", marker_end="url(#timeline-arrow)")
        case "milestone":
            _add(group, "path", d=diamond(x + 13, y, 6.0), class_="planned")
        case "gate":
            _add(group, "path", d=hexagon(x + 13, y, 7.0), class_="gate")
        case "hard gate":
            _add(group, "path", d=hexagon(x + 13, y, 7.0), class_="gate gate-hard")
