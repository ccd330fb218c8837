"""A seller's door in Slack: who works on which word, button and form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from launch_kits.slack.api.payloads import Click, Command, Submission
from launch_kits.slack.inbound import card_clicks, desk_clicks
from launch_kits.slack.inbound.session import SlackSession

__all__ = ["SELLER_CLICKS", "SELLER_FORMS", "SELLER_USAGE", "SELLER_WORDS"]

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
        "card_wrong": card_clicks.show_flag_form,
        "card_uphold": card_clicks.show_uphold_form,
        "card_concede": card_clicks.show_concede_form,
        "desk_wrong": card_clicks.show_concede_form,
        "card_verify": card_clicks.verify_card,
        "card_change": card_clicks.show_change_form,
        "desk_ask": desk_clicks.ask_from_card,
        "desk_anyway": desk_clicks.ask_anyway,
        "desk_answer": desk_clicks.show_answer_form,
        "desk_propose": desk_clicks.propose,
        "desk_add_to_faq": desk_clicks.add_to_faq,
        "desk_decline_faq": desk_clicks.decline_faq,
    }
)
#: name of a form → its work
SELLER_FORMS: Mapping[str, Callable[[SlackSession, Submission], None]] = (
    MappingProxyType(
        {
            "card_wrong": card_clicks.flag_line,
            "card_uphold": card_clicks.uphold_line,
            "card_concede": card_clicks.concede_line,
            "card_change": card_clicks.name_card_change,
            "desk_ask": desk_clicks.on_form,
            "desk_answer": desk_clicks.on_form,
        }
    )
)
#: word of `/launch` → its work
SELLER_WORDS: Mapping[str, Callable[[SlackSession, Command], None]] = MappingProxyType(
    {"card": card_clicks.on_card, "ask": desk_clicks.on_ask}
)
