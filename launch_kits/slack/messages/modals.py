"""The modals behind a task's buttons: Done, Blocked, Need more time, Send back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import Block, context, paragraph, rows
from launch_kits.slack.messages.forms import (
    View,
    checkboxes,
    date_input,
    link_input,
    member_input,
    modal,
    text_input,
)
from launch_kits.verbs import ExtensionPreview, ExtensionVerdict
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.task_rows import MANY
from launch_kits.views.notices.text import clean, shorten
from launch_kits.views.reader import listed

__all__ = [
    "block_modal",
    "done_modal",
    "extend_modal",
    "reject_modal",
    "reply_modal",
]

#: characters of a remark
MOST_REMARK = 1000
#: the button that sends the modal for more time
_TAKE = "Take more time"
_BUTTONS = {
    ExtensionVerdict.ASKED: "Ask",
    ExtensionVerdict.ASKED_ALREADY: "Ask",
    ExtensionVerdict.MOVED: "Move the due day",
}


def done_modal(
    task_notice: TaskNotice,
    place: ActionPlace,
    *,
    checks: Sequence[tuple[str, str]] = (),
) -> View:
    """Return the modal for a result: an optional link and an optional note.

    ``checks`` are the gate checks that it would meet: their keys and their titles.
    """
    task = task_notice.task
    approver = task.approver if task.approver and task.approver != task.owner else None
    points = [clean(point) for point in task.points]
    return modal(
        "Done",
        [
            _subject(task_notice),
            *rows([Row("Checklist", listed(points, most=MANY))]),
            link_input(
                "link",
                "Link to the result",
                hint="Where others can see it: a document, a page, a recording.",
            ),
            checkboxes("checks", "This meets", checks),
            text_input("note", "Note", optional=True, lines=True, most=MOST_REMARK),
            context(f"{_asked_name(task_notice, approver)} is asked to approve it.")
            if approver
            else None,
        ],
        name="task_done",
        private=place.pack(),
        submit="Hand in" if approver else "Done",
        close="Not yet",
    )


def block_modal(
    task_notice: TaskNotice, place: ActionPlace, *, hears: str | None
) -> View:
    """Return the modal for a reason why work cannot go on.

    ``hears`` says who is told of it, and when.
    """
    return modal(
        "Blocked",
        [
            _subject(task_notice),
            text_input("reason", "What is in the way?", lines=True, most=MOST_REMARK),
            member_input(
                "by",
                "Who can help?",
                optional=True,
                hint="They are told now, or when their working hours begin.",
            ),
            context(hears) if hears else None,
        ],
        name="task_block",
        private=place.pack(),
        submit="Blocked",
        close="Cancel",
    )


def reply_modal(task_notice: TaskNotice, place: ActionPlace) -> View:
    """Return the modal for the reply of a helper."""
    return modal(
        "Reply",
        [
            _subject(task_notice),
            text_input("reason", "Your reply", lines=True, most=MOST_REMARK),
            context(f"{shorten(task_notice.task.owner_name)} reads this."),
        ],
        name="task_reply",
        private=place.pack(),
        submit="Send",
        close="Cancel",
    )


def extend_modal(
    task_notice: TaskNotice,
    place: ActionPlace,
    *,
    picked: date,
    preview: ExtensionPreview | None,
    refused: str | None = None,
) -> View:
    """Return the modal for more time, with the effects of the picked day."""
    said = (
        _consequences(task_notice, preview, picked)
        if preview
        else (refused or "Pick a day to see its effect.")
    )
    return modal(
        "More time",
        [
            _subject(task_notice),
            date_input("until", "Until which day?", initial=picked, told=True),
            {**paragraph(said), "block_id": "preview"},
            text_input("reason", "Why?", optional=True, lines=True, most=MOST_REMARK),
        ],
        name="task_extend",
        private=place.pack(),
        submit=_BUTTONS.get(preview.verdict, _TAKE) if preview else _TAKE,
        close="Cancel",
    )


def reject_modal(task_notice: TaskNotice, place: ActionPlace) -> View:
    """Return the modal for missing work, or for a reason why the due day stays."""
    if place.asked_for:
        title = "Refuse more time"
        asked = "Why does the day stay?"
        submit = "Refuse"
    else:
        title = "Send back"
        asked = "What is still missing?"
        submit = "Send back"
    return modal(
        title,
        [
            _subject(task_notice),
            text_input("reason", asked, lines=True, most=MOST_REMARK),
            context(f"{shorten(task_notice.task.owner_name)} reads this."),
        ],
        name="task_reject",
        private=place.pack(),
        submit=submit,
        close="Cancel",
    )


def _subject(task_notice: TaskNotice) -> Block:
    task = task_notice.task
    reader = task_notice.reader
    overdue = f"Was due {reader.day(task.due)}."
    due = overdue if task_notice.overdue else f"Due {reader.due(task.due)}."
    return paragraph(f"{task_notice.named}\n{due}")


def _asked_name(task_notice: TaskNotice, person: str) -> str:
    """The name of a person who is asked, or of the one who acts for them."""
    away = task_notice.launch.away
    own = [task_notice.task.owner]
    asked = away.reached(person, besides=own) if away else person
    return shorten(task_notice.reader.name(asked))


def _consequences(
    task_notice: TaskNotice, preview: ExtensionPreview, picked: date
) -> str:
    """Return the verdict on more time and its effect, a sentence a line."""
    reader = task_notice.reader
    lines = []
    if preview.until != picked:
        lines.append(f"{reader.day(preview.until)} is the last working day by then.")
    lines.append(_verdict(task_notice, preview))
    if preview.changes:
        effect = effect_sentences(
            preview.effect.facts(), task_notice.launch, day=reader.day
        )
        lines.append(effect.strip())
    return "\n".join(lines)


def _verdict(task_notice: TaskNotice, preview: ExtensionPreview) -> str:
    reader = task_notice.reader
    lead = _asked_name(task_notice, task_notice.launch.lead)
    due = reader.day(preview.due)
    until = reader.day(preview.until)
    match preview.verdict:
        case ExtensionVerdict.GRANTED:
            return f"You can take it without asking: it stays due {due}."
        case ExtensionVerdict.MOVED:
            return f"You lead this launch, so it is due {until} instead of {due}."
        case ExtensionVerdict.ASKED:
            return f"{lead} is asked, since it is due {due} at the latest."
        case ExtensionVerdict.ASKED_ALREADY:
            return f"{until} is asked for already; {lead} has not answered yet."
        case ExtensionVerdict.GRANTED_ALREADY:
            return f"It has until {until} already."
        case ExtensionVerdict.NOT_LATER:
            expected = reader.day(preview.expected)
            return f"It is expected on {expected} even without more time."
        case _:
            assert_never(preview.verdict)
