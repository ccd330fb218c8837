from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from launch_kits.documents import kept_templates
from launch_kits.documents.environment import Sandbox
from launch_kits.documents.kept_templates import KeptTemplates

NAME = "card.md.j2"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / NAME).write_text("{{ 1 + 1 }}")
    return tmp_path


def rendered(folder: Path, *, kept: Path | None = None) -> str:
    loader = FileSystemLoader(folder)
    sandbox = Sandbox(loader, kept=KeptTemplates(kept or folder))
    return sandbox.get_template(NAME).render()


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("compiled anew")

    monkeypatch.setattr(Sandbox, "compile", refuse)


def test_a_compiled_template_is_kept_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered(folder) == "2"
    assert Path(cache_from_source(folder / NAME)).is_file()
    forbid_compiling(monkeypatch)
    assert rendered(folder) == "2"


def test_a_changed_template_is_compiled_again(folder: Path) -> None:
    assert rendered(folder) == "2"
    (folder / NAME).write_text("{{ 1 + 2 }}")
    assert rendered(folder) == "3"


def test_a_changed_compiler_compiles_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered(folder) == "2"
    monkeypatch.setattr(kept_templates, "_maker", lambda: "another version")
    forbid_compiling(monkeypatch)
    with pytest.raises(AssertionError, match="compiled anew"):
        rendered(folder)


def test_a_template_of_a_user_runs_no_kept_code(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / NAME).write_text("{{ 1 + 1 }}")
    assert rendered(folder) == "2"
    # code that someone put beside it
    planted = Path(cache_from_source(own / NAME))
    planted.parent.mkdir()
    planted.write_bytes(Path(cache_from_source(folder / NAME)).read_bytes()[:-1])
    before = planted.read_bytes()
    assert rendered(own, kept=folder) == "2"
    assert planted.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"no code", b"no\ncode", b"\xff\n"])
def test_a_damaged_file_is_compiled_again(folder: Path, damage: bytes) -> None:
    assert rendered(folder) == "2"
    kept = Path(cache_from_source(folder / NAME))
    whole = kept.read_bytes()
    cut = whole[: len(whole) // 2]
    for content in (damage, cut, whole[:64], whole[:66]):
        kept.write_bytes(content)
        assert rendered(folder) == "2"
        assert kept.read_bytes() == whole


def test_nothing_is_kept_if_python_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "2"
    assert not (folder / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_is_not_a_fault(folder: Path) -> None:
    # a file has the name of the folder of kept code
    (folder / "__pycache__").write_text("")
    assert rendered(folder) == "2"
