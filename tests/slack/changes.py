from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.queries import find_launch, find_task
from launch_kits.database.records import (
    LaunchStatus,
    NoticeKind,
)
from tests.slack.conftest import NOW


def change(store, key="battlecard:redis", **values):
    """The change that a verb makes to a task.

    The change, and the mark on messages that are outdated.
    """
    with store.write() as session:
        task = find_task(session, "valkey-9", key)
        for name, value in values.items():
            setattr(task, name, value)
        session.add(task)
        find_launch(session, "valkey-9").revision += 1
        outbox.outdate(
            session,
            launch="valkey-9",
            task=key,
            kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
        )


def end_launch(store):
    with store.write() as session:
        launch = find_launch(session, "valkey-9")
        launch.status = LaunchStatus.CANCELLED
        launch.ended_at = NOW
        launch.revision += 1
        session.add(launch)


def buttons(message):
    return [
        each["action_id"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]
