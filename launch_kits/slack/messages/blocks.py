"""A message in Slack's Block Kit, built within its limits from values that are never trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from launch_kits.inputs.links import is_web_link
from launch_kits.slack.messages.text import escape, fit, width
from launch_kits.views.notices.message import Action, Row
from launch_kits.views.notices.text import clean, cut

__all__ = [
    "MOST_VALUE",
    "Block",
    "Message",
    "button",
    "button_id",
    "buttons",
    "buttons_of",
    "context",
    "first_line",
    "header",
    "message",
    "paragraph",
    "rows",
]

#: one block, or a part of one, as it goes over the wire
Block = dict[str, object]

# https://docs.slack.dev/reference/block-kit: the limits of Slack
MOST_BLOCKS = 50
MOST_HEADER = 150
MOST_SECTION = 3000
MOST_FIELD = 2000
MOST_FIELDS = 10
MOST_BUTTON = 75
MOST_VALUE = 2000
# and those of readers: Slack refuses a whole message above some 12,000 characters
LONG = 1200
SHORT = 300
#: `chat.update` takes 4,000 characters of text, fewer than `chat.postMessage`
MOST_TEXT = 2500


@dataclass(frozen=True, slots=True)
class Message:
    """A message of Slack: a complete sentence, the blocks, and the ids of its buttons."""

    #: escaped for Slack; notifications, screen readers and the console show it instead of the
    #: blocks
    text: str
    blocks: tuple[Block, ...]
    actions: tuple[str, ...] = ()


def message(
    text: str, blocks: Iterable[Block | None], *, actions: Sequence[Action] = ()
) -> Message:
    """Return a message of the blocks that are not None.

    Blocks beyond the limit are cut off at the end, buttons last of all.
    """
    present = [block for block in blocks if block is not None]
    over = len(present) - MOST_BLOCKS
    if over > 0:
        loose = [at for at, block in enumerate(present) if block["type"] != "actions"]
        cut_off = set(loose[-over:])
        present = [block for at, block in enumerate(present) if at not in cut_off]
    return Message(fit(text, MOST_TEXT), tuple(present), tuple(map(button_id, actions)))


def header(title: str) -> Block:
    """A title, exactly as it was written: Slack formats nothing in it."""
    return {"type": "header", "text": _plain(clean(title), MOST_HEADER)}


def paragraph(text: str, *, most: int = MOST_SECTION) -> Block:
    """Running text of at most so many characters.

    Line breaks are kept, nothing in it is formatted.
    """
    lines = "\n".join(clean(line) if line.strip() else "" for line in text.splitlines())
    return {"type": "section", "text": _plain(lines.strip() or clean(""), most)}


def first_line(sentence: str) -> Block:
    """The first line of a message, the same as its text."""
    return paragraph(sentence, most=MOST_TEXT)


def context(text: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [_plain(clean(text), LONG)]}


def rows(table: Iterable[Row | None]) -> list[Block]:
    """Labels on the left, values on the right.

    A value is a text object of its own and never Slack's markup, since Slack has no way to escape
    ``*`` or a backtick.
    """
    fields: list[Block] = []
    for row in table:
        if row is None or not row.value:
            continue
        fields += [
            {"type": "mrkdwn", "text": f"*{row.label}*", "verbatim": True},
            _value(row),
        ]
    return [
        {"type": "section", "fields": fields[at : at + MOST_FIELDS]}
        for at in range(0, len(fields), MOST_FIELDS)
    ]


def buttons(actions: Sequence[Action], *, value: str) -> Block | None:
    """The buttons of a message, all with the same value.

    None without any. Raises ValueError for a value too long.
    """
    if not actions:
        return None
    return {
        "type": "actions",
        "elements": [_button(action, value) for action in actions],
    }


def buttons_of(named: Sequence[tuple[str, str]], *, value: str) -> Block:
    """Buttons by action id and label, all with the same value; at least one."""
    elements = [button(name, label, value) for name, label in named]
    return {"type": "actions", "elements": elements}


def button(name: str, label: str, value: str, *, style: str | None = None) -> Block:
    """One button by its action id.

    Raises ValueError for a value too long.
    """
    if len(value) > MOST_VALUE:
        raise ValueError(
            f"a button's value has {len(value)} characters; Slack takes {MOST_VALUE}"
        )
    element: Block = {
        "type": "button",
        "action_id": name,
        "text": _plain(clean(label), MOST_BUTTON),
        "value": value,
    }
    return {**element, "style": style} if style else element


def button_id(action: Action) -> str:
    """Return the stable id of an action's button, such as ``task_begin``.

    Actions that are not about a task, such as ``desk_answer``, have their whole id as name.
    """
    if action.name.startswith(("card_", "desk_", "launch_")):
        return action.name
    return f"task_{action.name}"


def _button(action: Action, value: str) -> Block:
    return button(button_id(action), action.label, value, style=action.style)


def _value(row: Row) -> Block:
    if len(row.value) == 1 and (link := _link(row)):
        return {"type": "mrkdwn", "text": link, "verbatim": True}
    most = SHORT if len(row.value) == 1 else LONG
    return _plain("\n".join(cut(clean(line), SHORT) for line in row.value), most)


def _link(row: Row) -> str | None:
    """Return a row's line as a link in Slack's markup, or None if it is no safe one."""
    if row.link:
        url = _url(row.value[0])
        return f"<{url}>" if url else None
    url = _url(row.address) if row.address else None
    label = clean(row.value[0])
    # a label of other characters could be read as markup
    plain = re.fullmatch(r"[\w. -]+", label) and not label.startswith("_")
    return f"<{url}|{label}>" if url and plain else None


#: the address of an app's Home tab
_HOME = re.compile(r"slack://app\?team=[A-Z0-9]+&id=[A-Z0-9]+&tab=home")


def _url(text: str) -> str | None:
    """Return a web address, or the one of the Home tab, if it is safe in Slack's markup."""
    if _HOME.fullmatch(text):
        return escape(text)
    if not is_web_link(text) or clean(text) != text:
        return None
    url = escape(text)
    return url if width(url) <= LONG - len("<>") else None


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": fit(text, limit), "emoji": False}
