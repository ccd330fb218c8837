"""`/launch`: how launches stand, what is mine, starting one, and being done with a task."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.errors import suggest
from launch_kits.inputs.brief import Brief
from launch_kits.slack.api.payloads import Command, Submission
from launch_kits.slack.inbound.actions import act
from launch_kits.slack.inbound.deduplication import first_time
from launch_kits.slack.inbound.session import Desk
from launch_kits.slack.inbound.start_form import Faulty, brief_of, kits_offered, start_modal
from launch_kits.slack.messages.answers import link_fault, note
from launch_kits.slack.messages.blocks import Message, Row, context, header, message, paragraph, rows
from launch_kits.slack.messages.context import Scene
from launch_kits.slack.messages.headline import bar, headline
from launch_kits.slack.messages.home import my_message
from launch_kits.slack.messages.text import brief, clean, cut
from launch_kits.slack.outbound.unknown_people import find_strangers
from launch_kits.views.reader import count

__all__ = ["faults_of_start", "help_message", "on_command", "on_start", "statuses_message", "with_page"]

#: launches in one answer
MOST = 20
#: characters of a line about one
MOST_LINE = 450

USAGE = (
    ("/launch status", "how all launches stand"),
    ("/launch status LAUNCH", "how one stands: what is late, what is next"),
    ("/launch mine", "your open tasks, with their buttons"),
    ("/launch start", "start a launch"),
    ("/launch done LAUNCH TASK [LINK]", "be done with a task; the link shows the result"),
    ("/launch help", "this list"),
)


def on_command(desk: Desk, command: Command) -> None:
    """Do what a command says, and answer whoever typed it."""
    if not first_time(desk.store, command.key, now=desk.now()):
        return
    word = command.words[0].lower() if command.words else "help"
    known = _WORDS.get(word)
    if known is None:
        hint = suggest(word, _WORDS).replace("; did", "Did") or "Here is what there is:"
        desk.answer(command.user, command.place, help_message(f'There is no "{cut(clean(word), 40)}". {hint}'))
        return
    known(desk, command)


def faults_of_start(desk: Desk, submission: Submission) -> dict[str, str]:
    """What is wrong with the launch that was filled in, by the names of the inputs; empty where nothing is."""
    try:
        _brief(desk, submission)
    except Faulty as error:
        return dict(error.faults)
    return {}


def on_start(desk: Desk, submission: Submission) -> None:
    """Start the launch that was filled in; raises LaunchKitsError."""
    if not first_time(desk.store, submission.key, submission.exact, now=desk.now()):
        return
    made = _brief(desk, submission)
    desk.house.start(made)
    scene = desk.scene(made.launch)
    tasks, channel = count(len(scene.view.tasks), "task"), scene.view.channel
    said = f"{brief(made.product)} is started: {tasks}; #{channel} tells how it goes."
    desk.answer(submission.user, submission.place, with_page(note(said), desk.page(scene)))


def help_message(said: str = "") -> Message:
    """What `/launch` can do, after a word on what it cannot."""
    text = f"{clean(said)} " if said else ""
    commands = "; ".join(f"{usage}: {meaning}" for usage, meaning in USAGE)
    lines = [Row(usage, [f"{meaning[0].upper()}{meaning[1:]}"]) for usage, meaning in USAGE]
    return message(f"{text}{commands}", [paragraph(said) if said else None, *rows(lines)])


def statuses_message(scenes: Sequence[Scene], *, now: datetime, more: int = 0) -> Message:
    """A line for each launch that runs."""
    if not scenes:
        return note("No launch is running. /launch start begins one.")
    lines = [_line(scene, now) for scene in scenes]
    left = context(f"and {more} more") if more else None
    return message(
        f"{count(len(scenes) + more, 'launch').replace('launchs', 'launches')}: {'; '.join(lines)}",
        [header("Launches"), *(paragraph(line, most=MOST_LINE) for line in lines), left],
    )


def with_page(said: Message, page: str | None) -> Message:
    """A message with a link to the launch's run in Prefect, where there is one."""
    link = rows([Row("Prefect", [page], link=True) if page else None])
    return replace(said, blocks=(*said.blocks, *link))


def _line(scene: Scene, now: datetime) -> str:
    view = scene.view
    late = f", {count(view.late, 'task')} late" if view.late else ""
    share = f"{view.percent}%"
    day = scene.reader(f"#{view.channel}", now=now).day(view.launch_on)
    return f"{brief(view.product)} ({view.slug}), launch day {day}: {bar(view.readiness)} {share}{late}"


def _status(desk: Desk, command: Command) -> None:
    if len(command.words) > 1:
        scene = desk.scene(command.words[1])
        email = desk.member(command.user).email or f"#{scene.view.channel}"
        shown = headline(scene.view, reader=scene.reader(email, now=desk.now()))
        desk.answer(command.user, command.place, with_page(shown, desk.page(scene)))
        return
    running = select(Launch.slug).where(Launch.status == LaunchStatus.RUNNING)
    with desk.store.read() as session:
        slugs = session.exec(running.order_by(col(Launch.launch_on), Launch.slug)).all()
    scenes = [desk.scene(slug) for slug in slugs[:MOST]]
    desk.answer(command.user, command.place, statuses_message(scenes, now=desk.now(), more=len(slugs) - len(scenes)))


def _mine(desk: Desk, command: Command) -> None:
    desk.answer(command.user, command.place, my_message(desk.mine(desk.email(command.user))))


def _start(desk: Desk, command: Command) -> None:
    kits = kits_offered(desk.settings.path)
    desk.open(command.trigger, start_modal(kits, desk.member(command.user), command.place))


def _done(desk: Desk, command: Command) -> None:
    launch, task, link = [*command.words[1:4], "", "", ""][:3]
    link = re.sub(r"^<(.*?)(\|.*)?>$", r"\1", link)
    if not task or len(command.words) > 4:  # noqa: PLR2004  done, launch, task, link
        desk.answer(command.user, command.place, help_message("Write /launch done LAUNCH TASK, then a link if any."))
    elif link and (fault := link_fault(link)):
        desk.answer(command.user, command.place, f"Not done. {fault}")
    else:
        place = replace(command.place, launch=launch, task=task)
        act(desk, command.user, "task_done", place, {"link": link} if link else {})


def _brief(desk: Desk, submission: Submission) -> Brief:
    """The brief that was filled in; raises Faulty."""
    values, member = submission.values, desk.member(submission.user)
    lead = values.get("lead", "")
    own = lead.lower() == (member.email or "").lower()
    name = member.name if own else lead.partition("@")[0] or lead
    found = brief_of(values, lead=name, store=desk.store, search=desk.settings.path, now=desk.now())
    if not own and find_strangers([lead], settings=desk.settings)[0]:
        raise Faulty({"lead": "Slack knows nobody by this email; name somebody who is here."})
    return found


def _help(desk: Desk, command: Command) -> None:
    desk.answer(command.user, command.place, help_message())


_WORDS: Mapping[str, Callable[[Desk, Command], None]] = {
    "status": _status,
    "mine": _mine,
    "start": _start,
    "done": _done,
    "help": _help,
}
