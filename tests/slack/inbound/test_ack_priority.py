from __future__ import annotations

import threading
import time

from launch_kits.slack.inbound.ack_priority import AckPriority


def test_work_waits_for_acknowledgements() -> None:
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


def test_work_goes_on_after_its_patience() -> None:
    ack_priority = AckPriority()
    with ack_priority.acknowledging():
        ack_priority.let_pass(0.01)


def test_work_begins_at_once_without_acknowledgements() -> None:
    AckPriority().let_pass(threading.TIMEOUT_MAX)
