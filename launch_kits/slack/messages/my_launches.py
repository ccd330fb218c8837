"""The launches of a person, with the buttons for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Text
from sqlmodel import cast, col, func, or_, select

from launch_kits.database.records import Launch, LaunchStatus, Task
from launch_kits.database.store import Store
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import Block, buttons_of, header, paragraph
from launch_kits.verbs.actors import Actor, Door, Via
from launch_kits.verbs.permissions import Verb, launch_subject, may
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.views.landing import in_words
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import shorten
from launch_kits.views.passed_plans import passed_plans
from launch_kits.views.reader import Reader, count

__all__ = ["launch_buttons", "launches_blocks", "launches_of"]

#: launches that are shown
MOST = 6
#: action id → label
LABELS: Mapping[str, str] = {
    "launch_gates": "Checks",
    "task_decide": "Decide",
    "launch_move": "Move",
    "launch_replan": "Plan again",
    "launch_add": "Add a task",
    "launch_invite": "Invite the team",
    "launch_cancel": "Cancel",
}
#: the verbs of those that not everyone may use
VERBS: Mapping[str, Verb] = {
    "task_decide": Verb.DECIDE,
    "launch_move": Verb.MOVE,
    "launch_replan": Verb.MOVE,
    "launch_add": Verb.ADD,
    "launch_invite": Verb.UPDATE,
    "launch_cancel": Verb.CANCEL,
}


def launches_of(store: Store, email: str) -> Sequence[str]:
    """The running launches in which a person has a role or a task, the next one first."""
    mine = email.lower()
    owned = select(Task.launch).where(func.lower(col(Task.owner)) == mine).distinct()
    query = select(Launch.slug, Launch.brief).where(
        Launch.status == LaunchStatus.RUNNING
    )
    # few briefs name a person, and reading all of them takes long
    if mine.isascii():
        written = func.lower(cast(col(Launch.brief), Text))
        named = written.contains(json.dumps(mine).strip('"'), autoescape=True)
        query = query.where(or_(named, col(Launch.slug).in_(owned)))
    with store.read() as session:
        rows = session.exec(query.order_by(col(Launch.launch_on), Launch.slug)).all()
        owning = set(session.exec(owned).all())
    found = [slug for slug, brief in rows if slug in owning or _in_team(brief, mine)]
    return found[:MOST]


def _in_team(brief: Mapping[str, Any], email: str) -> bool:
    people = brief.get("team", {}).values()
    return any(str(person.get("email", "")).lower() == email for person in people)


def launches_blocks(
    launches: Iterable[tuple[MessageContext, Reader]], email: str
) -> list[Block]:
    """The running launches of a person, each with the actions that they may take."""
    shown = list(launches)
    blocks: list[Block] = [header("Your launches")] if shown else []
    for context, reader in shown:
        blocks += [paragraph(_line(context, reader)), launch_buttons(context, email)]
    return blocks


def launch_buttons(context: MessageContext, email: str) -> Block:
    """The buttons about a launch that a person may press."""
    view = context.view
    sponsor = context.brief.team.get(SPONSOR)
    subject = launch_subject(view, lead=view.lead, away=view.away)
    actor = Actor(context.spelled(email), Via(Door.SLACK))
    decides = replace(subject, sponsor=sponsor.email if sponsor else None)
    gone = set()
    if view.launched_on:
        gone.add("launch_move")
    if not passed_plans(view):
        gone.add("launch_replan")
    if view.has_gone:
        gone.add("task_decide")

    def is_offered(name: str) -> bool:
        if name in gone:
            return False
        if name not in VERBS:
            return True
        about = decides if name == "task_decide" else subject
        return may(actor, VERBS[name], about) is None

    named = [(name, label) for name, label in LABELS.items() if is_offered(name)]
    return buttons_of(named, value=ActionPlace(launch=view.slug).pack())


def _line(context: MessageContext, reader: Reader) -> str:
    view = context.view
    words = in_words(view, day=reader.day)
    when = words.said if words.past else f"launch day {reader.day(view.launch_on)}"
    parts = [when, f"{view.percent}% done"]
    if view.late:
        parts.append(f"{count(view.late, 'task')} late")
    missing = 0 if view.has_gone or words.past else len(view.verdict.reasons)
    if missing:
        parts.append(f"{count(missing, 'check')} open before it can go")
    return f"{shorten(view.product)}: {', '.join(parts)}."
