"""Commands that turn a brief into something: start, render."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    PATH,
    brief_argument,
    clock,
    kit_option,
    listed,
    now_option,
    on_option,
    open_store,
    say,
)
from launch_kits.cli.plan import begin_option, read_rollout
from launch_kits.errors import InputError, NotFound, Refused, suggest
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.documents import Facts
    from launch_kits.inputs.brief import Brief
    from launch_kits.inputs.ledger import Audience
    from launch_kits.plan.rollout import Rollout

__all__ = ["render", "start"]

#: documents named in a note; more are counted
NAMED = 5


@click.command()
@brief_argument
@on_option
@begin_option
@kit_option
@click.option("--accept-late", is_flag=True, help="Start although the plan does not hold.")
@click.option("--accept-past", is_flag=True, help="Start although the launch day is before today.")
@click.option("--dry-run", is_flag=True, help="Show who would get what, and when; start nothing.")
@now_option
def start(
    brief: Path,
    on: str | None,
    begin: str | None,
    kit: Path | None,
    accept_late: bool,
    accept_past: bool,
    dry_run: bool,
    now: datetime | None,
) -> None:
    """Start a launch: its plan is recorded, its run appears in Prefect, the first owners get their tasks."""
    from launch_kits.cli.follow_up import refuse_now
    from launch_kits.verbs.start import check_days, rollout_of

    settings, instant = Settings.read(), clock(now)
    planned = read_rollout(brief, on=on, begin=begin, kit=kit, now=instant)
    for warning in planned.warnings:
        say(warning.as_warning())
    if planned.faults:
        raise InputError(planned.faults)
    rollout = rollout_of(planned.rollout.brief, now=instant)
    if dry_run:
        _print_dry_run(rollout)
        check_days(rollout, now=instant, accept_late=accept_late, accept_past=accept_past)
        return
    refuse_now(settings, now)
    _start(rollout, settings=settings, at=now, accept_late=accept_late, accept_past=accept_past)


def _start(rollout: Rollout, *, settings: Settings, at: datetime | None, accept_late: bool, accept_past: bool) -> None:
    """Open the launch and bring its first step about; ``at`` is the instant given in place of the clock, if any."""
    from launch_kits.board.address import api_url
    from launch_kits.board.parameters import check_size
    from launch_kits.cli.follow_up import follow_up
    from launch_kits.verbs import open_launch

    brief = rollout.brief
    check_size(brief)
    store = open_store(settings)
    opened = open_launch(store, brief, now=clock(at), accept_late=accept_late, accept_past=accept_past)
    if opened.new:
        print(f"{brief.launch} is started: {len(rollout.assignments)} tasks, launch on {rollout.launch_on:%a %d %b %Y}")
        _say_who_is_unknown(brief, settings=settings)
    elif opened.status != "running":
        print(
            f"{brief.launch} was started before and is {opened.status}; nothing to do. "
            "Another launch needs another name."
        )
        return
    else:
        print(f"{brief.launch} is started already; whatever its start left undone is made up for")
        _say_what_differs(store, brief)
    if api_url(settings):
        from launch_kits.board.runs import start_run

        print(f"its run in Prefect: {start_run(store, brief.launch, settings=settings)}")
        return
    if opened.new:
        from launch_kits.server.embedded import run_embedded

        say("without a server its first step is done here; this takes about ten seconds …")
        for warning in run_embedded(store, brief.launch, settings=settings, at=at):
            say(f"warning: {warning}")
    else:
        follow_up(store, brief.launch, settings=settings, now=clock(at))
    folder = settings.documents / brief.launch
    if folder.is_dir():
        say(f"documents: {folder}")
    say(f"next: `launch-kits status {brief.launch}`; `launch-kits up` keeps it going and shows it in the Prefect UI")


def _say_what_differs(store: Store, brief: Brief) -> None:
    """Say that a launch goes by the brief that it was started from, where this is another one; days may differ."""
    from launch_kits.database.store import find_launch

    with store.read() as session:
        # read again, since a snapshot of an earlier version lacks what has been added to briefs
        kept = type(brief).kept(find_launch(session, brief.launch).brief).model_dump(mode="json", by_alias=True)
    given = brief.model_dump(mode="json", by_alias=True)
    days = {"begin_on", "release_on", "launch_on"}
    differing = [key for key in given if key not in days and given[key] != kept.get(key)]
    if differing:
        say(
            f"note: the brief differs from the one that {brief.launch} was started from, in {', '.join(differing)}; "
            "the launch goes by the one it has. Another launch needs another name."
        )


def _say_who_is_unknown(brief: Brief, *, settings: Settings) -> None:
    from launch_kits.slack.outbound.unknown_people import find_strangers

    strangers, trouble = find_strangers((person.email for person in brief.team.values()), settings=settings)
    for email in strangers:
        say(f"warning: Slack knows nobody as {email}; their tasks go to #{brief.slack_channel}, with their name")
    if trouble:
        say(f"warning: Slack could not be asked whom it knows: {trouble}")


def _print_dry_run(rollout: Rollout) -> None:
    from launch_kits.cli import output

    found = output.table("Asked on", "Who", "Task", "Due", title="Who would get what, if all goes to plan")
    dated = sorted(rollout.dated(), key=lambda row: row[1].start)
    for assignment, span in dated:
        texts = (output.short_day(span.start), assignment.owner, assignment.title, output.short_day(span.due))
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found, "Nothing was started.")


@click.command()
@click.argument("launch_or_brief")
@click.argument("task", required=False)
@click.option("--format", "formats", metavar="LIST", default="md", help="Of md, html, pdf, pptx, docx; md by default.")
@click.option(
    "--audience",
    metavar="LIST",
    default="internal",
    help="Of internal, partner, customer, with commas; internal by default.",
)
@click.option(
    "--out", metavar="DIR", type=PATH, help="Where to; HOME/documents/LAUNCH by default, ./LAUNCH for a brief."
)
@kit_option
@now_option
def render(
    launch_or_brief: str,
    task: str | None,
    formats: str,
    audience: str,
    out: Path | None,
    kit: Path | None,
    now: datetime | None,
) -> None:
    """Write the documents as of now, with drafts for tasks that are not reached yet.

    LAUNCH_OR_BRIEF is a launch's name, or a brief's file; with TASK, only its document is written. Slides (pptx) and
    Word files (docx) are made of the documents whose templates offer them.
    """
    from launch_kits.documents import FORMATS
    from launch_kits.inputs.ledger import Audience

    settings = Settings.read()
    kinds = listed(formats, FORMATS, "format")
    readers = [Audience(name) for name in listed(audience, [str(each) for each in Audience], "audience")]
    is_brief = launch_or_brief.endswith((".yaml", ".yml")) or Path(launch_or_brief).is_file()
    if kit and not is_brief:
        raise Refused("a launch keeps the kit that it was started from; --kit goes with a brief")
    if is_brief:
        facts = _facts_of_brief(launch_or_brief, kit, clock(now))
    else:
        facts = _facts_of_launch(launch_or_brief, settings, clock(now))
    _must_have_document(facts, task, readers)
    home = None if is_brief else settings.documents / facts.brief.launch
    _write(facts, task, out or home or Path(facts.brief.launch), formats=kinds, audiences=readers, home=home)


def _write(
    facts: Facts,
    task: str | None,
    folder: Path,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience],
    home: Path | None,
) -> None:
    """Write the documents into a folder; ``home`` is where a launch keeps its own, and what is written is noted."""
    from launch_kits.documents.files import not_offered, note_written, read_stale, write
    from launch_kits.inputs.ledger import Audience
    from launch_kits.privacy import as_the_user

    settings = Settings.read()
    stale = read_stale(facts, documents=settings.documents, folders=settings.templates) if home else {}
    renewed: set[str] = set()
    count = 0
    with as_the_user(folder, home=settings.home):
        found = write(facts, folder, formats=formats, audiences=audiences, only=task, folders=settings.templates)
        for written in found:
            print(written.path)
            count += 1
            if written.path.parent == home and written.audience is Audience.INTERNAL:
                note_written(facts, written.task, documents=settings.documents, folders=settings.templates)
                renewed.add(written.task)
    missing = not_offered(facts, formats=formats, audiences=audiences, only=task, folders=settings.templates)
    _say_what_is_missing(missing, nothing_written=not count)
    say(f"{count} document{'' if count == 1 else 's'} written to {folder}")
    for key, why in stale.items():
        say(f"{key} {'was' if key in renewed else 'is'} out of date: {', '.join(why)}")


def _say_what_is_missing(missing: Mapping[str, Sequence[str]], *, nothing_written: bool) -> None:
    """Say which tasks have no document in a format that was asked for; refuse where nothing came of it at all."""
    told = []
    for kind, tasks in missing.items():
        who = "its template does" if len(tasks) == 1 else "their templates do"
        whose = ", ".join(tasks) if len(tasks) <= NAMED else f"{len(tasks)} documents"
        told.append(f"no {kind} of {whose}: {who} not offer it")
    if told and nothing_written:
        raise Refused(f"{'; '.join(told)}; every template offers md, html and pdf")
    for line in told:
        say(f"note: {line}")


def _facts_of_brief(path: str, kit: Path | None, now: datetime) -> Facts:
    from launch_kits.documents.files import facts_of_rollout

    rollout = read_rollout(Path(path), on=None, begin=None, kit=kit, now=now).rollout
    return facts_of_rollout(rollout, today=now.astimezone(rollout.brief.zone()).date())


def _facts_of_launch(slug: str, settings: Settings, now: datetime) -> Facts:
    from launch_kits.documents.files import read_facts

    with open_store(settings).read() as session:
        return read_facts(session, slug, now=now, documents=settings.documents)


def _must_have_document(facts: Facts, key: str | None, readers: Sequence[Audience]) -> None:
    """Say why there would be nothing to write for a task."""
    if key is None:
        return
    task = next((each for each in facts.tasks if each.key == key), None)
    if task is None:
        keys = [each.key for each in facts.tasks]
        raise NotFound(f'{facts.brief.launch} has no task "{key}"{suggest(key, keys)}')
    if task.template is None:
        having = ", ".join(each.key for each in facts.tasks if each.template)
        raise Refused(f'task "{key}" leaves no document; these do: {having or "none"}')
    if not any(reader.may_read(task.audience) for reader in readers):
        raise Refused(f'the document of "{key}" is {task.audience}: it does not go to {" or ".join(readers)} readers')
