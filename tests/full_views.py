"""The launches of a database as they are read and planned whole, to compare kept figures with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.views.notices.context import ContextLoader, MessageContext


def full_views(store: Store, *, now: datetime) -> list[MessageContext]:
    """All launches, newest first."""
    query = select(Launch.slug).order_by(col(Launch.opened_at).desc(), col(Launch.slug))
    with store.read() as session:
        slugs = session.exec(query).all()
    loader = ContextLoader(store, documents=Path())
    return [loader.of(slug, now=now) for slug in slugs]
