"""Slack's Events API: what people do outside of buttons and forms, told to the app.

https://docs.slack.dev/apis/events-api
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tests.slack.signing import Send, signature
from tests.slack.stand_in_members import APP_BOT, APP_USER

if TYPE_CHECKING:
    from tests.slack.workspace import Workspace


class Events:
    """The deeds of people that Slack tells as events, each signed."""

    slack: Workspace
    send: Send
    _numbers: Iterator[int]

    def event(self, inner: Mapping[str, Any], **outer: Any) -> dict[str, Any]:
        """Send an event; returns the payload, so that it can be sent again."""
        payload = self.told(inner, **outer)
        self.send_event(payload)
        return payload

    def told(self, inner: Mapping[str, Any], **outer: Any) -> dict[str, Any]:
        """An event in its envelope."""
        slack = self.slack
        installed = {
            "enterprise_id": slack.enterprise_id,
            "team_id": slack.team_id,
            "user_id": APP_USER,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        now = time.time()
        return {
            "type": "event_callback",
            "team_id": slack.team_id,
            **({"enterprise_id": slack.enterprise_id} if slack.enterprise_id else {}),
            "api_app_id": "A1",
            "event_id": f"Ev{next(self._numbers)}",
            "event_time": int(now),
            "authorizations": [installed],
            "is_ext_shared_channel": False,
            "event": {"event_ts": f"{now:.6f}", **inner},
            **outer,
        }

    def send_event(self, payload: Mapping[str, Any], **headers: str) -> tuple[int, str]:
        body = json.dumps(payload).encode()
        status, said = self.send(
            body, {**signature(body), "content-type": "application/json", **headers}
        )
        assert status == 200, said
        return status, said

    def open_home(self, email: str, *, tab: str = "home") -> None:
        """Open the app's Home."""
        self.event(
            {
                "type": "app_home_opened",
                "user": self.slack.people[email],
                "tab": tab,
                "channel": "D1",
            },
            **self._home_of(email),
        )

    def write(
        self, email: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> dict[str, Any]:
        """Write a message; returns the event's payload. The text is as Slack sends it: escaped."""
        said = self.slack.say(email, channel, text, thread_ts=thread_ts)
        return self.event(
            {
                "type": "message",
                **said,
                "channel": channel,
                "channel_type": _kind(channel),
                "team": self.slack.team_of(email),
                "user_team": self.slack.team_of(email),
            },
            **self._home_of(email),
        )

    def delete(self, channel: str, ts: str) -> dict[str, Any]:
        """Delete a message; returns the event's payload.

        Slack tells of one that others answer as a change into a tombstone.
        """
        before = self.slack.delete(channel, ts)
        place = {
            "type": "message",
            "channel": channel,
            "channel_type": _kind(channel),
            "hidden": True,
            "ts": f"{time.time():.6f}",
            "previous_message": {"type": "message", **before},
        }
        left = self.slack.channels[channel].messages.get(ts)
        if left is None:
            return self.event({**place, "subtype": "message_deleted", "deleted_ts": ts})
        changed = {"type": "message", "thread_ts": ts, **left}
        return self.event({**place, "subtype": "message_changed", "message": changed})

    def rename(self, channel: str, name: str) -> dict[str, Any]:
        """Rename a channel; returns the event's payload."""
        self.slack.rename(channel, name)
        private = self.slack.channels[channel].private
        renamed = {"id": channel, "name": name, "created": int(time.time())}
        kind = "group_rename" if private else "channel_rename"
        return self.event({"type": kind, "channel": renamed})

    def share(self, channel: str, *, shared: bool = True) -> dict[str, Any]:
        """Let another organisation join a channel, or leave it; returns the event's payload."""
        self.slack.channels[channel].foreign = shared
        kind = "channel_shared" if shared else "channel_unshared"
        told = {"channel": channel, "previously_connected_team_id": "E9"}
        told = {"channel": channel, "connected_team_id": "E9"} if shared else told
        return self.event({"type": kind, **told})

    def change(self, email: str, **facts: Any) -> dict[str, Any]:
        """Let a member's profile or part in the workspace change; returns the event's payload."""
        self.slack.make(email, **facts)
        told = self.slack.user_object(email)
        return self.event({"type": "user_change", "user": told, "cache_ts": 1})

    def share_link(
        self, email: str, channel: str, url: str, *, ts: str = "1.1"
    ) -> dict[str, Any]:
        """Write a link to one of the app's domains; returns the event's payload."""
        domain = url.partition("://")[2].partition("/")[0]
        self.slack.links[f"{channel}.{ts}"] = [url]
        return self.event(
            {
                "type": "link_shared",
                "user": self.slack.people[email],
                "channel": channel,
                "message_ts": ts,
                "unfurl_id": f"{channel}.{ts}",
                "source": "conversations_history",
                "is_bot_user_member": True,
                "links": [{"domain": domain, "url": url}],
            },
            **self._home_of(email),
        )

    def open_object(self, email: str, url: str, *, trigger: str = "T.1") -> None:
        """Open the Work Object of a page, from anywhere in Slack."""
        domain = url.partition("://")[2].partition("/")[0]
        self.event(
            {
                "type": "entity_details_requested",
                "user": self.slack.people[email],
                "trigger_id": trigger,
                "user_locale": "en-US",
                "entity_url": url,
                "app_unfurl_url": url,
                "link": {"url": url, "domain": domain},
            },
            **self._home_of(email),
        )

    def revoke_tokens(self) -> dict[str, Any]:
        """Revoke the app's tokens; returns the event's payload."""
        self.slack.expire("token_revoked")
        tokens = {"oauth": [], "bot": [APP_USER]}
        return self.event({"type": "tokens_revoked", "tokens": tokens})

    def _home_of(self, email: str) -> dict[str, Any]:
        """Marks of an event by a member of another workspace."""
        if self.slack.team_of(email) == self.slack.team_id:
            return {}
        return {
            "is_ext_shared_channel": True,
            "context_team_id": self.slack.team_of(email),
        }


def by_the_app(message: Mapping[str, Any], channel: str) -> dict[str, Any]:
    """The event of a message that the app itself wrote."""
    return {
        "type": "message",
        **message,
        "channel": channel,
        "channel_type": _kind(channel),
        "user": APP_USER,
        "bot_id": APP_BOT,
    }


def _kind(channel: str) -> str:
    return "im" if channel.startswith("D") else "channel"
