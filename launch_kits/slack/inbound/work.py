"""The work on acknowledged payloads, in threads of the app or in a sweep.

A payload that cannot be worked on now, because Slack or the database does not answer, is left for
a later sweep. Every other fault is told to its user, once. So is the outcome, even if the process
is killed after the work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from launch_kits.errors import DatabaseError, LaunchKitsError, NotYours
from launch_kits.settings.visible import one_line
from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission
from launch_kits.slack.api.transport import Reply, part
from launch_kits.slack.inbound import commands, events, inbox, routes
from launch_kits.slack.inbound.admission import Unknown
from launch_kits.slack.inbound.inbox import AT_WORK, OWED_FOR, KeptPayload, PayloadKind
from launch_kits.slack.inbound.members import NotNow
from launch_kits.slack.inbound.owed import read_owed
from launch_kits.slack.inbound.refusals import refusal_of
from launch_kits.slack.inbound.session import DoneBefore, SlackSession
from launch_kits.slack.messages.answers import apology
from launch_kits.slack.messages.late import KEPT_FOR_LATER, with_form

__all__ = ["resume", "show", "work_on"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    """The user and the place of a payload, and the work on it."""

    user: str
    place: ActionPlace
    work: Callable[[], None]
    #: whether the user must be a full member of the workspace
    personal: bool = True


def work_on(slack: SlackSession, payload: KeptPayload, *, again: bool = False) -> None:
    """Work on a payload that was acknowledged; raises nothing.

    If it has to wait, its user is told, unless it is tried ``again``.
    """
    mine = slack.for_payload(payload.key)
    try:
        job = _job(mine, payload)
    except Exception:  # noqa: BLE001  a payload of another version cannot be read
        _log.exception("a payload could not be read", extra={"payload": payload.key})
        _end(mine, payload)
        return
    try:
        if job.personal:
            mine.admit(job.user, payload.body)
        job.work()
        _end(mine, payload)
        _give(mine, payload.key)
    except DoneBefore:
        return
    except Exception as error:  # noqa: BLE001  a fault of ours: the user gets an apology, the log the details
        if not _give(mine, payload.key):
            _tell_fault(mine, payload, job, error, again=again)


def _tell_fault(
    slack: SlackSession,
    payload: KeptPayload,
    job: _Job,
    error: Exception,
    *,
    again: bool,
) -> None:
    """Tell why a payload was not carried out, or that it waits."""
    user = job.user
    place = job.place
    if isinstance(error, (NotNow, DatabaseError)):
        _log.warning("a payload waits: %s", one_line(str(error)))
        if not again:
            slack.answer(user, place, KEPT_FOR_LATER)
    elif isinstance(error, LaunchKitsError):
        _log.info("not done: %s", one_line(str(error)))
        said = refusal_of(slack, place, error)
        may_not = isinstance(error, (NotYours, Unknown))
        _answer(slack, payload, user, place, said, may_not=may_not)
    else:
        _log.error("a request from Slack failed", exc_info=error)
        _answer(slack, payload, user, place, apology().text)


def _give(slack: SlackSession, key: str) -> bool:
    """Give the answer that is owed to a payload; whether there was one.

    If Slack does not take it, a later sweep tries again.
    """
    try:
        content = inbox.owed(slack.store, key)
        if content is None:
            return False
        owed = read_owed(content)
        if owed is None or slack.answer(owed.user, owed.place, owed.said):
            inbox.pay(slack.store, key)
    except DatabaseError as error:
        _log.warning("an answer waits: %s", one_line(str(error)))
        return slack.finished
    return True


def show(
    slack: SlackSession,
    user: str,
    place: ActionPlace,
    body: Mapping[str, object],
    work: Callable[[], None],
) -> None:
    """Show something that a user asked for, and changes nothing; raises nothing."""
    try:
        slack.admit(user, body)
        work()
    except LaunchKitsError as error:
        _log.info("not shown: %s", one_line(str(error)))
        slack.answer(user, place, refusal_of(slack, place, error))
    except Exception:  # noqa: BLE001  a fault of ours: the user gets an apology, the log the details
        _log.exception("a request from Slack failed")
        slack.answer(user, place, apology())


def resume(slack: SlackSession, *, young: timedelta = AT_WORK) -> int:
    """Work on the payloads that an earlier process acknowledged and did not finish.

    Also gives the answers that it owed. Those younger than ``young`` may be at work elsewhere and
    are left alone. Returns their number.
    """
    now = slack.now()
    payloads = inbox.unfinished(slack.store, until=now - young)
    for payload in payloads:
        work_on(slack, payload, again=True)
    unpaid = inbox.unpaid(slack.store, since=now - OWED_FOR, until=now - young)
    for key in unpaid:
        _give(slack, key)
    return len(payloads) + len(unpaid)


def _job(slack: SlackSession, payload: KeptPayload) -> _Job:
    if payload.kind is PayloadKind.CLICK:
        click = Click.read(payload.body)
        handle = routes.CLICKS[click.action]
        return _Job(click.user, click.place, lambda: handle(slack, click))
    if payload.kind is PayloadKind.FORM:
        sent = Submission.read(payload.body)
        form = routes.FORMS[sent.name]
        return _Job(sent.user, sent.place, lambda: form.work(slack, sent))
    if payload.kind is PayloadKind.EVENT:
        return _event_job(slack, part(payload.body, "event"))
    command = Command.read(payload.body)
    return _Job(
        command.user, command.place, lambda: commands.on_command(slack, command)
    )


def _event_job(slack: SlackSession, event: Reply) -> _Job:
    """The work on an event, if it is still wanted; answers go to the event's channel."""
    route = events.route_of(slack, event)
    user = str(event.get("user") or "")
    channel = event.get("channel")
    place = ActionPlace(channel=channel if isinstance(channel, str) else "")
    if route is None:
        return _Job(user, place, lambda: None, personal=False)
    return _Job(user, place, lambda: route.work(slack, event), personal=route.personal)


def _answer(
    slack: SlackSession,
    payload: KeptPayload,
    user: str,
    place: ActionPlace,
    said: str,
    *,
    may_not: bool = False,
) -> None:
    """Tell why nothing was done; a form can be opened again with its values."""
    form = payload.kind is PayloadKind.FORM and not may_not
    if not (may_not and payload.kind is PayloadKind.EVENT):
        # a guest, or a person without an email, who writes in a thread asked us for nothing
        slack.answer(user, place, with_form(said, payload.key) if form else said)
    _end(slack, payload, keep_content=form)


def _end(
    slack: SlackSession, payload: KeptPayload, *, keep_content: bool = False
) -> None:
    """Mark a payload as done, unless its verb did."""
    if slack.finished:
        return
    try:
        with slack.store.write() as session:
            inbox.finish(
                session, payload.key, now=slack.now(), keep_content=keep_content
            )
    except DatabaseError as error:
        _log.warning("a payload is worked on again: %s", one_line(str(error)))
