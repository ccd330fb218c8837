"""The pictures that a template may place in a document."""

from __future__ import annotations

from functools import partial

from launch_kits.documents.formats.pictures import DocumentPicture, Pictures
from launch_kits.documents.timeline.by_stage import by_stage
from launch_kits.documents.timeline.layout import lay_out
from launch_kits.documents.timeline.picture import TimelineFacts
from launch_kits.documents.timeline.svg import timeline_svg

__all__ = ["pictures_of"]


def pictures_of(facts: TimelineFacts) -> Pictures:
    """The pictures of a launch: ``timeline`` with each task, ``stages`` with each stage."""
    return {
        "timeline": _picture(facts, wide=True),
        "stages": _picture(by_stage(facts), wide=False),
    }


def _picture(facts: TimelineFacts, *, wide: bool) -> DocumentPicture:
    layout = lay_out(facts)
    return DocumentPicture(
        title=facts.title,
        description=facts.description,
        light=partial(timeline_svg, facts, dark=False),
        themed=partial(timeline_svg, facts),
        proportion=(layout.height - layout.top) / layout.width,
        wide=wide,
    )
