"""Names, versions and dates of a text that differ from the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against.known import Known
from launch_kits.lint.against.patterns import (
    WrittenDay,
    days_in,
    versions_in,
)
from launch_kits.lint.against.texts import OutsideText
from launch_kits.lint.dates import weekday_slips

__all__ = ["TextSlip", "dates", "names", "versions"]


class TextSlip(NamedTuple):
    """A finding in a text, at an offset."""

    start: int
    code: str
    message: str


#: the similarity from which a word is taken for a misspelt name, and its letters at least
_LIKE = 0.8
_LETTERS = 5
_CAPITALISED = re.compile(r"\b[A-Z][\w-]{3,40}\b")
#: words before a day that say which day it is
_LAUNCH = re.compile(
    r"\blaunch(?:es|ed|ing)?(?:\s+(?:day|date))?[\s:*]+(?:(?:is|will be|on)\s+)*$",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:releas\w+|available|availability|ships?)(?:\s+(?:day|date))?[\s:*]+"
    r"(?:(?:is|will be|on|from|since)\s+)*$",
    re.IGNORECASE,
)
_BEFORE = 40
#: words of a sentence about a public holiday
_DAYS_OFF = re.compile(r"\bholiday|\bclosed\b|\bdays? off\b", re.IGNORECASE)
#: words of a sentence that is about this launch
_ABOUT = r"\blaunch|\breleas|\bavailab|\bship|\bprice|\boffer|\bembargo"


def names(text: OutsideText, known: Known) -> Iterator[TextSlip]:
    """Yield spellings of the product's name that differ from the brief's."""
    name = known.name
    if len(name) < _LETTERS:
        return
    exact = re.compile(
        r"(?<![\w/@.-])"
        + r"\s+".join(map(re.escape, name.split()))
        + r"(?![\w/@.]*\w[/@.])",
        re.IGNORECASE,
    )
    for found in exact.finditer(text.text):
        written = " ".join(found[0].split())
        if written != name and not written.isupper() and not written.islower():
            message = f'"{written}" is written differently; the brief writes "{name}"'
            yield TextSlip(found.start(), "other-name", message)
    if " " in name:
        return
    seen = set(re.findall(r"\w[\w-]*", known.together.casefold()))
    for found in _CAPITALISED.finditer(text.text):
        word = found[0]
        if (
            abs(len(word) - len(name)) <= 2  # noqa: PLR2004 - letters left out or added
            and word.casefold() not in seen
            and word.casefold().removesuffix("s") != name.casefold()
            and SequenceMatcher(None, word.casefold(), name.casefold()).ratio() >= _LIKE
        ):
            message = f'"{word}" may be misspelt; the brief writes "{name}"'
            yield TextSlip(found.start(), "other-name", message)


def versions(text: OutsideText, known: Known) -> Iterator[TextSlip]:
    """Yield versions of the product, or of a competitor's, that no line of the inputs names."""
    for name in (known.name, *known.rivals):
        told = {found.version for found in versions_in(known.together, name)}
        if name == known.name and known.version:
            told.add(known.version)
        for found in versions_in(text.text, name):
            if any(_is_same(found.version, each) for each in told):
                continue
            message = (
                f'"{found.words}" is another version; the brief is of {known.brief.product}'
                if name == known.name
                else f'no line of the brief or its ledgers speaks of "{found.words}"'
            )
            yield TextSlip(found.start, "other-version", message)


def _is_same(written: str, told: str) -> bool:
    """Return whether a version is told; ``9`` may stand for ``9.0``."""
    return written == told or told.startswith(f"{written}.")


def dates(text: OutsideText, known: Known, *, reader: Audience) -> Iterator[TextSlip]:
    """Yield days that differ from those of the brief, its ledgers and its plan.

    A text for internal readers may name other days to come, such as holidays.
    """
    for start, code, message in weekday_slips(text.text):
        yield TextSlip(start, code, message)
    told = known.days(reader)
    short = {(day.month, day.day) for day in told}
    for day in days_in(text.text):
        fault = None
        if day.year is None:
            if day.day not in short and _is_about(text, day, known):
                fault = f"not a day of the brief{_anchors(known)}"
        elif day.value is None:
            fault = "there is no such day; correct the date"
        elif day.value not in told:
            if day.value in known.holidays and _is_of_days_off(text, day):
                continue
            ahead = day.value > known.today and reader is not Audience.INTERNAL
            if ahead or _is_about(text, day, known):
                fault = f"not a day of the brief{_anchors(known)}"
        else:
            fault = _swapped(text, day, known)
        if fault:
            yield TextSlip(day.start, "other-date", f'"{day.words}": {fault}')


def _swapped(text: OutsideText, day: WrittenDay, known: Known) -> str | None:
    """Return the fault of a launch on the release day, or the other way round."""
    launch = known.brief.launch_on
    release = known.brief.released_on
    before = text.text[max(0, day.start - _BEFORE) : day.start]
    if day.value == release != launch and _LAUNCH.search(before):
        return f"this is the release day; the launch day is {launch}"
    if day.value == launch != release and _RELEASE.search(before):
        return f"this is the launch day; the release day is {release}"
    return None


def _is_about(text: OutsideText, day: WrittenDay, known: Known) -> bool:
    """Return whether the sentence of a day speaks of this product or launch."""
    sentence = text.sentence_at(day.start)
    named = known.name.casefold() in sentence.casefold()
    return named or re.search(_ABOUT, sentence, re.IGNORECASE) is not None


def _is_of_days_off(text: OutsideText, day: WrittenDay) -> bool:
    """Return whether a sentence is about days off."""
    return _DAYS_OFF.search(text.sentence_at(day.start)) is not None


def _anchors(known: Known) -> str:
    brief = known.brief
    return f" (release {brief.released_on}, launch {brief.launch_on})"
