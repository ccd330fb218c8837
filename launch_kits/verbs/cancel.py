"""Ending a launch before its work is done."""

from __future__ import annotations

from datetime import datetime

from launch_kits import outbox
from launch_kits.database.records import CLOSED, EventVerb, LaunchStatus, NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs.actors import PREFECT
from launch_kits.verbs.desk_clock import askers, questions_of
from launch_kits.verbs.lapsed_requests import lapse_requests
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.remind import look_at_launch
from launch_kits.verbs.sponsor import informed
from launch_kits.verbs.transaction import Change, changing
from launch_kits.workdays.in_words import count

__all__ = ["PREFECT", "cancel", "people_told"]


def cancel(
    store: Store | Change,
    slug: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """End a launch; tell its channel, and others with open work or an open question in it.

    Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        if change.launch.status == LaunchStatus.CANCELLED:
            return Outcome(
                changed=False, message=f"{slug} is cancelled already; nothing changed"
            )
        change.must_run()
        knows = change.actor(by, by) if by else None
        by = change.actor(by, change.lead)
        change.must(by, Verb.CANCEL)
        return _end(change, by=by, knows=knows, note=note)


def _end(change: Change, *, by: str, knows: str | None, note: str | None) -> Outcome:
    """End a launch in the name of ``by``; ``knows`` is the person who did it, if one is named."""
    launch = change.launch
    launch.status = LaunchStatus.CANCELLED
    launch.ended_at = change.now
    # a digest tells of other launches too, and an answer was promised to the person who asked
    kept = (NoticeKind.DIGEST, NoticeKind.ANSWER)
    kinds = [kind for kind in NoticeKind if kind not in kept]
    outbox.drop(
        change.session, launch=launch.slug, kinds=kinds, why="the launch was cancelled"
    )
    outbox.outdate(
        change.session,
        launch=launch.slug,
        kinds=[NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.QUESTION],
    )
    people = people_told(change, knows=knows)
    for task in change.tasks.values():
        task.look_at = task.document_owed_at = None
        change.session.add(task)
    look_at_launch(change)
    lapse_requests(change, by=by)
    change.record(EventVerb.CANCEL, by=by, note=note)
    for to in (f"#{change.brief.slack_channel}", *people):
        asked = questions_of(change, to)
        facts = {"by": by, "note": note} | ({"questions": asked} if asked else {})
        change.tell(NoticeKind.CANCELLED, to, facts=facts)
    return Outcome(
        changed=True,
        message=(
            f"{launch.slug} is cancelled; {count(len(people), 'person', plural='people')} and "
            f"#{change.brief.slack_channel} are told"
        ),
    )


def people_told(change: Change, *, knows: str | None) -> list[str]:
    """The people who hear of a cancellation, without the one who ``knows`` of it.

    They have open work or an open question, lead the launch, or are its sponsor.
    """
    working = [
        person
        for task in change.tasks.values()
        if task.status not in CLOSED
        for person in (task.owner, task.in_hands_of)
        if person
    ]
    told = [*working, *informed(change, besides=()), *askers(change)]
    return [each for each in dict.fromkeys(told) if each != knows]
