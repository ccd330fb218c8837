"""The forms that a click opens, by name: shown, checked, previewed and carried out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

from launch_kits.errors import Refused
from launch_kits.slack.api.payloads import ActionPlace, Click, Submission
from launch_kits.slack.inbound import (
    forms_of_gates,
    forms_of_launches,
    forms_of_tasks,
)
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest, asked_of
from launch_kits.slack.inbound.form import Faults, Form
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.undoing import undoable
from launch_kits.slack.messages.forms import View
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.transaction import reading
from launch_kits.verbs.trial import trying
from launch_kits.views.notices.text import stopped

__all__ = [
    "CLICKS",
    "FORMS",
    "faults_of",
    "on_form_click",
    "on_form_submit",
    "preview_of",
    "show_form",
]

#: by action id of the button, which is the callback id of its modal too
FORMS: Mapping[str, Form] = {
    **forms_of_tasks.FORMS,
    **forms_of_gates.FORMS,
    **forms_of_launches.FORMS,
}
#: the forms that a button opens
CLICKS = tuple(name for name, form in FORMS.items() if form.show)


def on_form_click(slack: SlackSession, click: Click) -> None:
    """Show the form of a button, over the modal that the button is in."""
    show_form(
        slack,
        click.user,
        click.action,
        click.place,
        trigger=click.trigger,
        over=click.in_modal,
    )


def show_form(
    slack: SlackSession,
    user: str,
    name: str,
    place: ActionPlace,
    *,
    trigger: str,
    over: bool = False,
) -> None:
    """Show a form to a person; raises LaunchKitsError."""
    shown = _form(slack, user, name, place)
    if isinstance(shown, str):
        slack.answer(user, place, shown)
    elif over:
        slack.push(trigger, shown)
    else:
        slack.open(trigger, shown)


def _form(slack: SlackSession, user: str, name: str, place: ActionPlace) -> View | str:
    email = slack.email(user)
    form = FORMS[name]
    show = form.show
    hold = trying if form.tries else reading
    with hold(slack.store, place.launch, now=slack.now()) as change:
        asked = asked_of(slack, change, replace(place, reader=email), email)
        if show is None:
            raise Refused(f"there is no form {name}")
        return form.why_not(asked) or show(asked)


def faults_of(slack: SlackSession, submission: Submission) -> Faults:
    """Check the values of a form, before Slack is answered.

    Raises LaunchKitsError.
    """
    form = FORMS[submission.name]
    with reading(slack.store, submission.place.launch, now=slack.now()) as change:
        asked = _unasked(slack, change, submission)
        if submission.first:
            # a modal without an input cannot show a fault: its verb refuses, and tells why
            _must_fit(form, asked)
        return form.check(asked, _typed(submission))


def preview_of(slack: SlackSession, submission: Submission) -> View:
    """Return the modal with the effects of a form, before Slack is answered.

    Raises LaunchKitsError.
    """
    form = FORMS[submission.name]
    with trying(slack.store, submission.place.launch, now=slack.now()) as change:
        if form.preview is None:
            raise Refused(f"there is no preview of {submission.name}")
        asked = _unasked(slack, change, submission)
        _must_fit(form, asked)
        return form.preview(asked, _typed(submission))


def _must_fit(form: Form, asked: LaunchRequest) -> None:
    """Raise Refused if the form is of no use any more, whatever it was when it was opened."""
    why = form.why_not(asked)
    if why is not None:
        raise Refused(why)


def _unasked(
    slack: SlackSession, change: Change, submission: Submission
) -> LaunchRequest:
    """The request of a form's user, without asking Slack who that is."""
    place = submission.place
    return asked_of(slack, change, place, place.reader or change.lead)


def _typed(submission: Submission) -> Values:
    """The values of a form, with Slack's ids of the members picked."""
    return {**submission.values, **submission.members}


def on_form_submit(slack: SlackSession, submission: Submission) -> None:
    """Carry out a form, and tell its outcome; raises LaunchKitsError."""
    form = FORMS[submission.name]
    place = submission.place
    user = submission.user
    email = slack.email(user)
    picked = {name: slack.picked(member) for name, member in submission.members.items()}
    values = place.wanted or submission.values
    with _transaction(slack, form, place.launch) as change:
        asked = asked_of(slack, change, place, email, picked=picked)
        _must_fit(form, asked)
        outcome = (
            form.do(asked, values) if form.do else Outcome(changed=False, message="")
        )
        shown = slack.context_of(change)
        told = " ".join(
            stopped(each) for each in (outcome.message, *outcome.warnings) if each
        )
        if told and not form.after:
            slack.owe(change.session, user, place, undoable(change, outcome, told))
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, shown)
    if form.after:
        after = stopped(form.after(asked, user))
        slack.answer(user, place, f"{told} {after}".strip())
    if submission.below and not form.closes_all:
        _refresh(slack, user, place, submission.below)


def _transaction(
    slack: SlackSession, form: Form, launch: str
) -> AbstractContextManager[Change]:
    """The transaction of a form.

    One that is followed by work in Slack writes nothing, and is marked as done after that work.
    """
    if form.after:
        return reading(slack.store, launch, now=slack.now())
    return slack.changing(launch)


def _refresh(slack: SlackSession, user: str, place: ActionPlace, below: str) -> None:
    """Bring the modal below a gate's form up to date."""
    view = _form(slack, user, forms_of_gates.OVERVIEW, replace(place, check=""))
    if not isinstance(view, str):
        slack.web.send("views.update", view_id=below, view=view)
