"""The same delivery on PostgreSQL: lanes and verbs lock rows, not the whole database."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import delete, select

from launch_kits import outbox
from launch_kits.database.records import Launch, Lease, Notice, NoticeKind, RateLimit
from launch_kits.verbs import note
from launch_kits.worker.delivery import deliver
from tests.launches import LEAD, NOW, SLUG, opened
from tests.slack.stand_in import Fault


@pytest.fixture
def flying(postgres_store):
    with postgres_store.write() as session:
        for table in (Launch, Lease, RateLimit):
            session.exec(delete(table))
    return opened(postgres_store)


def test_lanes_and_verbs_go_side_by_side(flying, slack, slack_settings):
    slack.people[LEAD] = "U77"
    settings = dataclasses.replace(slack_settings, database_url=flying.url)
    with flying.write() as session:
        for number in range(24):
            outbox.enqueue(
                session,
                kind=NoticeKind.NEWS,
                launch=SLUG,
                task="research",
                to=f"#channel-{number % 6}",
                occasion=f"{number:02}",
                now=NOW,
                send_after=NOW,
            )
    slack.faults = [
        Fault("chat.postMessage", "limited", times=3),
        Fault("pins.add", "limited"),
    ]
    stop = threading.Event()
    spoken = []

    def talk():
        while not stop.wait(0.01):
            posted = len(slack.posted)
            spoken.append(
                (posted, note(flying, SLUG, "research", now=NOW, note="a verb").changed)
            )

    with ThreadPoolExecutor(1) as pool:
        talker = pool.submit(talk)
        try:
            first = deliver(flying, settings=settings, now=NOW)
        finally:
            stop.set()
        talker.result()
    assert (first.problems, first.dead, first.given_back) == ((), 0, 0)
    assert all(changed for _, changed in spoken)
    assert [posted for posted, _ in spoken if 0 < posted < first.sent], (
        "no verb came between two messages"
    )
    slack.faults = [
        Fault("chat.postMessage", "is_archived", channel=slack.named("channel-3").id)
    ]
    with flying.write() as session:
        outbox.enqueue(
            session,
            kind=NoticeKind.NEWS,
            launch=SLUG,
            task="research",
            to="#channel-3",
            occasion="last",
            now=NOW,
            send_after=NOW,
        )
    assert deliver(flying, settings=settings, now=NOW).dead == 1
    with flying.read() as session:
        notices = session.exec(select(Notice)).all()
        # the mark of the last look for deleted messages is held by no one
        assert not [lease for lease in session.exec(select(Lease)) if lease.by]
    assert not [
        notice.key
        for notice in notices
        if notice.status not in ("sent", "dead", "pending")
    ]
    posted = [
        message["metadata"]["event_payload"]["key"]
        for message in slack.posted
        if "edits" in message
    ]
    assert len([key for key in posted if key.startswith("news")]) == 25, (
        "24, and the lead's"
    )
