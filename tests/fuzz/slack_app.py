"""Signed requests to the Slack app: none is answered by a failure, or leads to one."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import strategies as st

from launch_kits.database.store import Store
from launch_kits.slack.api import transport
from launch_kits.slack.api.payloads import Click, Command, Submission
from launch_kits.slack.inbound.forms import CLICKS
from tests.fuzz.guard import guarded, loopback_only
from tests.fuzz.hostile import json_texts, mangled
from tests.launches import LEAD, LEGAL, NOW, PMM, SLUG, opened
from tests.slack.office import Office, office
from tests.slack.workspace import signature

__all__ = ["Slack", "small_office"]

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
#: what is sent to a modal, by the names of its inputs
FILLED = {
    "task_done": {
        "link": {"type": "url_text_input", "value": "https://x.example/a"},
        "note": {"value": "It is there"},
    },
    "task_block": {"reason": {"value": "The law"}, "by": {"value": "Lou"}},
    "task_extend": {
        "until": {"type": "datepicker", "selected_date": "2027-01-20"},
        "reason": {"value": "Longer"},
    },
    "task_reject": {"reason": {"value": "No"}},
    "task_decide": {"decision": {"selected_option": {"value": "no-go"}}},
    "task_reassign": {"owner": {"type": "users_select", "selected_user": "U3"}},
    "task_edit": {
        "title": {"value": "The story"},
        "days": {"type": "number_input", "value": "4"},
        "due": {"selected_date": "2027-01-29"},
        "after": {"selected_options": [{"value": "research"}]},
        "checklist": {"value": "One\nTwo"},
    },
    "task_drop": {"note": {"value": "Not needed"}},
    "task_tick": {"points-0": {"selected_options": [{"value": "x"}]}},
    "gate_check": {"link": {"value": "https://x.example/a"}},
    "gate_waive": {
        "until": {"selected_date": "2027-01-20"},
        "note": {"value": "Soon"},
    },
    "launch_move": {"launch_on": {"selected_date": "2027-02-16"}},
    "launch_add": {
        "title": {"value": "Press kit"},
        "role": {"selected_option": {"value": "legal"}},
        "days": {"value": "2"},
        "before": {"selected_options": [{"value": "training"}]},
    },
    "launch_cancel": {"note": {"value": "No market"}},
    **{key: {} for key in ("task_edit_now", "launch_move_now", "launch_add_now")},
    "launch_start": {
        "product": {"value": "Kestrel 1"},
        "launch": {"value": "kestrel-1"},
        "lead": {"value": LEAD},
        "launch_on": {"selected_date": "2027-09-07"},
        "timezone": {"value": "UTC"},
        "channel": {"value": "kestrel"},
        "kit": {"selected_option": {"value": "quiet_release"}},
        "tier": {"selected_option": {"value": "3"}},
        "market": {"selected_option": {"value": "b2b"}},
        "company": {"selected_option": {"value": "startup"}},
    },
}
WORDS = [
    "",
    "help",
    "status",
    f"status {SLUG}",
    "mine",
    "start",
    f"done {SLUG} positioning https://x.example",
    "gates",
    f"move {SLUG}",
    "add falcon",
    "hlep",
]
DATABASE = "launch-kits.db"
PLACE = {
    "launch": SLUG,
    "task": "positioning",
    "channel": "C9",
    "ts": "1.1",
    "stage": "story",
    "check": "everybody-tells-it",
    "reader": LEAD,
}
#: the values that the previews of forms carry
WANTED = {
    "task_edit_now": {"title": "The story", "days": "4", "after": "research"},
    "launch_move_now": {"launch_on": "2027-02-16", "anyway": "yes"},
    "launch_add_now": {"title": "Press kit", "role": "legal", "days": "2"},
}


def _clicks() -> Iterator[dict[str, Any]]:
    for action in (
        "task_begin",
        "task_done",
        "task_open",
        "task_extend",
        "task_approve",
        "task_ack",
        *CLICKS,
        "else",
    ):
        button = {
            "type": "button",
            "action_id": action,
            "block_id": "b",
            "value": f"{SLUG}|positioning",
            "action_ts": "1.1",
        }
        yield {
            "type": "block_actions",
            "user": {"id": "U2"},
            "trigger_id": "t1",
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "C9"},
            "channel": {"id": "C9"},
            "team": {"id": "T1"},
            "actions": [button],
        }
    picked = {
        "type": "datepicker",
        "action_id": "until",
        "block_id": "until",
        "selected_date": "2027-01-20",
    }
    view = {
        "type": "modal",
        "id": "V1",
        "hash": "h",
        "private_metadata": json.dumps(PLACE),
    }
    yield {
        "type": "block_actions",
        "user": {"id": "U2"},
        "trigger_id": "t",
        "team": {"id": "T1"},
        "actions": [picked],
        "view": view,
    }


def _submissions() -> Iterator[dict[str, Any]]:
    for name, inputs in FILLED.items():
        values = {key: {key: value} for key, value in inputs.items()}
        view = {
            "type": "modal",
            "id": "V1",
            "callback_id": name,
            "private_metadata": json.dumps(
                {**PLACE, **({"wanted": WANTED[name]} if name in WANTED else {})}
            ),
        }
        yield {
            "type": "view_submission",
            "user": {"id": "U2"},
            "team": {"id": "T1"},
            "view": {**view, "state": {"values": values}},
        }


def _asked() -> Iterator[dict[str, Any]]:
    """Everything that Slack sends, as a form or as JSON."""
    yield from ({"payload": payload} for payload in (*_clicks(), *_submissions()))
    for text in WORDS:
        form = {
            "command": "/launch",
            "text": text,
            "user_id": "U2",
            "channel_id": "C9",
            "trigger_id": "t1",
        }
        yield {"form": {**form, "team_id": "T1"}}
    event = {"type": "app_home_opened", "user": "U2", "tab": "home", "channel": "D1"}
    yield {
        "json": {
            "type": "event_callback",
            "event": event,
            "event_id": "Ev1",
            "team_id": "T1",
        }
    }
    reply = {
        "type": "message",
        "user": "U2",
        "channel": "DU2",
        "channel_type": "im",
        "ts": "2.1",
        "thread_ts": "1.1",
        "text": "See <https://x.example/a|this>",
    }
    yield {
        "json": {
            "type": "event_callback",
            "event": reply,
            "event_id": "Ev2",
            "team_id": "T1",
        }
    }
    yield {"json": {"type": "url_verification", "challenge": "abc"}}


class Slack:
    """Tries one signed request at the Slack app of a small launch, each time as it was opened."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / DATABASE
        self._template = folder / "template.db"
        self._stack = ExitStack()
        self._office = self._stack.enter_context(small_office(folder))
        self._office.store.close()
        shutil.copyfile(self._database, self._template)
        for asked in _asked():
            self.run(json.dumps(asked).encode())

    @staticmethod
    def made() -> st.SearchStrategy[bytes]:
        """Hostile requests, signed as Slack's."""
        raw = st.one_of(
            st.binary(max_size=60),
            st.sampled_from([*map(_body, _asked())]).flatmap(mangled),
        )
        spoilt = raw.map(
            lambda body: json.dumps({"raw": body.decode("latin-1")}).encode()
        )
        made = json_texts(list(_asked())).map(lambda text: text.encode())
        return st.one_of(made, made, made, made, spoilt)

    def run(self, given: bytes) -> None:
        """Read it under guard, then send it to the app."""
        body, kind = _as_sent(given)
        _read(body)
        self._begin_anew()
        with _no_failure_logged(), loopback_only():
            answered = self._office.app.answer(
                body, {"content-type": kind, **signature(body)}
            )
            self._office.settle()
        assert answered.status < 500, answered

    def close(self) -> None:
        """Close the office."""
        self._stack.close()

    def _begin_anew(self) -> None:
        self._office.store.close()
        for file in self._database.parent.glob(f"{self._database.name}*"):
            file.unlink()
        shutil.copyfile(self._template, self._database)
        self._office.slack.calls.clear()


