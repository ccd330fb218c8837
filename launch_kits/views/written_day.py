"""A day as a user writes it for a launch."""

from __future__ import annotations

from datetime import date, datetime

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.brief import Brief
from launch_kits.workdays.offsets import Offset
from launch_kits.workdays.written_days import day

__all__ = ["read_day", "read_due"]


def read_day(store: Store, slug: str, written: str, *, now: datetime) -> date:
    """Read a day such as `2027-03-09` or `+3d`.

    Today is the launch's own day, in its time zone. Raises Refused if it is not a day, NotFound.
    """
    with store.read() as session:
        zone = Brief.kept(find_launch(session, slug).brief).zone()
    return day(written, now=now, zone=zone)


def read_due(store: Store, slug: str, written: str, *, now: datetime) -> date | Offset:
    """Read a due day such as `2027-03-09`, `+3d`, or `T-10` from the task's anchor day.

    Raises Refused if it is neither, NotFound.
    """
    if not written.startswith("T"):
        return read_day(store, slug, written, now=now)
    try:
        return Offset.parse(written)
    except ValueError as error:
        raise Refused(str(error)) from None
