from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.reading import Reading, kind_of
from launch_kits.inputs.yaml_source import Yaml

BROKEN = Path(__file__).parents[1] / "broken"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"launch": "falcon"}, "brief"),
        ({"stages": []}, "kit"),
        ({"card": {}}, "ledger"),
        ({"other": 1}, None),
        ([], None),
    ],
)
def test_a_file_is_known_by_its_top_key(data: object, kind: str | None) -> None:
    assert kind_of(Yaml("file.yaml", data)) == kind


def test_a_file_that_was_read_is_kept_under_its_name() -> None:
    reading = Reading()
    found = reading.take(Kit, BROKEN / "kit.yaml", "kit.yaml", name="kit")
    assert found is not None
    kit, source = found
    assert (kit.kit, reading.sources, reading.faults) == ("small", {"kit": source}, [])


def test_another_kind_of_file_gives_one_fault() -> None:
    reading = Reading()
    assert reading.take(Ledger, BROKEN / "kit.yaml", "kit.yaml", name="osprey") is None
    assert [fault.code for fault in reading.faults] == ["wrong-kind"]


def test_a_missing_file_gives_one_fault() -> None:
    reading = Reading()
    assert reading.take(Kit, BROKEN / "none.yaml", "none.yaml", name="kit") is None
    assert [fault.code for fault in reading.faults] == ["unreadable"]


def test_a_link_that_does_not_lead_to_the_web_is_a_fault() -> None:
    reading = Reading()
    path = BROKEN / "ledger-link-to-a-file.yaml"
    reading.take(Ledger, path, "ledger.yaml", name="osprey")
    assert [fault.code for fault in reading.faults] == ["bad-link"]
