from __future__ import annotations

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.lint import lint_kit
from tests.launches import kit_with


def test_a_kit_without_offsets_has_nothing_to_say():
    source = parse(repr(kit_with()), shown="small.yaml")
    assert lint_kit(validate(Kit, source), source) == ((), ())
