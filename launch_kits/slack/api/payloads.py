"""What Slack sends when somebody clicks, fills a modal in, or types a command.

The parts that matter, by name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from launch_kits.slack.api.transport import Reply, items, part

__all__ = ["ActionPlace", "Click", "Command", "Submission", "as_day", "too_deep"]

#: levels of nesting in what Slack sends, several times as many as it needs
MOST_LEVELS = 50


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """What somebody acts on, and where they can be answered; a modal carries it along."""

    launch: str = ""
    task: str = ""
    #: the day asked for, where a request for more time is answered
    until: str = ""
    #: the message acted on
    channel: str = ""
    ts: str = ""
    #: takes an answer that only they see, for half an hour
    url: str = ""
    #: whether they act in the App Home, or in a message that only they see
    home: bool = False
    fleeting: bool = False

    def pack(self) -> str:
        """The place as text."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value},
            separators=(",", ":"),
        )

    @classmethod
    def unpack(cls, text: object) -> ActionPlace:
        """The place that `pack` gave; an empty one for anything else."""
        try:
            found = json.loads(text) if isinstance(text, str) else {}
        except (ValueError, RecursionError):
            found = {}
        given: Mapping[str, object] = found if isinstance(found, dict) else {}
        texts = {
            name: _text(given, name)
            for name in ("launch", "task", "until", "channel", "ts", "url")
        }
        return cls(
            **texts,
            home=given.get("home") is True,
            fleeting=given.get("fleeting") is True,
        )

    @property
    def asked_for(self) -> date | None:
        """The day asked for, or None where none is."""
        return as_day(self.until)


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed, or a day picked in a modal."""

    #: Slack's id of who did it
    user: str
    #: the button's action id, without the number that tells it from others of the same name
    action: str
    place: ActionPlace
    #: the same for the same click, however often Slack sends it
    key: str
    trigger: str
    #: the day picked, if that is what was done
    picked: str = ""
    #: the modal it was done in, with what was filled in so far
    view: str = ""
    hash: str = ""

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Click:
        """The click of a ``block_actions`` payload."""
        action = next(iter(items(body, "actions")), {})
        container, view, user = (
            part(body, "container"),
            part(body, "view"),
            _text(part(body, "user"), "id"),
        )
        launch, _, rest = _text(action, "value").partition("|")
        task, _, until = rest.partition("|")
        if view.get("type") == "modal":
            place = ActionPlace.unpack(view.get("private_metadata"))
        else:
            place = ActionPlace(
                launch=launch,
                task=task,
                until=until if as_day(until) else "",
                channel=_text(container, "channel_id")
                or _text(part(body, "channel"), "id"),
                ts=_text(container, "message_ts"),
                url=_text(body, "response_url"),
                home=view.get("type") == "home",
                fleeting=container.get("is_ephemeral") is True,
            )
        return cls(
            user=user,
            action=_text(action, "action_id").partition(":")[0],
            place=place,
            key=f"click:{user}:{_text(action, 'action_ts')}:{_text(action, 'action_id')}",
            trigger=_text(body, "trigger_id"),
            picked=_text(action, "selected_date"),
            view=_text(view, "id"),
            hash=_text(view, "hash"),
        )


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal filled in and sent."""

    user: str
    #: the modal's name
    name: str
    place: ActionPlace
    key: str
    #: the same for the same modal with the same in it, however often Slack sends it
    exact: str
    #: by the names of the inputs; what was left empty is missing
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Submission:
        """The modal of a ``view_submission`` payload."""
        view = part(body, "view")
        state = part(part(view, "state"), "values")
        filled = {name: _filled(part(part(state, name), name)) for name in state}
        key = f"modal:{_text(view, 'id')}"
        content = hashlib.sha256(
            json.dumps(sorted(filled.items())).encode()
        ).hexdigest()
        return cls(
            user=_text(part(body, "user"), "id"),
            name=_text(view, "callback_id"),
            place=ActionPlace.unpack(view.get("private_metadata")),
            key=key,
            exact=f"{key}:{content}",
            values={name: value for name, value in filled.items() if value},
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command."""

    user: str
    words: tuple[str, ...]
    place: ActionPlace
    key: str
    trigger: str

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Command:
        """The command of Slack's form."""
        trigger = _text(body, "trigger_id")
        place = ActionPlace(
            channel=_text(body, "channel_id"), url=_text(body, "response_url")
        )
        return cls(
            user=_text(body, "user_id"),
            words=tuple(_text(body, "text").split()),
            place=replace(place, fleeting=True),
            key=f"command:{trigger}",
            trigger=trigger,
        )


def too_deep(body: object) -> bool:
    """Whether something is nested deeper than anything of Slack's; looked at without recursion."""
    level = [body]
    for _ in range(MOST_LEVELS):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _filled(element: Reply) -> str:
    """What was filled into an input of whatever kind."""
    chosen = part(element, "selected_option")
    return (
        _text(element, "value")
        or _text(element, "selected_date")
        or _text(chosen, "value")
    ).strip()


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def as_day(text: str) -> date | None:
    """The day of a text in ISO 8601, or None if it is not a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
