"""Links to a launch in Prefect and in Slack."""

from __future__ import annotations

from urllib.parse import urlsplit

from launch_kits.board.address import run_page
from launch_kits.room.asked import RoomRequest
from launch_kits.room.visitors import SignInMethod
from launch_kits.settings.web import is_loopback
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.links import links_of
from launch_kits.views.notices.message import Subject

__all__ = ["message_of", "run_of"]


def run_of(asked: RoomRequest, view: LaunchView) -> str | None:
    """The page of a launch's run in Prefect, if the visitor can reach it.

    An address on this machine is of use to the person at the machine alone.
    """
    if view.flow_run_id is None:
        return None
    found = run_page(asked.room.settings, view.flow_run_id)
    here = found is not None and is_loopback(urlsplit(found).hostname or "")
    return None if here and asked.visitor.method is not SignInMethod.OPERATOR else found


def message_of(asked: RoomRequest, view: LaunchView, task: TaskView) -> str | None:
    """The newest message about a task in Slack that the visitor can open, if its link is known."""
    if asked.visitor.email is None:
        return None
    email = asked.context(view.slug).spelled(asked.visitor.email)
    subject = Subject(view.slug, task.key)
    with asked.room.store.read() as session:
        return links_of(session, email, about=subject).get(subject)
