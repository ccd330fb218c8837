from __future__ import annotations

from launch_kits.slack.messages.told_apart import told_apart


def test_a_button_that_was_used_before_gets_a_number() -> None:
    def row(*ids: str) -> dict[str, object]:
        return {"type": "actions", "elements": [{"action_id": each} for each in ids]}

    found = told_apart([row("task_done", "task_open"), {"type": "x"}, row("task_open")])
    assert found == [
        row("task_done", "task_open"),
        {"type": "x"},
        row("task_open:2"),
    ]
