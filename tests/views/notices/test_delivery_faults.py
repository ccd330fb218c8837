from __future__ import annotations

from launch_kits.views.notices.delivery_faults import stuck, undelivered
from tests.slack.views import READER, notice

ERROR = "its channel is archived"


def test_it_names_the_reader_the_task_and_the_cause() -> None:
    told = notice("news", to="lead@example.com", error=ERROR)
    told.facts = {**told.facts, "to": "legal@example.com"}
    assert stuck(told, "Battlecard", READER) == (
        'The message to Counsel about "Battlecard" shows an earlier state from now on, '
        "because its channel is archived"
    )


def test_a_headline_is_named_by_its_channel() -> None:
    told = notice("news", None, to="lead@example.com", error=ERROR)
    told.facts = {**told.facts, "to": "#valkey"}
    assert stuck(told, "", READER).startswith("The message to #valkey shows")


def test_a_notice_that_could_not_be_sent_names_the_remedy() -> None:
    told = notice("news", to="lead@example.com", error=ERROR)
    told.facts = {**told.facts, "to": "legal@example.com", "kind": "task"}
    assert undelivered(told, "Battlecard", READER) == (
        'Counsel could not be told about "Battlecard": its channel is archived. '
        "Once that is mended, the person who runs this can send it again"
    )
