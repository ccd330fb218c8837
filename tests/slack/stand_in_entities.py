"""Work Objects as Slack takes them.

Unknown properties are faults, as in `block_kit`. The types, and which fields each of them has, are
those of Slack's own library; the rest is from its documents.
https://docs.slack.dev/messaging/work-objects-implementation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from slack_sdk.models import metadata

#: entity type → the fields that Slack knows for it; an item has none but custom ones
FIELDS: dict[str, set[str]] = {
    "slack#/entities/task": metadata.TaskEntityFields.attributes,
    "slack#/entities/content_item": metadata.ContentItemEntityFields.attributes,
    "slack#/entities/item": set(),
}
assert set(FIELDS) <= metadata.EntityType
REF = re.compile(r"[0-9a-zA-Z\-_:!/=]+")
TEXTS = {None, "string"}


def problems_of_entity(entity: object, *, link: bool) -> list[str]:
    """All that is wrong with a Work Object; ``link`` says that it is of a link in a message."""
    if not isinstance(entity, dict):
        return ["not an object"]
    needed = {"entity_type", "entity_payload", "external_ref", "url"}
    needed |= {"app_unfurl_url"} if link else set()
    if set(entity) != needed:
        return [f"properties {sorted(set(entity) ^ needed)}"]
    return list(_faults(entity))


def _faults(entity: Mapping[str, Any]) -> Iterator[str]:
    kind = entity["entity_type"]
    if kind not in FIELDS:
        yield f"entity_type {kind}"
        return
    ref = entity["external_ref"]
    if not set(ref) <= {"id", "type"} or not REF.fullmatch(ref["id"]):
        yield f"external_ref {ref}"
    if not entity["url"].startswith("https://") or "?" in entity["url"]:
        yield f"url {entity['url']}"
    payload = entity["entity_payload"]
    if not {"attributes"} <= set(payload) <= {"attributes", "fields", "custom_fields"}:
        yield f"entity_payload {sorted(payload)}"
    attributes = payload["attributes"]
    if not set(attributes) <= metadata.EntityAttributes.attributes:
        yield f"attributes {sorted(attributes)}"
    if not attributes["title"]["text"].strip():
        yield "a title without text"
    fields = payload.get("fields", {})
    if not set(fields) <= FIELDS[kind]:
        yield f"fields {sorted(fields)}"
    for key, field in fields.items():
        yield from (f"{key}: {fault}" for fault in _field(field))
    custom = payload.get("custom_fields", [])
    keys = [field["key"] for field in custom]
    if len({*keys, *fields}) != len(keys) + len(fields):
        yield f"repeated keys {keys}"
    for field in custom:
        if not field.get("type") or not field.get("label"):
            yield f"{field['key']}: no type or no label"
        rest = {
            key: value for key, value in field.items() if key not in ("key", "label")
        }
        yield from (f"{field['key']}: {fault}" for fault in _field(rest))


def _field(field: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the value of a field."""
    kind = field.get("type")
    if kind == "slack#/types/user":
        if set(field) != {"type", "user"} or not field["user"].get("text", "").strip():
            yield "no user"
        return
    value = field.get("value")
    fits = {
        "slack#/types/date": lambda: bool(date.fromisoformat(value)),
        "slack#/types/timestamp": lambda: isinstance(value, int),
    }.get(
        kind, lambda: kind in TEXTS and isinstance(value, str) and bool(value.strip())
    )
    if not fits():
        yield f"value {value!r} of {kind}"
    if kind not in TEXTS and set(field) != {"type", "value"}:
        yield f"properties {sorted(field)}"
    if not set(field) <= {"type", "value", "link", "long"}:
        yield f"properties {sorted(field)}"
