"""A seller's door in Slack: who works on which word, button and form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission
from launch_kits.slack.inbound import card_clicks, desk_clicks
from launch_kits.slack.inbound.deduplication import first_time
from launch_kits.slack.inbound.session import SlackSession

if TYPE_CHECKING:
    from slack_bolt import Ack, App

__all__ = [
    "SELLER_CLICKS",
    "SELLER_FORMS",
    "SELLER_USAGE",
    "SELLER_WORDS",
    "listen_to_sellers",
    "on_seller_form",
]

SELLER_USAGE = (
    ("/launch card NAME", "the card on a competitor, by name"),
    ("/launch card NAME WORDS", "the answer to a buyer's words, with its source"),
    ("/launch ask LAUNCH QUESTION", "ask the answer desk"),
)

#: action id → its work
SELLER_CLICKS: Mapping[str, Callable[[SlackSession, Click], None]] = MappingProxyType(
    {
        "card_open": card_clicks.open_card,
        "card_copy": card_clicks.copy_card,
        "card_wrong": card_clicks.flag_line,
        "desk_ask": desk_clicks.ask_from_card,
        "desk_anyway": desk_clicks.ask_anyway,
        "desk_answer": desk_clicks.show_answer_form,
        "desk_propose": desk_clicks.propose,
        "desk_add_to_faq": desk_clicks.add_to_faq,
        "desk_decline_faq": desk_clicks.decline_faq,
    }
)
#: the names of the forms
SELLER_FORMS = ("desk_ask", "desk_answer")
#: word of `/launch` → its work
SELLER_WORDS: Mapping[str, Callable[[SlackSession, Command], None]] = MappingProxyType(
    {"card": card_clicks.on_card, "ask": desk_clicks.on_ask}
)


def listen_to_sellers(
    bolt: App,
    slack: SlackSession,
    do: Callable[[str, ActionPlace, Callable[[], None]], None],
    submitted: Callable[..., Callable[..., None]],
) -> None:
    """Let the app hear the buttons and forms.

    ``do`` works for a user, and answers at a place. ``submitted`` makes the listener of a form from
    its check and its work.
    """

    def clicked(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        click = Click.read(body)
        do(click.user, click.place, lambda: _on_click(slack, click))

    for action in SELLER_CLICKS:
        bolt.action(re.compile(rf"^{action}(:\d+)?$"))(clicked)
    for form in SELLER_FORMS:
        check = partial(desk_clicks.faults_of_form, slack)
        bolt.view(form)(submitted(check, on_seller_form))


def _on_click(slack: SlackSession, click: Click) -> None:
    if first_time(slack.store, click.key, now=slack.now()):
        SELLER_CLICKS[click.action](slack, click)


def on_seller_form(slack: SlackSession, sent: Submission) -> None:
    """Work on a form once."""
    if first_time(slack.store, sent.key, sent.exact, now=slack.now()):
        desk_clicks.on_form(slack, sent)
