from __future__ import annotations

from pathlib import Path

from launch_kits.inputs.starter.own_kit import beside_the_brief, is_kit_path


def test_a_path_to_a_kit_ends_in_yaml() -> None:
    assert is_kit_path("ours.yaml")
    assert is_kit_path("kits/ours.yml")
    assert not is_kit_path("major_release")


def test_a_named_kit_stays_a_name(tmp_path: Path) -> None:
    assert beside_the_brief("major_release", tmp_path) == ("major_release", {})


def test_a_kit_elsewhere_is_copied_and_one_in_the_folder_is_named(
    tmp_path: Path,
) -> None:
    kit = tmp_path / "ours.yaml"
    kit.write_text("kit: ours\n", encoding="utf-8")
    copied = {"kits/ours.yaml": "kit: ours\n"}
    elsewhere = beside_the_brief(str(kit), tmp_path / "launch")
    assert elsewhere == ("kits/ours.yaml", copied)
    assert beside_the_brief(str(kit), tmp_path) == ("ours.yaml", {})
