"""The lease of a launch, kept while one run works on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from launch_kits.database import launch_lease
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, PrefectError

__all__ = ["LeaseKeeper"]

#: seconds between two renewals of the lease
RENEW_EVERY = 15.0
#: seconds to wait until another process drops its lease of the launch
PATIENCE = 90.0
#: seconds between two tries
PAUSE = 0.5


class LeaseKeeper:
    """Takes the lease of a launch, renews it in a thread, and drops it."""

    def __init__(
        self, store: Store, slug: str, *, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._slug = slug
        self._clock = clock
        self._by = uuid4().hex
        self._over = threading.Event()

    def take(self, *, patience: float = PATIENCE) -> None:
        """Take the lease, and renew it until it is dropped.

        Raises PrefectError if another process still has it after ``patience`` seconds.
        """
        until = time.monotonic() + patience
        while not launch_lease.take_lease(
            self._store, self._slug, by=self._by, now=self._clock()
        ):
            if time.monotonic() >= until:
                raise PrefectError(
                    f'another process has worked on launch "{self._slug}" for {patience:.0f} s; '
                    "the next sweep tries again"
                )
            time.sleep(PAUSE)
        threading.Thread(target=self._renew, name="lease", daemon=True).start()

    def drop(self) -> None:
        """Stop renewing the lease, and give it up."""
        self._over.set()
        launch_lease.drop_lease(self._store, self._slug, by=self._by)

    def _renew(self) -> None:
        """Renew the lease until it is dropped.

        If the lease was lost, the run still goes on to its end.
        """
        while not self._over.wait(RENEW_EVERY):
            # A busy database is tried again in time, because a lease outlasts three renewals.
            with suppress(DatabaseError):
                launch_lease.renew_lease(
                    self._store, self._slug, by=self._by, now=self._clock()
                )
