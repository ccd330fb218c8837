from __future__ import annotations

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.starter.filling import lines_to_add
from launch_kits.inputs.starter.missing import Missing, missing_parts
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from tests.launches import brief_with

LEAST = brief_with(
    positioning={}, team={"lead": {"name": "L", "email": "l@example.com"}}
)
PARTS = list(missing_parts(LEAST, LEAST.kit_in_place))
HEAD = """\
launch: atlas
product: Atlas
kit: quiet_release
launch_on: 2027-03-02
team:
  lead: {name: Lee, email: lee@example.com}
"""


@pytest.mark.parametrize("part", PARTS, ids=lambda part: ".".join(map(str, part.where)))
def test_the_example_of_a_part_can_be_added_to_a_brief(part: Missing) -> None:
    lines = lines_to_add(part.where, part.write(part.example))
    added = lines.removeprefix("team:\n") if part.where[0] == "team" else lines
    validate(Brief, parse(f"{HEAD}{added}\n", shown="brief.yaml"))


def test_parts_that_are_there_are_not_missing() -> None:
    named = {part.where for part in PARTS}
    assert ("summary",) in named
    full = brief_with(summary="x", positioning={"category": "y"})
    found = {part.where for part in missing_parts(full, full.kit_in_place)}
    assert named - found >= {("summary",), ("positioning", "category")}


def test_the_most_useful_part_comes_first_and_roles_last() -> None:
    assert PARTS[0].where == ("summary",)
    assert PARTS[-1].where[0] == "team"


@pytest.mark.parametrize(
    ("where", "answer", "words"),
    [
        (("pricing",), "Team", "has no price"),
        (("pricing",), "Team: 49", "has no currency"),
        (("goals",), "many customers", "has no target and day"),
        (("goals",), "x: 5 by spring", "isoformat"),
        (("faq",), "Why", "has no answer"),
        (("links", "next"), "https://example.com", "write the words and the link"),
        (("links", "product"), "http://example.com", "https"),
        (("positioning", "attributes"), "Fast", "has no value"),
        (("personas",), "Platform engineer", "has no topics"),
    ],
)
def test_an_answer_that_cannot_be_read_says_how(
    where: tuple[str, ...], answer: str, words: str
) -> None:
    part = next(part for part in PARTS if part.where == where)
    with pytest.raises(ValueError, match=words):
        part.write(answer)


def test_a_persona_is_not_written_with_a_goal() -> None:
    part = next(part for part in PARTS if part.where == ("personas",))
    with pytest.raises(ValueError, match="reads as a goal with its day"):
        part.write("upgrades: 40 % by 2027-04-01")
