"""The conditions that hold when the storm is over."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlmodel import col, select

from launch_kits.board.graph import look
from launch_kits.database.records import Answered, Event, Launch, Notice, NoticeStatus
from launch_kits.views.launch import read_launch
from tests.served import Served, now
from tests.slack.workspace import Workspace
from tests.soak.house import House

WAITING = (NoticeStatus.PENDING, NoticeStatus.SENDING)
CALM = ("Suspended", "Completed")


def unfinished(house: House, served: Served) -> list[str]:
    """The work that is still to be done; none once the house is calm."""
    found = []
    with house.store.read() as session:
        due = select(Notice).where(
            col(Notice.status).in_(WAITING), col(Notice.send_after) <= now()
        )
        found += [f"notice {each.key} waits" for each in session.exec(due)]
        undone = select(Answered.key).where(col(Answered.done_at).is_(None))
        found += [f"request {key} waits" for key in session.exec(undone)]
        for launch in session.exec(select(Launch)):
            if launch.flow_run_id is None:
                found.append(f"{launch.slug} has no run")
                continue
            name = served.run_of(launch.flow_run_id)["state_name"]
            if name not in CALM:
                found.append(f"the run of {launch.slug} is {name}")
    return found or unlike(house, served)


def is_stuck(left: str) -> bool:
    """Whether all that is left is a run whose process was killed before it said so."""
    return left.endswith((" is Pending", " is Submitting"))


def unlike(house: House, served: Served) -> list[str]:
    """The task runs that differ from the database."""
    found = []
    with house.store.read() as session:
        slugs = list(session.exec(select(Launch.slug)))
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
    """The notices told twice or never, and the acknowledged requests lost or done twice."""
    posted = Counter(
        message["metadata"]["event_payload"]["key"]
        for message in slack.posted
        if "metadata" in message
    )
    found = [f"{key} was posted {n} times" for key, n in posted.items() if n > 1]
    with house.store.read() as session:
        for notice in session.exec(select(Notice)):
            if notice.status == NoticeStatus.DEAD:
                found.append(f"{notice.key} is dead: {notice.error}")
            if notice.status == NoticeStatus.SENT and not posted[notice.key]:
                found.append(f"{notice.key} counts as sent, and is not in Slack")
        done: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for event in session.exec(select(Event).where(Event.door == "slack")):
            done[event.launch, event.task or ""][str(event.verb)] += 1
    for (slug, key, verb), asked in acknowledged.items():
        counted = done[slug, key][verb]
        if verb == "done":
            counted += done[slug, key]["submit"]
        # a second "done" of one task finds it done already
        wanted = asked if verb == "note" else 1
        if counted != wanted:
            found.append(f"{slug}/{key}: {verb} {counted} times, {wanted} acknowledged")
    return found
