"""News that only informs: a line of its reader's next digest, or a message if none comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_task
from launch_kits.database.records import Launch, Notice, NoticeKind, NoticeStatus, Task
from launch_kits.plan import State
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_told import digests_of
from launch_kits.verbs.transaction import Change
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.notices.informing import informs
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.passed_news import passed
from launch_kits.workdays.hours import Hours

__all__ = [
    "MOST",
    "inform",
    "merge_news",
    "product_of",
    "put_first",
    "replace_digests",
    "tell_with",
    "wait",
    "waiting_news",
]

#: news in one digest; more go by themselves
MOST = 8
#: after the morning on which a digest may come, news goes by itself
WAIT = timedelta(hours=1)
#: news wait no longer than this for a morning on which their reader may have another message
LONGEST = timedelta(7)
#: the events that answer a request for more time
_ANSWERS = (NewsEvent.EXTENSION_ANSWERED, NewsEvent.EXTENSION_LAPSED)


def inform(
    change: Change,
    to: str,
    *,
    task: Task | None = None,
    facts: dict[str, Any],
    occasion: str | None = None,
) -> None:
    """File news that ask nothing of their reader now.

    They go with a digest that waits for the reader. Without one they wait for that of the next
    morning, and go by themselves an hour after it if there is none.
    """
    notice = change.tell(NoticeKind.NEWS, to, task=task, facts=facts, occasion=occasion)
    if notice.status != NoticeStatus.PENDING or notice.filed_at != change.now:
        return
    hours = change.hours_of(notice.to)
    today = hours.day(change.now).isoformat()
    for digest in digests_of(change.session, notice.to, day=today):
        if digest.status == NoticeStatus.PENDING:
            merge_news(change.session, digest, [notice])
            return
    opens = hours.opens(change.now)
    morning = opens if opens > change.now else hours.morning_after(change.now)
    notice.send_after = morning + WAIT
    change.session.add(notice)


def waiting_news(
    session: Session, person: str, launches: RunningLaunches
) -> Sequence[Notice]:
    """The news that a digest filed now can tell, oldest first.

    Those that are not true any more are dropped.
    """
    query = select(Notice).where(
        Notice.to == person,
        Notice.status == NoticeStatus.PENDING,
        Notice.kind == NoticeKind.NEWS,
    )
    found = session.exec(query.order_by(col(Notice.filed_at), col(Notice.key))).all()
    waiting = []
    for notice in found:
        if not informs(notice.facts):
            continue
        why = passed(notice, launches.of(session, notice.launch)[1])
        if why is None:
            waiting.append(notice)
        else:
            notice.status = NoticeStatus.DROPPED
            notice.error = why
            session.add(notice)
    return waiting[:MOST]


def wait(
    session: Session, news: Sequence[Notice], hours: Hours, *, now: datetime
) -> None:
    """Let news wait for another morning.

    None waits longer than `LONGEST`.
    """
    for notice in news:
        if notice.filed_at > now - LONGEST:
            notice.send_after = hours.morning_after(now) + WAIT
            session.add(notice)


def merge_news(session: Session, digest: Notice, news: Sequence[Notice]) -> None:
    """Write news into a digest that is not sent yet.

    An open gate after its day, a blocked task and a card to review are told once: if the reader
    is asked for them, that line says so.
    """
    room = max(0, MOST - len(_lines(digest.facts, "news")))
    told = news[:room]
    for notice in told:
        notice.status = NoticeStatus.DROPPED
        notice.error = digest.key
        session.add(notice)
    asked = {
        (line.get("wanted"), line.get("launch"), line.get("title"))
        for line in _lines(digest.facts, "asks")
    }
    lines = [_line(session, notice) for notice in told]
    lines = [line for line in lines if _about(line) not in asked]
    if lines:
        before = _lines(digest.facts, "news")
        digest.facts = {**digest.facts, "news": [*before, *lines]}
        session.add(digest)


def _about(line: Mapping[str, Any]) -> tuple[object, ...]:
    """The subject of a line of news, as a line about an answer that is owed names it."""
    facts = line["facts"]
    named = {
        NewsEvent.GATE_PASSED: (AnswerKind.GATE, facts.get("gate")),
        NewsEvent.BLOCKED: (AnswerKind.BLOCKED, line["title"]),
        NewsEvent.CARD_DUE: (AnswerKind.CARD, facts.get("name")),
    }
    wanted, title = named.get(facts.get("event"), (None, None))
    return wanted, line["launch"], title


def tell_with(session: Session, reminder: Notice, task: Task) -> None:
    """Let answers about more time go with the next reminder of their task.

    So the reader does not hear the day first and its reason an hour later. An answer that is not
    true any more stays; it is dropped when it would be sent.
    """
    query = select(Notice).where(
        Notice.launch == task.launch,
        Notice.task == task.key,
        Notice.to == reminder.to,
        Notice.kind == NoticeKind.NEWS,
        Notice.status == NoticeStatus.PENDING,
    )
    waiting = session.exec(query.order_by(col(Notice.filed_at), col(Notice.key))).all()
    told = [
        news
        for news in waiting
        if news.facts.get("event") in _ANSWERS
        and news.facts.get("due") == task.due.isoformat()
    ]
    if not told:
        return
    lines = [_line(session, news) for news in told]
    reminder.facts = {**reminder.facts, "news": lines}
    session.add(reminder)
    for news in told:
        news.status = NoticeStatus.DROPPED
        news.error = reminder.key
        session.add(news)


def put_first(session: Session, digest: Notice) -> None:
    """Put launches that turned at risk first, in a digest that is not sent.

    News of it that wait go with the digest, whose lines tell the rest: the day on which the launch
    lands, and the tasks that are late or at risk.
    """
    query = select(Notice).where(
        Notice.to == digest.to,
        Notice.status == NoticeStatus.PENDING,
        Notice.kind == NoticeKind.NEWS,
    )
    states = {
        line.get("launch"): line.get("state")
        for line in _lines(digest.facts, "launches")
    }
    for notice in session.exec(
        query.order_by(col(Notice.filed_at), col(Notice.key))
    ).all():
        at_risk = states.get(notice.launch) in (State.AT_RISK, State.LATE)
        if not at_risk or notice.facts.get("event") != NewsEvent.AT_RISK:
            continue
        product = product_of(session, notice.launch)
        turned = {"launch": notice.launch, "product": product}
        before = _lines(digest.facts, "turned")
        digest.facts = {**digest.facts, "turned": [*before, turned]}
        notice.status = NoticeStatus.DROPPED
        notice.error = digest.key
        session.add(notice)
    session.add(digest)


def replace_digests(
    session: Session, replaced: Sequence[Notice], digest: Notice
) -> None:
    """Drop digests not sent yet for a newer one, which tells the notices merged into them too."""
    for before in replaced:
        _replace(session, before, digest)


def _replace(session: Session, before: Notice, digest: Notice) -> None:
    if before.key == digest.key:
        return
    before.status = NoticeStatus.DROPPED
    before.error = "a newer digest says more"
    session.add(before)
    query = select(Notice).where(
        Notice.to == before.to,
        Notice.status == NoticeStatus.DROPPED,
        Notice.error == before.key,
    )
    for notice in session.exec(query).all():
        notice.error = digest.key
        session.add(notice)
    kept = {
        key: [*_lines(before.facts, key), *_lines(digest.facts, key)]
        for key in ("news", "turned")
    }
    listed = {(line["launch"], line["task"]) for line in _lines(digest.facts, "help")}
    called = [
        line
        for line in _lines(before.facts, "help")
        if (line["launch"], line["task"]) not in listed
    ]
    kept["help"] = [*called, *_lines(digest.facts, "help")]
    digest.facts = {**digest.facts, **kept}
    session.add(digest)


def _lines(facts: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = facts.get(key)
    return found if isinstance(found, list) else []


def _line(session: Session, notice: Notice) -> dict[str, Any]:
    task = find_task(session, notice.launch, notice.task) if notice.task else None
    return {
        "launch": notice.launch,
        "product": product_of(session, notice.launch),
        "task": notice.task,
        "title": task.title if task else None,
        "to": notice.to,
        "facts": dict(notice.facts),
    }


def product_of(session: Session, slug: str) -> str:
    """The product of a launch."""
    return session.exec(select(Launch.product).where(Launch.slug == slug)).one()
