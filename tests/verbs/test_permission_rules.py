from __future__ import annotations

from launch_kits.verbs.permission_rules import RULES, Verb


def test_every_verb_has_a_rule() -> None:
    assert list(RULES) == list(Verb)
