from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from launch_kits.database.records import phrase_of
from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import (
    approve,
    begin,
    block,
    done,
    drop,
    extend,
    move,
    preview_extension,
    reopen,
    submit,
    unblock,
)
from launch_kits.views.launch import read_launch
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    extensions,
    kit_with,
    notices,
    opened,
    pending,
    send_all,
    status,
    task,
)
from tests.verbs.more_time import BEYOND, CARD, DUE, EXPECTED, ask

LATER = date(2027, 2, 5)


def test_up_to_its_due_day_a_task_is_given_more_time(falcon: Store) -> None:
    said = changed(
        extend(falcon, SLUG, "research", until=LATER, now=NOW, note="Waiting for data")
    )
    assert said.message == (
        "research has until 2027-02-05 and stays due 2027-02-08; "
        "no other task becomes late because of it"
    )
    assert said.warnings == ()
    found = task(falcon, "research")
    assert (found.due, found.planned_due, found.status) == (DUE, DUE, "ready")
    assert found.extended_until == LATER
    (extension,) = extensions(falcon)
    assert (extension.status, extension.until, extension.due_before) == (
        "granted",
        LATER,
        DUE,
    )
    assert (extension.by, extension.answered_by) == (PMM, PMM)
    assert pending(falcon, "review") == []
    (event,) = events(falcon, verb="extend")
    assert event.data == {"until": "2027-02-05", "due": "2027-02-08"}
    assert phrase_of(event.verb, event.data) == "took more time, until {until}"


def expected_finish(store: Store, *, now: datetime = NOW) -> date | None:
    with store.read() as session:
        view = read_launch(session, SLUG, now=now, documents=Path("/nowhere"))
    found = view.task("research")
    assert found is not None
    return found.expected_finish


def test_more_time_granted_is_the_expected_finish_and_the_last_grant_counts(
    falcon: Store,
) -> None:
    assert expected_finish(falcon) == EXPECTED
    for until in (LATER, DUE, date(2027, 1, 20)):
        changed(extend(falcon, SLUG, "research", until=until, now=NOW))
        assert expected_finish(falcon) == until
    late = at("01-25")
    assert expected_finish(falcon, now=late) == date(2027, 1, 26), (
        "the later of both counts"
    )


def test_beyond_its_due_day_the_lead_is_asked(falcon: Store) -> None:
    ask(falcon)
    (extension,) = extensions(falcon)
    assert (extension.status, extension.reason, extension.answered_at) == (
        "asked",
        "Waiting for data",
        None,
    )
    (notice,) = notices(falcon, "review")
    assert (notice.to, notice.task) == (LEAD, "research")
    assert notice.facts == {
        "until": "2027-03-08",
        "reason": "Waiting for data",
        "by": PMM,
        "due": "2027-02-08",
        "missed": [],
        "anchors": [{"anchor": "launch", "on": "2027-02-09", "ends_on": "2027-03-08"}],
    }
    assert events(falcon, verb="extend")[0].data["asked"] is True


def test_the_day_after_its_due_day_is_asked_for_however_much_float_there_is(
    falcon: Store,
) -> None:
    said = changed(extend(falcon, SLUG, "research", until=date(2027, 2, 9), now=NOW))
    assert said.message == (
        f"{LEAD} is asked for 2027-02-09: no other task becomes late because of it; "
        "until the answer research stays due 2027-02-08"
    )
    assert task(falcon, "research").due == DUE


def test_one_grant_does_not_earn_the_next(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=DUE, now=NOW)
    changed(extend(falcon, SLUG, "research", until=date(2027, 2, 9), now=NOW))
    assert [extension.status for extension in extensions(falcon)] == [
        "granted",
        "asked",
    ]
    assert task(falcon, "research").extended_until == DUE


def test_a_grant_takes_a_request_back(falcon: Store) -> None:
    ask(falcon)
    changed(extend(falcon, SLUG, "research", until=LATER, now=NOW))
    assert [each.status for each in extensions(falcon)] == ["lapsed", "granted"]
    assert pending(falcon, "review") == []


@pytest.mark.parametrize("close", [done, drop])
def test_a_grant_ends_with_its_task(
    falcon: Store, close: Callable[..., object]
) -> None:
    extend(falcon, SLUG, "research", until=LATER, now=NOW)
    close(falcon, SLUG, "research", now=NOW)
    assert task(falcon, "research").extended_until is None
    reopen(falcon, SLUG, "research", now=NOW)
    assert expected_finish(falcon) == EXPECTED