@contextmanager
def small_office(folder: Path) -> Iterator[Office]:
    """The small launch, and the app.

    Other tests try the steps after a change, which take long.
    """
    store = Store(f"sqlite:///{folder / DATABASE}")
    pace, transport.PACE = transport.PACE, 0
    try:
        opened(store)
        with office(folder, store, LEAD, PMM, LEGAL, now=NOW) as here:
            here.app.slack.later = lambda _: None
            yield here
    finally:
        transport.PACE = pace
        store.close()


def _as_sent(given: bytes) -> tuple[bytes, str]:
    """The body of a kept or generated request, and its content type.

    ``{"payload" | "form" | "json" | "raw": …}``.
    """
    text = given.decode("utf-8", "surrogatepass")
    for kind in ("payload", "json"):
        # not read and written again: what JSON cannot say is the point
        start = f'{{"{kind}": '
        if text.startswith(start):
            inner = text.strip().removeprefix(start).removesuffix("}")
            return (
                (urlencode({"payload": inner}).encode(), FORM)
                if kind == "payload"
                else (inner.encode(), JSON)
            )
    try:
        asked = json.loads(text)
    except ValueError:
        return text.encode("utf-8", "surrogatepass"), FORM
    if isinstance(asked, dict) and isinstance(asked.get("form"), dict):
        return urlencode(
            {str(key): str(value) for key, value in asked["form"].items()},
            errors="replace",
        ).encode(), FORM
    raw = asked.get("raw") if isinstance(asked, dict) else None
    return (raw if isinstance(raw, str) else text).encode("latin-1", "replace"), FORM


def _body(asked: dict[str, Any]) -> bytes:
    return _as_sent(json.dumps(asked).encode())[0]


def _read(body: bytes) -> None:
    """A body is read without any other source."""
    with guarded():
        # as text, as the app reads it: JSON in bytes may be in any of Unicode's encodings
        text = body.decode("utf-8", "replace")
        form = dict(parse_qsl(text))
        Command.read(form)
        try:
            payload = json.loads(form.get("payload") or text)
        except (ValueError, RecursionError):
            return
        if isinstance(payload, dict):
            Command.read(payload)
            Submission.read(payload)
            Click.read(payload)


@contextmanager
def _no_failure_logged() -> Iterator[None]:
    """Raise the error that a thread only logged."""
    failed: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = lambda record: failed.append(record) if record.exc_info else None  # type: ignore[method-assign]
    logger = logging.getLogger("launch_kits")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    for record in failed:
        if record.exc_info and record.exc_info[1]:
            raise record.exc_info[1]
