from __future__ import annotations

import pytest

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import (
    begin,
    block,
    done,
    drop,
    note,
    reassign,
    reassign_role,
    submit,
)
from launch_kits.verbs.transaction import changing
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    notices,
    opened,
    pending,
    send_all,
    status,
    task,
)


def told(store: Store, key: str) -> list[tuple[str, str]]:
    return [(notice.to, notice.status) for notice in notices(store, "task", key=key)]


@pytest.mark.parametrize(
    ("to", "owner"), [("sales", SALES), (SALES, SALES), ("lead", LEAD)]
)
def test_a_task_goes_to_a_role_or_an_email(falcon: Store, to: str, owner: str) -> None:
    outcome = changed(reassign(falcon, SLUG, "research", to=to, now=NOW, note="Away"))
    assert outcome.warnings == ()
    assert outcome.effect
    assert task(falcon, "research").owner == owner
    event = events(falcon, verb="reassign")[0]
    assert (event.by, event.note, event.data) == (
        PMM,
        "Away",
        {"owner_before": PMM, "owner": owner},
    )


def test_a_task_keeps_its_status_its_dates_and_its_role(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    before = task(falcon, "research")
    reassign(falcon, SLUG, "research", to="legal", now=at("01-12"))
    after = task(falcon, "research")
    for name in ("status", "role", "due", "start", "begun_at", "ready_at", "approver"):
        assert getattr(after, name) == getattr(before, name)


def test_a_person_outside_the_team_is_allowed_with_a_warning(falcon: Store) -> None:
    outcome = changed(reassign(falcon, SLUG, "research", to=STRANGER, now=NOW))
    assert outcome.warnings == (
        f"{STRANGER} is not in the team; the launch's working days count for them",
    )
    assert (task(falcon, "research").owner, task(falcon, "research").backup) == (
        STRANGER,
        None,
    )
    changed(done(falcon, SLUG, "research", now=NOW, by=STRANGER))


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("sale", 'no role "sale" in the team; did you mean "sales"'),
        ("zzz", 'no role "zzz" in the team.*roles: lead, pmm, legal, sales, ops'),
        ("sam@", "is not an email address"),
        ("@example.com", "is not an email address"),
        ("sam smith@example.com", "is not an email address"),
        ("<sam@example.com>", "is not an email address"),
    ],
)
def test_no_one_is_not_a_person(falcon: Store, to: str, message: str) -> None:
    before = dump(falcon)
    with pytest.raises(NotFound, match=message):
        reassign(falcon, SLUG, "research", to=to, now=NOW)
    assert dump(falcon) == before


def test_a_task_that_is_theirs_already_stays_as_it_is(falcon: Store) -> None:
    before = dump(falcon)
    already(reassign(falcon, SLUG, "research", to="pmm", now=NOW))
    already(reassign(falcon, SLUG, "research", to=PMM, now=NOW))
    assert dump(falcon) == before


def test_the_new_owner_s_backup_comes_with_them(falcon: Store) -> None:
    assert task(falcon, "research").backup == OPS
    reassign(falcon, SLUG, "research", to="legal", now=NOW)
    assert task(falcon, "research").backup is None
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    assert task(falcon, "research").backup == OPS


def test_the_new_owner_may_and_the_old_one_may_not(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to="legal", now=NOW)
    for who in (PMM, OPS):
        with pytest.raises(NotYours):
            begin(falcon, SLUG, "research", by=who, now=NOW)
    changed(begin(falcon, SLUG, "research", now=NOW))
    assert events(falcon, verb="begin")[0].by == LEGAL


