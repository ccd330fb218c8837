from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.plan import Workload
from launch_kits.verbs import (
    begin,
    block,
    cancel,
    delegate,
    done,
    move,
    open_launch,
)
from launch_kits.views.running_load import (
    RunningLoad,
    owners_of,
    read_running_load,
)
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    kit_with,
    opened,
    task,
)

OTHER = "kestrel-3"
MONDAY = date(2027, 1, 11)
NEXT = date(2027, 1, 18)


def read(
    store: Store,
    *,
    now: datetime = NOW,
    of: list[str] | None = None,
    but: str | None = None,
) -> RunningLoad:
    with store.read() as session:
        return read_running_load(session, now=now, of=of, but=but)


def team_with(**people: dict[str, Any]) -> dict[str, Any]:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    return {role: person | people.get(role, {}) for role, person in team.items()}


def small(slug: str, *, share: float = 1, days: int = 3, **changes: Any) -> Brief:
    """One task of the product marketer."""
    kit = kit_with(only=["positioning"], positioning={"share": share, "days": days})
    return brief_with(launch=slug, kit=kit, **changes)


def of(loads: list[Workload], owner: str) -> Workload:
    (found,) = (one for one in loads if one.owner == owner)
    return found


def weeks(load: Workload) -> list[tuple[date, float, float]]:
    return [
        (week.first, float(week.asked), float(week.available)) for week in load.weeks
    ]


def test_work_lies_on_planned_dates(falcon: Store) -> None:
    found = {one.task: one for one in read(falcon).work}
    # milestones are no work
    assert set(found) == {f"{SLUG}/{key}" for key in KEYS if key != "go_live"}
    there = task(falcon, "research")
    assert found[f"{SLUG}/research"].days[0] == there.planned_start
    assert found[f"{SLUG}/research"].days[-1] == there.planned_finish
    assert found[f"{SLUG}/research"].share == 1


def test_begun_work_lies_from_its_beginning_to_today_at_least(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=at("01-12"))

    def days(now: datetime) -> list[int]:
        found = {one.task: one for one in read(falcon, now=now).work}
        return [day.day for day in found[f"{SLUG}/positioning"].days]

    assert days(at("01-12")) == [12, 13]
    assert days(at("01-18")) == [12, 13, 14, 15, 18]
    # it is still Sunday in New York
    assert days(datetime.fromisoformat("2027-01-18T04:00:00+00:00")) == [12, 13, 14, 15]


def test_work_planned_for_earlier_weeks_is_behind_until_it_is_begun(
    falcon: Store,
) -> None:
    later = at("01-25")
    found = of(read(falcon, now=later).workloads(), PMM)
    assert found.behind > 0
    assert f"{SLUG}/positioning" in found.behind_tasks
    begin(falcon, SLUG, "positioning", now=later)
    after = of(read(falcon, now=later).workloads(), PMM)
    assert f"{SLUG}/positioning" not in after.behind_tasks
    assert after.behind < found.behind


def test_work_in_review_or_blocked_asks_for_no_day(falcon: Store) -> None:
    block(falcon, SLUG, "positioning", now=NOW, note="No numbers")
    block(falcon, SLUG, "research", now=NOW, note="No numbers")
    found = {one.task: one for one in read(falcon).work}
    assert list(found[f"{SLUG}/positioning"].days) == []
    load = of(read(falcon).workloads(), PMM)
    assert load.asked == 4
    tasks = {task for week in load.weeks for task in week.tasks}
    assert tasks == {f"{SLUG}/battlecard:osprey", f"{SLUG}/battlecard:kite"}


def test_everyone_is_asked_by_all_launches_that_run(store: Store) -> None:
    falcon = store
    open_launch(falcon, brief_with(), now=NOW)
    open_launch(falcon, brief_with(launch=OTHER), now=NOW)
    loads = read(falcon).workloads()
    assert [one.owner for one in loads] == [LEAD, LEGAL, PMM, SALES]
    assert of(loads, PMM).asked == 18
    assert of(loads, PMM).over_days == 0
    tasks = {task for week in of(loads, PMM).weeks for task in week.tasks}
    assert {name.partition("/")[0] for name in tasks} == {SLUG, OTHER}
    cancel(falcon, OTHER, now=NOW)
    assert of(read(falcon).workloads(), PMM).asked == 9


def test_the_owners_of_a_launch_are_shown_with_all_they_have(falcon: Store) -> None:
    open_launch(falcon, small(OTHER), now=NOW)
    with falcon.read() as session:
        assert owners_of(session, OTHER) == [PMM]
        assert sorted(owners_of(session, SLUG)) == sorted([LEAD, LEGAL, PMM, SALES])
    (load,) = read(falcon, of=[PMM]).workloads(like=OTHER)
    assert (load.owner, load.asked) == (PMM, 12)


def test_a_launch_that_ended_has_no_owners_and_an_unknown_one_is_not_found(
    falcon: Store,
) -> None:
    cancel(falcon, SLUG, now=NOW)
    with falcon.read() as session:
        assert owners_of(session, SLUG) == []
        with pytest.raises(NotFound):
            owners_of(session, "falcon-3")
    assert read(falcon).workloads() == []
    assert read(falcon, of=[]).workloads(like=SLUG) == []


def test_an_email_is_one_person_s_in_any_case(store: Store) -> None:
    open_launch(store, small(SLUG), now=NOW)
    team = team_with(pmm={"email": PMM.upper()})
    open_launch(store, small(OTHER, team=team), now=NOW)
    (load,) = read(store, of=[PMM.title()]).workloads()
    assert (load.owner, load.asked) == (PMM, 6)


