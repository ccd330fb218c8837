from __future__ import annotations

import re

import pytest

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import load_kit
from tests.kits.conftest import KITS, LEAST, ROOT


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def overview(name: str) -> list[str]:
    return next(
        cells(row)
        for row in page("reference/kits.md").splitlines()
        if row.startswith(f"| [`{name}`]")
    )


def section(kit: Kit) -> str:
    return page("reference/kits.md").split(f"\n## {kit.title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", LEAST)
def test_the_overview_says_size_and_weeks(name: str) -> None:
    kit = load_kit(KITS[name])
    weeks_after = max(
        -(-int(task.due[2:]) // 5)
        for _, task in kit.tasks()
        if (task.due or "").startswith("T+")
    )
    assert overview(name)[2:] == [
        str(len(list(kit.tasks()))),
        str(LEAST[name][0]),
        str(weeks_after),
    ]


def test_the_description_says_the_weeks_after_too(kit: Kit) -> None:
    assert re.search(
        rf"\band {overview(kit.kit)[4]}(?: weeks)? after|and {overview(kit.kit)[4]} after",
        kit.description or "",
    )


def test_every_stage_is_there_with_its_gate(kit: Kit) -> None:
    expected = [
        [
            stage.title,
            f"{stage.gate.title} (hard)" if stage.gate.hard else stage.gate.title,
        ]
        for stage in kit.stages
        if stage.gate
    ]
    rows = [cells(row) for row in section(kit).splitlines() if row.startswith("| ")]
    assert rows[1:] == expected


def test_every_role_is_there(kit: Kit) -> None:
    (line,) = re.findall(
        r"^Roles: (.+?)\.(?:\s|$)", section(kit), flags=re.MULTILINE | re.DOTALL
    )
    assert line.split(", ") == kit.roles()


def test_who_owns_what_is_what_the_kit_says() -> None:
    tasks = {task.key: task for _, task in load_kit(KITS["major_release"]).tasks()}
    rows = [
        cells(row)
        for row in page("explanation/who-owns-what.md").splitlines()
        if row.startswith("| `")
    ]
    assert len(rows) >= 30
    for key, owner, product_management, product_marketing, approver in rows:
        task = tasks[key.strip("`")]
        assert (owner, approver) == (task.role, task.review or ""), key
        assert product_management, key
        assert product_marketing, key


def test_tasks_named_in_the_docs_are_tasks_of_the_kits() -> None:
    known = {task.key for path in KITS.values() for _, task in load_kit(path).tasks()}
    named = {
        word
        for row in page("reference/kits.md")
        .split("## Lead times")[1]
        .split("\n## ")[0]
        .splitlines()
        if row.startswith("| ")
        for word in re.findall(r"`([a-z_]+)`", row)
    }
    assert named
    assert named <= known
