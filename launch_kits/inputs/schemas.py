"""JSON Schemas of brief, kit and ledger.

They are drawn from the models. Editors use them to complete and validate the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from launch_kits.inputs.base import IN_PLACE, Model
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import SECTIONS, Kind, Ledger
from launch_kits.inputs.links import LINK
from launch_kits.inputs.patterns import KEY

__all__ = ["KINDS", "schema_of", "schema_text"]

Node: TypeAlias = dict[str, object]

#: kind of input → its model
KINDS: Mapping[str, type[Model]] = {"brief": Brief, "kit": Kit, "ledger": Ledger}


class _Plain(GenerateJsonSchema):
    """Without a title for each key: it would only say the key again."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  the generator's own hook
        return False


def schema_of(kind: str) -> Node:
    """The JSON Schema (2020-12) of a brief, kit or ledger.

    ``kind`` is ``brief``, ``kit`` or ``ledger``. The schema is of the file in YAML, so days are
    texts. It sees each place by itself: keys, types, forms, choices. Names that lead nowhere are
    `check`'s to find.
    """
    _, drawn = models_json_schema(
        [(model, "validation") for model in KINDS.values()], schema_generator=_Plain
    )
    models: dict[str, Node] = drawn["$defs"]
    for node in _nodes(models):
        _tidy(node)
    _ask_by_role(_at(models, "Brief", "properties"))
    for model, key in _OFFERED:
        _at(models, model, "properties", key)["examples"] = list(_OFFERED[model, key])
    _ask_by_section(_at(models, "Ledger", "properties"))
    models["Claim"] |= _APPROVAL_IS_SIGNED
    for node in models.values():
        _allow_null(node, models)
    top = KINDS[kind].__name__
    needed = sorted(_reached(models, top) - {top})
    models[top]["title"] = f"Launch Kits: {kind}"
    return {
        "$schema": _Plain.schema_dialect,
        **models[top],
        "$defs": {name: models[name] for name in needed},
    }


@cache
def schema_text(kind: str) -> str:
    """The schema as it is printed and kept in files, with a newline at its end."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


_ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/Berlin",
    "Europe/London",
)
_COUNTRIES = ("DE", "FR", "GB", "IN", "JP", "SG", "US", "US-CA")
#: (model, key) → the words that an editor offers
_OFFERED: Mapping[tuple[str, str], Sequence[str]] = {
    ("Brief", "kit"): sorted(
        path.stem for path in (Path(__file__).parents[1] / "kits").glob("*.yaml")
    ),
    ("Brief", "timezone"): ("UTC", *_ZONES),
    ("Brief", "holidays"): _COUNTRIES,
    ("Person", "timezone"): _ZONES,
    ("Person", "holidays"): _COUNTRIES,
}
#: rules of the models that a list of keys cannot express
_APPROVAL_IS_SIGNED: Node = {
    "if": {
        "properties": {"legal_review": {"const": "approved"}},
        "required": ["legal_review"],
    },
    "then": {"required": ["approved_by", "approved_on"]},
}


def _nodes(value: object) -> Iterator[Node]:
    """Every mapping in a schema, the outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _tidy(node: Node) -> None:
    """Replace a value in place by a reference to its model.

    Defaults that an editor would fill in with nothing are left out.
    """
    found = IN_PLACE.fullmatch(str(node.get("title")))
    if found:
        node.clear()
        node["$ref"] = f"#/$defs/{found[1]}"
    if node.get("format") == "uri":
        node.setdefault("pattern", LINK)
    if node.get("default", "given") in (None, [], {}) or isinstance(
        node.get("default"), dict
    ):
        del node["default"]


def _allow_null(model: Node, models: Mapping[str, Node]) -> None:
    """Let each optional key of a model be null, which counts as left out."""
    properties = model.get("properties")
    if not isinstance(properties, dict):
        return
    needed = model.get("required", [])
    for key, node in properties.items():
        if isinstance(needed, list) and key not in needed:
            properties[key] = _or_null(node, models)


def _or_null(node: Node, models: Mapping[str, Node]) -> Node:
    null: Node = {"type": "null"}
    entries = node.get("patternProperties")
    if isinstance(entries, dict):
        node["patternProperties"] = {
            pattern: _or_null(entry, models) for pattern, entry in entries.items()
        }
    choices = node.get("anyOf")
    if isinstance(choices, list):
        return node if null in choices else {**node, "anyOf": [*choices, null]}
    if "const" in node:
        rest = {
            key: value for key, value in node.items() if key not in ("const", "type")
        }
        return {**rest, "enum": [node["const"], None]}
    words = node.get("enum")
    if isinstance(words, list):
        rest = {key: value for key, value in node.items() if key != "type"}
        return {**rest, "enum": [*words, None]}
    if "$ref" in node:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        # without a description of its own, the key has that of its model
        named = models[str(node["$ref"]).rpartition("/")[2]]
        told = {"description": named["description"]}
        return {"anyOf": [{"$ref": node["$ref"]}, null], **told, **rest}
    return {**node, "type": [node["type"], "null"]}


def _at(node: object, *path: str) -> Node:
    for step in path:
        node = node[step] if isinstance(node, dict) else None
    if not isinstance(node, dict):
        raise TypeError(f"the schema has no {'.'.join(path)}")
    return node


def _ask_by_role(brief: Node) -> None:
    """Roles that the kits know are offered; any other word may be one."""
    team = _at(brief, "team")
    # A role left empty is as one left out.
    team["patternProperties"] = {
        KEY: {"anyOf": [team["additionalProperties"], {"type": "null"}]}
    }
    team["additionalProperties"] = False


def _ask_by_section(ledger: Node) -> None:
    """Ask for the keys of each section's lines; any section may hold conflicts."""
    conflict = {
        "properties": {"kind": {"const": Kind.CONFLICT.value}},
        "required": ["kind"],
    }
    for section, needed in SECTIONS.items():
        items = _at(ledger, section, "items")
        items["if"] = conflict
        items["then"] = {"required": list(SECTIONS["conflicts"])}
        items["else"] = {"required": list(needed)}


def _reached(models: Mapping[str, Node], top: str) -> set[str]:
    """The models that one refers to, directly or through others."""
    found: set[str] = set()
    ahead = [top]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += [
                str(node["$ref"]).rpartition("/")[2]
                for node in _nodes(models[name])
                if "$ref" in node
            ]
    return found
