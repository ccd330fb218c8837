"""The page of links: it makes and revokes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from launch_kits.errors import Refused
from launch_kits.inputs.audience import Audience
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.links import (
    CountedLink,
    LinkKind,
    find_link,
    links_of,
    make_link,
    revoke_link,
)
from launch_kits.room.page import act, page
from launch_kits.room.people import takes_part
from launch_kits.verbs.permissions import (
    Actor,
    Denial,
    Door,
    Verb,
    Via,
    launch_subject,
    may,
)
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import quoted
from launch_kits.views.reader import Reader
from launch_kits.views.room_pages import HERE

__all__ = ["CALENDAR", "MAKE", "REVOKE", "SHARE"]

PATH = "/launches/{launch}/share"
#: the readers to whom finished documents are given by a link
OUTSIDE = tuple(each for each in Audience if each is not Audience.INTERNAL)
#: days for which a link can work; 0 is until it is revoked
LIVES = (7, 30, 90, 0)
#: sites that may frame a page, and their form
MOST_SITES = 10
SITE = re.compile(r"https://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?")
#: kind of a link → the page of its address, after the secret
ENDINGS = {
    LinkKind.LAUNCH: "",
    LinkKind.DOCUMENTS: "",
    LinkKind.CALENDAR: "/calendar.ics",
    LinkKind.PICTURE: "/timeline.svg",
}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link, in words."""

    use: CountedLink
    opens: str
    made_by: str
    #: whether the visitor may revoke it
    ends: bool


def _share(asked: RoomRequest) -> Shown:
    return _shown(asked)


def _shown(asked: RoomRequest, made: Sequence[tuple[str, str]] = ()) -> Shown:
    """The page; ``made`` has the addresses of a new link, which are shown once."""
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    email = asked.visitor.email
    shares = email is not None and _denial(asked, context) is None
    own = context.spelled(email).lower() if email else None
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "made": made,
        "rows": [
            LinkRow(
                use,
                _opens(use, context, reader),
                reader.name(use.link.made_by),
                shares or use.link.made_by.lower() == own,
            )
            for use in links_of(asked.room.store, asked.slug, now=asked.now)
        ],
        "shares": shares,
        "subscribes": email is not None,
        "takes_part": email is not None and takes_part(context, email),
        "lives": LIVES,
        "readers": OUTSIDE,
        "documents": [*_shareable(context)],
        "live": None,
    }
    return Shown("share.html", values)


def _opens(use: CountedLink, context: MessageContext, reader: Reader) -> str:
    """The part of the launch that a link opens, in words."""
    link = use.link
    if link.kind == LinkKind.CALENDAR:
        whose = reader.name(link.person) if link.person else "everyone"
        return f"the calendar of {whose}"
    if link.kind == LinkKind.DOCUMENTS:
        task = context.view.task(link.task) if link.task else None
        if link.task:
            title = task.title if task else "a task that is gone"
            return f"the document of {quoted(title)} for {link.audience} readers"
        return f"the finished documents for {link.audience} readers"
    if link.kind == LinkKind.PICTURE:
        where = f", within {link.sites}" if link.sites else ""
        return f"the timeline as a picture{where}"
    return f"{context.view.product}, read-only"


def _denial(asked: RoomRequest, context: MessageContext) -> Denial | None:
    """Why the visitor may not share the launch; None if they may."""
    view = context.view
    sponsor = context.brief.team.get(SPONSOR)
    subject = launch_subject(
        view,
        lead=view.lead,
        sponsor=sponsor.email if sponsor else None,
        away=view.away,
    )
    actor = Actor(context.spelled(asked.email), Via(Door.ROOM))
    return may(actor, Verb.SHARE, subject)


def _must_share(asked: RoomRequest, context: MessageContext) -> None:
    denial = _denial(asked, context)
    if denial is not None:
        raise denial.refusal()


