"""A list of many tasks that one person can start, in place of a message for each."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.given import given_clause
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Subject,
)
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["handed_out"]

#: tasks that are listed; more are counted
LISTED = 20


def handed_out(
    facts: Mapping[str, object], launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the tasks that are ready for the reader, the soonest due first.

    ``facts`` are those of the notice: ``tasks``, each with ``task``, ``title`` and ``due``.
    """
    lines = rows_of(facts, "tasks")
    lines.sort(key=lambda line: str(line.get("due")))
    items = [
        Item(
            text=(
                f"{quoted(str(line.get('title')))}: due {_day(line, reader)}"
                f"{given_clause(line, reader)}"
            ),
            subject=Subject(launch.slug, str(line.get("task"))),
        )
        for line in lines
    ]
    product = shorten(launch.product)
    told = f"{count(len(items), 'task')} of {product} are ready for you to start"
    if items:
        told += f". First: {items[0].text}"
    more = max(0, len(items) - LISTED)
    return NoticeMessage(
        sentence=f"{told}.",
        groups=[ItemGroup("Ready to start", items[:LISTED], more)],
        note="Each task gets a message of its own once you start it.",
    )


def _day(line: Mapping[str, object], reader: Reader) -> str:
    due = iso_day(line.get("due"))
    return reader.day(due) if due else "?"
