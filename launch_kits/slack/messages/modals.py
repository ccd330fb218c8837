"""The modals behind a task's buttons: Done, Blocked, Need more time, Send back."""

from __future__ import annotations

from datetime import date

from launch_kits.slack.api.payloads import Place
from launch_kits.slack.messages.blocks import Block, Row, context, paragraph, rows
from launch_kits.slack.messages.forms import View, date_input, link_input, modal, text_input
from launch_kits.slack.messages.tasks import MANY, Case
from launch_kits.slack.messages.text import brief, clean
from launch_kits.verbs import Extent
from launch_kits.views.reader import count, listed

__all__ = ["block_modal", "done_modal", "extend_modal", "reject_modal"]

#: characters of a remark
MOST_REMARK = 1000


def done_modal(case: Case, place: Place) -> View:
    """What the work left: a link as evidence, and a note, both as the owner likes."""
    task = case.task
    approver = task.approver if task.approver and task.approver != task.owner else None
    points = [f"☐ {clean(point)}" for point in task.checklist]
    return modal(
        "Done",
        [
            _subject(case),
            *rows([Row("Checklist", listed(points, most=MANY))]),
            link_input("link", "Link to the result", hint="Where others can see it: a document, a page, a recording."),
            text_input("note", "Note", optional=True, lines=True, most=MOST_REMARK),
            context(f"It goes to {brief(case.reader.name(approver))} to approve.") if approver else None,
        ],
        name="task_done",
        private=place.pack(),
        submit="Hand in" if approver else "Done",
        close="Not yet",
    )


def block_modal(case: Case, place: Place) -> View:
    """Why work cannot go on, and whom or what it waits for."""
    lead = brief(case.reader.name(case.launch.lead))
    return modal(
        "Blocked",
        [
            _subject(case),
            text_input("reason", "What is in the way?", lines=True, most=MOST_REMARK),
            text_input("by", "Who or what can clear it?", optional=True, most=200),
            context(f"{lead} is told right away, so that you get help."),
        ],
        name="task_block",
        private=place.pack(),
        submit="Blocked",
        close="Cancel",
    )


def extend_modal(case: Case, place: Place, *, picked: date, extent: Extent | None, refused: str | None = None) -> View:
    """Until when and why; shows what the day picked would move before anything is sent."""
    said = _consequences(case, extent, picked) if extent else (refused or "Pick a day to see what it moves.")
    return modal(
        "Need more time",
        [
            _subject(case),
            date_input("until", "New due day", initial=picked, told=True),
            {**paragraph(said), "block_id": "preview"},
            text_input("reason", "Why?", optional=True, lines=True, most=MOST_REMARK),
        ],
        name="task_extend",
        private=place.pack(),
        submit="Ask" if extent and not extent.granted else "Move the day",
        close="Cancel",
    )


def reject_modal(case: Case, place: Place) -> View:
    """What is still missing, or why the due day stays."""
    if place.asked_for:
        title, asked, submit = "Refuse more time", "Why does the day stay?", "Refuse"
    else:
        title, asked, submit = "Send back", "What is still missing?", "Send back"
    return modal(
        title,
        [
            _subject(case),
            text_input("reason", asked, lines=True, most=MOST_REMARK),
            context(f"{brief(case.task.owner_name)} reads this."),
        ],
        name="task_reject",
        private=place.pack(),
        submit=submit,
        close="Cancel",
    )


def _subject(case: Case) -> Block:
    task = case.task
    return paragraph(f"{brief(task.title)}\n{brief(case.launch.product)}, due {case.reader.due(task.due)}")


def _consequences(case: Case, extent: Extent, picked: date) -> str:
    """What a later due day would mean, a sentence a line."""
    reader = case.reader
    lines = []
    if extent.until == extent.due:
        return f"It is due {reader.day(extent.due)} already."
    if extent.until != picked:
        lines.append(f"{reader.day(extent.until)} is the last working day by then.")
    spare = max(extent.spare, 0)
    if not extent.granted:
        beyond = count(extent.beyond - spare, "working day")
        lead = brief(reader.name(case.launch.lead))
        lines.append(f"Goes to {lead} to approve: {beyond} beyond the float of {count(spare, 'working day')}.")
    elif extent.beyond <= extent.spare:
        lines.append(f"Granted at once: within the float of {count(spare, 'working day')}.")
    else:
        lines.append("Granted at once, since you lead this launch.")
    if extent.followers:
        titles = (brief(title) for title in extent.followers)
        lines.append(f"It passes the latest start of: {'; '.join(listed(titles, most=MANY))}.")
    if extent.anchor:
        lines.append(f"It passes the {extent.anchor[0]} day, {reader.day(extent.anchor[1])}.")
    return "\n".join(lines if extent.followers or extent.anchor else [*lines, "Nobody else has to move."])
