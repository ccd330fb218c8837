from __future__ import annotations

from datetime import date, timedelta

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotFound, NotYours, PlanError, Refused
from launch_kits.verbs import (
    approve,
    begin,
    cancel,
    done,
    drop,
    extend,
    move,
    open_launch,
    preview_move,
    reassign,
    submit,
)
from launch_kits.worker.step import sweep_due
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    dump,
    events,
    extensions,
    kit_with,
    launch,
    notices,
    opened,
    sentence_of,
    status,
    task,
)

DAY = date(2027, 2, 9)
LATER = date(2027, 2, 16)
EARLIER = date(2027, 2, 2)


def dues(store: Store) -> dict[str, date]:
    return {key: task(store, key).due for key in KEYS}


def test_a_preview_writes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    found = preview_move(falcon, SLUG, on=LATER, now=NOW)
    assert (
        found.launch_before,
        found.launch_on,
        found.release_before,
        found.release_on,
    ) == (DAY, LATER, DAY, LATER)
    assert (found.feasible, found.late_by, found.earliest_launch_on) == (
        True,
        0,
        None,
    )
    assert {*found.told} == {shift.owner for shift in found.shifts} - {LEAD}
    assert [shift.key for shift in found.shifts] == list(KEYS)
    assert dump(falcon) == before


def test_a_move_does_what_its_preview_shows(falcon: Store) -> None:
    preview = preview_move(falcon, SLUG, on=LATER, now=NOW)
    found = move(falcon, SLUG, on=LATER, now=NOW)
    assert found.shifts == preview.shifts
    assert dues(falcon) == {shift.key: shift.due for shift in found.shifts}
    assert (launch(falcon).launch_on, launch(falcon).release_on) == (LATER, LATER)
    assert preview_move(falcon, SLUG, on=LATER, now=NOW).shifts == ()


def test_a_moved_launch_is_planned_as_if_it_had_been_started_so(falcon: Store) -> None:
    move(falcon, SLUG, on=LATER, now=NOW)
    cancel(falcon, SLUG, now=NOW)
    open_launch(
        falcon, brief_with(launch="fresh", launch_on=LATER.isoformat()), now=NOW
    )
    for key in KEYS:
        moved = task(falcon, key)
        fresh = task(falcon, key, slug="fresh")
        for name in (
            "start",
            "finish",
            "start_by",
            "due",
            "planned_due",
            "critical",
            "not_before",
            "planned_start",
            "planned_finish",
        ):
            assert getattr(moved, name) == getattr(fresh, name), (key, name)


def test_a_move_there_and_back_is_not_a_move(store: Store) -> None:
    opened(store, level=True)
    before = dump(store)["task"]
    move(store, SLUG, on=LATER, now=NOW)
    move(store, SLUG, on=DAY, now=NOW)
    assert dump(store)["task"] == before


def test_the_release_keeps_its_distance_in_working_days(store: Store) -> None:
    opened(store, brief_with(release_on="2027-02-04"))
    move(store, SLUG, on=date(2027, 2, 15), now=NOW)
    assert launch(store).release_on == date(2027, 2, 10), (
        "three working days before, as it was"
    )


def test_only_those_whose_due_day_changed_are_told(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    drop(falcon, SLUG, "training", now=NOW)
    found = move(falcon, SLUG, on=LATER, now=NOW, note="The venue")
    assert set(found.told) == {PMM, LEGAL}
    told = {notice.to: notice.facts for notice in notices(falcon, "news")}
    assert set(told) == {PMM, LEGAL}
    assert told[LEGAL] == {
        "changes": [
            {
                "task": "legal_review",
                "title": "Legal review",
                "owner": LEGAL,
                "field": "due",
                "from": "2027-02-03",
                "to": "2027-02-12",
                "due_before": "2027-02-03",
                "due": "2027-02-12",
            }
        ],
        "launch_before": "2027-02-09",
        "launch_on": "2027-02-16",
        "by": LEAD,
        "note": "The venue",
    }
    assert "positioning" not in [change["task"] for change in told[PMM]["changes"]]


def test_the_person_who_moves_the_launch_is_not_told_of_it(falcon: Store) -> None:
    preview = preview_move(falcon, SLUG, on=LATER, by=LEAD.upper(), now=NOW)
    found = move(falcon, SLUG, on=LATER, by=LEAD, now=NOW)
    assert found.told == preview.told
    assert LEAD in {shift.owner for shift in found.shifts}
    assert LEAD not in {each.to for each in notices(falcon, "news")}


def test_no_one_is_told_of_a_move_that_changes_no_due_day(falcon: Store) -> None:
    found = move(falcon, SLUG, on=DAY, now=NOW)
    assert (found.shifts, found.told) == ((), ())
    assert notices(falcon, "news") == []


def test_the_new_owner_is_told_and_not_the_old_one(falcon: Store) -> None:
    reassign(falcon, SLUG, "legal_review", to="ops", now=NOW)
    assert LEGAL not in move(falcon, SLUG, on=LATER, now=NOW).told


def test_a_move_is_in_the_history(falcon: Store) -> None:
    move(falcon, SLUG, on=LATER, now=NOW, note="The venue")
    event = events(falcon, verb="move")[0]
    assert (event.by, event.note) == (LEAD, "The venue")
    assert event.data == {"launch_on": "2027-02-16", "launch_before": "2027-02-09"}


def test_extensions_lapse_with_a_move(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 11), by=LEAD, now=NOW)
    extend(falcon, SLUG, "legal_review", until=date(2027, 5, 3), now=NOW)
    move(falcon, SLUG, on=LATER, now=NOW)
    assert (task(falcon, "research").due, task(falcon, "research").planned_due) == (
        date(2027, 2, 15),
    ) * 2
    assert [each.status for each in extensions(falcon)] == ["granted", "lapsed"]


