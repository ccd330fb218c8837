from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.inputs.starter.filling import lines_to_add, with_value, write_value
from tests.launches import brief_with

TEXT = """\
launch: atlas  # the name
# summary: An example  # in one sentence
positioning:
  # category: An example  # the kind
  # need: x
  alternatives:  # others
    # - {key: x}
team:
    lead: {name: Lee}
links: {docs: x}
# goals:  # figures
#   - {metric: x}
"""


@pytest.mark.parametrize(
    ("where", "value", "line"),
    [
        (("summary",), '"Grows"', 'summary: "Grows"  # in one sentence'),
        (("positioning", "category"), "store", "  category: store  # the kind"),
        (("positioning", "benefit"), "x", "  benefit: x"),
        (("team", "pmm"), "{name: Pia}", "    pmm: {name: Pia}"),
        (
            ("positioning", "alternatives"),
            "[{key: y}]",
            "  alternatives: [{key: y}]  # others",
        ),
        (("brand", "name"), "Example", "  name: Example"),
        (("goals",), "[{metric: y}]", "goals: [{metric: y}]"),
    ],
)
def test_a_value_is_added_and_nothing_else_changes(
    where: tuple[str, ...], value: str, line: str
) -> None:
    found = with_value(TEXT, where, value)
    assert found is not None
    assert line in found.split("\n")
    data = yaml.safe_load(found)
    before = yaml.safe_load(TEXT)
    inner = data
    for step in where[:-1]:
        inner = inner[step]
    assert inner.pop(where[-1]) == yaml.safe_load(value)
    assert _filled(data) == _filled(before)
    comments = {each for each in TEXT.split("\n") if each.startswith("#   -")}
    assert comments <= set(found.split("\n"))


def _filled(value: Any) -> Any:
    """A value without parts that are empty."""
    if not isinstance(value, dict):
        return value
    inner = {key: _filled(each) for key, each in value.items()}
    return {key: each for key, each in inner.items() if each not in (None, {})}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (TEXT, ("links", "product")),
        (TEXT, ("launch",)),
        ("a: [", ("summary",)),
        ("- a\n", ("summary",)),
    ],
)
def test_a_value_that_would_change_the_rest_is_not_written(
    text: str, where: tuple[str, ...]
) -> None:
    assert with_value(text, where, "x") is None


@given(st.text(max_size=60))
def test_whatever_a_file_holds_it_is_kept_or_left_alone(noise: str) -> None:
    text = f"launch: atlas\n{noise}\n"
    found = with_value(text, ("summary",), '"x"')
    if found is not None:
        kept = [line for line in text.split("\n") if line.strip()]
        assert all(
            line in found.split("\n") or line.lstrip("# ").startswith("summary:")
            for line in kept
        )


def test_lines_to_add_hold_their_parents() -> None:
    assert lines_to_add(("a", "b"), "1") == "a:\n  b: 1"
    assert lines_to_add(("a",), "1") == "a: 1"


def test_a_value_is_written_only_if_the_brief_can_be_read_with_it(tmp_path) -> None:
    brief = brief_with().model_dump(mode="json", by_alias=True, exclude_none=True)
    path = tmp_path / "brief.yaml"
    path.write_text(yaml.safe_dump(brief, sort_keys=False), encoding="utf-8")
    path.chmod(0o640)
    before = path.read_text(encoding="utf-8")
    faults = write_value(path, ("category",), "[wrong]", search=())
    assert faults
    assert path.read_text(encoding="utf-8") == before
    assert write_value(path, ("launch", "name"), "x", search=()) == ()
    assert write_value(path, ("positioning", "category"), "data hub", search=()) is None
    after = yaml.safe_load(path.read_text(encoding="utf-8"))
    brief["positioning"]["category"] = "data hub"
    assert after == brief
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["brief.yaml"]
