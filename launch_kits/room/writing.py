"""Pages written from templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from launch_kits.errors import LaunchKitsError, NotFound
from launch_kits.inputs.links import is_web_link
from launch_kits.room import forgery
from launch_kits.room.asked import Room, RoomRequest, Shown
from launch_kits.room.assets import address_of
from launch_kits.room.page import Page
from launch_kits.verbs import find_undoable
from launch_kits.views import answers
from launch_kits.views.notices.history import deed
from launch_kits.views.notices.text import capitalize, clean
from launch_kits.views.room_pages import HERE
from launch_kits.workdays.in_words import day

__all__ = ["Writer"]


class Writer:
    """Writes pages; every value in them is escaped."""

    def __init__(self, room: Room, pages: Sequence[Page]) -> None:
        self._room = room
        self._templates = Environment(
            loader=PackageLoader("launch_kits.room"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["part"] = lambda text: quote(str(text), safe=":")
        self._templates.filters["sentence"] = capitalize
        self._templates.filters["clock"] = _clock
        self._templates.filters["in_words"] = day
        self._templates.filters["host"] = _host
        self._templates.filters["is_link"] = is_web_link
        self._templates.globals["asset"] = address_of
        self._templates.globals["pages"] = HERE
        tabs = [page for page in pages if page.tab]
        tabs.sort(key=lambda page: (page.position, page.path))
        self._templates.globals["tabs"] = [(page.tab, page.path) for page in tabs]

    def page(
        self, asked: RoomRequest | None, shown: Shown, *, token: str, said: str
    ) -> str:
        """Write a page for a visitor, who may be unknown.

        ``said`` is a sentence about the last act, ``token`` the secret of the page's forms.
        """
        frame = {
            "asked": asked,
            "visitor": asked.visitor if asked else None,
            "slug": asked.names.get("launch") if asked else None,
            "said": said,
            "token": token,
            "token_field": forgery.FIELD,
            "product": None,
            "live": None,
            "undo": self._undo(asked),
        }
        return self.render(shown.template, {**frame, **shown.values})

    def _undo(self, asked: RoomRequest | None) -> dict[str, object] | None:
        """The visitor's last act in words, as long as it can be undone."""
        if asked is None or asked.visitor.email is None:
            return None
        now = asked.now
        with asked.room.store.read() as session:
            found = find_undoable(session, None, asked.visitor.email, now=now)
        if found is None:
            return None
        try:
            context = asked.context(found.launch)
        except LaunchKitsError:
            return None
        reader = asked.reader(context)
        task = context.view.task(found.task) if found.task else None
        return {
            "offer": found,
            "who": reader.name(found.by),
            "did": deed(found.verb, found.data, reader),
            "about": task.title if task else context.view.product,
            "until": found.until.astimezone(reader.zone),
        }

    def template(self, name: str) -> Template:
        """A template of the folder, compiled once."""
        return self._templates.get_template(name)

    def render(self, name: str, values: dict[str, object]) -> str:
        """Fill a template with the values of the page and of its frame."""
        return self.template(name).render(values)

    def refusal(self, asked: RoomRequest, error: LaunchKitsError) -> str:
        """Tell why something cannot be shown or done, in the visitor's words."""
        slug = asked.names.get("launch")
        if slug is None or isinstance(error, NotFound):
            # its remedy may be a command, which has no place on a page
            told, _, _ = str(error).partition("; `")
            return f"{capitalize(clean(re.sub('`', '', told)))}."
        try:
            context = asked.context()
        except LaunchKitsError:
            return answers.refusal(error, None, reader=None)
        reader = asked.reader(context)
        return answers.refusal(error, context.view, reader=reader)


def _clock(when: datetime) -> str:
    """An instant as a machine reads it, for the attribute of a time."""
    return when.isoformat(timespec="seconds")


def _host(url: str) -> str:
    """The host of an address, as people say it; the address itself if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or url
