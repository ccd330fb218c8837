from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import update

from launch_kits.database.records import NoticeStatus, Task
from launch_kits.database.store import Store
from launch_kits.errors import NotYours
from launch_kits.verbs import (
    advance,
    approve,
    begin,
    block,
    done,
    enqueue_digests,
    extend,
    note,
    reject,
    reopen,
    unblock,
)
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    changed,
    dump,
    events,
    launch,
    notices,
    opened,
    paragraphs_of,
    send_all,
    sentence_of,
    status,
    task,
)

#: from Wednesday, the third day of work, to the Friday of the week after
AWAY = {"from": "2027-01-13", "to": "2027-01-22"}
DURING = at("01-14")
BACK = at("01-25", 9)


def absent(store: Store, *away: str, **changes: dict[str, Any]) -> Store:
    """The small launch in which some roles are away, whose messages have been sent."""
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    for role in team:
        team[role] |= changes.get(role, {})
        team[role] |= {"away": [AWAY]} if role in away else {}
    opened(store, brief_with(team=team))
    send_all(store)
    return store


def told(store: Store, key: str | None = None) -> list[tuple[str, str]]:
    """The pending notices: kind and reader."""
    found = notices(store, key=key, status=NoticeStatus.PENDING)
    return [(each.kind, each.to) for each in found if each.kind != "headline"]


def test_a_task_that_opens_goes_to_the_backup(store: Store) -> None:
    absent(store, "pmm")
    changed(done(store, SLUG, "positioning", now=DURING, by=OPS))
    for key in ("battlecard:osprey", "battlecard:kite"):
        assert told(store, key) == [("task", OPS)]
        assert (task(store, key).owner, task(store, key).in_hands_of) == (PMM, OPS)
    assert told(store, "legal_review") == [("task", LEGAL)]
    (notice,) = notices(store, "task", key="battlecard:kite")
    assert notice.facts["for"] == PMM
    assert sentence_of(store, notice, now=DURING) == (
        'Please start "Battlecard: Kite" (Falcon 2). '
        "Due Fri 5 Feb, in 16 working days; planned for 26-27 Jan. "
        "You act for Pia, who is away until Fri 22 Jan."
    )


def test_the_history_has_both_names(store: Store) -> None:
    absent(store, "pmm")
    begin(store, SLUG, "research", now=at("01-12"), by=OPS)
    note(store, SLUG, "research", now=DURING, by=OPS, note="On it")
    note(store, SLUG, "research", now=DURING, by=LEAD, note="Thanks")
    assert [
        (event.by, event.in_place_of) for event in events(store, key="research")[1:]
    ] == [(OPS, None), (OPS, PMM), (LEAD, None)]


def test_a_review_goes_to_the_deputy_of_the_approver_who_may_answer(
    store: Store,
) -> None:
    absent(store, "legal", legal={"backup": "sales"})
    done(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "battlecard:kite", now=DURING)
    assert ("review", SALES) in told(store, "battlecard:kite")
    with pytest.raises(NotYours):
        approve(store, SLUG, "battlecard:kite", now=DURING, by=OPS)
    changed(approve(store, SLUG, "battlecard:kite", now=DURING, by=SALES))
    (event,) = events(store, verb="approve")
    assert (event.by, event.in_place_of) == (SALES, LEGAL)


def test_the_backup_of_an_approver_who_is_there_may_not_answer(store: Store) -> None:
    absent(store, legal={"backup": "sales"})
    done(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "battlecard:kite", now=at("01-12"))
    with pytest.raises(NotYours):
        approve(store, SLUG, "battlecard:kite", now=at("01-12"), by=SALES)


def test_no_one_approves_their_own_work_in_anothers_place(store: Store) -> None:
    absent(store, "legal", legal={"backup": "pmm"})
    done(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "battlecard:kite", now=DURING)
    assert ("review", LEAD) in told(store, "battlecard:kite")
    with pytest.raises(NotYours):
        approve(store, SLUG, "battlecard:kite", now=DURING, by=PMM)


def test_a_question_about_more_time_goes_to_the_deputy_of_the_lead(
    store: Store,
) -> None:
    absent(store, "lead", lead={"backup": "sales"})
    extend(store, SLUG, "research", until=at("03-12").date(), now=DURING)
    assert told(store, "research") == [("review", SALES)]
    changed(reject(store, SLUG, "research", now=DURING, by=SALES))
    (event,) = events(store, verb="refuse")
    assert (event.by, event.in_place_of) == (SALES, LEAD)


