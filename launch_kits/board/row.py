"""A task as a row of the table of a launch in Prefect."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.board.graph import look
from launch_kits.database.records import TASK_STATUSES
from launch_kits.views.launch import TaskView

__all__ = ["STAGE", "TITLE", "row", "shorten"]

#: the most characters of a title, of a stage and of a file's name in a table
TITLE = 36
STAGE = 18
FILE = 22
#: the names of states as people write them
SPOKEN = {facts.board: facts.label for facts in TASK_STATUSES.values()}


def row(
    task: TaskView, *, launch: str, lead: str = "", stale: Sequence[str] = ()
) -> dict[str, str | int]:
    """A task as a row of the table.

    Prefect breaks no line and has room for about 95 characters on a screen of 1,440 pixels: names
    are shortened, and an owner of the domain of ``lead`` has none. A link is whole, so it comes
    last. ``stale`` names the facts that have changed since the document was written.
    """
    shown = look(task, launch=launch).name
    mark = "outdated: " if stale else ""
    document = shorten(f"{mark}{task.document.name}", FILE) if task.document else ""
    name, _, domain = task.owner.partition("@")
    return {
        "Deliverable": shorten(task.title, TITLE),
        "State": SPOKEN.get(shown, shown),
        "Due": task.due.isoformat(),
        "Float": "" if task.float_days is None else task.float_days,
        "Owner": name if domain and lead.endswith(f"@{domain}") else task.owner,
        "Document": task.link or document,
    }


def shorten(text: str, most: int) -> str:
    """A text of at most some characters, with an ellipsis for the rest."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
