"""A day as a user writes it for a launch."""

from __future__ import annotations

from datetime import date, datetime

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.workdays.written_days import day

__all__ = ["read_day"]


def read_day(store: Store, slug: str, written: str, *, now: datetime) -> date:
    """Read a day such as `2027-03-09` or `+3d`.

    Today is the launch's own day, in its time zone. Raises Refused if it is not a day, NotFound.
    """
    with store.read() as session:
        zone = Brief.kept(find_launch(session, slug).brief).zone()
    return day(written, now=now, zone=zone)
