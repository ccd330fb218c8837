from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launch_kits.errors import Fault
from launch_kits.lint.check import check
from tests.spoilt import Folder

NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with the sound brief, kit and ledger."""
    return Folder(tmp_path / "folder")


def test_the_example_and_the_built_in_kits_have_nothing_to_say():
    found = check(
        [EXAMPLES, EXAMPLES.parent / "launch_kits/kits"],
        now=datetime(2026, 11, 23, tzinfo=UTC),
    )
    assert (found.faults, found.warnings) == ((), ())


def test_the_keys_of_a_file_give_its_kind(folder: Folder):
    assert check([folder.path / "brief.yaml"], now=NOW).files == 1
    assert check([folder.path], now=NOW).files == 3
    shutil.copyfile(folder.path / "kit.yaml", folder.path / "kit.yml")
    assert check([folder.path], now=NOW).files == 4


def test_other_yaml_is_skipped_in_a_folder_and_a_fault_when_named(folder: Folder):
    other = folder.path / "sub" / "other.yaml"
    other.parent.mkdir()
    other.write_text("colour: red\n", encoding="utf-8")
    assert check([folder.path], now=NOW).faults == ()
    (fault,) = check([other], now=NOW).faults
    assert (fault.path, fault.line, fault.code) == (str(other), 1, "unknown-file")


def test_an_unreadable_file_in_a_folder_is_a_fault(folder: Folder):
    (folder.path / "odd.yaml").write_bytes(b"\xff")
    (folder.path / "dangling.yaml").symlink_to(folder.path / "gone")
    found = check([folder.path], now=NOW)
    assert {(Path(fault.path).name, fault.code) for fault in found.faults} == {
        ("odd.yaml", "not-utf8"),
        ("dangling.yaml", "unreadable"),
    }


def test_folders_and_pipes_with_a_files_name_are_skipped_in_a_folder(folder: Folder):
    (folder.path / "sub.yaml").mkdir()
    os.mkfifo(folder.path / "pipe.yaml")
    found = check([folder.path], now=NOW)
    assert (found.files, found.faults) == (3, ())


@pytest.mark.parametrize(
    "path", [Path("nowhere"), Path("n" * 5000), Path("nowhere/else.yaml")]
)
def test_a_missing_file_is_a_fault(path):
    (fault,) = check([path], now=NOW).faults
    assert (fault.path, fault.code) == (str(path), "unreadable")


def test_a_fault_of_a_kit_is_reported_once_for_several_briefs(folder: Folder):
    folder.spoil("kit.yaml", ("days: 2", "days: two"))
    found = check([folder.path, folder.brief, folder.path / "kit.yaml"], now=NOW)
    assert [(fault.line, fault.code) for fault in found.faults] == [(12, "int-type")]


def test_a_fault_of_the_kit_is_not_repeated_for_the_plan(folder: Folder):
    folder.spoil("kit.yaml", ("days: 3}", "days: 3, due: T-10, notice_period: 30d}"))
    (fault,) = check([folder.path], now=NOW).faults
    assert (fault.path, fault.line, fault.code) == (
        str(folder.path / "kit.yaml"),
        8,
        "notice-too-short",
    )


def test_a_fault_that_is_escaped_is_none(folder: Folder):
    folder.spoil(
        "brief.yaml",
        (
            "product: Falcon 2",
            "product: Falcon 2\nsummary: Out on Monday 9 February 2027",
        ),
    )
    assert [fault.code for fault in check([folder.brief], now=NOW).faults] == [
        "wrong-weekday"
    ]
    folder.spoil(
        "brief.yaml",
        (
            "summary:",
            "# lint: ignore[wrong-weekday] the slip of the press is quoted\nsummary:",
        ),
    )
    assert check([folder.brief], now=NOW).faults == ()


def test_days_out_of_bounds_are_a_fault(folder: Folder):
    folder.spoil("brief.yaml", ("launch_on: 2027-02-09", "launch_on: 2500-02-09"))
    (fault,) = check([folder.brief], now=NOW).faults
    assert (fault.path, fault.code) == (str(folder.brief), "unplannable")


def test_a_launch_on_a_day_off_is_a_warning_on_its_line(folder: Folder):
    folder.spoil("brief.yaml", ("launch_on: 2027-02-09", "launch_on: 2027-02-13"))
    warnings = [
        fault
        for fault in check([folder.brief], now=NOW).warnings
        if fault.code == "anchor-off-day"
    ]
    assert [
        (fault.line, "counts from 2027-02-12 (Friday)" in fault.message)
        for fault in warnings
    ] == [(5, True)]


def test_a_launch_that_is_past_is_a_warning_on_its_line_and_a_begin_that_is_past_is_none(
    folder: Folder,
):
    folder.spoil("ledger.yaml", ("{id: y1,", "{id: y1, audience: customer,"))
    assert (
        check([folder.brief], now=datetime(2027, 2, 9, 12, tzinfo=UTC)).warnings == ()
    )
    (warning,) = check(
        [folder.brief], now=datetime(2027, 2, 10, 12, tzinfo=UTC)
    ).warnings
    assert (warning.line, warning.code) == (5, "anchor-past")
    assert (
        warning.message
        == "launch_on 2027-02-09 is past: today is 2027-02-10; is the year right?"
    )


def test_a_begin_after_the_launch_is_a_warning_on_its_line(folder: Folder):
    folder.spoil("brief.yaml", ("begin_on: 2027-01-11", "begin_on: 2027-03-11"))
    found = [
        fault
        for fault in check([folder.brief], now=NOW).warnings
        if fault.code == "begin-after-launch"
    ]
    assert [(fault.line, fault.message) for fault in found] == [
        (
            4,
            "begin_on 2027-03-11 lies after launch_on 2027-02-09; correct one of the two",
        )
    ]


def test_a_release_after_the_launch_is_a_warning_on_its_line(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("launch_on: 2027-02-09", "launch_on: 2027-02-09\nrelease_on: 2027-02-10"),
    )
    warnings = [
        fault
        for fault in check([folder.brief], now=NOW).warnings
        if fault.code == "release-after-launch"
    ]
    assert [
        (fault.line, "lies after launch_on" in fault.message) for fault in warnings
    ] == [(6, True)]


def test_a_line_whose_proof_its_reader_may_not_see_is_a_warning(folder: Folder):
    found = check([folder.brief], now=NOW).warnings
    assert {(fault.line, fault.code) for fault in found} == {
        (15, "left-out"),
        (21, "left-out"),
    }
    folder.spoil("ledger.yaml", ("{id: y1,", "{id: y1, audience: customer,"))
    assert check([folder.brief], now=NOW).warnings == ()


def test_an_infeasible_brief_is_not_a_fault(folder: Folder):
    folder.spoil("brief.yaml", ("launch_on: 2027-02-09", "launch_on: 2027-01-12"))
    assert check([folder.brief], now=NOW).faults == ()


def test_a_document_without_a_template_is_a_warning_with_the_nearest_name(
    folder: Folder,
):
    kit = folder.spoil(
        "kit.yaml",
        ("review: legal", "review: legal\n        document: batlecard.md.j2"),
    )
    told = [
        (fault.line, fault.code, fault.message)
        for fault in check([kit], now=NOW).warnings
    ]
    message = (
        'the template "batlecard.md.j2" of task "battlecard" is in none of the '
        "template folders"
    )
    assert told == [
        (16, "unknown-template", f'{message}; did you mean "battlecard.md.j2"?')
    ]
    assert Fault(str(kit), *told[0]) in check([folder.brief], now=NOW).warnings


def test_a_document_is_looked_for_in_the_template_folders_and_among_the_built_in_ones(
    folder: Folder, tmp_path: Path
):
    kit = folder.spoil(
        "kit.yaml", ("review: legal", "review: legal\n        document: zine.md")
    )
    assert (
        check([kit], templates=[tmp_path / "gone"], now=NOW)
        .warnings[0]
        .message.endswith("LAUNCH_KITS_TEMPLATES")
    )
    (tmp_path / "zine.md").touch()
    assert check([kit], templates=[tmp_path], now=NOW).warnings == ()
    folder.spoil("kit.yaml", ("zine.md", "battlecard.md.j2"))
    assert check([kit], now=NOW).warnings == ()


def test_a_template_of_a_kit_in_place_is_looked_for_on_its_line_of_the_brief(
    folder: Folder,
):
    kit = (
        (folder.path / "kit.yaml")
        .read_text(encoding="utf-8")
        .replace("review: legal", "document: zine.md")
    )
    folder.spoil(
        "brief.yaml",
        (
            "kit: kit.yaml\n",
            "kit:\n" + "".join(f"  {line}\n" for line in kit.splitlines()),
        ),
    )
    found = [
        fault
        for fault in check([folder.brief], now=NOW).warnings
        if fault.code == "unknown-template"
    ]
    assert [fault.line for fault in found] == [18]


def test_a_kit_found_by_its_file_that_calls_itself_otherwise_is_a_warning(
    folder: Folder,
):
    kit = folder.path / "kit.yaml"
    (warning,) = check([kit], search=[folder.path], now=NOW).warnings
    assert (warning.line, warning.code) == (1, "kit-name")
    assert (
        'is named "small", but a brief finds it by its file as "kit"' in warning.message
    )
    (folder.path / "kits").mkdir()
    in_kits = Path(shutil.copyfile(kit, folder.path / "kits" / "kit.yaml"))
    assert [fault.code for fault in check([in_kits], now=NOW).warnings] == ["kit-name"]
    assert (
        check(
            [in_kits.rename(in_kits.with_stem("small"))], search=[folder.path], now=NOW
        ).warnings
        == ()
    )


def test_a_kit_beside_its_brief_may_be_called_anything(folder: Folder):
    assert check([folder.path / "kit.yaml"], now=NOW).warnings == ()


def test_of_a_file_of_very_many_faults_the_first_are_told_and_the_others_counted(
    folder: Folder,
):
    brief = folder.path / "brief.yaml"
    with brief.open("a", encoding="utf-8") as file:
        file.writelines(f"unknown{at}: 1\n" for at in range(500))
    found = check([brief], now=NOW).faults
    assert [fault.code for fault in found] == ["unknown-key"] * 200 + ["more"]
    assert found[-1].message.startswith("and 300 more from here on; ")


def test_a_section_that_a_template_lacks_is_a_fault(tmp_path: Path) -> None:
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "launch: falcon\nproduct: Falcon\nkit: sunset\nlaunch_on: 2028-03-02\n"
        "team: {lead: {name: Lee, email: lee@example.com}}\ndocuments:\n"
        "  customer_notice: {sections: {reason: It costs too much., reasn: x}}\n"
    )
    found = check([brief], now=NOW).faults
    assert [(fault.code, fault.line) for fault in found] == [("unknown-section", 7)]
    assert 'no section "reasn"; did you mean "reason"?' in found[0].message
