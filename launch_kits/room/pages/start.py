"""The page that starts a launch: a form, its checks at each field, and its plan first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from launch_kits.board.start import start_launch
from launch_kits.errors import LaunchKitsError
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.fields import FaultyForm
from launch_kits.room.forms.start import (
    CheckedForm,
    check_form,
    start_fields,
    team_fields,
)
from launch_kits.room.page import act, page
from launch_kits.room.people import starts_first
from launch_kits.room.sessions import open_session
from launch_kits.room.visitors import SignInMethod
from launch_kits.views import answers
from launch_kits.views.room_pages import HERE

__all__ = ["CHECK", "FORM"]

PATH = "/start"
#: the texts of the form at first
FIRST = {
    "kit": "major_release",
    "tier": "1",
    "market": "b2b",
    "company": "enterprise",
    "goods": "software",
    "timezone": "UTC",
}


def _form(asked: RoomRequest) -> Shown:
    lead = "" if starts_first(asked) else asked.email
    return _shown(asked, {**FIRST, "team.lead.email": lead})


def _check(asked: RoomRequest) -> Shown | Redirect:
    """Check the form and show its plan; start the launch once that is confirmed."""
    first = starts_first(asked)
    _ = first or asked.email
    settings = asked.room.settings
    fields = [*start_fields(settings.path), *team_fields()]
    texts = {each.name: asked.field(each.name) for each in fields}
    try:
        checked = check_form(
            texts, store=asked.room.store, search=settings.path, now=asked.now
        )
        if not (asked.field("confirm") and asked.field("seen") == _mark(texts)):
            return _shown(asked, texts, checked=checked)
        start_launch(
            asked.room.store,
            checked.brief,
            now=asked.now,
            by=asked.visitor.email,
            accept_late=True,
        )
    except FaultyForm as error:
        return _shown(asked, texts, faults=error.faults)
    except LaunchKitsError as error:
        told = answers.refusal(error, None, reader=None)
        return _shown(asked, texts, faults={"": told})
    slug = checked.brief.launch
    lead = checked.brief.lead
    said = f"{checked.brief.product} is started."
    if not first:
        return Redirect(HERE.launch(slug), said=said, changed=slug)
    session = open_session(
        asked.room.store, lead.email, method=SignInMethod.OPERATOR, now=asked.now
    )
    said = f"{said} You act as {lead.name}."
    return Redirect(HERE.launch(slug), said=said, changed=slug, session=session)


def _mark(texts: Mapping[str, str]) -> str:
    """A text that tells the plan that was shown from those of other values."""
    return hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]


def _shown(
    asked: RoomRequest,
    texts: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    checked: CheckedForm | None = None,
) -> Shown:
    values = {
        "fields": start_fields(asked.room.settings.path),
        "team": team_fields(),
        "texts": texts,
        "faults": faults or {},
        "checked": checked,
        "mark": _mark(texts),
        "address": PATH,
    }
    return Shown("start.html", values, status=422 if faults else 200)


FORM = page(PATH)(_form)
CHECK = act(PATH)(_check)
