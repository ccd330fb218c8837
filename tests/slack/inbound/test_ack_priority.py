from __future__ import annotations

import threading
import time

from launch_kits.slack.inbound.ack_priority import AckPriority


def test_work_waits_for_acknowledgements() -> None:
    ack_priority = AckPriority()
    order = []
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


def test_work_waits_before_a_transaction_and_never_within_one() -> None:
    ack_priority = AckPriority()
    order = []
    begun = threading.Event()
    asked = threading.Event()

    def work() -> None:
        with ack_priority.transaction(600):
            begun.set()
            asked.wait()
            with ack_priority.transaction(600):
                order.append("inner")
        with ack_priority.transaction(600):
            order.append("next")

    worker = threading.Thread(target=work)
    worker.start()
    begun.wait()
    with ack_priority.acknowledging():
        asked.set()
        while not order:
            time.sleep(0.001)
        order.append("acknowledged")
    worker.join()
    assert order == ["inner", "acknowledged", "next"]


def test_one_piece_of_work_has_its_turn_and_another_during_its_calls() -> None:
    ack_priority = AckPriority()
    order = []
    called = threading.Event()

    def other() -> None:
        with ack_priority.working(600):
            order.append("other")
            called.set()

    with ack_priority.working(600):
        worker = threading.Thread(target=other)
        worker.start()
        order.append("first")
        with ack_priority.calling(600):
            called.wait()
        order.append("after the call")
    worker.join()
    assert order == ["first", "other", "after the call"]


def test_work_goes_on_without_its_turn_after_its_patience() -> None:
    ack_priority = AckPriority()

    def other() -> None:
        with ack_priority.working(0.01), ack_priority.calling(0.01):
            pass

    with ack_priority.working(600):
        worker = threading.Thread(target=other)
        worker.start()
        worker.join()
    with ack_priority.working(600), ack_priority.calling(600):
        pass
