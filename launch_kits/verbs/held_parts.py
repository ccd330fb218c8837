"""The parts for which a person is still needed: roles, open work and questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from launch_kits.database.records import Launch, LaunchStatus, Question, Task
from launch_kits.inputs.brief import Brief
from launch_kits.verbs.arrangements import roles_held
from launch_kits.verbs.delegated_parts import open_parts
from launch_kits.verbs.transaction import Change

__all__ = ["parts_held"]


def parts_held(
    session: Session, launches: Sequence[Launch], email: str, *, now: datetime
) -> Iterator[str]:
    """The parts that a person has in running launches, in words, one text for each launch."""
    who = email.casefold()
    for launch in launches:
        if launch.status != LaunchStatus.RUNNING:
            continue
        change = Change(session, launch, now)
        held: list[str] = []
        if who in json.dumps(launch.brief).casefold():
            brief = Brief.kept_calendar(launch.brief)
            held += [f"the role {role}" for role in roles_held(brief, email)]
            held += [
                f"the work of {each.who}, who is away"
                for each in brief.absences
                if each.backup.casefold() == who and _lasts(each.to, change)
            ]
        if any(_is_with(task, who) for task in change.tasks.values()):
            held += [f"{each.part} of {each.key}" for each in open_parts(change, email)]
        held += _questions(session, launch.slug, who)
        if held:
            yield f"in {launch.slug} {', '.join(dict.fromkeys(held))}"


def _lasts(last: date | None, change: Change) -> bool:
    return last is not None and last >= change.today


def _is_with(task: Task, who: str) -> bool:
    people = (task.owner, task.approver, task.in_hands_of)
    return who in {str(each).casefold() for each in people}


def _questions(session: Session, slug: str, who: str) -> list[str]:
    """The questions of sellers that a person has to answer, in words."""
    query = select(Question.id).where(
        Question.launch == slug,
        func.lower(col(Question.owner)) == who,
        col(Question.answered_at).is_(None),
    )
    return [f"question {number}" for number in session.exec(query)]
