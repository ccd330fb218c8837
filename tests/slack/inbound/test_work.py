from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from launch_kits.database.records import Answered, Event, Launch, Task
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError
from launch_kits.slack.api import interactive
from launch_kits.slack.api.payloads import Click, Command, Submission
from launch_kits.slack.inbound import inbox, routes
from launch_kits.slack.inbound.inbox import AT_WORK, OWED_FOR, KeptPayload, PayloadKind
from launch_kits.slack.inbound.members import NotNow
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.work import resume, show, work_on
from launch_kits.slack.messages.late import KEPT_FOR_LATER, TOO_LATE_TO_OPEN
from tests.launches import LEAD, PMM, SLUG, status
from tests.slack.office import Office
from tests.slack.stand_in import Fault

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}
PLACE = f"{SLUG}|positioning"
OURS = {"team": {"id": "T1"}}


class Killed(BaseException):
    """The end of the process, as far as this process can die and go on."""


def pressed(office: Office, action: str = "task_begin") -> KeptPayload:
    body = office.people.pressed(PMM, action, PLACE, channel="C9")
    return KeptPayload(PayloadKind.CLICK, Click.read(body).key, body)


def form(office: Office, email: str, **values: str) -> KeptPayload:
    body = office.people.filled(email, office.slack.modals[-1][1], **values)
    sent = Submission.read(body)
    return KeptPayload(PayloadKind.FORM, sent.key, body, sent.digest)


def begin(office: Office) -> KeptPayload:
    return pressed(office)


def done(office: Office) -> KeptPayload:
    office.click(PMM, "task_done", PLACE)
    return form(office, PMM, link="https://docs.example.com/a")


def typed(office: Office) -> KeptPayload:
    body = office.people.commanded(PMM, f"done {SLUG} positioning")
    return KeptPayload(PayloadKind.COMMAND, Command.read(body).key, body)


def start(office: Office) -> KeptPayload:
    office.type(LEAD, "start")
    return form(office, LEAD, **FILLED)


def state(store: Store) -> dict[str, Any]:
    """What the verbs left behind."""
    with store.read() as session:
        events = session.exec(select(Event).order_by("id")).all()
        return {
            "events": [(each.launch, each.task, each.verb, each.by) for each in events],
            "launches": sorted(session.exec(select(Launch.slug))),
            "tasks": sorted(session.exec(select(Task.launch, Task.key, Task.status))),
            "undone": list(
                session.exec(select(Answered.key).where(Answered.done_at.is_(None)))  # type: ignore[union-attr]
            ),
        }


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Counts statements, commits and calls of Slack's; ``at`` is the moment of death."""
    counted = {"now": 0, "at": 0}

    def moment(*_: object) -> None:
        counted["now"] += 1
        if counted["now"] == counted["at"]:
            raise Killed

    for name in ("_call", "answer"):
        call = getattr(interactive.Web, name)

        def between(*of: Any, call: Callable[..., Any] = call, **more: Any) -> Any:
            moment()
            answer = call(*of, **more)
            moment()
            return answer

        monkeypatch.setattr(interactive.Web, name, between)
    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, moment)
    yield counted
    for name in ("before_cursor_execute", "commit"):
        event.remove(Engine, name, moment)


def ack(office: Office) -> KeptPayload:
    return pressed(office, "task_ack")


#: the payload, and the beginning of the answer that only its user sees
REQUESTS = [
    (begin, '"Positioning" is begun'),
    (done, '"Positioning" is done'),
    (typed, '"Positioning" is done'),
    (ack, "Thank you, noted"),
    (start, "Heron 3 is started"),
]


