"""The questions of `init`: the answers for a first brief."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.cli.interview import NONE, Interview, unless_none
from launch_kits.cli.options import say
from launch_kits.errors import InputError, Refused, suggest
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.inputs.kit import Kit
    from launch_kits.inputs.starter.answers import Answers, Holder

__all__ = ["answers_for", "own_timezone"]

#: the kit that is suggested
USUAL_KIT = "major_release"
#: a link to the time zone of the machine
LOCALTIME = Path("/etc/localtime")
#: kit → market and company that its launches usually have, if they are not the defaults
USUAL: Mapping[str, Mapping[str, str]] = {
    "b2c_launch": {"market": "b2c"},
    "startup_launch": {"company": "startup"},
}
#: the words of these keys
WORDS: Mapping[str, tuple[str, ...]] = {
    "market": ("b2b", "b2c", "both"),
    "company": ("enterprise", "startup"),
    "goods": ("software", "physical"),
}
#: more are not remembered by a customer
MOST_ATTRIBUTES = 3


def answers_for(
    interview: Interview, directory: Path
) -> tuple[Answers, Kit, Mapping[str, str]]:
    """The answers except the launch day, which the rest suggests; the kit; its copy."""
    from launch_kits.inputs.starter import answers as reading
    from launch_kits.inputs.starter.own_kit import beside_the_brief

    take = interview.take
    product = take(
        "product", "Product and version, as customers will read it", reading.read_name
    )
    summary = take(
        "summary",
        "What it does, in one sentence",
        unless_none(reading.read_line),
        default=NONE,
    )
    chosen, kit = _kit(interview)
    name, copied = beside_the_brief(chosen, directory)
    usual = USUAL.get(kit.kit, {})
    market, company, goods = (
        _kind(interview, key, usual.get(key)) for key in ("market", "company", "goods")
    )
    lead = take("lead", "Who answers for the launch: name", reading.read_name)
    email = take("email", "Their email, by which Slack finds them", reading.read_email)
    answers = reading.Answers(
        product,
        name,
        interview.now.date(),
        lead,
        email,
        summary,
        market=market,
        company=company,
        goods=goods,
    )
    answers = _staffed(interview, answers, kit)
    return _positioned(interview, answers), kit, copied


def _staffed(interview: Interview, answers: Answers, kit: Kit) -> Answers:
    """The answers with capacity, people, time zone and holidays."""
    from launch_kits.inputs.starter import answers as reading

    capacity = interview.take(
        "capacity",
        "Part of their working day for this launch, such as 0.5",
        unless_none(reading.read_capacity),
        default=NONE,
    )
    people = _people(interview, kit)
    timezone = interview.take(
        "timezone", "Time zone", reading.read_timezone, default=own_timezone()
    )
    holidays = interview.take(
        "holidays",
        "Country of the public holidays",
        unless_none(reading.read_country),
        default=_country_of(timezone) or NONE,
    )
    return replace(
        answers,
        capacity=capacity,
        people=people,
        timezone=timezone,
        holidays=holidays,
        launch_on=interview.today(timezone),
    )


def _positioned(interview: Interview, answers: Answers) -> Answers:
    """The answers with competitors, category, need, benefit and attributes."""
    from launch_kits.inputs.starter import answers as reading

    take = interview.take
    line = unless_none(reading.read_line)
    rivals = interview.take_each(
        "competitor", "A competitor's name", reading.read_names
    )
    return replace(
        answers,
        competitors=tuple(chain.from_iterable(rivals)),
        category=take(
            "category", "The kind of thing it is, in the singular", line, default=NONE
        ),
        need=take(
            "need", "Its customers are people or teams who …", line, default=NONE
        ),
        benefit=take("benefit", "It is a product that …", line, default=NONE),
        attributes=interview.take_each(
            "attribute",
            "An attribute that only you have, and its value, as `attribute: value`",
            reading.read_attribute,
            most=MOST_ATTRIBUTES,
        ),
    )


def _kind(interview: Interview, key: str, usual: str | None) -> str | None:
    """The market, company or goods; None for the default, which needs no line."""
    words = WORDS[key]

    def read(text: str) -> str:
        if text.strip() not in words:
            raise ValueError(
                f'"{text}" is not one of {", ".join(words)}{suggest(text, words)}'
            )
        return text.strip()

    given = interview.given.get(key)
    if given is None and not (key == "goods" and interview.asks):
        # the kit tells; only the goods are asked for
        return usual
    question = f"Goods: {' or '.join(words)}"
    found = interview.take(key, question, read, default=usual or words[0])
    return None if found == words[0] and usual is None else found


def _people(interview: Interview, kit: Kit) -> Mapping[str, Holder]:
    """The people of the kit's roles; a role that the lead holds is left out."""
    from launch_kits.inputs.base import LEAD
    from launch_kits.inputs.starter.answers import read_person

    given: dict[str, str] = {}
    for written in interview.several.get("role", ()):
        role, equals, person = written.partition("=")
        if not equals or role.strip() not in kit.roles():
            known = [each for each in kit.roles() if each != LEAD]
            raise Refused(
                f'--role: "{written}" names no role of the kit{suggest(role, known)}; '
                f"write ROLE=Pia <pia@example.com>, of the roles {', '.join(known)}"
            )
        given[role.strip()] = person
    found: dict[str, Holder] = {}
    asks = interview.asks and not given
    if asks:
        say(
            "Who holds each role? Write Pia <pia@example.com>, with 0.5 behind it for half of "
            "each day. Press Enter for the lead."
        )
    for role in kit.roles():
        if role == LEAD:
            continue
        if role in given:
            try:
                found[role] = read_person(given[role])
            except ValueError as error:
                raise Refused(f"--role {role}: {error}") from None
        elif asks:
            held = interview.ask(
                f"  {role}",
                _unless("the lead", read_person),
                default="the lead",
                flag="role",
                before=f"{role}=",
            )
            if held is not None:
                found[role] = held
    return found


