"""The command `/launch`: status of launches, own tasks, start and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from launch_kits.database.records import LaunchStatus
from launch_kits.errors import suggest
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.choices import kits_offered
from launch_kits.slack.api.payloads import Command, Submission
from launch_kits.slack.inbound.actions import act, open_task
from launch_kits.slack.inbound.launch_commands import LAUNCH_USAGE, LAUNCH_WORDS
from launch_kits.slack.inbound.launch_names import find_leading, find_named
from launch_kits.slack.inbound.sellers import SELLER_USAGE, SELLER_WORDS
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.start_form import (
    Faulty,
    brief_of,
    start_modal,
)
from launch_kits.slack.inbound.task_names import (
    find_task_named,
    find_task_with_link,
)
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import (
    Message,
    context,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.home import my_message
from launch_kits.slack.messages.my_launches import launch_buttons
from launch_kits.slack.messages.render import to_slack
from launch_kits.slack.outbound.unknown_people import find_unknown_people
from launch_kits.views.answers import link_fault
from launch_kits.views.landing import state_in_list
from launch_kits.views.notices.headline import bar, headline
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.text import capitalize, clean, cut, shorten
from launch_kits.views.overview import Overview, list_overviews
from launch_kits.views.reader import count, day

__all__ = [
    "faults_of_start",
    "help_message",
    "on_command",
    "on_start",
    "statuses_message",
    "with_page",
]

#: launches in one answer
MOST = 20
#: characters of a line about one
MOST_LINE = 450

USAGE = (
    ("/launch status", "the state of all launches"),
    ("/launch status LAUNCH", "the state of a launch, with its late and next tasks"),
    ("/launch mine", "your open tasks, with their buttons"),
    ("/launch start", "start a launch"),
    (
        "/launch done LAUNCH TASK [LINK]",
        "complete a task; the link shows the result",
    ),
    (
        "/launch task LAUNCH TASK",
        "all about a task, and what can be done with it, also if it is closed",
    ),
    *LAUNCH_USAGE,
    *SELLER_USAGE,
    ("/launch help", "this list"),
)


def on_command(slack: SlackSession, command: Command) -> None:
    """Carry out a command, and answer its user."""
    word = command.words[0].lower() if command.words else "help"
    known = _WORDS.get(word)
    if known is None:
        hint = suggest(word, _WORDS).replace("; did", "Did") or "Here is what there is:"
        slack.answer(
            command.user,
            command.place,
            help_message(f'There is no "{cut(clean(word), 40)}". {hint}'),
        )
        return
    known(slack, command)


def faults_of_start(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the launch in a form.

    Returns faults by the names of the inputs, none if the launch can be started.
    """
    try:
        _brief(slack, submission, asking=False)
    except Faulty as error:
        return dict(error.faults)
    return {}


def on_start(slack: SlackSession, submission: Submission) -> None:
    """Start the launch in a form; raises LaunchKitsError."""
    made = _brief(slack, submission, asking=True)
    user = submission.user
    place = submission.place
    email = slack.email(user)

    def keep(session: Session) -> None:
        started = f"{shorten(made.product)} is started."
        slack.mark(session)
        slack.owe(session, user, place, started)

    slack.host.start(made, email, keep)
    context = slack.context(made.launch)
    tasks = count(len(context.view.tasks), "task")
    channel = context.view.channel
    said = f"{shorten(made.product)} is started: {tasks}; #{channel} tells how it goes."
    shown = with_page(note(said), slack.page(context))
    with slack.store.write() as session:
        slack.owe(session, user, place, shown)


def help_message(said: str = "") -> Message:
    """The list of commands, after a sentence on the one that failed."""
    text = f"{clean(said)} " if said else ""
    commands = "; ".join(f"{usage}: {meaning}" for usage, meaning in USAGE)
    lines = [Row(usage, [capitalize(meaning)]) for usage, meaning in USAGE]
    return message(
        f"{text}{commands}", [paragraph(said) if said else None, *rows(lines)]
    )


def statuses_message(
    launches: Sequence[Overview], *, today: date, more: int = 0
) -> Message:
    """A line for each running launch; ``more`` counts those left out.

    ``today`` is the day of the reader.
    """
    if not launches:
        return note("No launch is running. /launch start begins one.")
    lines = [_line(launch, today) for launch in launches]
    left = context(f"And {more} more.") if more else None
    number = count(len(launches) + more, "launch").replace("launchs", "launches")
    return message(
        f"{number}: {'; '.join(lines)}",
        [
            header("Launches"),
            *(paragraph(line, most=MOST_LINE) for line in lines),
            left,
        ],
    )


