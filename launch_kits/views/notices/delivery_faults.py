"""The words for notices that are not sent, messages that are not edited, and shared channels."""

from __future__ import annotations

from launch_kits.database.records import Notice
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader

__all__ = ["kept_out", "stuck", "undelivered"]


def stuck(news: Notice, title: str, reader: Reader) -> str:
    """Write whose message it is, about which task, and why it stays as it is."""
    about = f" about {quoted(title)}" if news.task else ""
    return (
        f"The message to {_whose(news, reader)}{about} shows an earlier state from now on, "
        f"because {news.facts.get('error')}"
    )


def undelivered(news: Notice, title: str, reader: Reader) -> str:
    """Write who could not be told, about which task, why, and how it is sent again."""
    about = f" about {quoted(title)}" if news.task else ""
    return (
        f"{_whose(news, reader)} could not be told{about}: {news.facts.get('error')}. "
        "Once that is mended, the person who runs this can send it again"
    )


def kept_out(channel: str) -> str:
    """Name the parts kept out of a channel that another organisation can read."""
    return (
        f"Another organisation can read #{shorten(channel)}, so the launch page, the cards and "
        "documents are not put there. Give the launch a channel of your own organisation "
        "if the team is to read them in Slack"
    )


def _whose(news: Notice, reader: Reader) -> str:
    to = str(news.facts.get("to"))
    return to if to.startswith("#") else shorten(reader.name(to))
