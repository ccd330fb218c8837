"""A request to the launch room, and the answers of pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.room.attempts import Attempts
from launch_kits.room.kept_files import KeptFiles
from launch_kits.room.oidc import OpenIdProvider
from launch_kits.room.visitors import Visitor
from launch_kits.settings import Settings
from launch_kits.views.card_list import LaunchCards
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.kept_documents import KeptDocuments
from launch_kits.views.launch_rows import LaunchRows
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader

__all__ = [
    "File",
    "MustSignIn",
    "Redirect",
    "Room",
    "RoomRequest",
    "Shown",
    "TooMany",
]

#: the reader of a page whose visitor has no name yet
NAMELESS = "visitor"


class MustSignIn(Refused):
    """An act needs a person, and the visitor has not said who they are."""

    def __init__(self) -> None:
        super().__init__("choose who you are first, so that the history can name you")


class TooMany(Refused):
    """An address tried to sign in too often."""

    def __init__(self) -> None:
        super().__init__("too many attempts to sign in; wait five minutes")


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of one process that all requests share."""

    settings: Settings
    store: Store
    launches: KeptContexts
    documents: KeptDocuments
    clock: Callable[[], datetime]
    #: does the work that a change of a launch brings about
    follow_up: Callable[[str], None]
    #: the rows of the list of launches
    rows: LaunchRows = field(default_factory=LaunchRows)
    #: the cards of all launches, by launch
    cards: dict[str, LaunchCards] = field(default_factory=dict)
    #: the files of documents that were asked for
    files: KeptFiles = field(default_factory=KeptFiles)
    attempts: Attempts = field(default_factory=Attempts)
    #: None if visitors do not sign in with one
    provider: OpenIdProvider | None = None


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """A request of a visitor."""

    room: Room
    visitor: Visitor
    #: the address of the page, without its query
    path: str
    #: the parts of the path by their names
    names: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    #: the fields of a form; empty for a page that is only read
    form: Mapping[str, Sequence[str]]
    now: datetime
    peer: str = ""
    #: the secrets of a sign-in that is under way, from its cookie
    flow: str = ""
    #: the page whose form was sent; None if it is not known
    came_from: str | None = None

    @property
    def email(self) -> str:
        """The visitor's email; raises MustSignIn."""
        if self.visitor.email is None:
            raise MustSignIn
        return self.visitor.email

    @property
    def slug(self) -> str:
        """The launch that the page is about."""
        return self.names["launch"]

    def context(self, slug: str | None = None) -> MessageContext:
        """A launch with its people, by default the page's own; raises NotFound."""
        return self.room.launches.of(slug or self.slug, now=self.now)

    def reader(self, context: MessageContext) -> Reader:
        """The visitor as the reader of a launch: their days, calendar and names."""
        email = self.visitor.email
        to = context.spelled(email) if email else f"#{context.view.channel}"
        return context.reader(to, now=self.now)

    def must_not_guess(self) -> None:
        """Count an attempt to sign in; raises TooMany."""
        if not self.room.attempts.allow(self.peer, now=self.now):
            raise TooMany

    def field(self, name: str) -> str:
        """The text of a field of the form, without blanks around it; empty if it is missing."""
        return next(iter(self.form.get(name, ())), "").strip()

    def wanted(self, name: str) -> str:
        """The text of a part of the query; empty if it is missing."""
        return next(iter(self.query.get(name, ())), "").strip()


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: a template and its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    #: the sites that may show it within their pages
    sites: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """The way to another page, after an act or instead of this page."""

    to: str
    #: a sentence that the next page shows once
    said: str | None = None
    #: the launch whose change has to be followed up
    changed: str | None = None
    #: a new secret of the session's cookie; empty ends the session
    session: str | None = None
    #: the secrets of a sign-in that begins; empty ends it
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file, such as a picture or a document."""

    content: bytes
    media_type: str
    #: its own Content-Security-Policy
    policy: str = "default-src 'none'"
    #: the name under which a browser keeps it; empty if it is shown at once
    name: str = ""
