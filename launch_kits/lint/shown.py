"""Documents as the brief wants them: colours, readers wider than the kit's, own sections."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.errors import Fault, Suggestions
from launch_kits.inputs.contrast import on_paper
from launch_kits.inputs.template_folders import template_sections
from launch_kits.lint.subject import LintSubject

__all__ = ["colours", "sections", "wider_readers"]

#: colour of the brand → contrast with its paper that its use needs: text, and large text or areas
#: (WCAG 2.2, 1.4.3 and 1.4.11)
_NEEDED = {"main": 4.5, "accent": 3.0}


def colours(subject: LintSubject) -> Iterator[Fault]:
    """Yield colours of the brand that are hard to read on light paper."""
    for name, needed in _NEEDED.items():
        colour = getattr(subject.brief.brand.colours, name)
        if colour is None:
            continue
        found = on_paper(colour)
        if found < needed:
            message = (
                f"brand.colours.{name} {colour} has a contrast of {found:.1f} to 1 "
                f"with light paper, and needs {needed:g}; use a darker one"
            )
            where = ("brand", "colours", name)
            yield subject.source.fault(where, "low-contrast", message)


def wider_readers(subject: LintSubject) -> Iterator[Fault]:
    """Yield documents that the brief gives to a wider circle than their kit does."""
    tasks = {task.key: task for _, task in subject.kit.tasks()}
    for key, choice in subject.brief.documents.items():
        task = tasks.get(key.partition(":")[0])
        if task is None or choice.audience is None:
            continue
        if not choice.audience.may_read(task.audience):
            message = (
                f'the document of task "{key}" is meant for readers "{task.audience}" in kit '
                f'{subject.kit.kit}, and the brief gives it to "{choice.audience}"; '
                "read it as they will before you send it"
            )
            where = ("documents", key, "audience")
            yield subject.source.fault(where, "wider-audience", message)


def sections(subject: LintSubject) -> Iterator[Fault]:
    """Yield sections of the brief's documents that their templates do not have."""
    if subject.templates is None:
        return
    templates = {task.key: task.document for _, task in subject.kit.tasks()}
    hints = Suggestions()
    for key, choice in subject.brief.documents.items():
        template = templates.get(key.partition(":")[0])
        known = template_sections(template, subject.templates) if template else []
        if not known:
            continue
        for name in choice.sections:
            if name in known:
                continue
            hint = hints.nearest(name, known) or f"; known: {', '.join(known)}"
            message = f'template {template} has no section "{name}"{hint}'
            where = ("documents", key, "sections", name)
            yield subject.source.fault(where, "unknown-section", message)
