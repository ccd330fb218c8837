from __future__ import annotations

from launch_kits.documents.timeline.by_stage import by_stage
from launch_kits.documents.timeline.in_documents import pictures_of
from launch_kits.documents.timeline.svg import timeline_svg
from tests.documents.timeline.samples import crowded


def test_a_document_may_show_each_task_or_each_stage() -> None:
    facts = crowded(90)
    found = pictures_of(facts, {"timeline", "stages", "product1"})
    assert set(found) == {"timeline", "stages"}
    whole = found["timeline"]
    stages = found["stages"]
    assert (whole.wide, stages.wide) == (True, False)
    assert whole.light() == timeline_svg(facts, dark=False)
    assert whole.themed() == timeline_svg(facts)
    assert stages.light() == timeline_svg(by_stage(facts), dark=False)
    assert whole.description == facts.description
    assert 0 < stages.proportion < whole.proportion < 1


def test_only_pictures_that_a_document_shows_are_laid_out() -> None:
    facts = crowded(90)
    assert pictures_of(facts, {"product1"}) == {}
    assert set(pictures_of(facts, {"stages"})) == {"stages"}
