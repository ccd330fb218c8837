"""Block Kit as Slack shows it, as HTML: to look at every golden message.

``python -m tests.slack.pictures FOLDER`` writes a page for each golden file. A browser makes
pictures of them, for example with ``chromium --headless --screenshot``. A page has the width of
its window: 700 pixels are a desktop, 360 a phone.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path

from tests.slack.messages.golden_cases import GOLDEN

Part = Mapping[str, object]

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def page(cases: Mapping[str, Sequence[object]]) -> str:
    """Return a page with each case of a golden file: its name, text and blocks."""
    body = "\n".join(
        f"<h2>{escape(name)}</h2>{_case(parts)}" for name, parts in cases.items()
    )
    head = "<meta charset=utf-8><meta name=viewport content='width=device-width'>"
    return f"<!doctype html>{head}<style>{STYLE}</style>{body}\n"


def _case(parts: Sequence[object]) -> str:
    whole = [part for part in parts if isinstance(part, Mapping)]
    if len(whole) == 1 and "blocks" in whole[0]:
        return _view(whole[0])
    text = str(parts[0])
    told = f"<div class=notification>{_shown(text)}</div>"
    return told + _message(whole)


def _message(blocks: Sequence[Part]) -> str:
    by = "<p class=by>Launch Kits <small>APP 9:00</small></p>"
    return (
        f"<div class=message><i></i><div>{by}{''.join(map(_block, blocks))}</div></div>"
    )


def _view(view: Part) -> str:
    blocks = _parts(view, "blocks")
    if "type" not in view:
        return _message(blocks)
    title, submit, close = (
        _text(view.get(key)) for key in ("title", "submit", "close")
    )
    foot = "".join(
        f"<button{kind}>{each}</button> "
        for each, kind in ((close, ""), (submit, " class=primary"))
        if each
    )
    head = f"<header>{title}</header>" if title else ""
    end = f"<footer>{foot}</footer>" if foot else ""
    return f"<div class=view>{head}{''.join(map(_block, blocks))}{end}</div>"


def _block(block: Part) -> str:
    kind = str(block["type"])
    drawn = _BLOCKS.get(kind)
    return drawn(block) if drawn else f"<p>{kind}</p>"


def _header(block: Part) -> str:
    return f"<div class=head>{_text(block['text'])}</div>"


def _actions(block: Part) -> str:
    elements = "".join(map(_element, _parts(block, "elements")))
    return f"<div class=actions>{elements}</div>"


def _context(block: Part) -> str:
    lines = " ".join(map(_text, _parts(block, "elements")))
    return f"<div class=context>{lines}</div>"


def _section(block: Part) -> str:
    fields = _parts(block, "fields")
    if fields:
        cells = "".join(f"<div>{_text(field)}</div>" for field in fields)
        return f"<div class=fields>{cells}</div>"
    beside = block.get("accessory")
    button = _element(beside) if isinstance(beside, Mapping) else ""
    return f"<section>{_text(block.get('text'))}{button}</section>"


def _rich_text(block: Part) -> str:
    return "".join(map(_rich, _parts(block, "elements")))


def _rich(part: Part) -> str:
    """A list or a line of rich text."""
    inner = "".join(map(_rich, _parts(part, "elements")))
    kind = str(part["type"])
    if kind == "rich_text_list":
        return f"<ul>{inner}</ul>"
    if kind == "rich_text_section":
        return f"<li>{inner}</li>"
    shown = _shown(str(part.get("text", "")))
    if kind == "link":
        return f"<a href='{escape(str(part['url']))}'>{shown}</a>"
    style = part.get("style")
    bold = isinstance(style, Mapping) and style.get("bold")
    return f"<b>{shown}</b>" if bold else shown


def _element(element: Part) -> str:
    if element.get("type") != "button":
        return f"<span class=menu>{_text(element.get('placeholder')) or '…'} ▾</span>"
    return (
        f"<button class='{element.get('style', '')}'>{_text(element['text'])}</button>"
    )


def _input(block: Part) -> str:
    element = block["element"]
    assert isinstance(element, Mapping)
    options = [_text(each["text"]) for each in _parts(element, "options")]
    shown = next(
        (
            str(element[key])
            for key in ("initial_value", "initial_date")
            if key in element
        ),
        " · ".join(options),
    )
    optional = " <small>(optional)</small>" if block.get("optional") else ""
    hint = f"<small>{_text(block.get('hint'))}</small>"
    label = f"<label>{_text(block['label'])}{optional}</label>"
    return f"<div class=input>{label}<i>{shown}</i>{hint}</div>"


_BLOCKS: Mapping[str, Callable[[Part], str]] = {
    "header": _header,
    "actions": _actions,
    "context": _context,
    "section": _section,
    "input": _input,
    "rich_text": _rich_text,
    "divider": lambda _: "<hr>",
}


def _parts(part: Part, key: str) -> list[Part]:
    found = part.get(key, ())
    assert isinstance(found, Sequence)
    return [each for each in found if isinstance(each, Mapping)]


def _text(text: object) -> str:
    """A text object as HTML: plain, or with Slack's bold and links."""
    if not isinstance(text, Mapping):
        return ""
    written = str(text["text"])
    if text["type"] != "mrkdwn":
        return _shown(written)
    parts = re.split(r"<(https?://[^>]+)>", written)
    return "".join(
        _link(part) if at % 2 else re.sub(r"\*([^*]+)\*", r"<b>\1</b>", _shown(part))
        for at, part in enumerate(parts)
    )


def _link(written: str) -> str:
    url, _, label = written.partition("|")
    return f"<a href='{_shown(url)}'>{_shown(label or url)}</a>"


def _shown(text: str) -> str:
    """Slack's text as HTML: its three entities are read once."""
    return escape(unescape(text))


def pages() -> Iterator[tuple[str, str]]:
    """The name and the page of each golden file."""
    for path in sorted(GOLDEN.glob("*.json")):
        yield path.stem, page(json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, html in pages():
        (target / f"{name}.html").write_text(html, encoding="utf-8")
