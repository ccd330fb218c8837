"""The command `init --from`: a brief from an earlier launch."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from launch_kits.cli.interview import Interview
from launch_kits.cli.options import by_name, open_store, say, tell
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import day
from launch_kits.workdays.written_days import day as read_written_day

if TYPE_CHECKING:
    from launch_kits.inputs.brief import Brief
    from launch_kits.inputs.starter.earlier import NextLaunch

__all__ = ["write_from"]


def write_from(directory: Path, earlier: str, interview: Interview) -> None:
    """Write the brief of the next launch into a folder, from an earlier launch or brief.

    Raises Refused if a file is there already, or if the product or the day is not given and there
    is no terminal to ask at.
    """
    from launch_kits.inputs.search import find_kits
    from launch_kits.inputs.starter import write
    from launch_kits.inputs.starter.earlier import earlier_files
    from launch_kits.settings.private_home import as_the_user

    settings = Settings.read()
    brief, texts = _earlier(earlier, settings)
    coming = _next_launch(interview, brief)
    named = find_kits(settings.path)
    files = earlier_files(
        brief,
        coming,
        today=interview.today(brief.timezone),
        own_kit=brief.kit_in_place.kit not in named,
        texts=texts,
    )
    with as_the_user(directory, home=settings.home):
        for path in write(directory, files):
            tell(path)
    say(
        f"\nlaunch {coming.launch}, on {day(coming.launch_on)}, from {brief.launch}: "
        "read every line again"
    )
    if brief.competitors() and not texts:
        say(
            "note: the database has the claims without the comments of their files; "
            "`--from` with the path of the earlier brief keeps them"
        )
    place = shlex.quote(str(directory))
    say(f"next: launch-kits check {place}    # the faults")
    say(f"next: launch-kits init --continue {place}    # the parts that are missing")


def _earlier(named: str, settings: Settings) -> tuple[Brief, Mapping[str, str]]:
    """The earlier brief, and the texts of its kit and ledgers if they are files."""
    from launch_kits.database.queries import find_launch
    from launch_kits.inputs.brief import Brief
    from launch_kits.inputs.loading import load_brief
    from launch_kits.inputs.search import brief_or_launch

    path = brief_or_launch(named)
    if path is None:
        with by_name(named), open_store(settings).read() as session:
            return Brief.kept(find_launch(session, named).brief), {}
    loaded = load_brief(path, search=settings.path)
    texts = {name: source.text for name, source in loaded.sources.items()}
    return loaded.brief, {name: text for name, text in texts.items() if text}


def _next_launch(interview: Interview, brief: Brief) -> NextLaunch:
    """The name and the day of the next launch, as given or asked for."""
    from launch_kits.inputs.patterns import slug_of
    from launch_kits.inputs.starter.answers import read_day, read_name
    from launch_kits.inputs.starter.earlier import NextLaunch

    if not interview.asks:
        lacking = [
            f"--{flag}" for flag in ("product", "on") if not interview.given[flag]
        ]
        if lacking:
            raise Refused(f"no terminal to ask at; give {', '.join(lacking)}")
    zone = ZoneInfo(brief.timezone)
    today = interview.today(brief.timezone)

    def read(text: str) -> date:
        found = read_written_day(text.strip(), now=interview.now, zone=zone)
        return read_day(found, holidays=brief.holidays, today=today)

    product = interview.take(
        "product", f"Product and version, after {brief.product}", read_name
    )
    launch_on = interview.take(
        "on", "Launch day, such as 2027-03-02 or +12w from today", read
    )
    launch = slug_of(product, otherwise="launch")
    if launch == brief.launch:
        raise Refused(
            f'--product: "{product}" gives the name {launch}, which the earlier launch '
            "has; name the next version"
        )
    return NextLaunch(launch, product, launch_on)
