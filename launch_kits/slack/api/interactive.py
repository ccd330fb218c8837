"""Calls to Slack while a person waits for the answer.

Each call is tried once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from http.client import HTTPException

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Unclear, fault_of
from launch_kits.slack.api.setup import TIMEOUT, past_proxy, silent, web_client
from launch_kits.slack.api.transport import Reply

__all__ = ["Web"]


class Web:
    """The Web API for waiting people.

    It reads members, shows modals and the App Home, and sends answers that one person sees.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """``around`` is entered for each call."""
        self.client = web_client(settings)
        self._around = around

    def ask(self, method: str, **form: object) -> Reply:
        """Call a method that takes a form; raises SlackFault."""
        return self._call(method, params=form)

    def send(self, method: str, **body: object) -> Reply:
        """Call a method that takes JSON; raises SlackFault."""
        return self._call(method, json=body)

    def answer(self, url: str, **body: object) -> None:
        """Answer a click or a command at its response URL; raises SlackFault."""
        from slack_sdk.webhook import WebhookClient

        hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=silent())
        if past_proxy(url):
            hook.proxy = None
        try:
            with self._around():
                answered = hook.send_dict(dict(body))
        except (OSError, HTTPException) as error:
            raise Unclear(
                f"cannot send an answer to Slack ({type(error).__name__})"
            ) from error
        if answered.status_code != HTTPStatus.OK:
            raise fault_of(
                "response_url",
                status=answered.status_code,
                headers=answered.headers,
                reply={"error": "no"},
            )

    def _call(
        self,
        method: str,
        *,
        params: dict[str, object] | None = None,
        json: dict[str, object] | None = None,
    ) -> Reply:
        from slack_sdk.errors import SlackApiError

        try:
            with self._around():
                answer = self.client.api_call(method, params=params, json=json)
        except SlackApiError as error:
            refusal = error.response
            raise fault_of(
                method,
                status=refusal.status_code,
                headers=refusal.headers,
                reply=refusal.data if isinstance(refusal.data, dict) else {},
            ) from None
        except (OSError, HTTPException) as error:
            raise Unclear(
                f"cannot call {method} of Slack ({type(error).__name__})"
            ) from error
        return answer.data if isinstance(answer.data, dict) else {}
