from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import begin, done, reassign
from launch_kits.verbs.digest_contents import contents_of
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import (
    LEAD,
    NEW_YORK,
    NOW,
    OPS,
    PMM,
    SLUG,
    STRANGER,
    at,
    brief_with,
    opened,
    send_all,
)

HOURS = Hours(Calendar(), NEW_YORK)


def test_a_person_whom_no_launch_concerns_has_no_contents(falcon: Store) -> None:
    with falcon.read() as session:
        launches = RunningLaunches(at("02-03"))
        assert contents_of(session, STRANGER, launches) is None
        team = contents_of(session, OPS, launches)
        assert team is not None
        assert (team.tasks, team.marks, team.launches) == ([], set(), [])


def test_a_day_ahead_is_not_worth_a_digest_while_its_message_is_fresh(
    falcon: Store,
) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to=OPS, now=at("02-03"))  # due on the 8th
    worth = {}
    with falcon.read() as session:
        for day in ("02-04", "02-05", "02-08"):
            found = contents_of(session, OPS, RunningLaunches(at(day, 9)))
            assert found is not None
            assert [line["task"] for line in found.tasks] == ["research"]
            worth[day] = sorted(each.partition(":")[0] for each in found.worth)
    assert worth == {"02-04": [], "02-05": ["soon"], "02-08": ["today"]}


def test_a_due_day_is_told_by_the_message_of_the_working_day_before(
    falcon: Store,
) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to=OPS, now=at("02-05"))  # due on Monday the 8th
    worth = {}
    with falcon.read() as session:
        for day in ("02-08", "02-10"):
            found = contents_of(session, OPS, RunningLaunches(at(day, 9)))
            assert found is not None
            worth[day] = sorted(each.partition(":")[0] for each in found.worth)
    assert worth == {"02-08": [], "02-10": ["late-1"]}


def test_a_task_that_comes_back_from_a_deputy_is_left_to_its_own_message(
    store: Store,
) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"]["away"] = [{"from": "2027-01-13", "to": "2027-01-22"}]
    opened(store, brief_with(team=team))
    send_all(store)
    done(store, SLUG, "positioning", now=at("01-14"), by=OPS)  # opens two cards
    send_all(store)
    with store.read() as session:
        found = contents_of(session, PMM, RunningLaunches(at("01-25", 9)))
    assert found is not None
    assert [line["task"] for line in found.tasks] == ["research"]


def test_a_lead_sees_the_work_of_others_but_not_their_own_twice(falcon: Store) -> None:
    send_all(falcon)
    begin(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    with falcon.read() as session:
        lead = contents_of(session, LEAD, RunningLaunches(at("02-03")))
        own = contents_of(session, PMM, RunningLaunches(at("02-03")))
    assert lead is not None
    assert own is not None
    late = [line["task"] for line in lead.seen if line["kind"] == "late"]
    assert late == ["positioning"]
    assert not any(line["task"] == "go_live" for line in lead.seen)
    assert own.seen == []
    assert own.in_hand == 1
    said = frozenset(lead.marks)
    assert not [line for line in lead.facts(said)["seen"] if line["kind"] == "late"]
