"""The task that a person names in a command, by its title or its key."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import CLOSED, Task
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, suggest
from launch_kits.views.notices.text import clean, cut, quoted
from launch_kits.views.reader import listed

__all__ = ["find_task_named", "find_task_with_link"]

#: tasks that are named in a refusal
MOST_NAMED = 4


def find_task_named(
    store: Store, launch: str, words: Sequence[str], *, whole: bool = False
) -> str:
    """Find the task of a launch that words name; returns its key.

    The words are its title, its key, or unless ``whole`` the beginning of one of them, in any
    capitals. An open task goes before a closed one. Raises NotFound, naming the tasks that may be
    meant.
    """
    wanted = " ".join(words).casefold()
    with store.read() as session:
        tasks = tasks_of(session, launch)
    for fits in (_is_called,) if whole else (_is_called, _begins):
        found = [task for task in tasks if fits(task, wanted)]
        if len(found) > 1:
            found = [task for task in found if task.status not in CLOSED] or found
        if len(found) == 1:
            return found[0].key
        if found:
            named = ", ".join(
                listed((quoted(each.title) for each in found), most=MOST_NAMED)
            )
            raise NotFound(f"which task is meant: {named}? Write its whole title")
    titles = {task.title.casefold(): task.title for task in tasks}
    near = suggest(wanted, titles)
    for folded, title in titles.items():
        near = near.replace(f'"{folded}"', quoted(title))
    asked = cut(clean(" ".join(words)), 60)
    raise NotFound(f"no task is called {quoted(asked)}{near}")


def find_task_with_link(
    store: Store, launch: str, words: Sequence[str]
) -> tuple[str, str]:
    """Find the task that words name, and the link that may follow it; empty without one.

    Raises NotFound.
    """
    *before, last = words
    try:
        return find_task_named(store, launch, words, whole=True), ""
    except NotFound:
        with suppress(NotFound):
            return find_task_named(store, launch, before, whole=True), last
        raise


def _is_called(task: Task, wanted: str) -> bool:
    return wanted in (task.title.casefold(), task.key.casefold())


def _begins(task: Task, wanted: str) -> bool:
    names = (task.title.casefold(), task.key.casefold())
    return bool(wanted) and any(name.startswith(wanted) for name in names)
