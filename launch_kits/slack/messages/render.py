"""Neutral messages in Slack's Block Kit."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.database.records import Notice
from launch_kits.slack.messages.blocks import (
    Message,
    buttons,
    context,
    first_line,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.item_blocks import item_blocks
from launch_kits.verbs.item_offers import offer_items
from launch_kits.verbs.offers import permitted, permitted_actions
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.message import NoticeMessage, Subject
from launch_kits.views.notices.text import clean, shorten, stopped
from launch_kits.views.reader import Reader

__all__ = ["addressed", "button_value", "render", "to_slack"]


def render(notice: Notice, launch: LaunchView, *, reader: Reader) -> Message:
    """Return the message of a notice for its reader, from the launch as it is now."""
    neutral = permitted(compose(notice, launch, reader=reader), launch, notice.to)
    return to_slack(
        offer_items(
            neutral,
            to=notice.to,
            since=notice.filed_at,
            view=lambda slug: launch if slug == launch.slug else None,
            links={},
            permit=permitted_actions,
        )
    )


def addressed(neutral: NoticeMessage, *, name: str, email: str) -> NoticeMessage:
    """Return the message as a channel shows it, for a person unknown to Slack."""
    whom = clean(email) if name == email else f"{shorten(name)} ({clean(email)})"
    why = (
        "Told here because Slack has no active account "
        f"with the email address {clean(email)}."
    )
    return replace(
        neutral,
        sentence=f"For {whom}: {neutral.sentence}",
        headline=neutral.headline and f"For {whom}: {neutral.headline}",
        note=f"{stopped(neutral.note)} {why}" if neutral.note else why,
    )


def to_slack(neutral: NoticeMessage) -> Message:
    """Return a message as text and blocks; the buttons carry its subject."""
    title = neutral.headline
    note = neutral.note
    subject = neutral.subject
    return message(
        neutral.sentence,
        [
            # Notifications on a desktop show the first block, those on a phone the text.
            first_line(neutral.sentence) if title is None else header(title),
            *(paragraph(text) for text in neutral.paragraphs),
            *item_blocks(neutral.groups, value=button_value),
            *(paragraph(text) for text in neutral.below),
            buttons(neutral.actions, value=button_value(subject)) if subject else None,
            *rows(neutral.rows),
            context(note) if note is not None else None,
        ],
        actions=neutral.actions,
    )


def button_value(subject: Subject) -> str:
    """Return ``launch|task``, and ``|day`` if a day is asked for."""
    asked = f"|{subject.until.isoformat()}" if subject.until else ""
    return f"{subject.launch}|{subject.task}{asked}"
