"""The command `init`."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from launch_kits.cli.interview import Interview, at_a_terminal
from launch_kits.cli.options import PATH, clock, now_option, on_option, say, tell
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import day
from launch_kits.workdays.written_days import day as read_written_day

if TYPE_CHECKING:
    from launch_kits.inputs.starter.answers import Answers
    from launch_kits.plan.rollout import Rollout

__all__ = ["init"]

#: the answers without a default
NEEDED = ("product", "lead", "email")
#: options that may be given several times
SEVERAL = ("competitor", "role", "attribute")


@click.command()
@click.argument("directory", metavar="DIR", type=PATH)
@click.option(
    "--product", metavar="TEXT", help="Product and version, as customers will read it."
)
@click.option("--summary", metavar="TEXT", help="What it does, in one sentence.")
@click.option(
    "--kit",
    metavar="NAME|PATH",
    help="The recipe, by its name or its file; `kits` lists the names.",
)
@on_option
@click.option("--lead", metavar="NAME", help="The person who answers for the launch.")
@click.option("--email", metavar="EMAIL", help="The lead's.")
@click.option(
    "--timezone",
    metavar="ZONE",
    help="The launch's IANA time zone; this machine's by default.",
)
@click.option(
    "--holidays",
    metavar="COUNTRY",
    help="ISO country (US, US-CA) or none; the time zone's by default.",
)
@click.option(
    "--competitor", metavar="NAME", multiple=True, help="A competitor; several times."
)
@click.option(
    "--market", metavar="WORD", help="b2b, b2c or both; the kit's by default."
)
@click.option(
    "--company", metavar="WORD", help="enterprise or startup; the kit's by default."
)
@click.option("--goods", metavar="WORD", help="software or physical.")
@click.option(
    "--role",
    metavar="ROLE=PERSON",
    multiple=True,
    help='Who holds a role: "pmm=Pia <pia@example.com> 0.5"; several times.',
)
@click.option(
    "--capacity", metavar="PART", help="The lead's part of a day, such as 0.5."
)
@click.option("--category", metavar="TEXT", help="The kind of thing it is.")
@click.option("--need", metavar="TEXT", help="Its customers are those who …")
@click.option("--benefit", metavar="TEXT", help="It is a product that …")
@click.option(
    "--attribute",
    metavar="TEXT: VALUE",
    multiple=True,
    help="An attribute that only you have, with its value; up to three.",
)
@click.option(
    "--continue",
    "go_on",
    is_flag=True,
    help="Ask for the parts that the brief in DIR still lacks, most useful first.",
)
@click.option(
    "--from",
    "earlier",
    metavar="LAUNCH|BRIEF",
    help="Take the brief of an earlier launch, or an earlier brief; asks for product and day.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Ask nothing; take the defaults for the options left out.",
)
@now_option
def init(directory: Path, yes: bool, now: datetime | None, **given: Any) -> None:  # noqa: ANN401  texts, flags and lists of texts
    """Write a first brief with comments into DIR.

    Asks only for options left out. A competitor gets a ledger of claims, still empty. Nothing is
    overwritten. With --continue, answers are written into the brief that is there.
    """
    go_on = given.pop("go_on")
    earlier = given.pop("earlier")
    several = {flag: given.pop(flag) for flag in SEVERAL}
    asks = not yes and at_a_terminal()
    interview = Interview(given, several, asks=asks, now=clock(now))
    if go_on:
        from launch_kits.cli.init_continue import go_on as ask_for_the_rest

        ask_for_the_rest(directory, interview)
    elif earlier is not None:
        from launch_kits.cli.init_from import write_from

        write_from(directory, earlier, interview)
    else:
        try:
            _begin(directory, interview)
        except click.Abort:
            _say_how_to_go_on(directory, interview)
            raise


def _begin(directory: Path, interview: Interview) -> None:
    if not interview.asks:
        missing = [f"--{flag}" for flag in NEEDED if interview.given[flag] is None]
        if missing:
            raise click.UsageError(f"no terminal to ask at; give {', '.join(missing)}")
    from launch_kits.cli.init_questions import answers_for
    from launch_kits.inputs.starter import files, write
    from launch_kits.plan.suggest import first_rollout, launch_day
    from launch_kits.settings.private_home import as_the_user

    brief = directory / "brief.yaml"
    if interview.asks and brief.exists():
        raise Refused(
            f"{brief} is there already; `init --continue {directory}` asks for the parts "
            "that it lacks; or name another folder"
        )
    answers, kit, copied = answers_for(interview, directory)
    today = interview.today(answers.timezone)
    earliest, suggested = launch_day(answers, kit, today=today)
    answers = replace(answers, launch_on=_launch_on(interview, answers, suggested))
    with as_the_user(directory, home=Settings.read().home):
        for path in write(directory, {**files(answers, kit, today=today), **copied}):
            tell(path)
    say(
        f"\nlaunch {answers.launch}, on {day(answers.launch_on)}, by the kit {answers.kit}"
    )
    _say_whether_it_holds(first_rollout(answers, kit, today=today), earliest=earliest)
    _say_what_is_next(directory, answers)


def _say_how_to_go_on(directory: Path, interview: Interview) -> None:
    """Say the command that has the answers given so far, so that none is typed twice."""
    given = [(flag, text) for flag, text in interview.given.items() if text is not None]
    given += [
        (flag, text) for flag, texts in interview.several.items() for text in texts
    ]
    given += interview.heard
    if given:
        words = [word for flag, text in given for word in (f"--{flag}", text)]
        command = shlex.join(["launch-kits", "init", str(directory), *words])
        say(f"\nnothing was written; to go on with your answers: {command}")


def _launch_on(interview: Interview, answers: Answers, suggested: date) -> date:
    from launch_kits.inputs.starter.answers import read_day

    today = interview.today(answers.timezone)
    zone = ZoneInfo(answers.timezone)

    def read(text: str) -> date:
        day = read_written_day(text.strip(), now=interview.now, zone=zone)
        return read_day(day, holidays=answers.holidays, today=today)

    question = "Launch day, such as 2027-03-02 or +12w from today"
    return interview.take("on", question, read, default=suggested.isoformat())


def _say_whether_it_holds(rollout: Rollout, *, earliest: date | None) -> None:
    """Say whether the launch day holds by the dates, and for people, with what they are asked."""
    from rich.text import Text

    from launch_kits.cli.load_text import asked_lines, levelled_lines
    from launch_kits.plan.earliest_in_words import holds_by_dates

    levelled = rollout.load.levelled
    if earliest is None:
        say(
            "note: no day of the next 500 working days holds with this kit; "
            "`plan --why` shows the tasks in the way"
        )
    elif rollout.launch_on < earliest:
        say(f"note: that is too early for the kit; {holds_by_dates(earliest)}")
    lines = [*asked_lines(rollout.load.days_asked(), name=levelled.name)]
    if earliest is not None and levelled.short_days:
        lines += levelled_lines(levelled)
    for line in lines:
        say(Text.from_markup(line).plain)


def _say_what_is_next(directory: Path, answers: Answers) -> None:
    brief = shlex.quote(str(directory / "brief.yaml"))
    if not answers.people:
        say("every role is held by the lead so far: name who holds it in the brief")
    for key, name in answers.rivals.items():
        say(f"write the claims that you can prove about {name} into claims/{key}.yaml")
    for command, does in (
        (f"check {shlex.quote(str(directory))}", "the faults"),
        (f"init --continue {shlex.quote(str(directory))}", "the parts still missing"),
        (f"plan {brief} --why", "the dates, and the tasks that drive them"),
        (f"render {brief} --format html", "the documents as of now"),
        (f"start {brief} --dry-run", "who would get which task, and when"),
    ):
        say(f"next: launch-kits {command}    # {does}")
