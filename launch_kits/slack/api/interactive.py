"""What is asked of Slack while somebody waits for an answer.

One try each, and nothing is sent again.
"""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPException

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Unclear, fault_of
from launch_kits.slack.api.setup import TIMEOUT, past_proxy, silent, web_client
from launch_kits.slack.api.transport import Reply

__all__ = ["Web"]


class Web:
    """The Web API for those who wait.

    People, modals, the App Home, and answers that only one person sees.
    """

    def __init__(self, settings: Settings) -> None:
        self.client = web_client(settings)

    def ask(self, method: str, **form: object) -> Reply:
        """A method that takes a form; raises SlackFault."""
        return self._call(method, params=form)

    def send(self, method: str, **body: object) -> Reply:
        """A method that takes JSON; raises SlackFault."""
        return self._call(method, json=body)

    def answer(self, url: str, **body: object) -> None:
        """Answer a click or a command at the address that came with it; raises SlackFault."""
        from slack_sdk.webhook import WebhookClient

        hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=silent())
        if past_proxy(url):
            hook.proxy = None
        try:
            answered = hook.send_dict(dict(body))
        except (OSError, HTTPException) as error:
            raise Unclear(
                f"Slack could not be answered ({type(error).__name__})"
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
            answer = self.client.api_call(method, params=params, json=json)
        except SlackApiError as error:
            said = error.response
            reply = said.data if isinstance(said.data, dict) else {}
            raise fault_of(
                method, status=said.status_code, headers=said.headers, reply=reply
            ) from None
        except (OSError, HTTPException) as error:
            raise Unclear(
                f"Slack could not be asked for {method} ({type(error).__name__})"
            ) from error
        return answer.data if isinstance(answer.data, dict) else {}
