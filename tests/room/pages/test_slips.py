from __future__ import annotations

from datetime import date

from launch_kits.verbs import extend, move
from tests.launches import LEAD, NOW, PMM, SLUG, at

PAGE = f"/launches/{SLUG}/slips"


def test_a_launch_as_started_has_no_slip(visit):
    page = visit.text(PAGE)
    assert "as started" in page
    assert "none moved" in page


def test_moved_days_are_told_with_person_and_reason(visit):
    day = at("02-16").date()
    move(visit.store, SLUG, on=day, by=LEAD, now=NOW, note="The fair is later")
    page = visit.text(PAGE)
    assert "5 working days later than Tue 9 Feb" in page
    assert "Lee moved the launch: The fair is later" in page
    assert "Owner" in page
    extend(
        visit.store,
        SLUG,
        "positioning",
        until=date(2027, 1, 29),
        by=PMM,
        now=NOW,
        note="Two more talks",
    )
    page = visit.text(PAGE)
    assert "largest slip first" in page
