"""The frame of all pages: visitors, refusals, and the headers of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from launch_kits.errors import DatabaseError, LaunchKitsError
from launch_kits.room import forgery, refusals
from launch_kits.room.asked import File, MustSignIn, Redirect, Room, RoomRequest, Shown
from launch_kits.room.cookies import FLOW, SAID, SESSION, Cookies
from launch_kits.room.page import Answer, Page
from launch_kits.room.returning import own_address, way_back
from launch_kits.room.sessions import LIFE, new_secret
from launch_kits.room.visitors import (
    Caller,
    SignInMethod,
    Visitor,
    address_of,
    identify,
)
from launch_kits.room.writing import Writer
from launch_kits.settings.visible import visible
from launch_kits.verbs.actors import coming_from

__all__ = ["Frame"]

#: seconds that a sign-in may take
FLOW_SECONDS = 600
#: characters of a field that are taken, and fields of a form that are read
LONGEST = 5_000
MOST_FIELDS = 5_000
#: characters of a sentence for the next page
MOST_SAID = 900
FRAMED_BY_NONE = "frame-ancestors 'none'"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    f"connect-src 'self'; form-action 'self'; base-uri 'none'; {FRAMED_BY_NONE}"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Frame:
    """Answers requests by pages."""

    def __init__(self, room: Room, pages: Sequence[Page]) -> None:
        self._room = room
        self._writer = Writer(room, pages)
        self._cookies = Cookies(room.settings.url)

    def route(self, page: Page) -> Route:
        """Make the route of a page."""

        async def answer(request: Request) -> Response:
            body = await request.body() if page.changes else b""
            return await run_in_threadpool(self._answer, page, request, body)

        methods = ["POST"] if page.changes else ["GET"]
        return Route(page.path, answer, methods=methods)

    def visitor(self, request: Request) -> Visitor | None:
        """Tell who sends a request; None if they have to sign in."""
        room = self._room
        caller = self._caller(request)
        return identify(caller, room.settings, room.store, now=room.clock())

    def refused(self, request: Request, status: HTTPStatus) -> Response:
        """Make the page for a request that no page answers."""
        visitor = None
        # after an error that no one expects, nothing else is tried
        if status is not HTTPStatus.INTERNAL_SERVER_ERROR:
            with suppress(DatabaseError):
                visitor = self.visitor(request)
        asked = self._asked(request, visitor, {}) if visitor else None
        token = self._cookies.read(request, forgery.COOKIE) or new_secret()
        return self._refused(asked, token, status, refusals.sentence_of(status))

    def _answer(self, page: Page, request: Request, body: bytes) -> Response:
        visitor = self.visitor(request)
        token = self._cookies.read(request, forgery.COOKIE) or new_secret()
        if visitor is None and page.without_sign_in:
            visitor = Visitor(SignInMethod.OIDC, None)
        if visitor is None:
            return self._unknown(request, token)
        form = _fields(body.decode("utf-8", "replace")) if page.changes else {}
        asked = self._asked(request, visitor, form)
        if page.changes:
            sent = asked.field(forgery.FIELD) or request.headers.get(forgery.HEADER)
            cookie = self._cookies.read(request, forgery.COOKIE)
            if forgery.is_forged(_headers(request), cookie=cookie, sent=sent):
                status = HTTPStatus.FORBIDDEN
                return self._refused(asked, token, status, refusals.FORGED)
        if any(len(text) > LONGEST for texts in asked.form.values() for text in texts):
            told = refusals.too_long(LONGEST)
            return self._refused(asked, token, _TOO_LONG_STATUS, told)
        said = unquote(self._cookies.read(request, SAID) or "")[:MOST_SAID]
        try:
            with coming_from(asked.peer):
                answer = page.handler(asked)
        except LaunchKitsError as error:
            return self._fault(asked, token, error)
        return self._response(asked, token, answer, said=visible(said))

    def _unknown(self, request: Request, token: str) -> Response:
        """Let a stranger sign in, or tell that there is no way to."""
        if self._room.provider is None or request.method != "GET":
            status = HTTPStatus.UNAUTHORIZED
            return self._refused(None, token, status, refusals.UNKNOWN)
        back = urlencode({"next": request.url.path})
        return RedirectResponse(f"/oidc/start?{back}", HTTPStatus.SEE_OTHER, HEADERS)

    def _asked(
        self,
        request: Request,
        visitor: Visitor,
        form: Mapping[str, Sequence[str]],
    ) -> RoomRequest:
        return RoomRequest(
            room=self._room,
            visitor=visitor,
            path=request.url.path,
            names={name: visible(text) for name, text in request.path_params.items()},
            query=_fields(request.url.query),
            form=form,
            now=self._room.clock(),
            peer=address_of(self._caller(request), self._room.settings),
            flow=self._cookies.read(request, FLOW) or "",
            came_from=_came_from(request) if form else None,
        )

    def _fault(
        self, asked: RoomRequest, token: str, error: LaunchKitsError
    ) -> Response:
        """Show why something cannot be shown or done."""
        if isinstance(error, MustSignIn):
            # an act has no page of its own to come back to; its form may name one
            back = urlencode({"next": way_back(asked, asked.path)})
            return RedirectResponse(f"/sign-in?{back}", HTTPStatus.SEE_OTHER, HEADERS)
        status = refusals.status_of(error)
        if isinstance(error, DatabaseError):
            return self._refused(None, token, status, refusals.NO_DATABASE)
        return self._refused(asked, token, status, self._writer.refusal(asked, error))

    def _refused(
        self, asked: RoomRequest | None, token: str, status: HTTPStatus, told: str
    ) -> Response:
        back = asked.came_from if asked else None
        values = {"title": refusals.title_of(status), "told": told, "back": back}
        shown = Shown("message.html", values, status)
        return self._response(asked, token, shown)

    def _response(
        self, asked: RoomRequest | None, token: str, answer: Answer, *, said: str = ""
    ) -> Response:
        if isinstance(answer, File):
            headers = {**HEADERS, "Content-Security-Policy": answer.policy}
            if answer.name:
                kept = f"attachment; filename*=UTF-8''{quote(answer.name)}"
                headers["Content-Disposition"] = kept
            return Response(
                answer.content, headers=headers, media_type=answer.media_type
            )
        if isinstance(answer, Redirect):
            return self._redirected(answer)
        text = self._writer.page(asked, answer, token=token, said=said)
        headers = dict(HEADERS)
        if answer.sites:
            framed = f"frame-ancestors {' '.join(answer.sites)}"
            headers["Content-Security-Policy"] = POLICY.replace(FRAMED_BY_NONE, framed)
        response = Response(text, answer.status, headers, "text/html; charset=utf-8")
        self._cookies.keep(response, forgery.COOKIE, token)
        if said:
            self._cookies.drop(response, SAID)
        return response

    def _redirected(self, answer: Redirect) -> Response:
        task = None
        if answer.changed is not None:
            task = BackgroundTask(self._room.follow_up, answer.changed)
        response = RedirectResponse(
            answer.to, HTTPStatus.SEE_OTHER, HEADERS, background=task
        )
        if answer.said:
            self._cookies.keep(
                response, SAID, quote(answer.said[:MOST_SAID]), seconds=60
            )
        if answer.session:
            seconds = int(LIFE.total_seconds())
            self._cookies.keep(response, SESSION, answer.session, seconds=seconds)
        elif answer.session is not None:
            self._cookies.drop(response, SESSION)
        if answer.flow:
            self._cookies.keep(response, FLOW, answer.flow, seconds=FLOW_SECONDS)
        elif answer.flow is not None:
            self._cookies.drop(response, FLOW)
        return response

    def _caller(self, request: Request) -> Caller:
        peer = request.client.host if request.client else ""
        secret = self._cookies.read(request, SESSION)
        return Caller(peer, _headers(request), secret)


#: its name depends on the version of Python
_TOO_LONG_STATUS = HTTPStatus(422)


def _came_from(request: Request) -> str | None:
    """The page of the launch room whose form this is, if the browser names it."""
    named = urlsplit(request.headers.get("referer", ""))
    if named.netloc != request.headers.get("host"):
        return None
    return own_address(named._replace(scheme="", netloc="", fragment="").geturl())


def _headers(request: Request) -> dict[str, str]:
    """The headers by their names in lower case; one that is sent twice keeps both values.

    So a visitor cannot put a name of their own beside that of the proxy.
    """
    found: dict[str, str] = {}
    for written, value in request.headers.items():
        name = written.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _fields(text: str) -> dict[str, list[str]]:
    """The fields of a form or a query, as texts that can be stored and shown."""
    try:
        found = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {
        visible(name): [visible(value) for value in values]
        for name, values in found.items()
    }