def test_one_launch_can_be_left_out(falcon: Store) -> None:
    open_launch(falcon, small(OTHER), now=NOW)
    assert {row.launch for row in read(falcon, but=SLUG).rows} == {OTHER}
    assert read(falcon, but=SLUG, of=[LEAD]).rows == []


def test_the_smallest_stated_capacity_counts_in_all_launches(store: Store) -> None:
    open_launch(store, small(SLUG, team=team_with(pmm={"capacity": 2})), now=NOW)
    open_launch(store, small(OTHER), now=NOW)
    assert of(read(store).workloads(), PMM).capacity == 2
    # of another role too, and when the task is done
    team = team_with(ops={"capacity": 0.5, "email": PMM.upper()})
    kit = kit_with(only=["positioning", "legal_review"])
    open_launch(store, brief_with(launch="merlin", kit=kit, team=team), now=NOW)
    assert of(read(store).workloads(), PMM).capacity == Fraction(1, 2)
    done(store, "merlin", "positioning", now=NOW)
    assert of(read(store).workloads(), PMM).capacity == Fraction(1, 2)
    assert read(store, of=[PMM]).resources(()).of(PMM) == Fraction(1, 2)
    assert read(store, of=[PMM], but="merlin").resources(()).of(PMM) == 2


def test_a_launch_without_a_task_of_a_person_states_nothing_for_them(
    store: Store,
) -> None:
    kit = kit_with(only=["legal_review"], legal_review={"after": []})
    team = team_with(pmm={"capacity": 0.5})
    open_launch(store, brief_with(launch=OTHER, kit=kit, team=team), now=NOW)
    open_launch(store, small(SLUG), now=NOW)
    assert of(read(store).workloads(), PMM).capacity == 1
    found = read(store, of=[PMM])
    assert set(found.launches) == {SLUG}
    assert found.resources(()).of(PMM) == 1


def test_the_load_of_a_person_adds_up_by_day(store: Store) -> None:
    for slug, share in ((SLUG, 0.6), (OTHER, 0.3)):
        open_launch(store, small(slug, share=share), now=NOW, level=False)
    found = read(store).resources(()).load[PMM]
    assert found == {date(2027, 1, day): Fraction(9, 10) for day in (11, 12, 13)}


def test_a_day_is_available_if_it_is_worked_in_one_launch_with_work(
    store: Store,
) -> None:
    away = {"away": [{"from": "2027-01-12", "to": "2027-01-13"}]}
    open_launch(store, small(SLUG, team=team_with(pmm=away)), now=NOW)
    (load,) = read(store).workloads()
    # work lies on the days of its own launch
    assert weeks(load) == [(MONDAY, 3, 3)]
    open_launch(store, small(OTHER), now=NOW)
    (load,) = read(store).workloads()
    # it is free on 12 and 13 January only, and needs three days in a row
    assert weeks(load) == [(MONDAY, 3, 5), (NEXT, 3, 5)]


def test_days_away_that_a_delegation_arranged_count_as_those_of_a_brief(
    store: Store,
) -> None:
    """The same days and weeks, whichever way a person came to be away."""
    opened(store, small(SLUG, days=8))
    until = date(2027, 1, 20)
    delegate(store, person=PMM, to=LEAD, until=until, now=NOW)
    days = {"away": [{"from": "2027-01-11", "to": "2027-01-20"}]}
    arranged = read(store).workloads()
    with store.write() as session:
        kept = find_launch(session, SLUG)
        kept.brief = {**kept.brief, "absences": [], "team": team_with(pmm=days)}
        session.add(kept)
    assert read(store).workloads() == arranged
    assert [weeks(one)[0][2] for one in arranged] == [0]


def test_a_task_is_worked_on_on_days_of_its_own(store: Store) -> None:
    # two days before the launch day, a Sunday
    kit = kit_with(only=["positioning"], positioning={"workdays": ["T-2d"], "days": 1})
    kit["stages"][0]["tasks"][0] |= {"not_before": "T-2d"}
    brief = brief_with(kit=kit, launch_on="2027-02-09", begin_on="2027-02-07")
    open_launch(store, brief, now=at("02-06"))
    (one,) = read(store, now=at("02-06")).work
    assert one.days == [date(2027, 2, 7)]


def test_weeks_begin_as_in_the_country_of_the_launch_or_of_most(store: Store) -> None:
    open_launch(store, small(SLUG), now=NOW)
    # the week of Saudi Arabia begins on Sunday
    open_launch(store, small(OTHER, holidays="SA"), now=NOW)
    sunday = date(2027, 1, 10)

    def first(like: str | None) -> date:
        return read(store).workloads(like=like)[0].weeks[0].first

    assert first(SLUG) == MONDAY
    assert first(OTHER) == sunday
    assert first(None) == MONDAY
    open_launch(store, small("merlin", holidays="SA"), now=NOW)
    assert first(None) == sunday


def test_weeks_run_from_the_earliest_today_of_the_launches(store: Store) -> None:
    open_launch(store, small(SLUG), now=NOW)
    open_launch(store, small(OTHER, timezone="Asia/Tokyo"), now=NOW)
    # Monday in Tokyo, Sunday in New York
    found = read(store, now=datetime.fromisoformat("2027-01-17T20:00:00+00:00"))
    assert found.workloads()[0].weeks[0].first == MONDAY
    assert found.workloads(like=OTHER)[0].weeks[0].first == NEXT


def test_a_move_is_seen_at_once(falcon: Store) -> None:
    move(falcon, SLUG, on=date(2027, 3, 9), now=at("01-20"))
    found = {one.task: one for one in read(falcon, now=at("01-20")).work}
    assert found[f"{SLUG}/positioning"].days[0] == date(2027, 1, 20)
