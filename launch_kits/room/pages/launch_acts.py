"""The forms that change a launch: another launch day, a new task."""

from __future__ import annotations

from launch_kits.errors import NotYours
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.acting import ActForm, act_on, show_form
from launch_kits.room.forms.launch_verbs import (
    LAUNCH_VERBS,
    launch_form,
    launch_hindrance,
)
from launch_kits.room.page import act, page

__all__ = ["ACT", "FORM"]

PATH = "/launches/{launch}/change/{verb}"


def _form_of(asked: RoomRequest) -> ActForm:
    """The form that the address names, for a visitor who may use it."""
    context, name = asked.context(), asked.names["verb"]
    form = launch_form(context, name)
    why = launch_hindrance(context, LAUNCH_VERBS[name].permission, asked.email)
    if why is not None:
        raise NotYours(why.text)
    return form


def _form(asked: RoomRequest) -> Shown:
    return show_form(asked, _form_of(asked))


def _act(asked: RoomRequest) -> Shown | Redirect:
    return act_on(asked, _form_of(asked))


FORM = page(PATH)(_form)
ACT = act(PATH)(_act)
