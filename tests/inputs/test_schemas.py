from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from launch_kits.errors import InputError
from launch_kits.inputs.base import Model
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.schemas import KINDS, schema_of, schema_text
from launch_kits.inputs.yaml_source import read
from launch_kits.lint.codes import FAULTS
from tests.launches import brief_with
from tests.test_broken import BROKEN, SLIPS

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
KITS = sorted((ROOT / "launch_kits/kits").glob("*.yaml"))
MARKS = {"launch": "brief", "stages": "kit", "card": "ledger"}

#: slips that only show if names are followed, lines compared, or the file is read as YAML
UNSEEN = {
    *(
        "brief-bad-timezone",
        "brief-bad-country",
        "brief-backward-days",
        "brief-out-of-bounds",
        "brief-key-twice",
    ),
    *(
        "brief-unknown-manager",
        "brief-unknown-backup",
        "brief-unknown-kit",
        "brief-unknown-kit-file",
    ),
    *(
        "brief-kit-outside",
        "brief-kit-absolute",
        "brief-unknown-ledger",
        "brief-unknown-ledger-file",
    ),
    *(
        "brief-ledger-outside",
        "brief-unknown-claim",
        "brief-unknown-alternative-in-proof",
    ),
    *(
        "brief-claim-without-an-id",
        "brief-claim-without-a-ledger",
        "brief-unknown-alternative",
    ),
    *(
        "brief-unknown-attribute",
        "kit-duplicate-task",
        "kit-duplicate-stage",
        "kit-unknown-task",
    ),
    *("kit-duplicate-check", "kit-check-of-an-unknown-task"),
    "kit-check-of-one-of-many",
    *("kit-fanned-out-predecessor", "kit-cycle", "kit-waits-for-itself"),
    *(name for name, code, _ in SLIPS if code == "bad-title"),
    *("ledger-unknown-source", "ledger-duplicate-claim"),
    *("ledger-unknown-successor", "ledger-unknown-exposed", "ledger-bad-date"),
}
#: slips that are the reader's to refuse, before there is anything to validate
UNREAD = {
    "anchor",
    "tag",
    "merge",
    "control-character",
    "not-yaml",
    "duplicate-key",
    "bad-value",
}


