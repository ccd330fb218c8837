from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.errors import InputError
from launch_kits.inputs import reading
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.named_files import NamedFile, named_file, shown_beside
from launch_kits.inputs.reading import FileReading
from launch_kits.inputs.search import BUILT_IN_KITS
from launch_kits.inputs.yaml_source import Yaml, read
from tests.spoilt import Folder


def found(written: str, folder: Path | None) -> NamedFile | None:
    source = FileReading(sources={"brief": Yaml("brief.yaml", {})})
    return named_file(source, written, "kit", ("kit",), folder=folder, search=[])


def test_a_path_lies_beside_the_brief_and_a_name_on_the_search_path(tmp_path: Path):
    (tmp_path / "own.yaml").write_text("kit: own", encoding="utf-8")
    assert found("own.yaml", tmp_path) == NamedFile(tmp_path / "own.yaml", tmp_path)
    named = found("quiet_release", tmp_path)
    assert named == NamedFile(BUILT_IN_KITS / "quiet_release.yaml", None)
    assert found("own.yaml", None) is None


def test_a_path_is_shown_beside_the_brief():
    brief = Yaml("folder/brief.yaml", {})
    assert shown_beside(Path("folder/kit.yaml").absolute(), brief) == "folder/kit.yaml"
    assert shown_beside(Path("/etc/kit.yaml"), brief) == "/etc/kit.yaml"


@pytest.mark.parametrize("what", ["kit", "ledger"])
def test_a_file_swapped_for_a_link_before_it_is_read_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    folder = Folder(tmp_path / "folder")
    outside = tmp_path / "outside.yaml"
    target = folder.path / f"{what}.yaml"
    outside.write_bytes(target.read_bytes())

    def swapping(path: Path, **more: object) -> Yaml:
        if path.name == target.name:
            target.unlink()
            target.symlink_to(outside)
        return read(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read", swapping)
    with pytest.raises(InputError, match="cannot be read"):
        load_brief(folder.path / "brief.yaml")
