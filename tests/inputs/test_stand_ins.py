from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.stand_ins import STAND_IN, put_stand_in


def kit_of(**task: Any) -> dict[str, Any]:
    full = {"key": "a", "title": "A", "role": "pmm", "days": 1, **task}
    stage = {"key": "only", "title": "Only", "tasks": [full]}
    return {"kit": "tiny", "title": "Tiny", "stages": [stage]}


@pytest.mark.parametrize(
    ("task", "key", "expected"),
    [
        ({"days": "two"}, "days", 1),
        ({"title": 5}, "title", STAND_IN),
        ({"due": "soon"}, "due", None),
        ({"each": "competitor"}, "each", "competitors"),
        ({"shares": 0.5}, "share", 0.5),
        ({"optional": "perhaps"}, "optional", None),
    ],
)
def test_a_faulty_value_is_replaced_and_the_rest_can_be_read(
    task: dict[str, Any], key: str, expected: object
) -> None:
    data = kit_of(**task)
    with pytest.raises(ValidationError) as refused:
        Kit.model_validate(data)
    for detail in refused.value.errors(include_url=False):
        # Pydantic counts the faulty stage out, and calls the list too short
        if detail["type"] != "too_short":
            put_stand_in(Kit, data, detail["loc"], detail)
    assert data["stages"][0]["tasks"][0].get(key) == expected
    assert Kit.model_validate(data).stages[0].tasks[0].key == "a"
