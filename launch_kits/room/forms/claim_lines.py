"""The claims of a ledger as a form: its lines changed, taken out and added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import SECTIONS, Kind, Ledger
from launch_kits.inputs.positioning import Alternative
from launch_kits.inputs.source import Source
from launch_kits.room.forms.brief_faults import Place
from launch_kits.room.forms.brief_part import (
    NEW,
    NOTE,
    BriefPart,
    values_of,
    words_of,
)
from launch_kits.room.forms.fields import FaultyForm, Field, Given
from launch_kits.views.answers import link_fault

__all__ = ["CLAIMS", "claims_part"]

#: how the name of a part that holds claims begins
CLAIMS = "claims."
#: the parts of a line that a person writes, by the name that they have in the form
LINE = {
    "claim": "Claim",
    "they_say": "They say",
    "answer": "Answer",
    "ask": "Question",
    "when": "Walk away if",
    "audience": "Widest circle that may read it",
}
#: the choice that takes a line out
OUT = "out"
#: the parts of a line that is not there yet, and of its source
ADDED = ("section", "text", "answer", "kind", "audience", "src", "url", "as_of", "by")
#: the sections whose lines are more than texts
_NOT_WRITTEN_HERE = ("conflicts",)
#: kinds of a line that a person adds, in words
KINDS = {
    Kind.FACT: "a fact: it can be checked in the source",
    Kind.VENDOR_CLAIM: "a vendor's own figure or word",
    Kind.INFERENCE: "our own reading: no source says it",
}
_BY = (("us", "ours"), ("them", "theirs"), ("other", "of others"))


def claims_part(position: int, alternative: Alternative, ledger: Ledger) -> BriefPart:
    """The form of a ledger; ``position`` is that of its alternative in the brief."""
    fields: list[Field] = []
    texts: dict[str, str] = {}
    for section, number, claim in ledger.each():
        written = {name: getattr(claim, name) for name in LINE if getattr(claim, name)}
        fields += _line(section, number, [*written])
        texts |= {
            f"{section}.{number}.{name}": str(text) for name, text in written.items()
        }
    lines = len(fields)
    fields += _added(ledger)

    def write(data: dict[str, Any], given: Given) -> Mapping[Place, str]:
        at: Place = ("positioning", "alternatives", position, "claims")
        claims = data["positioning"]["alternatives"][position]["claims"]
        _change(claims, fields[:lines], given)
        added = _add(claims, given)
        places = {(*at, *place): name for place, name in added.items()}
        # a claim that others name is told at the choice that takes it out
        taken = _take_out(claims, fields[:lines], given)
        return places | ({("positioning",): taken} if taken else {})

    return BriefPart(
        f"{CLAIMS}{alternative.key}",
        f"Edit the claims about {alternative.name}",
        [*fields, NOTE],
        texts,
        write,
    )


def _line(section: str, number: int, written: Sequence[str]) -> Iterator[Field]:
    """The fields of a line that the ledger has."""
    group = f"{words_of(section)} {number + 1}"
    at = f"{section}.{number}"
    for name in written:
        kind = "choice" if name == "audience" else "long"
        options = _CIRCLES if kind == "choice" else ()
        yield Field(
            f"{at}.{name}",
            LINE[name],
            kind,
            required=True,
            options=options,
            group=group,
        )
    yield Field(
        f"{at}.keep",
        "This line",
        "choice",
        options=[(OUT, "is taken out")],
        empty="stays",
        group=group,
    )


def _added(ledger: Ledger) -> list[Field]:
    """The fields of a line that is not there yet."""
    sections = [
        (name, words_of(name)) for name in SECTIONS if name not in _NOT_WRITTEN_HERE
    ]
    sources = [(name, _source(name, each)) for name, each in ledger.sources.items()]
    kinds = [(str(kind), said) for kind, said in KINDS.items()]
    found = [
        Field("section", "Part of the card", "choice", options=sections, empty="none"),
        Field(
            "text",
            "The line",
            hint="A claim; an objection or a question as it is said; or when to walk away.",
        ),
        Field("answer", "Answer", hint="Of an objection."),
        Field("kind", "How it is known", "choice", options=kinds, empty="a fact"),
        Field(
            "audience", LINE["audience"], "choice", options=_CIRCLES, empty="internal"
        ),
        Field("src", "Source", "choice", options=sources, empty="a new one, or none"),
        Field("url", "Address of a new source", "url"),
        Field(
            "as_of", "Date of a new source", "text", hint="2027-02-05, 2027-02 or 2027."
        ),
        Field("by", "A new source is", "choice", options=_BY, empty="not said"),
    ]
    return [
        Field(
            f"{NEW}.{each.name}",
            each.label,
            each.kind,
            hint=each.hint,
            options=each.options,
            empty=each.empty,
            group="One more line",
        )
        for each in found
    ]


_CIRCLES = [(str(each), str(each)) for each in Audience]


def _source(name: str, source: Source) -> str:
    return f"{source.title or source.url} ({source.as_of}; {name})"


def _change(claims: dict[str, Any], fields: Sequence[Field], given: Given) -> None:
    for each in fields:
        section, number, name = each.name.split(".")
        if name == "keep":
            continue
        line = claims[section][int(number)]
        if given[each.name] != str(line[name]).strip():
            line[name] = given[each.name]


def _take_out(
    claims: dict[str, Any], fields: Sequence[Field], given: Given
) -> str | None:
    """Take lines out; returns the first field that asked for it."""
    out = [each.name for each in fields if given[each.name] == OUT]
    out = [name for name in out if name.endswith(".keep")]
    # the last first, so that the others keep their numbers
    for name in reversed(out):
        section, number, _ = name.split(".")
        del claims[section][int(number)]
    return out[0] if out else None


def _add(claims: dict[str, Any], given: Given) -> dict[Place, str]:
    """Add a line and its source; returns the field of each place in the ledger."""
    added = values_of(given, NEW, ADDED)
    if not any(added.values()):
        return {}
    missing = {
        f"{NEW}.{name}": f"The {label} of the new line is missing."
        for name, label in (("section", "part"), ("text", "text"))
        if added[name] is None
    }
    if missing:
        raise FaultyForm(missing)
    section = str(added["section"])
    first, *others = SECTIONS[section]
    if others and added["answer"] is None:
        raise FaultyForm({f"{NEW}.answer": "An objection needs an answer; write one."})
    places: dict[Place, str] = {}
    source = added["src"]
    new = {part: added[part] for part in ("url", "as_of", "by")}
    if any(new.values()):
        _must_be_source(new)
        source = _free("source", claims["sources"])
        claims["sources"][source] = new
        places |= {
            ("sources", source, part): f"{NEW}.{part}"
            for part in ("url", "as_of", "by")
        }
    ids = {line["id"] for name in SECTIONS for line in claims[name]}
    line = {"id": _free("line", ids), first: added["text"]}
    line |= dict.fromkeys(others, added["answer"])
    line |= {name: added[name] for name in ("kind", "audience") if added[name]}
    claims[section].append(line | {"src": [source] if source else []})
    at = (section, len(claims[section]) - 1)
    places |= {(*at, first): f"{NEW}.text", (*at, "src"): f"{NEW}.src"}
    return places | {(*at,): f"{NEW}.text"}


def _must_be_source(new: Mapping[str, str | None]) -> None:
    """Raise FaultyForm unless a new source has a link and a date."""
    fault = link_fault(new["url"] or "")
    if fault is not None:
        raise FaultyForm({f"{NEW}.url": fault})
    if new["as_of"] is None:
        raise FaultyForm({f"{NEW}.as_of": "The date of the new source is missing."})


def _free(word: str, taken: Any) -> str:  # noqa: ANN401  names or a mapping of them
    """A name that is not taken: the word with a number."""
    number = 1
    while f"{word}_{number}" in taken:
        number += 1
    return f"{word}_{number}"
