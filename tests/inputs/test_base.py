from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from launch_kits.inputs.base import (
    KEPT,
    Amount,
    Day,
    DayCount,
    Model,
    Slug,
    place_of,
)

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
