"""Slack's rate limits: short ones are waited out, all are kept for the next delivery."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, select

from launch_kits.database.records import RateLimit
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import RateLimited

__all__ = ["Limits"]

#: seconds of a limit that are waited out within a delivery, at once and for one lane in all
SHORT = 30.0
LONGEST_STAY = 60.0
#: Slack limits for seconds or minutes; a longer limit comes from a clock that was wrong
LONGEST = timedelta(days=1)


class Limits:
    """The limits that one delivery meets."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: two lanes may meet the same limit at once, and only one can be the first to note it
        self._lock = threading.Lock()
        #: lane → seconds that it waited
        self._stayed: dict[str, float] = defaultdict(float)
        #: limit → when it ends, as this delivery or an earlier one learnt
        self._ends: dict[str, datetime] = {}

    def known(self, *, now: datetime) -> Mapping[str, float]:
        """Return limit → seconds that it lasts, as earlier deliveries learnt.

        Deletes the limits that are over.
        """
        stale = or_(col(RateLimit.until) <= now, col(RateLimit.until) > now + LONGEST)
        with self._store.write() as session:
            session.exec(delete(RateLimit).where(stale))
            found = session.exec(select(RateLimit)).all()
        self._ends = {limit.name: limit.until for limit in found}
        return {
            name: (until - now).total_seconds() for name, until in self._ends.items()
        }

    def met(
        self, fault: RateLimited, lane: str, *, now: datetime
    ) -> tuple[float | None, datetime]:
        """Return the seconds for which a lane waits, and the end of the limit.

        The seconds are None if the wait would be too long. The limit ends at a full second, the
        same for all lanes: notices that wait for it keep their order, and the delivery that finds
        one of them due finds all.
        """
        with self._lock, self._store.write() as session:
            end = self._ends[fault.limit] = self._end(fault, now=now)
            session.merge(RateLimit(name=fault.limit, until=end))
        if (
            fault.retry_after > SHORT
            or self._stayed[lane] + fault.retry_after > LONGEST_STAY
        ):
            return None, end
        self._stayed[lane] += fault.retry_after
        return fault.retry_after, end

    def _end(self, fault: RateLimited, *, now: datetime) -> datetime:
        said = now + timedelta(seconds=fault.retry_after)
        known = self._ends.get(fault.limit)
        if known is not None and abs(known - said) <= timedelta(seconds=1):
            return known
        return (said + timedelta(seconds=1)).replace(microsecond=0)
