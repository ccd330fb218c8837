from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.errors import Refused
from launch_kits.inputs.search import (
    BUILT_IN_KITS,
    brief_in,
    brief_named,
    brief_or_launch,
    find_kits,
    find_ledgers,
    goes_by_its_file,
    kit_called,
    kit_file,
)
from tests.spoilt import Folder


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two folders of the search path, both with a kit and a ledger of one name."""
    for name in ("first", "second"):
        for file in ("kits/small.yaml", "claims/osprey.yaml"):
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"kit: {name}\nstages: []\n", encoding="utf-8")
    return [tmp_path / "first", tmp_path / "second"]


def test_the_built_in_kits_are_found_without_a_search_path() -> None:
    assert find_kits()["major_release"] == BUILT_IN_KITS / "major_release.yaml"
    assert find_ledgers(()) == {}


def test_an_earlier_folder_comes_first(folders: list[Path]) -> None:
    assert find_kits(folders)["small"] == folders[0] / "kits/small.yaml"
    assert find_ledgers(folders) == {"osprey": folders[0] / "claims/osprey.yaml"}


def test_a_kit_is_found_by_the_name_that_it_gives_itself(folders: list[Path]) -> None:
    files = [folder / "kits/small.yaml" for folder in folders]
    assert kit_called("second", files) == files[1]
    assert kit_called("third", files) is None


def test_a_kit_elsewhere_does_not_go_by_its_file(
    folders: list[Path], tmp_path: Path
) -> None:
    assert goes_by_its_file(folders[0] / "kits/small.yaml")
    assert goes_by_its_file(folders[0] / "other.yaml", search=folders)
    assert not goes_by_its_file(tmp_path / "other.yaml", search=folders)


def test_a_folder_is_searched_for_its_one_brief(tmp_path: Path) -> None:
    assert brief_in(tmp_path) is None
    (tmp_path / "ledger.yaml").write_text("card: {id: a}\n", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("launch: [\n", encoding="utf-8")
    assert brief_in(tmp_path) is None
    (tmp_path / "mine.yml").write_text("launch: a\n", encoding="utf-8")
    assert brief_in(tmp_path) == tmp_path / "mine.yml"
    (tmp_path / "other.yaml").write_text("launch: b\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"several briefs \(mine\.yml, other\.yaml\)"):
        brief_in(tmp_path)


def test_a_brief_that_cannot_be_read_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text("launch: [\n", encoding="utf-8")
    assert brief_in(tmp_path) == tmp_path / "brief.yaml"


def test_a_kit_is_found_by_its_name_its_own_name_or_its_path(
    folders: list[Path], tmp_path: Path
) -> None:
    first = tmp_path / "first/kits/small.yaml"
    assert kit_file("small", search=folders) == first
    assert kit_file("second", search=folders[1:]).parent.parent.name == "second"
    assert kit_file("none.yaml") == Path("none.yaml")
    plain = tmp_path / "kit"
    plain.write_text("kit: plain\n", encoding="utf-8")
    assert kit_file(str(plain)) == plain
    with pytest.raises(Refused, match='did you mean "major_release"'):
        kit_file("major_relese")


def test_the_only_brief_of_a_folder_is_found_among_kits_and_ledgers(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path / "folder")
    assert brief_named(folder.path) == folder.brief
    assert brief_named(folder.brief) == folder.brief
    (folder.path / "folder.yaml").mkdir()
    assert brief_named(folder.path) == folder.brief
    (folder.path / "other.yml").write_text(folder.brief.read_text())
    with pytest.raises(Refused, match="several briefs"):
        brief_named(folder.path)


def test_a_folder_without_a_brief_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no brief in this folder"):
        brief_named(tmp_path)


def test_a_folder_is_a_brief_by_the_brief_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Folder(tmp_path / "folder")
    monkeypatch.chdir(tmp_path)
    assert brief_or_launch("folder") == Path("folder/brief.yaml")
    assert brief_or_launch("folder/brief.yaml") == Path("folder/brief.yaml")
    assert brief_or_launch("missing.yaml") == Path("missing.yaml")
    assert brief_or_launch("falcon") is None
    # the documents of a launch may lie in a folder of its name
    (tmp_path / "falcon").mkdir()
    assert brief_or_launch("falcon") is None
    with pytest.raises(Refused, match="no brief in this folder"):
        brief_or_launch("./falcon")
