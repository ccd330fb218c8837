"""The command `init`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import click

from launch_kits.cli.options import PATH, clock, now_option, on_option, say, tell
from launch_kits.errors import InputError, LaunchKitsError, Refused, suggest
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import day
from launch_kits.workdays.written_days import day as read_written_day

if TYPE_CHECKING:
    from launch_kits.inputs.kit import Kit
    from launch_kits.inputs.starter.answers import Answers

__all__ = ["init"]

T = TypeVar("T")

#: the kit that is suggested
USUAL_KIT = "major_release"
#: the answer that there is none
NONE = "none"
#: a link to the time zone of the machine
LOCALTIME = Path("/etc/localtime")
#: the answers without a default
NEEDED = ("product", "lead", "email")


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
@click.option("--competitor", metavar="NAME", help="One competitor, or none.")
@click.option(
    "--yes",
    is_flag=True,
    help="Ask nothing; take the defaults for the options left out.",
)
@now_option
def init(directory: Path, yes: bool, now: datetime | None, **given: str | None) -> None:
    """Write a first brief with comments into DIR.

    Asks only for options left out. A competitor gets a ledger of claims, still empty. Nothing is
    overwritten.
    """
    interview = _Interview(given, asks=not yes and _at_a_terminal(), now=clock(now))
    if not interview.asks:
        missing = [f"--{flag}" for flag in NEEDED if given[flag] is None]
        if missing:
            raise click.UsageError(f"no terminal to ask at; give {', '.join(missing)}")
    from launch_kits.inputs.starter import files, write
    from launch_kits.plan.suggest import launch_day
    from launch_kits.settings.private_home import as_the_user

    answers, kit, copied = _answers(interview, directory)
    today = interview.today(answers.timezone)
    earliest, suggested = launch_day(answers, kit, today=today)
    answers = replace(answers, launch_on=_launch_on(interview, answers, suggested))
    with as_the_user(directory, home=Settings.read().home):
        for path in write(directory, {**files(answers, kit, today=today), **copied}):
            tell(path)
    _say_what_is_next(directory, answers, earliest=earliest)


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


@dataclass(frozen=True, slots=True)
class _Interview:
    """Answers given as options, and questions for the rest."""

    given: Mapping[str, str | None]
    asks: bool
    now: datetime

    def today(self, timezone: str) -> date:
        """The day it is in a time zone."""
        return self.now.astimezone(ZoneInfo(timezone)).date()

    def take(
        self,
        flag: str,
        question: str,
        read: Callable[[str], T],
        *,
        default: str | None = None,
    ) -> T:
        """Take the option's answer, or ask, or take the default.

        Raises Refused if it cannot be read.
        """
        given = self.given[flag]
        if given is None and self.asks:
            answer: T = click.prompt(
                question,
                default=default,
                value_proc=lambda text: _or_again(read, text),
                err=True,
            )
            return answer
        try:
            return read(given if given is not None else default or "")
        except (ValueError, LaunchKitsError) as error:
            raise Refused(f"--{flag}: {error}") from None


def _or_again(read: Callable[[str], T], text: str) -> T:
    """An answer, or the question once more."""
    try:
        return read(text)
    except (ValueError, LaunchKitsError) as error:
        raise click.UsageError(str(error)) from None


def _answers(
    interview: _Interview, directory: Path
) -> tuple[Answers, Kit, Mapping[str, str]]:
    """The answers except the launch day, which the rest suggests; the kit; its copy."""
    from launch_kits.inputs.starter.answers import (
        Answers,
        read_country,
        read_email,
        read_line,
        read_name,
        read_timezone,
    )
    from launch_kits.inputs.starter.own_kit import beside_the_brief

    take = interview.take
    product = take(
        "product", "Product and version, as customers will read it", read_name
    )
    summary = take(
        "summary",
        "What it does, in one sentence",
        _unless_none(read_line),
        default=NONE,
    )
    name, kit = _kit(interview)
    name, copied = beside_the_brief(name, directory)
    lead = take("lead", "Who answers for the launch: name", read_name)
    email = take("email", "Their email, by which Slack finds them", read_email)
    timezone = take("timezone", "Time zone", read_timezone, default=_own_timezone())
    country = _country_of(timezone) or NONE
    holidays = take(
        "holidays",
        "Country of the public holidays",
        _unless_none(read_country),
        default=country,
    )
    competitor = take(
        "competitor", "A competitor's name", _unless_none(read_name), default=NONE
    )
    today = interview.today(timezone)
    return (
        Answers(
            product, name, today, lead, email, summary, timezone, holidays, competitor
        ),
        kit,
        copied,
    )


def _unless_none(read: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda text: None if text.strip().lower() in (NONE, "") else read(text)


def _kit(interview: _Interview) -> tuple[str, Kit]:
    """The kit by its name, from the list of those there are, or by its path."""
    from launch_kits.inputs.loading import load_kit
    from launch_kits.inputs.search import find_kits
    from launch_kits.inputs.starter.own_kit import is_kit_path

    kits: dict[str, Kit] = {}
    for name, path in sorted(find_kits(Settings.read().path).items()):
        try:
            kits[name] = load_kit(path)
        except InputError:
            say(f"{path}: not a usable kit; `launch-kits check {path}` says why")
    if interview.asks and interview.given["kit"] is None:
        width = max(map(len, kits))
        for name, kit in kits.items():
            say(f"  {name.ljust(width)}  {kit.title}")

    def read(text: str) -> str:
        if is_kit_path(text.strip()):
            kits[text.strip()] = load_kit(Path(text.strip()))
        if text.strip() not in kits:
            raise ValueError(
                f'unknown kit "{text}"{suggest(text, kits) or "; known: " + ", ".join(kits)}'
            )
        return text.strip()

    name = interview.take("kit", "Kit, of these", read, default=USUAL_KIT)
    return name, kits[name]


def _launch_on(interview: _Interview, answers: Answers, suggested: date) -> date:
    from launch_kits.inputs.starter.answers import read_day

    today = interview.today(answers.timezone)
    zone = ZoneInfo(answers.timezone)

    def read(text: str) -> date:
        day = read_written_day(text.strip(), now=interview.now, zone=zone)
        return read_day(day, holidays=answers.holidays, today=today)

    question = "Launch day, such as 2027-03-02 or +12w from today"
    return interview.take("on", question, read, default=suggested.isoformat())


def _say_what_is_next(
    directory: Path, answers: Answers, *, earliest: date | None
) -> None:
    brief = shlex.quote(str(directory / "brief.yaml"))
    say(
        f"\nlaunch {answers.launch}, on {day(answers.launch_on)}, by the kit {answers.kit}"
    )
    if earliest is None:
        say(
            "note: no day of the next 500 working days holds with this kit; "
            "`plan --why` shows the tasks in the way"
        )
    elif answers.launch_on < earliest:
        say(
            "note: that is too early for the kit; "
            f"the earliest day that holds is {day(earliest)}"
        )
    say("every role is held by the lead so far: name who holds it in the brief")
    if answers.rival:
        say(
            f"write what you can prove about {answers.competitor} into claims/{answers.rival}.yaml"
        )
    for command, does in (
        (f"check {shlex.quote(str(directory))}", "the faults"),
        (f"plan {brief} --why", "the dates, and the tasks that drive them"),
        (f"render {brief} --format html", "the documents as of now"),
        (f"start {brief} --dry-run", "who would get which task, and when"),
    ):
        say(f"next: launch-kits {command}    # {does}")


def _own_timezone() -> str:
    """The time zone of this machine; UTC if it is not known."""
    from launch_kits.inputs.starter.answers import read_timezone

    local = LOCALTIME.resolve().as_posix().rpartition("/zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").lstrip(":"), local):
        try:
            return read_timezone(name)
        except ValueError:
            continue
    return "UTC"


def _country_of(timezone: str) -> str | None:
    """The country of a time zone, if its holidays are known."""
    from importlib.resources import files

    from launch_kits.workdays.countries import known_country

    table = files("tzdata").joinpath("zoneinfo", "zone.tab")
    for line in table.read_text(encoding="utf-8").splitlines():
        country, _, rest = line.partition("\t")
        if not line.startswith("#") and rest.split("\t")[1:2] == [timezone]:
            return country if known_country(country) else None
    return None
