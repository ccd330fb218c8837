"""The news for a person whose tasks go to another: one list for each step."""

from __future__ import annotations

from typing import Any

from launch_kits.database.records import NoticeKind, NoticeStatus, Task
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.facts import part_fact

__all__ = ["tell_former_owner"]


def tell_former_owner(
    change: Change, task: Task, before: str, *, by: str, note: str | None
) -> None:
    """Tell the owner before that a task is another person's now, unless they gave it themself.

    Several tasks that go to one person in one step are one list. A task that was never handed out
    is named in such a list only: its owner was not told of it before.
    """
    if before.casefold() in (by.casefold(), task.owner.casefold()):
        return
    occasion = f"handed-{task.owner}-{change.now.isoformat()}"
    if task.handed_out_at is None and not change.filed.tells(before, occasion):
        return
    facts: dict[str, Any] = {
        "handed": {"from": before, "to": task.owner, "until": None},
        "tasks": [],
        "by": by,
        "note": note,
    }
    told = change.tell(NoticeKind.NEWS, before, facts=facts, occasion=occasion)
    if told.status != NoticeStatus.PENDING:
        return
    given = part_fact(
        change.launch.slug,
        change.launch.product,
        task=task.key,
        title=task.title,
        due=task.due,
        part="owner",
    )
    told.facts = {**told.facts, "tasks": [*told.facts["tasks"], given]}
    change.session.add(told)
