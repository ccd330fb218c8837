from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from launch_kits.database.queries import dependencies_of
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, PastLaunchDay
from launch_kits.inputs.brief import Brief
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs import done, drop, open_launch
from launch_kits.verbs.start import rollout_of
from tests import workers as crew
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    dump,
    events,
    kit_with,
    launch,
    notices,
    opened,
    pending,
    status,
    statuses,
    task,
    verbs,
)
from tests.workers import Workers


def links(store: Store) -> set[tuple[str, str, int]]:
    with store.read() as session:
        keys = {task(store, key).id: key for key in statuses(store)}
        return {
            (keys[link.task], keys[link.after], link.lag)
            for link in dependencies_of(session, SLUG)
        }


def test_a_launch_is_written_as_its_brief_plans_it(store: Store, brief: Brief) -> None:
    found = open_launch(store, brief, now=NOW)
    assert (found.slug, found.new, found.status) == (SLUG, True, "running")
    made = launch(store)
    assert (made.product, made.kit, made.tier, made.status) == (
        "Falcon 2",
        "small",
        1,
        "running",
    )
    assert (made.begin_on, made.release_on, made.launch_on) == (
        date(2027, 1, 11),
        date(2027, 2, 9),
        date(2027, 2, 9),
    )
    assert (made.opened_at, made.ended_at) == (NOW, None)
    plan = Rollout(
        brief,
        begin_on=made.begin_on,
        release_on=made.release_on,
        launch_on=made.launch_on,
    )
    for assignment, span in plan.dated():
        row = task(store, assignment.key)
        assert (row.start, row.finish, row.start_by, row.due, row.critical) == (
            span.start,
            span.finish,
            span.start_by,
            span.due,
            span.critical,
        )
        assert row.planned_due == span.due
        assert (row.owner, row.backup, row.approver) == (
            assignment.owner,
            assignment.backup,
            assignment.approver,
        )


def test_tasks_carry_what_the_kit_and_the_brief_say(falcon: Store) -> None:
    card = task(falcon, "battlecard:kite")
    assert (card.title, card.stage, card.stage_title) == (
        "Battlecard: Kite",
        "sales",
        "Sales readiness",
    )
    assert (card.each, card.item, card.template) == (
        "competitors",
        "kite",
        "battlecard.md.j2",
    )
    assert (card.owner, card.backup, card.approver) == (PMM, OPS, LEGAL)
    assert card.checklist == ["Every claim has a source"]
    retro = task(falcon, "retro")
    assert (retro.not_before_offset, retro.not_before, retro.due_offset, retro.due) == (
        "T+2",
        date(2027, 2, 11),
        "T+5",
        date(2027, 2, 16),
    )


def test_links_are_those_of_the_kit_fanned_out(falcon: Store) -> None:
    assert links(falcon) == {
        ("battlecard:osprey", "positioning", 0),
        ("battlecard:kite", "positioning", 0),
        ("legal_review", "positioning", 0),
        ("training", "battlecard:osprey", 0),
        ("training", "battlecard:kite", 0),
        ("training", "legal_review", 2),
        ("go_live", "training", 0),
        ("retro", "go_live", 0),
    }


def test_what_nothing_holds_is_ready_and_told(falcon: Store) -> None:
    assert {key for key, status in statuses(falcon).items() if status == "ready"} == {
        "positioning",
        "research",
    }
    assert [event.verb for event in events(falcon)] == ["start", "ready", "ready"]
    assert (events(falcon)[0].by, events(falcon)[1].by) == (LEAD, "launch-kits")
    assert [notice.key for notice in notices(falcon)] == [
        "headline:falcon-2:-:#falcon-2-launch:1",
        "task:falcon-2:positioning:pmm@example.com:1",
        "task:falcon-2:research:pmm@example.com:1",
    ]


def test_the_snapshot_is_the_whole_brief(falcon: Store, brief: Brief) -> None:
    snapshot = Brief.model_validate(launch(falcon).brief)
    assert snapshot == brief
    assert [one.key for one in snapshot.competitors()] == ["osprey", "kite"]
    assert snapshot.kit_in_place.kit == "small"


