"""The forms that change a launch: its day, a new task, a part of its brief."""

from __future__ import annotations

from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.acting import ActForm, act_on, show_form
from launch_kits.room.forms.launch_verbs import (
    launch_denial,
    launch_form,
    launch_verb,
)
from launch_kits.room.page import act, page

__all__ = ["ACT", "FORM"]

PATH = "/launches/{launch}/change/{verb}"


def _form_of(asked: RoomRequest) -> ActForm:
    """The form that the address names, for a visitor who may use it."""
    context = asked.context()
    verb = launch_verb(context, asked.names["verb"])
    why = launch_denial(context, verb.permission, asked.email)
    if why is not None:
        raise why.refusal()
    return launch_form(context, verb)


def _form(asked: RoomRequest) -> Shown:
    return show_form(asked, _form_of(asked))


def _act(asked: RoomRequest) -> Shown | Redirect:
    return act_on(asked, _form_of(asked))


FORM = page(PATH)(_form)
ACT = act(PATH)(_act)