@pytest.mark.parametrize(("made", "said"), REQUESTS)
def test_a_request_is_done_once_at_whatever_moment_its_process_dies(
    falcon_office: Office,
    made: Callable[[Office], KeptPayload],
    said: str,
    moments: dict[str, int],
    tmp_path: Path,
) -> None:
    office = falcon_office
    payload = made(falcon_office)
    slack = office.app.slack.for_payload("")
    slack.later = lambda _: None
    inbox.keep(office.store, payload, now=office.now)
    office.store.close()
    database = tmp_path / "launch-kits.db"
    before = shutil.copy(database, tmp_path / "before.db")
    moments["now"] = 0
    work_on(slack, payload)
    # the member is known from here on: a few calls fewer
    number = moments["now"] - 4
    right = state(office.store)
    assert right["undone"] == []
    # each moment for a short work; for a long one some, which differ with its length
    for at in range(1, number + 1, max(1, number // 24)):
        office.store.close()
        shutil.copy(before, database)
        office.slack.told.clear()
        moments.update(now=0, at=at)
        with pytest.raises(Killed):
            work_on(slack, payload)
        moments.update(now=0, at=0)
        resume(slack, young=timedelta(0))
        assert state(office.store) == right, f"killed at moment {at} of {number}"
        # one that was killed as it was given may be given again
        told = [each["text"] for each in office.slack.told]
        assert len(told) in ((1, 2) if said else (0,))
        assert all(text.startswith(said) for text in told)


def test_only_what_is_not_at_work_is_resumed(falcon_office: Office) -> None:
    office = falcon_office
    slack = falcon_office.app.slack
    inbox.keep(office.store, pressed(office), now=office.now)
    assert resume(slack) == 0
    office.now += AT_WORK
    assert resume(slack) == 1
    assert status(office.store, "positioning") == "doing"
    assert resume(slack) == 0


def test_one_that_was_done_elsewhere_meanwhile_changes_nothing(
    falcon_office: Office,
) -> None:
    office = falcon_office
    payload = pressed(falcon_office, "task_ack")
    inbox.keep(office.store, payload, now=office.now)
    for _ in range(3):
        work_on(office.app.slack, payload)
    assert [each[2] for each in state(office.store)["events"]].count("note") == 1


@pytest.mark.parametrize("error", [NotNow("Slack is gone"), DatabaseError("locked")])
def test_one_that_cannot_be_done_now_waits_and_its_user_is_told_once(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    office = falcon_office
    payload = pressed(falcon_office)
    inbox.keep(office.store, payload, now=office.now)

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(routes, "CLICKS", {"task_begin": fail})
        work_on(office.app.slack, payload)
        assert resume(office.app.slack, young=timedelta(0)) == 1
    assert [each["text"] for each in office.slack.told] == [KEPT_FOR_LATER]
    assert resume(office.app.slack, young=timedelta(0)) == 1
    assert status(office.store, "positioning") == "doing"


def test_an_answer_that_slack_does_not_take_is_given_by_a_later_sweep(
    falcon_office: Office,
) -> None:
    office = falcon_office
    payload = pressed(falcon_office, "task_ack")
    inbox.keep(office.store, payload, now=office.now)
    office.slack.faults.append(Fault("response_url", "drop", times=9))
    office.slack.faults.append(Fault("chat.postEphemeral", "drop", times=9))
    work_on(office.app.slack, payload)
    assert office.slack.told == []
    office.slack.faults.clear()
    assert resume(office.app.slack) == 0
    office.now += AT_WORK
    assert resume(office.app.slack) == 1
    assert office.told.startswith("Thank you, noted")
    assert resume(office.app.slack) == 0


def test_an_answer_is_not_given_after_an_hour(falcon_office: Office) -> None:
    office = falcon_office
    payload = pressed(falcon_office, "task_ack")
    inbox.keep(office.store, payload, now=office.now)
    with office.store.write() as session:
        inbox.owe(session, payload.key, {"user": "U1", "text": "Hi"}, now=office.now)
    office.now += OWED_FOR
    assert resume(office.app.slack) == 0


def test_one_that_no_one_can_read_is_not_tried_again(falcon_office: Office) -> None:
    office = falcon_office
    payload = KeptPayload(PayloadKind.CLICK, "click:x", {"actions": []})
    inbox.keep(office.store, payload, now=office.now)
    work_on(office.app.slack, payload)
    assert state(office.store)["undone"] == []


def test_a_fault_while_something_is_shown_is_told(falcon_office: Office) -> None:
    slack: SlackSession = falcon_office.app.slack
    numbers = count()

    def fail() -> None:
        raise [DatabaseError("it is locked"), ZeroDivisionError()][next(numbers)]

    place = Click.read(pressed(falcon_office).body).place
    show(slack, falcon_office.slack.people[PMM], place, OURS, fail)
    assert falcon_office.told == "Not done: it is locked."
    show(slack, falcon_office.slack.people[PMM], place, OURS, fail)
    assert falcon_office.told.startswith("Sorry, that went wrong on our side")


def test_a_form_that_slack_opens_no_more_is_told_to_its_user(
    falcon_office: Office,
) -> None:
    office = falcon_office
    inbox.keep(office.store, pressed(office, "task_done"), now=office.now)
    office.slack.faults.append(Fault("views.open", "expired_trigger_id"))
    assert resume(office.app.slack, young=timedelta(0)) == 1
    assert [each["text"] for each in office.slack.told] == [TOO_LATE_TO_OPEN]
    assert resume(office.app.slack, young=timedelta(0)) == 0
