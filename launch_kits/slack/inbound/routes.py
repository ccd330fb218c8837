"""Who works on which button, form and event of Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from launch_kits.slack.api.payloads import Click, Submission
from launch_kits.slack.inbound import (
    actions,
    commands,
    desk_clicks,
    forms,
    task_faults,
)
from launch_kits.slack.inbound.form_retry import on_again
from launch_kits.slack.inbound.sellers import SELLER_CLICKS, SELLER_FORMS
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.late import AGAIN

__all__ = ["CLICKS", "FORMS", "FormRoute"]

ClickWork: TypeAlias = Callable[[SlackSession, Click], None]


@dataclass(frozen=True, slots=True)
class FormRoute:
    """A form: its check before the acknowledgement, and its work after it."""

    #: returns faults by the names of the inputs, none if all values are fine. Slack waits for
    #: it: it must not ask Slack for anything
    check: Callable[[SlackSession, Submission], Mapping[str, str]]
    work: Callable[[SlackSession, Submission], None]
    #: the modal that is laid over the form instead of its work; nothing is kept then
    preview: Callable[[SlackSession, Submission], View] | None = None
    #: whether the modals below are closed with it
    closes_all: bool = False


#: action id of a button → its work; buttons that only show something else are not named here
CLICKS: Mapping[str, ClickWork] = MappingProxyType(
    {
        **dict.fromkeys((*actions.BUTTONS, *actions.FORMS), actions.on_click),
        **dict.fromkeys(forms.CLICKS, forms.on_form_click),
        **SELLER_CLICKS,
        AGAIN: on_again,
    }
)

_TASK_FORM = FormRoute(check=task_faults.faults_of, work=actions.on_submit)
#: name of a form → its check and its work
FORMS: Mapping[str, FormRoute] = MappingProxyType(
    {
        **dict.fromkeys(actions.FORMS, _TASK_FORM),
        **{
            name: FormRoute(check=desk_clicks.faults_of_form, work=work)
            for name, work in SELLER_FORMS.items()
        },
        "launch_start": FormRoute(
            check=commands.faults_of_start, work=commands.on_start
        ),
        **{
            name: FormRoute(
                check=forms.faults_of,
                work=forms.on_form_submit,
                preview=forms.preview_of if form.preview else None,
                closes_all=form.closes_all,
            )
            for name, form in forms.FORMS.items()
        },
    }
)