def _unless(word: str, read: Callable[[str], Holder]) -> Callable[[str], Holder | None]:
    return lambda text: None if text.strip() in (word, "") else read(text)


def _kit(interview: Interview) -> tuple[str, Kit]:
    """The kit by its name, from the list of those there are, or by its path."""
    from launch_kits.inputs.loading import load_kit
    from launch_kits.inputs.search import find_kits
    from launch_kits.inputs.starter.own_kit import is_kit_path

    kits: dict[str, Kit] = {}
    for name, path in sorted(find_kits(Settings.read().path).items()):
        try:
            kits[name] = load_kit(path)
        except InputError:
            say(f"{path}: not a usable kit; `launch-kits check {path}` says why")
    if interview.asks and interview.given.get("kit") is None:
        width = max(map(len, kits))
        for name, kit in kits.items():
            tasks = count(len(list(kit.tasks())), "task")
            say(f"  {name.ljust(width)}  {tasks:>8}  {kit.description or kit.title}")

    def read(text: str) -> str:
        if is_kit_path(text.strip()):
            kits[text.strip()] = load_kit(Path(text.strip()))
        if text.strip() not in kits:
            raise ValueError(
                f'unknown kit "{text}"{suggest(text, kits) or "; known: " + ", ".join(kits)}'
            )
        return text.strip()

    name = interview.take("kit", "Kit, of these", read, default=USUAL_KIT)
    return name, kits[name]


def own_timezone() -> str:
    """The time zone of this machine; UTC if it is not known."""
    from launch_kits.inputs.starter.answers import read_timezone

    local = LOCALTIME.resolve().as_posix().rpartition("/zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").lstrip(":"), local):
        try:
            return read_timezone(name)
        except ValueError:
            continue
    return "UTC"


def _country_of(timezone: str) -> str | None:
    """The country of a time zone, if its holidays are known."""
    from importlib.resources import files

    from launch_kits.workdays.countries import known_country

    table = files("tzdata").joinpath("zoneinfo", "zone.tab")
    for line in table.read_text(encoding="utf-8").splitlines():
        country, _, rest = line.partition("\t")
        if not line.startswith("#") and rest.split("\t")[1:2] == [timezone]:
            return country if known_country(country) else None
    return None
