from __future__ import annotations

import threading
import time

from launch_kits.slack.inbound.ack_priority import AckPriority


def test_work_waits_for_those_who_are_acknowledged() -> None:
    ack_priority, order = AckPriority(), []
    with ack_priority.acknowledging():
        worker = threading.Thread(
            target=lambda: (ack_priority.let_pass(600), order.append("work"))
        )
        worker.start()
        time.sleep(0.05)
        order.append("acknowledged")
    worker.join()
    assert order == ["acknowledged", "work"]


def test_work_does_not_wait_for_ever() -> None:
    ack_priority = AckPriority()
    with ack_priority.acknowledging():
        ack_priority.let_pass(0.01)


def test_without_a_rush_work_begins_at_once() -> None:
    AckPriority().let_pass(threading.TIMEOUT_MAX)
