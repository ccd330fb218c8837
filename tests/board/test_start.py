from __future__ import annotations

import pytest

from launch_kits.board.start import differing_keys, launch_day, start_launch
from launch_kits.errors import InfeasiblePlan, NotFound, PrefectError
from tests.launches import NOW, SLUG, brief_with, launch

#: too early for the small kit
SOON = "2027-01-15"


def test_launch_is_started_once(store):
    first = start_launch(store, brief_with(), now=NOW)
    again = start_launch(store, brief_with(product="Falcon 3"), now=NOW)
    assert (first.new, again.new, first.late) == (True, False, None)
    assert launch(store).product == "Falcon 2"


def test_late_plan_is_refused_or_accepted_with_its_reason(store):
    brief = brief_with(launch_on=SOON)
    with pytest.raises(InfeasiblePlan) as refused:
        start_launch(store, brief, now=NOW)
    started = start_launch(store, brief, now=NOW, accept_late=True)
    assert started.new
    assert started.late == str(refused.value)


def test_brief_that_prefect_would_not_take_is_refused_before_it_is_opened(store):
    faq = [{"ask": f"{number}", "answer": "a" * 2000} for number in range(300)]
    with pytest.raises(PrefectError, match="KiB"):
        start_launch(store, brief_with(faq=faq), now=NOW)
    assert start_launch(store, brief_with(), now=NOW).new


def test_differing_keys_leave_the_days_out(falcon):
    assert differing_keys(falcon, brief_with(launch_on="2027-03-02")) == []
    other = brief_with(product="Falcon 3", launch_on="2027-03-02")
    assert other.launch == SLUG
    assert differing_keys(falcon, other) == ["product"]


def test_the_day_of_a_launch_is_that_of_its_first_start(falcon):
    assert launch_day(falcon, SLUG) == brief_with().launch_on
    start_launch(falcon, brief_with(launch_on="2027-03-02"), now=NOW)
    assert launch_day(falcon, SLUG) == brief_with().launch_on
    with pytest.raises(NotFound):
        launch_day(falcon, "kestrel-3")
