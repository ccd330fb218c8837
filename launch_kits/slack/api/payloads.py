"""The payloads of clicks, modals and commands, reduced to the needed fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from launch_kits.slack.api.transport import Reply, items, part
from launch_kits.slack.api.typed import plain, unescaped

__all__ = ["ActionPlace", "Click", "Command", "Submission", "as_day", "too_deep"]

#: the parts of a place that name the subject of an action
_SUBJECT = ("launch", "task", "until", "stage", "check")
#: the deepest nesting that is accepted, several times as deep as Slack's own payloads
MOST_LEVELS = 50


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """The target of an action and the place for its answer; modals carry it."""

    launch: str = ""
    task: str = ""
    #: the requested day, if the action answers a request for more time
    until: str = ""
    #: the stage of a gate, and the key of its check
    stage: str = ""
    check: str = ""
    #: the channel and timestamp of the clicked message
    channel: str = ""
    ts: str = ""
    #: accepts answers that one person sees, for half an hour
    url: str = ""
    #: whether the action is in the App Home
    home: bool = False
    #: whether the action is in a message that one person sees
    fleeting: bool = False
    #: the email for whose reader a preview is written
    reader: str = ""
    #: the values of the form whose preview this is, by the names of its inputs
    wanted: Mapping[str, str] = field(default_factory=dict)

    def pack(self) -> str:
        """The place as JSON, for `unpack`."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value},
            separators=(",", ":"),
            ensure_ascii=False,
        )

    @classmethod
    def unpack(cls, text: object) -> ActionPlace:
        """Read the text of `pack`; returns an empty place for any other text."""
        try:
            found = json.loads(text) if isinstance(text, str) else {}
        except (ValueError, RecursionError):
            found = {}
        given: Mapping[str, object] = found if isinstance(found, dict) else {}
        texts = {
            name: _text(given, name)
            for name in (*_SUBJECT, "channel", "ts", "url", "reader")
        }
        wanted = part(given, "wanted")
        return cls(
            **texts,
            home=given.get("home") is True,
            fleeting=given.get("fleeting") is True,
            wanted={name: _text(wanted, name) for name in wanted},
        )

    def about(self, value: str) -> ActionPlace:
        """The same place, with the subject that a button's value names.

        The value is ``launch|task|until``, or the JSON of `pack`.
        """
        if value.startswith("{"):
            named = ActionPlace.unpack(value)
            given = {name: getattr(named, name) for name in _SUBJECT}
            return replace(self, **{name: each for name, each in given.items() if each})
        launch, _, rest = value.partition("|")
        task, _, until = rest.partition("|")
        return replace(
            self, launch=launch, task=task, until=until if as_day(until) else ""
        )

    @property
    def asked_for(self) -> date | None:
        """The requested day, if there is one."""
        return as_day(self.until)


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed, or a day picked in a modal."""

    #: the user's Slack id
    user: str
    #: the button's action id, without the number that makes it unique
    action: str
    place: ActionPlace
    #: equal if Slack sends the same click again
    key: str
    trigger: str
    #: the button's value, as it was sent
    value: str = ""
    #: the picked day, if a day was picked
    picked: str = ""
    #: the id and hash of the modal, if the click was in one
    view: str = ""
    hash: str = ""
    #: whether it was in a modal
    in_modal: bool = False

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Click:
        """Read the click of a ``block_actions`` payload."""
        action = next(iter(items(body, "actions")), {})
        container = part(body, "container")
        view = part(body, "view")
        user = _text(part(body, "user"), "id")
        value = _text(action, "value")
        if view.get("type") == "modal":
            place = ActionPlace.unpack(view.get("private_metadata"))
            if value.startswith("{"):
                place = place.about(value)
        else:
            place = ActionPlace(
                channel=_text(container, "channel_id")
                or _text(part(body, "channel"), "id"),
                ts=_text(container, "message_ts"),
                url=_text(body, "response_url"),
                home=view.get("type") == "home",
                fleeting=container.get("is_ephemeral") is True,
            ).about(value)
        return cls(
            user=user,
            action=_text(action, "action_id").partition(":")[0],
            place=place,
            key=f"click:{user}:{_text(action, 'action_ts')}:{_text(action, 'action_id')}",
            trigger=_text(body, "trigger_id"),
            value=_text(action, "value"),
            picked=_text(action, "selected_date"),
            view=_text(view, "id"),
            hash=_text(view, "hash"),
            in_modal=view.get("type") == "modal",
        )


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted modal."""

    user: str
    #: the modal's name
    name: str
    place: ActionPlace
    key: str
    #: tells two contents of the same modal apart
    digest: str
    #: by the names of the inputs; empty inputs are missing
    values: Mapping[str, str] = field(default_factory=dict)
    #: the name of the first input, whether it is filled or not; empty if there is none
    first: str = ""
    #: the ids of the members picked, by the names of the inputs
    members: Mapping[str, str] = field(default_factory=dict)
    #: the id of the modal below; empty if there is none
    below: str = ""

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Submission:
        """Read the modal of a ``view_submission`` payload."""
        view = part(body, "view")
        state = part(part(view, "state"), "values")
        filled = {name: _filled(part(part(state, name), name)) for name in state}
        content = hashlib.sha256(
            json.dumps(sorted(filled.items())).encode()
        ).hexdigest()
        return cls(
            user=_text(part(body, "user"), "id"),
            name=_text(view, "callback_id"),
            place=ActionPlace.unpack(view.get("private_metadata")),
            key=f"modal:{_text(view, 'id')}",
            digest=content,
            values={name: value for name, value in filled.items() if value},
            first=next(iter(filled), ""),
            members={
                name: member
                for name in state
                if (member := _text(part(part(state, name), name), "selected_user"))
            },
            below=_text(view, "previous_view_id"),
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
        """Read the command of a form that Slack sends."""
        trigger = _text(body, "trigger_id")
        place = ActionPlace(
            channel=_text(body, "channel_id"), url=_text(body, "response_url")
        )
        return cls(
            user=_text(body, "user_id"),
            words=tuple(plain(_text(body, "text")).split()),
            place=replace(place, fleeting=True),
            key=f"command:{trigger}",
            trigger=trigger,
        )


def too_deep(body: object) -> bool:
    """Whether a value is nested too deeply; checked without recursion."""
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
    """The value of an input of any kind; those of ticked boxes have commas between them."""
    chosen = part(element, "selected_option")
    ticked = element.get("selected_options")
    if isinstance(ticked, list):
        values = (_text(box, "value") for box in ticked if isinstance(box, dict))
        return ",".join(filter(None, values))
    return (
        unescaped(_text(element, "value"))
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
