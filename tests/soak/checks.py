"""The conditions that hold when the storm is over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from launch_kits.board.graph import look
from launch_kits.database.records import (
    Answered,
    Event,
    Launch,
    LaunchStatus,
    Notice,
    NoticeStatus,
    Task,
)
from launch_kits.outbox.edits import outdated
from launch_kits.views.launch import read_launch
from launch_kits.views.notices.context import ContextLoader
from tests.served import now
from tests.slack.true_messages import untrue
from tests.slack.workspace import Workspace
from tests.soak.house import Board, House

WAITING = (NoticeStatus.PENDING, NoticeStatus.SENDING)
CALM = ("Suspended", "Completed")
#: of the launch database and of Prefect's, after a year of 20 launches
MOST_MEGABYTES = (60, 300)


def unfinished(house: House, served: Board) -> list[str]:
    """The work that is still to be done; none once the house is calm."""
    found = []
    with house.store.read() as session:
        due = select(Notice).where(
            col(Notice.status).in_(WAITING), col(Notice.send_after) <= now()
        )
        found += [f"notice {each.key} waits" for each in session.exec(due)]
        old = session.exec(select(Notice.key).where(outdated(now=now())))
        found += [f"message {key} is out of date" for key in old]
        owed = select(Task).where(col(Task.document_owed_at).is_not(None))
        found += [
            f"{each.launch}/{each.key} owes a document" for each in session.exec(owed)
        ]
        undone = select(Answered.key).where(col(Answered.done_at).is_(None))
        found += [f"request {key} waits" for key in session.exec(undone)]
        for launch in session.exec(select(Launch)):
            if launch.flow_run_id is None:
                # one that ended before it got a run gets none
                if launch.status == LaunchStatus.RUNNING:
                    found.append(f"{launch.slug} has no run")
                continue
            name = served.run_of(launch.flow_run_id)["state_name"]
            if name not in CALM:
                found.append(f"the run of {launch.slug} is {name}")
    return found or unlike(house, served)


def is_stuck(left: str) -> bool:
    """Whether it is a run whose process may have been killed before it said so."""
    return left.endswith((" is Pending", " is Submitting"))


def unlike(house: House, served: Board) -> list[str]:
    """The task runs that differ from the database."""
    found = []
    with house.store.read() as session:
        drawn_ones = select(Launch.slug).where(col(Launch.flow_run_id).is_not(None))
        slugs = list(session.exec(drawn_ones))
    for slug in slugs:
        with house.store.read() as session:
            view = read_launch(
                session, slug, now=now(), documents=house.settings.documents
            )
        wanted = {each.key: look(each, launch=view.status).name for each in view.tasks}
        drawn = served.states(slug)
        found += [
            f"{slug}/{key}: {drawn.get(key)} on the board, {name} in the database"
            for key, name in wanted.items()
            if drawn.get(key) != name
        ]
    return found


def faults(
    house: House, slack: Workspace, acknowledged: Counter[tuple[str, str, str]]
) -> list[str]:
    """All that is lost, doubled, untrue or too large when all is calm."""
    with house.store.read() as session:
        notices = session.exec(select(Notice)).all()
        events = session.exec(select(Event).where(Event.door == "slack")).all()
        written = session.exec(
            select(Task.document).where(col(Task.document).is_not(None))
        )
        missing = [
            str(place)
            for place in written
            if not (house.settings.documents / str(place)).is_file()
        ]
    return [
        *_undelivered(slack, notices),
        *_unacknowledged(events, acknowledged),
        *_untrue(house, slack, notices),
        *(f"{place} is not written" for place in missing),
        *_too_large(house),
    ]


def _undelivered(slack: Workspace, notices: Sequence[Notice]) -> Iterator[str]:
    """The notices told twice or never."""
    posted = Counter(
        (each["metadata"]["event_payload"]["key"], each.get("thread_ts"))
        for each in slack.posted
        if "metadata" in each
    )
    for (key, thread), times in posted.items():
        if times > 1:
            yield f"{key} was posted {times} times{' in its thread' if thread else ''}"
    for notice in notices:
        if notice.status == NoticeStatus.DEAD:
            yield f"{notice.key} is dead: {notice.error}"
        if notice.status == NoticeStatus.SENT and not posted[notice.key, None]:
            yield f"{notice.key} counts as sent, and is not in Slack"


def _unacknowledged(
    events: Sequence[Event], acknowledged: Counter[tuple[str, str, str]]
) -> Iterator[str]:
    """The acknowledged requests that were lost, or done twice."""
    done: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for event in events:
        done[event.launch, event.task or ""][str(event.verb)] += 1
    for (slug, key, verb), asked in acknowledged.items():
        counted = done[slug, key][verb]
        if verb == "done":
            counted += done[slug, key]["submit"]
        # a second "done" of one task finds it done already
        wanted = asked if verb == "note" else 1
        if counted != wanted:
            yield f"{slug}/{key}: {verb} {counted} times, {wanted} acknowledged"


def _untrue(house: House, slack: Workspace, notices: Sequence[Notice]) -> Iterator[str]:
    """The messages in Slack that differ from what would be written now."""
    contexts = ContextLoader(house.store, documents=house.settings.documents)
    at = now()
    for notice in notices:
        yield from untrue(notice, slack, contexts.of(notice.launch, now=at), now=at)


def _too_large(house: House) -> Iterator[str]:
    sizes = zip(("launch", "Prefect"), house.sizes(), MOST_MEGABYTES, strict=True)
    for name, size, most in sizes:
        if size > most:
            yield f"the {name} database has {size:.0f} MB, more than {most}"
