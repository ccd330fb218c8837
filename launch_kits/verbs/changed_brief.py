"""The brief from which a launch would go on, after `update` or `upgrade`.

It is read and checked here; `revise` and `preview_revision` apply and show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief, load_kit, resolve
from launch_kits.lint.revised import LaunchDays, doubts_of_file, doubts_of_kit

__all__ = ["ChangedBrief", "updated_brief", "upgraded_brief"]


@dataclass(frozen=True, slots=True)
class ChangedBrief:
    """A brief with its kit and ledgers in place, for a launch that runs."""

    brief: Brief
    #: sentences for the person who changes it about parts that are not taken over
    remarks: tuple[str, ...] = ()
    #: the findings of `check` in it, by the days that the launch keeps
    warnings: tuple[Fault, ...] = ()


def updated_brief(
    store: Store,
    slug: str,
    path: Path,
    *,
    search: Sequence[Path],
    kit: Path | None = None,
    now: datetime,
    templates: Sequence[Path] | None = None,
) -> ChangedBrief:
    """Read the brief in a file for a launch that runs.

    The launch keeps its kit unless ``kit``, the file of another one, is given. ``search`` are the
    folders that are searched before the built-in kits; ``templates`` the user's folders of
    templates, None to leave the sections of documents unchecked. Raises InputError for faults of
    the files, NotFound if there is no such launch.
    """
    loaded = load_brief(path, search=search, kit=kit)
    chosen = load_kit(kit) if kit else None
    kept, days = _kept(store, slug, now=now)
    brief = loaded.brief.model_copy(update={"kit": chosen or kept.kit_in_place})
    return ChangedBrief(
        brief,
        tuple(_not_taken_over(slug, loaded.brief, kept, keeps_its_kit=chosen is None)),
        doubts_of_file(loaded, brief, days, templates=templates),
    )


def upgraded_brief(
    store: Store,
    slug: str,
    *,
    search: Sequence[Path],
    kit: Path | None = None,
    now: datetime,
) -> ChangedBrief:
    """Give the brief of a launch the newest version of its kit.

    ``kit`` is the file of another kit to use instead. ``search`` are the folders that are searched
    before the built-in kits. Raises InputError for faults of the kit, NotFound if there is no such
    launch.
    """
    kept, days = _kept(store, slug, now=now)
    chosen = load_kit(kit) if kit else kept.kit_in_place.kit
    brief = resolve(kept.model_copy(update={"kit": chosen}), search=search)
    return ChangedBrief(brief, warnings=doubts_of_kit(kept, brief, days))


def _kept(store: Store, slug: str, *, now: datetime) -> tuple[Brief, LaunchDays]:
    """The brief and the days that a launch has."""
    with store.read() as session:
        row = find_launch(session, slug)
        kept = Brief.kept(row.brief)
        today = now.astimezone(kept.zone()).date()
        return kept, LaunchDays(row.begin_on, row.release_on, row.launch_on, today)


def _not_taken_over(
    slug: str, given: Brief, kept: Brief, *, keeps_its_kit: bool
) -> Iterator[str]:
    """Name the parts of a given brief that the launch does not take over."""
    if given.launch_on != kept.launch_on or given.released_on != kept.released_on:
        move = f"launch-kits move {slug} --on {given.launch_on}"
        yield f"note: the launch keeps its days; `{move}` changes them"
    own_kit = kept.kit_in_place.kit
    if keeps_its_kit and given.kit_in_place.kit != own_kit:
        yield f"note: the launch keeps its kit, {own_kit}; --kit gives it another"