def test_a_grant_lapses_with_a_move(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=LATER, now=NOW)
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    assert task(falcon, "research").extended_until is None


def test_the_lead_s_grant_up_to_the_due_day_leaves_that_day(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=LATER, by=LEAD, now=NOW))
    found = task(falcon, "research")
    assert (found.due, found.extended_until) == (DUE, LATER)


def test_the_lead_s_day_is_the_due_day_and_successors_keep_theirs(
    falcon: Store,
) -> None:
    before = {key: task(falcon, key).due for key in KEYS}
    until = date(2027, 2, 8)
    said = changed(extend(falcon, SLUG, "legal_review", until=until, by=LEAD, now=NOW))
    assert said.message == (
        f"legal_review is due {until} instead of {before['legal_review']}; "
        "training and go_live can then be 3 days late; the launch then lands on "
        "2027-02-12"
    )
    assert {key: task(falcon, key).due for key in KEYS} == {
        **before,
        "legal_review": until,
    }
    found = task(falcon, "legal_review")
    assert (found.extended_until, found.planned_due) == (until, before[found.key])
    assert notices(falcon, "news") == []


def test_the_lead_is_granted_any_day(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=date(2027, 6, 1), by=LEAD, now=NOW))
    assert task(falcon, "research").due == date(2027, 6, 1)
    assert [(each.status, each.answered_by) for each in extensions(falcon)] == [
        ("granted", LEAD)
    ]


def test_the_lead_s_own_extension_ends_what_was_asked(falcon: Store) -> None:
    ask(falcon)
    changed(extend(falcon, SLUG, "research", until=BEYOND, by=LEAD, now=NOW))
    assert [each.status for each in extensions(falcon)] == ["lapsed", "granted"]
    assert task(falcon, "research").due == BEYOND
    assert pending(falcon, "review") == []


def test_the_backup_may_ask(falcon: Store) -> None:
    ask(falcon, by=OPS)
    assert extensions(falcon)[0].by == OPS


@pytest.mark.parametrize("who", [LEGAL, STRANGER])
def test_others_may_not_ask(falcon: Store, who: str) -> None:
    before = dump(falcon)
    with pytest.raises(NotYours):
        extend(falcon, SLUG, "research", until=BEYOND, by=who, now=NOW)
    assert dump(falcon) == before


def test_a_waiting_task_can_be_extended_too(falcon: Store) -> None:
    due = task(falcon, "training").due
    changed(extend(falcon, SLUG, "training", until=due, now=NOW))
    assert task(falcon, "training").extended_until == due


@pytest.mark.parametrize("by", [PMM, LEAD])
def test_an_extension_to_a_day_that_is_past_is_refused(falcon: Store, by: str) -> None:
    late = at("02-24")
    before = dump(falcon)
    for day in ("2027-02-22", "2027-01-20"):
        until = date.fromisoformat(day)
        with pytest.raises(
            Refused, match=f"{day} is past; name 2027-02-24 or a later day"
        ):
            extend(falcon, SLUG, "research", until=until, by=by, now=late)
        with pytest.raises(Refused, match="is past"):
            preview_extension(falcon, SLUG, "research", until=until, now=late)
    assert dump(falcon) == before
    changed(extend(falcon, SLUG, "research", until=date(2027, 2, 24), by=by, now=late))


def test_a_day_off_that_means_a_day_before_today_is_refused(falcon: Store) -> None:
    sunday = at("01-17")
    with pytest.raises(
        Refused, match="by 2027-01-17 was 2027-01-15; name 2027-01-18 or a later day"
    ):
        extend(falcon, SLUG, "research", until=sunday.date(), now=sunday)


def test_the_lead_hears_nothing_of_a_grant_that_makes_nothing_late(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "research", until=DUE, now=NOW)
    assert notices(falcon, "news") == []