def with_page(said: Message, page: str | None) -> Message:
    """Add a link to the launch's run in Prefect, if it has a page."""
    link = rows([Row("Launch page", [page], link=True) if page else None])
    return replace(said, blocks=(*said.blocks, *link))


def _line(launch: Overview, today: date) -> str:
    late = f", {count(launch.late, 'task')} late" if launch.late else ""
    launch_day = f"launch day {day(launch.launch_on, today=today)}"
    state = state_in_list(launch.shown, launch_on=launch.launch_on, today=today)
    when = f"launched ({launch_day})" if state == "launched" else launch_day
    done = f"{bar(launch.readiness)} {launch.percent}%"
    return f"{shorten(launch.product)}, {when}: {done}{late}"


def _status(slack: SlackSession, command: Command) -> None:
    if len(command.words) > 1:
        context = slack.context(find_named(slack.store, command.words[1:]))
        email = slack.member(command.user).email or f"#{context.view.channel}"
        reader = context.reader(email, now=slack.now())
        shown = to_slack(headline(context.view, reader=reader))
        shown = with_page(shown, slack.page(context))
        if context.view.status == LaunchStatus.RUNNING:
            shown = replace(
                shown, blocks=(*shown.blocks, launch_buttons(context, email))
            )
        slack.answer(command.user, command.place, shown)
        return
    now = slack.now()
    zone = slack.member(command.user).timezone
    with slack.store.read() as session:
        launches = list_overviews(session, now=now)
    launches.sort(key=lambda each: (each.launch_on, each.slug))
    shown = statuses_message(
        launches[:MOST],
        today=now.astimezone(ZoneInfo(zone or "UTC")).date(),
        more=len(launches[MOST:]),
    )
    slack.answer(command.user, command.place, shown)


def _mine(slack: SlackSession, command: Command) -> None:
    slack.answer(
        command.user, command.place, my_message(slack.queue(slack.email(command.user)))
    )


def _start(slack: SlackSession, command: Command) -> None:
    kits = kits_offered(slack.settings.path)
    slack.open(
        command.trigger, start_modal(kits, slack.member(command.user), command.place)
    )


def _done(slack: SlackSession, command: Command) -> None:
    words = command.words[1:]
    if len(words) <= 1:
        usage = "Write /launch done LAUNCH TASK, then a link if any."
        slack.answer(command.user, command.place, help_message(usage))
        return
    launch, rest = find_leading(slack.store, words)
    task, link = find_task_with_link(slack.store, launch, rest)
    if link and (fault := link_fault(link)):
        slack.answer(command.user, command.place, f"Not done. {fault}")
    else:
        place = replace(command.place, launch=launch, task=task)
        act(slack, command.user, "task_done", place, {"link": link} if link else {})


def _task(slack: SlackSession, command: Command) -> None:
    words = command.words[1:]
    if len(words) <= 1:
        usage = "Write /launch task LAUNCH TASK."
        slack.answer(command.user, command.place, help_message(usage))
        return
    launch, rest = find_leading(slack.store, words)
    task = find_task_named(slack.store, launch, rest)
    place = replace(command.place, launch=launch, task=task)
    open_task(slack, command.user, place, trigger=command.trigger)


def _brief(slack: SlackSession, submission: Submission, *, asking: bool) -> Brief:
    """Make the brief of a form; raises Faulty.

    Slack is asked for the lead only if ``asking``: before a form is acknowledged, there is no time.
    """
    values = submission.values
    lead = values.get("lead", "")
    name = lead.partition("@")[0] or lead
    own = False
    if asking:
        member = slack.member(submission.user)
        own = lead.lower() == (member.email or "").lower()
        name = member.name if own else name
    found = brief_of(
        values,
        lead=name,
        store=slack.store,
        search=slack.settings.path,
        now=slack.now(),
    )
    if asking and not own and find_unknown_people([lead], settings=slack.settings)[0]:
        raise Faulty(
            {"lead": "No Slack user has this email; choose someone in this workspace."}
        )
    return found


def _help(slack: SlackSession, command: Command) -> None:
    slack.answer(command.user, command.place, help_message())


_WORDS: Mapping[str, Callable[[SlackSession, Command], None]] = {
    "status": _status,
    "mine": _mine,
    "start": _start,
    "done": _done,
    "task": _task,
    **LAUNCH_WORDS,
    **SELLER_WORDS,
    "help": _help,
}
