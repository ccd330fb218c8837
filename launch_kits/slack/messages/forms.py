"""Views in Slack's Block Kit: modals with their inputs, and the App Home, within Slack's limits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date

from launch_kits.slack.messages.blocks import Block
from launch_kits.slack.messages.text import fit, width
from launch_kits.views.notices.text import clean

__all__ = [
    "View",
    "checkboxes",
    "choice",
    "choices",
    "date_input",
    "email_input",
    "home",
    "link_input",
    "member_input",
    "modal",
    "number_input",
    "radio_buttons",
    "text_input",
]

#: a modal or an App Home as it goes over the wire
View = dict[str, object]

# https://docs.slack.dev/reference/views and /reference/block-kit/block-elements
MOST_BLOCKS = 100
MOST_TITLE = 24
MOST_PRIVATE = 3000
MOST_OPTIONS = 100
MOST_OPTION = 75
MOST_BOXES = 10
MOST_LABEL = 200
MOST_HINT = 300
MOST_INPUT = 3000


def modal(
    title: str,
    blocks: Iterable[Block | None],
    *,
    name: str,
    private: str,
    submit: str | None = None,
    close: str,
) -> View:
    """Return a modal; ``name`` and the invisible ``private`` come back with its values.

    Raises ValueError if ``private`` is longer than Slack takes.
    """
    if width(private) > MOST_PRIVATE:
        raise ValueError(
            f"a modal carries {len(private)} characters; Slack takes {MOST_PRIVATE}"
        )
    view: View = {
        "type": "modal",
        "callback_id": name,
        "private_metadata": private,
        "title": _plain(title, MOST_TITLE),
        "close": _plain(close, MOST_TITLE),
        "blocks": _present(blocks),
    }
    if submit:
        view["submit"] = _plain(submit, MOST_TITLE)
    return view


def home(blocks: Iterable[Block | None]) -> View:
    """An App Home; more than Slack takes is cut off at the end."""
    return {"type": "home", "blocks": _present(blocks)}


def text_input(
    name: str,
    label: str,
    *,
    optional: bool = False,
    lines: bool = False,
    initial: str = "",
    most: int = MOST_INPUT,
    hint: str = "",
) -> Block:
    """A field for text, on one line or several."""
    element: Block = {
        "type": "plain_text_input",
        "multiline": lines,
        "max_length": most,
    }
    return _input(
        name, label, element | _initial(initial, most), optional=optional, hint=hint
    )


def link_input(
    name: str, label: str, *, optional: bool = True, hint: str = ""
) -> Block:
    """A field for an address of the web."""
    return _input(name, label, {"type": "url_text_input"}, optional=optional, hint=hint)


def email_input(name: str, label: str, *, initial: str = "", hint: str = "") -> Block:
    """A field for an email address."""
    return _input(
        name,
        label,
        {"type": "email_text_input", **_initial(initial, MOST_INPUT)},
        hint=hint,
    )


def date_input(
    name: str,
    label: str,
    *,
    initial: date | None = None,
    told: bool = False,
    optional: bool = False,
    hint: str = "",
) -> Block:
    """A date picker.

    ``told`` asks Slack to tell of the day as soon as it is picked, before anything is sent.
    """
    element: Block = {"type": "datepicker"}
    if initial:
        element["initial_date"] = initial.isoformat()
    return _input(name, label, element, optional=optional, hint=hint) | (
        {"dispatch_action": True} if told else {}
    )


def choice(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    hint: str = "",
) -> Block:
    """A menu of values with their labels; the first is chosen if ``initial`` is none of them."""
    offered = _options(options[:MOST_OPTIONS])
    chosen = next(
        (option for option in offered if option["value"] == initial), offered[0]
    )
    return _input(
        name,
        label,
        {"type": "static_select", "options": offered, "initial_option": chosen},
        hint=hint,
    )


def checkboxes(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    ticked: Container[str] = (),
    hint: str = "",
) -> Block | None:
    """Boxes of values with their labels, of which ``ticked`` are; None without any."""
    offered = _options(options[:MOST_BOXES])
    if not offered:
        return None
    element: Block = {"type": "checkboxes", "options": offered}
    chosen = [option for option in offered if option["value"] in ticked]
    if chosen:
        element["initial_options"] = chosen
    return _input(name, label, element, optional=True, hint=hint)


def radio_buttons(
    name: str, label: str, options: Sequence[tuple[str, str]], *, hint: str = ""
) -> Block:
    """Values with their labels, one of which has to be chosen."""
    element: Block = {"type": "radio_buttons", "options": _options(options)}
    return _input(name, label, element, hint=hint)


def choices(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: Container[str] = (),
    hint: str = "",
) -> Block | None:
    """A menu in which several values can be chosen; None without any."""
    offered = _options(options[:MOST_OPTIONS])
    if not offered:
        return None
    element: Block = {"type": "multi_static_select", "options": offered}
    initial = [option for option in offered if option["value"] in chosen]
    if initial:
        element["initial_options"] = initial
    return _input(name, label, element, optional=True, hint=hint)


def number_input(
    name: str, label: str, *, initial: int, most: int, hint: str = ""
) -> Block:
    """A field for a whole number from 0."""
    element: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": str(most),
        "initial_value": str(initial),
    }
    return _input(name, label, element, hint=hint)


def member_input(
    name: str, label: str, *, optional: bool = False, hint: str = ""
) -> Block:
    """A picker of a member of the workspace."""
    return _input(name, label, {"type": "users_select"}, optional=optional, hint=hint)


def _input(
    name: str, label: str, element: Block, *, optional: bool = False, hint: str = ""
) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, MOST_LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    if hint:
        block["hint"] = _plain(hint, MOST_HINT)
    return block


def _options(options: Sequence[tuple[str, str]]) -> list[Block]:
    return [
        {"text": _plain(shown, MOST_OPTION), "value": value} for value, shown in options
    ]


def _initial(value: str, most: int) -> Block:
    """Return the present value of a field, as it comes back.

    Neither escaped nor cleaned, or else not there at all.
    """
    fits = bool(value) and width(value) <= most
    plain = all(clean(line) == line for line in value.split("\n"))
    return {"initial_value": value} if fits and plain else {}


def _present(blocks: Iterable[Block | None]) -> list[Block]:
    return [block for block in blocks if block is not None][:MOST_BLOCKS]


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": fit(clean(text), limit), "emoji": False}
