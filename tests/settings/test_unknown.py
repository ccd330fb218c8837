from __future__ import annotations

from launch_kits.settings import Settings
from launch_kits.settings.unknown import unknown

KNOWN = [name for name, _, _ in Settings.read({}).shown()]


def test_a_misspelt_name_is_found_with_the_nearest_one() -> None:
    names = ["LAUNCH_KITS_SWEP_EVERY", "LAUNCH_KITS_ZEBRA", "PATH", "LAUNCH_KITSCH"]
    assert [*unknown(names, known=KNOWN)] == [
        ("LAUNCH_KITS_SWEP_EVERY", "LAUNCH_KITS_SWEEP_EVERY"),
        ("LAUNCH_KITS_ZEBRA", None),
    ]


def test_settings_their_files_and_names_of_the_program_are_known() -> None:
    others = [
        "LAUNCH_KITS_DATABASE_URL_FILE",
        "LAUNCH_KITS_DEBUG",
        "LAUNCH_KITS_ORACLES",
        "LAUNCH_KITS_READY_FD",
        "LAUNCH_KITS_TEST_LOOKS",
    ]
    assert [*unknown([*KNOWN, *others], known=KNOWN)] == []
