from __future__ import annotations

import threading
import time

from launch_kits.slack.inbound.ack_priority import Rush


def test_work_waits_for_those_who_are_acknowledged() -> None:
    rush, order = Rush(), []
    with rush.acknowledging():
        worker = threading.Thread(target=lambda: (rush.let_pass(600), order.append("work")))
        worker.start()
        time.sleep(0.05)
        order.append("acknowledged")
    worker.join()
    assert order == ["acknowledged", "work"]


def test_work_does_not_wait_for_ever() -> None:
    rush = Rush()
    with rush.acknowledging():
        rush.let_pass(0.01)


def test_without_a_rush_work_begins_at_once() -> None:
    Rush().let_pass(threading.TIMEOUT_MAX)
