"""A picture as an SVG, PDF or PNG file."""

from __future__ import annotations

from launch_kits.documents.timeline.layout import lay_out
from launch_kits.documents.timeline.picture import TimelineFacts
from launch_kits.documents.timeline.svg import timeline_svg

__all__ = ["PICTURE_FORMATS", "timeline_file"]

#: the kinds of files, as the ends of their names
PICTURE_FORMATS = ("svg", "pdf", "png")


def timeline_file(facts: TimelineFacts, kind: str) -> bytes:
    """Draw a picture as a file of a kind; a page as wide as A4 or A3 in landscape.

    Returns the same bytes for the same facts. PDF and PNG have the light colours.
    """
    if kind == "svg":
        return timeline_svg(facts).encode()
    from launch_kits.documents.formats.typst import compiler

    layout = lay_out(facts)
    return compiler().picture(
        timeline_svg(facts, dark=False),
        width=420 if layout.enlarged else 297,
        title=facts.title,
        description=facts.description,
        kind="png" if kind == "png" else "pdf",
        day=facts.today,
    )
