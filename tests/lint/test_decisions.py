from __future__ import annotations

import pytest

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder

#: the positioning decides on the launch; the battlecard, which waits for it, proves a check
CHECK = "{key: cards, title: Cards are read, task: battlecard}"
GATE = f"gate: {{title: It stands, role: lead, hard: true, checks: [{CHECK}]}}"


def deciding(folder: Folder, gate: str) -> None:
    folder.spoil(
        "kit.yaml",
        ("role: pmm, days: 3}", "role: pmm, days: 3, decides: launch}"),
        ("gate: {title: It stands, role: lead, checks: [{title: All agree}]}", gate),
    )


def test_a_go_that_waits_for_later_work_is_told_on_its_line(folder: Folder):
    deciding(folder, GATE)
    assert codes(folder) == [("kit.yaml", 8, "decision-before-gate")]
    (fault,) = (
        each for each in linted(folder).warnings if each.code == "decision-before-gate"
    )
    assert fault.message == (
        'task "positioning" is due 2027-02-04, but its go waits for the gate "It stands", whose '
        'check "cards" needs "battlecard", due 2027-02-08; move the decision to an earlier stage, '
        "or the check to a later one"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hard: true", "hard: false"),
        ("hard: true", "hard: true, after_launch: true"),
        ("task: battlecard", "task: positioning"),
        (", task: battlecard", ""),
    ],
)
def test_no_other_gate_holds_the_go_up(folder: Folder, old: str, new: str):
    deciding(folder, GATE.replace(old, new))
    assert codes(folder) == []
