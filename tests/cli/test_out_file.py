from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.cli.out_file import write_out
from launch_kits.errors import Refused

REMEDY = "name another file with --out"


def test_a_file_is_written_with_its_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.svg"
    assert write_out(path, b"one", remedy=REMEDY) == path
    write_out(path, b"two", remedy=REMEDY)
    assert path.read_bytes() == b"two"


def test_a_place_that_cannot_be_written_is_refused_with_the_remedy(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(Refused, match=f"is not a file; move it away, or {REMEDY}"):
        write_out(tmp_path / "taken", b"", remedy=REMEDY)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match=REMEDY):
        write_out(tmp_path / "file" / "a.svg", b"", remedy=REMEDY)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
