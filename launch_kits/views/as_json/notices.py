"""The JSON of notices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from launch_kits.database.records import Notice

__all__ = ["notices_json"]

KEYS = (
    "key",
    "kind",
    "launch",
    "task",
    "to",
    "status",
    "attempts",
    "filed_at",
    "send_after",
    "sent_at",
    "channel",
    "ts",
    "error",
)


def notices_json(notices: Iterable[Notice]) -> list[dict[str, object]]:
    """Notices, as `outbox` prints them."""
    return [{key: _plain(getattr(notice, key)) for key in KEYS} for notice in notices]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
