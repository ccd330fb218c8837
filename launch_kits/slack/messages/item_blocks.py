"""Lists of a message in Block Kit, each line with its link and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from launch_kits.slack.messages.blocks import Block, buttons
from launch_kits.slack.messages.text import fit
from launch_kits.slack.messages.told_apart import told_apart
from launch_kits.views.notices.message import Item, ItemGroup, Subject
from launch_kits.views.notices.text import clean

__all__ = ["item_blocks"]

#: characters of a line, so that all lines stay below the limit of a message
LONG = 240
#: the text of a link below the sentence
LINKED = "The message about the task"


def item_blocks(
    groups: Iterable[ItemGroup], *, value: Callable[[Subject], str]
) -> list[Block]:
    """Return a title and a list for each group; a line with buttons is a block of its own.

    Lines are rich text, in which nothing is formatted, and a link can stand for a whole line.
    ``value`` gives the value of the buttons about a task.
    """
    blocks: list[Block] = []
    for group in groups:
        if group.items:
            blocks += _group(group, value)
    return told_apart(blocks)


def _group(group: ItemGroup, value: Callable[[Subject], str]) -> list[Block]:
    if group.told:
        return [block for item in group.items for block in _below_sentence(item, value)]
    blocks: list[Block] = [
        _rich([_section([_text(group.title, style={"bold": True})])])
    ]
    plain: list[Item] = []
    for item in group.items:
        if item.actions and item.subject:
            blocks += [*_listed(plain), _rich([_list([item])])]
            shown = buttons(item.actions, value=value(item.subject))
            blocks += [shown] if shown else []
            plain = []
        else:
            plain.append(item)
    if group.more:
        plain.append(Item(text=group.rest))
    return [*blocks, *_listed(plain)]


def _below_sentence(item: Item, value: Callable[[Subject], str]) -> list[Block]:
    """Return the buttons and the link of a line that the sentence above says."""
    found = (
        [_rich([_section([_line(replace(item, text=LINKED))])])] if item.link else []
    )
    shown = buttons(item.actions, value=value(item.subject)) if item.subject else None
    return [shown, *found] if shown else found


def _listed(items: Sequence[Item]) -> list[Block]:
    return [_rich([_list(items)])] if items else []


def _rich(elements: Sequence[Block]) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _list(items: Iterable[Item]) -> Block:
    return {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [_section([_line(item)]) for item in items],
    }


def _section(elements: Sequence[Block]) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def _line(item: Item) -> Block:
    if item.link is None:
        return _text(item.text)
    return {"type": "link", "url": item.link, "text": fit(clean(item.text), LONG)}


def _text(text: str, *, style: Block | None = None) -> Block:
    found: Block = {"type": "text", "text": fit(clean(text), LONG)}
    return {**found, "style": style} if style else found