def test_the_new_owner_is_told_in_the_old_one_s_place(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    assert told(falcon, "research") == [(PMM, "dropped"), (SALES, "pending")]
    assert (
        notices(falcon, "task", key="research")[0].error == "given to sales@example.com"
    )


def test_a_message_sent_to_the_old_owner_is_brought_up_to_date(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    found = {
        notice.to: (notice.status, notice.outdated)
        for notice in notices(falcon, "task", key="research")
    }
    assert found == {PMM: ("sent", True), SALES: ("pending", False)}


def test_a_task_that_comes_back_is_told_again(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    reassign(falcon, SLUG, "research", to="pmm", now=NOW)
    assert told(falcon, "research") == [
        (PMM, "sent"),
        (PMM, "pending"),
        (SALES, "dropped"),
    ]


def test_a_new_owner_of_a_waiting_task_hears_when_it_opens(falcon: Store) -> None:
    reassign(falcon, SLUG, "legal_review", to="sales", now=NOW)
    assert told(falcon, "legal_review") == []
    done(falcon, SLUG, "positioning", now=NOW)
    assert told(falcon, "legal_review") == [(SALES, "pending")]


@pytest.mark.parametrize("close", [done, drop])
def test_a_closed_task_is_given_to_no_one(falcon: Store, close) -> None:
    close(falcon, SLUG, "research", now=NOW)
    before = dump(falcon)
    with pytest.raises(Refused, match=r"`reopen` it before"):
        reassign(falcon, SLUG, "research", to="sales", now=NOW)
    assert dump(falcon) == before


def test_overdue_counts_where_the_new_owner_lives(falcon: Store) -> None:
    reassign(falcon, SLUG, "training", to="pmm", now=NOW)
    assert task(falcon, "training").look_at == at("02-10", 0)


# A whole role


def test_all_open_tasks_of_a_role_move(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, "battlecard:kite", now=NOW)
    block(falcon, SLUG, "battlecard:osprey", now=NOW)
    outcome = changed(reassign_role(falcon, SLUG, role="pmm", to="ops", now=NOW))
    assert outcome.message == "3 tasks of pmm are ops@example.com's now"
    owners = {
        key: task(falcon, key).owner
        for key in ("positioning", "research", "battlecard:kite", "legal_review")
    }
    assert owners == {
        "positioning": PMM,
        "research": OPS,
        "battlecard:kite": OPS,
        "legal_review": LEGAL,
    }
    assert {event.by for event in events(falcon, verb="reassign")} == {LEAD}
    assert pending(falcon, "task", key="research") == [OPS]
    assert status(falcon, "battlecard:osprey") == "blocked"


def test_a_role_moves_once(falcon: Store) -> None:
    reassign_role(falcon, SLUG, role="pmm", to=STRANGER, now=NOW)
    before = dump(falcon)
    already(reassign_role(falcon, SLUG, role="pmm", to=STRANGER, now=NOW))
    assert dump(falcon) == before


def test_what_was_given_to_another_person_before_moves_too(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    reassign_role(falcon, SLUG, role="pmm", to="ops", now=NOW)
    assert task(falcon, "research").owner == OPS


def test_an_unknown_role_is_suggested(falcon: Store) -> None:
    with pytest.raises(NotFound, match='is for role "pm"; did you mean "pmm"'):
        reassign_role(falcon, SLUG, role="pm", to="ops", now=NOW)


def test_a_role_is_moved_by_those_who_may_move_each_of_its_tasks(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to="sales", now=NOW)
    before = dump(falcon)
    for who in (PMM, LEGAL, STRANGER):
        with pytest.raises(NotYours, match=f"{who} may not give"):
            reassign_role(falcon, SLUG, role="pmm", to="ops", by=who, now=NOW)
    assert dump(falcon) == before
    changed(reassign_role(falcon, SLUG, role="pmm", to="legal", by=OPS, now=NOW))


def test_a_person_outside_the_team_is_met_at_once_and_written_to_in_their_hours(
    store: Store,
) -> None:
    opened(store, brief_with(timezone="Asia/Tokyo"))
    reassign(store, SLUG, "research", to=STRANGER, now=at("01-11", 10))
    (notice,) = [
        notice
        for notice in notices(store, "task", key="research")
        if notice.to == STRANGER
    ]
    assert notice.send_after == at("01-11", 10), (
        "the delivery asks Slack for their zone"
    )
    with changing(store, SLUG, now=at("01-11", 10)) as change:
        tokyo = change.hours_of(STRANGER)
        assert tokyo.opens(at("01-11", 10)) == at("01-11", 19), "the launch's for now"
        user = SlackUser(id="U9", email=STRANGER, name="S", read_at=at("01-11"))
        user.zone = "Europe/Berlin"
        change.session.add(user)
    with changing(store, SLUG, now=at("01-11", 10)) as change:
        now = at("01-11", 10)
        assert change.hours_of(STRANGER).opens(now) == now, "four in the afternoon"


def test_the_approver_may_note_but_not_hand_over(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    changed(
        note(falcon, SLUG, "battlecard:kite", by=LEGAL, now=NOW, note="Send it soon")
    )
    with pytest.raises(NotYours):
        reassign(falcon, SLUG, "battlecard:kite", to="legal", by=LEGAL, now=NOW)