def _make(asked: RoomRequest) -> Shown:
    """Make a link to the launch, its documents for an audience, or its picture."""
    context = asked.context()
    _must_share(asked, context)
    kinds = {str(each): each for each in LinkKind if each is not LinkKind.CALENDAR}
    kind = kinds.get(asked.field("kind"))
    if kind is None:
        raise Refused("choose the part that the link opens")
    life = asked.field("days")
    if life not in {str(each) for each in LIVES}:
        raise Refused("choose the time for which the link works")
    sites = _sites(asked) if kind is LinkKind.PICTURE else ()
    return _made(
        asked,
        kind,
        task=_one_document(asked, context) if kind is LinkKind.DOCUMENTS else None,
        audience=_audience(asked) if kind is LinkKind.DOCUMENTS else Audience.INTERNAL,
        sites=sites,
        life=timedelta(int(life)) if int(life) else None,
    )


def _audience(asked: RoomRequest) -> Audience:
    written = asked.field("audience")
    if written not in {str(each) for each in OUTSIDE}:
        raise Refused("choose the readers of the documents")
    return Audience(written)


def _shareable(context: MessageContext) -> Iterator[tuple[str, str]]:
    """Yield the key and title of each task whose document is for readers outside."""
    for task in context.view.tasks:
        if task.template and task.audience is not Audience.INTERNAL:
            yield task.key, task.title


def _one_document(asked: RoomRequest, context: MessageContext) -> str | None:
    """The task whose document alone is shared; None for all documents."""
    key = asked.field("document")
    if key and key not in dict(_shareable(context)):
        raise Refused("choose a document that is for partners or customers")
    return key or None


def _sites(asked: RoomRequest) -> list[str]:
    """The sites that may frame the picture."""
    found = asked.field("sites").lower().replace(",", " ").split()
    for site in found:
        if not SITE.fullmatch(site):
            raise Refused(
                f'"{site}" is not a website address; write one like https://wiki.example.com '
                "or https://*.example.com"
            )
    if len(found) > MOST_SITES:
        raise Refused(f"name {MOST_SITES} sites at most")
    return found


def _calendar(asked: RoomRequest) -> Shown:
    """Make a calendar feed of the visitor's work, or of the launch; it ends the one before."""
    context = asked.context()
    own = asked.field("whose") != "all"
    if not own and not takes_part(context, asked.email):
        lead = asked.reader(context).name(context.view.lead)
        raise Refused(
            f"only people with a part in {context.view.product} subscribe to all of its tasks; "
            f"ask {lead}, who can share it with a link"
        )
    person = context.spelled(asked.email) if own else None
    return _made(asked, LinkKind.CALENDAR, person=person, life=None)


def _made(
    asked: RoomRequest,
    kind: LinkKind,
    *,
    audience: Audience = Audience.INTERNAL,
    task: str | None = None,
    person: str | None = None,
    sites: Sequence[str] = (),
    life: timedelta | None,
) -> Shown:
    secret = make_link(
        asked.room.store,
        asked.slug,
        kind=kind,
        audience=audience,
        by=asked.context().spelled(asked.email),
        now=asked.now,
        task=task,
        person=person,
        sites=sites,
        life=life,
    )
    settings = asked.room.settings
    base = settings.url or f"http://{settings.host}:{settings.port}"
    address = f"{base.rstrip('/')}/shared/{secret}"
    made = [("Address", f"{address}{ENDINGS[kind]}")]
    if kind is LinkKind.CALENDAR:
        feed = re.sub(r"^https?:", "webcal:", made[0][1])
        made = [("Subscribe", feed), ("As a link", made[0][1])]
    if kind is LinkKind.PICTURE:
        made = [("Picture", made[0][1]), ("Frame for other sites", address)]
    return _shown(asked, made)


def _revoke(asked: RoomRequest) -> Redirect:
    """End a link: of one's own, or any of a launch that one may share."""
    context = asked.context()
    number = asked.names["link"]
    wanted = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0
    link = find_link(asked.room.store, asked.slug, wanted)
    if link.made_by.lower() != asked.email.lower():
        _must_share(asked, context)
    revoke_link(asked.room.store, asked.slug, link.id, now=asked.now)
    said = "The link does not work any more."
    return Redirect(f"{HERE.launch(asked.slug)}/share", said=said)


SHARE = page(PATH, tab="Share", position=7)(_share)
MAKE = act(PATH)(_make)
CALENDAR = act(f"{PATH}/calendar")(_calendar)
REVOKE = act(f"{PATH}/{{link}}/revoke")(_revoke)
