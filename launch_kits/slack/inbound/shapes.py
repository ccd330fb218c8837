"""The shapes of the payloads that Slack sends, as far as Bolt and the app rely on them.

A signed request of another shape is refused before Bolt sees it.
"""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

__all__ = ["well_shaped"]

#: the kinds of payload that tell of a modal
VIEWS = frozenset({"view_submission", "view_closed"})


class _PayloadPart(BaseModel):
    """A part of a payload; keys that no one reads may hold anything."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Named(_PayloadPart):
    id: str | None = None
    enterprise_id: str | None = None
    team_id: str | None = None


class _Located(_PayloadPart):
    """The keys in which Bolt looks for the workspace, the user and the channel."""

    user: str | _Named | None = None
    team: str | _Named | None = None
    enterprise: str | _Named | None = None
    channel: str | _Named | None = None
    user_id: str | None = None
    team_id: str | None = None
    enterprise_id: str | None = None
    channel_id: str | None = None
    thread_ts: str | None = None


class _Event(_Located):
    type: str
    subtype: str | None = None
    channel_type: str | None = None
    tab: str | None = None
    bot_id: str | None = None
    message: _Located | None = None
    previous_message: _Located | None = None
    item: _Located | None = None
    assistant_thread: _Located | None = None


def _an_object(text: str) -> str:
    try:
        sound = not text or isinstance(json.loads(text), dict)
    except RecursionError:
        sound = False
    if not sound:
        raise ValueError("no object in JSON")
    return text


class _State(_PayloadPart):
    #: the inputs of a modal, by block and by action
    values: dict[str, dict[str, dict[str, object]]] = Field(default={})


class _View(_PayloadPart):
    type: str
    id: str | None = None
    callback_id: str | None = None
    app_installed_team_id: str | None = None
    team_id: str | None = None
    #: the place that the app wrote into its modal
    private_metadata: Annotated[str, AfterValidator(_an_object)] | None = None
    state: _State | None = None


class _Action(_PayloadPart):
    action_id: str
    block_id: str | None = None


class _ResponseUrl(_PayloadPart):
    response_url: str


class _Payload(_Located):
    type: str | None = None
    command: str | None = None
    callback_id: str | None = None
    response_url: str | None = None
    response_urls: list[_ResponseUrl] = Field(default=[])
    authorizations: list[_Located] | None = None
    event: _Event = _Event(type="")
    view: _View | None = None
    actions: list[_Action] | None = Field(default=None, min_length=1)
    message: _Located | None = None
    previous_message: _Located | None = None
    item: _Located | None = None
    assistant_thread: _Located | None = None
    function_data: dict[str, object] | None = None


def well_shaped(body: object) -> bool:
    """Whether a payload has the shape of one of Slack's."""
    try:
        payload = _Payload.model_validate(body)
    except ValidationError:
        return False
    if payload.type in VIEWS:
        return payload.view is not None
    return payload.type != "block_actions" or payload.actions is not None
