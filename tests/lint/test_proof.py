from __future__ import annotations

from datetime import date

from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint import lint_ledger
from tests.lint.brief_codes import TODAY
from tests.samples import claim, ledger


def test_a_ledger_without_lines_has_no_findings():
    assert lint_ledger(ledger(), Yaml("ledger.yaml", {}), today=TODAY) == ((), ())


def test_a_ledger_whose_strengths_have_ended_has_none():
    ended = ledger(their_strengths=[claim("s1", valid_until="2026-12")])
    found = lint_ledger(ended, Yaml("ledger.yaml", {}), today=TODAY)
    assert "no-strengths" in [fault.code for fault in found.warnings]
    before = lint_ledger(ended, Yaml("ledger.yaml", {}), today=date(2026, 12, 31))
    assert "no-strengths" not in [fault.code for fault in before.warnings]
