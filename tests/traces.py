"""A row of each table for the small launch, as months of work would leave them."""

from __future__ import annotations

from datetime import date

from sqlmodel import SQLModel

from launch_kits import verbs
from launch_kits.database.records import (
    Answered,
    CardCanvas,
    CardUse,
    Compared,
    DayChangeRow,
    Decision,
    DigestDue,
    DocumentVersion,
    Extension,
    GateCheck,
    KeptTasks,
    LastSweep,
    LaunchCanvas,
    Lease,
    LinkUse,
    OverviewRow,
    PageFile,
    Question,
    RateLimit,
    RoomLink,
    RoomSession,
    SlackToken,
    SlackUser,
    SlackWorkspace,
    Waiver,
)
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.verbs.actors import Door
from launch_kits.worker import step
from tests.launches import LEAD, NOW, PMM, SLUG, task

DAY = NOW.date()


def leave_traces(store: Store, *, settings: Settings) -> None:
    """Work on the small launch, deliver, and add a row of each table that this left empty."""
    # an act through a door of people, which can be undone
    by_a_person = Store(store.url, door=Door.COMMAND_LINE)
    verbs.begin(by_a_person, SLUG, "positioning", now=NOW)
    by_a_person.close()
    step.run(store, SLUG, settings=settings, now=NOW, write=lambda _: None)
    owner = task(store, "positioning").id
    with store.write() as session:
        for row in (*_of_a_launch(owner), *_of_slack(), *_of_the_room()):
            session.merge(row)


def _of_a_launch(owner: int) -> list[SQLModel]:
    return [
        CardUse(launch=SLUG, card="kite", kind="opened", by=PMM, at=NOW),
        DayChangeRow(
            launch=SLUG,
            day="launch_on",
            at=NOW,
            by=LEAD,
            verb="move",
            before=date(2027, 2, 9),
            after=date(2027, 2, 9),
        ),
        Decision(launch=SLUG, go=True, by=LEAD, at=NOW),
        DocumentVersion(
            launch=SLUG, task="training", number=1, digest="d", content={"a": 1}, at=NOW
        ),
        Extension(
            task=owner,
            until=DAY,
            due_before=date(2027, 2, 9),
            by=PMM,
            asked_at=NOW,
            status="asked",
        ),
        GateCheck(
            launch=SLUG, stage="story", check_key="everybody-tells-it", by=LEAD, at=NOW
        ),
        OverviewRow(
            launch=SLUG,
            revision=0,
            version="1",
            since=NOW,
            readiness=0,
            late=0,
            state="on_track",
            tasks_open=8,
        ),
        Question(
            launch=SLUG, asked_by=PMM, asked_at=NOW, text="Why?", owner=LEAD, due_at=NOW
        ),
        KeptTasks(launch=SLUG, today=DAY, tasks="[]"),
        Waiver(
            launch=SLUG,
            stage="story",
            check_key="everybody-tells-it",
            by=LEAD,
            at=NOW,
            note="Later",
            until=DAY,
        ),
        DigestDue(person=PMM, at=NOW),
        LastSweep(ended_at=NOW, seconds=1),
    ]


def _of_slack() -> list[SQLModel]:
    return [
        Answered(key="click", at=NOW, done_at=NOW),
        CardCanvas(launch=SLUG, card="kite", canvas_id="F1"),
        Compared(launch=SLUG, revision=0),
        LaunchCanvas(launch=SLUG, canvas_id="F2"),
        Lease(name="delivery", by="process", until=NOW),
        PageFile(launch=SLUG, page="", digest="d"),
        RateLimit(name="chat.postMessage", until=NOW),
        SlackToken(seed="s", access_token="a", refresh_token="r", expires_at=NOW),
        SlackUser(id="U1", email=PMM, name="Pia", read_at=NOW),
        SlackWorkspace(token="t", team="T1", read_at=NOW),
    ]


def _of_the_room() -> list[SQLModel]:
    return [
        RoomSession(
            digest="s", email=PMM, method="oidc", made_at=NOW, seen_at=NOW, ends_at=NOW
        ),
        RoomLink(
            id=1,
            digest="l",
            kind="launch",
            launch=SLUG,
            audience="internal",
            made_by=PMM,
            made_at=NOW,
        ),
        LinkUse(link=1, at=NOW, peer="192.0.2.7"),
    ]
