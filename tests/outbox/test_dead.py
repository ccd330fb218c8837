from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.store import Store
from tests.outbox.rows import (
    LATER,
    claim,
    file,
    read,
    run,
)


def test_a_dead_notice_can_be_sent_again_and_is_looked_for_first(empty: Store) -> None:
    key = file(empty)
    other = file(empty, "2")
    assert run(empty, outbox.requeue, [key], now=LATER) == 0, "it is not dead"
    claim(empty, limit=1)
    run(empty, outbox.fail, key, by="a", error="gone")
    assert run(empty, outbox.requeue, [key, other], now=LATER) == 1
    notice = read(empty, key)
    assert (notice.status, notice.attempts, notice.error, notice.send_after) == (
        "pending",
        1,
        None,
        LATER,
    )
