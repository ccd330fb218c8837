"""Another brief or kit for a launch, shown or applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, open_store, say, say_doubt, warn
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.errors import Fault
    from launch_kits.verbs import Revision
    from launch_kits.verbs.changed_brief import ChangedBrief
    from launch_kits.verbs.word_changes import WordChange

__all__ = ["apart", "apply_option", "late_option", "revise"]

#: texts that differ and are shown, and shared words that two long ones show
MOST_WORDS = 30
SHARED = 4
LONG = 12

apply_option = click.option("--apply", is_flag=True, help="Do it.")
late_option = click.option(
    "--accept-late", is_flag=True, help="Do it even if the plan gets later than it is."
)


def revise(
    verb: str,
    launch: str,
    read: Callable[[Store, Settings, datetime], ChangedBrief],
    *,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show or apply the changed brief that ``read`` reads; ``verb`` is `update` or `upgrade`."""
    from launch_kits import verbs
    from launch_kits.cli.follow_up import carry_out_if_applied

    def revise_or_preview(store: Store, at: datetime) -> Revision:
        changed = read(store, Settings.read(), at)
        linted.extend(changed.warnings)
        for remark in changed.remarks:
            say(remark)
        if not apply:
            return verbs.preview_revision(store, launch, changed.brief, now=at)
        return verbs.revise(
            store,
            launch,
            changed.brief,
            verb=verb,
            by=by,
            now=at,
            note=note,
            accept_late=accept_late,
        )

    def show(found: Revision) -> None:
        _show(found, linted, launch, applied=apply, json=json)
        if apply and not found.empty:
            _write_copies(launch, now)

    linted: list[Fault] = []
    carry_out_if_applied(
        now,
        revise_or_preview,
        applied=apply,
        show=show,
        changed=lambda found: [] if found.empty else [launch],
    )


def _write_copies(slug: str, now: datetime | None) -> None:
    """Write the copies again that `render` wrote to the launch's folder; name them."""
    from launch_kits.errors import DocumentError
    from launch_kits.worker.copies import write_copies_again

    settings = Settings.read()
    try:
        written = write_copies_again(
            open_store(settings), slug, settings=settings, now=clock(now)
        )
    except DocumentError as error:
        warn(str(error))
        return
    if written:
        say(f"Written again: {', '.join(path.name for path in written)}.")


def _show(
    found: Revision, linted: Sequence[Fault], slug: str, *, applied: bool, json: bool
) -> None:
    from launch_kits.cli.follow_up import say_shortage
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.as_json import revision_json

    if json:
        warnings = [*linted, *_others(found, linted)]
        as_json(revision_json(found, applied=applied, warnings=warnings))
    else:
        _print(found, linted, slug, applied=applied)
    say_shortage(found.levelled)


def _others(found: Revision, linted: Sequence[Fault]) -> list[Fault]:
    """The warnings about the launch that the linter did not give already."""
    told = {fault.message for fault in linted}
    return [fault for fault in found.warnings if fault.message not in told]


def _print(
    found: Revision, linted: Sequence[Fault], slug: str, *, applied: bool
) -> None:
    from launch_kits.cli import output
    from launch_kits.plan.doubts import doubts_in_words
    from launch_kits.views.landing import landing_after

    for fault in linted:
        say_doubt(fault)
    for message in doubts_in_words(_others(found, linted)):
        warn(message)

    if found.empty:
        print("nothing differs; nothing changed")
        return
    rows = output.table("Change", "Tasks or parts")
    for title, lines in _change_lines(found).items():
        if lines:
            rows.add_row(title, output.cell("\n".join(lines)))
    late = (
        f"[bold red]The plan is {count(found.late_by, 'working day')} late[/] "
        f"(it was {found.late_before})."
    )
    parts: list[object] = [rows, late if found.late_by else "[green]The plan holds.[/]"]
    anyway = " --accept-late" if found.late_by > found.late_before else ""
    hint = f"Nothing is changed yet; the same with --apply{anyway} does it."
    if not found.over:
        lands = landing_after(found.lands_before, found.lands_on, day=day)
        parts.append(f"{lands}.")
    parts.append(f"{slug} goes on from it." if applied else hint)
    if found.told:
        told = "Told" if applied else "Told then"
        parts.append(output.plain(f"{told}: {', '.join(found.told)}."))
    output.show(*parts)


def _change_lines(found: Revision) -> Mapping[str, Sequence[str]]:
    """The lines of each kind of change."""
    from launch_kits.views.reader import listed

    return {
        "In the brief": found.fields,
        "New tasks": found.added,
        "Dropped": found.dropped,
        "Begun, so they go on": found.kept,
        "Words": listed(map(_in_words, found.words), most=MOST_WORDS),
        "Change hands": [
            f"{each.task}: {each.before} → {each.after}" for each in found.handed
        ],
        "Written again": found.documents,
    }


def _in_words(change: WordChange) -> str:
    from launch_kits.views.brief_values import list_change

    place = f"{change.task}: {change.field}" if change.task else change.field
    gone, new = list_change(change.before, change.after)
    if gone or new:
        parts = [
            *([f"without {_shown(gone)}"] if gone else []),
            *([f"added {_shown(new)}"] if new else []),
        ]
        return f"{place}: {'; '.join(parts)}"
    before, after = apart(_shown(change.before), _shown(change.after))
    return f"{place}: {before} → {after}"


def apart(before: str, after: str) -> tuple[str, str]:
    """Two texts without most words that they share.

    All that differs is shown. Long texts lose shared words at both ends, for an ellipsis.
    """
    was = before.split()
    now = after.split()
    if min(len(was), len(now)) <= LONG:
        return before, after
    first = _common(was, now)
    last = _common(was[first:][::-1], now[first:][::-1])
    start = max(0, first - SHARED)
    end = max(0, last - SHARED)
    head = "… " if start else ""
    tail = " …" if end else ""
    shown = (" ".join(words[start : len(words) - end]) for words in (was, now))
    left, right = (f"{head}{text}{tail}" for text in shown)
    return left, right


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    """Count the words with which two lists begin alike."""
    pairs = zip(words, others, strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a != b), min(len(words), len(others))
    )


def _shown(value: object) -> str:
    """A part before or after the change, as one text."""
    from launch_kits.views.brief_values import value_in_words

    return " ".join(value_in_words(value).split()) or "none"
