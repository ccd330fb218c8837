"""The option `--against` of `check`: texts from outside."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import count, days_in

if TYPE_CHECKING:
    from launch_kits.lint.against import TextFinding
    from launch_kits.lint.against.texts import OutsideText

__all__ = ["check_against"]


def check_against(
    brief: Path,
    paths: Sequence[Path],
    *,
    audience: str | None,
    as_json: bool,
    now: datetime,
) -> None:
    """Check texts against a brief, print the findings, and exit with 1 for faults.

    ``paths`` name files; ``-`` is standard input. ``audience`` is the reader of all texts, if it
    is given. Raises InputError for a file that cannot be read, after the others were checked.
    """
    from launch_kits.errors import InputError
    from launch_kits.inputs.audience import Audience
    from launch_kits.inputs.loading import load_brief
    from launch_kits.inputs.search import brief_named
    from launch_kits.lint.against import check_texts

    loaded = load_brief(brief_named(brief), search=Settings.read().path)
    texts: list[OutsideText] = []
    unread: list[InputError] = []
    for path in paths:
        try:
            texts.append(_read(path))
        except InputError as error:
            unread.append(error)
    reader = Audience(audience) if audience else None
    found = check_texts(texts, loaded.brief, reader=reader, now=now)
    if as_json:
        from launch_kits.cli.output import as_json as print_json
        from launch_kits.views.as_json import text_findings_json

        print_json(text_findings_json(found.faults, found.warnings))
    else:
        _say(found.faults, found.warnings, files=len(texts))
    if unread:
        raise InputError(fault for error in unread for fault in error.faults)
    if found.faults:
        raise SystemExit(1)


def _read(path: Path) -> OutsideText:
    from launch_kits.lint.against.files import (
        MOST_BYTES,
        PASTED,
        read_pasted,
        read_text,
    )

    if str(path) == PASTED:
        return read_pasted(sys.stdin.buffer.read(MOST_BYTES + 1))
    return read_text(path)


def _say(
    faults: Sequence[TextFinding], warnings: Iterable[TextFinding], *, files: int
) -> None:
    doubts = list(warnings)
    for fault in faults:
        click.echo(one_line(days_in(str(fault))))
    for doubt in doubts:
        message = days_in(doubt.message)
        click.echo(one_line(f"{doubt.path}, {doubt.place}: warning: {message}"))
    faulty = count(len(faults), "fault") if faults else "no faults"
    doubtful = count(len(doubts), "warning") if doubts else "no warnings"
    click.echo(f"{count(files, 'text')} checked: {faulty}, {doubtful}")