def written(data: object) -> Any:
    """Data as an editor sees it: a day is a text."""
    if isinstance(data, Mapping):
        return {key: written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [written(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def faults_of(data: object, kind: str | None = None) -> list[str]:
    data = written(data)
    kind = kind or next(MARKS[key] for key in MARKS if key in data)
    validator = Draft202012Validator(schema_of(kind), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind):
    Draft202012Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_in_the_docs_are_those_of_the_models(kind):
    page = ROOT / f"docs/schemas/{kind}.json"
    assert page.read_text(encoding="utf-8") == schema_text(kind), "run `make schemas`"


@pytest.mark.parametrize(
    "path", [*EXAMPLES, *KITS], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_examples_and_built_in_kits_are_valid(path):
    assert faults_of(read(path).data) == []


@pytest.mark.parametrize("name", ["brief", "kit", "ledger"])
def test_the_sound_inputs_are_valid(name):
    assert faults_of(read(BROKEN / f"{name}.yaml").data) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [(name, code) for name, code, _ in SLIPS if code not in UNREAD | FAULTS],
)
def test_a_slip_that_shows_at_one_place_is_seen(name, code):
    data = read(BROKEN / f"{name}.yaml").data
    assert bool(faults_of(data, name.partition("-")[0])) == (name not in UNSEEN)


@pytest.mark.parametrize(
    "path",
    [path for path in EXAMPLES if "launch" in (yaml.safe_load(path.read_text()) or {})],
)
def test_a_whole_brief_is_valid_with_its_kit_and_ledgers_in_place(path):
    given = load_brief(path).brief.model_dump(mode="json", by_alias=True)
    assert faults_of(given) == []
    given["kit"]["stages"][0]["tasks"][0]["dyas"] = 3
    assert faults_of(given) != []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is(kind):
    schema = schema_of(kind)
    models = {kind: schema, **schema["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, model in models.items()
        for key, value in model.get("properties", {}).items()
        if "description" not in value
        and "description" not in models.get(value.get("$ref", "")[8:], {})
    ]
    assert silent == []


def test_every_key_of_the_models_can_be_completed():
    found = {
        name: set(model["properties"])
        for name, model in _models().items()
        if "properties" in model
    }
    for model in _subclasses(Model):
        if model.__module__.startswith("launch_kits.") and model.__name__ in found:
            assert found[model.__name__] == {
                field.alias or key for key, field in model.model_fields.items()
            }
    assert found.keys() >= {
        "Brief",
        "Kit",
        "Ledger",
        "Person",
        "Days",
        "Claim",
        "KitTask",
        "Gate",
        "Rung",
    }


def _models() -> dict[str, Any]:
    return {
        name: model
        for kind in KINDS
        for name, model in [
            (KINDS[kind].__name__, schema_of(kind)),
            *schema_of(kind)["$defs"].items(),
        ]
    }


def _subclasses(model: type[Model]) -> set[type[Model]]:
    return {
        model,
        *(each for child in model.__subclasses__() for each in _subclasses(child)),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"blackouts": [{"from": "2027-01-12", "to": "2027-01-13"}]},
        {
            "positioning": {
                "alternatives": [
                    {"key": "kite", "name": "Kite", "claims": "claims/kite.yaml"}
                ]
            }
        },
        {"holidays": None, "summary": None},
    ],
    ids=["a range of days", "a ledger by its path", "nothing"],
)
def test_what_a_brief_may_say_is_valid(changes):
    assert faults_of({**_brief(), **changes}) == []


def test_an_editor_offers_the_built_in_kits():
    assert schema_of("brief")["properties"]["kit"]["examples"] == [
        path.stem for path in KITS
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"kit": 3},
        {"blackouts": [{"from_": "2027-01-12", "to": "2027-01-13"}]},
        {"blackouts": [{"from": "2027-01-12"}]},
        {"team": {"pmm": {"name": "Pat", "email": "pat@example.com"}}},
        {"team": {"lead": None}},
        {
            "team": {
                "lead": {"name": "Lee", "email": "lee@example.com"},
                "Big Boss": {"name": "B", "email": "b@c.de"},
            }
        },
        {"launch_on": "next spring"},
        {"launch_on": "2027-02-30"},
    ],
    ids=json.dumps,
)
def test_what_a_brief_may_not_say_is_not_valid(changes):
    assert faults_of({**_brief(), **changes}) != []


def test_a_role_of_ones_own_is_valid_and_one_left_empty_is_as_left_out():
    team = {
        "lead": {"name": "Lee", "email": "lee@example.com"},
        "pmm": None,
        "astrologer": None,
    }
    assert faults_of({**_brief(), "team": team}) == []
    team["astrologer"] = {"name": "A", "email": "a@example.com"}
    assert faults_of({**_brief(), "team": team}) == []


def test_a_lines_keys_are_those_of_its_section():
    card = {"id": "a-vs-b", "us": "A", "them": "B", "verified_on": "2026-11-01"}
    conflict = {
        "id": "x1",
        "kind": "conflict",
        "subject": "Nodes",
        "values": [{"value": 3, "src": "a"}, {"value": 4}],
    }
    sources = {
        "a": {"url": "https://a.example", "as_of": 2026},
        "b": {"url": "https://b.example", "as_of": "2026-13"},
    }
    assert (
        faults_of(
            {
                "card": card,
                "sources": sources,
                "pricing": [conflict],
                "conflicts": [conflict],
            }
        )
        == []
    )
    for section, line in [
        ("objections", {"id": "q1", "claim": "x"}),
        ("conflicts", {"id": "x1", "claim": "x"}),
    ]:
        assert faults_of({"card": card, section: [line]}) != []


def _brief() -> dict[str, Any]:
    return brief_with().model_dump(mode="json", by_alias=True, exclude={"kit"}) | {
        "kit": "major_release"
    }


def test_a_date_that_is_not_one_is_the_readers_to_refuse(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text("launch: a\nlaunch_on: 2027-02-30\n", encoding="utf-8")
    with pytest.raises(InputError, match="2027-02-30"):
        load_brief(path)
