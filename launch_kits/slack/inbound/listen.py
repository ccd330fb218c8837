"""The buttons, forms and replies that this app hears besides those of `app`."""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_bolt import Ack, App

from launch_kits.slack.api.payloads import ActionPlace, Click, Submission
from launch_kits.slack.inbound import forms
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.thread_replies import on_reply, read_reply

__all__ = ["listen"]

#: works on an acknowledged request of a user, at a place
Do = Callable[[str, ActionPlace, Callable[[], None]], None]


def listen(bolt: App, slack: SlackSession, do: Do) -> None:
    """Listen to the buttons of forms, to the forms, and to replies."""

    def clicked(ack: Ack, body: dict[str, object]) -> None:
        ack()
        click = Click.read(body)
        do(click.user, click.place, lambda: forms.on_form_click(slack, click))

    def submitted(ack: Ack, body: dict[str, object]) -> None:
        sent = Submission.read(body)
        answer = forms.answer_to(slack, sent)
        ack(**answer.response)
        if answer.carried_out:
            do(sent.user, sent.place, lambda: forms.on_form_submit(slack, sent))

    def replied(ack: Ack, event: dict[str, object]) -> None:
        ack()
        reply = read_reply(event)
        if reply:
            do(reply.user, reply.place, lambda: on_reply(slack, reply))

    for action in forms.CLICKS:
        bolt.action(re.compile(rf"^{action}(:\d+)?$"))(clicked)
    for form in forms.FORMS:
        bolt.view(form)(submitted)
    bolt.event("message")(replied)
