from __future__ import annotations

from datetime import date, timedelta

from launch_kits.database.records import Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.views.notices.links import links_of, room_rows, unlinked
from launch_kits.views.notices.message import Subject
from launch_kits.views.room_pages import RoomPages
from tests.launches import LEAD, NOW, PMM, SLUG, opened


def sent(
    key: str, kind: NoticeKind, *, at: int, to: str = PMM, **more: object
) -> Notice:
    values = {"task": "research", "status": "sent", "channel": "D1", "ts": f"{at}.0"}
    when = NOW + timedelta(minutes=at)
    return Notice(
        key=key,
        kind=kind,
        launch=SLUG,
        to=to,
        filed_at=when,
        send_after=when,
        sent_at=when,
        **{**values, **more},
    )


def test_the_newest_message_about_a_task_is_linked(store: Store) -> None:
    opened(store)
    about = Subject(SLUG, "research")
    until = date(2027, 2, 11)
    with store.write() as session:
        session.add(sent("a", NoticeKind.TASK, at=1, permalink="https://x.example/a"))
        session.add(sent("b", NoticeKind.TASK, at=2, permalink="https://x.example/b"))
        session.add(sent("c", NoticeKind.NUDGE, at=3, permalink="https://x.example/c"))
        session.add(
            sent("d", NoticeKind.REVIEW, at=4, to=LEAD, facts={"until": f"{until}"})
        )
        session.add(sent("e", NoticeKind.TASK, at=5, task="positioning"))
    with store.read() as session:
        assert links_of(session, PMM) == {about: "https://x.example/b"}
        before = links_of(session, PMM, NOW + timedelta(minutes=1))
        assert before == {about: "https://x.example/a"}
        asked = Subject(SLUG, "research", until)
        found = unlinked(session, LEAD, {asked, about})
        assert [each.key for each in found] == ["d"]
        assert unlinked(session, PMM, {about}) == []


def test_messages_link_to_the_room_if_it_has_an_address() -> None:
    room = RoomPages("https://launches.example.com")
    task = sent("a", NoticeKind.TASK, at=1)
    headline = sent("b", NoticeKind.HEADLINE, at=1, task=None)
    news = sent("c", NoticeKind.NEWS, at=1, task=None)
    assert [row.address for row in room_rows(task, room)] == [
        f"https://launches.example.com/launches/{SLUG}/tasks/research"
    ]
    (row,) = room_rows(headline, room)
    assert row.address == f"https://launches.example.com/launches/{SLUG}"
    assert room_rows(news, room) == room_rows(task, None) == []