def test_the_more_time_that_lapses_is_named_before_and_told_after(
    falcon: Store,
) -> None:
    """One grant ends within its new due day, so nothing of it is lost; the other one does not."""
    extend(falcon, SLUG, "research", until=date(2027, 2, 11), by=LEAD, now=NOW)
    extend(falcon, SLUG, "training", until=date(2027, 5, 3), by=LEAD, now=NOW)
    preview = preview_move(falcon, SLUG, on=LATER, now=NOW)
    lapsed = [(each.key, each.owner, each.before) for each in preview.lapses]
    assert lapsed == [("training", SALES, "2027-05-03")]
    assert [each.code for each in preview.warnings].count("more-time-lapses") == 1
    found = move(falcon, SLUG, on=LATER, now=NOW)
    assert found.lapses == preview.lapses
    (told,) = (each for each in notices(falcon, "news") if each.to == SALES)
    assert '"Training": the more time granted until Mon 3 May lapses' in sentence_of(
        falcon, told
    )
    assert preview_move(falcon, SLUG, on=LATER, now=NOW).lapses == ()


def test_more_time_that_a_move_back_loses_is_named(falcon: Store) -> None:
    """The first move costs nothing, as the new due day lies behind the time granted."""
    extend(falcon, SLUG, "research", until=date(2027, 2, 11), by=LEAD, now=NOW)
    due = task(falcon, "research").planned_due
    assert not move(falcon, SLUG, on=LATER, now=NOW).warnings
    for found in (
        preview_move(falcon, SLUG, on=DAY, now=NOW),
        move(falcon, SLUG, on=DAY, now=NOW),
    ):
        (lost,) = found.warnings
        assert lost.message == (
            'the more time granted until 2027-02-11 for task "research" ended with an earlier '
            f"move; it is due {due} again"
        )
    assert not preview_move(falcon, SLUG, on=DAY, now=NOW).warnings


def test_a_move_to_the_same_day_ends_no_more_time(falcon: Store) -> None:
    extend(falcon, SLUG, "training", until=date(2027, 2, 3), now=NOW)
    assert preview_move(falcon, SLUG, on=DAY, now=NOW).lapses == ()
    assert not move(falcon, SLUG, on=DAY, now=NOW).shifts
    assert task(falcon, "training").extended_until == date(2027, 2, 3)


def test_what_is_done_is_taken_as_done(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=at("01-12"))
    begin(falcon, SLUG, "battlecard:kite", now=at("01-13"))
    submit(falcon, SLUG, "battlecard:osprey", now=at("01-13"))
    approve(falcon, SLUG, "battlecard:osprey", now=at("01-13"))
    before = {key: task(falcon, key) for key in ("positioning", "battlecard:osprey")}
    move(falcon, SLUG, on=LATER, now=at("01-20"))
    for key, found in before.items():
        assert (
            task(falcon, key).due,
            task(falcon, key).start,
            task(falcon, key).done_at,
        ) == (
            found.due,
            found.start,
            found.done_at,
        )
    assert task(falcon, "legal_review").start == date(2027, 1, 20), (
        "planned again from today"
    )
    assert status(falcon, "battlecard:kite") == "doing"


def test_a_move_before_the_first_day_of_work_still_begins_on_it(store: Store) -> None:
    opened(store, brief_with(begin_on="2027-01-18"))
    move(store, SLUG, on=LATER, now=at("01-12"))
    assert task(store, "positioning").start == date(2027, 1, 18)


