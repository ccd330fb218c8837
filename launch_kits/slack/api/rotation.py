"""Token rotation: bot tokens that expire, and are exchanged for the next ones.

https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlmodel import Session, select

from launch_kits.database.records import SlackToken
from launch_kits.database.store import Store
from launch_kits.settings import Settings

__all__ = ["RotatingClient"]

#: a token is exchanged so long before its end
EARLY = timedelta(minutes=30)
#: Slack's words for a token that is over
OVER = ("token_expired", "token_revoked", "invalid_auth", "account_inactive")

_log = logging.getLogger(__name__)


def _clock() -> datetime:
    return datetime.now(UTC)


class RotatingClient(WebClient):
    """Slack's client, whose token is the newest one that the database knows.

    The refresh token of the settings is exchanged at first; Slack takes each refresh token once, so
    the next one is kept in the database, where all processes find it. A new refresh token in the
    settings begins anew.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = _clock,
        **options: Any,  # noqa: ANN401  those of Slack's client
    ) -> None:
        super().__init__(token=settings.slack_bot_token, **options)
        self._settings = settings
        self._now = clock
        refresh_token = settings.slack_refresh_token or ""
        self._seed = hashlib.sha256(refresh_token.encode()).hexdigest()[:16]
        self._ends: datetime | None = None

    def api_call(self, *of: Any, **options: Any) -> SlackResponse:  # noqa: ANN401
        """Call a method with the newest token; an expired one is exchanged first.

        Raises SlackApiError, and OSError or HTTPException if Slack cannot be reached.
        """
        if self._ends is None or self._ends - self._now() < EARLY:
            self._renew(refused=None)
        used = self.token
        try:
            return super().api_call(*of, **options)
        except SlackApiError as error:
            if error.response.get("error") not in OVER:
                raise
            self._renew(refused=used)
            if self.token == used:
                raise
        return super().api_call(*of, **options)

    def _renew(self, *, refused: str | None) -> None:
        """Take the newest token, or exchange it if it ends soon or was ``refused``.

        If the exchange fails, the token stays as it is.
        """
        store = Store(self._settings.database_url)
        try:
            # one process at a time exchanges: Slack takes each refresh token once
            with store.write() as session:
                row = self._row(session)
                soon = row.expires_at - self._now() < EARLY
                if soon or row.access_token == refused:
                    self._exchange(row)
                session.add(row)
                self.token = row.access_token
                self._ends = row.expires_at
        except SlackApiError as error:
            code = error.response.get("error")
            _log.error("Slack refuses to exchange the refresh token (%s)", code)
        except (OSError, HTTPException) as error:
            _log.warning("Slack cannot be asked for a token (%s)", type(error).__name__)
        finally:
            store.close()

    def _row(self, session: Session) -> SlackToken:
        query = select(SlackToken).where(SlackToken.seed == self._seed)
        row = session.exec(query.with_for_update()).first()
        if row is not None:
            return row
        return SlackToken(
            seed=self._seed,
            access_token=self._settings.slack_bot_token or "",
            refresh_token=self._settings.slack_refresh_token or "",
            expires_at=self._now(),
        )

    def _exchange(self, row: SlackToken) -> None:
        found = WebClient(
            base_url=self.base_url,
            timeout=self.timeout,
            retry_handlers=[],
            proxy=self.proxy,
            logger=self._logger,
        ).oauth_v2_access(
            client_id=self._settings.slack_client_id or "",
            client_secret=self._settings.slack_client_secret or "",
            grant_type="refresh_token",
            refresh_token=row.refresh_token,
        )
        row.access_token = str(found["access_token"])
        row.refresh_token = str(found["refresh_token"])
        row.expires_at = self._now() + timedelta(seconds=float(found["expires_in"]))
