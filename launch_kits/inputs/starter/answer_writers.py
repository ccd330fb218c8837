"""Writers of answers: the words of a person as a value in YAML, on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.links import public_link
from launch_kits.inputs.patterns import CURRENCY, short_key, slug_of
from launch_kits.inputs.starter.answers import (
    read_attribute,
    read_line,
    read_name,
    read_person,
)

__all__ = [
    "only",
    "write_attributes",
    "write_competitors",
    "write_goal",
    "write_link",
    "write_next",
    "write_person",
    "write_persona",
    "write_price",
    "write_question",
    "write_text",
]

#: an answer → its value in YAML; raises ValueError
Write = Callable[[str], str]
#: writer of answers → the kind of answer that it takes
Shapes = Mapping[Write, str]


def only(write: Write, example: str) -> Write:
    """A writer that refuses answers to other questions.

    Writers of free words would take any answer, such as a goal for a persona. ``example`` is an
    answer to this question.
    """

    def checked(written: str) -> str:
        for other, kind in _SHAPES.get(write, {}).items():
            if _takes(other, written):
                raise ValueError(
                    f'"{written.strip()}" reads as {kind}, which is not asked for here; '
                    f"use a value like {example}"
                )
        return write(written)

    return checked


def _takes(write: Write, written: str) -> bool:
    try:
        write(written)
    except ValueError:
        return False
    return True


def write_text(written: str) -> str:
    """A text as one line."""
    return _quoted(read_line(written))


def write_link(written: str) -> str:
    """A link to a public page."""
    return _quoted(public_link(read_line(written)))


def write_competitors(written: str) -> str:
    """Competitors, separated by commas."""
    names = [read_name(name) for name in written.split(",")]
    return _flow(
        {"key": slug_of(name, otherwise=f"competitor-{at}"), "name": name}
        for at, name in enumerate(dict.fromkeys(names), 1)
    )


def write_attributes(written: str) -> str:
    """Attributes with their values, separated by semicolons."""
    items: list[dict[str, object]] = []
    for at, each in enumerate(written.split(";"), 1):
        text, value = read_attribute(each)
        key = short_key(text, otherwise=f"attribute-{at}")
        items.append({"key": key, "text": text, "value": value})
    return _flow(items)


def write_price(written: str) -> str:
    """A plan and its price, such as ``Team: 49 USD``."""
    plan, colon, price = read_line(written).partition(": ")
    if not colon or not price.strip():
        raise ValueError(
            f'"{written.strip()}" has no price; use a value like Team: 49 USD'
        )
    amount, _, currency = price.strip().partition(" ")
    try:
        figure = float(amount)
    except ValueError:
        return _flow([{"plan": plan, "text": price.strip()}])
    if not re.fullmatch(CURRENCY, currency):
        raise ValueError(
            f'"{price.strip()}" has no currency; use a value like Team: 49 USD'
        )
    return _flow([{"plan": plan, "amount": figure, "currency": currency}])


def write_goal(written: str) -> str:
    """A goal, such as ``upgrades: 40 % by 2027-04-01``."""
    metric, colon, rest = read_line(written).partition(": ")
    target, by, day = rest.rpartition(" by ")
    if not (colon and by):
        raise ValueError(
            f'"{written.strip()}" has no target and day; '
            "use a value like customers who upgraded: 40 % by 2027-04-01"
        )
    try:
        reached: object = float(target)
    except ValueError:
        reached = target
    return _flow([{"metric": metric, "target": reached, "by": date.fromisoformat(day)}])


def write_persona(written: str) -> str:
    """A persona, such as ``Engineer: upgrades, memory``."""
    name, _, cares = read_line(written).partition(": ")
    cared = [each.strip() for each in cares.split(",") if each.strip()]
    if not cared:
        raise ValueError(
            f'"{written.strip()}" has no topics; '
            "use a value like Platform engineer: upgrades, memory"
        )
    return _flow(
        [{"key": slug_of(name, otherwise="user"), "name": name, "cares_about": cared}]
    )


def write_question(written: str) -> str:
    """A question with the answer that customers may read."""
    ask, mark, answer = read_line(written).partition("? ")
    if not mark or not answer.strip():
        raise ValueError(
            f'"{written.strip()}" has no answer; '
            "use a value like Can I go back? Only with a backup."
        )
    read_by = Audience.CUSTOMER.value
    return _flow([{"ask": f"{ask}?", "answer": answer.strip(), "audience": read_by}])


def write_next(written: str) -> str:
    """The words of a step and its link."""
    text, _, url = read_line(written).rpartition(" ")
    if not text:
        raise ValueError("write the words and the link: Try it https://example.com/try")
    return _mapping({"text": text, "url": public_link(url)})


def write_person(written: str) -> str:
    """A person, such as ``Pia <pia@example.com> 0.5``."""
    held = read_person(written)
    person: dict[str, object] = {"name": held.name, "email": held.email}
    if held.capacity:
        person["capacity"] = held.capacity
    return _mapping(person)


def _quoted(text: str) -> str:
    """A text in double quotes as YAML and JSON both have it."""
    return json.dumps(text, ensure_ascii=False)


def _mapping(value: Mapping[str, object]) -> str:
    inside = ", ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    return f"{{{inside}}}"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date):
        return value.isoformat()
    return _quoted(str(value))


def _flow(items: Iterator[dict[str, object]] | Sequence[dict[str, object]]) -> str:
    return f"[{', '.join(_mapping(item) for item in items)}]"


_FIGURE: Shapes = {write_goal: "a goal with its day", write_person: "a person"}
_OTHER: Shapes = {
    write_question: "a question with its answer",
    write_next: "a step with its link",
}
#: writer of free words → the writers of another shape, whose answers it does not take
_SHAPES: Mapping[Write, Shapes] = {
    write_text: _FIGURE,
    write_price: _FIGURE,
    write_competitors: {**_FIGURE, **_OTHER},
    write_attributes: {**_FIGURE, **_OTHER},
    write_persona: {**_FIGURE, **_OTHER},
}
