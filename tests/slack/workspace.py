"""A workspace whose people click, fill in and type.

Signed requests to the app, and its calls of Slack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.slack.block_kit import problems, problems_of_view
from tests.slack.events import Events
from tests.slack.signing import SECRET, Send, signature
from tests.slack.stand_in import Refusal, StandIn
from tests.slack.stand_in_entities import problems_of_entity

__all__ = ["SECRET", "People", "Send", "Workspace", "over_http", "signature", "typed"]


class Workspace(StandIn):
    """The stand-in with people, modals, App Homes and answers that one person sees."""

    def __init__(self, *people: str, **more: Any) -> None:
        super().__init__(*people, **more)
        #: the views shown, newest last: (user or trigger or view id, view)
        self.modals: list[tuple[str, dict[str, Any]]] = []
        self.homes: list[tuple[str, dict[str, Any]]] = []
        self.updated: list[tuple[str, dict[str, Any]]] = []
        #: triggers of the modals that were laid over another
        self.pushed: list[str] = []
        #: texts that only one person saw, by any way
        self.told: list[dict[str, Any]] = []
        #: trigger → whether it was used; those of other origin are not counted
        self.triggers: dict[str, bool] = {}
        #: id of a message with links, as `chat.unfurl` takes it → the links, and their previews
        self.links: dict[str, list[str]] = {}
        self.unfurls: dict[str, dict[str, Any]] = {}
        #: whether the app has Work Objects; those below a message, by link; and what people opened,
        #: by trigger
        self.has_objects = False
        self.objects: dict[str, dict[str, Any]] = {}
        self.opened: dict[str, dict[str, Any]] = {}

    @property
    def response_url(self) -> str:
        return f"{self.url}response_url"

    def answer(self, method: str, sent: dict[str, Any], token: str) -> dict[str, Any]:
        if method == "response_url":
            return self._response_url(**sent)
        return super().answer(method, sent, token)

    def _response_url(
        self, text: str, blocks: object, **rest: object
    ) -> dict[str, Any]:
        assert rest == {
            "response_type": "ephemeral",
            "replace_original": False,
            "parse": "none",
        }
        return self._tell(text, blocks)

    def _tell(self, text: str, blocks: object) -> dict[str, Any]:
        assert text.strip()
        if found := problems(blocks):
            raise Refusal("invalid_blocks", errors=found)
        self.told.append({"text": text, "blocks": blocks})
        return {"ok": True}

    def _views_open(self, trigger_id: str, view: dict[str, Any]) -> dict[str, Any]:
        self._use(trigger_id)
        return self._show(self.modals, trigger_id, view)

    def _views_push(self, trigger_id: str, view: dict[str, Any]) -> dict[str, Any]:
        """Lay a modal over the one in which the trigger arose."""
        self._use(trigger_id)
        self.pushed.append(trigger_id)
        return self._show(self.modals, trigger_id, view)

    def _use(self, trigger: str) -> None:
        if self.triggers.get(trigger):
            raise Refusal("exchanged_trigger_id")
        if trigger in self.triggers:
            self.triggers[trigger] = True

    def _views_update(
        self,
        view_id: str,
        view: dict[str, Any],
        hash: str = "",  # noqa: A002
    ) -> dict[str, Any]:
        return self._show(self.updated, view_id, view)

    def _views_publish(self, user_id: str, view: dict[str, Any]) -> dict[str, Any]:
        return self._show(self.homes, user_id, view)

    def _show(
        self, shown: list[tuple[str, dict[str, Any]]], key: str, view: dict[str, Any]
    ) -> dict[str, Any]:
        if found := problems_of_view(view):
            raise Refusal("invalid_arguments", errors=found)
        shown.append((key, view))
        return {"view": {"id": f"V{len(shown)}"}}

    def _chat_unfurl(
        self,
        unfurls: dict[str, dict[str, Any]] | None = None,
        metadata: dict[str, Any] | None = None,
        unfurl_id: str = "",
        source: str = "",
    ) -> dict[str, Any]:
        """Show previews below a message: each link is one of it, as it was written."""
        if source not in ("composer", "conversations_history"):
            raise Refusal("invalid_source")
        if unfurl_id not in self.links:
            raise Refusal("invalid_unfurl_id")
        if metadata is not None:
            return self._show_objects(unfurl_id, **metadata)
        if unfurls is None or not set(unfurls) <= set(self.links[unfurl_id]):
            raise Refusal("cannot_unfurl_url")
        for preview in unfurls.values():
            if set(preview) != {"blocks"}:
                raise Refusal("invalid_unfurls_format")
            if found := problems(preview["blocks"]):
                raise Refusal("invalid_blocks", errors=found)
        self.unfurls.setdefault(unfurl_id, {}).update(unfurls)
        return {}

    def _show_objects(
        self, unfurl_id: str, entities: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Show Work Objects; those that do not fit are dropped, which only a warning tells."""
        found = [
            fault
            for entity in entities
            for fault in problems_of_entity(entity, link=True)
        ]
        if not self.has_objects or found:
            told = {"messages": found}
            return {"warning": "invalid_metadata_format", "response_metadata": told}
        urls = {entity["app_unfurl_url"]: entity for entity in entities}
        if not set(urls) <= set(self.links[unfurl_id]):
            raise Refusal("cannot_unfurl_url")
        self.objects.update(urls)
        return {}

    def _entity_presentDetails(  # noqa: N802
        self,
        trigger_id: str,
        metadata: dict[str, Any] | None = None,
        error: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Show a person what they opened, or why it is not shown."""
        if not self.has_objects:
            raise Refusal("feature_not_enabled")
        self._use(trigger_id)
        if error is not None:
            assert error["status"] in ("restricted", "internal_error", "not_found")
            self.opened[trigger_id] = error
            return {}
        if found := problems_of_entity(metadata, link=False):
            raise Refusal("invalid_metadata", errors=found)
        assert metadata is not None
        refs = [each["external_ref"] for each in self.objects.values()]
        if metadata["external_ref"] not in refs:
            raise Refusal("entity_metadata_does_not_match_trigger")
        self.opened[trigger_id] = metadata
        return {}

    def _chat_postEphemeral(  # noqa: N802
        self, channel: str, user: str, text: str, blocks: object, parse: str
    ) -> dict[str, Any]:
        self._channel(channel)
        return self._tell(text, blocks)

    def _chat_update(
        self, channel: str, ts: str, text: str, blocks: object, **rest: Any
    ) -> dict[str, Any]:
        kept = self._channel(channel).messages.get(ts, {}).get("metadata")
        return super()._chat_update(
            channel, ts, text, blocks, **{"metadata": kept, **rest}
        )


@dataclass
class People(Events):
    """Those who use Slack; every request of theirs is signed, and goes through ``send``."""

    slack: Workspace
    send: Send

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def click(self, email: str, action: str, value: str, **more: Any) -> dict[str, Any]:
        """Press a button of a message; gives the payload, so that it can be sent again."""
        payload = self.pressed(email, action, value, **more)
        self.post(payload)
        return payload

    def press(
        self, email: str, message: Mapping[str, Any], action: str, *, channel: str
    ) -> dict[str, Any]:
        """Press a button that a message has."""
        buttons = [
            each
            for block in message["blocks"]
            if block["type"] == "actions"
            for each in block["elements"]
        ]
        value = next(each["value"] for each in buttons if each["action_id"] == action)
        return self.click(email, action, value, channel=channel, ts=message["ts"])

    def pressed(
        self,
        email: str,
        action: str,
        value: str,
        *,
        channel: str = "",
        ts: str = "",
        **more: Any,
    ) -> Any:
        number = next(self._numbers)
        given = {
            "type": "button",
            "action_id": action,
            "block_id": "b",
            "value": value,
            "action_ts": f"1.{number}",
        }
        place = (
            {"channel": {"id": channel}, "response_url": self.slack.response_url}
            if channel
            else {}
        )
        return {
            "type": "block_actions",
            **self._who(email),
            "trigger_id": self._trigger(number),
            "container": {"type": "message", "message_ts": ts, "channel_id": channel},
            "actions": [given],
            **place,
            **more,
        }

    def pick(self, email: str, view: Mapping[str, Any], day: str) -> None:
        """Pick a day in a modal."""
        action = {
            "type": "datepicker",
            "action_id": "until",
            "block_id": "until",
            "selected_date": day,
        }
        shown = {**view, "id": "V1", "hash": "h1"}
        given = {
            "actions": [{**action, "action_ts": f"1.{next(self._numbers)}"}],
            "view": shown,
        }
        self.post(
            {
                "type": "block_actions",
                **self._who(email),
                "trigger_id": "t",
                "container": {},
            }
            | given
        )

    def fill(
        self, email: str, view: Mapping[str, Any], **values: str
    ) -> dict[str, Any]:
        """Fill in a modal and send it; returns the answer."""
        status, body = self.post(self.filled(email, view, **values))
        assert status == 200
        answered: dict[str, Any] = json.loads(body) if body else {}
        return answered

    def filled(
        self, email: str, view: Mapping[str, Any], **values: str
    ) -> dict[str, Any]:
        number = next(self._numbers)
        inputs = {
            block["block_id"]: block["element"]
            for block in view["blocks"]
            if block["type"] == "input"
        }
        assert set(values) <= set(inputs)
        state = {
            name: {name: self._state(element, values.get(name))}
            for name, element in inputs.items()
        }
        return {
            "type": "view_submission",
            **self._who(email),
            "trigger_id": self._trigger(number),
            "view": {
                **view,
                "id": f"V{number}",
                "team_id": self.slack.team_id,
                "state": {"values": state},
            },
        }

    def type(self, email: str, text: str) -> None:
        """Type ``/launch`` and some words."""
        self.signed(self.commanded(email, text))

    def commanded(self, email: str, text: str) -> dict[str, str]:
        """The form that Slack sends for a command. The text is as Slack sends it: escaped."""
        slack = self.slack
        organisation = (
            {"enterprise_id": slack.enterprise_id} if slack.enterprise_id else {}
        )
        return {
            "command": "/launch",
            "text": text,
            "user_id": slack.people[email],
            "channel_id": "C9",
            "team_id": slack.team_of(email),
            "team_domain": "stand-in",
            **organisation,
            "trigger_id": self._trigger(next(self._numbers)),
            "response_url": slack.response_url,
        }

    def _who(self, email: str) -> dict[str, Any]:
        """The member and the workspace of a payload, as Slack names them."""
        slack = self.slack
        team = self.slack.team_of(email)
        organisation = slack.enterprise_id
        return {
            "user": {"id": slack.people[email], "team_id": team},
            "team": {"id": team, "domain": "stand-in"},
            "enterprise": {"id": organisation} if organisation else None,
            "is_enterprise_install": False,
        }

    def _trigger(self, number: int) -> str:
        self.slack.triggers[f"t{number}"] = False
        return f"t{number}"

    def _state(self, element: Mapping[str, Any], value: str | None) -> dict[str, Any]:
        """An input as Slack sends it: the entered value, or the initial one."""
        kind = element["type"]
        if kind == "users_select":
            chosen = self.slack.people.get(value or "") or element.get("initial_user")
            return {"type": kind, "selected_user": chosen}
        if kind == "datepicker":
            return {"type": kind, "selected_date": value or element.get("initial_date")}
        if kind in ("static_select", "radio_buttons"):
            options = element["options"]
            option = next(
                (option for option in options if option["value"] == value),
                element.get("initial_option"),
            )
            return {"type": kind, "selected_option": option}
        if kind in ("checkboxes", "multi_static_select"):
            if value is None:
                initial = element.get("initial_options", [])
                return {"type": kind, "selected_options": initial}
            wanted = value.split(",")
            ticked = [each for each in element["options"] if each["value"] in wanted]
            return {"type": kind, "selected_options": ticked}
        return {"type": kind, "value": value or element.get("initial_value")}

    def post(self, payload: Mapping[str, Any]) -> tuple[int, str]:
        return self.signed({"payload": json.dumps(payload)})

    def signed(self, form: Mapping[str, str]) -> tuple[int, str]:
        body = urlencode(form).encode()
        status, said = self.send(
            body,
            {**signature(body), "content-type": "application/x-www-form-urlencoded"},
        )
        assert status == 200, said
        return status, said


def over_http(url: str) -> Send:
    """Sends over a real port."""

    def send(body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        # a connection that is kept would be closed by no test
        with httpx.Client(timeout=300, trust_env=False) as client:
            answer = client.post(url, content=body, headers=dict(headers))
        return answer.status_code, answer.text

    return send


def typed(text: str) -> str:
    """A text as Slack sends it after a person typed it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
