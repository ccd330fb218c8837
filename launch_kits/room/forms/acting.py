"""A form that carries a verb out, and shows its effect first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from launch_kits.errors import LaunchKitsError
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.effects import Deed, VerbEffect, effect_of
from launch_kits.room.forms.fields import (
    BETWEEN,
    FaultyForm,
    Field,
    Given,
    Snapped,
    read_fields,
    snapped,
)
from launch_kits.room.returning import said_of, way_back
from launch_kits.verbs import Change, Outcome, changing
from launch_kits.views import answers

__all__ = ["ActForm", "act_on", "carry_out", "show_form"]


@dataclass(frozen=True, slots=True)
class ActForm:
    """A form of a verb for one visitor."""

    label: str
    #: the address that it is sent to
    address: str
    #: the address and the name of the page that it is about
    about: tuple[str, str]
    fields: Sequence[Field]
    #: makes the deed of the values that were read and of the visitor's email
    deed: Callable[[Given, str], Deed]
    #: whether its effect is shown before it is confirmed
    preview: bool
    #: the texts that it has at first
    texts: Mapping[str, str] = field(default_factory=dict)
    #: the template that shows it
    template: str = "verb.html"


@dataclass(frozen=True, slots=True)
class _ShownForm:
    """The texts of a form that is shown, and the reply to them."""

    texts: Mapping[str, str]
    effect: VerbEffect | None = None
    moved: Sequence[Snapped] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None
    #: whether the launch changed after an effect had been shown
    late: bool = False
    #: tells the effect that was shown from others
    mark: str = ""


def show_form(asked: RoomRequest, form: ActForm) -> Shown:
    """Show a form, filled from the address; with its effect if it asks for a note at most."""
    given = _texts(form, asked.query)
    texts = {**form.texts, **given}
    asks = any(each.name != "note" for each in form.fields)
    if not form.preview or (asks and not given):
        return _shown(asked, form, _ShownForm(texts))
    try:
        return _effect(asked, form, texts)
    except LaunchKitsError as error:
        if not form.fields:
            raise
        return _faulty(asked, form, texts, error)


def act_on(asked: RoomRequest, form: ActForm) -> Shown | Redirect:
    """Carry a form out, or show its effect if that is wanted first."""
    context = asked.context()
    _ = asked.email
    texts = {each.name: "" for each in form.fields} | _texts(form, asked.form)
    confirmed = bool(asked.field("confirm"))
    try:
        meant, moved = snapped(form.fields, texts)
        seen = asked.field("seen")
        shown = not moved and seen == _mark(form, meant, context.view.revision)
        if form.preview and not (confirmed and shown):
            late = confirmed and not seen.startswith(f"{context.view.revision}-")
            return _effect(asked, form, texts, late=late)
        deed = form.deed(read_fields(form.fields, meant), _by(asked))
        with changing(asked.room.store, asked.slug, now=asked.now) as change:
            outcome = deed(change)
    except LaunchKitsError as error:
        if not form.fields:
            raise
        return _faulty(asked, form, texts, error)
    said = said_of(asked, context, outcome)
    back = way_back(asked, form.about[0])
    return Redirect(back, said=said, changed=asked.slug if outcome.changed else None)


def carry_out(
    asked: RoomRequest, deed: Callable[[Change, str], Outcome], *, back: str
) -> Redirect:
    """Carry out a deed that takes the visitor's email, and lead back to a page."""
    context = asked.context()
    by = _by(asked)
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        outcome = deed(change, by)
    changed = asked.slug if outcome.changed else None
    return Redirect(back, said=said_of(asked, context, outcome), changed=changed)


def _by(asked: RoomRequest) -> str:
    """The visitor's email as the launch spells it."""
    return asked.context().spelled(asked.email)


def _mark(form: ActForm, texts: Mapping[str, str], revision: int) -> str:
    """A text that tells an effect that was shown from those of other values.

    A note can be changed after the effect was seen.
    """
    parts = [
        sorted(texts.get(each.name, "").split(BETWEEN))
        for each in form.fields
        if each.name != "note"
    ]
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return f"{revision}-{digest}"


def _texts(form: ActForm, sent: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The texts of the fields that were sent; several choices are one text."""
    return {
        each.name: BETWEEN.join(sent[each.name])
        if each.kind == "many"
        else sent[each.name][0].replace("\r\n", "\n").strip()
        for each in form.fields
        if sent.get(each.name)
    }


def _effect(
    asked: RoomRequest, form: ActForm, texts: Mapping[str, str], *, late: bool = False
) -> Shown:
    """Show the effect of a form; raises the errors of its verb."""
    meant, moved = snapped(form.fields, texts)
    deed = form.deed(read_fields(form.fields, meant), _by(asked))
    effect = effect_of(asked, deed)
    mark = _mark(form, meant, effect.revision)
    return _shown(asked, form, _ShownForm(meant, effect, moved, late=late, mark=mark))


def _faulty(
    asked: RoomRequest, form: ActForm, texts: Mapping[str, str], error: LaunchKitsError
) -> Shown:
    """Show a form again, with the faults at its fields."""
    if isinstance(error, FaultyForm):
        return _shown(asked, form, _ShownForm(texts, faults=error.faults))
    context = asked.context()
    told = answers.refusal(error, context.view, reader=asked.reader(context))
    return _shown(asked, form, _ShownForm(texts, fault=told))


def _shown(asked: RoomRequest, form: ActForm, state: _ShownForm) -> Shown:
    context = asked.context()
    values = {
        "form": form,
        "state": state,
        "reader": asked.reader(context),
        "product": context.view.product,
        "back": way_back(asked, form.about[0]),
    }
    faulty = bool(state.fault or state.faults)
    return Shown(form.template, values, status=422 if faulty else 200)