def test_a_day_that_cannot_be_kept_is_refused_with_the_one_that_can(
    falcon: Store,
) -> None:
    before = dump(falcon)
    with pytest.raises(
        InfeasiblePlan,
        match=r"too early; the earliest day that holds by the dates alone is 2027-01-\d\d"
        r".*--accept-late",
    ):
        move(falcon, SLUG, on=date(2027, 1, 15), now=NOW)
    assert dump(falcon) == before
    preview = preview_move(falcon, SLUG, on=date(2027, 1, 15), now=NOW)
    assert (preview.feasible, preview.late_by > 0) == (False, True)
    assert preview.earliest_launch_on is not None
    assert move(falcon, SLUG, on=preview.earliest_launch_on, now=NOW).feasible


def test_a_day_that_cannot_be_kept_can_be_accepted(falcon: Store) -> None:
    found = move(falcon, SLUG, on=date(2027, 1, 15), now=NOW, accept_late=True)
    assert not found.feasible
    assert launch(falcon).launch_on == date(2027, 1, 15)


def test_a_past_day_is_refused(falcon: Store) -> None:
    before = dump(falcon)
    for act in (move, preview_move):
        with pytest.raises(PlanError, match="2027-01-08 is past"):
            act(falcon, SLUG, on=date(2027, 1, 8), now=NOW)
    assert dump(falcon) == before


@pytest.mark.parametrize("who", [PMM, SALES, STRANGER])
def test_only_the_lead_moves(falcon: Store, who: str) -> None:
    before = dump(falcon)
    with pytest.raises(NotYours):
        move(falcon, SLUG, on=LATER, by=who, now=NOW)
    assert dump(falcon) == before


def test_a_launch_that_has_ended_cannot_be_moved(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning"])))
    done(store, SLUG, "positioning", now=NOW)
    for act in (move, preview_move):
        with pytest.raises(Refused, match="is done"):
            act(store, SLUG, on=LATER, now=NOW)


def test_an_unknown_launch_cannot_be_moved(falcon: Store) -> None:
    for act in (move, preview_move):
        with pytest.raises(NotFound):
            act(falcon, "kestrel", on=LATER, now=NOW)


def test_an_earlier_launch_opens_what_only_its_day_held(falcon: Store) -> None:
    drop(falcon, SLUG, "training", now=NOW)
    for key in (
        "positioning",
        "research",
        "legal_review",
        "battlecard:kite",
        "battlecard:osprey",
    ):
        done(falcon, SLUG, key, now=NOW)
    for key in ("battlecard:kite", "battlecard:osprey"):
        approve(falcon, SLUG, key, now=NOW)
    move(falcon, SLUG, on=EARLIER, now=at("02-01"))
    assert (status(falcon, "go_live"), task(falcon, "go_live").not_before) == (
        "waiting",
        EARLIER,
    )
    sweep_due(falcon, now=at("02-02", 0))
    assert status(falcon, "go_live") == "ready"


def test_a_later_launch_leaves_what_is_ready_as_it_is(store: Store) -> None:
    opened(
        store,
        brief_with(kit=kit_with(research={"not_before": "T-20"})),
        now=at("01-13"),
    )
    assert status(store, "research") == "ready"
    move(store, SLUG, on=LATER, now=at("01-13"))
    assert (status(store, "research"), task(store, "research").not_before) == (
        "ready",
        date(2027, 1, 19),
    )


def test_a_due_day_moved_back_is_overdue_when_it_passes(falcon: Store) -> None:
    sweep_due(falcon, now=at("02-09", 0))
    move(falcon, SLUG, on=LATER, now=at("02-09"), accept_late=True)
    due = task(falcon, "research").due
    assert due == date(2027, 2, 15)
    sweep_due(falcon, now=at(due.isoformat(), 0) + timedelta(days=1))
    assert [
        event.data["due"] for event in events(falcon, verb="overdue", key="research")
    ] == [
        "2027-02-08",
        "2027-02-15",
    ]


def test_a_move_to_a_day_off_warns_and_plans_from_the_working_day_before(
    falcon: Store,
) -> None:
    found = preview_move(falcon, SLUG, on=date(2027, 2, 20), now=NOW)
    (warning,) = found.warnings
    assert warning.code == "anchor-off-day"
    assert warning.message == (
        "launch_on 2027-02-20 (Saturday) is not a working day; "
        "the plan counts from 2027-02-19 (Friday)"
    )
    on_friday = preview_move(falcon, SLUG, on=date(2027, 2, 19), now=NOW)
    assert (found.launch_on, on_friday.warnings, found.shifts) == (
        date(2027, 2, 20),
        (),
        on_friday.shifts,
    )
    assert move(falcon, SLUG, on=date(2027, 2, 20), now=NOW).warnings == found.warnings
