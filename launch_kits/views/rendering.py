"""The documents of a launch or a brief, written into a folder by `render`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launch_kits.documents import Facts
from launch_kits.documents.files import Written, note_written, write
from launch_kits.documents.offered import not_offered, offered_to_others
from launch_kits.documents.output_folder import Edits
from launch_kits.errors import InputError, NotFound, Refused, suggest
from launch_kits.inputs.audience import Audience
from launch_kits.lint.planned import read_rollout
from launch_kits.settings.private_home import as_the_user
from launch_kits.views.facts import facts_of_rollout, read_stale

if TYPE_CHECKING:
    from launch_kits.settings import Settings

__all__ = ["RenderRequest", "Rendering", "facts_of_brief", "render"]


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """The documents to write, as a person asks for them."""

    formats: Sequence[str]
    audiences: Sequence[Audience]
    #: the key of the only task whose document is written; None for all
    task: str | None = None
    edits: Edits = Edits.KEEP


@dataclass(frozen=True, slots=True)
class Rendering:
    """The documents that were written."""

    made: Sequence[Written]
    #: key of a task → why its document was out of date before; empty for a brief
    stale: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: keys of the tasks whose own documents were written anew
    renewed: AbstractSet[str] = frozenset()
    #: format → keys of the tasks whose templates do not offer it
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: format → keys of the tasks that have it, and go to other readers alone
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)


def facts_of_brief(
    path: Path, *, settings: Settings, kit: Path | None, now: datetime
) -> Facts:
    """Return the facts of a brief's plan, for documents as of an instant.

    Raises InputError for faults of the file, and for a section that no template has; PlanError.
    """
    planned = read_rollout(
        path,
        search=settings.path,
        templates=settings.templates,
        on=None,
        begin=None,
        kit=kit,
        now=now,
    )
    lost = [fault for fault in planned.faults if fault.code == "unknown-section"]
    if lost:
        raise InputError(lost)
    rollout = planned.rollout
    return facts_of_rollout(rollout, today=now.astimezone(rollout.brief.zone()).date())


def render(
    facts: Facts,
    folder: Path,
    asked: RenderRequest,
    *,
    settings: Settings,
    home: Path | None,
    tell: Callable[[Written], None],
) -> Rendering:
    """Write documents into a folder, each told as soon as it is there.

    ``home`` is the folder of a launch's own documents; those that are written there unedited are
    recorded. Raises NotFound and Refused for a task without a document for the readers.
    """
    _must_have_document(facts, asked)
    of: dict[str, Any] = {
        "documents": settings.documents,
        "folders": settings.templates,
    }
    stale = read_stale(facts, **of) if home else {}
    chosen: dict[str, Any] = {
        "formats": asked.formats,
        "audiences": asked.audiences,
        "only": asked.task,
        "folders": settings.templates,
    }
    renewed: set[str] = set()
    made: list[Written] = []
    with as_the_user(folder, home=settings.home):
        own = settings.masters
        for written in write(facts, folder, **chosen, edits=asked.edits, masters=own):
            made.append(written)
            tell(written)
            if _is_own(written, home):
                note_written(facts, written.task, **of)
                renewed.add(written.task)
    del chosen["only"]
    return Rendering(
        made,
        stale,
        renewed,
        not_offered(facts, **chosen, only=asked.task),
        offered_to_others(facts, **chosen) if asked.task is None else {},
    )


def _is_own(written: Written, home: Path | None) -> bool:
    """Whether a document is the launch's own, and no person edited it."""
    return written.audience is Audience.INTERNAL and any(
        home == saved.path.parent and not saved.edited for saved in written.saved
    )


def _must_have_document(facts: Facts, asked: RenderRequest) -> None:
    """Refuse a task without a document for these readers."""
    key = asked.task
    readers = asked.audiences
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
        raise Refused(
            f'the document of "{key}" is {task.audience}: '
            f"it does not go to {' or '.join(readers)} readers; for a copy that does, write "
            f"`documents: {{{key}: {{audience: {readers[0]}}}}}` into the brief"
        )
