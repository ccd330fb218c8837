"""The forms that a click opens, by name: shown, checked, previewed and carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from launch_kits.errors import Refused
from launch_kits.slack.api.payloads import ActionPlace, Click, Submission
from launch_kits.slack.inbound import (
    forms_of_gates,
    forms_of_launches,
    forms_of_tasks,
)
from launch_kits.slack.inbound.asked import asked_of
from launch_kits.slack.inbound.deduplication import first_time
from launch_kits.slack.inbound.form import Form, FormAnswer
from launch_kits.slack.inbound.modal_check import faults_of_modal
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.forms import View
from launch_kits.verbs import Outcome, changing
from launch_kits.verbs.transaction import reading
from launch_kits.views.notices.text import stopped

__all__ = [
    "CLICKS",
    "FORMS",
    "answer_to",
    "on_form_click",
    "on_form_submit",
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
    if first_time(slack.store, click.key, now=slack.now()):
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
    show = FORMS[name].show
    with reading(slack.store, place.launch, now=slack.now()) as change:
        asked = asked_of(slack, change, replace(place, reader=email), email)
        if show is None:
            raise Refused(f"there is no form {name}")
        return show(asked)


def answer_to(slack: SlackSession, submission: Submission) -> FormAnswer:
    """Return the answer to a submitted form: its faults, its preview, or that it closes.

    It asks Slack for nothing, since Slack waits for it. Raises nothing.
    """
    form = FORMS[submission.name]
    previews: list[View] = []

    def check(submission: Submission) -> dict[str, str]:
        place = submission.place
        with reading(slack.store, place.launch, now=slack.now()) as change:
            asked = asked_of(slack, change, place, place.reader or change.lead)
            values = {**submission.values, **submission.members}
            faults = dict(form.check(asked, values))
            if form.preview and not faults:
                previews.append(form.preview(asked, values))
        return faults

    faults = faults_of_modal(slack.store, submission, check)
    if faults and submission.first:
        return FormAnswer(
            carried_out=False, response={"response_action": "errors", "errors": faults}
        )
    if previews:
        shown = {"response_action": "push", "view": previews[0]}
        return FormAnswer(carried_out=False, response=shown)
    closes = {"response_action": "clear"} if form.closes_all else {}
    return FormAnswer(carried_out=True, response=closes)


def on_form_submit(slack: SlackSession, submission: Submission) -> None:
    """Carry out a form, and tell its outcome; raises LaunchKitsError."""
    if not first_time(slack.store, submission.key, submission.exact, now=slack.now()):
        return
    form, place, user = FORMS[submission.name], submission.place, submission.user
    email = slack.email(user)
    picked = {name: slack.picked(member) for name, member in submission.members.items()}
    values = place.wanted or submission.values
    with changing(slack.store, place.launch, now=slack.now()) as change:
        asked = asked_of(slack, change, place, email, picked=picked)
        outcome = (
            form.do(asked, values) if form.do else Outcome(changed=False, message="")
        )
        shown = slack.context_of(change)
    said = [outcome.message, *outcome.warnings]
    if form.after:
        said.append(form.after(asked, user))
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, shown)
    told = " ".join(stopped(each) for each in said if each)
    slack.answer(user, place, told)
    if submission.below and not form.closes_all:
        _refresh(slack, user, place, submission.below)


def _refresh(slack: SlackSession, user: str, place: ActionPlace, below: str) -> None:
    """Bring the modal below a gate's form up to date."""
    view = _form(slack, user, forms_of_gates.OVERVIEW, replace(place, check=""))
    if not isinstance(view, str):
        slack.web.send("views.update", view_id=below, hash="", view=view)
