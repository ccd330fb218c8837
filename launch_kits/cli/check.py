"""The command `check`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import PATH, clock, json_option, now_option
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import count

__all__ = ["check"]


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)
@click.option(
    "--against",
    metavar="BRIEF",
    type=PATH,
    help="Check texts (.md, .txt, .html, .docx, .pptx, .pdf, - for standard input) against it.",
)
@click.option(
    "--audience",
    type=click.Choice(["internal", "partner", "customer"]),
    help="With --against: the reader of the texts; by default as each says, else customer.",
)
@json_option
@now_option
def check(
    paths: tuple[Path, ...],
    against: Path | None,
    audience: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Find all faults in briefs, kits and ledgers at once.

    A PATH is a file, or a folder to search. With --against, a PATH is a text from outside: the
    command finds names, versions, prices, dates and claims that differ from the brief.
    """
    if against is not None:
        from launch_kits.cli.check_against import check_against

        check_against(against, paths, audience=audience, as_json=json, now=clock(now))
        return
    if audience is not None:
        raise click.UsageError("--audience is of use with --against BRIEF only")
    from launch_kits.lint.check import check as run

    settings = Settings.read()
    found = run(
        paths, search=settings.path, templates=settings.templates, now=clock(now)
    )
    if json:
        from launch_kits.cli.output import as_json
        from launch_kits.views.as_json import findings_json

        as_json(findings_json(found.faults, found.warnings))
    else:
        for fault in found.faults:
            print(one_line(str(fault)))
        for fault in found.warnings:
            print(one_line(fault.as_warning()))
        files = f"{count(found.files, 'file')} checked"
        print(
            f"{files}: {_count(len(found.faults), 'fault')}, "
            f"{_count(len(found.warnings), 'warning')}"
        )
    if found.faults:
        raise SystemExit(1)


def _count(number: int, noun: str) -> str:
    return count(number, noun) if number else f"no {noun}s"
