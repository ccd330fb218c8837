from __future__ import annotations

from launch_kits.views.as_json.examination import examination_json


def test_a_check_without_a_problem_is_ok():
    assert examination_json([("disk", None, None), ("clock", "late", "set it")]) == [
        {"check": "disk", "ok": True, "problem": None, "remedy": None},
        {"check": "clock", "ok": False, "problem": "late", "remedy": "set it"},
    ]
