from __future__ import annotations

from typing import Any

import pytest

from launch_kits.errors import DatabaseError
from launch_kits.slack.api.payloads import Submission
from launch_kits.slack.inbound import form_arrival, inbox
from launch_kits.slack.inbound.form_arrival import Deadline, FormAnswer, take_form
from launch_kits.slack.inbound.inbox import KeptPayload, PayloadKind
from launch_kits.slack.messages.late import DONE_BEFORE, TOO_LATE
from tests.launches import LEAD, PMM, SLUG, status, task
from tests.slack.office import Office

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}


@pytest.fixture
def form(falcon_office: Office) -> dict[str, Any]:
    """A form that asks for more time."""
    falcon_office.click(PMM, "task_extend", f"{SLUG}|research")
    modal = falcon_office.slack.modals[-1][1]
    return falcon_office.people.filled(PMM, modal, until="2027-01-20", reason="Longer")


def kept(body: dict[str, Any]) -> KeptPayload:
    sent = Submission.read(body)
    return KeptPayload(PayloadKind.FORM, sent.key, body, sent.digest)


def take(office: Office, body: dict[str, Any], *, in_time: bool = True) -> FormAnswer:
    return take_form(office.app.slack, kept(body), dict, in_time=lambda: in_time)


def test_slack_is_asked_for_nothing_before_a_form_is_acknowledged(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon_office.type(LEAD, "start")
    taken: list[int] = []
    take = form_arrival.take_form

    def counted(*of: Any, **options: Any) -> FormAnswer:
        before = len(falcon_office.slack.calls)
        answer = take(*of, **options)
        taken.append(len(falcon_office.slack.calls) - before)
        return answer

    monkeypatch.setattr("launch_kits.slack.inbound.app.take_form", counted)
    assert falcon_office.fill(LEAD, **FILLED, lead="gone@example.com") == {}
    assert taken == [0]
    assert falcon_office.started == []
    assert "gone@example.com" not in falcon_office.slack.people


def test_a_form_that_comes_too_late_changes_nothing_and_can_be_sent_again(
    falcon_office: Office, form: dict[str, Any]
) -> None:
    answer = take(falcon_office, form, in_time=False)
    assert answer == FormAnswer({"until": TOO_LATE}, said=TOO_LATE)
    assert take(falcon_office, form) == FormAnswer(work=True)


def test_a_late_form_is_told_and_is_not_carried_out(
    falcon_office: Office, form: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = task(falcon_office.store, "research").due
    monkeypatch.setattr(form_arrival, "LATEST", 0.0)
    _, body = falcon_office.people.post(form)
    assert "Please" not in body
    assert TOO_LATE in body
    falcon_office.settle()
    assert falcon_office.told == TOO_LATE
    assert task(falcon_office.store, "research").due == before


def test_a_form_that_was_carried_out_is_fine_whatever_its_check_says(
    falcon_office: Office, form: dict[str, Any]
) -> None:
    assert take(falcon_office, form).work
    again = take_form(
        falcon_office.app.slack,
        kept(form),
        lambda: {"until": "It has that day already."},
        in_time=lambda: True,
    )
    assert again == FormAnswer(work=True), "it is not finished"
    with falcon_office.store.write() as session:
        inbox.finish(session, kept(form).key, now=falcon_office.now)
    assert take(falcon_office, form) == FormAnswer()


def test_a_form_that_is_changed_after_it_was_carried_out_is_told(
    falcon_office: Office, form: dict[str, Any]
) -> None:
    take(falcon_office, form)
    with falcon_office.store.write() as session:
        inbox.finish(session, kept(form).key, now=falcon_office.now)
    form["view"]["state"]["values"]["reason"]["reason"]["value"] = "Another"
    assert take(falcon_office, form) == FormAnswer(said=DONE_BEFORE)


def test_a_form_that_cannot_be_kept_is_told_and_is_not_carried_out(
    falcon_office: Office, form: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise DatabaseError("the database is locked")

    for name in ("find_form", "keep"):
        with monkeypatch.context() as patched:
            patched.setattr(inbox, name, locked)
            answer = take(falcon_office, form)
        assert answer.faults == {"until": "Not done: the database is locked."}
        assert not answer.work
    assert status(falcon_office.store, "research") == "ready"


def test_a_deadline_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_arrival, "LATEST", 2.4)
    monkeypatch.setattr("time.monotonic", lambda: 102.5)
    assert Deadline(101.0).is_open()
    assert not Deadline(100.0).is_open()


def test_a_previewed_form_is_not_kept(
    falcon_office: Office, form: dict[str, Any]
) -> None:
    view = {"type": "modal"}
    slack = falcon_office.app.slack
    for faults in ({"until": "Pick a day."}, {}):
        answer = take_form(
            slack,
            kept(form),
            lambda found=faults: found,
            in_time=lambda: True,
            preview=lambda: view,
        )
        assert not answer.work
    assert answer.response(closes_all=True) == {"response_action": "push", "view": view}
    assert inbox.find_form(slack.store, kept(form).key) is None


def test_a_form_closes_with_the_modals_below_if_it_should() -> None:
    assert FormAnswer(work=True).response(closes_all=True) == {
        "response_action": "clear"
    }
    assert FormAnswer(work=True).response(closes_all=False) == {}
    faulty = FormAnswer({"note": "Write."}).response(closes_all=True)
    assert faulty == {"response_action": "errors", "errors": {"note": "Write."}}
