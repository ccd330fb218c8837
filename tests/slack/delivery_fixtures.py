"""The fixtures with which the tests of other rooms deliver to the stand-in for Slack.

A test module takes them by a star: pytest finds a fixture by its name in the module.
"""

from __future__ import annotations

from tests.slack.conftest import (
    file,
    launched,
    read,
    send,
    settings,
    slack,
    slack_settings,
    store,
)

__all__ = [
    "file",
    "launched",
    "read",
    "send",
    "settings",
    "slack",
    "slack_settings",
    "store",
]
