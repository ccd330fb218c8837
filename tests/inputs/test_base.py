from __future__ import annotations

import typing

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from launch_kits.inputs.base import (
    KEPT,
    LEAD,
    Amount,
    Day,
    DayCount,
    Model,
    Slug,
    place_of,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import Deal
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Card, Ledger
from launch_kits.inputs.model_paths import models_in
from launch_kits.inputs.stand_ins import _valid_value
from launch_kits.inputs.team import Absence
from tests.launches import brief_with

AMOUNT: TypeAdapter[float] = TypeAdapter(Amount)
DAY: TypeAdapter[object] = TypeAdapter(Day)
COUNT: TypeAdapter[int] = TypeAdapter(DayCount)
SLUG: TypeAdapter[str] = TypeAdapter(Slug)


@pytest.mark.parametrize(("given", "words"), [(True, "not a number"), (1e15, "15 dig")])
def test_an_amount_is_a_number_that_can_be_computed_with(
    given: object, words: str
) -> None:
    assert AMOUNT.validate_python(12.5) == 12.5
    with pytest.raises(ValidationError, match=words):
        AMOUNT.validate_python(given)


@pytest.mark.parametrize("given", [2027, True, 1.5])
def test_a_number_is_not_a_day(given: object) -> None:
    with pytest.raises(ValidationError, match="use a value like 2027-03-02"):
        DAY.validate_python(given)


@pytest.mark.parametrize("given", [-1, 2001, 1.0, "1", True])
def test_days_are_counted_in_whole_numbers_up_to_2000(given: object) -> None:
    with pytest.raises(ValidationError):
        COUNT.validate_python(given)


@pytest.mark.parametrize("text", ["-falcon", "Falcon", "x" * 74, ""])
def test_an_identifier_keeps_its_pattern_but_in_a_snapshot(text: str) -> None:
    with pytest.raises(ValidationError):
        SLUG.validate_python(text)
    assert SLUG.validate_python(text, context=KEPT) == text


def test_an_unknown_key_is_a_fault_and_a_value_is_frozen() -> None:
    class One(Model):
        number: float

    with pytest.raises(ValidationError, match="not permitted"):
        One.model_validate({"number": 1, "numbre": 1})
    with pytest.raises(ValidationError, match="frozen"):
        One(number=1).number = 2  # type: ignore[misc]
    with pytest.raises(ValidationError):
        One(number=float("inf"))


def test_a_text_is_a_name_and_anything_else_in_place() -> None:
    assert [place_of("major"), place_of({}), place_of(5)] == [
        "name",
        "in_place",
        "in_place",
    ]


def models() -> list[type[Model]]:
    """The models of briefs, kits and ledgers, inner ones too."""
    found: dict[type[Model], None] = {}
    ahead: list[type[Model]] = [Brief, Kit, Ledger]
    while ahead:
        model = ahead.pop()
        if model not in found:
            found[model] = None
            for field in model.model_fields.values():
                ahead += models_in(field.annotation)
    return list(found)


def smallest(model: type[Model]) -> dict[str, object]:
    """The required keys of a model, with values that it takes."""
    chosen = {
        Absence: {"who": "one@example.com", "backup": "two@example.com"},
        Card: {"verified_on": "2027-01-04"},
        Deal: {"outcome": "won"},
    }
    return {
        field.alias or name: _value(field)
        for name, field in model.model_fields.items()
        if field.is_required()
    } | chosen.get(model, {})


def _value(field: FieldInfo) -> object:
    inner = next(models_in(field.annotation), None)
    if inner is None or inner is Kit:
        return _valid_value(field)
    held = smallest(inner)
    origin = typing.get_origin(field.annotation)
    if origin is tuple:
        return [held]
    return {LEAD: held} if origin is dict else held


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_an_optional_key_that_is_null_counts_as_left_out(model: type[Model]) -> None:
    without = smallest(model)
    left_out = model.model_validate(without)
    for name, field in model.model_fields.items():
        if not field.is_required():
            written = model.model_validate({**without, field.alias or name: None})
            assert written == left_out, name
            assert written.model_fields_set == left_out.model_fields_set, name


def test_null_is_not_a_value_of_a_required_key() -> None:
    with pytest.raises(ValidationError, match="launch_on"):
        Brief.model_validate({**smallest(Brief), "launch_on": None})


def test_entries_of_a_mapping_that_are_null_count_as_left_out() -> None:
    brief = brief_with(
        documents={"battlecard": None, "pricing": {"sections": {"intro": None}}},
        brand={"handles": {"linkedin": None}},
    )
    assert list(brief.documents) == ["pricing"]
    assert brief.documents["pricing"].sections == {}
    assert brief.brand.handles == {}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_models_of_the_same_keys_share_the_set_of_them(model: type[Model]) -> None:
    one, other = (model.model_validate(smallest(model)) for _ in range(2))
    assert one.model_fields_set is other.model_fields_set
    given = frozenset(one.model_fields_set)
    optional = [
        name for name, field in model.model_fields.items() if not field.is_required()
    ]
    copied = one.model_copy(update=dict.fromkeys(optional))
    assert copied.model_fields_set == {*given, *optional}
    assert one.model_fields_set == other.model_fields_set == given
