"""The command `documents`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_argument,
    now_option,
    open_store,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.views.documents import DocumentView

__all__ = ["documents"]


@click.command()
@launch_argument
@json_option
@now_option
def documents(launch: str, json: bool, now: datetime | None) -> None:
    """List the documents of a launch: version, approval, out of date or not, missing parts."""
    from launch_kits.cli import output
    from launch_kits.views.as_json.documents import documents_json
    from launch_kits.views.documents import read_documents

    settings = Settings.read()
    with open_store(settings).read() as session:
        found = read_documents(
            session,
            launch,
            now=clock(now),
            documents=settings.documents,
            folders=settings.templates,
        )
    if json:
        output.as_json(documents_json(found))
        return
    table = output.table("Task", "Version", "Approved", "State")
    for each in found:
        texts = (each.task, str(each.version), _approved(each), _state(each))
        table.add_row(*(output.cell(text) for text in texts))
    output.show(table)


def _approved(each: DocumentView) -> str | None:
    if each.approved_at is None:
        return None
    return f"{each.approved_by}, {each.approved_at:%d %b %Y}"


def _state(each: DocumentView) -> str:
    states = [
        "not written yet" if each.path is None else "",
        "out of date" if each.out_of_date else "",
        "edited" if each.edited else "",
        f"lacks {', '.join(each.lacks)}" if each.lacks else "",
    ]
    return ", ".join(state for state in states if state) or "current"