@pytest.mark.parametrize(
    "until", [date(2027, 1, 30), date(2027, 1, 31)], ids=["Saturday", "Sunday"]
)
def test_a_day_off_means_the_working_day_before_and_says_so(
    falcon: Store, until: date
) -> None:
    found = extend(falcon, SLUG, "research", until=until, now=NOW)
    assert task(falcon, "research").extended_until == date(2027, 1, 29)
    assert found.warnings == (
        f"{until} ({until:%A}) is not a working day of {PMM}; 2027-01-29 (Friday) is meant",
    )
    assert (
        already(extend(falcon, SLUG, "research", until=until, now=NOW)).warnings
        == found.warnings
    )


def test_a_day_of_absence_is_named_as_such(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"]["away"] = [{"from": "2027-01-27", "to": "2027-02-01"}]
    opened(store, brief_with(team=team))
    said = extend(store, SLUG, "research", until=date(2027, 1, 29), now=NOW)
    assert task(store, "research").extended_until == date(2027, 1, 26)
    assert said.warnings == (
        f"{PMM} is away on 2027-01-29 (Friday); 2027-01-26 (Tuesday) is meant",
    )


def test_the_days_on_which_a_task_is_worked_on_count(store: Store) -> None:
    kit = kit_with(research={"workdays": ["T-10d"]})
    opened(store, brief_with(kit=kit))
    said = extend(store, SLUG, "research", until=date(2027, 1, 30), now=NOW)
    assert task(store, "research").extended_until == date(2027, 1, 30)
    assert said.warnings == ()


def test_a_milestone_has_the_days_of_the_launch(falcon: Store) -> None:
    said = extend(falcon, SLUG, "go_live", until=date(2027, 2, 13), now=NOW, by=LEAD)
    assert task(falcon, "go_live").due == date(2027, 2, 12)
    assert "is not a working day of the launch" in said.warnings[0]


@pytest.mark.parametrize("until", [EXPECTED, date(2027, 1, 11)])
def test_a_day_that_is_expected_anyway_changes_nothing(
    falcon: Store, until: date
) -> None:
    before = dump(falcon)
    said = already(extend(falcon, SLUG, "research", until=until, now=NOW))
    assert said.message == (
        f"research is expected on 2027-01-12 without more time, and {until} is not later; "
        "nothing changed"
    )
    assert dump(falcon) == before


def test_the_same_grant_changes_nothing(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=LATER, now=NOW))
    before = dump(falcon)
    already(extend(falcon, SLUG, "research", until=LATER, now=NOW))
    assert dump(falcon) == before


@pytest.mark.parametrize("close", [done, drop])
def test_a_closed_task_needs_no_more_time(
    falcon: Store, close: Callable[..., object]
) -> None:
    close(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="needs no more time"):
        extend(falcon, SLUG, "research", until=BEYOND, now=NOW)


# The answer


def test_asking_twice_for_the_same_day_changes_nothing(falcon: Store) -> None:
    ask(falcon)
    before = dump(falcon)
    already(extend(falcon, SLUG, "research", until=BEYOND, now=at("01-12")))
    assert dump(falcon) == before


def test_asking_for_another_day_takes_the_first_request_back(falcon: Store) -> None:
    ask(falcon)
    ask(falcon, date(2027, 3, 10))
    assert [(each.status, each.until) for each in extensions(falcon)] == [
        ("lapsed", BEYOND),
        ("asked", date(2027, 3, 10)),
    ]
    assert [notice.status for notice in notices(falcon, "review")] == [
        "dropped",
        "pending",
    ]


# A request for more time and one for approval at once


def test_an_approver_whose_question_was_let_go_while_blocked_is_asked_again(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, CARD, now=NOW)
    block(falcon, SLUG, CARD, now=NOW)
    with falcon.write() as session:
        for notice in notices(falcon, "review"):
            notice.status = "dropped"
            session.merge(notice)
    unblock(falcon, SLUG, CARD, now=NOW)
    assert [notice.status for notice in notices(falcon, "review", key=CARD)] == [
        "dropped",
        "pending",
    ]


def test_an_approver_who_was_asked_already_is_not_asked_again(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, CARD, now=NOW)
    send_all(falcon)
    block(falcon, SLUG, CARD, now=NOW)
    unblock(falcon, SLUG, CARD, now=NOW)
    assert [notice.status for notice in notices(falcon, "review", key=CARD)] == ["sent"]


def test_begun_work_keeps_its_status_while_time_is_asked_for(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    ask(falcon)
    approve(falcon, SLUG, "research", now=NOW)
    assert status(falcon, "research") == "doing"
