"""The commands about one launch that open a form, such as `/launch move`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from launch_kits import verbs
from launch_kits.slack.api.payloads import Command
from launch_kits.slack.inbound.asked import asked_of
from launch_kits.slack.inbound.forms import show_form
from launch_kits.slack.inbound.forms_of_gates import message_of_gates
from launch_kits.slack.inbound.launch_names import find_named
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.verbs.transaction import reading

__all__ = ["LAUNCH_USAGE", "LAUNCH_WORDS"]

#: the words that people can type, and the meaning
LAUNCH_USAGE: Sequence[tuple[str, str]] = (
    ("/launch gates LAUNCH", "the checks before the launch, to tick or let pass"),
    ("/launch decide LAUNCH", "go or no-go"),
    ("/launch move LAUNCH", "another launch day; the effect is shown first"),
    ("/launch replan LAUNCH", "new planned days for work that is not begun"),
    ("/launch add LAUNCH", "a new task; the effect is shown first"),
    ("/launch invite LAUNCH", "bring the team into the launch's channel"),
    ("/launch cancel LAUNCH", "end the launch"),
    ("/launch undo", "take your last change back, within ten minutes"),
)


def _gates(slack: SlackSession, command: Command) -> None:
    slug = find_named(slack.store, command.words[1:])
    email = slack.email(command.user)
    with reading(slack.store, slug, now=slack.now()) as change:
        said = message_of_gates(asked_of(slack, change, command.place, email))
    slack.answer(command.user, command.place, said)


def _undo(slack: SlackSession, command: Command) -> None:
    """Ask whether to undo the user's last act, in the launch that is named or in any."""
    named = find_named(slack.store, command.words[1:]) if command.words[1:] else None
    email = slack.email(command.user)
    now = slack.now()
    with slack.store.read() as session:
        found = verbs.find_undoable(session, named, email, now=now)
    if found is None:
        minutes = int(verbs.UNDO_FOR.total_seconds() // 60)
        said = f"You changed nothing in the last {minutes} minutes that can be undone."
        slack.answer(command.user, command.place, said)
        return
    place = replace(command.place, launch=found.launch, check=str(found.event))
    show_form(slack, command.user, "launch_undo", place, trigger=command.trigger)


def _opens(form: str) -> Callable[[SlackSession, Command], None]:
    """The command that opens a form about the launch that it names."""

    def open_form(slack: SlackSession, command: Command) -> None:
        place = replace(
            command.place, launch=find_named(slack.store, command.words[1:])
        )
        show_form(slack, command.user, form, place, trigger=command.trigger)

    return open_form


LAUNCH_WORDS: Mapping[str, Callable[[SlackSession, Command], None]] = {
    "gates": _gates,
    "decide": _opens("task_decide"),
    "move": _opens("launch_move"),
    "replan": _opens("launch_replan"),
    "add": _opens("launch_add"),
    "invite": _opens("launch_invite"),
    "cancel": _opens("launch_cancel"),
    "undo": _undo,
}
