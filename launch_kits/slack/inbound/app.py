"""The Slack app.

It checks and acknowledges requests over HTTP or Socket Mode, and then works on them.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus

from slack_bolt import Ack
from slack_bolt.request import BoltRequest

from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.payloads import (
    ActionPlace,
    Click,
    Command,
    Submission,
    too_deep,
)
from launch_kits.slack.api.transport import part
from launch_kits.slack.inbound import actions, events, inbox, routes
from launch_kits.slack.inbound.ack_priority import AckPriority
from launch_kits.slack.inbound.ack_threads import AckThreads
from launch_kits.slack.inbound.bolt import make_bolt
from launch_kits.slack.inbound.deduplication import Replays
from launch_kits.slack.inbound.follow_ups import FollowUps
from launch_kits.slack.inbound.form_arrival import Deadline, take_form
from launch_kits.slack.inbound.inbox import Arrival, KeptPayload, PayloadKind
from launch_kits.slack.inbound.opened_objects import DETAILS_WANTED, present
from launch_kits.slack.inbound.responses import Answer, answered_once
from launch_kits.slack.inbound.session import Host, SlackSession
from launch_kits.slack.inbound.shapes import well_shaped
from launch_kits.slack.inbound.signatures import is_signed
from launch_kits.slack.inbound.socket_mode import SocketMode
from launch_kits.slack.inbound.work import resume, show, work_on

__all__ = ["Answer", "SlackApp"]

#: threads that work on acknowledged requests
WORKING = 8
#: the name under which Bolt's context has the moment of arrival
ARRIVED = "arrived"

_log = logging.getLogger(__name__)


class SlackApp:
    """The app of a workspace.

    It needs a bot token, and a signing secret for HTTP or an app token for Socket Mode.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        host: Host,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._work = ThreadPoolExecutor(WORKING, thread_name_prefix="slack")
        self._follow_ups = FollowUps(host.follow_up)
        self._ack_priority = AckPriority()
        self._acks = AckThreads(self._ack_priority.acknowledging)
        web = Web(settings, around=self._ack_priority.calling)
        session = partial(
            SlackSession,
            settings=settings,
            web=web,
            host=host,
            clock=clock,
            later=self._follow_ups.ask,
        )
        #: the session of the work, whose transactions let acknowledgements pass
        self.slack = session(store.within(self._ack_priority.transaction))
        #: the session of the acknowledgements
        self._quick = session(store)
        self._bolt = make_bolt(settings, web.client)
        #: keys of the payloads that this process works on
        self._at_work: set[str] = set()
        self._working = threading.Lock()
        self._listen()
        self._socket: SocketMode | None = None
        self._replays: Replays[Answer] = Replays()

    def receive(self, body: bytes, headers: Mapping[str, str]) -> Future[Answer]:
        """Answer a request to `/slack/events` in a thread that stands ready for it.

        The names in ``headers`` are in lower case. Work lets it pass from now on.
        """
        return self._acks.submit(self.answer, body, headers)

    def answer(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer a request to `/slack/events`.

        The names in ``headers`` are in lower case.
        """
        with self._ack_priority.acknowledging():
            secret = self._settings.slack_signing_secret
            try:
                text = body.decode()
                if not is_signed(text, headers, secret=secret):
                    return Answer(HTTPStatus.UNAUTHORIZED, "", {})
                asked = BoltRequest(
                    body=text,
                    headers=dict(headers),
                    context={ARRIVED: time.monotonic()},
                )
            except (
                ValueError,
                TypeError,
                AttributeError,
                LookupError,
                RecursionError,
            ):  # not text, not JSON, or not an object
                return Answer(HTTPStatus.BAD_REQUEST, "", {})
            if too_deep(asked.body) or not well_shaped(asked.body):
                return Answer(HTTPStatus.BAD_REQUEST, "", {})
            signature = headers["x-slack-signature"]
            return self._replays.answer(signature, lambda: self._once(signature, asked))

    def _once(self, signature: str, asked: BoltRequest) -> Answer:
        slack = self._quick
        return answered_once(
            slack.store, signature, lambda: self._dispatch(asked), now=slack.now
        )

    def _dispatch(self, asked: BoltRequest) -> Answer:
        found = self._bolt.dispatch(asked)
        return Answer(
            found.status, found.body or "", found.first_headers_without_set_cookie()
        )

    def resume(self) -> None:
        """Work on the payloads that an earlier process acknowledged and did not finish."""
        self._work.submit(resume, self.slack, young=timedelta(0))

    def connect(self) -> None:
        """Open Socket Mode in a thread.

        It tries again until Slack answers or the app is closed.
        """
        self._socket = SocketMode(
            self._bolt, self._settings, web=self._quick.web.client
        )
        self._socket.open()

    def close(self) -> None:
        """Stop answering, and finish acknowledged work."""
        if self._socket:
            self._socket.close()
        self._acks.close()
        self._work.shutdown()
        self._follow_ups.close()

    def _listen(self) -> None:
        bolt = self._bolt
        for action in routes.CLICKS:
            bolt.action(re.compile(rf"^{action}(:\d+)?$"))(self._clicked)
        bolt.action("until")(self._picked)
        # all other buttons are only acknowledged
        bolt.action(re.compile(".*"))(lambda ack: ack())
        for name in routes.FORMS:
            bolt.view(name)(self._submitted(name))
        bolt.command("/launch")(self._typed)
        bolt.event("app_home_opened")(self._home_opened)
        bolt.event(DETAILS_WANTED)(self._object_opened)
        for event in events.HEARD:
            bolt.event(event)(self._heard)

    def _clicked(self, ack: Ack, body: dict[str, object]) -> None:
        self._take(KeptPayload(PayloadKind.CLICK, Click.read(body).key, body), ack)

    def _typed(self, ack: Ack, body: dict[str, object]) -> None:
        self._take(KeptPayload(PayloadKind.COMMAND, Command.read(body).key, body), ack)

    def _heard(self, ack: Ack, body: dict[str, object]) -> None:
        key = events.key_of(body)
        if key is None or events.route_of(self._quick, part(body, "event")) is None:
            ack()
        else:
            self._take(KeptPayload(PayloadKind.EVENT, key, body), ack)

    def _take(self, payload: KeptPayload, ack: Ack) -> None:
        """Keep a payload, acknowledge it, and let it be worked on.

        One that cannot be kept is not acknowledged: raises DatabaseError.
        """
        arrival = inbox.keep(self._quick.store, payload, now=self._quick.now())
        ack()
        if arrival is not Arrival.DONE:
            self._work_on(payload)

    def _submitted(
        self, name: str
    ) -> Callable[[Ack, dict[str, object], Mapping[str, object]], None]:
        slack = self._quick

        def submitted(
            ack: Ack, body: dict[str, object], context: Mapping[str, object]
        ) -> None:
            sent = Submission.read(body)
            came = context.get(ARRIVED)
            late = Deadline(came if isinstance(came, float) else time.monotonic())
            payload = KeptPayload(PayloadKind.FORM, sent.key, body, sent.digest)
            form = routes.FORMS[name]
            preview = form.preview
            answer = take_form(
                slack,
                payload,
                lambda: form.check(slack, sent),
                in_time=late.is_open,
                preview=(lambda: preview(slack, sent)) if preview else None,
            )
            ack(**answer.response(closes_all=form.closes_all))
            if answer.work:
                self._work_on(payload)
            elif answer.said:
                self._work.submit(slack.answer, sent.user, sent.place, answer.said)

        return submitted

    def _picked(self, ack: Ack, body: dict[str, object]) -> None:
        ack()
        click = Click.read(body)
        self._show(
            click.user, click.place, body, lambda: actions.on_pick(self.slack, click)
        )

    def _home_opened(self, ack: Ack, body: dict[str, object]) -> None:
        ack()
        event = part(body, "event")
        if event.get("tab") == "home":
            user = str(event.get("user"))
            home = ActionPlace(home=True)
            self._show(user, home, body, lambda: self.slack.show_home(user))

    def _object_opened(self, ack: Ack, body: dict[str, object]) -> None:
        ack()

        def done() -> None:
            with self._ack_priority.working():
                present(self.slack, body)

        self._work.submit(done)

    def _work_on(self, payload: KeptPayload) -> None:
        """Work on an acknowledged payload, unless a thread of this process does."""
        with self._working:
            if payload.key in self._at_work:
                return
            self._at_work.add(payload.key)

        def done() -> None:
            try:
                with self._ack_priority.working():
                    work_on(self.slack, payload)
            finally:
                with self._working:
                    self._at_work.discard(payload.key)

        self._work.submit(done)

    def _show(
        self,
        user: str,
        place: ActionPlace,
        body: Mapping[str, object],
        work: Callable[[], None],
    ) -> None:
        """Show something that was asked for; nothing is changed by it."""

        def done() -> None:
            with self._ack_priority.working():
                show(self.slack, user, place, body, work)

        self._work.submit(done)
