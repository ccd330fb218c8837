"""The parts that a brief still lacks, the most useful first, and how each answer is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.links import public_link
from launch_kits.inputs.patterns import CURRENCY, slug_of
from launch_kits.inputs.starter.answers import (
    read_attribute,
    read_line,
    read_name,
    read_person,
)
from launch_kits.inputs.yaml_source import Location

__all__ = ["Missing", "missing_parts"]

#: an answer → its value in YAML; raises ValueError
Write = Callable[[str], str]
#: writer of answers → the kind of answer that it takes
Shapes = Mapping[Write, str]


class Missing(NamedTuple):
    """A part of a brief that is not there yet."""

    #: the key in the file, and those around it
    where: Location
    question: str
    #: the documents that are poorer without it
    used_in: str
    #: an answer → the value in YAML, on one line; raises ValueError
    write: Callable[[str], str]
    #: an answer, for those who write it into the file themselves
    example: str


def missing_parts(brief: Brief, kit: Kit) -> Iterator[Missing]:
    """Yield the parts that a brief lacks, the most useful first.

    The kit tells which roles there are. Only keys that are not in the brief at all are asked for.
    """
    for part in _PARTS:
        if not _is_there(brief, part.where):
            yield part._replace(write=_own(part))
    held = set(brief.team)
    for role in kit.roles():
        if role not in held and role != LEAD:
            yield Missing(
                ("team", role),
                f"Who holds the role {role}, such as Pia <pia@example.com>",
                "the tasks of this role, which the lead has so far",
                _person,
                "Pia <pia@example.com>",
            )


def _own(part: Missing) -> Callable[[str], str]:
    """The writer of a part, which refuses an answer to another part.

    Parts of free words would take any answer, such as a goal for a persona.
    """

    def write(written: str) -> str:
        for shape, kind in _SHAPES.get(part.write, {}).items():
            if _reads(shape, written):
                raise ValueError(
                    f'"{written.strip()}" reads as {kind}, which is not asked for here; '
                    f"use a value like {part.example}"
                )
        return part.write(written)

    return write


def _reads(write: Callable[[str], str], written: str) -> bool:
    try:
        write(written)
    except ValueError:
        return False
    return True


def _is_there(brief: Brief, where: Location) -> bool:
    value: object = brief
    for key in where:
        value = getattr(value, str(key), None)
    return value not in (None, (), {}, "")


def _text(written: str) -> str:
    return _quoted(read_line(written))


def _link(written: str) -> str:
    return _quoted(public_link(read_line(written)))


def _competitors(written: str) -> str:
    names = [read_name(name) for name in written.split(",")]
    return _flow(
        {"key": slug_of(name, otherwise=f"competitor-{at}"), "name": name}
        for at, name in enumerate(dict.fromkeys(names), 1)
    )


def _attributes(written: str) -> str:
    items: list[dict[str, object]] = []
    for at, each in enumerate(written.split(";"), 1):
        text, value = read_attribute(each)
        key = slug_of(text, otherwise=f"attribute-{at}")[:40].strip("-")
        items.append({"key": key, "text": text, "value": value})
    return _flow(items)


def _price(written: str) -> str:
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


def _goal(written: str) -> str:
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


def _persona(written: str) -> str:
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


def _question(written: str) -> str:
    ask, mark, answer = read_line(written).partition("? ")
    if not mark or not answer.strip():
        raise ValueError(
            f'"{written.strip()}" has no answer; '
            "use a value like Can I go back? Only with a backup."
        )
    read_by = Audience.CUSTOMER.value
    return _flow([{"ask": f"{ask}?", "answer": answer.strip(), "audience": read_by}])


def _next(written: str) -> str:
    text, _, url = read_line(written).rpartition(" ")
    if not text:
        raise ValueError("write the words and the link: Try it https://example.com/try")
    return _mapping({"text": text, "url": public_link(url)})


def _person(written: str) -> str:
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


_FIGURE: Shapes = {_goal: "a goal with its day", _person: "a person"}
_OTHER: Shapes = {
    _question: "a question with its answer",
    _next: "a step with its link",
}
#: writer of free words → the writers of another shape, whose answers it does not take
_SHAPES: Mapping[Write, Shapes] = {
    _text: _FIGURE,
    _price: _FIGURE,
    _competitors: {**_FIGURE, **_OTHER},
    _attributes: {**_FIGURE, **_OTHER},
    _persona: {**_FIGURE, **_OTHER},
}

_PARTS: Sequence[Missing] = (
    Missing(
        ("summary",),
        "Its purpose, in one sentence",
        "nearly every document",
        _text,
        "The data store that grows without a rewrite.",
    ),
    Missing(
        ("positioning", "category"),
        "The kind of thing it is, in the singular",
        "positioning, messages, press release",
        _text,
        "in-memory data store",
    ),
    Missing(
        ("positioning", "need"),
        "The need of the best-fit customer, completing “who …”",
        "positioning statement",
        _text,
        "must stay on a permissive licence",
    ),
    Missing(
        ("positioning", "benefit"),
        "The key benefit, completing “that …”",
        "positioning, messages",
        _text,
        "grows without a rewrite",
    ),
    Missing(
        ("positioning", "customers"),
        "The customers that it is for, such as “teams that …”",
        "documents for customers",
        _text,
        "teams that shard a large cluster under load",
    ),
    Missing(
        ("positioning", "alternatives"),
        "Competitors and other choices of customers, separated by commas",
        "battlecards, objections, comparison",
        _competitors,
        "Borealis, Cirrus",
    ),
    Missing(
        ("positioning", "attributes"),
        "Up to three attributes that only you have, each with its value, separated by ;",
        "every document that says why",
        _attributes,
        "Permissive licence: Legal reads it once; Atomic moves: No lost night",
    ),
    Missing(
        ("pricing",),
        "A plan and its price",
        "pricing, FAQ, product page",
        _price,
        "Team: 49 USD",
    ),
    Missing(
        ("goals",),
        "A figure to reach, and the day",
        "business case, metrics, launch plan",
        _goal,
        "customers who upgraded: 40 % by 2027-04-01",
    ),
    Missing(
        ("personas",),
        "A kind of reader or buyer, and their topics",
        "personas, messages, demo",
        _persona,
        "Platform engineer: upgrades, memory",
    ),
    Missing(
        ("faq",),
        "A question that customers will ask, with the answer that they may read",
        "FAQ for sellers and customers",
        _question,
        "Can I go back? Only with a backup.",
    ),
    Missing(
        ("links", "next"),
        "The step that a reader is asked to take, with its link",
        "announcement, one-pager, mail",
        _next,
        "Try it https://example.com/try",
    ),
    Missing(
        ("links", "product"),
        "The product's page",
        "press release, announcement",
        _link,
        "https://example.com/atlas",
    ),
    Missing(
        ("brand", "name"),
        "The company's name",
        "press release, every title page",
        _text,
        "Example",
    ),
    Missing(
        ("brand", "about"),
        "The paragraph about the company",
        "press release",
        _text,
        "Example makes data stores for payments.",
    ),
    Missing(
        ("press", "place"),
        "The place of the press release",
        "press release",
        _text,
        "Berlin",
    ),
)