def test_an_open_question_goes_back_to_the_lead_once(store: Store) -> None:
    absent(store, "lead", lead={"backup": "sales"})
    extend(store, SLUG, "research", until=at("03-12").date(), now=DURING)
    send_all(store, now=DURING)
    advance(store, SLUG, now=BACK)
    assert ("review", LEAD) in told(store, "research")
    before, now = notices(store, "review", key="research")
    assert "for" not in now.facts
    assert sentence_of(store, before, now=BACK) == (
        'Lee answers for "Research" (Falcon 2) now, so nothing is left for you to do.'
    )
    assert "Pia asks for more time" in sentence_of(store, now, now=BACK)
    send_all(store, now=BACK)
    advance(store, SLUG, now=at("01-25", 11))
    assert len(notices(store, "review", key="research")) == 2


def test_open_tasks_go_back_on_the_first_morning_each_once(store: Store) -> None:
    absent(store, "pmm")
    done(store, SLUG, "positioning", now=DURING, by=OPS)
    send_all(store, now=DURING)
    done(store, SLUG, "battlecard:kite", now=DURING, by=OPS)
    assert task(store, "battlecard:osprey").look_at <= BACK
    advance(store, SLUG, now=at("01-25", 8))
    assert task(store, "battlecard:osprey").in_hands_of == OPS
    advance(store, SLUG, now=BACK)
    assert told(store, "battlecard:osprey") == [("task", PMM)]
    assert task(store, "battlecard:osprey").in_hands_of is None
    # in review with legal now
    assert told(store, "battlecard:kite") == [("review", LEGAL)]
    (news,) = [each for each in notices(store, "news") if each.to == OPS]
    assert sentence_of(store, news, now=BACK) == (
        "Pia is back and has 1 task again (Falcon 2)."
    )
    assert paragraphs_of(store, news, now=BACK) == [
        '"Battlecard: Osprey", due Fri 5 Feb'
    ]
    before, _ = notices(store, "task", key="battlecard:osprey")
    assert sentence_of(store, before, now=BACK) == (
        'Pia has "Battlecard: Osprey" (Falcon 2) now, so nothing is left for you to do.'
    )
    send_all(store, now=BACK)
    there = dump(store)
    advance(store, SLUG, now=BACK)
    assert dump(store) == there
    (event,) = events(store, verb="delegate")
    assert (event.by, event.data["to"], event.data["back"]) == (
        "launch-kits",
        PMM,
        True,
    )


def test_a_review_goes_back_with_its_note(store: Store) -> None:
    absent(store, "legal", legal={"backup": "sales"})
    done(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "battlecard:kite", now=DURING, note="Have a look")
    send_all(store, now=DURING)
    advance(store, SLUG, now=BACK)
    before, now = notices(store, "review", key="battlecard:kite")
    assert (before.to, now.to, now.facts["note"]) == (SALES, LEGAL, "Have a look")
    assert sentence_of(store, before, now=BACK) == (
        'Lou answers for "Battlecard: Kite" (Falcon 2) now, '
        "so nothing is left for you to do."
    )
    with pytest.raises(NotYours):
        approve(store, SLUG, "battlecard:kite", now=BACK, by=SALES)


def test_a_notice_that_was_not_sent_yet_is_taken_back(store: Store) -> None:
    absent(store, "pmm")
    done(store, SLUG, "positioning", now=at("01-22", 16), by=OPS)
    assert told(store, "battlecard:kite") == [("task", OPS)]
    advance(store, SLUG, now=BACK)
    assert told(store, "battlecard:kite") == []
    assert [line["task"] for line in came_back(store)] == [
        "battlecard:osprey",
        "battlecard:kite",
    ]


def came_back(store: Store) -> list[dict[str, str]]:
    """The lines of the one list that tells the owner of their tasks on their return."""
    lists = notices(store, "news", status=NoticeStatus.PENDING)
    (found,) = [each for each in lists if each.to == PMM]
    assert found.facts["back"] is True
    return found.facts["tasks"]


