"""The pictures that a template may place in a document."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache, partial

from launch_kits.documents.formats.pictures import DocumentPicture, Pictures
from launch_kits.documents.timeline.by_stage import by_stage
from launch_kits.documents.timeline.layout import lay_out
from launch_kits.documents.timeline.picture import TimelineFacts
from launch_kits.documents.timeline.svg import drawn

__all__ = ["pictures_of"]


def pictures_of(facts: TimelineFacts, names: AbstractSet[str]) -> Pictures:
    """The named pictures of a launch: ``timeline`` with each task, ``stages`` with each stage.

    Each is laid out once, and drawn once for all formats.
    """
    found = {}
    if "timeline" in names:
        found["timeline"] = _picture(facts, wide=True)
    if "stages" in names:
        found["stages"] = _picture(by_stage(facts), wide=False)
    return found


def _picture(facts: TimelineFacts, *, wide: bool) -> DocumentPicture:
    layout = lay_out(facts)
    return DocumentPicture(
        title=facts.title,
        description=facts.description,
        light=cache(partial(drawn, layout, dark=False)),
        themed=cache(partial(drawn, layout, dark=True)),
        proportion=(layout.height - layout.top) / layout.width,
        wide=wide,
    )
