"""The command `doctor`."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from launch_kits.cli.options import clock, json_option, now_option, say, tell
from launch_kits.settings import Settings

__all__ = ["doctor"]


@click.command()
@click.option("--fix", is_flag=True, help="Do the remedies that are safe.")
@json_option
@now_option
def doctor(*, fix: bool, json: bool, now: datetime | None) -> None:
    """Look for problems of this installation, and name their remedies.

    Prints nothing if there is none, and exits with 1 otherwise.
    """
    from launch_kits.cli import output
    from launch_kits.cli.follow_up import refuse_now
    from launch_kits.server.doctor import examine, mend
    from launch_kits.views.as_json.examination import examination_json

    settings = Settings.read()
    if fix:
        refuse_now(settings, now)
    found = examine(settings, now=clock(now))
    if fix and any(each.problem and each.problem.fix for each in found):
        for failed in mend(settings, found, now=clock(now)):
            say(f"warning: {failed}")
        before = found
        found = examine(settings, now=clock(now))
        left = {each.text for each in found}
        for each in before:
            if each.text and each.text not in left:
                say(f"fixed: {each.text}")
    problems = [each for each in found if each.problem]
    if json:
        rows = ((each.check, each.text, each.remedy) for each in found)
        output.as_json(examination_json(rows))
    else:
        for each in problems:
            tell(f"{each.check}: {each.text}; {each.remedy}")
    if problems:
        sys.exit(1)
