from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import answer_extension, done, extend, preview_extension, submit
from tests.launches import (
    LEAD,
    NOW,
    SLUG,
    already,
    at,
    changed,
    dump,
    extensions,
    status,
    task,
)

#: research is due on Monday 8 February with 19 working days of float
DUE, LAST_WITHIN, BEYOND = date(2027, 2, 8), date(2027, 3, 5), date(2027, 3, 8)


def test_within_its_float_a_day_would_be_granted(falcon: Store) -> None:
    before = dump(falcon)
    extent = preview_extension(falcon, SLUG, "research", until=LAST_WITHIN, now=NOW)
    assert (extent.until, extent.due, extent.granted, extent.beyond, extent.spare) == (
        LAST_WITHIN,
        DUE,
        True,
        19,
        19,
    )
    assert dump(falcon) == before


def test_beyond_its_float_the_lead_would_be_asked(falcon: Store) -> None:
    extent = preview_extension(falcon, SLUG, "research", until=BEYOND, now=NOW)
    assert (extent.granted, extent.beyond) == (False, 20)
    assert preview_extension(
        falcon, SLUG, "research", until=BEYOND, by=LEAD, now=NOW
    ).granted


def test_a_preview_names_what_the_day_passes(falcon: Store) -> None:
    extent = preview_extension(falcon, SLUG, "research", until=LAST_WITHIN, now=NOW)
    assert extent.followers == ()
    assert extent.anchor == ("launch", date(2027, 2, 9))
    late = preview_extension(
        falcon, SLUG, "positioning", until=date(2027, 2, 5), now=NOW
    )
    assert late.followers == ("Battlecard: Osprey", "Battlecard: Kite", "Legal review")
    assert late.anchor is None


@pytest.mark.parametrize("until", [date(2027, 2, 13), date(2027, 2, 14)])
def test_a_day_off_means_the_working_day_before(falcon: Store, until: date) -> None:
    assert preview_extension(
        falcon, SLUG, "research", until=until, now=NOW
    ).until == date(2027, 2, 12)


def test_what_would_be_refused_is_refused_in_the_preview(falcon: Store) -> None:
    with pytest.raises(Refused, match="is earlier"):
        preview_extension(falcon, SLUG, "research", until=date(2027, 2, 5), now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="it needs no more time"):
        preview_extension(falcon, SLUG, "research", until=BEYOND, now=NOW)


def test_a_preview_tells_what_extend_then_does(falcon: Store) -> None:
    for until in (date(2027, 2, 10), LAST_WITHIN, BEYOND, date(2027, 4, 1)):
        extent = preview_extension(falcon, SLUG, "research", until=until, now=NOW)
        changed(extend(falcon, SLUG, "research", until=until, now=NOW))
        assert (task(falcon, "research").due == until) is extent.granted


def test_an_answer_for_one_day_leaves_the_task_in_review(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, "battlecard:kite", now=NOW)
    until = date(2027, 3, 8)
    changed(extend(falcon, SLUG, "battlecard:kite", until=until, now=NOW))
    changed(
        answer_extension(
            falcon,
            SLUG,
            "battlecard:kite",
            until=until,
            granted=True,
            by=LEAD,
            now=at("01-12"),
        )
    )
    assert status(falcon, "battlecard:kite") == "review"
    assert task(falcon, "battlecard:kite").due == until
    assert [each.status for each in extensions(falcon)] == ["granted"]


def test_an_answer_for_a_day_that_nobody_asks_for_any_more_changes_nothing(
    falcon: Store,
) -> None:
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    changed(extend(falcon, SLUG, "research", until=date(2027, 3, 10), now=NOW))
    already(
        answer_extension(
            falcon, SLUG, "research", until=BEYOND, granted=True, by=LEAD, now=NOW
        )
    )
    assert task(falcon, "research").due == DUE


def test_only_the_lead_answers_for_a_day(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    with pytest.raises(NotYours):
        answer_extension(
            falcon,
            SLUG,
            "research",
            until=BEYOND,
            granted=True,
            by="pmm@example.com",
            now=NOW,
        )