def test_one_list_tells_on_the_return_how_each_task_is(store: Store) -> None:
    absent(store, pmm={"away": [{"from": "2027-02-03", "to": "2027-02-12"}]})
    begin(store, SLUG, "research", now=NOW)
    send_all(store)
    advance(store, SLUG, now=at("02-09"))
    send_all(store, now=at("02-09"))
    back = at("02-15", 9)
    advance(store, SLUG, now=back)
    lists = [each for each in notices(store, "news") if each.facts.get("back")]
    (found,) = lists
    assert sentence_of(store, found, now=back).startswith(
        "You are back and have 2 tasks of Falcon 2 again, 2 overdue. "
        'First: "Positioning": was due '
    )
    text = [line["status"] for line in found.facts["tasks"]]
    assert sorted(text) == ["doing", "ready"]
    enqueue_digests(store, now=back)
    waiting = notices(store, status=NoticeStatus.PENDING)
    asked = [each for each in waiting if each.to == PMM and each.kind != "digest"]
    assert asked == [found], "it is asked for once"
    digests = [each for each in waiting if each.to == PMM and each.kind == "digest"]
    assert [line for each in digests for line in each.facts["tasks"]] == []


def test_if_the_deputy_goes_away_too_the_next_one_gets_it(store: Store) -> None:
    absent(store, "pmm", ops={"away": [{"from": "2027-01-18", "to": "2027-01-29"}]})
    done(store, SLUG, "positioning", now=DURING, by=OPS)
    send_all(store, now=DURING)
    assert task(store, "battlecard:kite").look_at <= at("01-18", 9)
    advance(store, SLUG, now=at("01-18", 9))
    assert task(store, "battlecard:kite").in_hands_of == LEAD
    assert told(store, "battlecard:kite") == [("task", LEAD)]
    (news,) = notices(store, "news")
    assert sentence_of(store, news, now=at("01-18", 9)).startswith(
        "You act for Pia now, with 2 tasks (Falcon 2)."
    )


def test_reminders_go_to_the_deputy_and_the_task_goes_back(store: Store) -> None:
    absent(store, pmm={"away": [{"from": "2027-02-03", "to": "2027-02-12"}]})
    now = at("02-05")
    advance(store, SLUG, now=now)
    assert ("nudge", OPS) in [(each.kind, each.to) for each in notices(store, "nudge")]
    assert task(store, "research").in_hands_of == OPS
    send_all(store, now=now)
    advance(store, SLUG, now=at("02-15", 9))
    assert "research" in [line["task"] for line in came_back(store)]


def test_a_blocked_review_stays_until_it_is_unblocked(store: Store) -> None:
    absent(store, "legal", legal={"backup": "sales"})
    done(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "battlecard:kite", now=DURING)
    send_all(store, now=DURING)
    block(store, SLUG, "battlecard:kite", now=DURING)
    advance(store, SLUG, now=BACK)
    assert not [each for each in told(store, "battlecard:kite") if each[0] == "review"]
    unblock(store, SLUG, "battlecard:kite", now=BACK)
    assert ("review", LEGAL) in told(store, "battlecard:kite")


def test_a_task_that_waits_again_is_in_no_ones_hands(store: Store) -> None:
    absent(store, "pmm")
    done(store, SLUG, "positioning", now=DURING, by=OPS)
    reopen(store, SLUG, "positioning", now=DURING, by=OPS)
    assert status(store, "battlecard:kite") == "waiting"
    assert task(store, "battlecard:kite").in_hands_of is None


def test_the_digest_of_a_deputy_has_what_they_hold_until_it_goes_back(
    store: Store,
) -> None:
    absent(store, "pmm")
    done(store, SLUG, "positioning", now=DURING, by=OPS)
    send_all(store, now=DURING)
    with store.write() as session:  # they are due within three working days
        session.exec(update(Task).values(due=date(2027, 1, 20)))
    enqueue_digests(store, now=at("01-18", 9))
    (digest,) = [each for each in notices(store, "digest") if each.to == OPS]
    assert [line["task"] for line in digest.facts["tasks"]] == [
        "research",
        "battlecard:osprey",
        "battlecard:kite",
    ]
    assert {line["for"] for line in digest.facts["tasks"]} == {PMM}
    assert {line["away_until"] for line in digest.facts["tasks"]} == {"2027-01-22"}
    send_all(store, now=at("01-18", 9))
    enqueue_digests(store, now=BACK)
    assert PMM in [each.to for each in notices(store, "digest", status="pending")]
    assert OPS not in [each.to for each in notices(store, "digest", status="pending")]


def test_a_launch_in_which_no_one_is_away_asks_no_one(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    assert {each.to for each in notices(falcon, "task")} == {PMM, LEGAL}
    assert launch(falcon).brief["absences"] == []