def test_a_launch_that_is_there_stays_as_it_is(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    before = dump(falcon)
    again = open_launch(
        falcon,
        brief_with(product="Falcon 2.1", launch_on="2027-05-04"),
        now=at("01-12"),
    )
    assert (again.slug, again.new, again.status) == (SLUG, False, "running")
    assert dump(falcon) == before


def test_work_begins_today_where_the_brief_names_an_earlier_day(store: Store) -> None:
    opened(store, now=at("01-13"))
    assert launch(store).begin_on == date(2027, 1, 13)
    assert task(store, "positioning").start == date(2027, 1, 13)


def test_work_begins_today_where_the_brief_names_no_day(store: Store) -> None:
    opened(store, brief_with(begin_on=None), now=at("01-13"))
    assert launch(store).begin_on == date(2027, 1, 13)


def test_today_is_the_day_in_the_launch_s_time_zone(store: Store) -> None:
    opened(store, brief_with(begin_on=None), now=at("01-13", 22))
    opened(
        store,
        brief_with(begin_on=None, launch="far", timezone="Asia/Tokyo"),
        now=at("01-13", 22),
    )
    assert launch(store).begin_on == date(2027, 1, 13)
    assert launch(store, "far").begin_on == date(2027, 1, 14)


def test_nothing_is_ready_before_the_first_day_of_work(store: Store) -> None:
    opened(store, brief_with(begin_on="2027-01-18"))
    assert set(statuses(store).values()) == {"waiting"}
    assert pending(store, "task") == []
    assert task(store, "positioning").look_at == at("01-18", 0)


def test_a_plan_that_does_not_hold_is_refused_with_the_day_that_does(
    store: Store,
) -> None:
    brief = brief_with(launch_on="2027-01-15")
    before = dump(store)
    with pytest.raises(
        InfeasiblePlan,
        match=r"holds by the dates alone is 2027-\d\d-\d\d, and people have time for the work "
        r"by 2027-\d\d-\d\d: start with --on.*--accept-late",
    ):
        open_launch(store, brief, now=NOW)
    assert dump(store) == before


def test_the_day_that_was_said_to_hold_holds(store: Store) -> None:
    with pytest.raises(InfeasiblePlan) as caught:
        open_launch(store, brief_with(launch_on="2027-01-15"), now=NOW)
    said = str(caught.value)
    day = said.partition("alone is ")[2][:10]
    people = said.partition("for the work by ")[2][:10]
    assert day <= people
    assert open_launch(store, brief_with(launch_on=day), now=NOW).new


def test_the_day_on_which_people_were_said_to_have_time_is_the_first(
    store: Store,
) -> None:
    with pytest.raises(InfeasiblePlan) as caught:
        open_launch(store, brief_with(launch_on="2027-01-15"), now=NOW)
    day = str(caught.value).partition("for the work by ")[2][:10]
    before = (date.fromisoformat(day) - timedelta(1)).isoformat()
    for on, holds in ((before, False), (day, True)):
        rollout = rollout_of(brief_with(launch_on=on), now=NOW)
        assert rollout.load.levelled.levelling.holds is holds


def test_a_late_plan_can_be_accepted(store: Store) -> None:
    assert open_launch(
        store, brief_with(launch_on="2027-01-15"), now=NOW, accept_late=True
    ).new
    assert task(store, "training").finish > task(store, "training").due


#: a quarter past eight in the evening of 10 January in New York; the eleventh has begun in Berlin
EVENING = datetime(2027, 1, 11, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "now", "zone"),
    [
        ("2026-01-01", NOW, "America/New_York"),
        ("2027-01-10", NOW, "America/New_York"),
        ("2027-01-09", EVENING, "America/New_York"),
        ("2027-01-10", EVENING, "Europe/Berlin"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_launch_day_before_today_is_refused_unless_it_is_meant(
    store: Store, day, now, zone, late
) -> None:
    brief = brief_with(launch_on=day, begin_on=None, timezone=zone)
    before = dump(store)
    with pytest.raises(
        PastLaunchDay,
        match=f"the launch day {day} is past.*--on.*--accept-past.*accept_past",
    ):
        open_launch(store, brief, now=now, accept_late=late)
    assert dump(store) == before
    assert open_launch(store, brief, now=now, accept_late=late, accept_past=True).new
    # it is there: whatever its day, starting it again finds it
    assert not open_launch(store, brief, now=now).new


@pytest.mark.parametrize(
    ("now", "zone"), [(EVENING, "America/New_York"), (at("01-10"), "Europe/Berlin")]
)
def test_a_launch_day_that_is_still_today_where_the_launch_is_is_only_late(
    store: Store, now, zone
) -> None:
    brief = brief_with(launch_on="2027-01-10", begin_on=None, timezone=zone)
    for accept_past in (False, True):
        with pytest.raises(InfeasiblePlan):
            open_launch(store, brief, now=now, accept_past=accept_past)
    assert open_launch(store, brief, now=now, accept_late=True).new


def test_a_kit_without_tasks_for_this_launch_is_done_at_once(store: Store) -> None:
    kit = kit_with(only=["positioning"], positioning={"when": {"tier": [3]}})
    assert open_launch(store, brief_with(kit=kit), now=NOW).status == "done"
    assert verbs(store) == ["start", "finished"]


def test_a_task_that_is_not_needed_passes_its_lags_on(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(legal_review={"when": {"tier": [3]}})))
    assert ("training", "positioning", 2) in links(store)
    assert "legal_review" not in statuses(store)


def test_a_role_the_team_lacks_is_the_lead_s(store: Store) -> None:
    team = {"lead": {"name": "Lee", "email": LEAD}}
    opened(store, brief_with(team=team))
    assert {task(store, key).owner for key in KEYS} == {LEAD}


def test_notices_wait_for_the_hours_of_their_reader(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(training={"after": []})), now=at("01-11", 20))
    waits = {notice.to: notice.send_after for notice in notices(store)}
    assert waits[PMM] == at("01-12", 9)
    assert waits[SALES] == at("01-11", 20), "it is 9 in the morning in Singapore"
    assert waits["#falcon-2-launch"] == at("01-12", 9)


def test_several_launches_are_side_by_side(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel"))
    drop(falcon, "kestrel", "positioning", now=NOW)
    assert status(falcon, "positioning") == "ready"
    assert statuses(falcon, "kestrel")["positioning"] == "dropped"


def test_of_several_opening_one_launch_at_once_one_writes_it_whole(
    store: Store, database_url: str, workers: Workers
) -> None:
    assert sorted(workers(crew.start, database_url)) == [False] * (crew.COUNT - 1) + [
        True
    ]
    assert tuple(statuses(store)) == KEYS
    assert len(links(store)) == 8
    assert verbs(store) == ["start", "ready", "ready"]
    assert len(notices(store)) == 3
