from __future__ import annotations

import re

from launch_kits.verbs import cancel
from tests.launches import KEYS, LEAD, NOW, PMM, SALES, SLUG

PAGE = f"/launches/{SLUG}"


def forms(visit) -> list[str]:
    """The forms to which the handles of the page lead, in their order."""
    page = visit.get(PAGE).text
    drawn = page.partition('<svg class="handles"')[2].partition("</svg>")[0]
    return re.findall(r'<a href="([^"]+)"', drawn)


def test_the_lead_drags_the_launch_day_and_all_open_tasks(visit):
    visit.sign_in(LEAD)
    assert forms(visit) == [
        f"{PAGE}/change/move",
        *(f"{PAGE}/tasks/{key}/edit" for key in KEYS),
    ]


def test_an_owner_drags_their_own_bars_to_ask_for_more_time(visit):
    visit.sign_in(PMM)
    own = ("positioning", "research", "battlecard:osprey", "battlecard:kite")
    assert forms(visit) == [f"{PAGE}/tasks/{key}/extend" for key in own]
    visit.sign_in(SALES)
    assert forms(visit) == [f"{PAGE}/tasks/training/extend"]


def test_visitors_without_a_name_and_ended_launches_have_none(visit):
    assert forms(visit) == []
    visit.sign_in(LEAD)
    cancel(visit.store, SLUG, by=LEAD, now=NOW, note="Over")
    assert forms(visit) == []


def test_handles_lie_on_the_picture_that_they_belong_to(visit):
    visit.sign_in(LEAD)
    page = visit.get(PAGE).text
    picture = visit.get(f"{PAGE}/timeline.svg").text
    boxes = {re.search(r'viewBox="([^"]+)"', each)[1] for each in (page, picture)}
    assert len(boxes) == 1
    bar = re.search(r'data-task="training".*?<rect x="([0-9.]+)"', picture, re.DOTALL)
    handle = re.search(r'training/edit".*?<rect x="([0-9.]+)"', page, re.DOTALL)
    assert float(handle[1]) == float(bar[1])


def test_keys_step_over_days_off(visit):
    visit.sign_in(LEAD)
    days = re.search(r'data-workdays="([^"]+)"', visit.get(PAGE).text)[1].split()
    assert days[:6] == [
        *(f"2027-01-{day}" for day in (11, 12, 13, 14, 15)),
        "2027-01-18",
    ]
