"""The words for a sent message that can no longer be brought up to date."""

from __future__ import annotations

from launch_kits.database.records import Notice
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader

__all__ = ["stuck"]


def stuck(news: Notice, title: str, reader: Reader) -> str:
    """Write whose message it is, about which task, and why it stays as it is."""
    to = str(news.facts.get("to"))
    whose = to if to.startswith("#") else shorten(reader.name(to))
    about = f" about {quoted(title)}" if news.task else ""
    return (
        f"The message to {whose}{about} shows an earlier state from now on, "
        f"because {news.facts.get('error')}"
    )
