from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launch_kits.errors import Fault, InputError, LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief, load_kit, load_ledger, resolve
from launch_kits.inputs.search import BUILT_IN_KITS, find_kits
from launch_kits.plan.rollout import Rollout
from tests.spoilt import SOUND, Folder

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with the sound brief, kit and ledger."""
    return Folder(tmp_path / "folder")


def test_a_brief_has_its_kit_and_ledgers_in_place(folder: Folder):
    loaded = load_brief(folder.brief)
    assert loaded.brief.kit_in_place == load_kit(SOUND / "kit.yaml")
    assert loaded.brief.positioning.alternatives[0].ledger == load_ledger(
        SOUND / "ledger.yaml"
    )
    assert set(loaded.sources) == {"brief", "kit", "osprey"}
    assert loaded.warnings == ()


def test_kit_and_ledger_can_be_in_the_brief_itself(folder: Folder):
    given = yaml.safe_load(folder.brief.read_text(encoding="utf-8"))
    given["kit"] = yaml.safe_load(
        (folder.path / "kit.yaml").read_text(encoding="utf-8")
    )
    ledger = yaml.safe_load((folder.path / "ledger.yaml").read_text(encoding="utf-8"))
    given["positioning"]["alternatives"][0]["claims"] = ledger
    apart = load_brief(folder.brief).brief
    folder.brief.write_text(yaml.safe_dump(given), encoding="utf-8")
    assert load_brief(folder.brief).brief == apart
    given["kit"]["stages"][0]["tasks"][1]["after"] = ["positionning"]
    ledger["why_we_win"][0]["src"] = ["sight"]
    folder.brief.write_text(yaml.safe_dump(given), encoding="utf-8")
    assert {code for _, _, code in folder.faults()} == {
        "unknown-task",
        "unknown-source",
    }


def test_faults_of_what_is_in_the_brief_itself_are_told_on_its_lines(
    folder: Folder,
):
    def indented(name: str, columns: int) -> str:
        return "".join(
            f"\n{' ' * columns}{line}"
            for line in (folder.path / name).read_text("utf-8").splitlines()
        )

    folder.spoil(
        "kit.yaml",
        ("after: [positioning]", "after: [positionning]"),
        ("review: legal", "review: leagl"),
    )
    folder.spoil("ledger.yaml", ("src: [site]", "src: [sight]"))
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit:" + indented("kit.yaml", 2)))
    ledger = f"- key: osprey\n      name: Osprey\n      claims:{indented('ledger.yaml', 8)}\n"
    folder.spoil(
        "brief.yaml", ("- {key: osprey, name: Osprey, claims: ledger.yaml}\n", ledger)
    )
    lines = folder.brief.read_text("utf-8").splitlines()
    wrong = {
        "unknown-task": "positionning",
        "unknown-role": "leagl",
        "unknown-source": "sight",
    }
    found = {code: lines[(line or 1) - 1] for _, line, code in folder.faults()}
    assert found.keys() == wrong.keys()
    assert all(word in found[code] for code, word in wrong.items())


def test_an_alternative_may_have_the_key_of_another_input(folder: Folder):
    text = (
        folder.brief.read_text("utf-8")
        .replace("osprey", "kit")
        .replace("themes:", "themes:\n    - {title: T, attributes: [x]}")
    )
    folder.brief.write_text(text, encoding="utf-8")
    folder.spoil("kit.yaml", ("review: legal", "review: leagl"))
    assert folder.faults() == [
        ("brief.yaml", 17, "unknown-attribute"),
        ("kit.yaml", 15, "unknown-role"),
    ]


def test_all_faults_of_all_files_are_told_at_once(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("product:", "produkt:"),
        ("proof: [osprey.y1]}\n  themes", "proof: [osprey.y7]}\n  themes"),
        ("backup: lead", "backup: ops"),
    )
    folder.spoil(
        "kit.yaml",
        ("after: [positioning]", "after: [positionning]"),
        ("review: legal", "reveiw: legal"),
    )
    folder.spoil("ledger.yaml", ("by: them", "by: they"))
    assert folder.faults() == [
        ("brief.yaml", 2, "unknown-key"),
        ("brief.yaml", 8, "unknown-role"),
        ("brief.yaml", 15, "unknown-claim"),
        ("kit.yaml", 13, "unknown-task"),
        ("kit.yaml", 15, "unknown-key"),
        ("ledger.yaml", 3, "literal-error"),
    ]


def test_a_brief_that_cannot_be_read_still_has_its_kit_looked_at(folder: Folder):
    team = (
        folder.brief.read_text(encoding="utf-8")
        .partition("team:\n")[2]
        .partition("positioning:")[0]
    )
    folder.spoil("brief.yaml", (team, "  - lead\n"))
    folder.spoil("kit.yaml", ("days: 2", "days: two"))
    assert folder.faults() == [
        ("brief.yaml", 6, "dict-type"),
        ("kit.yaml", 12, "int-type"),
    ]


@pytest.mark.parametrize("written", ["key: 2026", "key: go-first", "key: ''"])
def test_who_waits_for_a_faulty_key_is_not_blamed(folder: Folder, written):
    folder.spoil("kit.yaml", ("key: positioning", written))
    assert [(name, line) for name, line, _ in folder.faults()] == [("kit.yaml", 8)]


def test_faults_are_shown_beside_the_brief_as_it_was_written(
    folder: Folder, monkeypatch
):
    folder.spoil("kit.yaml", ("days: 2", "days: two"))
    monkeypatch.chdir(folder.path.parent)
    with pytest.raises(InputError, match=r"^folder/kit\.yaml:12: "):
        load_brief(Path("folder/brief.yaml"))


@pytest.mark.parametrize("what", ["kit", "ledger"])
@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../outside.yaml", "path-outside"),
        ("sub/../../outside.yaml", "path-outside"),
        ("/etc/hostname.yaml", "path-outside"),
        ("link.yaml", "path-outside"),
        ("linked/outside.yaml", "path-outside"),
        ("loop.yaml", "unknown-"),
        ("folder.yaml", "unknown-"),
        ("n" * 300 + ".yaml", "unknown-"),
        ("gone.yaml", "unknown-"),
        ("gone", "unknown-"),
        ("..", "unknown-"),
        ("''", "unknown-"),
    ],
)
def test_no_path_leads_out_of_the_briefs_folder(folder: Folder, what, written, code):
    outside = folder.path.parent / "outside.yaml"
    shutil.copyfile(folder.path / f"{what}.yaml", outside)
    (folder.path / "link.yaml").symlink_to(outside)
    (folder.path / "linked").symlink_to(folder.path.parent)
    (folder.path / "loop.yaml").symlink_to(folder.path / "loop.yaml")
    (folder.path / "folder.yaml").mkdir()
    key = {"kit": "kit", "ledger": "claims"}[what]
    folder.spoil("brief.yaml", (f"{key}: {what}.yaml", f"{key}: {written}"))
    line = {"kit": 3, "ledger": 12}[what]
    assert folder.faults() == [
        ("brief.yaml", line, code + what if code.endswith("-") else code)
    ]


def test_a_link_within_the_folder_is_followed(folder: Folder):
    (folder.path / "sub").mkdir()
    shutil.move(folder.path / "kit.yaml", folder.path / "sub/kit.yaml")
    (folder.path / "kit.yaml").symlink_to("sub/kit.yaml")
    assert folder.faults() == []
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: ./sub/../sub/kit.yaml"))
    assert folder.faults() == []


def test_kits_and_ledgers_are_found_by_name_along_the_path(
    folder: Folder, tmp_path: Path
):
    first = tmp_path / "first"
    second = tmp_path / "second"
    for place in (first, second / "kits", second / "claims"):
        place.mkdir(parents=True)
    shutil.copyfile(SOUND / "kit.yaml", second / "kits/small.yaml")
    shutil.copyfile(SOUND / "ledger.yaml", second / "claims/osprey.yaml")
    folder.spoil(
        "brief.yaml",
        ("kit: kit.yaml", "kit: small"),
        ("claims: ledger.yaml", "claims: osprey"),
    )
    assert folder.faults(search=[first, second]) == []
    assert [code for _, _, code in folder.faults()] == ["unknown-kit", "unknown-ledger"]
    assert [code for _, _, code in folder.faults(search=[tmp_path / "nowhere"])] == [
        "unknown-kit",
        "unknown-ledger",
    ]


def test_a_kit_is_found_by_the_name_it_gives_itself(folder: Folder, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    shutil.copyfile(SOUND / "kit.yaml", tmp_path / "mine/our launches.yaml")
    (tmp_path / "mine/broken.yaml").write_bytes(b"\xff")
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: small"))
    assert folder.faults(search=[tmp_path / "mine"]) == []


def test_a_path_that_leads_nowhere_is_not_suggested_again(folder: Folder):
    (folder.path / "lost.yaml").symlink_to("lost.yaml")
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: lost.yaml"))
    (fault,) = folder.found()
    assert 'did you mean "lost.yaml"' not in fault.message


def test_the_first_folder_on_the_path_comes_first_and_built_in_kits_last(
    tmp_path: Path,
):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        shutil.copyfile(SOUND / "kit.yaml", tmp_path / name / "major_release.yaml")
    assert find_kits()["major_release"].parent == BUILT_IN_KITS
    assert (
        find_kits([tmp_path / "first", tmp_path / "second"])["major_release"].parent
        == tmp_path / "first"
    )


def test_a_kit_named_on_the_command_line_takes_the_briefs_place(
    folder: Folder, tmp_path: Path
):
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: nowhere"))
    assert folder.faults(kit=SOUND / "kit.yaml") == []
    assert folder.faults(kit=tmp_path / "gone.yaml") == [
        ("gone.yaml", None, "unreadable")
    ]


def test_a_brief_from_a_form_takes_names_and_things_in_place_but_no_paths():
    loaded = load_brief(SOUND / "brief.yaml").brief
    assert resolve(loaded) == loaded
    assert (
        resolve(loaded.model_copy(update={"kit": "major_release"})).kit_in_place.kit
        == "major_release"
    )
    with pytest.raises(InputError, match="a brief without a file takes a name"):
        resolve(loaded.model_copy(update={"kit": "kit.yaml"}))
    with pytest.raises(
        InputError, match='unknown kit "major_relaese"; did you mean "major_release"'
    ):
        resolve(loaded.model_copy(update={"kit": "major_relaese"}))


@pytest.mark.parametrize("load", [load_kit, load_ledger, load_brief])
def test_what_is_missing_is_an_input_error(load, tmp_path: Path):
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    ("load", "name", "told"),
    [
        (
            load_brief,
            "ledger.yaml",
            "this is a ledger (`card:`), not a brief (`launch:`); name a brief",
        ),
        (
            load_brief,
            "kit.yaml",
            "this is a kit (`stages:`), not a brief (`launch:`); name a brief",
        ),
        (
            load_kit,
            "brief.yaml",
            "this is a brief (`launch:`), not a kit (`stages:`); name a kit",
        ),
        (
            load_ledger,
            "kit.yaml",
            "this is a kit (`stages:`), not a ledger (`card:`); name a ledger",
        ),
    ],
)
def test_an_input_of_another_kind_is_one_fault(load, name, told):
    with pytest.raises(InputError) as raised:
        load(SOUND / name)
    assert [
        (fault.line, fault.code, fault.message) for fault in raised.value.faults
    ] == [(1, "wrong-kind", told)]


def test_a_brief_that_names_another_kind_of_input_has_one_fault(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("kit: kit.yaml", "kit: ledger.yaml"),
        ("claims: ledger.yaml", "claims: kit.yaml"),
    )
    assert folder.faults() == [
        ("kit.yaml", 1, "wrong-kind"),
        ("ledger.yaml", 1, "wrong-kind"),
    ]


TEXTS = {
    path: (EXAMPLE / path).read_text(encoding="utf-8")
    for path in ("brief.yaml", "claims/redis.yaml")
}
SCRAPS = [
    "",
    "\n",
    " ",
    "  ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "&a ",
    "*a",
    "!!x ",
    "|",
    "#",
    "\t",
    "\0",
    "~",
    "2027-02-30",
    "9" * 30,
    "null",
    "é",
    "\u2028",
    "<<: *a\n",
    "true",
    "-1",
    "../",
    "{{ item }}",
]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(list(TEXTS)), st.data())
def test_whatever_is_written_into_the_example_is_read_or_refused_on_a_line_of_its_file(
    tmp_path: Path, name, data
):
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(SCRAPS))
            + text[at + data.draw(st.integers(0, 30)) :]
        )
    folder = tmp_path / "example"
    (folder / "claims").mkdir(parents=True, exist_ok=True)
    for other, sound in TEXTS.items():
        (folder / other).write_text(text if other == name else sound, encoding="utf-8")
    faults = refused(folder / "brief.yaml")
    for fault in faults:
        last = (
            max(1, len(Path(fault.path).read_text(encoding="utf-8").splitlines()))
            if fault.line
            else 0
        )
        assert fault.line is None or 1 <= fault.line <= last


def refused(path: Path) -> tuple[Fault, ...]:
    """The faults of a brief.

    One that has none keeps its value over a dump, and can be planned or says why not.
    """
    try:
        brief = load_brief(path).brief
    except InputError as error:
        return error.faults
    assert Brief.model_validate(brief.model_dump(mode="json", by_alias=True)) == brief
    begin_on = brief.begin_on or brief.launch_on
    with suppress(LaunchKitsError):
        _ = Rollout(
            brief,
            begin_on=begin_on,
            release_on=brief.released_on,
            launch_on=brief.launch_on,
        ).schedule
    return ()
