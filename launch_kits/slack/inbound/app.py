"""The Slack app.

It checks and acknowledges requests over HTTP or Socket Mode, and then works on them.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_sdk.signature import SignatureVerifier

from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.payloads import (
    ActionPlace,
    Click,
    Command,
    Submission,
    too_deep,
)
from launch_kits.slack.api.setup import past_proxy, silent
from launch_kits.slack.inbound import actions, commands, task_faults
from launch_kits.slack.inbound.ack_priority import AckPriority
from launch_kits.slack.inbound.deduplication import Replays
from launch_kits.slack.inbound.events import EVENTS
from launch_kits.slack.inbound.follow_ups import FollowUps
from launch_kits.slack.inbound.listen import listen
from launch_kits.slack.inbound.modal_check import faults_of_modal
from launch_kits.slack.inbound.responses import Answer, answered_once
from launch_kits.slack.inbound.session import Host, SlackSession
from launch_kits.slack.inbound.shapes import well_shaped
from launch_kits.slack.messages import answers

if TYPE_CHECKING:
    from slack_sdk.web import WebClient

__all__ = ["Answer", "SlackApp"]

#: threads that acknowledge requests
ACKNOWLEDGING = 32
#: threads that work on acknowledged requests
WORKING = 8
#: seconds between two tries to connect in Socket Mode: 1, 2, 4 … at most this many
LONGEST_WAIT = 60.0

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
        self._acknowledge = ThreadPoolExecutor(
            ACKNOWLEDGING, thread_name_prefix="slack-ack"
        )
        self._follow_ups = FollowUps(host.follow_up)
        web = Web(settings)
        self.slack = SlackSession(
            store, settings, web=web, host=host, clock=clock, later=self._follow_ups.ask
        )
        self._bolt = _bolt(settings, web.client, self._acknowledge)
        self._listen()
        self._socket: SocketModeHandler | None = None
        self._closing = threading.Event()
        self._ack_priority = AckPriority()
        self._replays: Replays[Answer] = Replays()

    def answer(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer a request to `/slack/events`.

        The names in ``headers`` are in lower case.
        """
        with self._ack_priority.acknowledging():
            try:
                text = body.decode()
                if not self._signed(text, headers):
                    return Answer(HTTPStatus.UNAUTHORIZED, "", {})
                asked = BoltRequest(body=text, headers=dict(headers))
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
        slack = self.slack
        return answered_once(
            slack.store, signature, lambda: self._dispatch(asked), now=slack.now
        )

    def _dispatch(self, asked: BoltRequest) -> Answer:
        found = self._bolt.dispatch(asked)
        return Answer(
            found.status, found.body or "", found.first_headers_without_set_cookie()
        )

    def connect(self) -> None:
        """Open Socket Mode in a thread.

        It tries again until Slack answers or the app is closed.
        """
        threading.Thread(target=self._connect, name="slack-socket", daemon=True).start()

    def close(self) -> None:
        """Stop answering, and finish acknowledged work."""
        self._closing.set()
        if self._socket:
            self._socket.close()  # type: ignore[no-untyped-call]
        self._acknowledge.shutdown()
        self._work.shutdown()
        self._follow_ups.close()

    def _signed(self, body: str, headers: Mapping[str, str]) -> bool:
        """Whether Slack signed the request within five minutes.

        Bolt checks this too, but only after it has read the body.
        """
        stamp = headers.get("x-slack-request-timestamp", "")
        secret = self._settings.slack_signing_secret
        if not secret or not re.fullmatch(r"[0-9]{1,12}", stamp):
            return False
        return SignatureVerifier(secret).is_valid(
            body, stamp, headers.get("x-slack-signature", "")
        )

    def _connect(self) -> None:
        wait = 1.0
        self._socket = SocketModeHandler(
            self._bolt, self._settings.slack_app_token, logger=silent()
        )
        if past_proxy(self.slack.web.client.base_url):
            self._socket.client.proxy = None
        while not self._closing.is_set():
            try:
                self._socket.connect()  # type: ignore[no-untyped-call]
            except Exception as error:  # noqa: BLE001  Slack may answer later, after any error of the library
                _log.warning(
                    "Socket Mode is not connected: %s; trying again in %.0f s",
                    error,
                    wait,
                )
                self._closing.wait(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                return

    def _listen(self) -> None:
        bolt = self._bolt
        slack = self.slack
        for action in (*actions.BUTTONS, *actions.FORMS):
            bolt.action(re.compile(rf"^{action}(:\d+)?$"))(self._clicked)
        listen(bolt, slack, self._do)
        bolt.action("until")(self._picked)
        # all other buttons are only acknowledged
        bolt.action(re.compile(".*"))(lambda ack: ack())
        for form in actions.FORMS:
            bolt.view(form)(
                self._submitted(
                    lambda sent: task_faults.faults_of(slack, sent), actions.on_submit
                )
            )
        bolt.view("launch_start")(
            self._submitted(
                lambda sent: commands.faults_of_start(slack, sent), commands.on_start
            )
        )
        bolt.command("/launch")(self._typed)
        bolt.event("app_home_opened")(self._home_opened)
        for event in EVENTS:
            bolt.event(event)(lambda ack: ack())
        bolt.error(_log_fault)

    def _clicked(self, ack: Ack, body: dict[str, object]) -> None:
        ack()
        click = Click.read(body)
        self._do(click.user, click.place, lambda: actions.on_click(self.slack, click))

    def _picked(self, ack: Ack, body: dict[str, object]) -> None:
        ack()
        click = Click.read(body)
        self._do(click.user, click.place, lambda: actions.on_pick(self.slack, click))

    def _submitted(
        self,
        check: Callable[[Submission], dict[str, str]],
        do: Callable[[SlackSession, Submission], None],
    ) -> Callable[[Ack, dict[str, object]], None]:
        slack = self.slack

        def submitted(ack: Ack, body: dict[str, object]) -> None:
            submission = Submission.read(body)
            faults = faults_of_modal(slack.store, submission, check)
            if faults:
                ack(response_action="errors", errors=faults)
                return
            ack()
            self._do(submission.user, submission.place, lambda: do(slack, submission))

        return submitted

    def _typed(self, ack: Ack, body: dict[str, object]) -> None:
        ack()
        command = Command.read(body)
        self._do(
            command.user,
            command.place,
            lambda: commands.on_command(self.slack, command),
        )

    def _home_opened(self, ack: Ack, event: dict[str, object]) -> None:
        ack()
        if event.get("tab") == "home":
            user = str(event.get("user"))
            self._do(user, ActionPlace(home=True), lambda: self.slack.show_home(user))

    def _do(self, user: str, place: ActionPlace, work: Callable[[], None]) -> None:
        """Work on an acknowledged request, and answer its user if it fails."""

        def done() -> None:
            self._ack_priority.let_pass()
            try:
                work()
            except LaunchKitsError as error:
                _log.info("not done: %s", one_line(str(error)))
                self._refuse(user, place, error)
            except Exception:  # noqa: BLE001  a fault of ours: the user gets an apology, the log the details
                _log.exception("a request from Slack failed")
                self.slack.answer(user, place, answers.apology())

        self._work.submit(done)

    def _refuse(self, user: str, place: ActionPlace, error: LaunchKitsError) -> None:
        try:
            context = self.slack.context(place.launch) if place.launch else None
        except LaunchKitsError:
            context = None
        view = reader = None
        if context:
            view = context.view
            reader = context.reader(f"#{view.channel}", now=self.slack.now())
        self.slack.answer(user, place, answers.refusal(error, view, reader=reader))


def _log_fault(error: Exception) -> None:
    """Log a fault of ours that was met before an acknowledgement; Bolt's own log is silent."""
    _log.error("a request from Slack could not be acknowledged", exc_info=error)


def _bolt(settings: Settings, client: WebClient, executor: ThreadPoolExecutor) -> App:
    """Set Bolt up without a log, and without a call to Slack at the start."""
    token = settings.slack_bot_token

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token
        )

    return App(
        client=client,
        authorize=authorize,
        signing_secret=settings.slack_signing_secret or "",
        logger=silent(),
        listener_executor=executor,
        token_verification_enabled=False,
    )
